import { systemClock } from '../core/clock.ts';
import type { NoticeErrorCode } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import { randomId } from '../core/ids.ts';
import { checkKind, checkSignal, checkText } from '../core/misuse.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { Command } from '../transport/messages.types.ts';
import type { AdapterModule } from './adapter-side.ts';
import type { TrackerModule } from './attention-tracker.ts';
import { bind } from './binding.ts';
import { Client } from './client.ts';
import type { AuthorityModule } from './governing.ts';
import type { HostModule } from './host-side.ts';
import type { KeyReplyModule } from './key-reply.ts';
import { loadAdapterSide } from './load-adapter-side.ts';
import { loadAuthority } from './load-authority.ts';
import { loadHostSide } from './load-host-side.ts';
import { loadKeyReply } from './load-key-reply.ts';
import { loadTracker } from './load-tracker.ts';
import type {
  CommandOutcome,
  RequestOutcome,
  RosterPage,
  Session,
  SessionOptions,
  SessionSnapshot,
} from './session.types.ts';
import { Surface } from './surface.ts';
import { Visit } from './visit.ts';

/** What tests and the simulator put in place of what is loaded (`everything`). */
export interface SessionInternals {
  readonly loaded?: AuthorityModule & HostModule & KeyReplyModule & TrackerModule & AdapterModule;
  /** Told what the session is made of: for a tool that compares states. */
  readonly made?: (parts: readonly object[]) => void;
}

type Denied = { readonly outcome: 'denied'; readonly code: NoticeErrorCode };

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
    loadReply: loaded ? () => loaded : loadKeyReply,
    loadTracker: loaded ? () => loaded : loadTracker,
    loadAdapterSide: loaded ? () => loaded : loadAdapterSide,
  });
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
    ledger: options.ledger,
    inspect: options.inspect,
    notifications: options.notifications,
    wired: (each) => surface.wire(each),
  });
  client.mailbox.afterEach(() => surface.settle());
  internals.made?.([client, surface]);

  const visit = new Visit(client, surface, options, loaded ? undefined : load);

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

  const forEveryone: readonly Command['do'][] = ['declareRegion', 'reviewConsent', 'reportSharing'];

  function denied(body: Command): Promise<CommandOutcome> | undefined {
    const denial = notHosting();
    const isForEveryone = client.isOpen && forEveryone.includes(body.do);
    return denial && !isForEveryone ? Promise.resolve(denial) : undefined;
  }

  function notHosting(): Denied | undefined {
    if (!client.isOpen) return { outcome: 'denied', code: 'session/not-joined' };
    return client.isHosting ? undefined : { outcome: 'denied', code: 'session/not-permitted' };
  }

  const desk = () => (notHosting() ? undefined : client.host?.notifications);

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
      if (purpose === 'attention-tracking') return run(() => surface.reviewAttention());
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
        const denial = notHosting();
        const { host } = client;
        if (denial || !host) return denial ?? notLoaded;
        const { storage, transcript, reason, signal } = request;
        return host.awaited.request(
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
    enableAttentionTracking: () => command({ do: 'enableAttentionTracking' }),
    disableAttentionTracking: () => command({ do: 'disableAttentionTracking' }),
    reportSharing(active) {
      checkKind('reportSharing: active', 'boolean', active);
      if (client.isOpen) surface.shares(active);
      return command({ do: 'reportSharing', active });
    },
    setNotifications: (input) => desk()?.set(input) ?? notHosting() ?? notLoaded,
    getNotifications: () => desk()?.settings ?? null,
    dismissNotification: (id) => desk()?.dismiss(id),
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
