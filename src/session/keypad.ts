import type { KeyAnswer } from '../notice/answered-text.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { Answering } from './answering.ts';
import type { Client } from './client.ts';
import type { Cues, Listener } from './cues.ts';
import type { Notices } from './notices.ts';
import type { AnswerOutcome } from './session.types.ts';

interface KeypadParts {
  readonly client: Client;
  readonly notices: Notices;
  readonly answering: Answering;
  readonly cues: Cues;
  readonly listener: (recording: RecordingState) => Listener;
}

/** The keys of a caller (R4): each means what was announced, and what comes of it is said back. */
export class Keypad {
  readonly #parts: KeypadParts;

  constructor(parts: KeypadParts) {
    this.#parts = parts;
  }

  press(key: string): void {
    const { cues, notices } = this.#parts;
    const meaning = cues.keys[key];
    if (meaning === 'repeat') cues.repeat(notices.prompt !== null);
    if (meaning === 'agree' || meaning === 'refuse') void this.#answer(meaning);
  }

  /** A key answers for everything that is asked; refusing later is withdrawing. */
  async #answer(meaning: 'agree' | 'refuse'): Promise<void> {
    const { client, notices, answering, cues, listener } = this.#parts;
    const { prompt } = notices;
    const recording = prompt ? client.watch.get(prompt.recordingId) : client.watch.living('recording');
    const recordingId = recording?.recordingId ?? cues.last?.recordingId;
    const purposes = prompt?.purposes ?? ['recording'];
    const agreed = prompt?.consent === 'acknowledge' ? 'acknowledged' : 'given';
    const answer = meaning === 'agree' ? agreed : 'refused';
    const { consent, refusal } = recording ? listener(recording) : {};
    const running = recording?.started ?? false;
    // Who hears of two recordings at once has one key to say no (G3).
    if (prompt && meaning === 'refuse' && purposes.includes('recording')) answering.withdrawFromAll(prompt.recordingId);
    const outcome = prompt
      ? await answering.answerNotice(prompt.noticeId, Object.fromEntries(purposes.map((each) => [each, answer])))
      : await answering.answerPurpose('recording', meaning === 'agree' ? 'given' : 'withdrawn');
    client.mailbox.post(() => {
      if (!client.isOpen || recordingId === undefined) return;
      const came = whatCame(outcome, answer, refusal === 'vetoes');
      // Another question has taken the place of the one that was answered.
      if (came === 'moot' && notices.prompt) cues.repeat(true);
      else
        cues.answered(recordingId, {
          answer: came,
          purposes,
          running,
          ...(consent && { consent }),
          ...(refusal && { refusal }),
        });
    });
  }
}

function whatCame(outcome: AnswerOutcome, answer: KeyAnswer, isVeto: boolean): KeyAnswer {
  // A veto may have ended what it was about before its confirmation is here.
  if (outcome.outcome === 'recorded' || (isVeto && answer === 'refused')) return answer;
  if (outcome.outcome === 'unconfirmed') return 'unconfirmed';
  return outcome.outcome === 'denied' && outcome.code === 'notice/not-shown' ? 'too-early' : 'moot';
}
