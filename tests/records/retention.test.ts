import { describe, expect, test } from 'vitest';
import { keptTranscript } from '../../src/records/kept-transcript.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { createRetention } from '../../src/records/retention.ts';
import type { RetentionOptions, RetentionReport } from '../../src/records/retention.types.ts';
import { days, type Fixture, fixture, meetingId, recordedMeeting, recordingId } from './meeting-fixture.ts';

const ref = { meetingId, recordingId };
const everything = ['recording', 'transcript', 'notes'] as const;
const hold = { ...ref, by: 'court', reason: 'case 7' };

async function desk(then: 'delete' | 'anonymise' | 'isolate' = 'delete', more: Partial<RetentionOptions> = {}) {
  const parts = fixture();
  await recordedMeeting(parts);
  const retention = createRetention({ ...parts, policy: { recordingDays: 30, then }, attempts: 1, ...more });
  const before = parts.ledger.facts(meetingId).length;
  return { parts, retention, facts: () => since(parts, before) };
}

const since = ({ ledger }: Fixture, n: number): readonly LedgerFact[] =>
  ledger
    .facts(meetingId)
    .slice(n)
    .filter(({ fact }) => fact !== 'continued' && fact !== 'closed');

/** A run whose waits are waited for by hand. */
async function waited(parts: Fixture, run: Promise<RetentionReport>): Promise<RetentionReport> {
  let report: RetentionReport | undefined;
  void run.then((done) => {
    report = done;
  });
  while (!report) {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    if (!report) parts.clock.runOne() || parts.clock.advanceTo(parts.clock.nextAt() ?? parts.clock.now());
  }
  return report;
}

describe('[G12] what is kept is kept until its time', () => {
  test.each([
    ['a millisecond before', days(30) - 1, []],
    ['at it', days(30), ['erased']],
    ['long after', days(3000), ['erased']],
  ])('%s', async (_, afterMs, outcomes) => {
    const { parts, retention } = await desk();
    parts.clock.runFor(afterMs);
    const { entries, ...rest } = await retention.run();
    expect(entries).toEqual(outcomes.map((outcome) => ({ ...ref, outcome })));
    expect(rest).toEqual({ meetings: 1, recordings: 1, isDone: true, aborted: false });
  });

  test('a leap day is a day like others', async () => {
    for (const [start, days30] of [
      ['2024-01-31T12:00:00.000Z', '2024-03-01T12:00:10.000Z'],
      ['2025-01-31T12:00:00.000Z', '2025-03-02T12:00:10.000Z'],
    ] as const) {
      const parts = fixture(Date.parse(start));
      await recordedMeeting(parts);
      const retention = createRetention({ ...parts, policy: { recordingDays: 30, then: 'delete' } });
      parts.clock.advanceTo(Date.parse(days30) - 1);
      expect((await retention.run()).entries).toEqual([]);
      parts.clock.advanceTo(Date.parse(days30));
      expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'erased' }]);
    }
  });

  test('then goes with all that was made of it, key first, and on the ledger before and after', async () => {
    const { parts, retention, facts } = await desk();
    const calls: string[] = [];
    const { destroy } = parts.keys;
    parts.keys.destroy = async (name) => {
      calls.push(`key ${name}`);
      await destroy(name);
    };
    const { erase } = parts.storage;
    parts.storage.erase = async (id) => {
      calls.push(`media ${id}`);
      await erase.call(parts.storage, id);
    };
    parts.ledger.beforeKeep = (written) => calls.push(...written.map(({ fact }) => fact));
    parts.clock.runFor(days(30));
    await retention.run();
    expect(calls).toEqual(['continued', 'erasing', `key ${recordingId}`, `media ${recordingId}`, 'erased', 'closed']);
    const fact = { recordingId, kept: everything, because: 'retention' };
    expect(facts()).toEqual([
      { fact: 'erasing', ...fact },
      { fact: 'erased', ...fact },
    ]);
    await expect(parts.vault.open(recordingId, 'transcript')).rejects.toMatchObject({ code: 'vault/destroyed' });
    await expect(parts.vault.open(recordingId, 'notes')).rejects.toMatchObject({ code: 'vault/destroyed' });
    expect([...parts.storage.media]).toEqual([]);
  });

  test('by a policy of each meeting', async () => {
    const parts = fixture();
    await recordedMeeting(parts);
    await recordedMeeting(parts, { meeting: 'daily', id: 'b1b2c3d4e5f60718' });
    const policy = (meeting: string) => ({ recordingDays: meeting === 'daily' ? 1 : 365, then: 'delete' }) as const;
    parts.clock.runFor(days(2));
    expect((await createRetention({ ...parts, policy }).run()).entries).toEqual([
      { meetingId: 'daily', recordingId: 'b1b2c3d4e5f60718', outcome: 'erased' },
    ]);
  });

  test('nothing by one that is none of a meeting, which is reported', async () => {
    const parts = fixture();
    await recordedMeeting(parts);
    const wrong: readonly unknown[] = [undefined, { recordingDays: Number.NaN, then: 'delete' }, { recordingDays: 1 }];
    for (const each of wrong) {
      const { entries } = await createRetention({ ...parts, policy: () => each as never }).run();
      expect(entries).toMatchObject([{ outcome: 'failed', code: 'retention/failed', attempts: 1 }]);
      expect(entries[0]).toHaveProperty('message', expect.stringContaining('policy of "weekly"'));
    }
    expect(parts.storage.media.size).toBe(1);
  });

  test('a recording that was cut off counts from the last that was heard of it', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { ends: false });
    const retention = createRetention({ ...parts, policy: { recordingDays: 1, then: 'delete' } });
    parts.clock.runFor(days(1) - 10_001);
    expect((await retention.run()).entries).toEqual([]);
    parts.clock.runFor(1);
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'erased' }]);
  });

  test('a recording that runs is left alone, whatever its age', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { ends: false });
    const retention = createRetention({ ...parts, policy: { recordingDays: 1, then: 'delete' }, isOver: () => false });
    parts.clock.runFor(days(9));
    expect((await retention.run()).entries).toEqual([]);
    await expect(retention.erase(ref)).rejects.toMatchObject({ code: 'retention/still-recording' });
  });

  test('a local recording has none of this', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { where: 'local' });
    const retention = createRetention({ ...parts, policy: { recordingDays: 1, then: 'delete' } });
    parts.clock.runFor(days(9));
    expect((await retention.run()).entries).toEqual([]);
    for (const refused of [retention.erase(ref), retention.setLegalHold(hold), retention.liftLegalHold(hold)])
      await expect(refused).rejects.toMatchObject({ code: 'recording/local' });
  });
});

describe('[G12] a storage that fails', () => {
  test('is asked again after 1, 2, 4 … seconds, and the words are gone at the first', async () => {
    const { parts, retention, facts } = await desk('delete', { attempts: 5 });
    parts.storage.failures = 3;
    parts.clock.runFor(days(30));
    const startedAt = parts.clock.now();
    expect((await waited(parts, retention.run())).entries).toEqual([{ ...ref, outcome: 'erased' }]);
    expect(parts.clock.now() - startedAt).toBe(1000 + 2000 + 4000);
    expect(facts().map(({ fact }) => fact)).toEqual(['erasing', 'erased']);
  });

  test('is reported until it works, and then no more', async () => {
    const { parts, retention, facts } = await desk('delete', { attempts: 2 });
    parts.storage.failures = 5;
    parts.clock.runFor(days(30));
    const reports = [];
    for (let times = 0; times < 4; times++) reports.push(await waited(parts, retention.run()));
    const failed = { ...ref, outcome: 'failed', code: 'retention/storage-failed', attempts: 2 };
    const message = `The storage failed to erase ${recordingId}: 503`;
    expect(reports.map(({ entries }) => entries)).toEqual([
      [{ ...failed, message }],
      [{ ...failed, message }],
      [{ ...ref, outcome: 'erased' }],
      [],
    ]);
    expect(reports.map(({ isDone }) => isDone)).toEqual([false, false, true, true]);
    await expect(parts.vault.open(recordingId, 'transcript')).rejects.toMatchObject({ code: 'vault/destroyed' });
    expect(facts().map(({ fact }) => fact)).toEqual(['erasing', 'erased']);
  });

  test('or never answers, has a time to', async () => {
    const { parts, retention } = await desk('delete', { timeoutMs: 5000 });
    parts.storage.erase = () => new Promise(() => {});
    parts.clock.runFor(days(30));
    expect((await waited(parts, retention.run())).entries).toMatchObject([
      { outcome: 'failed', code: 'retention/timed-out' },
    ]);
  });

  test('holds up no other recording, and a ledger that cannot be read no other meeting', async () => {
    const { parts, retention } = await desk();
    await recordedMeeting(parts, { meeting: 'daily', id: 'b1b2c3d4e5f60718' });
    const records = parts.ledger.records.bind(parts.ledger);
    parts.ledger.records = (meeting) => {
      if (meeting === meetingId) throw new Error('damaged');
      return records(meeting);
    };
    parts.clock.runFor(days(31));
    expect((await retention.run()).entries).toEqual([
      { meetingId, outcome: 'failed', code: 'retention/failed', message: 'damaged', attempts: 1 },
      { meetingId: 'daily', recordingId: 'b1b2c3d4e5f60718', outcome: 'erased' },
    ]);
  });
});

describe('[G12] a legal hold', () => {
  test('stops what is due, visibly, until it is lifted', async () => {
    const { parts, retention, facts } = await desk();
    await retention.setLegalHold(hold);
    parts.clock.runFor(days(365));
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'held', by: ['court'] }]);
    await expect(retention.erase(ref)).rejects.toMatchObject({ code: 'retention/held' });
    expect((await keptTranscript(parts.vault, recordingId))?.segments).toHaveLength(4);
    await retention.liftLegalHold({ ...hold, reason: 'case 7 is over' });
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'erased' }]);
    expect(facts().map(({ fact }) => fact)).toEqual(['legal-hold-set', 'legal-hold-lifted', 'erasing', 'erased']);
  });

  test('of two parties stands until both have lifted theirs; nobody lifts another’s', async () => {
    const { parts, retention } = await desk();
    await retention.setLegalHold(hold);
    await retention.setLegalHold({ ...hold, by: 'auditor' });
    await retention.liftLegalHold(hold);
    await expect(retention.liftLegalHold(hold)).rejects.toMatchObject({ code: 'retention/not-held' });
    parts.clock.runFor(days(31));
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'held', by: ['auditor'] }]);
  });

  test('is not broken by an erasure that had begun: what is still there stays', async () => {
    const { parts, retention } = await desk();
    parts.storage.failures = 1;
    parts.clock.runFor(days(30));
    await retention.run();
    await retention.setLegalHold(hold);
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'held', by: ['court'] }]);
    expect([...parts.storage.media]).toEqual([recordingId]);
  });

  test('comes between two tries of one run', async () => {
    const { parts, retention } = await desk('delete', { attempts: 9 });
    parts.storage.failures = 1;
    parts.clock.runFor(days(30));
    const run = retention.run();
    while (parts.storage.failures > 0) await new Promise((resolve) => setImmediate(resolve));
    await retention.setLegalHold(hold);
    expect((await waited(parts, run)).entries).toEqual([{ ...ref, outcome: 'held', by: ['court'] }]);
    expect([...parts.storage.media]).toEqual([recordingId]);
  });

  test('holds nothing where nothing is left', async () => {
    const { retention } = await desk();
    await retention.erase(ref);
    await expect(retention.setLegalHold(hold)).rejects.toMatchObject({ code: 'retention/erased' });
  });
});

describe('[G12] anonymised', () => {
  const crowd = ['bo', 'cy', 'di', 'ed', 'fe', 'gu'];

  test('leaves counts alone, from which no single person shows', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { people: crowd });
    const before = parts.ledger.facts(meetingId).length;
    const retention = createRetention({ ...parts, policy: { recordingDays: 30, then: 'anonymise' } });
    parts.clock.runFor(days(30));
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'anonymised' }]);
    const counts = {
      durationMs: 10_000,
      segments: null,
      words: null,
      asked: 7,
      captured: 7,
      spoke: null,
      answers: { given: null, none: null },
    };
    const fact = { recordingId, kept: everything, because: 'retention', counts };
    expect(since(parts, before)).toEqual([
      { fact: 'erasing', ...fact },
      { fact: 'anonymised', ...fact },
    ]);
    await expect(parts.vault.open(recordingId, 'transcript')).rejects.toMatchObject({ code: 'vault/destroyed' });
    expect([...parts.storage.media]).toEqual([]);
    expect((await retention.run()).entries).toEqual([]);
  });

  test('keeps the counts over a storage that fails, although the words are gone by then', async () => {
    const { parts, retention, facts } = await desk('anonymise', { floor: 1 });
    parts.storage.failures = 1;
    parts.clock.runFor(days(30));
    await retention.run();
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'anonymised' }]);
    expect(facts().at(-1)).toMatchObject({
      fact: 'anonymised',
      counts: { segments: 4, words: 12, spoke: 3, answers: { given: 2, none: 1 } },
    });
  });

  test('is not kept from it by a text that cannot be read', async () => {
    const { parts, retention, facts } = await desk('anonymise', { floor: 1 });
    await parts.blobs.put(recordingId, 'transcript', new Uint8Array(3));
    parts.clock.runFor(days(30));
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'anonymised' }]);
    expect(facts().at(-1)).toMatchObject({ counts: { segments: 0, words: 0, spoke: 0 } });
  });
});

describe('[G12] isolated', () => {
  test('is held apart until deletion is possible, and then deleted', async () => {
    const { parts, retention, facts } = await desk('isolate');
    parts.clock.runFor(days(30));
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'isolated' }]);
    expect(parts.storage.isolated).toEqual([recordingId]);
    expect((await retention.run()).entries).toEqual([]);
    expect((await keptTranscript(parts.vault, recordingId))?.segments).toHaveLength(4);
    parts.storage.deletable = true;
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'erased' }]);
    expect(facts().map(({ fact }) => fact)).toEqual(['isolated', 'erasing', 'erased']);
  });

  test('is deleted earlier on request, and stays under a legal hold that comes', async () => {
    const { parts, retention } = await desk('isolate');
    parts.clock.runFor(days(30));
    await retention.run();
    await retention.setLegalHold(hold);
    parts.storage.deletable = true;
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'held', by: ['court'] }]);
    await retention.liftLegalHold(hold);
    await retention.erase(ref);
    expect([...parts.storage.media]).toEqual([]);
  });
});

describe('[G12] erasure is idempotent', () => {
  test('twice in a row, and by two retentions at once: one erasure, one fact of each', async () => {
    const { parts, retention, facts } = await desk();
    const other = createRetention({ ...parts, policy: { recordingDays: 30, then: 'delete' } });
    parts.clock.runFor(days(30));
    const reports = await Promise.all([retention.run(), other.run(), retention.run()]);
    expect(reports.flatMap(({ entries }) => entries)).toEqual([{ ...ref, outcome: 'erased' }]);
    await retention.erase(ref);
    expect(facts().map(({ fact }) => fact)).toEqual(['erasing', 'erased']);
    expect(parts.storage.erased).toEqual([recordingId]);
  });

  test('what a backup of the stores has brought back is erased again', async () => {
    const { parts, retention } = await desk();
    const key = await parts.keys.find(recordingId);
    const text = await parts.blobs.get(recordingId, 'transcript');
    await retention.erase(ref);
    if (!(key instanceof Uint8Array) || !text) throw new Error('nothing was kept');
    const restored = fixture(parts.clock.now());
    Object.assign(restored, { ledger: parts.ledger });
    await restored.keys.keep(recordingId, key);
    await restored.blobs.put(recordingId, 'transcript', text);
    restored.storage.media.add(recordingId);
    const again = createRetention({ ...restored, policy: { recordingDays: 30, then: 'delete' } });
    expect((await again.eraseAgain()).entries).toEqual([{ ...ref, outcome: 'erased' }]);
    await expect(restored.vault.open(recordingId, 'transcript')).rejects.toMatchObject({ code: 'vault/destroyed' });
    expect([...restored.storage.media]).toEqual([]);
  });
});

test('a run tells how far it is, ends when it is told to, and is not stopped by who looks on', async () => {
  const { parts, retention } = await desk();
  await recordedMeeting(parts, { meeting: 'daily', id: 'b1b2c3d4e5f60718' });
  parts.clock.runFor(days(31));
  const ending = new AbortController();
  const progress: unknown[] = [];
  const report = await retention.run({
    signal: ending.signal,
    onProgress: (each) => {
      progress.push(each);
      ending.abort();
      throw new Error('of who looks on');
    },
  });
  expect(progress).toEqual([{ meetings: 1, recordings: 1, entry: { ...ref, outcome: 'erased' } }]);
  expect(report).toEqual({
    meetings: 1,
    recordings: 1,
    entries: [{ ...ref, outcome: 'erased' }],
    isDone: false,
    aborted: true,
  });
});

test.each([
  ['no ledger', { ledger: undefined }],
  ['no vault', { vault: {} }],
  ['no storage', { storage: null }],
  ['no clock', { clock: {} }],
  ['a lock that is none', { lock: {} }],
  ['a policy without days', { policy: { then: 'delete' } }],
  ['a policy of days that are no number', { policy: { recordingDays: Number.NaN, then: 'delete' } }],
  ['a policy of fewer days than none', { policy: { recordingDays: -1, then: 'delete' } }],
  ['a policy of no known end', { policy: { recordingDays: 1, then: 'sell' } }],
])('%s is misuse', (_, more) => {
  const options = { ...fixture(), policy: { recordingDays: 30, then: 'delete' }, ...more } as never;
  expect(() => createRetention(options)).toThrow(TypeError);
});
