import { describe, expect, test } from 'vitest';
import type { Seat } from '../../src/authority/people.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { AttentionPolicy, PolicyInput } from '../../src/policy/policy.types.ts';
import { authorityParts } from './authority-context.ts';

const done = { outcome: 'done' };
const denied = (code: string) => ({ outcome: 'denied', code });
const written = (attention: Partial<AttentionPolicy>, locked: PolicyInput['locked'] = []) =>
  parsePolicy({ extends: 'gdpr', attention, locked }, { admin: true });

/** hana, a host whose name is known, cora, a co-host, and bo, with what is told of attention tracking. */
function desk(policies: { policy?: ReturnType<typeof written>; adminPolicy?: ReturnType<typeof written> } = {}) {
  let ids = 0;
  const all = authorityParts({ ...policies, randomId: () => `id-${++ids}` });
  const { attention, context } = all.parts;
  all.comes('hana', { role: 'host', name: 'Hana' });
  all.comes('cora', { role: 'co-host' });
  all.comes('bo');
  all.told.length = 0;
  const seat = (id: string) => context.people.seat(id) as Seat;
  return {
    ...all,
    attention,
    seat,
    enables: (id: string) => attention.enable(seat(id).person),
    shares: (id: string, active = true) => attention.shares(seat(id), active),
  };
}

const byHana = { enabled: true, enabling: 'id-1', by: { participantId: 'hana', name: 'Hana' } };
const off = { enabled: false, active: false };
const lockedOn = written({ enabled: true }, ['attention.enabled']);

describe('attention tracking', () => {
  test('[G4] is off, whoever shares, until a host turns it on; everyone is told of that once, and of its end', () => {
    const { attention, enables, shares, told } = desk();
    shares('hana');
    expect([attention.state, attention.handedOver]).toEqual([off, undefined]);
    told.length = 0;
    expect([enables('hana'), enables('cora'), told]).toEqual([done, done, ['meeting']]);
    expect(attention.state).toEqual({ ...byHana, active: true, share: 'id-2' });
    expect([attention.disable(), attention.disable(), told]).toEqual([done, done, ['meeting', 'meeting']]);
    expect(attention.state).toEqual(off);
  });

  test('[G4] that is turned on again is another time', () => {
    const { attention, enables } = desk();
    enables('hana');
    attention.disable();
    enables('cora');
    expect(attention.state).toEqual({ enabled: true, active: false, enabling: 'id-2', by: { participantId: 'cora' } });
  });

  test('[G4] is a host’s to turn on where the policy says so, and nobody’s where it does not allow it', () => {
    const found = [written({ enabledBy: ['admin'] }), written({ allowed: false })].map((policy) => {
      const { enables, attention, told } = desk({ policy });
      return [enables('hana'), attention.state, told];
    });
    expect(found).toEqual([
      [denied('attention/only-admin'), off, []],
      [denied('attention/not-allowed'), off, []],
    ]);
  });

  test('[G4] that an administrator has turned on is on from the start, by nobody here', () => {
    const { attention, enables } = desk({ adminPolicy: written({ enabled: true }) });
    const on = { enabled: true, active: false, enabling: 'id-1' };
    expect([enables('hana'), attention.state]).toEqual([done, on]);
    expect([attention.disable(), attention.state]).toEqual([done, off]);
  });

  test('[G4] that an administrator has locked on no host turns off; what is locked off a host may still end', () => {
    const { attention, told } = desk({ adminPolicy: lockedOn });
    expect([attention.disable(), attention.state, told]).toEqual([
      denied('attention/only-admin'),
      { enabled: true, active: false, enabling: 'id-1' },
      [],
    ]);
    const open = desk({ adminPolicy: written({ enabled: false }, ['attention.enabled']) });
    open.enables('hana');
    expect([open.attention.disable(), open.attention.state]).toEqual([done, off]);
  });

  test('[G4] is of nobody once nobody decides', () => {
    const { attention, enables } = desk();
    enables('hana');
    attention.end();
    expect([attention.state, attention.handedOver]).toEqual([off, undefined]);
  });
});

describe('a share', () => {
  test('[G4] is one for as long as anybody whose share counts goes on, and the next is another', () => {
    const { attention, enables, shares } = desk();
    const share = () => attention.state.share;
    enables('hana');
    shares('hana');
    const first = share();
    shares('cora');
    shares('hana', false);
    expect([first, share(), attention.state.active]).toEqual(['id-2', 'id-2', true]);
    shares('cora', false);
    expect(attention.state).toEqual({ ...byHana, active: false });
    shares('cora');
    expect(share()).toBe('id-3');
  });

  test('[G4] is told to everyone once, however often a client says it', () => {
    const { shares, told } = desk();
    shares('bo', false);
    shares('bo');
    shares('bo');
    expect(told).toEqual(['meeting']);
    shares('bo', false);
    shares('bo', false);
    expect(told).toEqual(['meeting', 'meeting']);
  });

  test.each([
    ['host', [true, true, false]],
    ['anyone', [true, true, true]],
  ] as const)('[G4] arms it for whom the policy names: %s', (armedBy, expected) => {
    const found = ['hana', 'cora', 'bo'].map((id) => {
      const { attention, enables, shares } = desk({ policy: written({ armedBy }) });
      enables('hana');
      shares(id);
      return attention.state.active;
    });
    expect(found).toEqual(expected);
  });

  test.each(['host', 'anyone'] as const)('[G4] of who is not heard arms nothing until they are: %s', (armedBy) => {
    const { attention, enables, shares, seat } = desk({ policy: written({ armedBy }) });
    enables('hana');
    shares('cora');
    seat('cora').person.absent = true;
    expect(attention.state.active).toBe(false);
    seat('cora').person.absent = false;
    expect(attention.state.active).toBe(true);
  });

  test('[G4] of who has left arms nothing, nor when they are back', () => {
    const { attention, enables, shares, parts, comes } = desk();
    enables('hana');
    shares('cora');
    parts.context.people.leave('cora');
    expect(attention.state.active).toBe(false);
    attention.left('cora');
    comes('cora', { role: 'co-host' });
    expect(attention.state.active).toBe(false);
  });
});

describe('an orderly hand-over', () => {
  const before = { id: 'before', by: { participantId: 'zoe' } };
  const taking = (enabling: typeof before | undefined, policies: Parameters<typeof desk>[0] = {}) => {
    const { attention } = desk(policies);
    attention.take(enabling);
    return attention.handedOver;
  };

  test('[G4] goes on with what was on, by whoever turned it on, and with nothing where it was off', () => {
    expect([taking(before), taking(undefined)]).toEqual([before, undefined]);
    const { attention, enables } = desk();
    enables('hana');
    expect(attention.handedOver).toEqual({ id: 'id-1', by: byHana.by });
  });

  test('[G4] does not go on with what is not allowed here', () => {
    expect(taking(before, { policy: written({ allowed: false }) })).toBeUndefined();
  });

  test('[G4] of what a host turned off leaves it off, unless it is locked on here', () => {
    expect(taking(undefined, { adminPolicy: written({ enabled: true }) })).toBeUndefined();
    expect(taking(undefined, { adminPolicy: written({ enabled: true }, ['recording.consent']) })).toBeUndefined();
    const locked = desk({ adminPolicy: lockedOn });
    locked.attention.take(undefined);
    expect(locked.attention.state).toEqual({ enabled: true, active: false, enabling: 'id-1' });
  });
});
