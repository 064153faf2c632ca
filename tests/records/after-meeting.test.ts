import { expect, test } from 'vitest';
import { createAccess } from '../../src/records/access.ts';
import { createLedger } from '../../src/records/ledger.ts';
import type { LedgerStore, Right } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { createRetention } from '../../src/records/retention.ts';
import { createRights } from '../../src/records/rights.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { days, fixture, meetingId, recordedMeeting, recordingId } from './meeting-fixture.ts';

test('[G6] [G12] what is done after a meeting goes on in its own ledger, which verifies from its first record to its last', async () => {
  const made = fixture();
  const ledger = createLedger({ store: memoryStore(), clock: made.clock });
  const parts = { ...made, ledger };
  await recordedMeeting(parts as never);
  const rights = createRights(parts);
  const exercise = (right: Right) =>
    rights.exercise({ meetingId, right, participantId: 'bo', askedBy: 'bo', identifiedBy: 'session' });
  for (const right of ['access', 'deletion', 'withdrawal'] as const)
    expect(await exercise(right)).toMatchObject({ outcome: 'done' });
  const access = createAccess(parts);
  await access.grant({ meetingId, recordingId, to: 'support', by: 'admin', reason: 'ticket 7', forMs: 1000 });
  await access.use({ meetingId, recordingId, to: 'support', kept: 'transcript' });
  const retention = createRetention({ ...parts, policy: { recordingDays: 1, then: 'anonymise' } });
  const hold = { meetingId, recordingId, by: 'court', reason: 'case 7' };
  await retention.setLegalHold(hold);
  await retention.liftLegalHold(hold);
  parts.clock.runFor(days(2));
  expect((await retention.run()).entries).toEqual([{ meetingId, recordingId, outcome: 'anonymised' }]);

  const verdict = await verifyLedger(ledger.records(meetingId));
  expect([verdict.held, verdict.findings]).toEqual([true, []]);
  // The record of a request: its person has signed nothing.
  expect(verdict.answers.unsigned.filter(({ fact }) => fact === 'withdrawn')).toMatchObject([
    { participantId: 'bo', purpose: 'recording' },
  ]);
  const facts: string[] = [];
  for await (const { fact } of ledger.records(meetingId)) facts.push(fact.fact);
  expect(facts.slice(facts.indexOf('closed')).filter((fact) => fact !== 'continued' && fact !== 'closed')).toEqual([
    ...['right-received', 'right-identified', 'right-done'],
    ...['right-received', 'right-identified', 'erasing', 'erased', 'right-done'],
    ...['right-received', 'right-identified', 'withdrawn', 'right-done'],
    ...['access-granted', 'access-used', 'legal-hold-set', 'legal-hold-lifted', 'erasing', 'anonymised'],
  ]);
});

test('[G6] what was refused because its store failed is not written later, while somebody else may be writing', async () => {
  const made = fixture();
  const store = memoryStore();
  const disk = { isFull: false };
  const failing: LedgerStore = {
    ...store,
    append: (id, lines) => (disk.isFull ? Promise.reject(new Error('disk full')) : store.append(id, lines)),
  };
  const ledger = createLedger({ store: failing, clock: made.clock });
  const parts = { ...made, ledger };
  await recordedMeeting(parts as never);
  const access = createAccess(parts);
  const grant = () =>
    access.grant({ meetingId, recordingId, to: 'support', by: 'admin', reason: 'ticket 7', forMs: 1000 });
  disk.isFull = true;
  await expect(grant()).rejects.toMatchObject({ code: 'ledger/store-failed' });
  disk.isFull = false;
  made.clock.runFor(60_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const granted = async () => {
    const facts: string[] = [];
    for await (const { fact } of ledger.records(meetingId)) facts.push(fact.fact);
    return facts.filter((fact) => fact === 'access-granted').length;
  };
  expect(await granted()).toBe(0);
  await grant();
  expect([await granted(), (await verifyLedger(ledger.records(meetingId))).findings]).toEqual([1, []]);
});
