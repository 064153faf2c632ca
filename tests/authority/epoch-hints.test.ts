import { describe, expect, test } from 'vitest';
import type { DecidingAuthority } from '../../src/authority/authority.types.ts';
import { EpochHints } from '../../src/authority/epoch-hints.ts';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import type { Epoch } from '../../src/participants/participants.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';

const epoch = (number: number, id = 'olga'): Epoch => ({ number, id, incarnation: 'x' });

/** An authority at epoch 5 that is told of others; `said` is what it does about it, in order. */
function deciding({ highest, canRenew = () => true }: { highest?: Epoch; canRenew?: () => boolean } = {}) {
  const clock = simulatedClock();
  const said: string[] = [];
  const suspend = (endpoint: string) => void said.push(`without ${endpoint}`);
  const at = (of: Epoch) => ({ epoch: of, suspend }) as unknown as DecidingAuthority;
  let authority: DecidingAuthority | undefined = at(epoch(5, 'hana'));
  const timers = new Timers(
    clock,
    new Mailbox((error) => {
      throw error;
    }),
  );
  const hints = new EpochHints({
    timers,
    now: () => clock.now(),
    authority: () => authority,
    highest: () => highest,
    participantOf: (endpoint) => (endpoint === 'stranger' ? undefined : endpoint.replace(/-\d$/, '')),
    ask: (holder) => void said.push(`asks ${holder}`),
    renew: (over) => {
      said.push(`goes on over ${over.number}`);
      if (!canRenew()) return false;
      authority = at(epoch(over.number + 1, 'hana'));
      return true;
    },
    doubt: (code, from) => void said.push(`${code} of ${from}`),
  });
  const taken = () => said.splice(0);
  return { clock, hints, taken, decides: (of: Epoch | undefined) => (authority = of && at(of)) };
}

describe('an authority that a participant tells of a higher epoch', () => {
  test('[G8] leaves that client out and asks the holder at once; unanswered for six seconds it goes on over it', () => {
    const { hints, clock, taken } = deciding();
    hints.heard(epoch(9), 'bo-2');
    expect(taken()).toEqual(['without bo-2', 'asks olga']);
    clock.runFor(5999);
    expect(taken()).toEqual([]);
    clock.runFor(1);
    expect(taken()).toEqual(['goes on over 9']);
    clock.runFor(60_000);
    expect(taken()).toEqual([]);
  });

  test('[G8] goes on over the highest of which it was told meanwhile, in the time of the first', () => {
    const { hints, clock, taken } = deciding();
    for (const [number, from] of [
      [7, 'bo'],
      [9, 'cy'],
      [8, 'dee'],
    ] as const) {
      hints.heard(epoch(number), from);
      clock.runFor(1500);
    }
    taken();
    clock.runFor(1500);
    expect(taken()).toEqual(['goes on over 9']);
  });

  test('[G8] goes on over nothing when it follows a higher epoch, or decides no more, by then', () => {
    for (const then of [epoch(9), epoch(12, 'cora'), undefined]) {
      const { hints, clock, taken, decides } = deciding();
      hints.heard(epoch(9), 'bo');
      decides(then);
      taken();
      clock.runFor(20_000);
      expect(taken()).toEqual([]);
      decides(epoch(12, 'cora'));
      hints.heard(epoch(13), 'cy');
      clock.runFor(6000);
      expect(taken()).toEqual(['without cy', 'asks olga', 'goes on over 13']);
    }
  });

  test('[G9] tries again every half second while it cannot go on', () => {
    let tries = 0;
    const { hints, clock, taken } = deciding({ canRenew: () => ++tries > 2 });
    hints.heard(epoch(9), 'bo');
    clock.runFor(6000);
    expect(taken().at(-1)).toBe('goes on over 9');
    clock.runFor(499);
    expect(taken()).toEqual([]);
    clock.runFor(1);
    expect(taken()).toEqual(['goes on over 9']);
    clock.runFor(60_000);
    expect(taken()).toEqual(['goes on over 9']);
  });
});

describe('the word of a participant about the epoch', () => {
  test('[G8] is nothing where it is no higher, where nobody decides here, or where nobody knows who said it', () => {
    const { hints, clock, taken, decides } = deciding();
    hints.heard(epoch(5, 'hana'), 'bo');
    hints.heard(epoch(4), 'bo');
    hints.heard(epoch(9), 'stranger');
    decides(undefined);
    hints.heard(epoch(9), 'bo');
    clock.runFor(20_000);
    expect(taken()).toEqual([]);
  });

  test('[G8] is doubted a thousand beyond what a host has said, and asks and leaves out nobody', () => {
    const { hints, clock, taken } = deciding();
    hints.heard(epoch(1006), 'bo');
    clock.runFor(20_000);
    expect(taken()).toEqual(['protocol/implausible-epoch of bo']);
    hints.heard(epoch(1005), 'bo');
    expect(taken()).toEqual(['without bo', 'asks olga']);
    const other = deciding({ highest: epoch(100) });
    other.hints.heard(epoch(1100), 'bo');
    expect(other.taken()).toEqual(['without bo', 'asks olga']);
  });

  test('[G8] moves the epoch once a minute at most, whichever client it comes from; the word of another counts', () => {
    const { hints, clock, taken } = deciding();
    hints.heard(epoch(9), 'bo');
    clock.runFor(6000);
    taken();
    clock.runFor(53_999);
    hints.heard(epoch(20), 'bo-2');
    clock.runFor(10_000);
    expect(taken()).toEqual(['without bo-2', 'asks olga']);
    hints.heard(epoch(20), 'cy');
    clock.runFor(6000);
    expect(taken()).toEqual(['without cy', 'asks olga', 'goes on over 20']);
    hints.heard(epoch(30), 'bo');
    clock.runFor(6000);
    expect(taken()).toEqual(['without bo', 'asks olga', 'goes on over 30']);
    clock.runFor(53_999);
    hints.heard(epoch(40), 'bo');
    clock.runFor(6000);
    expect(taken()).toEqual(['without bo', 'asks olga']);
  });

  test('[G8] counts again after exactly a minute', () => {
    const { hints, clock, taken } = deciding();
    hints.heard(epoch(9), 'bo');
    clock.runFor(60_000);
    taken();
    hints.heard(epoch(20), 'bo');
    clock.runFor(6000);
    expect(taken()).toEqual(['without bo', 'asks olga', 'goes on over 20']);
  });
});
