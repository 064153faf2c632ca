import { isNoticeError } from '../core/errors.ts';
import type { ParticipantId, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { AccessToMine, CapturedOfMe, HeldAboutMe, RecordingAboutMe, WordsOfMine } from './held-about-me.types.ts';
import { isOnRecord, keptRecordings, purposeAlone } from './kept.rules.ts';
import type { KeptRecording } from './kept.types.ts';
import { keptTranscript } from './kept-transcript.ts';
import type { LedgerFact, LedgerRecord } from './ledger.types.ts';
import { timeOf } from './meeting-ledgers.ts';
import { ownReceipts } from './own-receipts.ts';
import { rightRequests } from './rights.rules.ts';
import { segmentsOf } from './share.rules.ts';
import type { Vault } from './vault.types.ts';

/** What the answer is made from. */
export interface AboutWhom {
  readonly meetingId: string;
  readonly participantId: ParticipantId;
  readonly right: HeldAboutMe['right'];
  readonly nowMs: number;
}

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] extends readonly (infer E)[] ? E[] : T[Field] };
type Facts = Mutable<Pick<RecordingAboutMe, 'asked' | 'shown' | 'answers' | 'captured'>> & {
  readonly parts: Map<Purpose, CapturedOfMe[]>;
};

/** What the ledger and the vault hold about one person. */
export async function heldAboutMe(
  records: () => AsyncIterable<LedgerRecord>,
  vault: Vault,
  { meetingId, participantId, right, nowMs }: AboutWhom,
): Promise<HeldAboutMe> {
  const all = await keptRecordings(records());
  const mine = [...all.values()].filter(({ people }) => people.has(participantId));
  const facts = await factsOf(records(), participantId);
  const recordings = await Promise.all(
    mine.map(async (recording) => {
      const { parts, ...about } = facts.get(recording.recordingId) ?? noFacts();
      return {
        ...aboutRecording(recording, participantId),
        ...about,
        parts: [...parts].map(([purpose, spans]) => ({ purpose, spans })),
        words: await wordsOf(recording, participantId, vault),
      };
    }),
  );
  const held = {
    format: 'meeting-notice/held-about-me/1',
    right,
    meetingId,
    participantId,
    madeAt: timeOf(nowMs),
    recordings,
    receipts: await ownReceipts(records(), participantId),
  } as const;
  if (right === 'portability') return held;
  const requests = [...(await rightRequests(records())).values()];
  return {
    ...held,
    access: await accessTo(records(), new Set(mine.map(({ recordingId }) => recordingId))),
    rights: requests.filter((request) => request.participantId === participantId),
  };
}

const noFacts = (): Facts => ({ asked: [], shown: [], answers: [], captured: [], parts: new Map() });

function aboutRecording(recording: KeptRecording, participantId: ParticipantId) {
  const { recordingId, purposes, storage = 'cloud', state, requestedBy, startedAt, endedAt, shares } = recording;
  const share = shares.get(participantId);
  return {
    recordingId,
    purposes,
    ...(purposeAlone(recording) === undefined && { storage, state }),
    ...(requestedBy !== undefined && { requestedBy }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(share && { ownShare: share.state }),
  };
}

async function factsOf(records: AsyncIterable<LedgerRecord>, participantId: ParticipantId) {
  const facts = new Map<RecordingId, Facts>();
  for await (const { at, fact } of records) {
    if (!('recordingId' in fact)) continue;
    const about = facts.get(fact.recordingId) ?? noFacts();
    facts.set(fact.recordingId, about);
    // Nobody is in what has ended, nor in what lives with it, also where that was not written of each.
    if (fact.fact === 'ended') for (const spans of [about.captured, ...about.parts.values()]) endSpan(spans, at);
    if ('participantId' in fact && fact.participantId === participantId) takeFact(about, at, fact);
  }
  return facts;
}

function takeFact(about: Facts, at: string, fact: LedgerFact): void {
  switch (fact.fact) {
    case 'asked': {
      const purposes = fact.purposes.filter(isOnRecord);
      if (purposes.length > 0) about.asked.push({ at, noticeId: fact.noticeId, purposes, consent: fact.consent });
      break;
    }
    case 'shown':
      about.shown.push({ at, noticeId: fact.noticeId, ...(fact.text && { text: fact.text }) });
      break;
    case 'given':
    case 'acknowledged':
    case 'refused':
    case 'withdrawn': {
      const { fact: answer, purpose, answerId, noticeId, text, applied } = fact;
      const more = { ...(noticeId !== undefined && { noticeId }), ...(text && { text }) };
      if (isOnRecord(purpose)) about.answers.push({ at, purpose, answer, answerId, ...more, applied });
      break;
    }
    case 'expired':
    case 'cannot-be-asked':
      if (isOnRecord(fact.purpose)) about.answers.push({ at, purpose: fact.purpose, answer: fact.fact, applied: true });
      break;
    case 'captured':
      endSpan(spansOf(about, fact.purpose), at);
      spansOf(about, fact.purpose).push({ from: at, because: fact.because });
      break;
    case 'not-captured':
      endSpan(spansOf(about, fact.purpose), at);
      break;
    default:
  }
}

/** Of the recording itself, or of the purpose that lives by itself; of `purpose` where that lives with a recording. */
function spansOf({ captured, parts }: Facts, purpose: Purpose | undefined): CapturedOfMe[] {
  if (purpose === undefined) return captured;
  const spans = parts.get(purpose) ?? [];
  // There is nothing about attention on a ledger; were there, nothing is made of it (G4).
  if (isOnRecord(purpose)) parts.set(purpose, spans);
  return spans;
}

function endSpan(spans: CapturedOfMe[], to: string): void {
  const last = spans.at(-1);
  if (last && last.to === undefined) spans[spans.length - 1] = { ...last, to };
}

async function wordsOf(recording: KeptRecording, participantId: ParticipantId, vault: Vault): Promise<WordsOfMine> {
  const none = (state: WordsOfMine['state']): WordsOfMine => ({ state, segments: [] });
  if (recording.storage === 'local') return none('outside');
  if (['erasing', 'erased', 'anonymised'].includes(recording.state)) return none('erased');
  if (recording.shares.has(participantId)) return none('erased');
  try {
    const transcript = await keptTranscript(vault, recording.recordingId);
    if (transcript === undefined) return none('none');
    const { language } = transcript;
    return {
      state: 'kept',
      ...(language !== undefined && { language }),
      segments: segmentsOf(transcript, participantId),
    };
  } catch (error) {
    if (!isNoticeError(error) || error.retryable) throw error;
    return none(error.code === 'vault/destroyed' ? 'erased' : 'unreadable');
  }
}

const accessWords = {
  'access-granted': 'granted',
  'access-used': 'used',
  'access-refused': 'refused',
  'access-ended': 'ended',
} as const;

async function accessTo(records: AsyncIterable<LedgerRecord>, mine: ReadonlySet<RecordingId>): Promise<AccessToMine[]> {
  const found: AccessToMine[] = [];
  for await (const { at, fact } of records) {
    if (!('grantId' in fact) || !mine.has(fact.recordingId)) continue;
    const { recordingId, to, reason, kept } = fact;
    found.push({ at, recordingId, what: accessWords[fact.fact], to, reason, ...(kept && { kept }) });
  }
  return found;
}
