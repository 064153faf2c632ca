import { callerWords } from '../notice/caller-text.ts';
import type { CallerWords } from '../notice/cue-text.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { Answering } from './answering.ts';
import type { Client } from './client.ts';
import type { Cues, Listener } from './cues.ts';
import { replyTo } from './key-reply.ts';
import type { Notices } from './notices.ts';

export interface KeypadParts {
  readonly client: Client;
  readonly notices: Notices;
  readonly answering: Answering;
  readonly cues: Cues;
  readonly listener: (recording: RecordingState) => Listener;
  readonly catalogue: () => TextCatalogue;
}

/** What is loaded for callers, before they join; for anybody else, once a key is pressed. */
export interface KeypadModule {
  readonly createKeypad: (parts: KeypadParts) => Keypad;
  readonly callerWords: CallerWords;
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
    const recording = prompt
      ? client.watch.get(prompt.recordingId)
      : (client.watch.living('recording') ?? client.watch.recordings[0]);
    const recordingId = recording?.recordingId ?? cues.last?.recordingId;
    const [living = 'recording'] = recording?.purposes ?? [];
    const purposes = prompt?.purposes ?? [living];
    const agreed = prompt?.consent === 'acknowledge' ? 'acknowledged' : 'given';
    const answer = meaning === 'agree' ? agreed : 'refused';
    const { consent, refusal } = recording ? listener(recording) : {};
    const running = recording?.started ?? false;
    // Who hears of two recordings at once has one key to say no (G3).
    if (prompt && meaning === 'refuse' && purposes.includes('recording')) answering.withdrawFromAll(prompt.recordingId);
    const outcome = prompt
      ? await answering.answerNotice(prompt.noticeId, Object.fromEntries(purposes.map((each) => [each, answer])))
      : await answering.answerPurpose(living, meaning === 'agree' ? 'given' : 'withdrawn');
    client.mailbox.post(() => {
      if (!client.isOpen || recordingId === undefined) return;
      const pressed = {
        outcome,
        answer,
        purposes,
        running,
        ...(consent && { consent }),
        ...(refusal && { refusal }),
      } as const;
      const { came, announcement } = replyTo(pressed, this.#parts.catalogue());
      // Another question has taken the place of the one that was answered.
      if (came === 'moot' && notices.prompt) cues.repeat(true);
      else cues.answered(recordingId, purposes, announcement);
    });
  }
}

export const createKeypad = (parts: KeypadParts): Keypad => new Keypad(parts);

export { callerWords };
