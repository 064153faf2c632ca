import { isDecline } from '../consent/answer.rules.ts';
import type { AnswerMessage, ClientMessage } from '../transport/messages.types.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import type { Seat } from './people.ts';
import type { PersonalStates } from './personal-states.ts';
import type { Recordings } from './recordings.ts';
import type { Withdrawals } from './withdrawals.ts';

interface AnswerDeskOptions {
  readonly recordings: Recordings;
  readonly personal: PersonalStates;
  readonly withdrawals: Withdrawals;
  readonly ledger: LedgerDesk | undefined;
  /** Tells everyone what has changed. */
  readonly flush: () => void;
  readonly acknowledgements: Acknowledgements;
}

/** Takes what people say to their notices: answers, and that a notice is on screen. */
export class AnswerDesk {
  readonly #its: AnswerDeskOptions;

  constructor(options: AnswerDeskOptions) {
    this.#its = options;
  }

  answer(seat: Seat, message: AnswerMessage): void {
    const { recordings, personal, withdrawals, ledger, flush, acknowledgements } = this.#its;
    const { person } = seat;
    const { id, recordingId } = message;
    const outcome = recordings.answer(person, message);
    ledger?.answered(person.id, message, outcome, (purpose) => personal.consentOf(person.id, recordingId, purpose));
    // Only a withdrawal from the recording itself waits for the recorder.
    const isWithdrawal = isDecline(message.answers['recording']);
    if (isWithdrawal && outcome.outcome !== 'denied' && withdrawals.isHeld(person.id, recordingId)) {
      withdrawals.wait(id, seat, recordingId, outcome);
    } else {
      flush();
      acknowledgements.send(seat, id, outcome);
    }
  }

  shown(seat: Seat, { id, noticeId, text }: Extract<ClientMessage, { t: 'shown' }>): void {
    const { recordings, personal, ledger, flush, acknowledgements } = this.#its;
    const { person } = seat;
    const lives = recordings.shown(person, (live) => personal.noticeIdsOf(person, live).includes(noticeId));
    for (const recordingId of lives) ledger?.shown(person.id, { noticeId, recordingId, ...(text && { text }) });
    flush();
    acknowledgements.send(
      seat,
      id,
      lives.length === 0 ? { outcome: 'moot', because: 'superseded' } : { outcome: 'done' },
    );
  }
}
