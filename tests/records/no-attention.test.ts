import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerRecord } from '../../src/records/ledger.types.ts';
import {
  consentReceipt,
  consentRecords,
  historyOf,
  kantaraReceipt,
  type MeetingHistory,
  meetingVcon,
  readHistory,
  recordCsv,
  recordGerman,
  recordPage,
} from '../../src/records.ts';
import { ledgerOf, weeklyMeeting } from './meeting-ledger.ts';
import { details } from './record-details.ts';

const ids = ['hana', 'bo', 'cy', 'dee', 'room-7'];

/** Every export there is, of all and of each, as the text that would leave the house. */
function everyExport(history: MeetingHistory): string[] {
  const words = [{}, { catalogue: recordGerman }];
  return [
    ...[history, ...ids.map((id) => historyOf(history, id))].flatMap((each) => [
      JSON.stringify(consentRecords(each, details)),
      JSON.stringify(meetingVcon(each)),
      ...words.flatMap((options) => [recordCsv(each, options), recordPage(each, options)]),
    ]),
    ...ids.map((participantId) => JSON.stringify(consentReceipt(history, { participantId }, details))),
    ...ids.map((participantId) => JSON.stringify(kantaraReceipt(history, { participantId }, details) ?? null)),
  ];
}

const mention = /attention|aufmerksam|focus|gaze|inattentive/i;

test('[G4] no export says a word of attention, though the notice document does', async () => {
  expect(JSON.stringify(details.document)).toMatch(mention);
  const exports = everyExport(await readHistory(ledgerOf(weeklyMeeting)));
  expect(exports.length).toBe(46);
  expect(exports.filter((each) => mention.test(each))).toEqual([]);
});

test('[G4] whatever else a record holds is left where it is: no export prints a field that it does not know', async () => {
  const smuggled = ledgerOf(weeklyMeeting).map((record) => ({
    ...record,
    attention: 'record',
    epoch: { ...record.epoch, attention: 'epoch' },
    fact: {
      ...record.fact,
      attention: { inattentive: true },
      sinceMs: 'focus lost',
      ...('text' in record.fact && record.fact.text && { text: { ...record.fact.text, gaze: 'left' } }),
      ...('by' in record.fact && typeof record.fact.by === 'object' && { by: { ...record.fact.by, gaze: 'left' } }),
    },
  })) as readonly LedgerRecord[];
  const exports = everyExport(await readHistory(smuggled));
  expect(exports.filter((each) => mention.test(each))).toEqual([]);
});

test('every export takes whatever people are called and whatever they write', { timeout: 60_000 }, async () => {
  const odd = fc.constantFrom(
    '__proto__',
    'constructor',
    '',
    ' ',
    '\u0000',
    '\uD800',
    '"',
    '<',
    'é',
    '😀',
    '=1',
    'a b',
    'urn:x',
  );
  await fc.assert(
    fc.asyncProperty(odd, odd, odd, async (id, word, purpose) => {
      const person = { recordingId: word, participantId: id };
      const text = { version: word, locale: id, hash: purpose };
      const answer = { ...person, purpose, answerId: word, revision: 1, noticeId: 'n', text, applied: true } as const;
      const history = await readHistory(
        ledgerOf(
          [
            [0, { fact: 'requested', recordingId: word, purposes: [purpose], by: 'unknown', reason: word }],
            [1, { ...person, fact: 'asked', purposes: [purpose], noticeId: 'n', consent: 'explicit' }],
            [2, { ...person, fact: 'shown', noticeId: 'n', text }],
            [3, { ...answer, fact: 'given' }],
            [4, { fact: 'started', recordingId: word, by: 'unknown' }],
          ].map((entry) => entry as never),
          word,
        ),
        { wordsOf: () => ({ title: word, body: id }) },
      );
      const [consent] = history.recordings[0]?.people[0]?.consents ?? [];
      expect([consent?.participantId, consent?.purpose, consent?.consent]).toEqual([id, purpose, 'given']);
      expect(JSON.stringify(consentReceipt(history, { participantId: id }, details))).toContain('dpv:ConsentGiven');
      expect(kantaraReceipt(history, { participantId: id }, details)?.services.length).toBe(1);
      expect(meetingVcon(history).attachments.map(({ consents }) => consents[0]?.status)).toEqual(['granted']);
      expect(recordCsv(history).split('\r\n').length).toBeGreaterThan(5);
      expect(recordPage(history)).toContain('</html>');
    }),
    { numRuns: 100 },
  );
});
