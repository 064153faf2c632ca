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
const raised = (participant: string) =>
  hook(participant, 'noticeRaised', { noticeId: 'n', requestedBy: 'unknown', purposes: ['recording'] });
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

  test('a refusal that follows an agreement is on its way for as long as the network takes, and no longer', () => {
    const refused = (at: number): [number, Event][] => [
      [1, shown('bo')],
      [2, does('bo', 'givesConsent')],
      [3, does('bo', 'refusesConsent')],
      [at, captured('bo')],
    ];
    const slow = { network: { latencyMs: [5, 150], seed: 1 } };
    expect([brokenIn(refused(152), slow), brokenIn(refused(153), slow)]).toEqual([[], ['G1 bo', 'G11 bo']]);
    const [seen, , refuses, taken] = refused(4) as [[number, Event], unknown, [number, Event], [number, Event]];
    expect(brokenIn([seen, refuses, taken], slow)).toEqual(['G1 bo', 'G11 bo']);
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

describe('[G1] nobody is part of a purpose of the open set unannounced', () => {
  const purpose = 'live-captions';
  type Acts = Extract<Event, { kind: 'step' }>;
  const tells = (who: string, status: string, life = 'life-1') =>
    hook(who, 'indicatorChanged', { purpose, status, recordingId: life });
  const sees = (who: string, life = 'life-1'): Event =>
    ({ ...shown(who), purposes: [purpose], recordingId: life }) as Event;
  const part = { participantId: 'bo', purpose, captured: true, recordingId: 'life-1' };
  const isPart = (teller: string, life = 'life-1') => hook(teller, 'captureChanged', { ...part, recordingId: life });
  const raised = (who: string, life = 'life-1') =>
    hook('bo', 'noticeRaised', { purposes: [purpose], recordingId: life, requestedBy: { participantId: who } });
  const says = (verb: string) => does('bo', verb, { purpose }) as Acts;
  const comesTo = ({ act }: Acts, outcome: string): Event => ({ kind: 'outcome', step: 0, act, outcome: { outcome } });
  const connection = (who: string, is: string) => hook(who, 'connectionChanged', { connection: is });
  const slow = { network: { latencyMs: [5, 150], seed: 1 } };
  const agreed: [number, Event][] = [
    [1, tells('bo', 'asking')],
    [1, sees('bo')],
    [2, says('givesConsent')],
  ];
  /** Of whom G1 is found broken. */
  const unannounced = (history: readonly [number, Event][], more: object = {}) =>
    brokenIn(history, more).filter((each) => each.startsWith('G1 '));

  test('silence, a notice and a refusal are no agreement', () => {
    expect(unannounced([[3, isPart('hana')]])).toEqual(['G1 bo']);
    expect(unannounced([...agreed.slice(0, 2), [3, isPart('hana')]])).toEqual(['G1 bo']);
    expect(unannounced([...agreed, [3, isPart('hana')]])).toEqual([]);
    const refused: [number, Event][] = [...agreed, [3, says('refusesConsent')]];
    expect(unannounced([...refused, [3, isPart('hana')]])).toEqual(['G1 bo']);
    expect(unannounced([...refused, [9000, isPart('hana')]], slow)).toEqual(['G1 bo']);
  });

  test('what was said of one life is said of no other, and holds for that as long as it lasts', () => {
    const next: [number, Event][] = [...agreed, [5, tells('bo', 'off')], [6, tells('bo', 'asking', 'life-2')]];
    expect(unannounced([...next, [7, isPart('hana', 'life-2')]])).toEqual(['G1 bo']);
    // Another client, which slept, is told in order of what was.
    expect(unannounced([...next, [7, isPart('hana')]])).toEqual([]);
    // One that has lost contact takes it for over.
    const cut: [number, Event][] = [...agreed, [5, connection('bo', 'lost')], [6, tells('bo', 'off')]];
    expect(unannounced([...cut, [7, connection('bo', 'connected')], [7, isPart('bo')]])).toEqual([]);
  });

  test('a purpose of a recording is asked for anew, and what was said before counts no more', () => {
    const said: [number, Event][] = [
      [0, reads('bo', 'on')],
      [1, tells('bo', 'asking', 'r')],
      [1, sees('bo', 'r')],
      [2, says('givesConsent')],
    ];
    expect(unannounced([...said, [3, isPart('hana', 'r')]])).toEqual([]);
    const ended: [number, Event][] = [...said, [4, tells('bo', 'off', 'r')]];
    expect(unannounced([...ended, [5, isPart('hana', 'r')]])).toEqual(['G1 bo']);
    expect(unannounced([...ended, [5, isPart('hana', 'r')]], slow)).toEqual([]);
    expect(unannounced([...ended, [9000, isPart('hana', 'r')]], slow)).toEqual(['G1 bo']);
    const askedAgain = says('requestsPurpose');
    expect(unannounced([...ended, [5, askedAgain], [6, isPart('hana', 'r')]])).toEqual([]);
  });

  test('a request agrees to the life that comes of it, and to no other', () => {
    const asked = says('requestsPurpose');
    const begun: [number, Event][] = [
      [1, asked],
      [2, comesTo(asked, 'done')],
      [3, tells('hana', 'on')],
    ];
    expect(unannounced([...begun, [4, isPart('hana')]])).toEqual([]);
    const again: [number, Event][] = [...begun, [5, tells('hana', 'on', 'life-2')]];
    expect(unannounced([...again, [6, isPart('hana', 'life-2')]])).toEqual(['G1 bo']);
    // Whoever decides has slept meanwhile.
    expect(unannounced([...begun.slice(0, 2), [9000, isPart('hana')]])).toEqual([]);
    expect(unannounced([begun[0] as [number, Event], [2, comesTo(asked, 'denied')], [3, isPart('hana')]])).toEqual([
      'G1 bo',
    ]);
    // It was on its way when another's began.
    const late: [number, Event][] = [
      [1, asked],
      [3, tells('hana', 'on')],
      [4, comesTo(asked, 'denied')],
    ];
    expect(unannounced([...late, [5, isPart('hana')]])).toEqual(['G1 bo']);
  });

  test('one prompt may ask for several lives, and names that of the first', () => {
    const seen = { ...shown('bo'), purposes: [purpose, 'another'], recordingId: 'life-1' } as Event;
    const before: [number, Event] = [1, tells('bo', 'asking', 'life-0')];
    expect(unannounced([before, [2, seen], [3, says('givesConsent')], [4, isPart('hana')]])).toEqual([]);
    const second = { ...seen, purposes: ['another', purpose] } as Event;
    expect(unannounced([before, [2, second], [3, says('givesConsent')], [4, isPart('hana')]])).toEqual(['G1 bo']);
  });

  test('a life is of whoever its notices say has asked for it, if they really have, and of no earlier life', () => {
    const asked = says('requestsPurpose');
    const askedToo: Event = does('hana', 'requestsPurpose', { purpose });
    const isHana = hook('hana', 'captureChanged', { ...part, participantId: 'hana' });
    const begun = (who: string, ...acts: readonly Event[]): [number, Event][] => [
      ...acts.map((act): [number, Event] => [1, act]),
      [3, tells('hana', 'on')],
      [4, raised(who)],
    ];
    expect(unannounced([...begun('bo', asked, askedToo), [5, isPart('hana')]])).toEqual([]);
    expect(unannounced([...begun('bo', asked, askedToo), [5, isHana]])).toEqual(['G1 hana']);
    expect(unannounced([...begun('bo', askedToo), [5, isPart('hana')]])).toEqual(['G1 bo']);
    // Who asked was told that it failed, and it had not.
    const unheard: [number, Event][] = [...begun('bo', asked), [5, sees('bo')], [6, comesTo(asked, 'failed')]];
    expect(unannounced([...unheard, [7, isPart('hana')]])).toEqual([]);
    const twice: [number, Event][] = [...begun('bo', asked), [5, tells('bo', 'off')], [6, tells('bo', 'on', 'life-2')]];
    expect(unannounced([...twice, [7, raised('bo', 'life-2')], [8, isPart('hana', 'life-2')]])).toEqual(['G1 bo']);
  });

  test('what was denied takes nothing back that was said meanwhile', () => {
    const [first, second] = [says('requestsPurpose'), { ...says('requestsPurpose') }];
    const twice: [number, Event][] = [
      [1, first],
      [2, second],
      [3, comesTo(second, 'done')],
      [4, comesTo(first, 'denied')],
    ];
    expect(unannounced([...twice, [5, isPart('hana')]])).toEqual([]);
    const [told, seen, agrees] = agreed as [[number, Event], [number, Event], [number, Event]];
    const answered: [number, Event][] = [told, seen, [1, first], agrees, [3, comesTo(first, 'denied')]];
    expect(unannounced([...answered, [4, isPart('hana')]])).toEqual([]);
  });

  test('a refusal counts on the own client from its being heard, and on others a moment later', () => {
    const refuses = says('refusesConsent');
    const underWay: [number, Event][] = [...agreed, [3, refuses]];
    const heard: [number, Event][] = [...underWay, [8, comesTo(refuses, 'recorded')]];
    expect(unannounced([...underWay, [9, isPart('bo')]], slow)).toEqual([]);
    expect(unannounced([...heard, [9, isPart('bo')]], slow)).toEqual(['G1 bo']);
    expect(unannounced([...heard, [9, isPart('hana')]], slow)).toEqual([]);
    expect(unannounced([...underWay, [9000, isPart('bo')]], slow)).toEqual(['G1 bo']);
  });

  const presence = (state: 'disconnected' | 'reconnected'): Event => ({ kind: 'presence', participant: 'hana', state });
  const parts = (groups: readonly (readonly string[])[]): Event => ({ kind: 'network', groups });
  test.each([
    ['somebody slept', presence('disconnected'), presence('reconnected')],
    ['the network was parted', parts([['hana'], ['bo']]), parts([])],
  ] as const)('a refusal is on its way for as long as %s, and 5 s more', (_, begins, ends) => {
    const refuses = says('refusesConsent');
    const unrest: [number, Event][] = [...agreed, [3, begins], [4, refuses], [8000, ends]];
    const both = (at: number): [number, Event][] => [
      [at, isPart('bo')],
      [at, isPart('hana')],
    ];
    expect(unannounced([...unrest, ...both(12_999)])).toEqual([]);
    expect(unannounced([...unrest, [8000, comesTo(refuses, 'unconfirmed')], ...both(12_999)])).toEqual([]);
    expect(unannounced([...unrest, ...both(13_000)])).toEqual(['G1 bo', 'G1 bo']);
    const heard: [number, Event][] = [...unrest, [8001, comesTo(refuses, 'recorded')]];
    expect(unannounced([...heard, ...both(8002)])).toEqual(['G1 bo', 'G1 bo']);
    // Of what was over before, or began long after, nothing is told so late.
    const apart: [number, Event][] = [...agreed, [3, begins], [4, ends], [5, refuses], [5006, begins]];
    expect(unannounced([...apart, ...both(5007)])).toEqual(['G1 bo', 'G1 bo']);
  });
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

  test('somebody who leaves and does not get away is found, and not before their time', () => {
    const leaves = does('hana', 'leaves', {}) as Extract<Event, { kind: 'step' }>;
    const away: Event = { kind: 'outcome', step: 0, act: leaves.act, outcome: { outcome: 'done' } };
    expect(brokenIn([...there, [1, leaves]], { until: '25002ms' })).toEqual(['G9 hana']);
    expect(brokenIn([...there, [1, leaves]], { until: '25001ms' })).toEqual([]);
    expect(brokenIn([...there, [1, leaves], [25_001, away]], { until: '60s' })).toEqual([]);
    expect(
      brokenIn([...there, [1, leaves], [9000, { kind: 'presence', participant: 'hana', state: 'crashed' }]], {
        until: '60s',
      }),
    ).toEqual([]);
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

test('[G13] a hold for a purpose that lives without a recording, and outlives it, is found', () => {
  const purpose = 'live-captions';
  const tells = (status: string, life: object = { recordingId: 'life-1' }) =>
    ({
      ...hook('bo', 'indicatorChanged', {}),
      hook: { hook: 'indicatorChanged', payload: { purpose, status, ...life } },
    }) as Event;
  const hold = (is: boolean, life = 'life-1') =>
    hook('bo', 'holdChanged', { purpose, recordingId: life, held: is, because: is ? 'withdrawing' : 'acknowledged' });
  const held: [number, Event][] = [
    [1, tells('on')],
    [2, hold(true)],
  ];
  expect(brokenIn(held)).toEqual([]);
  const over: [number, Event][] = [...held, [3, tells('off', {})]];
  expect(brokenIn(over)).toEqual(['G13 bo']);
  expect(brokenIn([...over, [500, hold(false)]])).toEqual([]);
  // One that is over, and another for which they are held.
  const next: [number, Event][] = [
    [4, tells('asking', { recordingId: 'life-2' })],
    [5, hold(true, 'life-2')],
  ];
  expect(brokenIn([...over, ...next, [500, hold(false)]])).toEqual([]);
  expect(brokenIn([...over, ...next])).toEqual(['G13 bo']);
  // The policy's one hold goes from one to another.
  const policyHold = (payload: object) => hook('bo', 'holdChanged', { held: true, because: 'late', ...payload });
  const moves: [number, Event][] = [
    [1, tells('on')],
    [2, policyHold({ purpose, recordingId: 'life-1' })],
    [3, policyHold({})],
    [4, tells('off', {})],
  ];
  expect(brokenIn(moves)).toEqual([]);
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

describe('[G4] attention is seen as little as possible', () => {
  const purpose = 'attention-tracking';
  /** Whether all agree is another guarantee's. */
  const wrongIn: typeof brokenIn = (...meeting) => brokenIn(...meeting).filter((each) => each.startsWith('G4'));
  const longer = (attention: object = {}, more: object = {}) => ({
    meeting: { policy: { extends: 'notice-only', attention } },
    until: '200s',
    ...more,
  });
  const told = (participant: string): Event => ({
    kind: 'shown',
    participant,
    noticeId: 'a',
    recordingId: 'e',
    purposes: [purpose],
  });
  const focus = (participant: string, state: 'focused' | 'lost'): Event => ({ kind: 'focus', participant, state });
  const icon = (host: string, participantId: string, inattentive: boolean) =>
    hook(host, 'attentionIndicatorChanged', { changes: [{ participantId, inattentive, sinceMs: 0 }] });
  const goes = (participant: string, state: 'left' | 'crashed' | 'disconnected' | 'reconnected'): Event => ({
    kind: 'presence',
    participant,
    state,
  });
  const did = (who: string, verb: string, outcome = 'done'): Event =>
    ({ kind: 'outcome', step: 0, act: { who, does: verb }, outcome: { outcome } }) as Event;
  const on: [number, Event][] = [
    [0, joined('hana')],
    [0, joined('bo')],
    [1, does('hana', 'enablesAttentionTracking', {})],
    [1, told('bo')],
    [2, does('hana', 'startsSharing', {})],
    [3, focus('bo', 'lost')],
  ];
  const seen = (at: number): [number, Event] => [at, icon('hana', 'bo', true)];
  const gone = (at: number): [number, Event] => [at, icon('hana', 'bo', false)];
  const early = 'G4 hana';

  test('an icon of somebody who was away for long enough breaks nothing, and neither does one that goes in time', () => {
    expect(wrongIn([...on, seen(30_004)], longer())).toEqual([]);
    expect(wrongIn([...on, seen(30_004), [60_000, focus('bo', 'focused')], gone(61_000)], longer())).toEqual([]);
    expect(wrongIn(on, longer())).toEqual([]);
  });

  test('an icon that comes early is found: since looking away, since the share, since being told, since joining', () => {
    expect(wrongIn([...on, seen(30_003), gone(30_010)], longer())).toEqual([early]);
    expect(wrongIn([...on, seen(40_000), gone(40_010)], longer({ thresholdMs: 45_000 }))).toEqual([early]);
    for (const [late, event] of [
      [4, does('hana', 'startsSharing', {})],
      [3, told('bo')],
      [1, joined('bo')],
    ] as const) {
      const without = on.filter((_, place) => place !== late);
      expect(wrongIn([...without, [10_000, event], seen(40_000), gone(40_010)], longer())).toEqual([early]);
      expect(wrongIn([...without, [10_000, event], seen(40_001), gone(40_010)], longer())).toEqual([]);
      expect(wrongIn([...without, seen(40_001), gone(40_010)], longer())).toEqual([early]);
    }
  });

  test('an icon while tracking is off, or of who did not agree where that is asked, is found', () => {
    expect(wrongIn([...on.filter((_, place) => place !== 2), seen(31_000), gone(31_010)], longer())).toEqual([early]);
    const asked = longer({ consent: 'explicit' });
    const agrees: [number, Event] = [3, does('bo', 'givesConsent', { purpose })];
    expect(wrongIn([...on, seen(31_000), gone(31_010)], asked)).toEqual([early]);
    expect(wrongIn([...on, agrees, seen(31_000)], asked)).toEqual([]);
    const unseen = on.filter((_, place) => place !== 3);
    expect(wrongIn([...unseen, agrees, seen(31_000), gone(31_010)], asked)).toEqual([early]);
    const refuses: [number, Event] = [4, does('bo', 'refusesConsent', { purpose })];
    expect(wrongIn([...on, agrees, refuses, seen(31_000), gone(31_010)], asked)).toEqual([early]);
    expect(wrongIn([...on, refuses, seen(31_000), gone(31_010)], longer())).toEqual([early]);
  });

  test('being told or agreeing once more begins nothing anew, and what was denied was not done', () => {
    expect(wrongIn([...on, [20_000, told('bo')], seen(31_000)], longer())).toEqual([]);
    const denied = does('hana', 'stopsSharing', {}) as Extract<Event, { kind: 'step' }>;
    const outcome: Event = { kind: 'outcome', step: 0, act: denied.act, outcome: { outcome: 'denied' } };
    expect(wrongIn([...on, [20_000, denied], [20_000, outcome], seen(31_000)], longer())).toEqual([]);
    expect(wrongIn([...on, [100, denied], seen(31_000), gone(31_010)], longer())).toEqual([early]);
  });

  test('tracking that was on its way when it was turned off is on again once a client is told so, and not before', () => {
    const enables = on[2]?.[1] as Extract<Event, { kind: 'step' }>;
    const done: [number, Event] = [50, { kind: 'outcome', step: 0, act: enables.act, outcome: { outcome: 'done' } }];
    const off: [number, Event] = [100, did('hana', 'disablesAttentionTracking')];
    const again: [number, Event][] = [
      [101, hook('hana', 'attentionTrackingChanged', { enabled: true, active: true })],
      [101, told('bo')],
    ];
    expect(enables.act.does).toBe('enablesAttentionTracking');
    expect(wrongIn([...on, off, ...again, seen(31_000)], longer())).toEqual([]);
    expect(wrongIn([...on, off, again[1] as [number, Event], seen(31_000), gone(31_010)], longer())).toEqual([early]);
    expect(wrongIn([...on, done, off, ...again, seen(31_000), gone(31_010)], longer())).toEqual([early]);
  });

  test('an icon that stays when it is over is found: back, share ended, tracking off, gone, refused', () => {
    for (const event of [
      focus('bo', 'focused'),
      does('hana', 'stopsSharing', {}),
      did('hana', 'disablesAttentionTracking'),
      goes('bo', 'left'),
      goes('bo', 'crashed'),
      goes('bo', 'disconnected'),
      goes('hana', 'crashed'),
      does('bo', 'withdrawsConsent', { purpose }),
    ]) {
      const over: [number, Event][] = [...on, seen(31_000), [50_000, event]];
      const isOfTheHost = event.kind === 'presence' && event.participant === 'hana';
      expect([event, wrongIn([...over, gone(69_000)], longer())]).toEqual([event, []]);
      expect([event, wrongIn(over, longer())]).toEqual([event, isOfTheHost ? [] : [early]]);
    }
  });

  test('whoever was not reached for a while was away all the time; a new client begins anew', () => {
    const back = (state: 'disconnected' | 'crashed'): [number, Event][] => [
      [5000, goes('bo', state)],
      [10_000, goes('bo', 'reconnected')],
      [10_000, told('bo')],
      seen(31_000),
      gone(31_010),
    ];
    expect(wrongIn([...on, ...back('disconnected')], longer())).toEqual([]);
    expect(wrongIn([...on, ...back('crashed')], longer())).toEqual([early]);
  });

  test('whose share counts is the policy’s; one that is handed on without a gap is one', () => {
    const bySharer = (who: string): [number, Event][] =>
      on.map(([at, event]) => (event.kind === 'step' && at === 2 ? [at, does(who, 'startsSharing', {})] : [at, event]));
    const three = { participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }, { id: 'cy' }] };
    expect(wrongIn([...bySharer('cy'), seen(31_000), gone(31_010)], longer({}, three))).toEqual([early]);
    expect(wrongIn([...bySharer('cy'), seen(31_000)], longer({ armedBy: 'anyone' }, three))).toEqual([]);
    const hosts = { participants: [...three.participants.slice(0, 2), { id: 'hugo', role: 'co-host' }] };
    const handed: [number, Event][] = [
      [9000, does('hugo', 'startsSharing', {})],
      [9001, does('hana', 'stopsSharing', {})],
    ];
    expect(wrongIn([...on, ...handed, seen(31_000)], longer({}, hosts))).toEqual([]);
    expect(
      wrongIn(
        [
          ...on,
          ...handed.toReversed().map(([at, event], place): [number, Event] => [at + place * 9, event]),
          seen(31_000),
          gone(31_010),
        ],
        longer({}, hosts),
      ),
    ).toEqual([early]);
  });

  test('somebody else who is told of an icon, or anybody who is told of another’s answer, is found', () => {
    const three = longer({}, { participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }, { id: 'cy' }] });
    expect(wrongIn([...on, [31_000, icon('cy', 'bo', true)], [31_010, icon('cy', 'bo', false)]], three)).toEqual([
      'G4 cy',
      'G4 cy',
    ]);
    const answer = (who: string) => hook(who, 'consentChanged', { participantId: 'bo', purpose, consent: 'given' });
    expect(wrongIn([...on, [5000, answer('hana')]], three)).toEqual([early]);
    expect(wrongIn([...on, [5000, answer('bo')]], three)).toEqual([]);
  });
});

describe('[G5] a transcript', () => {
  const both = ['recording', 'transcription'];
  const said = (participant: string, heard = true): Event => ({
    kind: 'said',
    participant,
    segmentId: 's',
    text: 'hello',
    heard,
  });
  const answers = (who: string, verb: string, purpose = 'transcription') => does(who, verb, { purpose });
  const seen = (participant: string): Event => ({ ...shown(participant), purposes: both }) as Event;
  const segment = { id: 's', speaker: 'bo', text: 'hello', final: true };
  const read = (participant: string, more: object = {}) =>
    hook(participant, 'transcriptSegment', { transcriptId: 't', segment: { ...segment, ...more } });
  const turned = (participant: string, status: string) =>
    hook(participant, 'transcriptChanged', { transcriptId: 't', status });
  const agreed: readonly [number, Event][] = [
    [0, joined('hana')],
    [0, joined('bo')],
    [1000, seen('bo')],
    [2000, answers('bo', 'givesConsent', 'recording')],
    [2000, answers('bo', 'givesConsent')],
    [3000, recorder('cloud', 'on')],
  ];
  const g5 = (history: readonly [number, Event][], more: object = {}) =>
    brokenIn([...history], more).filter((each) => each.startsWith('G5'));
  const refusal = { act: { who: 'bo', does: 'withdrawsConsent', purpose: 'transcription' } };
  const withdraws = { kind: 'step', step: 0, about, ...refusal } as Event;
  const heardOf = { kind: 'outcome', step: 0, ...refusal, outcome: { outcome: 'recorded' } } as Event;

  test('of who has agreed to both is held', () => {
    expect(g5([...agreed, [4000, said('bo')], [4000, read('hana')]])).toEqual([]);
  });

  test.each<[string, readonly [number, Event][]]>([
    [
      'of who never agreed',
      [
        [0, joined('bo')],
        [3000, recorder('cloud', 'on')],
        [4000, said('bo')],
        [4000, read('hana')],
      ],
    ],
    [
      'of what was said while it was paused',
      [...agreed, [4000, recorder('cloud', 'paused')], [5000, said('bo')], [5000, read('hana')]],
    ],
    [
      'of who took it back, and was heard',
      [...agreed, [4000, withdraws], [4000, heardOf], [5000, said('bo')], [6000, read('hana')]],
    ],
    ['of whom nobody heard', [...agreed, [4000, said('bo', false)], [4000, read('hana')]]],
    ['of what nobody said', [...agreed, [4000, read('hana')]]],
    ['of other words', [...agreed, [4000, said('bo')], [4000, read('hana', { text: 'bye' })]]],
    ['that was erased', [...agreed, [4000, said('bo')], [5000, turned('hana', 'erased')], [6000, read('hana')]]],
    ['that was set apart', [...agreed, [4000, said('bo')], [5000, turned('hana', 'isolated')], [6000, read('hana')]]],
    ['of what was said before one came', [...agreed, [4000, said('bo')], [5000, joined('hana')], [6000, read('hana')]]],
  ])('%s is broken', (_, history) => {
    expect(g5(history)).toEqual(['G5 hana']);
  });

  test('is read by whom the policy lets', () => {
    const history: readonly [number, Event][] = [...agreed, [4000, said('bo')], [4000, read('bo')]];
    expect(g5(history)).toEqual(['G5 bo']);
    const policy = { extends: 'all-party', transcription: { readers: 'everyone' } };
    expect(g5(history, { meeting: { policy } })).toEqual([]);
  });

  test('of who took it back a moment before anybody could know is held', () => {
    expect(g5([...agreed, [4000, withdraws], [4010, said('bo')], [4010, read('hana')], [4100, heardOf]])).toEqual([]);
  });

  test('of what no recorder in the cloud takes is broken', () => {
    expect(g5([[4000, turned('hana', 'transcribing')]])).toEqual(['G5 hana']);
  });

  test('that takes back what was told is held', () => {
    expect(g5([...agreed, [4000, said('bo')], [4000, read('hana', { text: '' })]])).toEqual([]);
  });
});
