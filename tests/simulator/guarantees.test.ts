import { describe, expect, test } from 'vitest';
import { brokenGuarantees } from '../../src/simulator/guarantees/guarantees.ts';
import type { Happened } from '../../src/simulator/history.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';

type At<T> = T extends unknown ? Omit<T, 'at'> : never;
type Event = At<Happened>;
type Hooked = Extract<Event, { kind: 'hook' }>['hook'];

/** What is found broken in a history made by hand: which, and about whom. */
function brokenIn(history: readonly [number, Event][], more: object = {}): string[] {
  const scenario = parseScenario({
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
    steps: [],
    until: '60s',
    ...more,
  });
  const happened = history.map(([at, event]) => ({ at, ...event }) as Happened);
  return brokenGuarantees(happened, scenario).map(({ id, participant }) => `${id} ${participant}`);
}

const recordingId = 'r';
const about = [{ recordingId, purposes: ['recording'] }];
const policy = (recording: object) => ({ meeting: { policy: { extends: 'all-party', recording } } });
const joined = (participant: string): Event => ({ kind: 'presence', participant, state: 'joined' });
const captured = (participant: string, is = true): Event => ({
  kind: 'captured',
  participant,
  recordingId,
  captured: is,
});
const recorder = (which: 'cloud' | 'platform', status: 'on' | 'paused' | 'off'): Event => ({
  kind: 'recorder',
  recorder: which,
  recordingId,
  status,
  storage: 'cloud',
});
const shown = (participant: string): Event => ({
  kind: 'shown',
  participant,
  noticeId: 'n',
  recordingId,
  purposes: ['recording'],
});
const does = (who: string, verb: string, more: object = { purpose: 'recording' }): Event =>
  ({ kind: 'step', step: 0, about, act: { who, does: verb, ...more } }) as Event;
const hook = (participant: string, name: string, payload: object): Event => ({
  kind: 'hook',
  participant,
  hook: { hook: name, payload: { recordingId, purpose: 'recording', ...payload } } as Hooked,
});
const reads = (participant: string, status: string) => hook(participant, 'indicatorChanged', { status });
const raised = (participant: string) => hook(participant, 'noticeRaised', { noticeId: 'n', requestedBy: 'unknown' });
const closed = (participant: string) => hook(participant, 'noticeClosed', { noticeId: 'n' });
const notified = (participant: string) => hook(participant, 'hostNotified', { kind: 'capture-seen' });
const device = (participant: string, because: string): Event =>
  ({ kind: 'device', participant, device: 'microphone', on: true, because }) as Event;

describe('[G1] nothing is captured unannounced', () => {
  test('silence, Continue and a notice that was never shown are no agreement', () => {
    expect(brokenIn([[5, captured('bo')]])).toEqual(['G1 bo', 'G11 bo']);
    const pressed: [number, Event][] = [
      [1, shown('bo')],
      [2, does('bo', 'acknowledges')],
      [3, captured('bo')],
    ];
    expect(brokenIn(pressed)).toEqual(['G1 bo', 'G11 bo']);
    expect(brokenIn(pressed, policy({ consent: 'acknowledge' }))).toEqual([]);
    const unseen: [number, Event][] = [
      [1, does('bo', 'givesConsent')],
      [2, captured('bo')],
    ];
    expect(brokenIn(unseen)).toEqual(['G1 bo', 'G11 bo']);
    expect(brokenIn([[1, shown('bo')], ...unseen])).toEqual([]);
  });

  test('a notice is enough where only a notice is asked, and its being shown is needed', () => {
    const noticeOnly = { meeting: { policy: 'notice-only' } };
    expect(brokenIn([[5, captured('bo')]], noticeOnly)).toEqual(['G1 bo']);
    const told: [number, Event][] = [
      [1, shown('bo')],
      [5, captured('bo')],
    ];
    expect(brokenIn(told, noticeOnly)).toEqual([]);
  });

  test('a refusal outlives the agreement before it; the requester asked for it themselves', () => {
    const refused: [number, Event][] = [
      [1, shown('bo')],
      [2, does('bo', 'givesConsent')],
      [3, does('bo', 'refusesConsent')],
      [4, captured('bo')],
    ];
    expect(brokenIn(refused)).toEqual(['G1 bo', 'G11 bo']);
    const asked: Event = {
      kind: 'outcome',
      step: 0,
      act: { who: 'hana', does: 'requestsRecording' },
      outcome: { outcome: 'started', recordingId },
    };
    expect(
      brokenIn([
        [1, asked],
        [2, captured('hana')],
      ]),
    ).toEqual([]);
  });

  test('a recorder that cannot leave anybody out has a moment for the hold, and no more', () => {
    const cannotExclude = {
      ...policy({ untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', onCannotBeAsked: 'block' }),
      capture: { canExclude: false },
    };
    const until = (ms: number): [number, Event][] => [
      [50, hook('bo', 'connectionChanged', { connection: 'connected' })],
      [100, captured('bo')],
      [100 + ms, captured('bo', false)],
    ];
    expect(brokenIn(until(1000), cannotExclude)).toEqual([]);
    expect(brokenIn(until(1001), cannotExclude)).toEqual(['G1 bo']);
    const nobodyDecides = until(9000).slice(1);
    expect(brokenIn(nobodyDecides, cannotExclude)).toEqual([]);
    const decidesAgain: [number, Event] = [7000, hook('bo', 'connectionChanged', { connection: 'connected' })];
    expect(
      brokenIn([nobodyDecides[0] as [number, Event], decidesAgain, ...nobodyDecides.slice(1)], cannotExclude),
    ).toEqual(['G1 bo']);
  });
});

test('[G2] a client that reads off while its person is captured is found, once it had the time to know', () => {
  const agreed: [number, Event][] = [
    [1, joined('bo')],
    [1, shown('bo')],
    [2, does('bo', 'givesConsent')],
    [3, reads('bo', 'off')],
    [4, captured('bo')],
  ];
  expect(brokenIn(agreed).at(0)).toBe('G2 bo');
  expect(brokenIn([...agreed, [14_000, captured('bo', false)]])).toEqual([]);
  expect(brokenIn([...agreed, [5000, reads('bo', 'on')]])).toEqual([]);
  expect(brokenIn([...agreed, [5000, reads('bo', 'unknown')]])).toEqual([]);
});

test('[G3] somebody who withdrew and is still in the output when time goes on is found', () => {
  const withdrew: [number, Event][] = [
    [1, shown('bo')],
    [2, does('bo', 'givesConsent')],
    [3, captured('bo')],
    [9, does('bo', 'withdrawsConsent')],
  ];
  expect(brokenIn([...withdrew, [10, joined('hana')]])).toEqual(['G3 bo']);
  expect(brokenIn([...withdrew, [9, captured('bo', false)]])).toEqual([]);
});

test('[G7] somebody who is never told of a recording is found', () => {
  const running: [number, Event][] = [
    [1, hook('bo', 'connectionChanged', { connection: 'connected' })],
    [2, recorder('cloud', 'on')],
  ];
  expect(brokenIn(running)).toEqual(['G7 bo']);
  expect(brokenIn([...running, [3, raised('bo')]])).toEqual([]);
  expect(brokenIn([...running, [3, hook('bo', 'cueRequested', {})]])).toEqual([]);
  expect(brokenIn([...running, [9000, recorder('cloud', 'off')]])).toEqual([]);
  expect(brokenIn([...running, [9000, { kind: 'presence', participant: 'bo', state: 'left' }]])).toEqual([]);
  expect(brokenIn([...running, [9000, hook('bo', 'connectionChanged', { connection: 'lost' })]])).toEqual([]);
  const [bo, ...started] = running as [[number, Event], [number, Event]];
  const follows = (participant: string, authorityId: string): [number, Event] => [
    1,
    hook(participant, 'connectionChanged', { connection: 'connected', authorityId }),
  ];
  expect(brokenIn([bo, follows('bo', 'hana'), follows('hana', 'hana'), ...started])).toEqual(['G7 bo', 'G7 hana']);
  expect(brokenIn([bo, follows('bo', 'bo'), follows('hana', 'hana'), ...started])).toEqual([]);
});

test('[G9] a notice that outlives its recording, and a task that threw, are found', () => {
  const ended: [number, Event][] = [
    [1, raised('bo')],
    [5, hook('bo', 'recordingStopped', {})],
  ];
  expect(brokenIn([...ended, [6, joined('hana')]])).toEqual(['G9 bo']);
  expect(brokenIn([...ended, [5, closed('bo')], [6, joined('hana')]])).toEqual([]);
  const threw = hook('bo', 'protocolFailed', { code: 'session/task-threw', detail: 'x' });
  expect(brokenIn([[1, threw]])).toEqual(['G9 bo']);
});

describe('[G9] whatever somebody waits for ends', () => {
  const act = { who: 'hana', does: 'requestsRecording', storage: 'cloud' };
  const asks: Event = { kind: 'step', step: 0, about: [], act } as unknown as Event;
  const outcome: Event = { kind: 'outcome', step: 0, act, outcome: { outcome: 'started' } } as unknown as Event;
  const there: [number, Event][] = [
    [0, joined('hana')],
    [0, joined('bo')],
  ];
  // 5 s to answer, three calls of 1 s each, and 23 s for what a network may cost.
  const within = { ...policy({ timeoutMs: 5000, captureTimeoutMs: 1000 }), until: '31002ms' };
  const sooner = { ...within, until: '31s' };

  test('a request without an outcome is found, and not before its time', () => {
    expect(brokenIn([...there, [1, asks]], within)).toEqual(['G9 hana']);
    expect(brokenIn([...there, [1, asks]], sooner)).toEqual([]);
    expect(brokenIn([...there, [1, asks], [30_000, outcome]], within)).toEqual([]);
    expect(brokenIn([...there, [1, asks], [31_002, outcome]], within)).toEqual(['G9 hana']);
  });

  test('a recorder that was told to start has three calls to come to something, whoever comes meanwhile', () => {
    const starting: [number, Event][] = [...there, [1, asks], [2, reads('hana', 'on')], [1000, joined('cy')]];
    expect(brokenIn(starting, { ...within, until: '26003ms' })).toEqual(['G9 hana']);
    expect(brokenIn(starting, { ...within, until: '26002ms' })).toEqual([]);
    expect(brokenIn([...starting, [9000, outcome]], { ...within, until: '30s' })).toEqual([]);
  });

  test('a client that reads asking for ever is found, and not before its time', () => {
    expect(brokenIn([...there, [1, reads('bo', 'asking')]], within)).toEqual(['G9 bo']);
    expect(brokenIn([...there, [1, reads('bo', 'asking')]], sooner)).toEqual([]);
    expect(brokenIn([...there, [1, reads('bo', 'asking')], [9, reads('bo', 'on')]], within)).toEqual([]);
    // Another request asks for a time of its own.
    const again: [number, Event][] = [
      [1, reads('bo', 'asking')],
      [9, asks],
      [9, outcome],
    ];
    expect(brokenIn([...there, ...again], within)).toEqual([]);
  });

  test('who has left, crashed, slept or was cut off is not waited for; who comes has time of their own', () => {
    const waiting: [number, Event][] = [...there, [1, asks], [1, reads('bo', 'asking')]];
    for (const state of ['left', 'crashed', 'disconnected'] as const) {
      const gone = (participant: string): [number, Event] => [2, { kind: 'presence', participant, state }];
      expect(brokenIn([...waiting, gone('hana'), gone('bo')], within)).toEqual([]);
    }
    expect(brokenIn([...waiting, [2, { kind: 'network', groups: [['hana'], ['bo']] }]], within)).toEqual([]);
    const late: [number, Event][] = [...waiting, [1000, joined('cy')]];
    expect(brokenIn(late, within)).toEqual([]);
    expect(brokenIn(late, { ...within, until: '38s' })).toEqual(['G9 hana', 'G9 bo']);
  });
});

test('[G10] a client that reads off, has no notice, or a host who is not told, are found', () => {
  const began: [number, Event][] = [
    [1, joined('bo')],
    [1, joined('hana')],
    [2, recorder('platform', 'on')],
  ];
  const all: [number, Event][] = [
    [2, reads('bo', 'on')],
    [2, reads('hana', 'on')],
    [3, raised('bo')],
    [3, raised('hana')],
    [3, notified('hana')],
  ];
  expect(brokenIn([...began, ...all])).toEqual([]);
  const without = (place: number) => [...began, ...all.filter((_, other) => other !== place)];
  expect(brokenIn(without(0))[0]).toBe('G10 bo');
  expect(brokenIn(without(2))).toEqual(['G10 bo']);
  expect(brokenIn(without(4))).toEqual(['G10 hana']);
});

test('[G11] who only pressed Continue is found where an administrator or a region asks for agreement', () => {
  const pressed: [number, Event][] = [
    [1, joined('bo')],
    [1, hook('bo', 'connectionChanged', { connection: 'connected' })],
    [2, shown('bo')],
    [3, does('bo', 'acknowledges')],
    [5000, captured('bo')],
  ];
  const meeting = { policy: 'acknowledge' };
  expect(brokenIn(pressed, { meeting })).toEqual([]);
  const adminPolicy = { extends: 'all-party', locked: ['recording.consent'] };
  expect(brokenIn(pressed, { meeting: { ...meeting, adminPolicy } })).toEqual(['G11 bo']);
  const people = [
    { id: 'hana', role: 'host' },
    { id: 'bo', region: 'DE' },
  ];
  expect(brokenIn(pressed, { meeting, participants: people })).toEqual(['G11 bo']);
  const declared: [number, Event] = [4, does('bo', 'declaresRegion', { region: 'US-CA' })];
  expect(brokenIn([...pressed.slice(0, 4), declared, [5000, captured('bo')]], { meeting })).toEqual(['G11 bo']);
});

test('[G11] who was captured before a stricter region came, and still is long after, is found', () => {
  const running: [number, Event][] = [
    [1, hook('bo', 'connectionChanged', { connection: 'connected' })],
    [2, joined('bo')],
    [2, hook('bo', 'connectionChanged', { connection: 'connected' })],
    [2, raised('bo')],
    [3, shown('bo')],
    [4, does('bo', 'acknowledges')],
    [5, captured('bo')],
    [9000, does('bo', 'declaresRegion', { region: 'US-CA' })],
  ];
  const meeting = { policy: 'acknowledge' };
  const found = (more: [number, Event][]) =>
    brokenIn([...running, ...more], { meeting }).filter((each) => each.startsWith('G11'));
  expect(found([])).toEqual(['G11 bo']);
  expect(found([[20_000, captured('bo', false)]])).toEqual([]);
  expect(found([[20_000, does('bo', 'givesConsent')]])).toEqual([]);
  expect(found([[20_000, hook('bo', 'connectionChanged', { connection: 'lost' })]])).toEqual([]);
});

test('[G13] a device that nobody switched on, or that a moderator locked, is found', () => {
  expect(brokenIn([[1, device('bo', 'switch')]])).toEqual([]);
  expect(brokenIn([[1, device('bo', 'release')]])).toEqual(['G13 bo']);
  const answered: [number, Event] = [1, does('bo', 'refusesConsent')];
  expect(brokenIn([answered, [2, device('bo', 'release')]])).toEqual([]);
  const locked: Event = { kind: 'lock', participant: 'bo', device: 'microphone', locked: true };
  expect(brokenIn([answered, [1, locked], [2, device('bo', 'release')]])).toEqual(['G13 bo']);
});

test('[G13] a hold that outlives its recording is found', () => {
  const hold = (held: boolean): Event => ({ kind: 'hold', participant: 'bo', devices: ['microphone'], held });
  const held: [number, Event][] = [
    [0, reads('bo', 'off')],
    [1, reads('bo', 'on')],
    [2, hold(true)],
  ];
  expect(brokenIn(held)).toEqual([]);
  expect(brokenIn([...held, [3, reads('bo', 'off')], [500, hold(false)]])).toEqual([]);
  expect(brokenIn([...held, [3, reads('bo', 'off')]])).toEqual(['G13 bo']);
  expect(brokenIn([...held, [3, reads('bo', 'off')], [9, reads('bo', 'asking')]])).toEqual([]);
});

test('[G8] an agreement that is denied as given to a notice not seen, which was seen, is found', () => {
  const agrees = does('bo', 'givesConsent');
  const outcome = { outcome: 'denied', code: 'notice/not-shown' };
  const denied = { ...agrees, kind: 'outcome', outcome } as Event;
  expect(
    brokenIn([
      [1, raised('bo')],
      [2, agrees],
      [3, denied],
    ]),
  ).toEqual([]);
  expect(
    brokenIn([
      [1, raised('bo')],
      [1, shown('bo')],
      [2, agrees],
      [3, denied],
    ]),
  ).toEqual(['G8 bo']);
});

describe('[G8] when messages flow, all clients agree', () => {
  const follows = (participant: string, authorityId: string) =>
    hook(participant, 'connectionChanged', { connection: 'connected', authorityId });
  const consents = (told: string, consent: string) =>
    hook(told, 'consentChanged', { participantId: 'bo', recordingId, consent });
  const longer = { until: '100s' };
  const both: [number, Event][] = [
    [0, joined('hana')],
    [0, joined('bo')],
    [1, follows('hana', 'hana')],
    [1, follows('bo', 'hana')],
    [2, reads('hana', 'asking')],
    [2, reads('bo', 'asking')],
  ];

  test('on who decides, on what runs, and on who has said what', () => {
    expect(brokenIn(both, longer)).toEqual([]);
    expect(brokenIn([...both, [3, follows('bo', 'cy')]], longer)).toEqual(['G8 bo']);
    expect(brokenIn([...both, [3, hook('bo', 'connectionChanged', { connection: 'lost' })]], longer)).toEqual([
      'G8 bo',
    ]);
    expect(brokenIn([...both, [3, reads('bo', 'off')]], longer)).toEqual(['G8 bo']);
    const told: [number, Event][] = [...both, [3, consents('bo', 'given')], [4, consents('hana', 'shown')]];
    expect(brokenIn(told, longer)).toEqual(['G8 bo']);
    expect(brokenIn([...told, [5, consents('hana', 'given')]], longer)).toEqual([]);
  });

  test('is asked once all is quiet and the network whole, of those who are connected', () => {
    const split: [number, Event][] = [...both, [3, follows('bo', 'cy')]];
    expect(brokenIn([...split, [50_000, does('bo', 'confirmsShown', {})]], longer)).toEqual([]);
    expect(brokenIn([...split, [9, { kind: 'network', groups: [['hana'], ['bo']] }]], longer)).toEqual([]);
    const healed: [number, Event][] = [
      ...split,
      [9, { kind: 'network', groups: [['bo']] }],
      [10, { kind: 'network', groups: [] }],
    ];
    expect(brokenIn(healed, longer)).toEqual(['G8 bo']);
    expect(brokenIn([...split, [9, { kind: 'presence', participant: 'bo', state: 'disconnected' }]], longer)).toEqual(
      [],
    );
    expect(brokenIn(split, { ...longer, network: { loss: 0.5 } })).toEqual([]);
  });
});
