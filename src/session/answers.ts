import { isDecline } from '../consent/answer.rules.ts';
import type { Answer } from '../consent/consent.types.ts';
import type { NoticeErrorCode } from '../core/errors.ts';
import type { NoticeId, TextShown } from '../notice/notice.types.ts';
import type { ByPurpose, Purpose, RecordingId } from '../participants/participants.types.ts';
import type { AcknowledgedOutcome, AnswerMessage, Message, PersonalState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { Requests } from './requests.ts';
import type { AnswerOutcome } from './session.types.ts';
import type { SessionContext } from './session-context.ts';

interface Sent {
  readonly message: Extract<Message, { t: 'answer' | 'shown' }>;
  readonly recordingId: RecordingId;
  readonly since: number;
  told: boolean;
  /** Whoever decides knows of no such recording, or nobody is heard: said again once somebody else decides. */
  rests: boolean;
  readonly done: (outcome: AnswerOutcome) => void;
}

/**
 * A person's answers on their way: repeated until acknowledged, or until their recording has ended. Each carries a
 * revision one higher than any this client has seen, so that the latest decision wins in whatever order they arrive.
 * A decline outlives the word that its recording has ended, until a recorder has confirmed it: it may be found to live (G3).
 */
export class Answers {
  readonly #context: SessionContext;
  readonly #requests: Pick<Requests, 'isDeclaring'>;
  readonly #said: (answer: AnswerMessage) => void;
  readonly #sent = new Map<string, Sent>();
  readonly #revisions = new Map<string, number>();

  /** `said`: an answer is on its way for the first time. */
  constructor(context: SessionContext, requests: Pick<Requests, 'isDeclaring'>, said: (answer: AnswerMessage) => void) {
    this.#context = context;
    this.#requests = requests;
    this.#said = said;
  }

  get isWaiting(): boolean {
    return [...this.#sent.values()].some(({ rests }) => !rests);
  }

  /** The recordings of which this person has declined something, and whoever decides has not confirmed it yet. */
  get declining(): ReadonlySet<RecordingId> {
    return new Set([...this.#sent.values()].filter(isDeclining).map(({ recordingId }) => recordingId));
  }

  /** Learns the highest revisions that the authority has applied, for any session of this person. */
  learn(personal: PersonalState): void {
    for (const { recordingId, purpose, revision } of personal.consents) this.#raise(recordingId, purpose, revision);
  }

  send(answer: {
    recordingId: RecordingId;
    answers: ByPurpose<Answer>;
    noticeId: NoticeId | undefined;
    shown: boolean;
    text: TextShown | undefined;
  }): Promise<AnswerOutcome> {
    const { recordingId, answers, noticeId, shown, text } = answer;
    const highest = Object.keys(answers).map((purpose) => this.#revisions.get(`${recordingId} ${purpose}`) ?? 0);
    const revision = Math.max(0, ...highest) + 1;
    for (const purpose of Object.keys(answers)) this.#raise(recordingId, purpose, revision);
    this.#forgetTakenBack(recordingId, answers);
    const message: AnswerMessage = {
      t: 'answer',
      id: this.#context.randomId(),
      recordingId,
      revision,
      answers,
      ...(noticeId !== undefined && { noticeId }),
      ...(shown && { shown }),
      ...(text && { text }),
    };
    const outcome = new Promise<AnswerOutcome>((resolve) => this.#transmitNew(message, recordingId, resolve));
    this.#said(message);
    return outcome;
  }

  /** Says that a notice is on screen (or was spoken). */
  shown(noticeId: NoticeId, recordingId: RecordingId, text: TextShown | undefined): void {
    const message = { t: 'shown', id: this.#context.randomId(), noticeId, ...(text && { text }) } as const;
    this.#transmitNew(message, recordingId, () => {});
  }

  /** The answer that was acknowledged, if it was one of these. */
  acknowledged(id: string, outcome: AcknowledgedOutcome): AnswerMessage | undefined {
    const sent = this.#sent.get(id);
    if (!sent) return undefined;
    // It may live elsewhere: of what whoever decides knows, nothing is left to be taken back.
    if (outcome.outcome === 'moot' && outcome.because === 'capture-ended' && isDeclining(sent)) sent.rests = true;
    else this.#sent.delete(id);
    if (!sent.told) sent.done(publicOutcome(outcome));
    sent.told = true;
    return sent.message.t === 'answer' ? sent.message : undefined;
  }

  tick(now: number): void {
    for (const sent of this.#sent.values()) {
      if (!sent.told && now - sent.since >= times.giveUpMs) {
        sent.told = true;
        sent.done({ outcome: 'unconfirmed' });
      }
      this.#transmit(sent);
    }
  }

  /** A new authority hears what the old one may not have. */
  repeat(): void {
    for (const sent of this.#sent.values()) {
      sent.rests = false;
      this.#transmit(sent);
    }
  }

  /** What was said for a recording that has ended is not said again; a decline rests until the end is confirmed. */
  recordingEnded(recordingId: RecordingId, isConfirmed: boolean): void {
    for (const [id, sent] of this.#sent) {
      if (sent.recordingId !== recordingId) continue;
      if (isConfirmed || !isDeclining(sent)) this.#sent.delete(id);
      else sent.rests = true;
      if (!sent.told) sent.done({ outcome: 'moot', because: 'capture-ended' });
      sent.told = true;
    }
  }

  /** Who agrees after all has taken back the decline that rests; what else they declined is said again before it. */
  #forgetTakenBack(recordingId: RecordingId, answers: ByPurpose<Answer>): void {
    for (const [id, sent] of this.#sent) {
      const { message } = sent;
      if (!sent.rests || sent.recordingId !== recordingId || message.t !== 'answer') continue;
      if (Object.keys(message.answers).every((purpose) => answers[purpose])) this.#sent.delete(id);
      else sent.rests = false;
    }
  }

  #transmitNew(message: Sent['message'], recordingId: RecordingId, done: Sent['done']): void {
    const since = this.#context.clock.now();
    const sent = { message, recordingId, since, told: false, rests: false, done };
    this.#sent.set(message.id, sent);
    this.#transmit(sent);
  }

  /** For what they have seen or agreed to nobody is taken in of whom it is not known yet what they declined, or where they are (G1, G11). */
  #transmit(sent: Sent): void {
    const { message, recordingId, rests } = sent;
    const isEarly = !isDeclining(sent) && (this.declining.has(recordingId) || this.#requests.isDeclaring);
    if (!rests && !isEarly) this.#context.tellAuthority(message);
  }

  #raise(recordingId: RecordingId, purpose: Purpose, revision: number): void {
    const key = `${recordingId} ${purpose}`;
    this.#revisions.set(key, Math.max(revision, this.#revisions.get(key) ?? 0));
  }
}

const isDeclining = ({ message }: Sent): boolean =>
  message.t === 'answer' && Object.values(message.answers).some(isDecline);

function publicOutcome(outcome: AcknowledgedOutcome): AnswerOutcome {
  if (outcome.outcome === 'moot') return outcome;
  if ('code' in outcome) return { outcome: 'denied', code: outcome.code as NoticeErrorCode };
  return { outcome: 'recorded', receiptId: 'receiptId' in outcome ? outcome.receiptId : '' };
}
