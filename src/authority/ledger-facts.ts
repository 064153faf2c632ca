import type { ParticipantId, Purpose, RecordingId, RequestedBy } from '../participants/participants.types.ts';
import type { LedgerFact, LedgerHead } from '../records/ledger.types.ts';
import type { TranscriptStatus } from '../transcript/transcript.types.ts';
import type { PersonalState, RecordingState } from '../transport/messages.types.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { PurposeAsked } from './live-recording.types.ts';

/** What the ledger holds of one recording so far, as far as the next facts depend on it: JSON. */
export type RecordingKnown = Pick<RecordingState, 'recordingId' | 'purposes' | 'status' | 'started' | 'withoutWaiting'>;

/** What the ledger holds of one person so far. */
export interface PersonKnown {
  /** The last notice raised for each recording. */
  readonly asked: Readonly<Record<RecordingId, string>>;
  /** Recording and purpose of what ran out or could not be asked. */
  readonly unanswered: readonly string[];
  readonly captured: readonly CapturedBy[];
}

/** A recording, or a purpose of the open set that is part of one. */
interface CapturedBy {
  readonly recordingId: RecordingId;
  readonly purpose?: Purpose;
}

/** What the next authority must know, so that nothing is written twice: JSON. */
export interface LedgerKnown {
  readonly head?: LedgerHead;
  readonly recordings: readonly RecordingKnown[];
  /** Where each transcript stands, by its id. */
  readonly transcripts: readonly (readonly [string, TranscriptStatus])[];
  /** Whoever is known alike stands together. */
  readonly people: readonly (readonly [PersonKnown, readonly ParticipantId[]])[];
  readonly said: readonly string[];
  /** In order: what was to be kept, and its store has not taken. */
  readonly unkept?: readonly LedgerFact[];
}

export const nobodyKnown: PersonKnown = { asked: {}, unanswered: [], captured: [] };

/** What has happened to a recording between one state of it and the next, in order; `asked` tells who asked for what later. */
export function factsOfRecording(
  before: RecordingKnown | undefined,
  now: RecordingState,
  asked: ReadonlyMap<Purpose, PurposeAsked> = new Map(),
): LedgerFact[] {
  const { recordingId, by, lastBy = by, storage, reason, only } = now;
  const facts: LedgerFact[] = [];
  const requested = (purposes: readonly Purpose[], whose: { by: RequestedBy; reason?: string | undefined }) =>
    facts.push({
      fact: 'requested',
      recordingId,
      purposes,
      by: whose.by,
      ...(storage && { storage }),
      ...(whose.reason !== undefined && { reason: whose.reason }),
      ...(only && { only }),
    });
  const purposes = now.purposes.filter((purpose) => !before?.purposes.includes(purpose));
  const together = purposes.filter((purpose) => !asked.has(purpose));
  if (together.length > 0) requested(together, { by, reason });
  for (const [purpose, whose] of asked) if (purposes.includes(purpose)) requested([purpose], whose);
  if (now.withoutWaiting && !before?.withoutWaiting) {
    facts.push({ fact: 'started-without-waiting', recordingId, ...now.withoutWaiting });
  }
  if (now.started && !before?.started) facts.push({ fact: 'started', recordingId, by });
  const was = before?.status;
  if (now.status === 'paused' && was !== 'paused') facts.push({ fact: 'paused', recordingId, by: lastBy });
  if (now.status === 'on' && was === 'paused') facts.push({ fact: 'resumed', recordingId, by: lastBy });
  if (now.ended && was !== 'off') {
    const { outcome, code } = now.ended;
    facts.push({ fact: 'ended', recordingId, by: lastBy, outcome, ...(code !== undefined && { code }) });
  }
  return facts;
}

/** What has become of a transcript; what is erased with it, and why, is a fact of its own (G12). */
export const factsOfTranscript = (
  before: TranscriptStatus | undefined,
  { recordingId, status }: TranscriptView,
): LedgerFact[] => (before === status ? [] : [{ fact: 'transcript', recordingId, status }]);

export const knownOf = ({
  recordingId,
  purposes,
  status,
  started,
  withoutWaiting,
}: RecordingState): RecordingKnown => ({
  recordingId,
  purposes,
  status,
  started,
  ...(withoutWaiting && { withoutWaiting }),
});

/** What has happened to a person between one personal state and the next; their own answers are facts of their own. */
export function factsOfPerson(
  participantId: ParticipantId,
  before: PersonKnown,
  { notices, consents, captured }: PersonalState,
): { readonly facts: readonly LedgerFact[]; readonly known: PersonKnown } {
  const facts: LedgerFact[] = [];
  const asked = { ...before.asked };
  for (const notice of notices) {
    const { noticeId, consent } = notice;
    for (const [recordingId, purposes] of askedBy(notice, consents)) {
      if (asked[recordingId] === noticeId) continue;
      asked[recordingId] = noticeId;
      facts.push({ fact: 'asked', recordingId, participantId, purposes, noticeId, consent });
    }
  }
  const unanswered: string[] = [];
  for (const { recordingId, purpose, consent } of consents) {
    if (consent !== 'expired' && consent !== 'cannot-be-asked') continue;
    const key = `${recordingId} ${purpose} ${consent}`;
    unanswered.push(key);
    if (!before.unanswered.includes(key)) facts.push({ fact: consent, recordingId, participantId, purpose });
  }
  const now: CapturedBy[] = [];
  for (const each of captured) {
    const which = capturedBy(each, captured);
    const was = before.captured.some(isSame(which));
    if (each.captured) now.push(which);
    if (each.captured !== was) {
      const fact = each.captured ? 'captured' : 'not-captured';
      facts.push({ fact, ...which, participantId, because: each.because });
    }
  }
  for (const which of before.captured) {
    if (captured.some((each) => isSame(which)(capturedBy(each, captured)))) continue;
    facts.push({ fact: 'not-captured', ...which, participantId, because: 'ended' });
  }
  return { facts, known: { asked, unanswered, captured: now } };
}

const isSame = (one: CapturedBy) => (other: CapturedBy) =>
  one.recordingId === other.recordingId && one.purpose === other.purpose;

/** What takes somebody: the life itself, whether a recording or a purpose alone, or a purpose that is part of it. */
function capturedBy({ recordingId, purpose }: CapturedBy, all: PersonalState['captured']): CapturedBy {
  const main = all.find((each) => each.recordingId === recordingId);
  return { recordingId, ...(purpose !== undefined && purpose !== main?.purpose && { purpose }) };
}

/** One prompt may ask for several lives: what it asks of each. */
function askedBy(
  { recordingId, purposes }: PersonalState['notices'][number],
  consents: PersonalState['consents'],
): Map<RecordingId, Purpose[]> {
  const lives = new Map<RecordingId, Purpose[]>();
  for (const purpose of purposes) {
    const all = consents.filter((each) => each.purpose === purpose);
    const isOwn = all.length === 0 || all.some((each) => each.recordingId === recordingId);
    const life = isOwn ? recordingId : (all[0]?.recordingId ?? recordingId);
    lives.set(life, [...(lives.get(life) ?? []), purpose]);
  }
  return lives;
}
