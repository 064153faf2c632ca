import { trackingStatus } from '../attention/attention.rules.ts';
import { frozen } from '../core/frozen.ts';
import { HookBoard } from '../hooks/hook-board.ts';
import { checkHook } from '../hooks/hook-names.ts';
import type { HookMap, HookName } from '../hooks/hooks.types.ts';
import { defaultSettings, settingsFrom } from '../notifications/settings.rules.ts';
import type { RightExercised } from '../session/records-commands.types.ts';
import type {
  AnswerOutcome,
  CommandOutcome,
  RequestOutcome,
  RosterPage,
  Session,
  SessionSnapshot,
} from '../session/session.types.ts';

/**
 * Any part of a snapshot. `indicators`, `self` (its `consents` too) and `attention` are taken field by field; everything
 * else is given whole.
 */
export type SnapshotPart = Partial<Omit<SessionSnapshot, 'self' | 'attention'>> & {
  readonly self?: Partial<SessionSnapshot['self']>;
  readonly attention?: Partial<SessionSnapshot['attention']>;
};

/** A command that was called, with what it was given. */
export interface CalledCommand {
  readonly command: keyof Session;
  readonly with: readonly unknown[];
}

/** What the commands answer; a command that is not named here succeeds. */
export interface FixedOutcomes {
  /** `answer`, and its kin for one purpose. */
  readonly answer?: AnswerOutcome;
  readonly requestRecording?: RequestOutcome;
  /** Denied with `records/unavailable` where it is not said. */
  readonly exerciseRight?: RightExercised;
  /** Every other command. */
  readonly command?: CommandOutcome;
  readonly roster?: RosterPage;
}

/** A session that shows what a test says, and does nothing else. */
export interface FixedSession extends Session {
  /** Every command called so far, in order; reading and listening are none. */
  readonly calls: readonly CalledCommand[];
  /** Shows something else from now on: the part given, over what is shown; subscribers are told. */
  show(part: SnapshotPart): void;
  /**
   * Delivers a hook to whoever listens, as a session does.
   * @throws TypeError for a name that is no hook's.
   */
  emit<H extends HookName>(hook: H, payload: HookMap[H]): void;
}

const resting: SessionSnapshot = {
  connection: 'connected',
  authorityId: 'host',
  vouches: 'origin',
  admission: 'admitted',
  notices: [],
  prompt: null,
  indicators: { recording: 'off', transcription: 'off', 'attention-tracking': 'off' },
  recordings: [],
  hold: null,
  restorable: [],
  self: { id: 'self', role: 'participant', consents: {}, captured: false, because: undefined },
  attention: { enabled: false, active: false, inattentive: false },
  transcripts: [],
  erasures: [],
  policy: undefined,
  bots: [],
  counts: null,
  notifications: null,
  notificationSettings: null,
};

/**
 * A session for tests of components: it shows one snapshot (the part given, over that of a participant in a meeting
 * where nothing runs), writes down which commands are called, and lets the test deliver hooks. It has no meeting, no
 * clock and no timers. Where one of `notices` and `prompt` is given, the other follows from it; so does the indicator of
 * attention tracking from `attention`.
 *
 * ```ts
 * const session = fixedSession({ indicators: { recording: 'on' } });
 * element.session = session;
 * session.show({ indicators: { recording: 'paused' } });
 * expect(session.calls).toEqual([{ command: 'withdrawConsent', with: ['recording'] }]);
 * ```
 */
export function fixedSession(part: SnapshotPart = {}, outcomes: FixedOutcomes = {}): FixedSession {
  const board = new HookBoard();
  const calls: CalledCommand[] = [];
  let snapshot = over(resting, part);

  const answered = outcomes.answer ?? { outcome: 'recorded', receiptId: 'receipt' };
  const done = outcomes.command ?? { outcome: 'done' };
  const started = outcomes.requestRecording ?? { outcome: 'started', recordingId: 'recording' };
  const noted = (command: keyof Session, ...given: readonly unknown[]): void => {
    // What was left out is not written down as `undefined`.
    calls.push({ command, with: given.filter((each, place) => each !== undefined || place < given.length - 1) });
  };
  const answering =
    (command: keyof Session) =>
    (...given: readonly unknown[]): Promise<AnswerOutcome> => {
      noted(command, ...given);
      return Promise.resolve(answered);
    };
  const commanding =
    (command: keyof Session) =>
    (...given: readonly unknown[]): Promise<CommandOutcome> => {
      noted(command, ...given);
      return Promise.resolve(done);
    };

  return {
    calls,
    show(next) {
      snapshot = over(snapshot, next);
      board.deliver(true);
    },
    emit(hook, payload) {
      checkHook(hook);
      board.announce(hook, payload);
      board.deliver(false);
    },

    join: async (options) => noted('join', options),
    leave: async () => noted('leave'),
    getSnapshot: () => snapshot,
    subscribe: (listener) => board.subscribe(listener),
    on: (hook, listener, { signal } = {}) => board.on(hook, listener, signal),
    once: (hook, { signal } = {}) => board.once(hook, signal),
    onAny: (listener) => board.onAny(listener),
    status: (purpose) => (Object.hasOwn(snapshot.indicators, purpose) && snapshot.indicators[purpose]) || 'off',

    confirmShown: (noticeId) => noted('confirmShown', noticeId),
    answer: answering('answer'),
    acknowledge: answering('acknowledge'),
    giveConsent: answering('giveConsent'),
    refuseConsent: answering('refuseConsent'),
    withdrawConsent: answering('withdrawConsent'),
    exerciseRight: async (request) => {
      noted('exerciseRight', request);
      return outcomes.exerciseRight ?? { outcome: 'denied', code: 'records/unavailable' };
    },
    correctSpeaker: commanding('correctSpeaker'),
    reviewConsent: commanding('reviewConsent'),
    pressKey: (key) => noted('pressKey', key),
    confirmCue: (cueId, result) => noted('confirmCue', cueId, result),

    requestRecording(request) {
      noted('requestRecording', request);
      return Promise.resolve(started);
    },
    pauseRecording: commanding('pauseRecording'),
    resumeRecording: commanding('resumeRecording'),
    stopRecording: commanding('stopRecording'),
    startWithoutWaiting: commanding('startWithoutWaiting'),
    enableAttentionTracking: commanding('enableAttentionTracking'),
    disableAttentionTracking: commanding('disableAttentionTracking'),
    reportSharing: commanding('reportSharing'),
    remind: commanding('remind'),
    requestTranscript: commanding('requestTranscript'),
    stopTranscript: commanding('stopTranscript'),
    feedSegment: commanding('feedSegment'),
    eraseRecording: commanding('eraseRecording'),
    requestPurpose: commanding('requestPurpose'),
    endPurpose: commanding('endPurpose'),
    setNotifications(input) {
      noted('setNotifications', input);
      const settings = {
        ...(snapshot.notificationSettings ?? defaultSettings),
        ...settingsFrom(input, 'setNotifications'),
      };
      snapshot = over(snapshot, { notificationSettings: settings });
      board.deliver(true);
      return settings;
    },
    getNotifications: () => snapshot.notificationSettings,
    dismissNotification: (id) => noted('dismissNotification', id),
    roster: () => outcomes.roster ?? { counts: snapshot.counts ?? { present: 0, captured: 0, consents: {} }, rows: [] },
    declareRegion: commanding('declareRegion'),
    admit: commanding('admit'),
    handOver: commanding('handOver'),
  };
}

function over(shown: SessionSnapshot, part: SnapshotPart): SessionSnapshot {
  const { self, indicators } = shown;
  const attention = { ...shown.attention, ...part.attention };
  const tracking = part.attention && { 'attention-tracking': trackingStatus(attention, false) };
  return frozen({
    ...shown,
    ...part,
    indicators: { ...indicators, ...tracking, ...part.indicators },
    self: { ...self, ...part.self, consents: { ...self.consents, ...part.self?.consents } },
    attention,
    ...noticesOf(shown, part),
  });
}

/** `notices` and `prompt` as they belong together, where one of them is given. */
function noticesOf(shown: SessionSnapshot, { notices, prompt }: SnapshotPart): Partial<SessionSnapshot> {
  if (notices !== undefined && prompt === undefined) {
    return { prompt: notices.find(({ kind }) => kind === 'prompt') ?? null };
  }
  if (prompt === undefined || notices !== undefined) return {};
  const banners = shown.notices.filter(({ kind }) => kind === 'banner');
  return { notices: prompt ? [...banners, prompt] : banners };
}
