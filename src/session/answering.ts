import { everyAnswer, isDecline } from '../consent/answer.rules.ts';
import type { Answer, Consent } from '../consent/consent.types.ts';
import { checkKind, checkText, misuse } from '../core/misuse.ts';
import type { Notice, NoticeId, TextShown } from '../notice/notice.types.ts';
import type { ByPurpose, Purpose, RecordingId } from '../participants/participants.types.ts';
import { purposePolicy } from '../policy/purpose.rules.ts';
import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import { type Attention, notAsked } from './attention.ts';
import type { Client } from './client.ts';
import type { Notices } from './notices.ts';
import type { AnswerOutcome } from './session.types.ts';

/** What is answered about this stays on this client (G4). */
const ownPurpose = 'attention-tracking';

/** Consents under which one may be captured: taking one back holds one's devices at once (G3). */
const mayBeClear: readonly Consent[] = ['given', 'acknowledged', 'shown', 'cannot-be-asked'];

/**
 * How a person answers from this client: checked here, held here at once where they take something back, and sent until
 * the authority has confirmed.
 */
export class Answering {
  readonly #client: Client;
  readonly #notices: Notices;
  readonly #attention: Attention;
  /** Recordings whose cue was played before its notice was here: on a phone that is its `shown`. */
  readonly #heard = new Map<RecordingId, ReadonlySet<Purpose>>();
  readonly #closed = new Map<NoticeId, string>();

  constructor(client: Client, notices: Notices, attention: Attention) {
    this.#client = client;
    this.#notices = notices;
    this.#attention = attention;
  }

  /** The UI has a notice on screen, or its cue was played. */
  shown(noticeId: NoticeId): void {
    const notice = this.#notices.get(noticeId);
    if (!notice || notice.shown) return;
    this.#notices.tell(noticeId, { type: 'notice.shown' });
    if (notice.purpose === ownPurpose) this.#attention.shown(noticeId);
    else this.#client.answers.shown(noticeId, notice.recordingId, textOf(notice));
  }

  /** A cue was played: on a phone (and to a room) it is the notice, of what it spoke of (G1). */
  played(recordingId: RecordingId, purposes: readonly Purpose[]): void {
    this.#heard.set(recordingId, new Set([...(this.#heard.get(recordingId) ?? []), ...purposes]));
    for (const notice of this.#notices.all) if (this.#hasHeard(notice)) this.shown(notice.noticeId);
  }

  hasHeard(recordingId: RecordingId): boolean {
    return this.#heard.has(recordingId);
  }

  raised(notice: Notice): void {
    if (this.#hasHeard(notice)) this.#client.mailbox.post(() => this.shown(notice.noticeId));
  }

  #hasHeard({ recordingId, purposes }: Notice): boolean {
    const heard = this.#heard.get(recordingId);
    return heard !== undefined && purposes.every((purpose) => heard.has(purpose));
  }

  answerNotice(noticeId: NoticeId, answers: ByPurpose<Answer>): Promise<AnswerOutcome> {
    checkKind('answer: noticeId', 'string', noticeId);
    checkAnswers(answers);
    const notice = this.#notices.get(noticeId);
    if (!notice) return settled({ outcome: 'moot', because: this.#closed.get(noticeId) ?? 'superseded' });
    const purposes = Object.keys(answers);
    const isAsked = purposes.every((purpose) => notice.purposes.includes(purpose));
    if (!isAsked || purposes.length === 0) return settled(notAsked);
    const own = answers[ownPurpose];
    return own ? settled(this.#attention.answer(own)) : this.#answerEach(answers, notice);
  }

  /** One prompt may ask for several recordings and purposes: each is answered by itself. */
  async #answerEach(answers: ByPurpose<Answer>, notice: Notice): Promise<AnswerOutcome> {
    const parts = new Map<RecordingId, ByPurpose<Answer>>();
    for (const [purpose, answer] of Object.entries(answers)) {
      const life = this.#lifeOf(purpose, notice);
      parts.set(life, { ...parts.get(life), [purpose]: answer });
    }
    const all = await Promise.all([...parts].map(([life, part]) => this.#answer(life, part, notice)));
    return all.find(({ outcome }) => outcome !== 'recorded') ?? (all[0] as AnswerOutcome);
  }

  #lifeOf(purpose: Purpose, { recordingId }: Notice): RecordingId {
    if (purpose === 'recording' || this.#consentOf(recordingId, purpose)) return recordingId;
    return this.#askedIn(purpose) ?? recordingId;
  }

  #askedIn(purpose: Purpose): RecordingId | undefined {
    return this.#client.follower.personal?.consents.find((each) => each.purpose === purpose)?.recordingId;
  }

  answerPurpose(purpose: Purpose, answer: Answer): Promise<AnswerOutcome> {
    checkText('purpose', purpose, 'recording');
    if (purpose === ownPurpose) return settled(this.#attention.answer(answer));
    const { prompt } = this.#notices;
    const recordingId = prompt?.purposes.includes(purpose) ? this.#lifeOf(purpose, prompt) : this.#living(purpose);
    if (recordingId === undefined) return settled(notAsked);
    const notice = this.#notices.all.find(
      (each) => each.purposes.includes(purpose) && this.#lifeOf(purpose, each) === recordingId,
    );
    // Who takes back a purpose, and not an answer to one notice, means whatever runs for it (G3).
    if (purpose === 'recording' && isDecline(answer)) void this.withdrawFromAll(recordingId);
    return this.#answer(recordingId, { [purpose]: answer }, notice);
  }

  /** Takes back what was said of every living recording, but for one. */
  withdrawFromAll(but?: RecordingId): Promise<unknown> {
    return Promise.all(
      this.#client.watch.recordings.map(
        ({ recordingId, purposes }) =>
          recordingId !== but &&
          purposes.includes('recording') &&
          this.#answer(recordingId, { recording: 'withdrawn' }, undefined),
      ),
    );
  }

  /** An answer was confirmed, or was told to be moot. */
  acknowledged(id: string, outcome: AcknowledgedOutcome): boolean {
    const answer = this.#client.answers.acknowledged(id, outcome);
    if (!answer) return false;
    const type = outcome.outcome === 'recorded' ? 'answer.acknowledged' : 'answer.denied';
    if (answer.noticeId !== undefined) this.#notices.tell(answer.noticeId, { type });
    // What is moot while its recording may still run takes nothing back: the hold ends with the recording.
    const isOver = this.#client.watch.get(answer.recordingId) === undefined;
    // Nor does the late word that an agreement was heard, while what took it back is still on its way.
    const isHeard = !('code' in outcome) && !this.#client.answers.declining.has(answer.recordingId);
    if (isHeard || isOver) {
      this.#client.holds.end(withdrawalHold(answer.recordingId), 'acknowledged');
    }
    return true;
  }

  closed(noticeId: NoticeId, because: string): void {
    this.#closed.set(noticeId, because);
    const [oldest] = this.#closed.keys();
    if (this.#closed.size > 32 && oldest !== undefined) this.#closed.delete(oldest);
  }

  recordingEnded(recordingId: RecordingId, isConfirmed: boolean): void {
    this.#heard.delete(recordingId);
    this.#client.answers.recordingEnded(recordingId, isConfirmed);
    this.#client.holds.end(withdrawalHold(recordingId), 'acknowledged');
  }

  /** Contact is back. What was declined may not have been heard, and its recording may live: held until it is. */
  holdAgain(): void {
    for (const recordingId of this.#client.answers.declining) this.#hold(recordingId);
  }

  /** Whoever decides has said what lives: of that, what was declined is held until it is heard; of anything else it rests. */
  welcomed(): void {
    for (const recordingId of this.#client.answers.declining) {
      if (this.#client.watch.get(recordingId)) this.#hold(recordingId);
      else this.recordingEnded(recordingId, false);
    }
  }

  /** What this person was asked for, unless it is known to be over: the meeting may have told of it in vain. */
  #living(purpose: Purpose): RecordingId | undefined {
    const asked = this.#askedIn(purpose);
    const isOver = asked === undefined || this.#client.own.isOver(asked);
    return isOver ? this.#client.watch.living(purpose)?.recordingId : asked;
  }

  #answer(recordingId: RecordingId, answers: ByPurpose<Answer>, notice: Notice | undefined): Promise<AnswerOutcome> {
    const entries = Object.entries(answers);
    const isUnshown = (purpose: Purpose) => (this.#consentOf(recordingId, purpose) ?? 'requested') === 'requested';
    const agrees = entries.filter(([, answer]) => !isDecline(answer));
    if (agrees.some(([purpose]) => isUnshown(purpose)) && !notice?.shown) {
      return settled({ outcome: 'denied', code: 'notice/not-shown' });
    }
    // Continue is no agreement.
    if (notice?.consent === 'explicit' && agrees.some(([, answer]) => answer === 'acknowledged')) {
      return settled({ outcome: 'denied', code: 'consent/not-enough' });
    }
    // What is on screen may already count, whether or not the authority has said so.
    const main = this.#client.own.mainPurpose(recordingId);
    const isOnScreen = notice?.shown === true && notice.side !== 'other' && notice.purposes.includes(main);
    const mayBeCaptured = (purpose: Purpose) => isOnScreen || this.#mayBeCaptured(recordingId, purpose);
    if (entries.some(([purpose, answer]) => purpose === main && isDecline(answer) && mayBeCaptured(purpose))) {
      this.#hold(recordingId);
    }
    if (notice) this.#notices.tell(notice.noticeId, { type: 'answer.sent' });
    return this.#client.answers.send({
      recordingId,
      answers,
      noticeId: notice?.noticeId,
      shown: notice?.shown === true,
      text: notice && textOf(notice),
    });
  }

  #mayBeCaptured(recordingId: RecordingId, purpose: Purpose): boolean {
    const consent = this.#consentOf(recordingId, purpose);
    // Nobody here knows what was said of it, to an authority before this one or by a request of one's own.
    return consent === undefined
      ? this.#client.watch.get(recordingId)?.only?.includes(this.#client.binding.self.id) !== false
      : mayBeClear.includes(consent);
  }

  #consentOf(recordingId: RecordingId, purpose: Purpose): Consent | undefined {
    return this.#client.follower.personal?.consents.find(
      (each) => each.recordingId === recordingId && each.purpose === purpose,
    )?.consent;
  }

  /** One's own devices are off from the moment one takes consent back until the authority has confirmed (G3). */
  #hold(recordingId: RecordingId): void {
    const { meeting } = this.#client.follower;
    const purpose = this.#client.own.mainPurpose(recordingId);
    const devices = meeting
      ? purposePolicy(meeting.policy, purpose).holds
      : (['microphone', 'camera', 'screen'] as const);
    this.#client.holds.begin(withdrawalHold(recordingId), {
      purpose,
      recordingId,
      devices,
      because: 'withdrawing',
    });
  }
}

const withdrawalHold = (recordingId: RecordingId): string => `withdrawing ${recordingId}`;

const settled = (outcome: AnswerOutcome): Promise<AnswerOutcome> => Promise.resolve(outcome);

function textOf(notice: Notice): TextShown {
  const { version, locale, hash } = notice.text;
  return { version, locale, hash };
}

/** @throws TypeError */
function checkAnswers(answers: unknown): void {
  if (typeof answers !== 'object' || answers === null) {
    throw misuse('answers', "an object such as { recording: 'given' }", answers);
  }
  for (const [purpose, answer] of Object.entries(answers)) checkKind(`answers.${purpose}`, everyAnswer, answer);
}
