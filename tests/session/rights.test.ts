import { describe, expect, test } from 'vitest';
import type { HeldAboutMe } from '../../src/records/held-about-me.types.ts';
import { keptTranscript } from '../../src/records/kept-transcript.ts';
import { createRetention } from '../../src/records/retention.ts';
import { keptMeeting } from './kept-meeting.ts';
import { meeting } from './meeting.ts';
import { plainLedger } from './plain-ledger.ts';

const facts = (kept: Awaited<ReturnType<typeof keptMeeting>>['kept'], ...names: readonly string[]) =>
  kept.ledger.facts('weekly').filter(({ fact }) => names.includes(fact));

describe('a right that is exercised in a session', () => {
  test('[G6] is received, identified and done, each on the ledger, and answers with all that is held about who asks', async () => {
    const { bo, kept, hana, comesTo, records } = await keptMeeting();
    const recordingId = await records();
    const outcome = await comesTo(bo.session.exerciseRight({ right: 'access' }));
    expect(outcome).toMatchObject({
      outcome: 'done',
      request: { participantId: 'bo', right: 'access', status: 'done', identifiedBy: 'session' },
      document: {
        format: 'meeting-notice/held-about-me/1',
        participantId: 'bo',
        recordings: [
          {
            recordingId,
            state: 'running',
            answers: [
              { purpose: 'recording', answer: 'given', applied: true },
              { purpose: 'transcription', answer: 'given', applied: true },
            ],
            words: { state: 'kept', segments: [{ text: 'the falcon lands at nine', speaker: 'bo' }] },
          },
        ],
        rights: [{ right: 'access', status: 'identified' }],
      },
    });
    expect(facts(kept, 'right-received', 'right-identified', 'right-done').map(({ fact }) => fact)).toEqual([
      'right-received',
      'right-identified',
      'right-done',
    ]);
    expect(hana.told('hostNotified')).toEqual([
      {
        id: 'notification-2',
        kind: 'right-exercised',
        level: 'normal',
        summary: 'Someone made a request about their data.',
        items: [{ participantId: 'bo' }],
      },
    ]);
    const { rows } = hana.session.roster();
    expect(rows.map(({ participantId, rights }) => [participantId, rights?.map(({ status }) => status)])).toEqual([
      ['hana', undefined],
      ['bo', ['done']],
      ['cy', undefined],
    ]);
  });

  test('[G7] is told to hosts and to nobody else: what others receive says nothing of it', async () => {
    const { all, bo, cy, comesTo, records } = await keptMeeting();
    await records();
    const received: string[] = [];
    all.network.tap(({ to, data }) => {
      if (to === 'cy') received.push(data);
    });
    const before = cy.session.getSnapshot();
    expect(await comesTo(bo.session.exerciseRight({ right: 'portability' }))).toMatchObject({ outcome: 'done' });
    expect(received.filter((data) => data.includes('portability') || data.includes('falcon'))).toEqual([]);
    expect(cy.session.getSnapshot()).toBe(before);
  });

  test('for somebody else is denied by the authority, whatever a client says; nothing is on the ledger', async () => {
    const { bo, kept, comesTo, records } = await keptMeeting();
    await records();
    const outcome = await comesTo(bo.session.exerciseRight({ right: 'withdrawal', participantId: 'cy' }));
    expect(outcome).toEqual({ outcome: 'denied', code: 'rights/not-yourself' });
    expect(facts(kept, 'right-received', 'withdrawn')).toEqual([]);
  });

  test('is denied where no records are kept, with a ledger or without one', async () => {
    for (const ledger of [undefined, plainLedger().ledger]) {
      const all = meeting();
      await all.joins('hana', { role: 'host', policy: 'all-party', ...(ledger && { ledger }) });
      const bo = await all.joins('bo');
      expect(await all.within(1000, bo.session.exerciseRight({ right: 'access' }))).toEqual({
        outcome: 'denied',
        code: 'records/unavailable',
      });
    }
  });

  test('is misuse where it is no right, and denied before one has joined', async () => {
    const { session } = meeting().comes('bo');
    const wrong = { right: 'oblivion' } as never;
    await expect(session.exerciseRight(wrong)).rejects.toThrow(
      'exerciseRight: right must be one of withdrawal, access, correction, deletion, restriction, portability, objection, not "oblivion".',
    );
    await expect(session.exerciseRight(undefined as never)).rejects.toThrow(TypeError);
    expect(await session.exerciseRight({ right: 'access' })).toEqual({ outcome: 'denied', code: 'session/not-joined' });
  });

  test('answers in chunks that are lost and come again, and is one request however often it is asked', async () => {
    const { all, hana, bo, kept, goesOn, comesTo, records } = await keptMeeting();
    await records();
    const text = 'a long story '.repeat(300).trim();
    void hana.session.feedSegment({ speaker: 'bo', startMs: 3000, endMs: 3400, text, final: true });
    let lost = 0;
    all.network.tap(({ to, data }) => {
      if (to !== 'bo' || !data.includes('"chunk"') || lost > 3) return undefined;
      lost += 1;
      return 'drop';
    });
    const outcome = await comesTo(bo.session.exerciseRight({ right: 'access' }), 3000);
    expect(outcome).toMatchObject({ outcome: 'done', document: { participantId: 'bo' } });
    expect(lost).toBe(4);
    await goesOn();
    expect(facts(kept, 'right-received')).toHaveLength(1);
  });

  test('[G3] withdrawal is the person’s own withdrawal from all they have agreed to: at once, and with their signature', async () => {
    const { bo, kept, comesTo, records, goesOn } = await keptMeeting();
    const recordingId = await records();
    const asked = bo.session.exerciseRight({ right: 'withdrawal' });
    expect(bo.session.getSnapshot().hold?.because).toBe('withdrawing');
    expect(await comesTo(asked, 2000)).toMatchObject({ outcome: 'done', request: { status: 'done' } });
    await goesOn();
    const told = facts(kept, 'withdrawn', 'signed', 'not-captured').filter((fact) => 'participantId' in fact);
    expect(
      told.map((fact) => [fact.fact, 'purpose' in fact && fact.purpose]).filter(([fact]) => fact === 'withdrawn'),
    ).toEqual([
      ['withdrawn', 'recording'],
      ['withdrawn', 'transcription'],
    ]);
    const withdrawn = facts(kept, 'withdrawn').map((fact) => 'answerId' in fact && fact.answerId);
    const signed = facts(kept, 'signed').map((fact) => 'answerId' in fact && fact.answerId);
    expect(withdrawn.every((answerId) => signed.includes(answerId))).toBe(true);
    expect(told).toContainEqual({ fact: 'not-captured', recordingId, participantId: 'bo', because: 'withdrawn' });
  });

  test('[G12] deletion marks one’s words at once, and takes them out once the recording is over', async () => {
    const { bo, hana, kept, comesTo, goesOn, records } = await keptMeeting();
    const recordingId = await records();
    expect(await comesTo(bo.session.exerciseRight({ right: 'deletion' }))).toMatchObject({
      outcome: 'pending',
      code: 'retention/still-recording',
    });
    const last = hana.told('transcriptSegment').at(-1) as { segment: { id: string; text: string } };
    expect([last.segment.id, last.segment.text]).toEqual(['the falcon lands at nine', '']);
    void hana.session.stopRecording();
    await goesOn(20_000);
    const words = (await keptTranscript(kept.vault, recordingId))?.segments.map(({ text }) => text);
    expect(words).toEqual(['noted']);
    expect(kept.storage.marked).toMatchObject([[recordingId, { participantId: 'bo' }]]);
    expect(facts(kept, 'right-done')).toMatchObject([{ right: 'deletion', participantId: 'bo' }]);
    const bosRow = hana.session.roster().rows.find(({ participantId }) => participantId === 'bo');
    expect(bosRow?.rights).toMatchObject([{ right: 'deletion', status: 'done' }]);
  });

  test('[G12] of whoever has asked for deletion readers are told no later word, nor one that comes late', async () => {
    const { bo, hana, comesTo, goesOn, records } = await keptMeeting();
    await records();
    const says = (id: string, speaker: string, startMs: number, text: string, final = true) =>
      hana.session.feedSegment({ id, speaker, startMs, endMs: startMs + 300, text, final });
    void says('late', 'bo', 2500, 'my code', false);
    await goesOn();
    await comesTo(bo.session.exerciseRight({ right: 'deletion' }));
    const before = hana.told('transcriptSegment').length;
    void says('late', 'bo', 2500, 'my code is 0171');
    void says('more', 'bo', 3000, 'and my street', false);
    void says('more', 'bo', 3000, 'and my street is long');
    void says('other', 'cy', 3500, 'noted too');
    await goesOn();
    const told = hana.told('transcriptSegment').slice(before) as { segment: { id: string; text: string } }[];
    expect(told.map(({ segment: { id, text } }) => [id, text])).toEqual([
      ['late', ''],
      ['more', ''],
      ['other', 'noted too'],
    ]);
  });

  test('correction stands beside what was heard, and an objection waits for the host', async () => {
    const { bo, kept, comesTo, records } = await keptMeeting();
    const recordingId = await records();
    const segmentId = 'the falcon lands at nine';
    const correction = { recordingId, segmentId, text: 'the falcon lands at five' };
    expect(await comesTo(bo.session.exerciseRight({ right: 'correction', correction }))).toMatchObject({
      outcome: 'done',
    });
    const [segment] = (await keptTranscript(kept.vault, recordingId))?.segments ?? [];
    expect(segment).toMatchObject({
      text: 'the falcon lands at nine',
      corrections: [{ by: 'bo', text: 'the falcon lands at five' }],
    });
    const notMine = { ...correction, segmentId: 'noted' };
    expect(await comesTo(bo.session.exerciseRight({ right: 'correction', correction: notMine }))).toMatchObject({
      outcome: 'refused',
      code: 'rights/not-your-words',
    });
    expect(await comesTo(bo.session.exerciseRight({ right: 'objection' }))).toMatchObject({
      outcome: 'pending',
      code: 'rights/to-be-decided',
    });
    const access = await comesTo(bo.session.exerciseRight({ right: 'access' }));
    const document = access && 'document' in access ? (access.document as HeldAboutMe) : undefined;
    expect(document?.recordings[0]?.words.segments[0]?.corrections).toHaveLength(1);
  });
});

describe('a recording that a host erases', () => {
  test('[G12] [G5] goes with its transcript and notes, in the vault and at the storage, and everyone sees how far it is', async () => {
    const { hana, bo, kept, comesTo, goesOn, records } = await keptMeeting();
    const recordingId = await records();
    void hana.session.stopRecording();
    await goesOn(20_000);
    expect((await keptTranscript(kept.vault, recordingId))?.segments).toHaveLength(2);
    kept.storage.failures = 2;
    const outcome = await comesTo(hana.session.eraseRecording(recordingId), 100);
    expect(outcome).toEqual({ outcome: 'pending', code: 'retention/storage-failed' });
    await expect(keptTranscript(kept.vault, recordingId)).rejects.toMatchObject({ code: 'vault/destroyed' });
    await goesOn(500);
    expect(bo.session.getSnapshot().erasures).toEqual([
      { recordingId, status: 'failing', code: 'retention/storage-failed' },
    ]);
    await goesOn(5000);
    expect(kept.storage.erased).toEqual([recordingId]);
    expect(bo.session.getSnapshot().erasures).toEqual([{ recordingId, status: 'erased' }]);
    expect(bo.session.getSnapshot().transcripts).toMatchObject([{ recordingId, status: 'erased' }]);
    const whole = { recordingId, kept: ['recording', 'transcript', 'notes'], because: 'host' };
    expect(facts(kept, 'erasing', 'erased')).toEqual([
      { fact: 'erasing', ...whole },
      { fact: 'erased', ...whole },
    ]);
    expect(await comesTo(hana.session.eraseRecording(recordingId))).toEqual({ outcome: 'done' });
  });

  test('[G12] stays under a legal hold, which the host is told', async () => {
    const { all, hana, kept, comesTo, goesOn, records } = await keptMeeting();
    const recordingId = await records();
    void hana.session.stopRecording();
    await goesOn(20_000);
    const retention = createRetention({
      ...kept,
      clock: all.clock,
      policy: { recordingDays: 30, then: 'delete' },
      isOver: () => true,
    });
    await retention.setLegalHold({ meetingId: 'weekly', recordingId, by: 'court', reason: 'case 7' });
    expect(await comesTo(hana.session.eraseRecording(recordingId))).toEqual({
      outcome: 'denied',
      code: 'retention/held',
    });
    expect([kept.storage.erased, hana.session.getSnapshot().erasures]).toEqual([[], []]);
    expect((await keptTranscript(kept.vault, recordingId))?.segments).toHaveLength(2);
  });

  test('is denied, and nothing begun, where nobody reaches its media; an adapter’s own storage does', async () => {
    const { hana, kept, comesTo, goesOn, records } = await keptMeeting({ storage: false });
    const recordingId = await records();
    void hana.session.stopRecording();
    await goesOn(20_000);
    expect(await comesTo(hana.session.eraseRecording(recordingId))).toEqual({
      outcome: 'denied',
      code: 'retention/no-storage',
    });
    expect((await keptTranscript(kept.vault, recordingId))?.segments).toHaveLength(2);
  });
});

describe('a host who says who spoke', () => {
  test('[G5] is heard: it stands beside, and the words go where that person was not clear', async () => {
    const { hana, bo, kept, comesTo, goesOn, records } = await keptMeeting();
    const recordingId = await records();
    const segmentId = 'noted';
    const correct = (speaker: string) => hana.session.correctSpeaker({ recordingId, segmentId, speaker });
    expect(await comesTo(correct('bo'))).toEqual({ outcome: 'done' });
    const last = () => hana.told('transcriptSegment').at(-1) as { segment: unknown };
    expect(last().segment).toMatchObject({ id: 'noted', speaker: 'cy', corrections: [{ by: 'hana', speaker: 'bo' }] });
    expect((await keptTranscript(kept.vault, recordingId))?.segments.at(-1)).toMatchObject({
      corrections: [{ by: 'hana', speaker: 'bo' }],
    });
    expect(await comesTo(correct('dan'))).toEqual({ outcome: 'done' });
    expect(last().segment).toMatchObject({ id: 'noted', text: '' });
    void hana.session.stopRecording();
    await goesOn(20_000);
    expect((await keptTranscript(kept.vault, recordingId))?.segments.map(({ id }) => id)).toEqual([
      'the falcon lands at nine',
    ]);
    expect(facts(kept, 'corrected')).toEqual([
      { fact: 'corrected', recordingId, segmentId, by: 'hana' },
      { fact: 'corrected', recordingId, segmentId, by: 'hana' },
    ]);
    expect(await comesTo(correct('bo'))).toEqual({ outcome: 'denied', code: 'transcript/unknown-segment' });
    expect(await comesTo(bo.session.correctSpeaker({ recordingId, segmentId, speaker: 'bo' }))).toEqual({
      outcome: 'denied',
      code: 'session/not-permitted',
    });
  });
});

test('[G5] in a transcript that was asked for again a host says who spoke of the same engine’s ids, and only those words go', async () => {
  const { hana, bo, cy, kept, comesTo, goesOn, records } = await keptMeeting();
  const recordingId = await records();
  void hana.session.stopTranscript();
  await goesOn(1000);
  void hana.session.requestTranscript();
  await goesOn(1000);
  for (const { session } of [bo, cy]) void session.giveConsent('transcription');
  await goesOn(1000);
  void bo.session.withdrawConsent('transcription');
  await goesOn(1000);
  const texts = async () => (await keptTranscript(kept.vault, recordingId))?.segments.map(({ text }) => text);
  const says = (startMs: number, text: string) =>
    hana.session.feedSegment({ id: 'noted', speaker: 'cy', startMs, endMs: startMs + 300, text, final: true });
  expect(await comesTo(says(7500, 'what bo said to himself'))).toEqual({ outcome: 'done' });
  await comesTo(cy.session.exerciseRight({ right: 'access' }));
  expect(await texts()).toEqual(['the falcon lands at nine', 'noted', 'what bo said to himself']);
  const told = hana.told('transcriptSegment').at(-1) as { segment: { id: string }; transcriptId: string };
  expect(told.segment.id).toBe(`noted#${told.transcriptId}`);
  const corrected = (segmentId: string) => hana.session.correctSpeaker({ recordingId, segmentId, speaker: 'bo' });
  expect(await comesTo(corrected(told.segment.id))).toEqual({ outcome: 'done' });
  expect(await texts()).toEqual(['the falcon lands at nine', 'noted']);
  expect(await comesTo(corrected('noted'))).toEqual({ outcome: 'done' });
  void hana.session.stopRecording();
  await goesOn(20_000);
  expect((await keptTranscript(kept.vault, recordingId))?.segments).toMatchObject([
    { id: 'the falcon lands at nine' },
    { id: 'noted', speaker: 'cy', corrections: [{ by: 'hana', speaker: 'bo' }] },
  ]);
});

test('a host who says who spoke is denied where no records are kept, and hears why', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger: plainLedger().ledger });
  const said = hana.session.correctSpeaker({ recordingId: 'a1b2c3d4e5f60718', segmentId: 's1', speaker: null });
  expect(await all.within(1000, said)).toEqual({ outcome: 'denied', code: 'records/unavailable' });
});

test('[G5] a host may say who spoke long after it was said: who was clear then is not forgotten', async () => {
  const { hana, bo, kept, comesTo, goesOn, records } = await keptMeeting();
  const recordingId = await records();
  void bo.session.withdrawConsent('recording');
  await goesOn(20 * 60_000);
  void bo.session.giveConsent('recording');
  await goesOn(2000);
  expect(await comesTo(hana.session.correctSpeaker({ recordingId, segmentId: 'noted', speaker: 'bo' }))).toEqual({
    outcome: 'done',
  });
  const segments = (await keptTranscript(kept.vault, recordingId))?.segments ?? [];
  expect(segments.map(({ id, corrections }) => [id, corrections?.[0]?.speaker])).toEqual([
    ['the falcon lands at nine', undefined],
    ['noted', 'bo'],
  ]);
});

test('[G12] an adapter’s own storage is where its media are erased', async () => {
  const erased: string[] = [];
  const { hana, goesOn, comesTo, records, kept } = await keptMeeting({
    adapter: { erase: async (recordingId) => void erased.push(recordingId) },
  });
  const recordingId = await records();
  void hana.session.stopRecording();
  await goesOn(20_000);
  expect(await comesTo(hana.session.eraseRecording(recordingId))).toEqual({ outcome: 'done' });
  expect([erased, kept.storage.erased]).toEqual([[recordingId], []]);
});

test('what keeps no records is misuse, said before anything is said to anybody', async () => {
  const { createSession } = await import('../../src/session/session.ts');
  const session = createSession({
    meetingId: 'weekly',
    self: { id: 'hana', role: 'host' },
    records: {} as never,
  });
  await expect(session.join()).rejects.toThrow('createSession: records must have the method begin().');
});
