import { isNoticeError } from '../core/errors.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { RightAsked } from '../recording/recording.types.ts';
import { inTime } from '../records/in-time.ts';
import type { ErasedBecause, LedgerFact } from '../records/ledger.types.ts';
import type { LeftOpen, MeetingDesk, MeetingRecords } from '../records/meeting-records.types.ts';
import { backoffMs } from '../records/retention.rules.ts';
import type { RecordingStorage } from '../records/retention.types.ts';
import type { RightRequest } from '../records/right-request.types.ts';
import { everyRight } from '../records/rights.rules.ts';
import type { RightOutcome } from '../records/rights.types.ts';
import type { Command } from '../transport/command.types.ts';
import { bodyLimit } from '../transport/messages.parse.ts';
import type { AcknowledgedOutcome, AnswerMessage } from '../transport/messages.types.ts';
import type { ErasureView } from '../transport/records-messages.types.ts';
import { times } from '../transport/times.ts';
import { LentPen } from './lent-pen.ts';
import { denied, done } from './outcomes.ts';
import type { Person, Seat } from './people.ts';
import type { Answered, RecordsCommand, RecordsDeskParts } from './records-desk.types.ts';
import { Restrictions } from './restrictions.ts';
import { SealedTranscripts } from './sealed-transcripts.ts';
import { correctSpeaker } from './speaker-correction.ts';

/** Whoever asks hears within this time, while they still wait: what takes longer is pending, and goes on. */
const answerWithinMs = times.giveUpMs / 2;
/** An answer longer than this does not travel: a message carries a little more than what it says. */
const answerMost = bodyLimit - 1000;
/** More than a meeting has; the ledger has them all. */
const requestsKept = 1024;
/** What hosts see of one person's requests, and everyone of erasures. */
const requestsTold = 8;
const erasuresTold = 8;

const codeOf = (error: unknown): string => (isNoticeError(error) ? error.code : 'retention/failed');
const late = new Error('late');
/** Of a whole recording, or of one person's share. */
type ErasureFact = Extract<LedgerFact, { readonly because: ErasedBecause }>;

/**
 * Carries out rights and erasures for as long as this authority decides, with its pen (docs/rights.md). Loaded where the
 * meeting's records are kept, and nowhere else.
 */
export class RecordsDesk {
  readonly #parts: RecordsDeskParts;
  readonly #pen: LentPen;
  readonly #desk: MeetingDesk;
  readonly #sealed: SealedTranscripts;
  readonly #restrictions: Restrictions;
  /** By who asked and the command's id; `undefined` while it is under way. */
  readonly #answers = new Map<string, AcknowledgedOutcome | undefined>();
  readonly #requests = new Map<string, RightRequest>();
  readonly #erasures = new Map<RecordingId, ErasureView>();
  #living: RecordingId | undefined;
  #isGoing = false;
  #goesAgain = false;
  #failures = 0;

  constructor(parts: RecordsDeskParts, records: MeetingRecords, storage: RecordingStorage | undefined) {
    const { context, ledger, transcripts } = parts;
    const { meetingId } = context.options;
    this.#parts = parts;
    this.#restrictions = new Restrictions(transcripts);
    this.#pen = new LentPen(meetingId, ledger, (fact) => context.post(() => this.#written(fact)));
    this.#desk = records.begin({
      meetingId,
      pen: this.#pen,
      storage,
      withdraw: (participantId) => this.#withdraw(participantId),
      changed: (request) => context.post(() => this.#changed(request)),
    });
    this.#sealed = new SealedTranscripts(context, transcripts, this.#desk, () => this.#goOn());
    this.#goOn();
  }

  /** How far the last erasures have come. */
  get erasures(): readonly ErasureView[] {
    return [...this.#erasures.values()].slice(-erasuresTold);
  }

  /** What hosts see of somebody's requests. */
  rightsOf(id: ParticipantId): readonly RightAsked[] {
    return [...this.#requests.values()]
      .filter(({ participantId }) => participantId === id)
      .slice(-requestsTold)
      .map(({ requestId, right, status, dueAt, code }) => ({
        requestId,
        right,
        status,
        dueAt,
        ...(code !== undefined && { code }),
      }));
  }

  /** Does what a command asks for, or says why not. */
  take({ person }: Seat, id: string, command: RecordsCommand): Answered {
    switch (command.do) {
      case 'exerciseRight':
        return this.#exercise(person, id, command);
      case 'eraseRecording':
        return this.#erase(person, id, command.recordingId);
      case 'correctSpeaker': {
        const gone = correctSpeaker(this.#parts, command, person.id);
        if (!gone) return denied('transcript/unknown-segment');
        this.#sealed.corrected(command.recordingId, gone);
        return done;
      }
    }
  }

  #exercise(person: Person, id: string, command: Extract<Command, { do: 'exerciseRight' }>): Answered {
    const { right, participantId = person.id, correction } = command;
    if (!everyRight.includes(right)) return denied('rights/no-such-right');
    const ask = { right, participantId, askedBy: person.id, ...(correction && { correction }) };
    const carried = async () => {
      if (!(await this.#desk.isWhole())) return denied('rights/elsewhere');
      await this.#sealed.all();
      const right = await this.#desk.exercise(ask);
      if (right.outcome === 'pending' && goesOn(right.request)) this.#parts.context.post(() => this.#goOnLater());
      return exercised(right);
    };
    return this.#once(person, id, carried, () => {
      const request = [...this.#requests.values()].findLast(
        (each) => each.participantId === participantId && each.right === right,
      );
      if (!request) return { outcome: 'pending', code: 'rights/under-way' };
      return exercised({ outcome: 'pending', request, code: 'rights/under-way' });
    });
  }

  #erase(person: Person, id: string, recordingId: RecordingId): Answered {
    const objection = this.#parts.transcripts.objection(recordingId);
    // What ended before this authority began, the ledger knows of.
    if (objection !== undefined && objection !== 'recording/unknown') return denied(objection);
    const carried = async (): Promise<AcknowledgedOutcome> => {
      try {
        await this.#desk.erase(recordingId);
        return done;
      } catch (error) {
        if (this.#erasures.get(recordingId)?.status !== 'erasing') return denied(codeOf(error));
        this.#goOn();
        return { outcome: 'pending', code: codeOf(error) };
      }
    };
    return this.#once(person, id, carried, () => ({ outcome: 'pending', code: 'retention/under-way' }));
  }

  /** Looks whether a transcript is ready, or a recording over that something waits for. */
  settle(): void {
    this.#sealed.settle();
    this.#restrictions.settle();
    const living = this.#parts.recordings.own?.live.recordingId;
    const hasEnded = this.#living !== undefined && living !== this.#living;
    this.#living = living;
    if (hasEnded) this.#goOn();
  }

  /** Another decides, or nobody. */
  close(): void {
    this.#desk.end();
    this.#pen.end();
  }

  /** Does it once, however often it is asked for; `tooLate` is the answer where that takes long, and it goes on. */
  #once(
    person: Person,
    id: string,
    task: () => Promise<AcknowledgedOutcome>,
    tooLate: () => AcknowledgedOutcome,
  ): Answered {
    const key = `${person.id} ${id}`;
    if (this.#answers.has(key)) return this.#answers.get(key);
    this.#answers.set(key, undefined);
    const { options, timers, post } = this.#parts.context;
    const answer = inTime(options.clock, answerWithinMs, task(), () => late).catch(
      (error): AcknowledgedOutcome => (error === late ? tooLate() : { outcome: 'failed', code: codeOf(error) }),
    );
    const told = (outcome: AcknowledgedOutcome, resolve: (outcome: AcknowledgedOutcome) => void) =>
      post(() => {
        this.#answers.set(key, outcome);
        // What it says is somebody's own, and is kept for no longer than they may ask again for what was lost of it.
        timers.set(`answer ${key}`, 2 * times.giveUpMs, () => this.#answers.delete(key));
        resolve(outcome);
      });
    return new Promise((resolve) => void answer.then((outcome) => told(outcome, resolve)));
  }

  /** As the person's own withdrawal of all that they have agreed to, without their signature. */
  #withdraw(participantId: ParticipantId): Promise<void> {
    const { context, recordings, personal, ledger } = this.#parts;
    const person = context.people.person(participantId);
    for (const { recordingId, purposes } of person ? recordings.lives : []) {
      const consentOf = (purpose: string) => personal.consentOf(participantId, recordingId, purpose);
      const given = purposes.filter((purpose) => ['given', 'acknowledged'].includes(consentOf(purpose) ?? ''));
      if (!person || given.length === 0) continue;
      const message: AnswerMessage = {
        t: 'answer',
        id: context.options.randomId(),
        recordingId,
        revision: 0,
        answers: Object.fromEntries(given.map((purpose) => [purpose, 'withdrawn'])),
      };
      const outcome = recordings.answer(person, message);
      const revision = outcome.outcome === 'recorded' ? outcome.revision : 0;
      ledger.answered(participantId, { ...message, revision }, outcome, consentOf);
    }
    return this.#pen.kept();
  }

  #changed(request: RightRequest): void {
    this.#requests.set(request.requestId, request);
    const [oldest] = this.#requests.keys();
    if (this.#requests.size > requestsKept && oldest !== undefined) this.#requests.delete(oldest);
    this.#parts.context.changed.person(request.participantId);
  }

  /** What is written of an erasure is done with what the authority itself has. */
  #written(fact: LedgerFact): void {
    this.#restrictions.written(fact);
    if ('because' in fact && 'kept' in fact) this.#goes(fact);
  }

  #goes({ fact, recordingId, participantId, kept, counts }: ErasureFact): void {
    const { transcripts, context } = this.#parts;
    if (participantId !== undefined) transcripts.takeOut(recordingId, participantId);
    else if (!kept.includes('recording')) return;
    else if (fact === 'isolated') transcripts.withhold(recordingId, 'transcript.isolated');
    else {
      // Counts, where they are left, were taken before anything goes.
      transcripts.withhold(recordingId, counts ? 'transcript.anonymised' : 'recording.erased');
      this.#turned({ recordingId, status: fact === 'erasing' ? 'erasing' : 'erased' });
    }
    context.changed.meeting();
  }

  #turned(erasure: ErasureView): void {
    this.#erasures.delete(erasure.recordingId);
    this.#erasures.set(erasure.recordingId, erasure);
    this.#parts.context.changed.meeting();
  }

  /** Goes on with what was begun, and again in a while with what is not done then. */
  #goOn(): void {
    const { context } = this.#parts;
    this.#goesAgain = this.#isGoing;
    if (this.#isGoing) return;
    this.#isGoing = true;
    const ended = (left: LeftOpen | undefined) =>
      context.post(() => {
        this.#isGoing = false;
        for (const { recordingId, code } of left?.erasing ?? []) this.#turned({ recordingId, status: 'failing', code });
        // By somebody else, with another pen.
        for (const recordingId of left?.erased ?? [])
          if (this.#erasures.has(recordingId)) this.#turned({ recordingId, status: 'erased' });
        for (const request of left?.requests ?? []) this.#changed(request);
        this.#restrictions.stood(left?.restricting ?? []);
        const isDone = left && left.erasing.length === 0 && !left.requests.some(goesOn);
        this.#failures = isDone ? 0 : this.#failures + 1;
        if (this.#goesAgain) this.#goOn();
        else if (!isDone) this.#goOnLater();
      });
    this.#desk.goOn().then(ended, (error) => {
      const { doubt, epoch } = context.options;
      context.post(() => doubt(codeOf(error), epoch.id));
      ended(undefined);
    });
  }

  #goOnLater(): void {
    this.#parts.context.timers.set('records', backoffMs(Math.max(1, this.#failures)), () => this.#goOn());
  }
}

/** What goes on by itself, once what it waits for is there. */
const goesOn = ({ right, status }: RightRequest): boolean => right === 'deletion' && status === 'identified';

function exercised(outcome: RightOutcome): AcknowledgedOutcome {
  if (outcome.outcome === 'denied') return denied(outcome.code);
  const right = JSON.stringify(outcome);
  // As it travels, its quotation marks escaped.
  if (JSON.stringify(right).length <= answerMost) return { outcome: 'exercised', right };
  return exercised({ outcome: 'pending', request: outcome.request, code: 'rights/too-long' });
}

/** Makes the desk of one authority. */
export type RecordsDeskMaker = (parts: RecordsDeskParts) => RecordsDesk;

/** What is loaded for it. */
export interface RecordsDeskModule {
  readonly recordsDesk: (records: MeetingRecords, storage: RecordingStorage | undefined) => RecordsDeskMaker;
}

export const recordsDesk: RecordsDeskModule['recordsDesk'] = (records, storage) => (parts) =>
  new RecordsDesk(parts, records, storage);
