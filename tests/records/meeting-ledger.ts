import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import type { TextShown } from '../../src/notice/notice.types.ts';
import type { Epoch } from '../../src/participants/participants.types.ts';
import type { LedgerFact, LedgerRecord, PublicKey } from '../../src/records/ledger.types.ts';

const base64url = (text: string | Buffer): string => Buffer.from(text).toString('base64url');

/** Of the form of a compact JWS by an Ed25519 key over `payload`; nobody signed it. */
export const jwsOver = (payload: string): string =>
  [
    base64url(JSON.stringify({ alg: 'EdDSA' })),
    base64url(payload),
    base64url(createHash('sha512').update(payload).digest()),
  ].join('.');

export const keyOf = (name: string): PublicKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: base64url(createHash('sha256').update(name).digest()),
});

/** The SHA-256 of some words, as a client names them. */
export const textOf = (words: string, locale = 'en', version = '1+2'): TextShown => ({
  version,
  locale,
  hash: createHash('sha256').update(words).digest('hex'),
});

/** A fact, and the seconds after 15:00 at which it was written. */
export type Entry = readonly [atSeconds: number, fact: LedgerFact];

const epoch: Epoch = { number: 1, id: 'hana', incarnation: '7zkq0w4m2x9c5v1b' };

/** Records of these facts, chained as a ledger chains them. */
export function ledgerOf(entries: readonly Entry[], meetingId = 'weekly'): LedgerRecord[] {
  const records: LedgerRecord[] = [];
  for (const [atSeconds, fact] of entries) {
    const at = new Date(Date.UTC(2026, 10, 24, 15, 0, 0) + atSeconds * 1000).toISOString();
    const body = { v: 1, n: records.length, at, meetingId, epoch, prev: records.at(-1)?.hash ?? '', fact } as const;
    const hash = createHash('sha256').update(canonicalJson(body)).digest('base64url');
    records.push({ ...body, hash, jws: jwsOver(hash) });
  }
  return records;
}

export const first = 'a1b2c3d4e5f60718';
export const second = '0f1e2d3c4b5a6978';
export const seen = 'seen-9a8b7c6d5e4f3021';

export const english = textOf('Do you agree to be recorded, with a transcript?');
export const german = textOf('Stimmen Sie der Aufzeichnung zu?', 'de');

const both = ['recording', 'transcription'] as const;

function asked(participantId: string, noticeId: string, recordingId = first): LedgerFact {
  return { fact: 'asked', recordingId, participantId, purposes: both, noticeId, consent: 'explicit' };
}

function answered(
  participantId: string,
  fact: 'given' | 'acknowledged' | 'refused' | 'withdrawn',
  purpose: string,
  more: Partial<Extract<LedgerFact, { answerId: string; revision: number }>> = {},
): LedgerFact {
  const answerId = `${participantId}-${fact}-${purpose}`;
  return {
    recordingId: first,
    participantId,
    purpose,
    answerId,
    revision: 1,
    noticeId: 'n-1',
    text: english,
    applied: true,
    ...more,
    fact,
  };
}

const signed = (participantId: string, answerId: string): Entry => [
  13,
  {
    fact: 'signed',
    recordingId: first,
    participantId,
    answerId,
    jws: jwsOver(`${participantId} ${answerId}`),
    key: keyOf(participantId),
  },
];

/**
 * A weekly meeting. Hana asks for a cloud recording with a transcript; Bo agrees to both and withdraws later, Cy agrees
 * to the recording alone, Dee lets the time run out, a room cannot be asked. A local recording is then refused by Bo, and
 * the platform begins one by itself, of which Cy is told and continues. In the end the first one is erased.
 */
export const weeklyMeeting: readonly Entry[] = [
  [0, { fact: 'opened', key: keyOf('the authority') }],
  [
    1,
    {
      fact: 'requested',
      recordingId: first,
      purposes: both,
      by: { participantId: 'hana', name: 'Hana Novak' },
      storage: 'cloud',
      reason: 'For those who are on leave',
    },
  ],
  [1, asked('bo', 'n-1')],
  [1, asked('cy', 'n-1')],
  [1, asked('dee', 'n-1')],
  [2, { fact: 'shown', recordingId: first, participantId: 'bo', noticeId: 'n-1', text: english }],
  [2, { fact: 'shown', recordingId: first, participantId: 'cy', noticeId: 'n-1', text: german }],
  [3, { fact: 'cannot-be-asked', recordingId: first, participantId: 'room-7', purpose: 'recording' }],
  [10, answered('bo', 'given', 'recording')],
  [10, answered('bo', 'given', 'transcription')],
  [11, answered('cy', 'given', 'recording', { text: german })],
  [12, answered('cy', 'refused', 'transcription', { text: german })],
  signed('bo', 'bo-given-recording'),
  signed('cy', 'cy-refused-transcription'),
  [61, { fact: 'expired', recordingId: first, participantId: 'dee', purpose: 'recording' }],
  [61, { fact: 'expired', recordingId: first, participantId: 'dee', purpose: 'transcription' }],
  [62, { fact: 'started', recordingId: first, by: { participantId: 'hana', name: 'Hana Novak' } }],
  [62, { fact: 'captured', recordingId: first, participantId: 'hana', because: 'clear' }],
  [62, { fact: 'captured', recordingId: first, participantId: 'bo', because: 'clear' }],
  [62, { fact: 'captured', recordingId: first, participantId: 'cy', because: 'clear' }],
  [63, { fact: 'transcript', recordingId: first, status: 'transcribing' }],
  [300, answered('bo', 'withdrawn', 'recording', { revision: 2 })],
  [300, answered('bo', 'withdrawn', 'transcription', { revision: 2 })],
  [301, { fact: 'not-captured', recordingId: first, participantId: 'bo', because: 'withdrawn' }],
  [600, { fact: 'paused', recordingId: first, by: { participantId: 'hana' } }],
  [600, { fact: 'not-captured', recordingId: first, participantId: 'hana', because: 'paused' }],
  [600, { fact: 'not-captured', recordingId: first, participantId: 'cy', because: 'paused' }],
  [660, { fact: 'resumed', recordingId: first, by: { participantId: 'hana' } }],
  [660, { fact: 'captured', recordingId: first, participantId: 'hana', because: 'clear' }],
  [660, { fact: 'captured', recordingId: first, participantId: 'cy', because: 'clear' }],
  [1800, { fact: 'ended', recordingId: first, by: { participantId: 'hana' }, outcome: 'stopped' }],
  [1801, answered('dee', 'given', 'recording', { applied: false })],
  [1802, { fact: 'transcript', recordingId: first, status: 'ready' }],
  [
    2000,
    {
      fact: 'requested',
      recordingId: second,
      purposes: ['recording'],
      by: { participantId: 'hana', name: 'Hana Novak' },
      storage: 'local',
    },
  ],
  [
    2000,
    {
      fact: 'asked',
      recordingId: second,
      participantId: 'bo',
      purposes: ['recording'],
      noticeId: 'n-2',
      consent: 'explicit',
    },
  ],
  [2001, { fact: 'shown', recordingId: second, participantId: 'bo', noticeId: 'n-2', text: english }],
  [2005, answered('bo', 'refused', 'recording', { recordingId: second, noticeId: 'n-2', answerId: 'bo-2' })],
  [2005, { fact: 'ended', recordingId: second, by: 'unknown', outcome: 'vetoed' }],
  [2400, { fact: 'requested', recordingId: seen, purposes: ['recording'], by: 'platform' }],
  [2400, { fact: 'started', recordingId: seen, by: 'platform' }],
  [
    2400,
    {
      fact: 'asked',
      recordingId: seen,
      participantId: 'cy',
      purposes: ['recording'],
      noticeId: 'n-3',
      consent: 'acknowledge',
    },
  ],
  [2400, { fact: 'captured', recordingId: seen, participantId: 'cy', because: 'platform' }],
  [2401, { fact: 'shown', recordingId: seen, participantId: 'cy', noticeId: 'n-3', text: german }],
  [2404, answered('cy', 'acknowledged', 'recording', { recordingId: seen, noticeId: 'n-3', text: german })],
  [2500, { fact: 'ended', recordingId: seen, by: 'platform', outcome: 'stopped' }],
  [
    2600,
    {
      fact: 'right-received',
      participantId: 'bo',
      requestId: 'r-1',
      right: 'deletion',
      dueAt: '2026-12-24T15:43:20.000Z',
      reason: 'I did not want this kept',
    },
  ],
  [
    2610,
    {
      fact: 'erasing',
      recordingId: first,
      kept: ['recording', 'transcript'],
      because: 'right',
      participantId: 'bo',
    },
  ],
  [
    2620,
    { fact: 'right-done', participantId: 'bo', requestId: 'r-1', right: 'deletion', dueAt: '2026-12-24T15:43:20.000Z' },
  ],
  [
    2700,
    {
      fact: 'access-granted',
      recordingId: first,
      grantId: 'g-1',
      to: 'Support of the provider',
      reason: 'The sound is missing',
      until: '2026-11-25T15:00:00.000Z',
    },
  ],
  [9000, { fact: 'erased', recordingId: first, kept: ['recording', 'transcript', 'notes'], because: 'retention' }],
  [9001, { fact: 'closed' }],
];
