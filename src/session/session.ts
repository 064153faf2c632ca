import { systemClock } from '../core/clock.ts';
import { aborted } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import { randomId } from '../core/ids.ts';
import { checkKind, checkSignal, checkText } from '../core/misuse.ts';
import { english } from '../notice/english.ts';
import { answerOf, loadCatalogue } from '../notice/texts.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { Command } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import { bind } from './binding.ts';
import { Client } from './client.ts';
import type { AuthorityModule } from './governing.ts';
import type { HostModule } from './host-side.ts';
import type { KeyReplyModule } from './key-reply.ts';
import { loadAuthority } from './load-authority.ts';
import { loadDocumentReader } from './load-document-reader.ts';
import { loadHostSide } from './load-host-side.ts';
import { loadKeyReply } from './load-key-reply.ts';
import type {
  CommandOutcome,
  RequestOutcome,
  RosterPage,
  Session,
  SessionOptions,
  SessionSnapshot,
} from './session.types.ts';
import { Surface } from './surface.ts';

/** What tests and the simulator put in place of what is loaded (`everything`). */
export interface SessionInternals {
  readonly loaded?: AuthorityModule & HostModule & KeyReplyModule;
  /** Told what the session is made of: for a tool that compares states. */
  readonly made?: (parts: readonly object[]) => void;
}

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
  const surface = new Surface(options, binding.self, loaded ? () => loaded : loadKeyReply);
  const client = new Client({
    binding,
    clock: options.clock ?? systemClock,
    randomId: options.randomId ?? randomId,
    load,
    loadHostSide: loaded ? () => loaded : loadHostSide,
    policy: options.policy,
    adminPolicy: options.adminPolicy,
    document: surface.document,
    catalogue: () => surface.catalogue,
    inspect: options.inspect,
    wired: (each) => surface.wire(each),
  });
  let close: (() => void) | undefined;
  let joining: Promise<void> | undefined;
  let leaving: Promise<void> | undefined;
  /** Raised by each leaving: a join begun before it opens nothing any more. */
  let visit = 0;
  let entered: (() => void) | undefined;

  client.mailbox.afterEach(() => surface.settle());
  internals.made?.([client, surface]);

  /** A document that is none says so, before anybody agrees to it; no notice waits for what cannot be loaded (G9). */
  async function checkDocument(): Promise<void> {
    if (options.document === undefined) return;
    const parse = await answerOf(loadDocumentReader, options.clock ?? systemClock);
    parse?.(options.document);
  }

  /** A host's policy is read before anything is said with it. */
  async function checkPolicies(): Promise<void> {
    if (!client.isHosting || (options.policy == null && options.adminPolicy == null)) return;
    const module = await load();
    if (options.policy != null) module.parse(options.policy, false);
    if (options.adminPolicy != null) module.parse(options.adminPolicy, true);
  }

  async function enter(own: number, signal: AbortSignal | undefined): Promise<void> {
    if (!loaded) await Promise.all([checkPolicies(), checkDocument()]);
    const hosting = client.hosting.ensure();
    if (hosting) await hosting;
    if (signal?.aborted) throw aborted(signal.reason);
    if (own !== visit) return;
    loadWords().catch((error) =>
      client.mailbox.post(() => {
        throw error;
      }),
    );
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        entered = undefined;
        leave().then(() => reject(aborted(signal?.reason)), reject);
      };
      const settled = () => {
        client.timers.clear('first status');
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      entered = settled;
      signal?.addEventListener('abort', abort, { once: true });
      client.mailbox.post(() => {
        close = client.open();
        surface.opened();
        client.timers.set('first status', times.firstStatusMs, settled);
        client.introduction.whenAnswered(settled);
      });
    });
  }

  async function loadWords(): Promise<void> {
    const { texts, locale = english.locale, clock } = options;
    if (texts === undefined && locale === english.locale) return;
    const catalogue: TextCatalogue = await loadCatalogue(texts, locale, clock);
    client.mailbox.post(() => surface.reword(catalogue));
  }

  async function leave(): Promise<void> {
    visit += 1;
    joining = undefined;
    if (client.connection === 'idle' || client.connection === 'left') return;
    await client.host?.governing.leave();
    client.mailbox.post(() => {
      surface.left();
      client.requests.failAll('session/left');
      close?.();
      client.close();
      client.setConnection('left');
      surface.settle();
    });
    entered?.();
  }

  const command = (body: Command): Promise<CommandOutcome> => {
    let outcome: Promise<CommandOutcome> | undefined;
    client.mailbox.post(() => {
      outcome = denied(body) ?? client.requests.command(body);
    });
    // Called from within a hook: it waits its turn, as every task does.
    return outcome ?? new Promise((resolve) => client.mailbox.post(() => resolve(outcome as Promise<CommandOutcome>)));
  };

  const aboutRecording = (
    which: 'pauseRecording' | 'resumeRecording' | 'stopRecording',
    recordingId: RecordingId | undefined,
  ): Promise<CommandOutcome> => {
    client.host?.checks.recording(which, recordingId);
    return command({ do: which, ...(recordingId && { recordingId }) });
  };

  const forEveryone: readonly Command['do'][] = ['declareRegion', 'reviewConsent'];

  function denied(body: Command): Promise<CommandOutcome> | undefined {
    if (!client.isOpen) return Promise.resolve({ outcome: 'denied', code: 'session/not-joined' });
    if (!client.isHosting && !forEveryone.includes(body.do)) {
      return Promise.resolve({ outcome: 'denied', code: 'session/not-permitted' });
    }
    return undefined;
  }

  const run = <T>(task: () => T | Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      client.mailbox.post(() => {
        try {
          resolve(task());
        } catch (error) {
          reject(error);
        }
      });
    });

  return {
    join({ signal } = {}) {
      checkSignal(signal);
      if (joining) return joining;
      const own = visit;
      const entering = (leaving ?? Promise.resolve())
        .then(() => enter(own, signal))
        .catch((error) => {
          if (joining === entering) joining = undefined;
          throw error;
        });
      joining = entering;
      return entering;
    },
    leave() {
      leaving ??= leave().finally(() => {
        leaving = undefined;
      });
      return leaving;
    },

    getSnapshot: (): SessionSnapshot => surface.snapshot,
    subscribe: (listener) => client.hooks.subscribe(listener),
    on: (hook, listener, { signal } = {}) => client.hooks.on(hook, listener, signal),
    once: (hook, { signal } = {}) => client.hooks.once(hook, signal),
    onAny: (listener) => client.hooks.onAny(listener),
    status(purpose) {
      checkKind('status: purpose', 'string', purpose);
      return surface.snapshot.indicators[purpose] ?? client.watch.status(purpose);
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
      return command({ do: 'reviewConsent', purpose });
    },
    pressKey(key) {
      checkKind('pressKey: key', 'string', key);
      client.mailbox.post(() => surface.pressKey(key));
    },
    confirmCue(cueId, result) {
      checkKind('confirmCue: cueId', 'string', cueId);
      checkKind('confirmCue: result', ['played', 'blocked'], result);
      client.mailbox.post(() => surface.confirmCue(cueId, result));
    },

    requestRecording(request) {
      client.host?.checks.request(request);
      return run<RequestOutcome>(() => {
        if (!client.isOpen) return { outcome: 'denied', code: 'session/not-joined' };
        if (!client.isHosting) return { outcome: 'denied', code: 'session/not-permitted' };
        const { storage, transcript, reason, signal } = request;
        return client.requests.request(
          {
            do: 'requestRecording',
            storage,
            ...(transcript !== undefined && { transcript }),
            ...(reason !== undefined && { reason }),
          },
          (recordingId, ended) => {
            const cancel = () => void command({ do: 'stopRecording', recordingId });
            if (signal?.aborted) cancel();
            signal?.addEventListener('abort', cancel, { once: true });
            void ended.then(() => signal?.removeEventListener('abort', cancel));
          },
        );
      });
    },
    pauseRecording: (recordingId) => aboutRecording('pauseRecording', recordingId),
    resumeRecording: (recordingId) => aboutRecording('resumeRecording', recordingId),
    stopRecording: (recordingId) => aboutRecording('stopRecording', recordingId),
    startWithoutWaiting(given) {
      client.host?.checks.start(given);
      return command({ do: 'startWithoutWaiting', reason: given?.reason });
    },
    remind(participantIds) {
      if (participantIds !== undefined) client.host?.checks.people('remind', participantIds);
      return command({ do: 'remind', ...(participantIds && { participantIds }) });
    },
    requestTranscript: () => command({ do: 'requestTranscript' }),
    stopTranscript: () => command({ do: 'stopTranscript' }),
    roster(query) {
      client.host?.checks.roster(query);
      return (client.isHosting && client.host?.view.page(query)) || emptyRoster;
    },
    declareRegion(region) {
      checkText('declareRegion: region', region, 'US-CA');
      if (client.isOpen) client.introduction.region = region;
      return command({ do: 'declareRegion', region });
    },
    admit(participantIds) {
      client.host?.checks.people('admit', participantIds);
      return command({ do: 'admit', participantIds });
    },
    handOver(to) {
      client.host?.checks.person(to);
      return command({ do: 'handOver', to });
    },
  };
}
