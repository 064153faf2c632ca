import { systemClock } from '../core/clock.ts';
import { frozen } from '../core/frozen.ts';
import { randomId } from '../core/ids.ts';
import { checkKind, checkSignal, checkText } from '../core/misuse.ts';
import type { OpenWordsModule } from '../notice/open-words.ts';
import type { AdapterModule } from './adapter-side.ts';
import type { TrackerModule } from './attention-tracker.ts';
import { bind } from './binding.ts';
import { Client } from './client.ts';
import { CommandPost, type Denied } from './command-post.ts';
import type { AuthorityModule } from './governing.types.ts';
import { type HostCommands, hostCommandNames } from './host-command-names.ts';
import type { HostModule } from './host-side.ts';
import type { KeypadModule } from './keypad.ts';
import { loadAdapterSide } from './load-adapter-side.ts';
import { loadAuthority } from './load-authority.ts';
import { loadHostSide } from './load-host-side.ts';
import { loadKeypad } from './load-keypad.ts';
import { loadOpenWords } from './load-open-words.ts';
import { loadRightAsker } from './load-right-asker.ts';
import { loadSigner } from './load-signer.ts';
import { loadTracker } from './load-tracker.ts';
import { loadTranscriptSide } from './load-transcript-side.ts';
import type { RightsModule } from './right-asker.ts';
import type { RosterPage, Session, SessionOptions, SessionSnapshot } from './session.types.ts';
import type { SignerModule } from './signing.ts';
import { Surface } from './surface.ts';
import type { TranscriptModule } from './transcripts.ts';
import { Visit } from './visit.ts';

/** What tests and the simulator put in place of what is loaded (`everything`). */
export interface SessionInternals {
  readonly loaded?: AuthorityModule &
    HostModule &
    KeypadModule &
    TrackerModule &
    OpenWordsModule &
    AdapterModule &
    SignerModule &
    RightsModule &
    TranscriptModule;
  /** Told what the session is made of: for a tool that compares states. */
  readonly made?: (parts: readonly object[]) => void;
}

/** What a host is answered whose side of the client could not be loaded. */
const notLoaded: Denied = { outcome: 'denied', code: 'authority/not-loaded' };

/** What somebody sees of the roster who is no host. */
const emptyRoster: RosterPage = frozen({ counts: { present: 0, captured: 0, consents: {} }, rows: [] });

/**
 * One client's connection to the notices of a meeting. Inert until `join()`.
 * @throws TypeError when the options cannot be meant.
 */
export function createSession(options: SessionOptions): Session {
  return createSessionWith(options, {});
}

/** As `createSession`, with what is otherwise loaded. */
export function createSessionWith(options: SessionOptions, internals: SessionInternals): Session {
  const binding = bind(options);
  const { loaded } = internals;
  const load = loaded ? () => loaded : loadAuthority;
  const surface = new Surface(options, binding.self, {
    loadKeypad: loaded ? () => loaded : loadKeypad,
    loadOpenWords: loaded ? () => loaded : loadOpenWords,
    loadTracker: loaded ? () => loaded : loadTracker,
    loadSigner: loaded ? () => loaded : loadSigner,
    loadAdapterSide: loaded ? () => loaded : loadAdapterSide,
    loadTranscriptSide: loaded ? () => loaded : loadTranscriptSide,
  });
  const client = new Client({
    // What is a host's of them, a host's side takes.
    ...options,
    binding,
    clock: options.clock ?? { ...systemClock },
    randomId: options.randomId ?? randomId,
    load,
    loadHostSide: loaded ? () => loaded : loadHostSide,
    document: surface.document,
    catalogue: () => surface.catalogue,
    wired: (each) => surface.wire(each),
  });
  internals.made?.([client, surface]);

  const visit = new Visit(client, surface, options, !!loaded);

  const loadRights = loaded ? () => loaded : loadRightAsker;
  const post = new CommandPost(client);
  const run: CommandPost['run'] = (task) => post.run(task);

  const hostCommand = (name: keyof HostCommands) => (given: never) =>
    client.host?.commands[name](given) ?? run(() => post.denial() ?? notLoaded);

  const desk = () => (post.denial() ? undefined : client.host?.notifications);

  return {
    join({ signal } = {}) {
      checkSignal(signal);
      return visit.join(signal);
    },
    leave: () => visit.leave(),

    getSnapshot: (): SessionSnapshot => surface.snapshot,
    subscribe: (listener) => client.hooks.subscribe(listener),
    on: (hook, listener, { signal } = {}) => client.hooks.on(hook, listener, signal),
    once: (hook, { signal } = {}) => client.hooks.once(hook, signal),
    onAny: (listener) => client.hooks.onAny(listener),
    status(purpose) {
      checkKind('status: purpose', 'string', purpose);
      const { indicators } = surface.snapshot;
      return (Object.hasOwn(indicators, purpose) && indicators[purpose]) || client.watch.status(purpose);
    },

    confirmShown(noticeId) {
      checkKind('confirmShown: noticeId', 'string', noticeId);
      client.mailbox.post(() => surface.answering.shown(noticeId));
    },
    answer: (noticeId, answers) => run(() => surface.answering.answerNotice(noticeId, answers)),
    acknowledge: (purpose) => run(() => surface.answering.answerPurpose(purpose, 'acknowledged')),
    giveConsent: (purpose) => run(() => surface.answering.answerPurpose(purpose, 'given')),
    refuseConsent: (purpose) => run(() => surface.answering.answerPurpose(purpose, 'refused')),
    withdrawConsent: (purpose) => run(() => surface.answering.answerPurpose(purpose, 'withdrawn')),
    reviewConsent(purpose) {
      checkText('reviewConsent: purpose', purpose, 'recording');
      if (purpose === 'attention-tracking') return run(() => surface.attention.review());
      return post.give({ do: 'reviewConsent', purpose }, true);
    },
    pressKey(key) {
      checkKind('pressKey: key', 'string', key);
      client.mailbox.post(() => surface.extras.press(key));
    },
    confirmCue(cueId, result) {
      checkKind('confirmCue: cueId', 'string', cueId);
      checkKind('confirmCue: result', ['played', 'blocked'], result);
      client.mailbox.post(() => surface.confirmCue(cueId, result));
    },

    ...(Object.fromEntries(hostCommandNames.map((name) => [name, hostCommand(name)])) as unknown as HostCommands),
    reportSharing(active) {
      checkKind('reportSharing: active', 'boolean', active);
      if (client.isOpen) surface.shares(active);
      return post.give({ do: 'reportSharing', active }, true);
    },
    setNotifications: (input) => desk()?.set(input) ?? post.denial() ?? notLoaded,
    getNotifications: () => desk()?.settings ?? null,
    dismissNotification: (id) => desk()?.dismiss(id),
    roster(query) {
      client.host?.checks.roster(query);
      return (client.isHosting && client.host?.view.page(query)) || emptyRoster;
    },
    exerciseRight(request) {
      // Taken back at once, before the rest is loaded (G3).
      const isOwn = request?.right === 'withdrawal' && !request.participantId;
      const withdrawn = isOwn && run(() => surface.answering.withdrawFromAll());
      return run<RightsModule>(loadRights).then(
        (module) => module.exerciseRight(request, { client, post, answering: surface.answering, withdrawn }),
        () => notLoaded,
      );
    },
    declareRegion(region) {
      checkText('declareRegion: region', region, 'US-CA');
      if (client.isOpen) client.introduction.region = region;
      return post.give({ do: 'declareRegion', region }, true);
    },
  };
}
