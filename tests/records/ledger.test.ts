import { describe, expect, test, vi } from 'vitest';
import { NoticeError } from '../../src/core/errors.ts';
import { bodyTextOf, hashOf } from '../../src/records/chain.rules.ts';
import { makeKeys, publicKeyOf } from '../../src/records/keys.ts';
import { createLedger } from '../../src/records/ledger.ts';
import type { LedgerFact, LedgerRecord, LedgerStore } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { answer, captured, epochOf, headOf, linesIn, meetingId, recordsIn } from './facts.ts';

/** A store that can be out of order, and says how often it was asked. */
function failingStore() {
  const store = memoryStore();
  const state = { isFull: false, calls: [] as number[] };
  const failing: LedgerStore = {
    ...store,
    async append(meeting, lines) {
      state.calls.push(lines.length);
      if (state.isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      await store.append(meeting, lines);
    },
  };
  return { store: failing, state };
}

async function opened(store: LedgerStore, clock = simulatedClock()) {
  const keys = await makeKeys();
  const ledger = createLedger({ store, keys, clock });
  const writer = await ledger.open({ meetingId, epoch: epochOf(1) });
  return { clock, keys, ledger, writer };
}

/** What is written of somebody by one authority, and by the next. */
const goneOn = ['opened', 'captured', 'continued', 'captured', 'closed'];

describe('a ledger', () => {
  test('[G6] keeps each fact once, in order, with its number, its time, the hash before and a signature', async () => {
    const store = memoryStore();
    const { clock, keys, writer } = await opened(store);
    clock.runFor(1500);
    writer.append(answer(1));
    writer.append(captured('bo-1'));
    await writer.close();
    const records = await recordsIn(store);
    const [first, second, third, last] = records;
    expect(records.map(({ n, at, prev, fact }) => ({ n, at, prev, fact }))).toEqual([
      { n: 0, at: '1970-01-01T00:00:00.000Z', prev: '', fact: { fact: 'opened', key: await publicKeyOf(keys) } },
      { n: 1, at: '1970-01-01T00:00:01.500Z', prev: first?.hash, fact: answer(1) },
      { n: 2, at: '1970-01-01T00:00:01.500Z', prev: second?.hash, fact: captured('bo-1') },
      { n: 3, at: '1970-01-01T00:00:01.500Z', prev: third?.hash, fact: { fact: 'closed' } },
    ]);
    expect(records.map((record) => hashOf(bodyTextOf(record)))).toEqual(records.map(({ hash }) => hash));
    expect(records.map(({ jws }) => jws.split('.')[1])).toEqual(records.map(({ hash }) => hash));
    expect(writer.head).toEqual(last && headOf(last));
  });

  test('puts what waits into one call of its store', async () => {
    const { store, state } = failingStore();
    const { writer } = await opened(store);
    await writer.kept();
    for (let n = 0; n < 50; n += 1) writer.append(captured(`p-${n}`));
    await writer.kept();
    expect(state.calls).toEqual([1, 50]);
  });

  test('[G6] loses nothing while its store fails: says so, and tries again by the clock', async () => {
    const { store, state } = failingStore();
    const { clock, writer } = await opened(store);
    await writer.kept();
    state.isFull = true;
    writer.append(captured('a'));
    const error = await writer.kept().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NoticeError);
    expect(error).toMatchObject({
      code: 'ledger/store-failed',
      retryable: true,
      message: expect.stringContaining('no space left on device'),
    });
    writer.append(captured('b'));
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/store-failed' });
    expect(writer.head?.n).toBe(0);
    state.isFull = false;
    clock.runFor(60_000);
    await writer.kept();
    writer.append(captured('c'));
    await writer.close();
    const facts = (await recordsIn(store)).map(({ fact }) => fact).slice(1);
    expect(facts).toEqual([captured('a'), captured('b'), captured('c'), { fact: 'closed' }]);
    expect((await verifyLedger(await linesIn(store))).findings).toEqual([]);
  });

  test('asks a store that fails less and less often, and at once where somebody waits', async () => {
    const { store, state } = failingStore();
    const { clock, writer } = await opened(store);
    await writer.kept();
    state.isFull = true;
    state.calls.length = 0;
    writer.append(captured('a'));
    // The signature is made beside, as fast as the machine can; each further try has it already.
    await vi.waitFor(() => expect(state.calls).toEqual([1]), 10_000);
    for (let second = 0; second < 120; second += 1) {
      clock.runFor(1000);
      await new Promise((done) => setImmediate(done));
      await new Promise((done) => setImmediate(done));
    }
    const byItself = state.calls.length;
    expect(byItself).toBeGreaterThan(5);
    expect(byItself).toBeLessThan(20);
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/store-failed' });
    expect(state.calls.length).toBe(byItself + 1);
  });

  test('[G4] keeps nothing about attention, whoever hands it in', async () => {
    const store = memoryStore();
    const { writer } = await opened(store);
    writer.append({ ...answer(1), purpose: 'attention-tracking' });
    const requested = { fact: 'requested', recordingId: 'r1', by: { participantId: 'hana' } } as const;
    writer.append({ ...requested, purposes: ['attention-tracking'] });
    writer.append({ ...requested, purposes: ['recording', 'attention-tracking'] });
    await writer.close();
    const text = (await linesIn(store)).join('\n');
    expect(text).not.toContain('attention');
    expect((await recordsIn(store))[1]?.fact).toEqual({ ...requested, purposes: ['recording'] });
  });

  test('keeps a word with half a character in it, as UTF-8 has it', async () => {
    const store = memoryStore();
    const { writer } = await opened(store);
    const by = { participantId: 'hana' };
    writer.append({ fact: 'requested', recordingId: 'r1', purposes: ['recording'], by, reason: 'a\ud83d b' });
    await writer.close();
    expect((await recordsIn(store))[1]?.fact).toMatchObject({ reason: 'a\ufffd b' });
    expect((await verifyLedger(await linesIn(store))).findings).toEqual([]);
  });

  test('says of a fact that is no JSON that it is not kept, and goes on', async () => {
    const store = memoryStore();
    const { writer } = await opened(store);
    writer.append({ fact: 'captured', recordingId: 1n } as unknown as LedgerFact);
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/fact-invalid' });
    writer.append(captured('a'));
    await writer.kept();
    expect((await recordsIn(store)).map(({ fact }) => fact.fact)).toEqual(['opened', 'captured']);
  });

  test('gives the record of a fact once that is kept, however long it takes', async () => {
    const { store, state } = failingStore();
    const { clock, keys, writer } = await opened(store);
    await writer.kept();
    state.isFull = true;
    const told: (LedgerRecord | undefined)[] = [];
    const records = Promise.all(['a', 'b'].map((who) => writer.record(captured(who))));
    void records.then((each) => told.push(...each));
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/store-failed' });
    expect(told).toEqual([]);
    state.isFull = false;
    clock.runFor(60_000);
    expect(await records).toEqual((await recordsIn(store)).slice(1));
    expect(writer.key).toEqual(await publicKeyOf(keys));
  });

  test('says of a fact that it does not keep that there is no record', async () => {
    const { writer } = await opened(memoryStore());
    const attention = writer.record({ ...answer(1), purpose: 'attention-tracking' });
    const noJson = writer.record({ fact: 'captured', recordingId: 1n } as unknown as LedgerFact);
    expect(await Promise.all([attention, noJson])).toEqual([undefined, undefined]);
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/fact-invalid' });
    await writer.close();
    expect(await writer.record(captured('a'))).toBeUndefined();
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/closed' });
  });

  test('lists the meetings that its store has', async () => {
    const store = memoryStore();
    const { ledger, writer } = await opened(store);
    await writer.close();
    const meetings: string[] = [];
    for await (const each of ledger.meetings()) meetings.push(each);
    expect(meetings).toEqual([meetingId]);
  });

  test('takes nothing after its end', async () => {
    const store = memoryStore();
    const { writer } = await opened(store);
    await writer.close();
    writer.append(captured('late'));
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/closed' });
    await writer.close();
    expect((await recordsIn(store)).map(({ fact }) => fact.fact)).toEqual(['opened', 'closed']);
  });

  test('signs with ES256 where it is given such keys', async () => {
    const store = memoryStore();
    const ledger = createLedger({ store, keys: await makeKeys({ alg: 'ES256' }) });
    await (await ledger.open({ meetingId, epoch: epochOf(1) })).close();
    expect((await recordsIn(store))[0]?.fact).toMatchObject({ key: { kty: 'EC', crv: 'P-256' } });
    expect((await verifyLedger(await linesIn(store))).findings).toEqual([]);
  });

  test('makes keys whose private half stays where it is', async () => {
    const { privateKey } = await makeKeys();
    await expect(crypto.subtle.exportKey('jwk', privateKey)).rejects.toThrow();
    expect(privateKey.extractable).toBe(false);
  });

  test('is misused without a store', () => {
    expect(() => createLedger({ store: {} as LedgerStore })).toThrow(TypeError);
    expect(() => createLedger({} as never)).toThrow('createLedger: store must be an object, not undefined.');
    expect(() => createLedger(undefined as never)).toThrow('createLedger: options must be an object, not undefined.');
  });
});

describe('[G6] the next authority', () => {
  test('of the same store goes on after its last record, and says with which key', async () => {
    const store = memoryStore();
    const { writer } = await opened(store);
    writer.append(captured('a'));
    await writer.kept();
    const { keys, writer: next } = await opened(store);
    await next.kept();
    const [, , third] = await recordsIn(store);
    expect(third).toMatchObject({ n: 2, fact: { fact: 'continued', key: await publicKeyOf(keys) } });
    expect((await verifyLedger(await linesIn(store))).held).toBe(true);
  });

  test('goes on after what was kept and clients had not heard of', async () => {
    const store = memoryStore();
    const { writer } = await opened(store);
    for (const who of ['a', 'b', 'c']) writer.append(captured(who));
    await writer.kept();
    const seen = (await recordsIn(store)).map(headOf)[1];
    if (seen === undefined) throw new Error('nothing was kept');
    const next = await createLedger({ store }).open({ meetingId, epoch: epochOf(2), continues: seen });
    await next.close();
    expect((await recordsIn(store)).map(({ n, fact }) => [n, fact.fact])).toEqual([
      [0, 'opened'],
      [1, 'captured'],
      [2, 'captured'],
      [3, 'captured'],
      [4, 'continued'],
      [5, 'closed'],
    ]);
    expect((await recordsIn(store))[4]?.fact).toMatchObject({ head: seen });
    expect((await verifyLedger(await linesIn(store))).findings).toEqual([]);
  });

  test('on another machine continues the head that clients saw; the two ledgers together hold, and one alone does not', async () => {
    const [one, two] = [memoryStore(), memoryStore()];
    const { writer } = await opened(one);
    writer.append(captured('a'));
    await writer.kept();
    const { head } = writer;
    if (head === undefined) throw new Error('nothing was kept');
    const next = await createLedger({ store: two }).open({ meetingId, epoch: epochOf(2), continues: head });
    await next.close();
    const records = await recordsIn(two);
    expect(records[0]).toMatchObject({ n: 2, prev: head.hash, fact: { fact: 'continued', head } });
    const [first, second] = [await linesIn(one), await linesIn(two)];
    expect((await verifyLedger(first, { others: [second] })).findings).toEqual([]);
    expect((await verifyLedger(second, { others: [first] })).findings).toEqual([]);
    expect((await verifyLedger(second)).findings).toMatchObject([{ code: 'removed', n: 0 }]);
  });

  test('of two after one record is named as a fork, over two ledgers and in one', async () => {
    const [one, two] = [memoryStore(), memoryStore()];
    const { writer } = await opened(one);
    for (const who of ['a', 'b', 'c']) writer.append(captured(who));
    await writer.kept();
    const seen = (await recordsIn(one)).map(headOf)[1];
    if (seen === undefined) throw new Error('nothing was kept');
    const other = await createLedger({ store: two }).open({ meetingId, epoch: epochOf(2), continues: seen });
    for (const who of ['d', 'e', 'f', 'g']) other.append(captured(who));
    await other.close();
    const [first, second] = [await linesIn(one), await linesIn(two)];
    const fork = { code: 'forked', n: 1, says: expect.stringContaining('after record 1') };
    expect((await verifyLedger(first, { others: [second] })).findings).toMatchObject([fork]);
    expect((await verifyLedger(second, { others: [first] })).findings).toMatchObject([fork]);
    expect((await verifyLedger([...first, ...second])).findings).toMatchObject([fork]);
    // The first comes back, on its machine, after the second.
    const head = other.head;
    if (head === undefined) throw new Error('nothing was kept');
    const back = await createLedger({ store: one }).open({ meetingId, epoch: epochOf(3), continues: head });
    await back.close();
    const { findings } = await verifyLedger(await linesIn(one), { others: [second] });
    expect(findings).toMatchObject([fork]);
  });

  test('on one ledger waits for the one before, which then takes nothing more', async () => {
    const store = memoryStore();
    const { ledger, writer } = await opened(store);
    writer.append(captured('a'));
    const next = await ledger.open({ meetingId, epoch: epochOf(2) });
    writer.append(captured('late'));
    next.append(captured('b'));
    await next.close();
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/closed' });
    expect((await recordsIn(store)).map(({ fact }) => fact.fact)).toEqual(goneOn);
    expect((await verifyLedger(await linesIn(store))).findings).toEqual([]);
  });

  test('is refused a store in which something else was written, and told what to do', async () => {
    const store = memoryStore();
    await store.append(meetingId, ['{"v":1}']);
    const error = await createLedger({ store })
      .open({ meetingId, epoch: epochOf(1) })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ledger/corrupt', retryable: false });
    expect((error as Error).message).toContain('meeting-notice verify');
  });
});

describe('a writer that is told to stop', () => {
  test('[G6] tries nothing again, and says what it has not kept; what it kept stays, and another goes on', async () => {
    const { store, state } = failingStore();
    const { clock, ledger, writer } = await opened(store);
    const first = await writer.record(captured('a'));
    state.isFull = true;
    const second = writer.record(captured('b'));
    await expect(writer.kept()).rejects.toMatchObject({ code: 'ledger/store-failed' });
    const kept = writer.kept().catch((reason: unknown) => reason);
    await writer.abandon();
    expect(await second).toBeUndefined();
    expect(await kept).toMatchObject({ code: expect.stringMatching(/^ledger\/(store-failed|abandoned)$/) });
    await expect(writer.kept()).rejects.toMatchObject({
      code: 'ledger/abandoned',
      message: expect.stringContaining('before 1 of its records were kept'),
    });
    await expect(writer.close()).rejects.toMatchObject({ code: 'ledger/abandoned' });
    state.isFull = false;
    state.calls.length = 0;
    clock.runFor(120_000);
    await new Promise((done) => setImmediate(done));
    expect([state.calls, writer.head, clock.nextAt()]).toEqual([[], first && headOf(first), undefined]);
    const next = await ledger.open({ meetingId, epoch: epochOf(2) });
    next.append(captured('b'));
    await next.close();
    expect((await recordsIn(store)).map(({ fact }) => fact.fact)).toEqual(goneOn);
    expect((await verifyLedger(await linesIn(store))).findings).toEqual([]);
  });

  test('[G6] waits for a call of its store that is under way: what that keeps is kept', async () => {
    const store = memoryStore();
    const calls: (() => void)[] = [];
    const slow: LedgerStore = {
      ...store,
      append: (meeting, lines) => new Promise((done) => calls.push(() => done(store.append(meeting, lines)))),
    };
    const called = async () => {
      while (calls.length === 0) await new Promise((done) => setImmediate(done));
      return calls.shift() as () => void;
    };
    const { writer } = await opened(slow);
    (await called())();
    await writer.kept();
    const record = writer.record(captured('a'));
    const finish = await called();
    let isOver = false;
    const over = writer.abandon().then(() => {
      isOver = true;
    });
    await new Promise((done) => setImmediate(done));
    expect(isOver).toBe(false);
    finish();
    await over;
    await writer.kept();
    expect([await record, writer.head]).toEqual([
      (await recordsIn(store))[1],
      headOf((await recordsIn(store))[1] as LedgerRecord),
    ]);
    await writer.close();
    expect((await recordsIn(store)).map(({ fact }) => fact.fact)).toEqual(['opened', 'captured']);
  });
});
