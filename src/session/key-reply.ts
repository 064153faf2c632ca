import { type Answered, answeredAnnouncement, type KeyAnswer } from '../notice/answered-text.ts';
import type { SpokenCue } from '../notice/cue-text.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { AnswerOutcome } from './session.types.ts';

/** A key that was pressed as an answer, and what has come of it. */
interface KeyPressed extends Answered {
  readonly outcome: AnswerOutcome;
}

/** What came of a key, and what is said back. */
export function replyTo(
  { outcome, ...pressed }: KeyPressed,
  catalogue: TextCatalogue,
): { readonly came: KeyAnswer; readonly announcement: SpokenCue } {
  const came = whatCame(outcome, pressed.answer, pressed.refusal === 'vetoes');
  return { came, announcement: answeredAnnouncement({ ...pressed, answer: came }, catalogue) };
}

function whatCame(outcome: AnswerOutcome, answer: KeyAnswer, isVeto: boolean): KeyAnswer {
  // A veto may have ended what it was about before its confirmation is here.
  if (outcome.outcome === 'recorded' || (isVeto && answer === 'refused')) return answer;
  if (outcome.outcome === 'unconfirmed') return 'unconfirmed';
  return outcome.outcome === 'denied' && outcome.code === 'notice/not-shown' ? 'too-early' : 'moot';
}
