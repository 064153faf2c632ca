import { describe, expect, test } from 'vitest';
import type { AttentionTracking } from '../../src/attention/attention.types.ts';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import type { AttentionChange } from '../../src/hooks/hooks.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { AttentionBoard } from '../../src/session/attention-board.ts';
import type { SessionContext } from '../../src/session/session-context.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';

const epoch = { number: 1, id: 'hana', incarnation: 'a' };
const tracking: AttentionTracking = { enabled: true, active: true, enabling: 'e', share: 's' };

/** A host's board alone; an endpoint `bo/2` is a second device of bo. */
function boardOf() {
  const clock = simulatedClock();
  const mailbox = new Mailbox((error) => {
    throw error;
  });
  const batches: (readonly AttentionChange[])[] = [];
  const reported: string[] = [];
  const asked: [at: number, to: readonly string[], got: number | undefined][] = [];
  const context = {
    clock,
    mailbox,
    timers: new Timers(clock, mailbox),
    followed: () => ({ epoch, endpoint: 'hana' }),
    meeting: () => ({ policy: parsePolicy('notice-only') }),
    isHosting: () => true,
    tell: ({ got }: { got?: number }, to: readonly string[]) => void asked.push([clock.now(), to, got]),
  } as unknown as SessionContext;
  const absent = new Set<string>();
  const idOf = (endpoint: string) => endpoint.split('/')[0] as string;
  const board = new AttentionBoard({
    context,
    wire: { participantOf: idOf, roleOf: () => 'participant', report: (code) => void reported.push(code) },
    isTracked: (id) => !absent.has(id),
    drawn: (changes) => void batches.push(changes),
    changed: () => {},
  });
  board.follow({ tracking, epoch, hasContact: true });
  const says = (from: string, n: number, inattentive: boolean) =>
    board.take({ t: 'attention', epoch, share: 's', n, inattentive, sinceMs: inattentive ? 30_001 : 0 }, from);
  const passes = (ms: number) => {
    const end = clock.now() + ms;
    for (let next = clock.nextAt(); next !== undefined && next <= end; next = clock.nextAt()) {
      clock.advanceTo(next);
      while (clock.runOne());
    }
    clock.advanceTo(end);
  };
  const isUnheardAndHeard = (id: string) => {
    absent.add(id);
    board.look(id);
    passes(20);
    absent.delete(id);
    board.look(id);
  };
  return { board, batches, reported, says, passes, absent, asked, isUnheardAndHeard };
}

describe('a host’s board', () => {
  test('[G4] ten thousand people who look away within a second: a batch a frame at most, and nobody lost', () => {
    const { batches, says, passes } = boardOf();
    for (let index = 0; index < 10_000; index += 1) {
      says(`p${index}`, 1, true);
      if (index % 10 === 9) passes(1);
    }
    passes(20);
    expect(batches.flat().length).toBe(10_000);
    expect(batches.length).toBeLessThanOrEqual(Math.ceil(1020 / 16) + 1);
  });

  test('[G4] what was overtaken on its way is old, and a repeat is told once', () => {
    const { batches, says, passes } = boardOf();
    says('bo', 2, false);
    says('bo', 1, true);
    passes(20);
    expect(batches).toEqual([]);
    says('bo', 3, true);
    says('bo', 3, true);
    passes(20);
    expect(batches.flat()).toEqual([{ participantId: 'bo', inattentive: true, sinceMs: 30_017 }]);
  });

  test('[G4] away and back within a frame is nothing', () => {
    const { batches, says, passes } = boardOf();
    says('bo', 1, true);
    says('bo', 2, false);
    passes(100);
    expect(batches).toEqual([]);
  });

  test('[G4] whoever is not heard, or leaves, is no longer shown; the device that stays says what is the case', () => {
    const { board, batches, says, passes, absent } = boardOf();
    says('bo', 1, true);
    says('cy', 1, true);
    board.joined('dee/2');
    says('dee', 1, true);
    passes(20);
    expect(batches.flat().map(({ participantId }) => participantId)).toEqual(['bo', 'cy']);
    absent.add('bo');
    board.look('bo');
    board.left('cy');
    board.left('dee/2');
    passes(20);
    expect(batches.flat().slice(2)).toEqual([
      { participantId: 'bo', inattentive: false, sinceMs: 0 },
      { participantId: 'cy', inattentive: false, sinceMs: 0 },
      { participantId: 'dee', inattentive: true, sinceMs: 30_037 },
    ]);
  });

  test('[G4] what somebody said counts while they are heard: heard again, they are asked, a few times while they are silent', () => {
    const { batches, says, passes, asked, isUnheardAndHeard } = boardOf();
    says('bo', 1, true);
    passes(20);
    isUnheardAndHeard('bo');
    passes(20);
    expect(batches.flat().map(({ inattentive }) => inattentive)).toEqual([true, false]);
    passes(60_000);
    expect(asked.filter(([, endpoints, got]) => endpoints[0] === 'bo' && got === undefined)).toEqual([
      [56, ['bo'], undefined],
      [1056, ['bo'], undefined],
      [3056, ['bo'], undefined],
      [7056, ['bo'], undefined],
    ]);
    says('bo', 2, true);
    passes(20);
    expect(batches.flat().length).toBe(3);
  });

  test('[G4] who still follows the authority before, and what comes while contact is lost, is no bad input', () => {
    const { board, batches, says, passes, reported } = boardOf();
    board.follow({ tracking: { ...tracking, share: 't' }, epoch: { ...epoch, number: 2 }, hasContact: true });
    passes(60_000);
    says('bo', 1, true);
    board.follow({ tracking, epoch: { ...epoch, number: 2 }, hasContact: false });
    passes(60_000);
    says('bo', 1, true);
    passes(60_000);
    expect([batches, reported]).toEqual([[], []]);
  });

  test('[G4] whoever has answered is asked no more', () => {
    const { says, passes, asked, isUnheardAndHeard } = boardOf();
    says('bo', 1, true);
    passes(20);
    isUnheardAndHeard('bo');
    passes(500);
    says('bo', 2, true);
    passes(60_000);
    expect(asked.filter(([, , got]) => got === undefined).length).toBe(2);
  });

  test('[G4] another share, another authority, or contact that is lost empties it; what names the old share is counted, once it cannot be on its way any more', () => {
    for (const next of [
      { tracking: { ...tracking, share: 't' }, epoch, hasContact: true },
      { tracking, epoch: { ...epoch, number: 2 }, hasContact: true },
      { tracking, epoch, hasContact: false },
      { tracking: { enabled: true, active: false, enabling: 'e' } as AttentionTracking, epoch, hasContact: true },
    ]) {
      const { board, batches, says, passes, reported } = boardOf();
      says('bo', 1, true);
      passes(20);
      board.follow(next);
      passes(20);
      expect(batches.flat().at(-1)).toEqual({ participantId: 'bo', inattentive: false, sinceMs: 0 });
      if (next.tracking.share === 's') continue;
      says('bo', 2, true);
      passes(10_000 - 20);
      says('bo', 2, true);
      expect(reported).toEqual([]);
      passes(1);
      says('bo', 2, true);
      expect(reported).toEqual(['attention/not-armed']);
      expect(batches.length).toBe(2);
    }
  });
});
