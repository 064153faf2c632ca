import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { LedgerFact, LedgerHead } from '../records/ledger.types.ts';
import type { TranscriptStatus } from '../transcript/transcript.types.ts';
import type { PersonalState, RecordingState } from '../transport/messages.types.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';

/** What the ledger holds of one recording so far, as far as the next facts depend on it: JSON. */
export type RecordingKnown = Pick<RecordingState, 'recordingId' | 'purposes' | 'status' | 'started' | 'withoutWaiting'>;

/** What the ledger holds of one person so far. */
export interface PersonKnown {
  /** The last notice raised for each recording. */
  readonly asked: Readonly<Record<RecordingId, string>>;
  /** Recording and purpose of what ran out or could not be asked. */
  readonly unanswered: readonly string[];
  readonly captured: readonly RecordingId[];
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
}

export const nobodyKnown: PersonKnown = { asked: {}, unanswered: [], captured: [] };

/** What has happened to a recording between one state of it and the next, in order. */
export function factsOfRecording(before: RecordingKnown | undefined, now: RecordingState): LedgerFact[] {
  const { recordingId, by, lastBy = by, storage, reason } = now;
  const facts: LedgerFact[] = [];
  const purposes = now.purposes.filter((purpose) => !before?.purposes.includes(purpose));
  if (purposes.length > 0) {
    facts.push({
      fact: 'requested',
      recordingId,
      purposes,
      by,
      ...(storage && { storage }),
      ...(reason !== undefined && { reason }),
    });
  }
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

/** What has become of a transcript; that it was erased with its recording is a fact of its own (G12). */
export function factsOfTranscript(
  before: TranscriptStatus | undefined,
  { recordingId, status }: TranscriptView,
): LedgerFact[] {
  if (before === status) return [];
  const turned: LedgerFact = { fact: 'transcript', recordingId, status };
  if (status !== 'erased') return [turned];
  return [turned, { fact: 'erased', recordingId, kept: ['transcript'], because: 'host' }];
}

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
  for (const { noticeId, recordingId, purposes, consent } of notices) {
    if (asked[recordingId] === noticeId) continue;
    asked[recordingId] = noticeId;
    facts.push({ fact: 'asked', recordingId, participantId, purposes, noticeId, consent });
  }
  const unanswered: string[] = [];
  for (const { recordingId, purpose, consent } of consents) {
    if (consent !== 'expired' && consent !== 'cannot-be-asked') continue;
    const key = `${recordingId} ${purpose} ${consent}`;
    unanswered.push(key);
    if (!before.unanswered.includes(key)) facts.push({ fact: consent, recordingId, participantId, purpose });
  }
  const now: RecordingId[] = [];
  for (const { recordingId, captured: isCaptured, because } of captured) {
    const was = before.captured.includes(recordingId);
    if (isCaptured) now.push(recordingId);
    if (isCaptured !== was) {
      facts.push({ fact: isCaptured ? 'captured' : 'not-captured', recordingId, participantId, because });
    }
  }
  const isOver = (recordingId: RecordingId) => captured.every((each) => each.recordingId !== recordingId);
  for (const recordingId of before.captured.filter(isOver)) {
    facts.push({ fact: 'not-captured', recordingId, participantId, because: 'ended' });
  }
  return { facts, known: { asked, unanswered, captured: now } };
}
