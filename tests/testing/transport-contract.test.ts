import { describe, expect, test } from 'vitest';
import { NoticeError } from '../../src/core/errors.ts';
import type { Endpoint, ParticipantId, Role } from '../../src/participants/participants.types.ts';
import { transportContract } from '../../src/testing/transport-contract.ts';
import type { Transport, TransportListener } from '../../src/transport/transport.types.ts';

type Deliver = (call: () => void) => void;

/** What an integrator has in one process: a room, whose messages are delivered as `deliver` says. */
function room(deliver: Deliver, refuse: () => void = closed) {
  const people = new Map<Endpoint, { readonly participantId: ParticipantId; readonly role: Role }>();
  const open = new Map<Endpoint, TransportListener>();
  return {
    connect(who: { readonly participantId: ParticipantId; readonly role: Role; readonly channel?: 'app' }): Transport {
      const selfId = `${who.participantId}-${people.size}`;
      people.set(selfId, who);
      const others = () => [...open].filter(([endpoint]) => endpoint !== selfId);
      return {
        selfId,
        vouches: 'sender-and-role',
        participantOf: (endpoint) => people.get(endpoint)?.participantId,
        roleOf: (id) => [...people.values()].find(({ participantId }) => participantId === id)?.role,
        present: () => others().map(([endpoint]) => endpoint),
        send(data, to) {
          if (!open.has(selfId)) return refuse();
          for (const [endpoint] of others()) {
            if (to === 'all' || to.includes(endpoint)) deliver(() => open.get(endpoint)?.message(data, selfId));
          }
        },
        receive(listener) {
          const facts = who.channel === undefined ? {} : { channel: who.channel };
          for (const [endpoint, other] of others()) {
            other.joined(selfId, facts);
            listener.joined(endpoint, {});
          }
          open.set(selfId, listener);
          listener.state('open');
          return () => {
            if (!open.delete(selfId)) return;
            for (const [, other] of others()) other.left(selfId);
          };
        },
      };
    },
    close: () => {},
  };
}

function closed(): never {
  throw new NoticeError('transport/closed', 'The room is closed.');
}

const said = async (make: () => ReturnType<typeof room>): Promise<string[]> => {
  const checks = transportContract({ make, quietMs: 1, patienceMs: 100 });
  const results = await Promise.allSettled(checks.map(({ run }) => run()));
  return results.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).message] : []));
};

describe('[G8] a transport that delivers within the same process', () => {
  for (const { name, run } of transportContract({ make: () => room(queueMicrotask) })) {
    test(`in a microtask keeps the contract: ${name}`, run);
  }

  test('within send breaks it, and is told what', async () => {
    expect(await said(() => room((call) => call()))).toEqual([
      'The transport does not keep its contract: calls of a listener at a time, one inside another or inside send: expected 1, got 8.',
    ]);
  });

  test('and sends while it is closed breaks it, and is told when, and what was expected', async () => {
    const expected = 'must throw or reject with a NoticeError `transport/closed`, and succeeds.';
    expect(await said(() => room(queueMicrotask, () => {}))).toEqual([
      `The transport does not keep its contract: send before receive ${expected}`,
      `The transport does not keep its contract: send after the end ${expected}`,
    ]);
  });
});
