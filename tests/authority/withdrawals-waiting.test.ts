import { expect, test } from 'vitest';
import type { Seat } from '../../src/authority/people.ts';
import type { Recordings } from '../../src/authority/recordings.ts';
import { Withdrawals } from '../../src/authority/withdrawals.ts';
import type { OnRefusal } from '../../src/policy/policy.types.ts';

interface Own {
  readonly holds?: readonly string[];
  readonly onRefusal?: OnRefusal;
  readonly canExclude?: boolean;
  readonly isRunning?: boolean;
  readonly inherited?: boolean;
}

/** Withdrawals from a meeting with this recording of its own; the one who withdraws is bo unless another is named. */
function withdrawn(first: Own | undefined) {
  const recordings = {} as { own: unknown };
  const becomes = (own: Own | undefined) => {
    recordings.own = own && {
      live: { recordingId: 'r', mainPolicy: { onRefusal: own.onRefusal ?? 'exclude' } },
      request: { canExclude: own.canExclude ?? true },
      context: { inherited: own.inherited ?? false },
      isRunning: own.isRunning ?? true,
      hasCaptured: (id: string) => (own.holds ?? []).includes(id),
    };
  };
  becomes(first);
  const withdrawals = new Withdrawals(recordings as unknown as Recordings);
  const outcome = (id: string) => ({ outcome: 'recorded', receiptId: `of ${id}`, revision: 1 }) as const;
  const seatOf = (id: string) => ({ endpoint: id, person: { id } }) as Seat;
  return {
    withdrawals,
    becomes,
    isHeld: (id = 'bo', recordingId = 'r') => withdrawals.isHeld(id, recordingId),
    waits: (id: string, who = 'bo') => withdrawals.wait(id, seatOf(who), 'r', outcome(id)),
    settled: () =>
      [...withdrawals.settled()].map(([id, seat, said]) => {
        expect(said).toEqual(outcome(id));
        return `${id} to ${seat.endpoint}`;
      }),
  };
}

test('[G3] a withdrawal waits while the recorder holds the person', () => {
  const { isHeld } = withdrawn({ holds: ['bo'] });
  expect([isHeld(), isHeld('cy'), isHeld('bo', 'another')]).toEqual([true, false, false]);
  expect(withdrawn(undefined).isHeld()).toBe(false);
});

test('[G3] of what a lost authority left nobody knows whom it holds: it waits', () => {
  expect(withdrawn({ inherited: true }).isHeld()).toBe(true);
});

test('[G3] under a veto it waits for the end, where the recorder can leave nobody out', () => {
  const veto = { onRefusal: 'veto', canExclude: false } as const;
  const meetings: readonly Own[] = [
    veto,
    { ...veto, isRunning: false },
    { ...veto, canExclude: true },
    { canExclude: false },
  ];
  expect(meetings.map((own) => withdrawn(own).isHeld())).toEqual([true, false, false, false]);
});

test('[G3] it is acknowledged once the recorder has let go, once, and to whoever said it', () => {
  const { waits, settled, becomes } = withdrawn({ holds: ['bo', 'cy'] });
  waits('w1');
  waits('w2', 'cy');
  expect(settled()).toEqual([]);
  becomes({ holds: ['cy'] });
  expect(settled()).toEqual(['w1 to bo']);
  becomes(undefined);
  expect([settled(), settled()]).toEqual([['w2 to cy'], []]);
});

test('[G3] that the recorder let go for a moment is enough, even if it holds them again by then', () => {
  const { withdrawals, waits, settled } = withdrawn({ holds: ['bo', 'cy'] });
  waits('w1');
  waits('w2', 'cy');
  withdrawals.released('bo');
  expect([settled(), settled()]).toEqual([['w1 to bo'], []]);
  // What was let go before does not count for what is withdrawn after.
  waits('w3');
  expect(settled()).toEqual([]);
});
