import { describe, expect, test } from 'vitest';
import { isHosting, People, type Person, reachOf, roleAmongPeople, type Seat } from '../../src/authority/people.ts';
import type { Channel, Role } from '../../src/participants/participants.types.ts';
import type { HelloMessage } from '../../src/transport/messages.types.ts';

type Facts = Partial<{ role: Role; channel: Channel; sdk: boolean; at: number }>;

function gathered() {
  const people = new People();
  const enters = (endpoint: string, id = endpoint, { role = 'participant', channel, sdk = true, at = 0 }: Facts = {}) =>
    people.enter(endpoint, id, { role, channel, sdk, at });
  const hello = (endpoint: string, said: Partial<HelloMessage> = {}) =>
    people.hello(people.seat(endpoint) as Seat, { t: 'hello', id: 'h', devices: false, ...said });
  return { people, enters, hello, ids: () => [...people.all].map(({ id }) => id) };
}

describe('who is here', () => {
  test('is a person with a session, as the transport names them, of whom nothing more is known', () => {
    const { people, enters } = gathered();
    const { seat, isNew } = enters('bo-1', 'bo', { at: 500, channel: 'phone' });
    const { person, ...session } = seat;
    expect(isNew).toBe(true);
    expect(session).toEqual({
      endpoint: 'bo-1',
      sdk: true,
      said: 'nothing',
      devices: false,
      recorder: false,
      focus: false,
      joinedAt: 500,
      heardAt: 500,
      got: 0,
      held: undefined,
    });
    expect({ ...person, seats: person.seats.length }).toEqual({
      id: 'bo',
      order: 0,
      role: 'participant',
      channel: 'phone',
      name: undefined,
      region: undefined,
      admission: 'admitted',
      absent: false,
      speaks: false,
      seats: 1,
      n: 0,
      notices: { open: [], closed: [] },
      met: undefined,
      told: undefined,
      toldName: undefined,
      toldRow: undefined,
    });
    expect([people.person('bo'), people.seat('bo-1'), people.seat('bo')]).toEqual([person, seat, undefined]);
    expect(enters('cy').seat.person.channel).toBe('app');
  });

  test('[G1] may have several sessions, and has left when the last has', () => {
    const { people, enters, ids } = gathered();
    const [first, second] = [enters('bo-1', 'bo'), enters('bo-2', 'bo')];
    enters('cy');
    expect([first.isNew, second.isNew, ids(), people.size, people.seatCount]).toEqual([
      true,
      false,
      ['bo', 'cy'],
      2,
      3,
    ]);
    expect([...people.seats].map(({ endpoint }) => endpoint)).toEqual(['bo-1', 'bo-2', 'cy']);
    expect(people.leave('bo-1')).toEqual({ seat: first.seat, gone: false });
    expect(people.person('bo')?.seats).toEqual([second.seat]);
    expect(people.leave('bo-1')).toBeUndefined();
    expect(people.leave('bo-2')).toEqual({ seat: second.seat, gone: true });
    expect([ids(), people.size, people.seatCount, people.person('bo')]).toEqual([['cy'], 1, 1, undefined]);
  });

  test('keeps their session where the transport names it again, on another channel if it says so', () => {
    const { people, enters, hello } = gathered();
    const { seat } = enters('bo');
    hello('bo', { name: 'Bo' });
    expect(enters('bo', 'bo', { channel: 'bot', at: 9000 })).toEqual({ seat, isNew: false });
    expect([seat.person.channel, seat.person.name, seat.joinedAt, people.bots.length]).toEqual(['bot', 'Bo', 0, 1]);
    enters('bo');
    expect([seat.person.channel, people.seatCount]).toEqual(['bot', 1]);
    enters('bo', 'bo', { channel: 'app' });
    expect([seat.person.channel, people.bots]).toEqual(['app', []]);
  });

  test('says in a hello what their client can do, and of themselves what the transport has not said', () => {
    const { people, enters, hello } = gathered();
    enters('bo', 'bo', { sdk: false });
    hello('bo');
    expect(people.person('bo')).toMatchObject({ speaks: true, name: undefined, region: undefined, channel: 'app' });
    hello('bo', { devices: true, recorder: true, name: 'Bo', region: 'DE', channel: 'phone' });
    expect(people.seat('bo')).toMatchObject({ said: 'hello', sdk: true, devices: true, recorder: true });
    expect(people.person('bo')).toMatchObject({ speaks: true, name: 'Bo', region: 'DE', channel: 'phone' });
    hello('bo');
    expect(people.seat('bo')).toMatchObject({ said: 'hello', devices: false, recorder: false });
    expect(people.person('bo')).toMatchObject({ name: 'Bo', region: 'DE', channel: 'phone' });
    hello('bo', { channel: 'bot' });
    expect([people.person('bo')?.channel, people.bots]).toEqual(['phone', []]);
  });
});

describe('software that is here', () => {
  test('[G1] is named to all in join order, for as long as it is here', () => {
    const { people, enters, hello } = gathered();
    enters('otter', 'otter', { channel: 'bot' });
    enters('bo');
    enters('fox');
    hello('fox', { channel: 'bot', name: 'Fox' });
    expect(people.bots).toStrictEqual([{ participantId: 'otter' }, { participantId: 'fox', name: 'Fox' }]);
    people.leave('otter');
    people.leave('bo');
    expect(people.bots).toStrictEqual([{ participantId: 'fox', name: 'Fox' }]);
  });

  test('[G8] is named eight times at most, by sixty letters: the state of a meeting stays small', () => {
    const { people, enters, hello } = gathered();
    for (let n = 0; n < 10; n += 1) {
      enters(`bot-${n}`, `bot-${n}`, { channel: 'bot' });
      hello(`bot-${n}`, { name: 'x'.repeat(100) });
    }
    expect(people.bots.map(({ participantId }) => participantId)).toEqual(
      Array.from({ length: 8 }, (_, n) => `bot-${n}`),
    );
    expect(people.bots.every(({ name }) => name === 'x'.repeat(60))).toBe(true);
  });
});

describe('hosts', () => {
  const hosting = (people: People) => [...people.hosting].map(({ id }) => id);

  test('are hosts and co-hosts, by the word of the transport, which may change', () => {
    const { people, enters } = gathered();
    const [hana, cora, bo] = (
      [
        ['hana', 'host'],
        ['cora', 'co-host'],
        ['bo', 'participant'],
      ] as const
    ).map(([id, role]) => enters(id, id, { role }).seat.person) as [Person, Person, Person];
    expect([hosting(people), [hana, cora, bo].map(isHosting)]).toEqual([
      ['hana', 'cora'],
      [true, true, false],
    ]);
    expect([
      people.takeRole(hana, 'host'),
      people.takeRole(hana, 'participant'),
      people.takeRole(bo, 'co-host'),
    ]).toEqual([false, true, true]);
    expect([hosting(people), hana.role, bo.role]).toEqual([['cora', 'bo'], 'participant', 'co-host']);
    people.leave('cora');
    expect(hosting(people)).toEqual(['bo']);
    expect((['authority', 'host', 'co-host', 'participant', undefined] as const).map(roleAmongPeople)).toEqual([
      'host',
      'host',
      'co-host',
      'participant',
      'participant',
    ]);
  });

  test('[G8] take over hosts first, then co-hosts, each in join order; of those whose client can', () => {
    const { people, enters, hello } = gathered();
    for (const [id, role, sdk] of [
      ['cora', 'co-host', true],
      ['hana', 'host', true],
      ['bo', 'participant', true],
      ['cleo', 'co-host', true],
      ['hugo', 'host', true],
      ['hal', 'host', false],
      ['hope', 'host', true],
    ] as const) {
      enters(id, id, { role, sdk });
      if (id !== 'hope') hello(id);
    }
    enters('henk', 'henk', { role: 'host', sdk: false });
    const succession = () => people.succession().map(({ id }) => id);
    expect(succession()).toEqual(['hana', 'hugo', 'hal', 'cora', 'cleo']);
    people.take({ speaking: ['hope'], absent: [], outside: [] });
    people.leave('hope');
    enters('hope', 'hope', { role: 'host' });
    expect(succession()).toEqual(['hana', 'hugo', 'hal', 'hope', 'cora', 'cleo']);
    people.takeRole(people.person('bo') as Person, 'co-host');
    expect(succession()).toEqual(['hana', 'hugo', 'hal', 'hope', 'cora', 'bo', 'cleo']);
  });

  test('[G8] of whom eight are named at most', () => {
    const { people, enters, hello } = gathered();
    for (let n = 0; n < 10; n += 1) {
      enters(`h${n}`, `h${n}`, { role: 'host' });
      hello(`h${n}`);
    }
    expect(people.succession().map(({ id }) => id)).toEqual(Array.from({ length: 8 }, (_, n) => `h${n}`));
  });
});

test('[G1] who waits or was turned away is outside for the next authority too, until they come again', () => {
  const before = gathered();
  for (const id of ['bo', 'cy', 'dee']) before.enters(id);
  (before.people.person('bo') as Person).admission = 'waiting';
  (before.people.person('cy') as Person).admission = 'denied';
  const outside = [
    ['bo', 'waiting'],
    ['cy', 'denied'],
  ];
  expect(before.people.outside).toEqual(outside);
  const { people, enters } = gathered();
  people.take(before.people);
  for (const id of ['bo', 'cy', 'dee']) enters(id);
  expect(people.outside).toEqual(outside);
  people.leave('cy');
  expect(enters('cy').seat.person.admission).toBe('admitted');
});

test('[G8] whom the authority before knew to speak, or did not hear, is known so when they come', () => {
  const before = gathered();
  for (const id of ['bo', 'cy', 'dee']) before.enters(id);
  before.hello('bo');
  (before.people.person('cy') as Person).absent = true;
  expect([before.people.speaking, before.people.absent]).toEqual([['bo'], ['cy']]);
  const { people, enters } = gathered();
  people.take(before.people);
  for (const id of ['bo', 'cy', 'dee']) enters(id);
  expect([people.speaking, people.absent]).toEqual([['bo'], ['cy']]);
  // They are absent until they are heard, not whenever they come.
  people.leave('cy');
  enters('cy');
  people.leave('bo');
  enters('bo');
  expect([people.speaking, people.absent]).toEqual([['bo'], []]);
});

describe('how somebody can be reached', () => {
  const reach =
    (channel: Channel, speaks: boolean, ...seats: readonly Partial<Seat>[]) =>
    (now: number) =>
      reachOf(
        {
          channel,
          speaks,
          seats: seats.map((seat) => ({ sdk: true, said: 'nothing', joinedAt: 1000, ...seat })),
        } as unknown as Person,
        now,
        2000,
      );

  test('[G1] they are asked once a client of theirs has said hello, and told where several sit behind it', () => {
    expect(reach('app', true, { said: 'hello' })(99_000)).toBe('asks');
    expect(reach('phone', true, {}, { said: 'hello' })(99_000)).toBe('asks');
    expect(reach('room-system', true, { said: 'hello' })(99_000)).toBe('tells');
  });

  test('[G1] they may yet be asked within the time for a hello, and longer if they are known to speak', () => {
    expect([2999, 3000].map(reach('app', false, {}))).toEqual(['pending', 'none']);
    expect([2999, 3000].map(reach('app', false, { sdk: false }, { joinedAt: 0 }))).toEqual(['none', 'none']);
    expect([1999, 2999, 3000].map(reach('app', false, { joinedAt: 0 }, {}))).toEqual(['pending', 'pending', 'none']);
    expect([2999, 99_000].map(reach('app', true, {}))).toEqual(['pending', 'pending']);
    expect(reach('app', true, { sdk: false })(0)).toBe('none');
    expect(reach('app', true)(0)).toBe('none');
  });
});
