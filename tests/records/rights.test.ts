import { describe, expect, test } from 'vitest';
import { createAccess } from '../../src/records/access.ts';
import { keepTranscript, keptTranscript } from '../../src/records/kept-transcript.ts';
import type { LedgerFact, Right } from '../../src/records/ledger.types.ts';
import { createMeetingRecords } from '../../src/records/meeting-records.ts';
import { openDsrStatus } from '../../src/records/open-dsr.rules.ts';
import { createRetention } from '../../src/records/retention.ts';
import type { RightRequest } from '../../src/records/right-request.types.ts';
import { createRights } from '../../src/records/rights.ts';
import type { RightOutcome, RightsOptions } from '../../src/records/rights.types.ts';
import {
  days,
  type Fixture,
  fixture,
  meetingId,
  recordedMeeting,
  recordingId,
  startMs,
  transcript,
} from './meeting-fixture.ts';

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

/** Notes without a recording, and a recording with captions: Bo is part of each from 20 to 30 s and from then to the end at 40 s. */
async function notedMeeting({ ledger, clock }: Fixture) {
  const writer = await ledger.open({ meetingId, epoch: { number: 7, id: 'hana', incarnation: 'k' } });
  const by = { participantId: 'hana' };
  const alone = { recordingId: 'c1b2c3d4e5f60718' };
  const recorded = { recordingId: 'd1b2c3d4e5f60718' };
  const bo = { participantId: 'bo', because: 'clear' } as const;
  const captions = { ...recorded, ...bo, purpose: 'live-captions' };
  const write = (...facts: readonly LedgerFact[]) => {
    for (const fact of facts) writer.append(fact);
  };
  clock.advanceTo(startMs + 20_000);
  write({ fact: 'requested', ...alone, purposes: ['ai-notes'], by });
  write({ fact: 'requested', ...recorded, purposes: ['recording', 'live-captions'], by, storage: 'cloud' });
  for (const life of [alone, recorded]) write({ fact: 'started', ...life, by }, { fact: 'captured', ...life, ...bo });
  write({ fact: 'captured', ...captions });
  clock.advanceTo(startMs + 30_000);
  write({ fact: 'not-captured', ...alone, ...bo, because: 'withdrawn' }, { fact: 'captured', ...alone, ...bo });
  write({ fact: 'not-captured', ...captions, because: 'withdrawn' }, { fact: 'captured', ...captions });
  clock.advanceTo(startMs + 40_000);
  for (const life of [alone, recorded]) write({ fact: 'ended', ...life, by, outcome: 'stopped' });
  await writer.close();
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

  test('waits for nothing where nothing is kept: a purpose without a recording, and a recording that was refused', async () => {
    const { parts, before, exercise } = await afterMeeting();
    const by = { participantId: 'hana' };
    const lives = [
      [{ recordingId: 'c1b2c3d4e5f60718' }, { purposes: ['ai-notes'], by }, 'stopped'],
      [{ recordingId: 'd1b2c3d4e5f60718' }, { purposes: ['recording'], by, storage: 'cloud' }, 'refused'],
    ] as const;
    const writer = await parts.ledger.open({ meetingId, epoch: { number: 2, id: 'hana', incarnation: 'k' } });
    for (const [life, wish, outcome] of lives) {
      writer.append({ fact: 'requested', ...life, ...wish });
      writer.append({
        fact: 'refused',
        ...life,
        participantId: 'bo',
        purpose: wish.purposes[0],
        answerId: 'b',
        revision: 1,
        applied: true,
      });
      writer.append({ fact: 'ended', ...life, by, outcome });
    }
    await writer.close();
    expect(await exercise('deletion')).toMatchObject({ outcome: 'done' });
    const erased = factsSince(parts, before).flatMap((fact) => ('kept' in fact ? [[fact.fact, fact.recordingId]] : []));
    expect(erased).toEqual([
      ['erasing', recordingId],
      ['erased', recordingId],
    ]);
  });

  test('of a recording that was only asked for waits for its answer, and is done once that is no', async () => {
    const parts = fixture();
    const writer = await parts.ledger.open({ meetingId, epoch: { number: 1, id: 'hana', incarnation: 'i' } });
    const by = { participantId: 'hana' };
    const life = { recordingId };
    writer.append({ fact: 'requested', ...life, purposes: ['recording'], by, storage: 'local' });
    writer.append({ fact: 'cannot-be-asked', ...life, participantId: 'bo', purpose: 'recording' });
    writer.append({
      fact: 'requested',
      recordingId: 'b1b2c3d4e5f60718',
      purposes: ['recording'],
      by,
      storage: 'cloud',
    });
    writer.append({ fact: 'expired', recordingId: 'b1b2c3d4e5f60718', participantId: 'bo', purpose: 'recording' });
    await writer.kept();
    const live = desk(parts, { writerOf: () => writer });
    expect(await live.exercise('deletion')).toMatchObject({ outcome: 'pending', code: 'retention/still-recording' });
    for (const id of [recordingId, 'b1b2c3d4e5f60718'])
      writer.append({ fact: 'ended', recordingId: id, by, outcome: 'refused' });
    await writer.close();
    const after = desk(parts);
    expect(await after.rights.run()).toEqual([]);
    const [done] = await after.rights.requests(meetingId);
    expect(done).toMatchObject({ right: 'deletion', status: 'done' });
    expect(await after.exercise('access')).toMatchObject({
      document: { recordings: [{ recordingId, storage: 'local' }, { ownShare: 'erased' }] },
    });
    // Nothing is on the host's own device where nothing was recorded.
    expect(await after.exercise('deletion')).toMatchObject({ outcome: 'done' });
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

const life = ({ ledger }: Fixture, n: number) =>
  ledger
    .facts(meetingId)
    .slice(n)
    .map(({ fact }) => fact)
    .filter((fact) => fact !== 'continued' && fact !== 'closed');

describe('a right', () => {
  const asked = { meetingId, participantId: 'bo', askedBy: 'bo' } as const;

  test('is received, identified, and done: each on the ledger, and the host is told', async () => {
    const { parts, before, rights, told } = await afterMeeting();
    const { requestId } = requestOf(await rights.receive({ ...asked, right: 'access' }));
    expect(await rights.carryOut({ meetingId, requestId })).toEqual({
      outcome: 'denied',
      code: 'rights/not-identified',
    });
    parts.clock.runFor(days(3));
    await rights.identify({ meetingId, requestId, identifiedBy: 'passport' });
    parts.clock.runFor(days(1));
    const { request, document } = (await rights.carryOut({ meetingId, requestId })) as Extract<
      RightOutcome,
      { outcome: 'done' }
    >;
    expect(request).toEqual({
      requestId,
      meetingId,
      participantId: 'bo',
      right: 'access',
      status: 'done',
      receivedAt: '2026-01-31T09:00:10.000Z',
      dueAt: '2026-02-28T09:00:10.000Z',
      identifiedBy: 'passport',
      settledAt: '2026-02-04T09:00:10.000Z',
    });
    expect(document?.madeAt).toBe('2026-02-04T09:00:10.000Z');
    expect(life(parts, before)).toEqual(['right-received', 'right-identified', 'right-done']);
    expect(told.map(({ status }) => status)).toEqual(['received', 'identified', 'done']);
    expect(await rights.requests(meetingId)).toEqual([request]);
  });

  test('that a host refuses has a code and a reason, and is over', async () => {
    const { rights } = await afterMeeting();
    const { requestId } = requestOf(await rights.receive({ ...asked, right: 'access' }));
    const refusing = {
      meetingId,
      requestId,
      code: 'rights/not-identified',
      reason: 'no answer to two letters',
    } as const;
    expect(await rights.refuse(refusing)).toMatchObject({
      outcome: 'refused',
      code: 'rights/not-identified',
      reason: 'no answer to two letters',
      request: { status: 'refused', settledAt: '2026-01-31T09:00:10.000Z' },
    });
    for (const late of [
      rights.refuse(refusing),
      rights.identify({ meetingId, requestId, identifiedBy: 'session' }),
      rights.carryOut({ meetingId, requestId }),
      rights.extend({ meetingId, requestId, reason: 'many' }),
    ])
      expect(await late).toEqual({ outcome: 'denied', code: 'rights/settled' });
  });

  test('is extended once, by up to two months from its receipt, and before it is due', async () => {
    const { parts, rights } = await afterMeeting();
    const { requestId } = requestOf(await rights.receive({ ...asked, right: 'access' }));
    parts.clock.runFor(days(28));
    const extending = { meetingId, requestId, reason: 'forty recordings' };
    expect(await rights.extend(extending)).toMatchObject({
      outcome: 'pending',
      request: { dueAt: '2026-04-30T09:00:10.000Z', extended: true, reason: 'forty recordings', status: 'received' },
    });
    expect(await rights.extend(extending)).toEqual({ outcome: 'denied', code: 'rights/extended' });
    const late = requestOf(await rights.receive({ ...asked, right: 'portability' }));
    parts.clock.advanceTo(Date.parse(late.dueAt) + 1);
    expect(await rights.extend({ ...extending, requestId: late.requestId })).toEqual({
      outcome: 'denied',
      code: 'rights/overdue',
    });
  });

  test('is due when another law says, in a meeting and after it', async () => {
    const parts = fixture();
    await recordedMeeting(parts);
    const { rights } = desk(parts, { daysToAnswer: 45 });
    const { requestId, dueAt } = requestOf(await rights.receive({ ...asked, right: 'access' }));
    expect(dueAt).toBe('2026-03-17T09:00:10.000Z');
    expect(requestOf(await rights.extend({ meetingId, requestId, reason: 'forty recordings', months: 1 })).dueAt).toBe(
      '2026-04-17T09:00:10.000Z',
    );
    expect(parts.ledger.facts(meetingId).flatMap((fact) => ('dueAt' in fact ? [fact.dueAt] : []))).toEqual([
      '2026-03-17T09:00:10.000Z',
      '2026-04-17T09:00:10.000Z',
    ]);
    const pen = await parts.ledger.open({ meetingId, epoch: { number: 9, id: 'hana', incarnation: 'z' } });
    const meeting = createMeetingRecords({ ...parts, daysToAnswer: 15 }).begin({
      meetingId,
      pen,
      withdraw: async () => {},
      changed: () => {},
    });
    const outcome = await meeting.exercise({ right: 'objection', participantId: 'bo', askedBy: 'bo' });
    expect(requestOf(outcome).dueAt).toBe('2026-02-15T09:00:10.000Z');
  });

  test('is due in a whole number of days, a year at the most', () => {
    for (const daysToAnswer of [0, -1, 1.5, 367, Number.NaN, '30' as never]) {
      expect(() => desk(fixture(), { daysToAnswer })).toThrow(
        /daysToAnswer must be a whole number of days from 1 to 366/,
      );
      expect(() => createMeetingRecords({ ...fixture(), daysToAnswer })).toThrow(TypeError);
    }
  });

  test('asked for twice while it is open is one request; a request that there is not is denied', async () => {
    const { rights } = await afterMeeting();
    const first = requestOf(await rights.receive({ ...asked, right: 'deletion' }));
    expect(requestOf(await rights.receive({ ...asked, right: 'deletion' }))).toEqual(first);
    expect(await rights.carryOut({ meetingId, requestId: 'none' })).toEqual({
      outcome: 'denied',
      code: 'rights/unknown-request',
    });
    expect(await rights.receive({ ...asked, participantId: 'zoe', askedBy: 'zoe', right: 'access' })).toEqual({
      outcome: 'denied',
      code: 'rights/nothing-held',
    });
  });

  test('is lost by no store that fails: it is as it was, and goes on', async () => {
    const { parts, before, exercise, rights } = await afterMeeting();
    parts.ledger.beforeKeep = (facts) => {
      if (facts.some(({ fact }) => fact === 'right-done')) throw new Error('disk full');
    };
    await expect(exercise('deletion')).rejects.toThrow('disk full');
    parts.ledger.beforeKeep = () => {};
    expect(await rights.run()).toEqual([]);
    expect(life(parts, before)).toEqual(['right-received', 'right-identified', 'erasing', 'erased', 'right-done']);
  });

  test('is done although the ledger could not be closed behind it', async () => {
    const { parts, exercise } = await afterMeeting();
    parts.ledger.beforeKeep = (facts) => {
      if (facts.some(({ fact }) => fact === 'closed')) throw new Error('disk full');
    };
    expect(await exercise('restriction')).toMatchObject({ outcome: 'done' });
    expect(await exercise('access')).toMatchObject({ outcome: 'done' });
  });

  test('whose text the vault cannot open waits, and nothing is lost', async () => {
    const { parts, exercise, rights } = await afterMeeting();
    const text = await parts.blobs.get(recordingId, 'transcript');
    await parts.blobs.put(recordingId, 'transcript', new Uint8Array(50));
    expect(await exercise('deletion')).toMatchObject({ outcome: 'pending', code: 'vault/corrupt' });
    if (text) await parts.blobs.put(recordingId, 'transcript', text);
    expect(await rights.run()).toEqual([]);
    expect((await keptTranscript(parts.vault, recordingId))?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
  });

  test.each([
    ['no right', { right: 'oblivion' }],
    ['nobody', { participantId: '' }],
    ['no meeting', { meetingId: 7 }],
    ['no word of how', { identifiedBy: '' }],
  ])('of %s is misuse', async (_, more) => {
    const { rights } = await afterMeeting();
    const ask = { ...asked, right: 'access', identifiedBy: 'session', ...more } as never;
    await expect(async () => rights.exercise(ask)).rejects.toThrow(TypeError);
  });
});

describe('access', () => {
  test('is all that is held about one, nothing of what others said or answered, and nothing about attention', async () => {
    const { parts, exercise } = await afterMeeting();
    const writer = await parts.ledger.open({ meetingId, epoch: { number: 2, id: 'hana', incarnation: 'j' } });
    writer.append({
      fact: 'given',
      recordingId,
      participantId: 'bo',
      purpose: 'attention-tracking',
      answerId: 'forbidden',
      revision: 2,
      applied: true,
    });
    await writer.close();
    const outcome = await exercise('access');
    const text = { version: '1', locale: 'en', hash: 'h1' };
    const at = '2026-01-31T09:00:00.000Z';
    if (outcome.outcome !== 'done' || !outcome.document) throw new Error(JSON.stringify(outcome));
    const { receipts, rights, ...rest } = outcome.document;
    expect(rest).toEqual({
      format: 'meeting-notice/held-about-me/1',
      right: 'access',
      meetingId,
      participantId: 'bo',
      madeAt: '2026-01-31T09:00:10.000Z',
      recordings: [
        {
          recordingId,
          purposes: ['recording', 'transcription'],
          storage: 'cloud',
          state: 'kept',
          requestedBy: { participantId: 'hana', name: 'Hana' },
          startedAt: at,
          endedAt: '2026-01-31T09:00:10.000Z',
          asked: [{ at, noticeId: 'n-bo', purposes: ['recording'], consent: 'explicit' }],
          shown: [{ at, noticeId: 'n-bo', text }],
          answers: [
            { at, purpose: 'recording', answer: 'given', answerId: 'a-bo', noticeId: 'n-bo', text, applied: true },
          ],
          captured: [{ from: at, to: '2026-01-31T09:00:10.000Z', because: 'clear' }],
          parts: [],
          words: { state: 'kept', language: 'en', segments: [transcript.segments[1]] },
        },
      ],
      access: [],
    });
    expect(receipts).toMatchObject([
      { v: 1, receiptId: 'a-bo', record: { fact: { answerId: 'a-bo' } }, key: { x: 'hana' } },
    ]);
    expect(receipts).toHaveLength(1);
    expect(rights).toMatchObject([{ right: 'access', status: 'identified' }]);
    expect(JSON.stringify(outcome.document)).not.toMatch(/attention|forbidden|welcome|noted|several|"cy"/);
  });

  test('[G6] tells from when to when one was part of a purpose, with a recording and without one', async () => {
    const { parts, exercise } = await afterMeeting();
    await notedMeeting(parts);
    const outcome = await exercise('portability');
    if (outcome.outcome !== 'done' || !outcome.document) throw new Error(JSON.stringify(outcome));
    const at = (second: number) => `2026-01-31T09:00:${second}.000Z`;
    const notes = { from: at(20), to: at(30), because: 'clear' };
    const about = {
      requestedBy: { participantId: 'hana' },
      startedAt: at(20),
      endedAt: at(40),
      asked: [],
      shown: [],
      answers: [],
      words: { state: 'none', segments: [] },
    };
    expect(outcome.document.recordings.map(({ recordingId: _, ...each }) => each).slice(1)).toEqual([
      {
        ...about,
        purposes: ['ai-notes'],
        captured: [notes, { from: at(30), to: at(40), because: 'clear' }],
        parts: [],
      },
      {
        ...about,
        purposes: ['recording', 'live-captions'],
        storage: 'cloud',
        state: 'kept',
        captured: [{ from: at(20), to: at(40), because: 'clear' }],
        parts: [{ purpose: 'live-captions', spans: [notes, { from: at(30), to: at(40), because: 'clear' }] }],
      },
    ]);
  });

  test('names to whom a recording of one was opened', async () => {
    const { parts, exercise } = await afterMeeting();
    const access = createAccess(parts);
    await access.grant({ meetingId, recordingId, to: 'support', by: 'admin', reason: 'ticket 7', forMs: 1000 });
    await access.use({ meetingId, recordingId, to: 'support', kept: 'notes' });
    const at = '2026-01-31T09:00:10.000Z';
    expect(await exercise('access')).toMatchObject({
      document: {
        access: [
          { at, recordingId, what: 'granted', to: 'support', reason: 'ticket 7' },
          { at, recordingId, what: 'used', to: 'support', reason: 'ticket 7', kept: 'notes' },
        ],
      },
    });
  });

  test('says why there are no words: erased, on the host’s device, or not to be read', async () => {
    const { parts, exercise } = await afterMeeting();
    const wordsIn = async () => {
      const outcome = await exercise('portability');
      return 'document' in outcome ? outcome.document?.recordings.map(({ words }) => words.state) : outcome;
    };
    await parts.blobs.put(recordingId, 'transcript', new Uint8Array(50));
    expect(await wordsIn()).toEqual(['unreadable']);
    await createRetention({ ...parts, policy: { recordingDays: 1, then: 'delete' } }).erase({ meetingId, recordingId });
    await recordedMeeting(parts, { where: 'local', id: 'b1b2c3d4e5f60718', number: 4 });
    expect(await wordsIn()).toEqual(['erased', 'outside']);
  });
});

test('portability is what one gave, machine-readable, without what others did', async () => {
  const { exercise } = await afterMeeting();
  const outcome = await exercise('portability');
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  expect(Object.keys(outcome.document ?? {}).sort()).toEqual(
    ['format', 'madeAt', 'meetingId', 'participantId', 'receipts', 'recordings', 'right'].sort(),
  );
});

describe('correction', () => {
  test('stands beside what was heard, marked, and its words are on no ledger', async () => {
    const { parts, before, exercise } = await afterMeeting();
    const words = { segmentId: 's2', text: 'the falcon lands at five' };
    expect(await exercise('correction', 'bo', words)).toMatchObject({ outcome: 'done' });
    const kept = await keptTranscript(parts.vault, recordingId);
    expect(kept?.segments[1]).toEqual({
      ...transcript.segments[1],
      corrections: [{ by: 'bo', at: '2026-01-31T09:00:10.000Z', text: 'the falcon lands at five' }],
    });
    expect(kept?.segments.filter(({ id }) => id !== 's2')).toEqual(transcript.segments.filter(({ id }) => id !== 's2'));
    expect(life(parts, before)).toEqual(['right-received', 'right-identified', 'corrected', 'right-done']);
    expect(JSON.stringify(parts.ledger.facts(meetingId))).not.toContain('at five');
  });

  test.each([
    ['of another’s words', { segmentId: 's1', text: 'x' }, 'rights/not-your-words'],
    ['of words that are nobody’s', { segmentId: 's3', text: 'x' }, 'rights/not-your-words'],
    ['of words that are not there', { segmentId: 's9', text: 'x' }, 'rights/no-such-words'],
  ])('%s is refused, and changes nothing', async (_, words, code) => {
    const { parts, exercise } = await afterMeeting();
    expect(await exercise('correction', 'bo', words)).toMatchObject({ outcome: 'refused', code });
    expect(await keptTranscript(parts.vault, recordingId)).toEqual(transcript);
  });

  test('without words waits for them; done again after a crash it stands there once', async () => {
    const { parts, rights, exercise } = await afterMeeting();
    const waiting = await exercise('correction');
    expect(waiting).toMatchObject({ outcome: 'pending', code: 'rights/correction-missing' });
    const correction = { recordingId, segmentId: 's2', text: 'at five' };
    parts.ledger.beforeKeep = (facts) => {
      if (facts.some(({ fact }) => fact === 'corrected')) throw new Error('killed');
    };
    const { requestId } = requestOf(waiting);
    await expect(rights.carryOut({ meetingId, requestId, correction })).rejects.toThrow('killed');
    parts.ledger.beforeKeep = () => {};
    expect(await rights.carryOut({ meetingId, requestId, correction })).toMatchObject({ outcome: 'done' });
    expect((await keptTranscript(parts.vault, recordingId))?.segments[1]?.corrections).toHaveLength(1);
  });
});

describe('objection', () => {
  test('restricts at once and waits for the host; upheld, it is a deletion', async () => {
    const { parts, rights, exercise } = await afterMeeting();
    const waiting = await exercise('objection');
    expect(waiting).toMatchObject({
      outcome: 'pending',
      code: 'rights/to-be-decided',
      request: { status: 'identified' },
    });
    expect((await keptTranscript(parts.vault, recordingId))?.segments).toHaveLength(4);
    await rights.run();
    expect((await keptTranscript(parts.vault, recordingId))?.segments).toHaveLength(4);
    expect(await rights.carryOut(requestOf(waiting))).toMatchObject({ outcome: 'done' });
    expect((await keptTranscript(parts.vault, recordingId))?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
    expect(parts.ledger.facts(meetingId)).toContainEqual(
      expect.objectContaining({ fact: 'erased', because: 'objection', participantId: 'bo' }),
    );
  });
});

test('an objection that was upheld goes on by itself where the storage had failed', async () => {
  const { parts, rights, exercise } = await afterMeeting();
  const waiting = requestOf(await exercise('objection'));
  parts.storage.failures = 1;
  expect(await rights.carryOut(waiting)).toMatchObject({ outcome: 'pending', code: 'retention/storage-failed' });
  expect(await rights.run()).toEqual([]);
  expect(await rights.requests(meetingId)).toMatchObject([{ right: 'objection', status: 'done' }]);
});

describe('restriction', () => {
  test('holds what is due, for as long as it stands; one’s own deletion goes all the same', async () => {
    const { parts, rights, exercise } = await afterMeeting();
    const { requestId } = requestOf(await exercise('restriction'));
    const retention = createRetention({ ...parts, policy: { recordingDays: 1, then: 'delete' } });
    parts.clock.runFor(days(2));
    const ref = { meetingId, recordingId };
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'restricted', by: ['bo'] }]);
    await expect(retention.erase(ref)).rejects.toMatchObject({ code: 'retention/restricted' });
    expect(await exercise('deletion')).toMatchObject({ outcome: 'done' });
    expect((await keptTranscript(parts.vault, recordingId))?.segments.map(({ id }) => id)).toEqual(['s1', 's4']);
    await rights.end({ meetingId, requestId, reason: 'told on the first' });
    expect((await retention.run()).entries).toEqual([{ ...ref, outcome: 'erased' }]);
  });
});

describe('[G3] withdrawal', () => {
  test('after the meeting is the same fact as in it, once, and what was captured stays on record', async () => {
    const { parts, before, exercise } = await afterMeeting();
    expect(await exercise('withdrawal')).toMatchObject({ outcome: 'done' });
    expect(await exercise('withdrawal')).toMatchObject({ outcome: 'done' });
    const facts = factsSince(parts, before).filter(({ fact }) => fact === 'withdrawn');
    expect(facts).toEqual([
      {
        fact: 'withdrawn',
        recordingId,
        participantId: 'bo',
        purpose: 'recording',
        answerId: expect.stringMatching(/^[0-9a-f]{20}$/),
        revision: 2,
        applied: true,
      },
    ]);
    expect(await keptTranscript(parts.vault, recordingId)).toEqual(transcript);
  });

  test('in a meeting that goes on is the session’s own, and waits where nobody hands that in', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { ends: false });
    const writer = await parts.ledger.open({ meetingId, epoch: { number: 1, id: 'hana', incarnation: 'i' } });
    const live = desk(parts, { writerOf: () => writer });
    expect(await live.exercise('withdrawal')).toMatchObject({ outcome: 'pending', code: 'records/meeting-open' });
    const withdrawn: string[] = [];
    const wired = desk(parts, { writerOf: () => writer, withdraw: async (...who) => void withdrawn.push(...who) });
    expect(await wired.exercise('withdrawal')).toMatchObject({ outcome: 'done' });
    expect(withdrawn).toEqual([meetingId, 'bo']);
    expect(parts.ledger.facts(meetingId).filter(({ fact }) => fact === 'withdrawn')).toEqual([]);
  });
});

describe('a ledger that is not closed', () => {
  test('is written to by nobody else for a day, unless it is said that the meeting is over', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { ends: false });
    await expect(desk(parts).exercise('access')).rejects.toMatchObject({
      code: 'records/meeting-open',
      retryable: true,
    });
    expect(await desk(parts, { isOver: () => true }).exercise('access')).toMatchObject({ outcome: 'done' });
    const other = fixture();
    await recordedMeeting(other, { ends: false });
    other.clock.runFor(days(1));
    expect(await desk(other).exercise('access')).toMatchObject({ outcome: 'done' });
  });
});

test('the state of a request, in the words of OpenDSR', async () => {
  const { rights, exercise } = await afterMeeting();
  const { requestId } = requestOf(await exercise('deletion'));
  const received = requestOf(
    await rights.receive({ meetingId, right: 'correction', participantId: 'cy', askedBy: 'cy' }),
  );
  await rights.refuse({ meetingId, requestId: received.requestId, code: 'rights/unfounded', reason: 'same words' });
  const at = '2026-01-31T09:00:10.000Z';
  const times = { received_time: at, expected_completion_time: '2026-02-28T09:00:10.000Z', completion_time: at };
  expect((await rights.requests(meetingId)).map(openDsrStatus)).toEqual([
    {
      api_version: '2.0',
      subject_request_id: requestId,
      subject_request_type: 'erasure',
      request_status: 'completed',
      ...times,
    },
    {
      api_version: '2.0',
      subject_request_id: received.requestId,
      subject_request_type: 'rectification',
      request_status: 'cancelled',
      ...times,
      status_reason: 'rights/unfounded: same words',
    },
  ]);
});
