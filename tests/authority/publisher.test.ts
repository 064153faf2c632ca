import { describe, expect, test } from 'vitest';
import type { DecidingOptions } from '../../src/authority/authority.types.ts';
import { People, type Seat } from '../../src/authority/people.ts';
import { Publisher } from '../../src/authority/publisher.ts';
import type { Endpoint, Role } from '../../src/participants/participants.types.ts';
import { presets } from '../../src/policy/presets.ts';
import type { RosterRow } from '../../src/recording/recording.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import type { MeetingState, Message, PersonalState } from '../../src/transport/messages.types.ts';
import { personalState as state } from './told-states.ts';

const epoch = { number: 7, id: 'hana', incarnation: 'x' };
const from = { number: 6, id: 'cora', incarnation: 'y' };

/** What an authority tells, of a meeting and of people as the test says they are. */
function publisher({ before }: { before?: DecidingOptions['before'] } = {}) {
  const clock = simulatedClock(100_000);
  const people = new People();
  const sent: { readonly message: Message; readonly to: 'all' | readonly Endpoint[] }[] = [];
  const personal = new Map<string, PersonalState>();
  const rows = new Map<string, RosterRow>();
  const world = {
    meeting: {
      recordings: [],
      policy: presets.gdpr,
      succession: [],
      attention: { enabled: false, active: false },
    } as MeetingState,
  };
  const tells = new Publisher({
    options: {
      clock,
      epoch,
      before,
      send: (message, to) => void sent.push({ message, to }),
    } as Partial<DecidingOptions> as DecidingOptions,
    now: () => clock.now(),
    people,
    meeting: () => world.meeting,
    personal: (id) => personal.get(id),
    row: (id) => rows.get(id),
  });
  const row = (id: string, more: Partial<RosterRow> = {}): RosterRow => ({
    participantId: id,
    role: 'participant',
    channel: 'app',
    present: true,
    admission: 'admitted',
    consents: {},
    captured: false,
    ...more,
  });
  return {
    tells,
    people,
    clock,
    world,
    personal,
    rows,
    row,
    state,
    /** A device of somebody, whose client has said hello. */
    enters(id: string, role: Role = 'participant', { endpoint = id, says = true } = {}): Seat {
      const { seat } = people.enter(endpoint, id, { role, channel: undefined, sdk: true, at: clock.now() });
      if (says) people.hello(seat, { t: 'hello', id: 'h', devices: true });
      if (!personal.has(id)) personal.set(id, state());
      if (!rows.has(id)) rows.set(id, row(id, { role }));
      return seat;
    },
    sent: () => sent.splice(0),
    /** What was sent since the last look: its kind and to whom. */
    kinds: () => sent.splice(0).map(({ message, to }) => `${message.t} to ${to === 'all' ? to : to.join(' ')}`),
    /** Goes on to a time of this meeting, in ms, and lets a second’s tick happen. */
    ticksAt(ms: number) {
      clock.advanceTo(100_000 + ms);
      tells.tick(clock.now());
    },
  };
}

const base = { epoch, seq: 0, aliveMs: 5000 };

describe('what changed', () => {
  test('[G8] in the meeting is told to everyone once, and numbered', () => {
    const { tells, world, sent } = publisher();
    tells.flush();
    expect([sent(), tells.seq]).toEqual([[], 0]);
    tells.meetingChanged();
    tells.flush();
    expect(sent()).toEqual([{ message: { t: 'meeting', ...base, seq: 1, meeting: world.meeting }, to: 'all' }]);
    tells.meetingChanged();
    tells.flush();
    tells.flush();
    expect([sent(), tells.seq]).toEqual([[], 1]);
    for (const change of [{ succession: ['hana'] }, { policy: { ...presets.gdpr } }]) {
      world.meeting = { ...world.meeting, ...change };
      tells.meetingChanged();
      tells.flush();
    }
    expect([sent().map(({ message }) => (message as { seq: number }).seq), tells.seq]).toEqual([[2, 3], 3]);
  });

  test('[G1] for somebody is told to each of their devices, by a number that grows, and only when it is something else', () => {
    const { tells, enters, personal, state, sent } = publisher();
    enters('bo');
    enters('bo', 'participant', { endpoint: 'bo-2' });
    enters('bo', 'participant', { endpoint: 'bo-3', says: false });
    enters('cy');
    tells.personChanged('bo');
    tells.flush();
    const first = { t: 'personal', epoch, seq: 0, n: 1, personal: state() };
    expect(sent()).toEqual([
      { message: first, to: ['bo'] },
      { message: first, to: ['bo-2'] },
    ]);
    tells.personChanged('bo');
    tells.flush();
    expect(sent()).toEqual([]);
    const admission = { admission: 'waiting', because: 'unanswered' } as const;
    personal.set('bo', state({ admission }));
    tells.personChanged('cy');
    tells.personChanged('bo');
    tells.flush();
    expect(sent().map(({ message, to }) => [to, (message as { n: number }).n])).toEqual([
      [['cy'], 2],
      [['bo'], 3],
      [['bo-2'], 3],
    ]);
  });

  test('[G1] for somebody is none where only the time that is left of a notice or a hold is', () => {
    const { tells, enters, personal, state, kinds } = publisher();
    enters('bo');
    const withLeft = (ms: number, because: 'unanswered' | 'late', reminded = 0) =>
      state({
        notices: [{ noticeId: 'n', answerInMs: ms, reminded }] as unknown as PersonalState['notices'],
        hold: { recordingId: 'r', devices: ['chat'], because, endsInMs: ms },
      });
    const tellsOf = (now: PersonalState) => {
      personal.set('bo', now);
      tells.personChanged('bo');
      tells.flush();
      return kinds();
    };
    expect([tellsOf(withLeft(5000, 'late')), tellsOf(withLeft(4000, 'late'))]).toEqual([['personal to bo'], []]);
    expect(tellsOf(withLeft(4000, 'unanswered'))).toEqual(['personal to bo']);
    expect(tellsOf(withLeft(4000, 'unanswered', 1))).toEqual(['personal to bo']);
    expect(tellsOf(state())).toEqual(['personal to bo']);
  });

  test('[G1] is not told to who is absent: they go on as they were', () => {
    const { tells, enters, kinds } = publisher();
    enters('bo').person.absent = true;
    tells.personChanged('bo');
    tells.personChanged('nobody');
    tells.flush();
    expect(kinds()).toEqual([]);
  });

  test('[G7] in the roster is told to hosts alone, row by row, and who has left is removed', () => {
    const { tells, people, enters, rows, row, sent, kinds } = publisher();
    enters('hana', 'host');
    enters('hana', 'host', { endpoint: 'hana-2', says: false });
    enters('cora', 'co-host');
    enters('bo', 'participant', { says: false });
    const cy = enters('cy', 'participant', { says: false });
    for (const id of ['hana', 'bo', 'cy']) {
      rows.set(id, row(id));
      tells.personChanged(id);
    }
    tells.flush();
    const roster = (seq: number, changed: readonly RosterRow[], removed: readonly string[] = []) => ({
      message: { t: 'roster', epoch, seq, part: 0, parts: 1, whole: false, rows: changed, removed },
      to: ['hana', 'cora'],
    });
    const rosters = () => sent().filter(({ message }) => message.t === 'roster');
    expect(rosters()).toEqual([roster(1, [row('hana'), row('bo'), row('cy')])]);
    // Names are no part of what is compared as text.
    rows.set('bo', row('bo', { name: 'Bo' }));
    for (const id of ['hana', 'bo', 'cy']) tells.personChanged(id);
    tells.flush();
    expect(rosters()).toEqual([roster(2, [row('bo', { name: 'Bo' })])]);
    rows.set('bo', row('bo', { name: 'Bo', captured: true }));
    rows.delete('cy');
    people.leave('cy');
    tells.forget(cy);
    for (const id of ['bo', 'cy', 'nobody']) tells.personChanged(id);
    tells.flush();
    expect(rosters()).toEqual([roster(3, [row('bo', { name: 'Bo', captured: true })], ['cy'])]);
    tells.personChanged('cy');
    tells.flush();
    expect(kinds()).toEqual([]);
  });

  test('[G8] in the roster is numbered also while no host is there', () => {
    const { tells, enters, kinds, sent } = publisher();
    enters('bo');
    tells.personChanged('bo');
    tells.flush();
    expect(kinds()).toEqual(['personal to bo']);
    const host = enters('hana', 'host');
    tells.asked(host, { t: 'again', epoch, stream: 'hosts' });
    expect(sent()).toMatchObject([{ message: { t: 'roster', seq: 1, whole: true }, to: ['hana'] }]);
  });
});

describe('a hello', () => {
  test('[G8] is answered with the meeting and one’s own state, and a host’s with the whole roster too', () => {
    const { tells, enters, sent, world, row, state, rows } = publisher();
    const host = enters('hana', 'host');
    const guest = enters('bo');
    tells.welcome(guest, 'hello-1');
    const meeting = { t: 'meeting', ...base, meeting: world.meeting };
    expect(sent()).toEqual([
      { message: meeting, to: ['bo'] },
      { message: { t: 'personal', epoch, seq: 0, n: 1, personal: state(), re: 'hello-1' }, to: ['bo'] },
    ]);
    rows.delete('bo');
    tells.welcome(host, 'hello-2');
    expect(sent()).toEqual([
      { message: meeting, to: ['hana'] },
      { message: { t: 'personal', epoch, seq: 0, n: 2, personal: state(), re: 'hello-2' }, to: ['hana'] },
      {
        message: {
          t: 'roster',
          epoch,
          seq: 0,
          part: 0,
          parts: 1,
          whole: true,
          rows: [row('hana', { role: 'host' })],
          removed: [],
        },
        to: ['hana'],
      },
    ]);
  });

  test('[G8] again is answered again by the same number, and what it was told is not told once more', () => {
    const { tells, enters, sent, kinds } = publisher();
    const guest = enters('bo');
    tells.welcome(guest, 'a');
    tells.welcome(guest, 'b');
    expect(sent().map(({ message }) => (message.t === 'personal' ? [message.n, message.re] : message.t))).toEqual([
      'meeting',
      [1, 'a'],
      'meeting',
      [1, 'b'],
    ]);
    tells.personChanged('bo');
    tells.flush();
    expect(kinds()).toEqual([]);
  });

  test('of whom nothing is known is answered with the meeting', () => {
    const { tells, enters, personal, kinds } = publisher();
    const guest = enters('bo', 'host');
    personal.delete('bo');
    tells.welcome(guest, 'a');
    tells.personalTo(guest);
    expect(kinds()).toEqual(['meeting to bo']);
  });
});

describe('what a client asks for', () => {
  test('[G8] is told again: the meeting to who is behind, a sign of life, a stream that was missed', () => {
    const { tells, enters, kinds } = publisher();
    const guest = enters('bo');
    const host = enters('hana', 'host');
    tells.meetingChanged();
    tells.flush();
    kinds();
    tells.asked(guest, { t: 'alive', epoch, seq: 1 });
    tells.asked(guest, { t: 'again', epoch, stream: 'hosts' });
    expect(kinds()).toEqual([]);
    tells.asked(guest, { t: 'alive', epoch, seq: 0 });
    tells.asked(guest, { t: 'there?', epoch });
    tells.asked(guest, { t: 'again', epoch, stream: 'meeting' });
    tells.asked(host, { t: 'again', epoch, stream: 'meeting' });
    tells.asked(host, { t: 'again', epoch, stream: 'hosts' });
    expect(kinds()).toEqual(['meeting to bo', 'beacon to bo', 'meeting to bo', 'meeting to hana', 'roster to hana']);
  });

  test('[G8] a roster that is too long for one message comes in parts, each good by itself', () => {
    const { tells, enters, rows, row, sent } = publisher();
    const host = enters('hana', 'host');
    const long = 'n'.repeat(1000);
    for (const id of ['a', 'b', 'c', 'd']) enters(id, 'participant', { says: false });
    rows.delete('hana');
    for (const id of ['a', 'b', 'c', 'd']) rows.set(id, row(id, { name: long }));
    tells.asked(host, { t: 'again', epoch, stream: 'hosts' });
    const parts = sent().map(({ message }) =>
      message.t === 'roster' ? [message.part, message.parts, message.rows.map((each) => each.participantId)] : [],
    );
    expect(parts).toEqual([
      [0, 2, ['a', 'b']],
      [1, 2, ['c', 'd']],
    ]);
  });

  test('[G8] in parts, who has left is removed by the first alone', () => {
    const { tells, people, enters, rows, row, sent } = publisher();
    enters('hana', 'host');
    const bo = enters('bo', 'participant', { says: false });
    for (const id of ['hana', 'bo']) tells.personChanged(id);
    tells.flush();
    rows.delete('bo');
    people.leave('bo');
    tells.forget(bo);
    for (const id of ['a', 'b', 'c']) {
      enters(id, 'participant', { says: false });
      rows.set(id, row(id, { name: 'n'.repeat(2000) }));
    }
    for (const id of ['bo', 'a', 'b', 'c']) tells.personChanged(id);
    sent();
    tells.flush();
    const removed = sent().flatMap(({ message }) => (message.t === 'roster' ? [message.removed] : []));
    expect(removed).toEqual([['bo'], [], []]);
  });

  test('fills a message up to 3,000 units and no further', () => {
    const { tells, enters, rows, row, sent } = publisher();
    const host = enters('hana', 'host');
    rows.clear();
    const hasLength = (id: string, units: number) => {
      const left = units - JSON.stringify(row(id, { name: '' })).length;
      rows.set(id, row(id, { name: 'n'.repeat(left) }));
      enters(id, 'participant', { says: false });
    };
    hasLength('a', 1500);
    hasLength('b', 1500);
    hasLength('c', 200);
    tells.rosterTo([host.endpoint]);
    expect(sent().map(({ message }) => (message.t === 'roster' ? message.rows.length : 0))).toEqual([2, 1]);
  });
});

describe('a sign of life', () => {
  test('[G2] goes to hosts every 2 s and to everyone every 5 s, with the numbers of both streams', () => {
    const { enters, ticksAt, sent } = publisher();
    enters('bo');
    enters('hana', 'host');
    const heard: string[] = [];
    for (let at = 0; at <= 10_000; at += 1000) {
      ticksAt(at);
      for (const { message, to } of sent()) heard.push(`${at} ${message.t} ${to}`);
    }
    expect(heard).toEqual([
      '0 beacon all',
      '2000 beacon hana',
      '4000 beacon hana',
      '5000 beacon all',
      '7000 beacon hana',
      '9000 beacon hana',
      '10000 beacon all',
    ]);
  });

  test('[G2] is not sent to hosts where there are none, and a word to everyone is one too', () => {
    const { tells, enters, ticksAt, sent, kinds } = publisher();
    enters('bo');
    ticksAt(0);
    tells.personChanged('bo');
    tells.meetingChanged();
    tells.flush();
    expect(sent()[0]).toEqual({ message: { t: 'beacon', ...base, hostSeq: 0 }, to: 'all' });
    ticksAt(3000);
    tells.meetingChanged();
    kinds();
    for (const at of [4000, 5000]) ticksAt(at);
    expect(kinds().filter((kind) => kind.startsWith('beacon'))).toEqual(['beacon to all']);
  });

  test('[G2] comes 5 s after the last word about the meeting', () => {
    const { tells, ticksAt, world, kinds, clock } = publisher();
    ticksAt(0);
    clock.advanceTo(103_000);
    world.meeting = { ...world.meeting, succession: ['hana'] };
    tells.meetingChanged();
    tells.flush();
    kinds();
    ticksAt(7000);
    expect(kinds()).toEqual([]);
    ticksAt(8000);
    expect(kinds()).toEqual(['beacon to all']);
  });

  test('[G8] says how often a client shall say that it is there: so many that 50 a second do', () => {
    const { tells, people, sent, ticksAt } = publisher();
    expect(tells.aliveMs).toBe(5000);
    for (let n = 0; n < 301; n += 1) {
      people.enter(`e${n}`, `p${n}`, { role: 'participant', channel: undefined, sdk: true, at: 0 });
    }
    expect(tells.aliveMs).toBe(7000);
    tells.meetingTo('all');
    ticksAt(0);
    expect(sent().map(({ message }) => (message as { aliveMs: number }).aliveMs)).toEqual([7000, 7000, 7000]);
  });

  test.each<[string, DecidingOptions['before'], object]>([
    ['was handed over to', { how: 'hand-over', state: {} as never, from }, { after: from }],
    ['follows a crash', { how: 'crash', meeting: {} as never, absenceMs: 15_000, knew: () => true }, {}],
    ['is the first', undefined, {}],
  ])('[G8] of an authority that %s says so, and so does its word about the meeting', (_, before, after) => {
    const { tells, world, ticksAt, sent } = publisher({ before });
    ticksAt(0);
    tells.meetingTo('all');
    expect(sent().map(({ message }) => message)).toEqual([
      { t: 'beacon', ...base, hostSeq: 0, ...after },
      { t: 'meeting', ...base, meeting: world.meeting, ...after },
    ]);
  });
});

describe('what a client has not confirmed', () => {
  /** bo was told something at 0. */
  function unconfirmed() {
    const all = publisher();
    const bo = all.enters('bo');
    all.tells.personChanged('bo');
    all.tells.flush();
    all.kinds();
    const repeats = (...at: readonly number[]) =>
      at.filter((ms) => {
        all.ticksAt(ms);
        return all.kinds().includes('personal to bo');
      });
    return { ...all, bo, repeats };
  }
  const seconds = Array.from({ length: 21 }, (_, second) => second * 1000);

  test('[G8] is repeated every second for ten, then with each beacon to all', () => {
    const { repeats } = unconfirmed();
    expect(repeats(...seconds)).toEqual([...seconds.slice(1, 11), 15_000, 20_000]);
    // Ten seconds to the last of them, also where no beacon goes out then.
    expect(unconfirmed().repeats(8000, 10_000, 10_001)).toEqual([8000, 10_000]);
  });

  test('[G8] is repeated after a hello too', () => {
    const { repeats, bo, tells, clock, kinds } = unconfirmed();
    clock.advanceTo(102_500);
    tells.confirmed(bo, 1, undefined);
    tells.welcome(bo, 'h');
    kinds();
    expect(repeats(2500, 3500, 12_500, 13_500)).toEqual([3500, 12_500]);
  });

  test('[G8] is repeated no more once it has confirmed the last, and only the last', () => {
    const { repeats, tells, bo, personal, state } = unconfirmed();
    personal.set('bo', state({ closed: [{ noticeId: 'n', because: 'answered' }] }));
    tells.personChanged('bo');
    tells.flush();
    tells.confirmed(bo, 1, 'r');
    expect([bo.got, bo.held, repeats(1000)]).toEqual([1, undefined, [1000]]);
    tells.confirmed(bo, 2, 'r');
    expect([bo.got, bo.held, repeats(2000)]).toEqual([2, 'r', []]);
    tells.confirmed(bo, 1, undefined);
    expect([bo.got, bo.held]).toEqual([2, 'r']);
    tells.confirmed(bo, 2, undefined);
    expect(bo.held).toBeUndefined();
  });

  test('[G2] as a hold that is now on, or no more, is told to hosts once it has: who is on air follows from it', () => {
    const { tells, bo, enters, rows, row, kinds } = unconfirmed();
    enters('hana', 'host');
    const confirms = (held: string | undefined, captured: boolean) => {
      rows.set('bo', row('bo', { captured }));
      tells.confirmed(bo, 1, held);
      tells.flush();
      return kinds();
    };
    expect([confirms('r', true), confirms('r', false), confirms(undefined, false)]).toEqual([
      ['roster to hana'],
      [],
      ['roster to hana'],
    ]);
  });

  test('[G8] is not repeated to who is absent, and again when they are heard', () => {
    const { repeats, bo } = unconfirmed();
    bo.person.absent = true;
    expect(repeats(1000, 2000)).toEqual([]);
    bo.person.absent = false;
    expect(repeats(3000)).toEqual([3000]);
  });

  test('[G8] is not repeated to a device that has left, nor to anybody who has', () => {
    const left = unconfirmed();
    left.people.leave('bo');
    expect(left.repeats(1000)).toEqual([]);
    const forgotten = unconfirmed();
    forgotten.tells.forget(forgotten.bo);
    expect(forgotten.repeats(1000)).toEqual([]);
  });

  test('[G1] of who comes again, all is told anew', () => {
    const { tells, bo, people, enters, kinds } = unconfirmed();
    people.leave('bo');
    tells.forget(bo);
    enters('bo');
    tells.personChanged('bo');
    tells.flush();
    expect(kinds()).toEqual(['personal to bo']);
  });
});
