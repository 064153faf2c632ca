import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that goes on when it is told to; what is due at one time runs in the order it was set. */
class ManualClock implements Clock {
  readonly set = new Set<Alarm>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, timeoutMs: number): Alarm {
    const alarm = { at: this.#now + timeoutMs, run };
    this.set.add(alarm);
    return alarm;
  }

  clearTimeout(alarm: Alarm): void {
    this.set.delete(alarm);
  }

  goTo(at: number): void {
    const due = [...this.set].filter((alarm) => alarm.at <= at).sort((a, b) => a.at - b.at);
    for (const alarm of due) {
      if (!this.set.delete(alarm)) continue;
      this.#now = alarm.at;
      alarm.run();
    }
    this.#now = at;
  }
}

function setUp() {
  const said: unknown[] = [];
  const clock = new ManualClock();
  const mailbox = new Mailbox((error) => said.push(['failed', error]));
  const timers = new Timers(clock, mailbox);
  const says = (what: string) => () => {
    said.push([clock.now(), what]);
  };
  return { said, clock, mailbox, timers, says };
}

describe('timers', () => {
  it('ring once, when their time has come', () => {
    const { said, clock, timers, says } = setUp();
    timers.set('a', 100, says('a'));
    timers.set('b', 50, says('b'));
    clock.goTo(99);
    expect(said).toEqual([[50, 'b']]);
    clock.goTo(1000);
    expect(said).toEqual([
      [50, 'b'],
      [100, 'a'],
    ]);
  });

  it('have a name until they ring or are cleared', () => {
    const { clock, timers, says } = setUp();
    const has = () => [timers.has('a'), timers.has('b')];
    expect(has()).toEqual([false, false]);
    timers.set('a', 10, says('a'));
    timers.set('b', 20, says('b'));
    expect(has()).toEqual([true, true]);
    clock.goTo(10);
    expect(has()).toEqual([false, true]);
    timers.clear('b');
    expect(has()).toEqual([false, false]);
  });

  it('are replaced by another of their name, earlier or later', () => {
    const { said, clock, timers, says } = setUp();
    timers.set('a', 10, says('first'));
    timers.set('a', 30, says('later'));
    clock.goTo(20);
    expect(said).toEqual([]);
    timers.set('a', 5, says('earlier'));
    expect([...clock.set].map(({ at }) => at)).toEqual([25]);
    clock.goTo(100);
    expect(said).toEqual([[25, 'earlier']]);
  });

  it('never ring once cleared, and leave nothing set on the clock', () => {
    const { said, clock, timers, says } = setUp();
    timers.set('a', 10, says('a'));
    timers.set('b', 10, says('b'));
    timers.set('c', 10, says('c'));
    timers.clear('b');
    timers.clear('b');
    timers.clear('nobody');
    expect(clock.set.size).toBe(2);
    timers.clearAll();
    expect([clock.set.size, timers.has('a'), timers.has('c')]).toEqual([0, false, false]);
    clock.goTo(100);
    expect(said).toEqual([]);
    timers.set('a', 1, says('again'));
    clock.goTo(101);
    expect(said).toEqual([[101, 'again']]);
  });

  it('ring now, not before, where their time is past', () => {
    const { said, clock, timers, says } = setUp();
    clock.goTo(40);
    timers.set('a', -25, says('a'));
    expect([...clock.set].map(({ at }) => at)).toEqual([40]);
    clock.goTo(40);
    expect(said).toEqual([[40, 'a']]);
  });

  it('may be set again by what they run', () => {
    const { said, clock, timers } = setUp();
    const tick = () => {
      said.push([clock.now(), timers.has('tick')]);
      timers.set('tick', 10, tick);
    };
    timers.set('tick', 10, tick);
    clock.goTo(10);
    clock.goTo(20);
    expect(said).toEqual([
      [10, false],
      [20, false],
    ]);
    expect(timers.has('tick')).toBe(true);
  });

  it('run through the mailbox: after the task in which their time comes, and settled like any other', () => {
    const { said, clock, mailbox, timers, says } = setUp();
    mailbox.afterEach(says('settled'));
    mailbox.post(() => {
      timers.set('a', 10, says('a'));
      clock.goTo(10);
      says('task ends')();
    });
    expect(said).toEqual([
      [10, 'task ends'],
      [10, 'settled'],
      [10, 'a'],
      [10, 'settled'],
    ]);
  });

  it('do not run what was cleared or replaced between their time and their turn', () => {
    const { said, clock, mailbox, timers, says } = setUp();
    mailbox.post(() => {
      timers.set('cleared', 10, says('cleared'));
      timers.set('replaced', 10, says('replaced'));
      clock.goTo(10);
      timers.clear('cleared');
      timers.set('replaced', 5, says('replacing'));
    });
    expect([said, timers.has('cleared'), timers.has('replaced')]).toEqual([[], false, true]);
    clock.goTo(15);
    expect(said).toEqual([[15, 'replacing']]);
  });

  it('[G9] ring although another threw', () => {
    const { said, clock, timers, says } = setUp();
    timers.set('a', 10, () => {
      throw 'no';
    });
    timers.set('b', 10, says('b'));
    clock.goTo(10);
    expect([said, timers.has('a')]).toEqual([
      [
        ['failed', 'no'],
        [10, 'b'],
      ],
      false,
    ]);
  });
});
