import { describe, expect, test } from 'vitest';
import { keepTranscript, keptTranscript } from '../../src/records/kept-transcript.ts';
import type { Right } from '../../src/records/ledger.types.ts';
import { createRetention } from '../../src/records/retention.ts';
import type { RightRequest } from '../../src/records/right-request.types.ts';
import { createRights } from '../../src/records/rights.ts';
import type { RightOutcome, RightsOptions } from '../../src/records/rights.types.ts';
import { type Fixture, fixture, meetingId, recordedMeeting, recordingId, transcript } from './meeting-fixture.ts';

function desk(parts: Fixture, more: Partial<RightsOptions> = {}) {
  const told: RightRequest[] = [];
  const rights = createRights({ ...parts, onChanged: (request) => told.push(request), ...more });
  const exercise = (right: Right, participantId = 'bo', correction?: { segmentId: string; text: string }) =>
    rights.exercise({
      meetingId,
      right,
      participantId,
      askedBy: participantId,
      identifiedBy: 'session',
      ...(correction && { correction: { recordingId, ...correction } }),
    });
  return { rights, told, exercise };
}

/** The facts of rights and of what they did, without the meeting's own. */
const factsSince = ({ ledger }: Fixture, n: number) =>
  ledger
    .facts(meetingId)
    .slice(n)
    .filter(({ fact }) => fact !== 'continued' && fact !== 'closed');

const requestOf = (outcome: RightOutcome): RightRequest => {
  if (!('request' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.request;
};

async function afterMeeting() {
  const parts = fixture();
  await recordedMeeting(parts);
  return { parts, before: parts.ledger.facts(meetingId).length, ...desk(parts) };
}

describe('[G12] deletion', () => {
  test('takes one’s words and media out, keeps the receipts, and is on the ledger step by step', async () => {
    const { parts, before, exercise, told } = await afterMeeting();
    const outcome = await exercise('deletion');
    const { requestId } = requestOf(outcome);
    const ofRequest = { requestId, right: 'deletion', dueAt: '2026-02-28T09:00:10.000Z', participantId: 'bo' };
    const ofShare = { recordingId, kept: ['recording', 'transcript', 'notes'], because: 'right', participantId: 'bo' };
    expect(factsSince(parts, before)).toEqual([
      { fact: 'right-received', ...ofRequest },
      { fact: 'right-identified', ...ofRequest, identifiedBy: 'session' },
      { fact: 'erasing', ...ofShare },
      { fact: 'erased', ...ofShare },
      { fact: 'right-done', ...ofRequest },
    ]);
    expect(outcome.outcome).toBe('done');
    expect(told.map(({ status }) => status)).toEqual(['received', 'identified', 'done']);
    const kept = await keptTranscript(parts.vault, recordingId);
    expect(kept?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
    expect(await parts.vault.open(recordingId, 'notes')).toBeUndefined();
    expect(parts.storage.marked).toEqual([
      [recordingId, { participantId: 'bo', spans: [{ startMs: 0, endMs: 10_000 }] }],
    ]);
    const access = await exercise('access');
    expect(access).toMatchObject({
      document: { recordings: [{ ownShare: 'erased', words: { state: 'erased', segments: [] } }], receipts: [{}] },
    });
  });

  test('keeps no word that is handed in late, for the sake of who has had theirs deleted', async () => {
    const { parts, exercise } = await afterMeeting();
    await exercise('deletion');
    await keepTranscript(parts, meetingId, transcript);
    expect((await keptTranscript(parts.vault, recordingId))?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
  });

  test('waits for a storage that fails, and is done when it works again', async () => {
    const { parts, exercise, rights } = await afterMeeting();
    parts.storage.failures = 2;
    const first = await exercise('deletion');
    expect(first).toMatchObject({ outcome: 'pending', code: 'retention/storage-failed' });
    expect((await keptTranscript(parts.vault, recordingId))?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
    expect(await rights.run()).toMatchObject([{ status: 'identified', right: 'deletion' }]);
    expect(await rights.run()).toEqual([]);
    expect(await rights.requests(meetingId)).toMatchObject([{ status: 'done', right: 'deletion' }]);
    expect(parts.ledger.facts(meetingId).filter(({ fact }) => fact === 'erased')).toHaveLength(1);
  });

  test('waits for a recording that runs, which is marked at once', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { ends: false });
    const writer = await parts.ledger.open({ meetingId, epoch: { number: 1, id: 'hana', incarnation: 'i' } });
    const live = desk(parts, { writerOf: () => writer });
    expect(await live.exercise('deletion')).toMatchObject({ outcome: 'pending', code: 'retention/still-recording' });
    writer.append({ fact: 'ended', recordingId, by: 'platform', outcome: 'stopped' });
    await writer.close();
    await keepTranscript(parts, meetingId, transcript);
    expect((await keptTranscript(parts.vault, recordingId))?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
    expect(await desk(parts).rights.run()).toEqual([]);
    expect(parts.storage.marked).toHaveLength(1);
  });

  test('is refused under a legal hold, with its reason, after what is not held has gone', async () => {
    const parts = fixture();
    await recordedMeeting(parts);
    await recordedMeeting(parts, { id: 'b1b2c3d4e5f60718', number: 2 });
    const retention = createRetention({ ...parts, policy: { recordingDays: 30, then: 'delete' } });
    await retention.setLegalHold({ meetingId, recordingId, by: 'court', reason: 'case 7' });
    const outcome = await desk(parts).exercise('deletion');
    expect(outcome).toMatchObject({
      outcome: 'refused',
      code: 'rights/held',
      reason: `The recording ${recordingId} is under a legal hold by court.`,
      request: { status: 'refused', code: 'rights/held' },
    });
    const ids = async (id: string) => (await keptTranscript(parts.vault, id))?.segments.map((each) => each.id);
    expect([await ids(recordingId), await ids('b1b2c3d4e5f60718')]).toEqual([
      ['s1', 's2', 's3', 's4'],
      ['s1', 's4'],
    ]);
  });

  test('of a recording on its host’s own device is refused, and named where there is another', async () => {
    const local = fixture();
    await recordedMeeting(local, { where: 'local' });
    expect(await desk(local).exercise('deletion')).toMatchObject({ outcome: 'refused', code: 'rights/local' });
    const both = fixture();
    await recordedMeeting(both);
    await recordedMeeting(both, { where: 'local', id: 'b1b2c3d4e5f60718', number: 2 });
    expect(await desk(both).exercise('deletion')).toMatchObject({ outcome: 'done', outside: ['b1b2c3d4e5f60718'] });
  });
});

test('[G6] a right is exercised only for oneself: anything else changes nothing', async () => {
  const { parts, before, rights } = await afterMeeting();
  const ask = {
    meetingId,
    right: 'deletion',
    participantId: 'bo',
    askedBy: 'mallory',
    identifiedBy: 'session',
  } as const;
  expect(await rights.exercise(ask)).toEqual({ outcome: 'denied', code: 'rights/not-yourself' });
  expect(await rights.receive(ask)).toEqual({ outcome: 'denied', code: 'rights/not-yourself' });
  expect(parts.ledger.facts(meetingId)).toHaveLength(before);
  expect((await keptTranscript(parts.vault, recordingId))?.segments).toHaveLength(4);
});
