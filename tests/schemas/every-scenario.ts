import type { Verb, Verbs } from '../../src/simulator/scenario.types.ts';

const participants = [
  {
    id: 'hana',
    role: 'host',
    name: 'Hana',
    region: 'DE',
    joins: '0s',
    channel: 'app',
    presents: 'at-once',
    sdk: true,
  },
  { id: 'bo' },
  { id: 'cy', joins: '1.5s', channel: 'phone', presents: 'never', sdk: false },
];

const small = { participants, steps: [], until: '2m' };

/** A scenario that says everything a scenario can say, but for all that people may do and all that may be expected. */
export const everyScenario = {
  ...small,
  $schema: './node_modules/meeting-notice/schemas/scenario.json',
  about: 'All there is.',
  meeting: {
    id: 'weekly',
    policy: { extends: 'gdpr', recording: { onLateJoin: 'lobby' }, purposes: { 'ai-notes': { follows: 'recording' } } },
    adminPolicy: { attention: { thresholdMs: 60_000 }, locked: ['recording.consent'] },
    records: true,
  },
  network: { latencyMs: [5, 50], loss: 0.1, duplicate: 0.05, reorder: true, seed: 7 },
  capture: {
    startMs: 500,
    fails: ['start'],
    hangs: ['stop', 'pause'],
    canExclude: false,
    canPause: true,
    lease: true,
    crashesAt: '90s',
    takes: {
      start: '1s',
      renew: '1s',
      pause: '1s',
      resume: '1s',
      stop: '3s',
      include: '1s',
      exclude: '12s',
      fence: '1s',
      snapshot: '1s',
    },
    cutOff: ['10s', '20s'],
  },
  steps: [{ at: '1s', who: 'hana', does: 'requestsRecording' }],
  expect: [{ participant: 'bo', hook: 'noticeRaised' }],
};

const plain: readonly object[] = [{}];
const ofPurpose = [{ purpose: 'recording' }];
const answered = [...ofPurpose, { purposes: ['recording', 'transcription'] }];
const ofDevice = [{ device: 'screen' }];
const ofWaiting = [
  { from: 'hana', to: 'bo', nth: 2 },
  { from: 'bo', to: 'cy' },
];
const ofWhom = [{ device: 'camera', whom: 'bo' }];

/** What may stand beside `at`, `who` and `does`, in full; several where there are several ways to say it. */
const beside: { readonly [V in Verb]: readonly (object & { [F in keyof Verbs[V]]?: unknown })[] } = {
  joins: plain,
  leaves: plain,
  requestsRecording: [{ storage: 'local', transcript: true, reason: 'minutes', only: ['bo'] }, {}],
  pausesRecording: plain,
  resumesRecording: plain,
  stopsRecording: plain,
  startsRecording: [{ storage: 'cloud' }],
  acknowledges: answered,
  givesConsent: answered,
  refusesConsent: answered,
  withdrawsConsent: answered,
  requestsTranscript: plain,
  stopsTranscript: [{ failed: true }, {}],
  requestsPurpose: [{ purpose: 'ai-notes', provider: 'scribe', reason: 'minutes' }],
  endsPurpose: ofPurpose,
  says: [{ text: 'Good morning.' }],
  erasesRecording: plain,
  enablesAttentionTracking: plain,
  disablesAttentionTracking: plain,
  startsSharing: plain,
  stopsSharing: plain,
  losesFocus: plain,
  regainsFocus: plain,
  losesConnection: plain,
  reconnects: plain,
  sleeps: [{ for: '2m' }],
  clockJumps: [{ by: '2m' }],
  crashes: plain,
  handsOver: [{ to: 'bo' }],
  setsNotifications: [
    { settings: { all: 'quiet' } },
    {
      settings: {
        pending: 'off',
        refused: 'alert',
        withdrawn: 'alert',
        expired: 'normal',
        'late-joiner': 'quiet',
        'recording-failed': 'alert',
        'capture-seen': 'normal',
        attention: 'off',
        'transcript-ready': 'normal',
        'right-exercised': 'normal',
        attentionDisplay: 'count',
        doNotDisturb: 'while-sharing',
        digestSeconds: 30,
      },
    },
  ],
  exercisesRight: [{ right: 'access' }],
  declaresRegion: [{ region: 'US-CA' }],
  switchesOn: ofDevice,
  switchesOff: ofDevice,
  moderatorLocks: ofWhom,
  moderatorUnlocks: ofWhom,
  admits: [{ whom: 'bo' }, { whom: ['bo', 'cy'] }],
  pressesKey: [{ key: '1' }],
  startsWithoutWaiting: [{ reason: 'the others are away' }],
  reminds: [{}, { whom: 'bo' }, { whom: ['cy'] }],
  reviewsConsent: ofPurpose,
  confirmsShown: plain,
  confirmsCue: [{ result: 'blocked' }],
  partitions: [{ groups: [['hana', 'bo'], ['cy'], []], oneWay: true }],
  queues: plain,
  delivers: ofWaiting,
  repeats: ofWaiting,
  drops: ofWaiting,
  flows: plain,
  heals: plain,
};

const others: Readonly<Record<string, string>> = {
  startsRecording: 'platform',
  partitions: 'network',
  queues: 'network',
  delivers: 'network',
  repeats: 'network',
  drops: 'network',
  flows: 'network',
  heals: 'network',
};

/** Every verb, in every way it can be said. */
export const everyStep: readonly object[] = [
  ...Object.entries(beside).flatMap(([does, ways]) =>
    ways.map((more) => ({ at: '1s', who: others[does] ?? 'hana', does, ...more })),
  ),
  { at: '1500ms', who: 'platform', does: 'stopsRecording' },
];

/** Every kind of expectation, with all it may say and with as little as it must. */
export const everyExpectation: readonly object[] = [
  { participant: 'bo', hook: 'noticeRaised', with: { purpose: 'recording' }, from: '1s', to: '2s', times: 1 },
  { participant: '*', hook: 'stepDenied' },
  { status: 'on', purpose: 'recording', participant: 'cy', at: '50s' },
  { captured: 'bo', purpose: 'recording', from: '0s', to: '2m', ms: [55_000, 57_000] },
  { captured: 'bo', purpose: 'recording', ms: [0, 0] },
];

/** A small scenario of one step. */
export const withStep = (step: unknown): object => ({ ...small, steps: [step] });

/** A small scenario that expects one thing. */
export const withExpectation = (expectation: unknown): object => ({ ...small, expect: [expectation] });
