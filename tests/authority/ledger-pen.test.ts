import { describe, expect, test } from 'vitest';
import type { AuthorityContext } from '../../src/authority/authority.types.ts';
import { LedgerPen } from '../../src/authority/ledger-pen.ts';
import { NoticeError } from '../../src/core/errors.ts';
import type { LedgerFact, LedgerHead } from '../../src/records/ledger.types.ts';
import { authorityContext } from './authority-context.ts';
import { ledgerInHand } from './ledger-in-hand.ts';

const fact = (name: 'started' | 'paused' | 'resumed'): LedgerFact => ({ fact: name, recordingId: 'r', by: 'platform' });
const [started, paused, resumed] = [fact('started'), fact('paused'), fact('resumed')];
const head = { n: 4, hash: 'before' };

/** A pen over a ledger in the test's hands; `isOpen`: with its first writer, and nothing told yet. */
async function pen({
  isOpen = true,
  continues,
  unkept,
}: {
  isOpen?: boolean;
  continues?: LedgerHead;
  unkept?: LedgerFact[];
} = {}) {
  const inHand = ledgerInHand();
  const { context, clock, told, failed } = authorityContext();
  let isHandingOver = false;
  const shared: AuthorityContext = { ...context, isHandingOver: () => isHandingOver };
  const own = new LedgerPen(shared, inHand.ledger, continues, unkept);
  if (isOpen) {
    await inHand.does('open');
    inHand.told();
  }
  const kept: unknown[] = [];
  return {
    ...inHand,
    pen: own,
    kept,
    doubts: told,
    failed,
    dueTimes: () => clock.dueTimes(),
    /** As whoever has closed does with the timers of its parts. */
    clears: () => context.timers.clearAll(),
    /** Hands in facts, and notes what each comes to. */
    writes: (...facts: readonly LedgerFact[]) => {
      for (const each of facts) void own.record(each).then((record) => kept.push(record?.fact.fact ?? 'nothing'));
    },
    /** Has a task wait until all is kept. */
    waits: (name: string) => own.whenKept(() => void kept.push(name)),
    handsOver: (is = true) => {
      isHandingOver = is;
    },
    async passes(ms: number) {
      clock.runFor(ms);
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('[G6] facts', () => {
  test('wait for the ledger to be opened, then are written in order; what was left to be kept goes first', async () => {
    const {
      pen: own,
      writes,
      told,
      does,
      opened,
      kept,
    } = await pen({ isOpen: false, unkept: [started], continues: head });
    writes(paused, resumed);
    expect([told(), opened, own.head, own.key, own.failure]).toEqual([
      ['open'],
      [{ meetingId: 'weekly', epoch: { number: 1, id: 'hana', incarnation: 'a' }, continues: head }],
      head,
      undefined,
      undefined,
    ]);
    const writer = await does('open');
    expect([told(), kept]).toEqual([['1 record started', '1 record paused', '1 record resumed'], []]);
    for (let n = 0; n < 3; n += 1) await does('record');
    expect([kept, own.head, own.key]).toEqual([['paused', 'resumed'], writer.head, writer.key]);
    expect(own.head).toEqual({ n: 2, hash: 'h2' });
  });

  test('begin a ledger that continues nothing where nothing was before', async () => {
    const { pen: own, opened } = await pen();
    expect(opened).toStrictEqual([{ meetingId: 'weekly', epoch: { number: 1, id: 'hana', incarnation: 'a' } }]);
    expect(own.head).toBeUndefined();
  });

  test('come to nothing where they are no ledger’s to keep', async () => {
    const { writes, leavesOut, does, kept, pen: own } = await pen();
    writes(started, paused);
    await leavesOut();
    await does('record');
    expect([kept, own.handOver()]).toEqual([['nothing', 'paused'], []]);
  });
});

describe('[G6] what waits until all is kept', () => {
  test('is done then, in order; what comes meanwhile waits for the next time', async () => {
    const { waits, told, does, kept } = await pen();
    waits('first');
    waits('second');
    expect([told(), kept]).toEqual([['1 kept'], []]);
    await does('kept');
    expect([kept.splice(0), told()]).toEqual([['first'], ['1 kept']]);
    waits('third');
    expect(told()).toEqual([]);
    await does('kept');
    await does('kept');
    expect([kept, told()]).toEqual([['second', 'third'], ['1 kept']]);
  });

  test('waits for the ledger to be opened too', async () => {
    const { waits, told, does, kept } = await pen({ isOpen: false });
    waits('first');
    expect(told()).toEqual(['open']);
    await does('open');
    expect([told(), kept]).toEqual([['1 kept'], []]);
    await does('kept');
    expect(kept).toEqual(['first']);
  });

  test('is tried again each second while the store fails, which is reported once for each code', async () => {
    const { waits, told, fails, does, kept, passes, pen: own, doubts } = await pen();
    waits('first');
    await fails('kept');
    waits('second');
    expect([own.failure, doubts, told()]).toEqual(['ledger/store-failed', ['ledger/store-failed'], ['1 kept']]);
    await passes(999);
    expect(told()).toEqual([]);
    await passes(1);
    await fails('kept');
    await passes(1000);
    await fails('kept', new NoticeError('ledger/corrupt', 'a line is broken'));
    await passes(1000);
    expect([own.failure, doubts, kept]).toEqual(['ledger/corrupt', ['ledger/store-failed', 'ledger/corrupt'], []]);
    await does('kept');
    expect([own.failure, kept, told()]).toEqual([undefined, ['first', 'second'], ['1 kept', '1 kept', '1 kept']]);
    waits('third');
    await fails('kept');
    expect(doubts.length).toBe(3);
  });
});

describe('[G9] a ledger that cannot be opened', () => {
  test('is opened again each second, and holds up until it has kept that it begins', async () => {
    const { writes, fails, does, told, kept, passes, pen: own, doubts } = await pen({ isOpen: false });
    writes(started);
    await fails('open', new NoticeError('ledger/no-library', 'no jose'));
    expect([own.failure, doubts, told()]).toEqual(['ledger/no-library', ['ledger/no-library'], ['open']]);
    await passes(999);
    expect(told()).toEqual([]);
    await passes(1);
    expect(told()).toEqual(['open']);
    await does('open');
    expect([told(), own.failure]).toEqual([['1 record started', '1 kept'], 'ledger/no-library']);
    await does('record');
    await does('kept');
    expect([own.failure, kept]).toEqual([undefined, ['started']]);
  });
});

describe('[G6] a hand-over', () => {
  test('waits while the ledger is being opened, and for whatever is not kept yet', async () => {
    const { pen: own, does, writes, waits, told } = await pen({ isOpen: false });
    expect(own.handOver()).toBeUndefined();
    await does('open');
    expect(own.handOver()).toEqual([]);
    writes(started);
    expect(own.handOver()).toBeUndefined();
    await does('record');
    expect(own.handOver()).toEqual([]);
    waits('task');
    // The task is being seen to: only what comes after it waits.
    waits('next');
    expect(own.handOver()).toBeUndefined();
    await does('kept');
    await does('kept');
    expect([own.handOver(), told()]).toEqual([[], ['open', '1 record started', '1 kept', '1 kept']]);
  });

  test('writes nothing while all is on its way; what is held back is written if nobody took it', async () => {
    const { pen: own, writes, handsOver, told, waits, does, kept } = await pen();
    handsOver();
    writes(started, paused);
    waits('task');
    expect([told(), own.handOver()]).toEqual([['1 kept'], undefined]);
    handsOver(false);
    own.goOn();
    expect(told()).toEqual(['1 record started', '1 record paused']);
    await does('record');
    await does('record');
    await does('kept');
    expect([kept, own.handOver()]).toEqual([['started', 'paused', 'task'], []]);
  });

  test('from a store that fails takes along what it has not taken, in order, once its writer has let go of it', async () => {
    const { pen: own, writes, waits, fails, does, leavesOut, told, kept, passes } = await pen();
    writes(started, paused);
    waits('task');
    await fails('kept');
    told();
    expect([own.handOver(), told()]).toEqual([undefined, ['1 abandon']]);
    writes(resumed);
    expect(own.handOver()).toBeUndefined();
    await leavesOut();
    await leavesOut();
    await does('abandon');
    expect([own.handOver(), told(), kept]).toEqual([[started, paused, resumed], [], []]);
    await passes(60_000);
    expect(told()).toEqual([]);
  });

  test('that nobody takes, from a store that fails, opens it again and writes all of it', async () => {
    const { pen: own, writes, waits, fails, does, leavesOut, told, kept, opened } = await pen();
    writes(started);
    await does('record');
    writes(paused);
    waits('task');
    await fails('kept');
    own.handOver();
    await leavesOut();
    await does('abandon');
    told();
    expect(own.handOver()).toEqual([paused]);
    own.goOn();
    own.goOn();
    expect([told(), opened.at(-1)?.continues]).toEqual([['open'], { n: 0, hash: 'h0' }]);
    writes(resumed);
    await does('open');
    expect(told()).toEqual(['2 record paused', '2 record resumed']);
    await does('record');
    await does('record');
    expect(kept).toEqual(['started', 'paused', 'resumed']);
  });

  test('that is asked for no more, from a store that fails, goes on by itself after a second', async () => {
    const { pen: own, writes, waits, fails, does, leavesOut, told, kept, passes } = await pen();
    writes(started);
    waits('task');
    await fails('kept');
    own.handOver();
    await leavesOut();
    await does('abandon');
    told();
    await passes(999);
    expect(told()).toEqual([]);
    await passes(1);
    await does('open');
    expect(told()).toEqual(['open', '2 record started', '2 kept']);
    await does('record');
    await does('kept');
    expect([kept, own.failure]).toEqual([['started', 'task'], undefined]);
  });

  test('from a ledger that could not be opened takes along all, and does not open it any more', async () => {
    const { pen: own, writes, fails, told, passes } = await pen({ isOpen: false, unkept: [started] });
    writes(paused);
    await fails('open');
    told();
    expect(own.handOver()).toEqual([started, paused]);
    await passes(5000);
    expect(told()).toEqual([]);
  });

  test('whose writer says that nothing was kept as it is stopped is not taken for a failure of the next', async () => {
    const { pen: own, waits, fails, does, told, passes, kept, doubts } = await pen();
    waits('task');
    await fails('kept');
    await passes(1000);
    own.handOver();
    await does('abandon');
    await fails('kept', new NoticeError('ledger/abandoned', 'it has ended'));
    expect([own.failure, doubts]).toEqual(['ledger/store-failed', ['ledger/store-failed']]);
    await passes(1000);
    await does('open');
    expect(told().slice(-2)).toEqual(['open', '2 kept']);
    await does('kept');
    expect([kept, own.failure]).toEqual([['task'], undefined]);
  });
});

describe('[G6] the end', () => {
  test('of one whom another follows leaves the chain as it is', async () => {
    const { pen: own, told, dueTimes } = await pen();
    own.close('handed-over');
    expect([told(), dueTimes()]).toEqual([['1 abandon'], []]);
  });

  test('of the meeting closes the ledger, with what was held back', async () => {
    const { pen: own, writes, handsOver, told, does, dueTimes, passes } = await pen();
    handsOver();
    writes(started, paused);
    own.close('closed');
    expect([told(), dueTimes()]).toEqual([['1 append started', '1 append paused', '1 close'], [10_000]]);
    await does('close');
    await passes(10_000);
    expect([told(), dueTimes()]).toEqual([[], []]);
  });

  test.each([false, true])('is given up after 10 s where the store does not take it; it says so: %s', async (says) => {
    const { pen: own, told, fails, passes, failed } = await pen();
    own.close('closed');
    if (says) await fails('close');
    await passes(9999);
    expect(told()).toEqual(['1 close']);
    await passes(1);
    expect([told(), failed]).toEqual([['1 abandon'], []]);
  });

  test.each([
    ['closed', ['1 append started', '1 close']],
    ['superseded', ['1 append started', '1 close']],
    ['handed-over', ['1 abandon']],
  ] as const)('comes to a ledger that is still being opened as well: %s', async (how, expected) => {
    const { pen: own, writes, told, does } = await pen({ isOpen: false });
    writes(started);
    own.close(how);
    expect(told()).toEqual(['open']);
    await does('open');
    expect(told()).toEqual(expected);
  });

  test('of the meeting tries once more what a ledger holds up that could not be opened', async () => {
    const { pen: own, writes, told, fails, does, clears, dueTimes } = await pen({ isOpen: false });
    writes(started);
    await fails('open');
    own.close('closed');
    clears();
    await does('open');
    expect(told()).toEqual(['open', 'open', '1 append started', '1 close']);
    await does('close');
    expect(dueTimes()).toEqual([]);
  });

  test('of the meeting writes what was not kept of a hand-over that came to nothing, also of one that was under way', async () => {
    for (const isUnderWay of [false, true]) {
      const { pen: own, writes, waits, fails, does, leavesOut, clears, told } = await pen();
      writes(started);
      waits('task');
      await fails('kept');
      own.handOver();
      if (isUnderWay) own.close('closed');
      await leavesOut();
      await does('abandon');
      if (!isUnderWay) own.close('closed');
      clears();
      await does('open');
      expect(told().slice(-3)).toEqual(['open', '2 append started', '2 close']);
    }
  });

  test('leaves a ledger alone after that, which the next to decide here may have opened by then', async () => {
    const once = await pen({ isOpen: false, unkept: [started] });
    once.pen.close('closed');
    await once.fails('open');
    expect([once.dueTimes(), once.told()]).toEqual([[], ['open']]);
    for (const how of ['superseded', 'handed-over'] as const) {
      const other = await pen({ isOpen: false, unkept: [started] });
      await other.fails('open');
      other.pen.close(how);
      other.clears();
      expect([other.dueTimes(), other.told()]).toEqual([[], ['open']]);
      const stopped = await pen();
      stopped.writes(started);
      stopped.waits('task');
      await stopped.fails('kept');
      stopped.pen.handOver();
      stopped.pen.close(how);
      stopped.clears();
      await stopped.leavesOut();
      await stopped.does('abandon');
      expect([stopped.dueTimes(), stopped.told().slice(-1)]).toEqual([[], ['1 abandon']]);
    }
    const nothing = await pen({ isOpen: false });
    await nothing.fails('open');
    nothing.pen.close('closed');
    nothing.clears();
    expect([nothing.dueTimes(), nothing.told()]).toEqual([[], ['open']]);
  });
});
