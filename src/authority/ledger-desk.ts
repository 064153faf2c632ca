import type { Consent } from '../consent/consent.types.ts';
import type { NoticeId, TextShown } from '../notice/notice.types.ts';
import type { ParticipantId, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { Ledger, LedgerFact, LedgerHead, LedgerRecord } from '../records/ledger.types.ts';
import { signedAnswer } from '../records/signed-answer.ts';
import type { TranscriptStatus } from '../transcript/transcript.types.ts';
import type { AcknowledgedOutcome, AnswerMessage, PersonalState, RecordingState } from '../transport/messages.types.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { AuthorityContext, Inheritance } from './authority.types.ts';
import {
  factsOfPerson,
  factsOfRecording,
  factsOfTranscript,
  knownOf,
  type LedgerKnown,
  nobodyKnown,
  type PersonKnown,
  type RecordingKnown,
} from './ledger-facts.ts';
import { LedgerPen } from './ledger-pen.ts';
import type { LiveRecording } from './live-recording.ts';
import { OneCopy } from './one-copy.ts';
import { Receipts } from './receipts.ts';

/** How many things said are remembered, so that a repeat is no second record: far more than can be on their way. */
const saidKept = 1024;

/**
 * Writes down what this authority tells and is told, once and in order (G6). What it tells are whole states: a fact is
 * what is new in one since the last. Nothing is acknowledged before it is kept.
 */
export class LedgerDesk {
  readonly #context: AuthorityContext;
  readonly #pen: LedgerPen;
  readonly #recordings = new Map<RecordingId, RecordingKnown>();
  readonly #transcripts = new Map<string, TranscriptStatus>();
  readonly #people = new Map<ParticipantId, PersonKnown>();
  readonly #alike = new OneCopy<PersonKnown>();
  readonly #said = new Set<string>();
  readonly receipts: Receipts;
  constructor(context: AuthorityContext, ledger: Ledger, tellHead: () => void) {
    const before = knownBefore(context.options.before);
    this.#context = context;
    this.#pen = new LedgerPen(context, ledger, before?.head, before?.unkept);
    this.receipts = new Receipts({
      context,
      record: (fact) => this.record(fact),
      key: () => this.#pen.key,
      tellHead,
    });
    for (const each of before?.recordings ?? []) this.#recordings.set(each.recordingId, each);
    for (const [id, status] of before?.transcripts ?? []) this.#transcripts.set(id, status);
    for (const [known, ids] of before?.people ?? []) for (const id of ids) this.#people.set(id, known);
    for (const id of before?.said ?? []) this.#said.add(id);
  }

  /** Why the ledger takes nothing at this time, as a code. */
  get failure(): string | undefined {
    return this.#pen.failure;
  }

  get head(): LedgerHead | undefined {
    return this.#pen.head;
  }

  /** All that is to be known by whoever decides next, who writes what its store has not taken; `undefined` while it may still. */
  handOver(): LedgerKnown | undefined {
    const unkept = this.#pen.handOver();
    if (!unkept) return undefined;
    const alike = new Map<PersonKnown, ParticipantId[]>();
    for (const [id, known] of this.#people) alike.set(known, [...(alike.get(known) ?? []), id]);
    const { head } = this;
    return {
      ...(head && { head }),
      recordings: [...this.#recordings.values()],
      transcripts: [...this.#transcripts],
      people: [...alike],
      said: [...this.#said],
      ...(unkept.length > 0 && { unkept }),
    };
  }

  /** What everyone is told of the recordings; `lives` are those that live. */
  recordings(states: readonly RecordingState[], lives: readonly LiveRecording[]): void {
    for (const now of states) {
      const live = lives.find(({ recordingId }) => recordingId === now.recordingId);
      for (const fact of factsOfRecording(this.#recordings.get(now.recordingId), now, live?.asked)) this.write(fact);
      this.#recordings.set(now.recordingId, knownOf(now));
    }
    for (const id of this.#recordings.keys()) {
      if (!states.some(({ recordingId }) => recordingId === id)) this.#recordings.delete(id);
    }
  }

  /** What everyone is told of the transcripts: never what they say. */
  transcripts(views: readonly TranscriptView[]): void {
    for (const view of views) {
      for (const fact of factsOfTranscript(this.#transcripts.get(view.transcriptId), view)) this.write(fact);
      this.#transcripts.set(view.transcriptId, view.status);
    }
  }

  /** What somebody is told about themselves, which it returns. */
  told(id: ParticipantId, now: PersonalState | undefined): PersonalState | undefined {
    if (!now) return undefined;
    const { facts, known } = factsOfPerson(id, this.#people.get(id) ?? nobodyKnown, now);
    for (const fact of facts) this.write(fact);
    if (facts.length > 0 || this.#people.has(id)) this.#people.set(id, this.#alike.of(JSON.stringify(known), known));
    return now;
  }

  /** Somebody has left: nothing of theirs is captured. */
  left(id: ParticipantId): void {
    for (const which of this.#people.get(id)?.captured ?? []) {
      this.write({ fact: 'not-captured', ...which, participantId: id, because: 'left' });
    }
    this.#people.delete(id);
  }

  /** A notice is on somebody's screen, or was spoken to them. */
  shown(
    participantId: ParticipantId,
    notice: { noticeId: NoticeId; recordingId: RecordingId; text?: TextShown },
  ): void {
    const { noticeId, recordingId } = notice;
    if (!this.#isNew(`${participantId} ${noticeId} ${recordingId}`)) return;
    this.write({ fact: 'shown', participantId, ...notice });
  }

  /** What somebody answered, as their client said it, and what it came to; `consentOf`: where they stand after it. */
  answered(
    participantId: ParticipantId,
    message: AnswerMessage,
    outcome: AcknowledgedOutcome,
    consentOf: (purpose: Purpose) => Consent | undefined,
  ): void {
    const { id: answerId, recordingId, noticeId, text, answers, revision } = message;
    const isFirst = this.#isNew(answerId);
    // One that counts after all, as its recording was found to live, is a fact of its own.
    const isNews = outcome.outcome === 'recorded' ? this.#isNew(`${answerId} applied`) : isFirst;
    if (!isNews) return;
    if (message.shown && noticeId !== undefined) {
      this.shown(participantId, { noticeId, recordingId, ...(text && { text }) });
    }
    const records = Object.entries(answers).map(([purpose, answer]) =>
      this.record({
        fact: answer,
        recordingId,
        participantId,
        purpose,
        answerId,
        revision,
        ...(noticeId !== undefined && { noticeId }),
        ...(text && { text }),
        applied: outcome.outcome === 'recorded' && consentOf(purpose) === answer,
      }),
    );
    const { meetingId } = this.#context.options;
    const signed = signedAnswer({
      meetingId,
      participantId,
      answerId,
      revision,
      answers,
      ...(noticeId !== undefined && { noticeId }),
      ...(text && { textHash: text.hash }),
    });
    this.receipts.answered(participantId, answerId, signed, records);
  }

  write(fact: LedgerFact): void {
    void this.record(fact);
  }

  /** Resolves with the record of a fact once it is kept, or with nothing for one that is not a ledger's to keep. */
  record(fact: LedgerFact): Promise<LedgerRecord | undefined> {
    return this.#pen.record(fact);
  }

  /** Runs a task once all that was written so far is kept. */
  whenKept(task: () => void): void {
    this.#pen.whenKept(task);
  }

  /** Nobody took what was handed over: what was held back is written. */
  goOn(): void {
    this.#pen.goOn();
  }

  /** Whoever decides next goes on with the chain where it was handed over; else the rest is tried for a while. */
  close(how: 'closed' | 'handed-over' | 'superseded'): void {
    this.#pen.close(how);
  }

  #isNew(said: string): boolean {
    if (this.#said.has(said)) return false;
    this.#said.add(said);
    const [oldest] = this.#said;
    if (this.#said.size > saidKept && oldest !== undefined) this.#said.delete(oldest);
    return true;
  }
}

/** What the ledger holds of what the authority before has left. */
function knownBefore(before: Inheritance | undefined): LedgerKnown | undefined {
  if (before?.how === 'hand-over') return before.state.ledger;
  if (!before) return undefined;
  const { meeting, ledgerHead } = before;
  return {
    ...(ledgerHead && { head: ledgerHead }),
    recordings: meeting.recordings.map(knownOf),
    transcripts: [],
    people: [],
    said: [],
  };
}
