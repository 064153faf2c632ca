import type { ParticipantId, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { CapturedSpan, KeptRecording, KeptState, LegalHold } from './kept.types.ts';
import type { ErasedBecause, LedgerFact, LedgerRecord } from './ledger.types.ts';

type Share = { readonly state: 'erasing' | 'erased'; readonly because: ErasedBecause };
type OfRecording = Extract<LedgerFact, { readonly recordingId: RecordingId }>;
type Draft = {
  -readonly [Field in keyof Omit<
    KeptRecording,
    'shares' | 'people' | 'purposes' | 'captured' | 'answers' | 'revisions' | 'holds'
  >]: KeptRecording[Field];
} & {
  holds: LegalHold[];
  shares: Map<ParticipantId, Share>;
  people: Set<ParticipantId>;
  purposes: Purpose[];
  captured: CapturedSpan[];
  answers: Map<ParticipantId, Map<string, string>>;
  revisions: Map<ParticipantId, number>;
};

/** There is nothing about attention on a ledger; were there, nothing is made of it (G4). */
export const isOnRecord = (purpose: Purpose): boolean => purpose !== 'attention-tracking';

/**
 * The purpose of the open set that lives by itself under this id; `undefined` for a recording. Whatever belongs to a
 * recording is asked for with its storage, also where its own request is on another ledger.
 */
export const purposeAlone = ({
  purposes,
  storage,
}: Pick<KeptRecording, 'purposes' | 'storage'>): Purpose | undefined =>
  storage !== undefined || purposes.includes('recording') ? undefined : purposes[0];

const draftOf = (recordingId: RecordingId, at: string): Draft => ({
  recordingId,
  purposes: [],
  state: 'asked',
  lastAt: at,
  holds: [],
  shares: new Map(),
  people: new Set(),
  captured: [],
  answers: new Map(),
  revisions: new Map(),
});

/** What is kept of each recording of a meeting, in the order in which they were first heard of. */
export async function keptRecordings(
  records: AsyncIterable<LedgerRecord>,
): Promise<ReadonlyMap<RecordingId, KeptRecording>> {
  const recordings = new Map<RecordingId, Draft>();
  for await (const { at, fact } of records) {
    if (!('recordingId' in fact)) continue;
    const recording = recordings.get(fact.recordingId) ?? draftOf(fact.recordingId, at);
    recordings.set(fact.recordingId, recording);
    take(recording, at, fact);
    // Of a purpose that lives without a recording nothing is kept but these facts.
    if (purposeAlone(recording) !== undefined) recording.state = 'asked';
  }
  return recordings;
}

/** What is over stays over: words of a late start or end do not bring it back. */
const isOver = (state: KeptState): boolean => state !== 'asked' && state !== 'running';

function take(recording: Draft, at: string, fact: OfRecording): void {
  recording.lastAt = at;
  if ('participantId' in fact && fact.participantId !== undefined && !('kept' in fact))
    recording.people.add(fact.participantId);
  switch (fact.fact) {
    case 'requested':
      recording.purposes = [...new Set([...recording.purposes, ...fact.purposes.filter(isOnRecord)])];
      if (fact.storage !== undefined) recording.storage = fact.storage;
      recording.requestedBy = fact.by;
      if (typeof fact.by === 'object') recording.people.add(fact.by.participantId);
      break;
    case 'started':
      recording.startedAt ??= at;
      if (!isOver(recording.state)) recording.state = 'running';
      break;
    case 'ended':
      recording.endedAt = at;
      if (recording.state === 'running') recording.state = 'kept';
      endSpans(recording, at);
      break;
    case 'captured':
      if (fact.purpose !== undefined) break;
      recording.startedAt ??= at;
      if (!isOver(recording.state)) recording.state = 'running';
      recording.captured.push({ participantId: fact.participantId, from: at });
      break;
    case 'not-captured':
      if (fact.purpose === undefined) endSpans(recording, at, fact.participantId);
      break;
    case 'given':
    case 'acknowledged':
    case 'refused':
    case 'withdrawn':
      recording.revisions.set(
        fact.participantId,
        Math.max(fact.revision, recording.revisions.get(fact.participantId) ?? 0),
      );
      if (fact.applied && isOnRecord(fact.purpose))
        answersOf(recording, fact.participantId).set(fact.purpose, fact.fact);
      break;
    case 'legal-hold-set':
      recording.holds = [
        ...recording.holds.filter(({ by }) => by !== fact.by),
        { by: fact.by, reason: fact.reason, since: at },
      ];
      break;
    case 'legal-hold-lifted':
      recording.holds = recording.holds.filter(({ by }) => by !== fact.by);
      break;
    case 'erasing':
    case 'erased':
    case 'anonymised':
    case 'isolated':
      takeErasure(recording, fact);
      break;
    default:
  }
}

function takeErasure(recording: Draft, fact: Extract<LedgerFact, { readonly because: ErasedBecause }>): void {
  const { because, participantId, counts, kept } = fact;
  if (participantId !== undefined) {
    const state =
      fact.fact === 'erased' || recording.shares.get(participantId)?.state === 'erased' ? 'erased' : 'erasing';
    recording.shares.set(participantId, { state, because });
    return;
  }
  // A transcript that is gone alone leaves its recording, whose media are to go yet.
  if (!kept.includes('recording')) return;
  if (recording.state === 'erased' || recording.state === 'anonymised') return;
  if (recording.state === 'erasing' && fact.fact === 'isolated') return;
  recording.state = fact.fact;
  if (fact.fact === 'erasing') recording.erasing = { because, ...(counts && { counts }) };
}

function answersOf(recording: Draft, participantId: ParticipantId): Map<string, string> {
  const answers = recording.answers.get(participantId) ?? new Map<string, string>();
  recording.answers.set(participantId, answers);
  return answers;
}

function endSpans(recording: Draft, at: string, who?: ParticipantId): void {
  recording.captured = recording.captured.map((span) =>
    span.to === undefined && (who === undefined || span.participantId === who) ? { ...span, to: at } : span,
  );
}
