import { describe, expect, test } from 'vitest';
import type { Consent, ConsentEvent } from '../../src/consent/consent.types.ts';
import { consentStates, consentTable } from '../../src/consent/consent-table.ts';
import { isNoticeError } from '../../src/core/errors.ts';
import { consentAfter } from '../../src/records/consent.rules.ts';
import { historyOf, readHistory } from '../../src/records/history.ts';
import type { MeetingHistory } from '../../src/records/history.types.ts';
import type { LedgerFact, LedgerRecord } from '../../src/records/ledger.types.ts';
import { english, first, german, keyOf, ledgerOf, second, seen, weeklyMeeting } from './meeting-ledger.ts';

const records = ledgerOf(weeklyMeeting);
const nOf = (wanted: (fact: LedgerFact) => boolean): number => records.findIndex(({ fact }) => wanted(fact));

/** `recording/person/purpose: step step … → what it came to`. */
const consentLines = ({ recordings }: MeetingHistory): string[] =>
  recordings.flatMap(({ recordingId, people }) =>
    people.flatMap(({ participantId, consents }) =>
      consents.map(({ purpose, consent, steps }) => {
        const told = steps.map((step) => `${step.consent}${step.applied ? '' : ' (not applied)'}`);
        return `${recordingId}/${participantId}/${purpose}: ${told.join(' ')} → ${consent}`;
      }),
    ),
  );

const seconds = (at: string | undefined): number | undefined =>
  at === undefined ? undefined : (Date.parse(at) - Date.parse('2026-11-24T15:00:00Z')) / 1000;

const spanLines = ({ recordings }: MeetingHistory): string[] =>
  recordings.flatMap(({ recordingId, people }) =>
    people.flatMap(({ participantId, captured }) =>
      captured.map(
        ({ from, to }) =>
          `${recordingId}/${participantId}: ${seconds(from.at)} ${from.because} – ${seconds(to?.at)} ${to?.because}`,
      ),
    ),
  );

async function refusalOf(...changed: readonly LedgerRecord[]): Promise<{ code: string; message: string }> {
  const error = await readHistory(changed).catch((thrown: unknown) => thrown);
  if (!isNoticeError(error)) throw new Error(`no error but ${String(error)}`);
  return { code: error.code, message: error.message };
}

describe('readHistory', () => {
  test('[G6] tells of each person, purpose and recording what was asked, shown and answered, in order', async () => {
    expect(consentLines(await readHistory(records))).toEqual([
      `${first}/hana/recording: given → given`,
      `${first}/hana/transcription: given → given`,
      `${first}/bo/recording: requested shown given withdrawn → withdrawn`,
      `${first}/bo/transcription: requested shown given withdrawn → withdrawn`,
      `${first}/cy/recording: requested shown given → given`,
      `${first}/cy/transcription: requested shown refused → refused`,
      `${first}/dee/recording: requested expired given (not applied) → expired`,
      `${first}/dee/transcription: requested expired → expired`,
      `${first}/room-7/recording: cannot-be-asked → cannot-be-asked`,
      `${second}/hana/recording: given → given`,
      `${second}/bo/recording: requested shown refused → refused`,
      `${seen}/cy/recording: requested shown acknowledged → acknowledged`,
    ]);
  });

  test('[G6] names the words of each answer, the record and both signatures', async () => {
    const { recordings } = await readHistory(records, {
      wordsOf: ({ hash }) =>
        hash === german.hash ? { title: 'Stimmen Sie zu?', body: 'Es läuft noch nicht.' } : undefined,
    });
    const cy = recordings[0]?.people.find(({ participantId }) => participantId === 'cy');
    const refusal = cy?.consents.find(({ purpose }) => purpose === 'transcription')?.steps.at(-1);
    const n = nOf((fact) => fact.fact === 'refused' && fact.participantId === 'cy');
    const record = records[n];
    const signed = records.find(({ fact }) => fact.fact === 'signed' && fact.participantId === 'cy')?.fact;
    expect(refusal).toEqual({
      n,
      at: '2026-11-24T15:00:12.000Z',
      hash: record?.hash,
      jws: record?.jws,
      key: keyOf('the authority'),
      consent: 'refused',
      applied: true,
      byAsking: false,
      answerId: 'cy-refused-transcription',
      noticeId: 'n-1',
      text: german,
      words: { title: 'Stimmen Sie zu?', body: 'Es läuft noch nicht.' },
      signature: { jws: (signed as { jws: string }).jws, key: keyOf('cy') },
    });
    const bo = recordings[0]?.people.find(({ participantId }) => participantId === 'bo');
    expect(bo?.consents[0]?.steps.map(({ text, words, asks }) => ({ text, words, asks }))).toEqual([
      { asks: 'explicit' },
      { text: english },
      { text: english },
      { text: english },
    ]);
  });

  test('tells from when to when each was captured, and why', async () => {
    expect(spanLines(await readHistory(records))).toEqual([
      `${first}/hana: 62 clear – 600 paused`,
      `${first}/hana: 660 clear – 1800 ended`,
      `${first}/bo: 62 clear – 301 withdrawn`,
      `${first}/cy: 62 clear – 600 paused`,
      `${first}/cy: 660 clear – 1800 ended`,
      `${seen}/cy: 2400 platform – 2500 ended`,
    ]);
  });

  test('leaves a capture open whose end is on no record', async () => {
    const [open] = (await readHistory(records.slice(0, 22))).recordings[0]?.people ?? [];
    expect(open?.captured.map(({ to }) => to)).toEqual([undefined]);
  });

  test('tells who asked, how it ended, and what became of what was kept', async () => {
    const { recordings, rights, head, meetingId, names } = await readHistory(records, {
      nameOf: (id) => (id === 'bo' ? 'Bo Lind' : undefined),
    });
    const facts = recordings.map(({ requests, storage, startedAt, endedAt, outcome, steps }) => ({
      by: requests.map(({ by }) => by),
      reason: requests[0]?.reason,
      storage,
      ran: [seconds(startedAt), seconds(endedAt)],
      outcome,
      steps: steps.map(({ fact, who, about, because, detail, kept, until }) =>
        [fact, who, about, because, detail, kept, until].filter((part) => part !== undefined),
      ),
    }));
    expect(facts).toEqual([
      {
        by: [{ participantId: 'hana', name: 'Hana Novak' }],
        reason: 'For those who are on leave',
        storage: 'cloud',
        ran: [62, 1800],
        outcome: 'stopped',
        steps: [
          ['started', 'hana'],
          ['transcript', 'transcribing'],
          ['paused', 'hana'],
          ['resumed', 'hana'],
          ['ended', 'hana', 'stopped'],
          ['transcript', 'ready'],
          ['erasing', 'bo', 'right', ['recording', 'transcript']],
          ['access-granted', 'Support of the provider', 'The sound is missing', '2026-11-25T15:00:00.000Z'],
          ['erased', 'retention', ['recording', 'transcript', 'notes']],
        ],
      },
      {
        by: [{ participantId: 'hana', name: 'Hana Novak' }],
        reason: undefined,
        storage: 'local',
        ran: [undefined, 2005],
        outcome: 'vetoed',
        steps: [['ended', 'unknown', 'vetoed']],
      },
      {
        by: ['platform'],
        reason: undefined,
        storage: undefined,
        ran: [2400, 2500],
        outcome: 'stopped',
        steps: [
          ['started', 'platform'],
          ['ended', 'platform', 'stopped'],
        ],
      },
    ]);
    expect(rights.map(({ steps, ...right }) => ({ ...right, steps: steps.map(({ status }) => status) }))).toEqual([
      {
        requestId: 'r-1',
        participantId: 'bo',
        right: 'deletion',
        dueAt: '2026-12-24T15:43:20.000Z',
        steps: ['received', 'done'],
      },
    ]);
    expect(meetingId).toBe('weekly');
    expect(head).toEqual({ n: records.length - 1, hash: records.at(-1)?.hash, at: records.at(-1)?.at });
    expect([...names]).toEqual([
      ['hana', 'Hana Novak'],
      ['bo', 'Bo Lind'],
    ]);
  });

  test('reads what a store hands out bit by bit', async () => {
    async function* stored() {
      yield* records;
    }
    expect(await readHistory(stored())).toEqual(await readHistory(records));
  });

  test('says of the lines of a file, and of its path, what is read in their place', async () => {
    const [zero] = records as [LedgerRecord];
    const line = JSON.stringify(records[1]) as unknown as LedgerRecord;
    const message = 'expected a record; a line of a file is read by JSON.parse';
    expect((await refusalOf(zero, line)).message).toBe(`ledger record 1: ${message}`);
    await expect(readHistory('weekly.jsonl' as never)).rejects.toThrow(
      'readHistory: records must be a list or a stream, such as ledger.records(meetingId), not "weekly.jsonl".',
    );
  });

  test('names the record of another meeting, version or order, and what it does not know', async () => {
    const [zero, one, two, three] = records as [LedgerRecord, LedgerRecord, LedgerRecord, LedgerRecord];
    const like = (record: LedgerRecord, more: object) => ({ ...record, ...more }) as LedgerRecord;
    const refusals = [
      await refusalOf(zero, one, like(two, { meetingId: 'daily' })),
      await refusalOf(zero, like(one, { v: 2 })),
      await refusalOf(zero, two, one),
      await refusalOf(zero, one, one),
      await refusalOf(zero, like(three, { fact: { fact: 'gaze', participantId: 'bo' } })),
      await refusalOf(zero, like(three, { fact: { fact: 'toString' } })),
      await refusalOf(zero, like(three, { fact: undefined })),
      await refusalOf(like(zero, { at: 'yesterday' })),
      await refusalOf(like(zero, { n: -1 })),
      await refusalOf(),
    ];
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['ledger/unreadable']));
    expect(refusals.map(({ message }) => message)).toEqual([
      'ledger record 2 at /meetingId: expected one of the meeting "weekly", got one of "daily"',
      'ledger record 1 at /v: expected version 1, got 2',
      'ledger record 1 at /n: expected a number above 2, the one before it',
      'ledger record 1 at /n: expected a number above 1, the one before it',
      'ledger record 3 at /fact/fact: unknown fact "gaze"; is this library older?',
      'ledger record 3 at /fact/fact: unknown fact "toString"; is this library older?',
      'ledger record 3 at /fact/fact: unknown fact undefined; is this library older?',
      'ledger record 0 at /at: expected a time as of RFC 3339, got "yesterday"',
      'ledger record -1 at /n: expected a whole number from 0',
      'ledger record 0: there are no records of this meeting',
    ]);
    await expect(readHistory(records, { meetingId: 'daily' })).rejects.toThrow('ledger record 0 at /meetingId');
  });

  test('[G4] refuses a record about attention, wherever it stands', async () => {
    const about = (fact: object) => refusalOf(...ledgerOf([[0, fact as LedgerFact]]));
    const person = { recordingId: first, participantId: 'bo' };
    const refusals = [
      await about({
        ...person,
        fact: 'given',
        purpose: 'attention-tracking',
        answerId: 'a',
        revision: 1,
        applied: true,
      }),
      await about({
        ...person,
        fact: 'asked',
        purposes: ['recording', 'attention-tracking'],
        noticeId: 'n',
        consent: 'explicit',
      }),
      await about({ fact: 'requested', recordingId: first, purposes: ['attention-tracking'], by: 'unknown' }),
    ];
    expect(refusals.map(({ message }) => message)).toEqual(
      Array.from(
        { length: 3 },
        () => 'ledger record 0 at /fact: nothing about attention tracking is ever in a ledger (G4)',
      ),
    );
  });
});

describe('historyOf', () => {
  test('is what is about one person, in the recordings they are in', async () => {
    const nameOf = (id: string) => ({ bo: 'Bo Lind', cy: 'Cy Ito' })[id];
    const own = historyOf(await readHistory(records, { nameOf }), 'cy');
    expect(consentLines(own)).toEqual([
      `${first}/cy/recording: requested shown given → given`,
      `${first}/cy/transcription: requested shown refused → refused`,
      `${seen}/cy/recording: requested shown acknowledged → acknowledged`,
    ]);
    expect(own.rights).toEqual([]);
    expect([...own.names]).toEqual([
      ['hana', 'Hana Novak'],
      ['cy', 'Cy Ito'],
    ]);
    expect(own.recordings[0]?.steps.map(({ fact }) => fact)).not.toContain('erasing');
    expect(own.recordings[0]?.steps.map(({ fact }) => fact)).toContain('erased');
    expect(historyOf(own, 'nobody').recordings).toEqual([]);
  });
});

test('a consent comes to what the chart of consent says, after each step that the chart allows', () => {
  const steps: Readonly<Record<Consent, ConsentEvent['type']>> = {
    requested: 'consent.requested',
    shown: 'notice.shown',
    given: 'consent.given',
    acknowledged: 'consent.acknowledged',
    refused: 'consent.refused',
    withdrawn: 'consent.withdrawn',
    expired: 'consent.expired',
    'cannot-be-asked': 'participant.unreachable',
  };
  const answers = ['given', 'acknowledged', 'refused', 'withdrawn'];
  const differing = consentStates.flatMap((before, place) =>
    Object.entries(steps).flatMap(([step, event]) => {
      const next = consentTable[place]?.[event];
      // An answer that the chart does not take is never applied; the rest leaves things as they are.
      if (next === undefined && (answers.includes(step) || before === 'unasked')) return [];
      const expected = next === undefined ? before : consentStates[next];
      const actual = consentAfter(before === 'unasked' ? undefined : before, step as Consent);
      return actual === expected ? [] : [{ before, step, expected, actual }];
    }),
  );
  expect(differing).toEqual([]);
});
