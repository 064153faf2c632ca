import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import { readHistory } from '../../src/records/history.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { recordEnglish } from '../../src/records/record-english.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { linesOf, Telling } from '../../src/records/record-lines.ts';
import { recordPage } from '../../src/records/record-page.ts';
import { first, keyOf, ledgerOf, textOf, weeklyMeeting } from './meeting-ledger.ts';

const placeholdersOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('the page is valid HTML to an independent validator', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] });
  for (const catalogue of [recordEnglish, recordGerman]) {
    const history = await readHistory(ledgerOf(weeklyMeeting), {
      wordsOf: () => ({ title: 'Do you agree?', body: 'It has not started yet.' }),
    });
    const report = await validator.validateString(recordPage(history, { catalogue }));
    expect(
      report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => [ruleId, message, line])),
    ).toEqual([]);
  }
});

describe('the words of a record', () => {
  const expected = recordEnglish.texts;

  test('are there in German, with the same parameters, and none besides', () => {
    const own = Object.keys(recordGerman.texts).filter((key) => !Object.hasOwn(german.texts, key));
    expect(own.sort()).toEqual(
      Object.keys(expected)
        .filter((key) => !Object.hasOwn(english.texts, key))
        .sort(),
    );
    const differing = own.filter(
      (key) => String(placeholdersOf(recordGerman.texts[key] ?? '')) !== String(placeholdersOf(expected[key] ?? '')),
    );
    expect(differing).toEqual([]);
  });

  test('are German throughout', () => {
    const own = Object.keys(expected).filter((key) => key.startsWith('record.'));
    expect(own.filter((key) => recordGerman.texts[key] === expected[key])).toEqual(['record.person']);
  });

  test('[G4] name nothing of attention', () => {
    const own = [recordEnglish, recordGerman].flatMap(({ texts }) =>
      Object.entries(texts).filter(([key]) => key.startsWith('record.')),
    );
    expect(own.filter((each) => /attention|aufmerksam|focus|fokus/i.test(each.join(' ')))).toEqual([]);
  });
});

/** One of each fact, as full as it can be; the compiler asks for those that are added. */
const person = { recordingId: first, participantId: 'bo' };
const answer = { ...person, purpose: 'recording', answerId: 'a', revision: 1, text: textOf('words'), applied: true };
const by = { participantId: 'hana', name: 'Hana' };
const erasure = { recordingId: first, kept: ['recording', 'transcript', 'notes'], because: 'host' } as const;
const hold = { recordingId: first, by: 'Legal', reason: 'a case' };
const access = { recordingId: first, grantId: 'g', to: 'Support', reason: 'no sound', kept: 'transcript' } as const;
const right = { participantId: 'bo', requestId: 'r', right: 'restriction', dueAt: '2026-12-24T15:00:00Z' } as const;
const oneOfEach: { readonly [F in LedgerFact['fact']]: LedgerFact & { readonly fact: F } } = {
  opened: { fact: 'opened', key: keyOf('a') },
  continued: { fact: 'continued', key: keyOf('b') },
  closed: { fact: 'closed' },
  requested: { fact: 'requested', recordingId: first, purposes: ['recording'], by, storage: 'cloud', reason: 'why' },
  asked: { ...person, fact: 'asked', purposes: ['recording'], noticeId: 'n', consent: 'acknowledge' },
  shown: { ...person, fact: 'shown', noticeId: 'n' },
  given: { ...answer, fact: 'given' },
  acknowledged: { ...answer, fact: 'acknowledged' },
  refused: { ...answer, fact: 'refused' },
  withdrawn: { ...answer, fact: 'withdrawn' },
  signed: { ...person, fact: 'signed', answerId: 'a', jws: 'a.b.c', key: keyOf('bo') },
  expired: { ...person, fact: 'expired', purpose: 'recording' },
  'cannot-be-asked': { ...person, fact: 'cannot-be-asked', purpose: 'recording' },
  'started-without-waiting': { fact: 'started-without-waiting', recordingId: first, by: 'hana', reason: 'late' },
  started: { fact: 'started', recordingId: first, by },
  paused: { fact: 'paused', recordingId: first, by },
  resumed: { fact: 'resumed', recordingId: first, by },
  ended: { fact: 'ended', recordingId: first, by: 'unknown', outcome: 'failed', code: 'capture/failed' },
  captured: { ...person, fact: 'captured', because: 'announced' },
  'not-captured': { ...person, fact: 'not-captured', because: 'not-admitted' },
  transcript: { fact: 'transcript', recordingId: first, status: 'processing' },
  corrected: { fact: 'corrected', recordingId: first, by: 'bo', segmentId: 's-1' },
  erasing: { ...erasure, fact: 'erasing' },
  erased: { ...erasure, fact: 'erased' },
  anonymised: { ...erasure, fact: 'anonymised', because: 'retention' },
  isolated: { ...erasure, fact: 'isolated', because: 'objection' },
  'legal-hold-set': { ...hold, fact: 'legal-hold-set' },
  'legal-hold-lifted': { ...hold, fact: 'legal-hold-lifted' },
  'access-granted': { ...access, fact: 'access-granted' },
  'access-used': { ...access, fact: 'access-used' },
  'access-refused': { ...access, fact: 'access-refused', grantId: '', to: '', reason: '', code: 'access/no-grant' },
  'access-ended': { ...access, fact: 'access-ended' },
  'right-received': { ...right, fact: 'right-received' },
  'right-identified': { ...right, fact: 'right-identified', identifiedBy: 'session' },
  'right-done': { ...right, fact: 'right-done' },
  'right-refused': { ...right, fact: 'right-refused', code: 'rights/not-yours' },
  'right-extended': { ...right, fact: 'right-extended' },
  'right-ended': { ...right, fact: 'right-ended' },
};

test('[G6] every fact that a ledger can hold is told in words, in both languages', async () => {
  const facts = Object.values(oneOfEach);
  const history = await readHistory(ledgerOf(facts.map((fact, second) => [second, fact] as const)));
  const silent = ['opened', 'continued', 'closed', 'signed'];
  for (const catalogue of [recordEnglish, recordGerman]) {
    const lines = linesOf(history, new Telling(history, { catalogue }));
    const told = new Set(lines.map(({ n }) => n));
    expect(facts.filter(({ fact }, n) => !told.has(n) && !silent.includes(fact))).toEqual([]);
    expect(lines.filter(({ what }) => what.includes('record.') || what === '')).toEqual([]);
    const words = lines.map(({ what, reason }) => [what, reason]);
    expect(words).toContainEqual(
      catalogue === recordEnglish
        ? ['Access was used: transcript', 'no sound']
        : ['Zugang wurde genutzt (Transkript)', 'no sound'],
    );
    expect(words).toContainEqual(
      catalogue === recordEnglish
        ? ['Restriction (GDPR Art. 18): No longer stands', undefined]
        : ['Einschränkung (DSGVO Art. 18) (Gilt nicht mehr)', undefined],
    );
    expect(lines.filter(({ reason }) => reason?.includes('/')).map(({ reason, by: who }) => [reason, who])).toEqual([
      ['capture/failed', catalogue === recordEnglish ? 'Not known' : 'Nicht bekannt'],
      ['access/no-grant', undefined],
      ['rights/not-yours', undefined],
    ]);
  }
});
