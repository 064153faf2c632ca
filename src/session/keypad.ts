import { frozen } from '../core/frozen.ts';
import type { CueKind, HookMap } from '../hooks/hooks.types.ts';
import { answeredAnnouncement, sayToCaller } from '../notice/answered-text.ts';
import { callerWords } from '../notice/caller-text.ts';
import type { CallerWords, SpokenCue } from '../notice/cue-text.ts';
import type { NoticeId } from '../notice/notice.types.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { Answering } from './answering.ts';
import type { Client } from './client.ts';
import { type Cues, type Listener, tells } from './cues.ts';
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

type Cue = HookMap['cueRequested'];

/** The keys of a caller (R4): each means what was announced, and what comes of it is said back. */
export class Keypad {
  readonly #parts: KeypadParts;
  /** The cue with the tone, after which a caller's agreement to a notice counts. */
  #tone: { readonly cueId: string; readonly noticeId: NoticeId } | undefined;

  constructor(parts: KeypadParts) {
    this.#parts = parts;
    if (this.#isCaller) parts.cues.callers = (said, cue, recording) => this.#announced(said, cue, recording);
  }

  press(key: string): void {
    const { cues, notices: told } = this.#parts;
    // Once announced, a key keeps its meaning for the whole call.
    const meanings: NonNullable<SpokenCue['keys']> = Object.assign(
      {},
      ...cues.all.map(({ announcement }) => announcement.keys),
    );
    const meaning = meanings[key];
    if (meaning === 'repeat') this.#repeat(told.prompt !== null);
    if (meaning !== 'agree' && meaning !== 'refuse') return;
    this.#tone = undefined;
    if (meaning === 'refuse' || !this.#soundsTone()) void this.#answer(meaning);
  }

  /** A cue was heard to its end. */
  heard(cueId: string): void {
    const { prompt } = this.#parts.notices;
    if (cueId !== this.#tone?.cueId) return;
    const isSame = this.#tone.noticeId === prompt?.noticeId;
    this.#tone = undefined;
    // Another question has taken the place of the one that was agreed to.
    if (isSame) void this.#answer('agree', true);
    else if (prompt) this.#repeat(true);
  }

  get #isCaller(): boolean {
    return this.#parts.client.binding.self.channel === 'phone';
  }

  /** Whose side is recorded; where hearing so is enough to be recorded, the tone comes after it. */
  #announced(said: SpokenCue, cue: CueKind, recording: RecordingState): SpokenCue {
    const { side, isTold, consent } = this.#parts.listener(recording);
    if (!side || isTold || !tells.includes(cue)) return said;
    const isAfterTone = side === 'own' && consent === 'notice';
    return frozen({ ...this.#withSide(said, side), ...(isAfterTone && { tone: 'after' }) });
  }

  #withSide(said: SpokenCue, side: 'own' | 'other'): SpokenCue {
    return { ...said, text: `${said.text} ${sayToCaller(`cue.side.${side}`, this.#parts.catalogue())}` };
  }

  /** Whether whoever agrees now hears the tone first: what they say from then on is recorded, of their side alone. */
  #soundsTone(): boolean {
    const { notices: told, cues, listener } = this.#parts;
    const { prompt } = told;
    const recording = this.#recording();
    if (!this.#isCaller || !prompt?.shown || !recording || !prompt.purposes.includes('recording')) return false;
    const { side, consent, refusal } = listener(recording);
    if (side !== 'own') return false;
    const { recordingId } = recording;
    const { purposes } = prompt;
    const answer = prompt.consent === 'acknowledge' ? 'acknowledged' : 'given';
    const answered = {
      answer,
      purposes,
      running: recording.started,
      ...(consent && { consent }),
      ...(refusal && { refusal }),
    } as const;
    const said = this.#withSide(answeredAnnouncement(answered, this.#parts.catalogue()), side);
    const announcement = frozen({ ...said, tone: 'after' } as const);
    const cueId = cues.add({ purposes, cue: 'answered', announcement, recordingId });
    this.#tone = { cueId, noticeId: prompt.noticeId };
    return true;
  }

  #recording(): RecordingState | undefined {
    const { client, notices: told } = this.#parts;
    return told.prompt
      ? client.watch.get(told.prompt.recordingId)
      : (client.watch.living('recording') ?? client.watch.recordings[0]);
  }

  /** Again, for a caller who pressed the key for it: the question while it is open, otherwise what came last. */
  #repeat(isAsked: boolean): void {
    const { all } = this.#parts.cues;
    const asks = ({ cue, announcement: { keys = {} } }: Cue) =>
      cue !== 'answered' && Object.values(keys).includes('agree');
    const cue = (isAsked ? all.findLast(asks) : undefined) ?? all.at(-1);
    if (!cue) return;
    const { cueId: _, purpose: __, playInMs: ___, ...again } = cue;
    this.#parts.cues.add(again);
  }

  /** A key answers for everything that is asked; refusing later is withdrawing. */
  async #answer(meaning: 'agree' | 'refuse', isToneHeard = false): Promise<void> {
    const { client, answering, cues, listener } = this.#parts;
    const { prompt } = this.#parts.notices;
    const recording = this.#recording();
    const recordingId = recording?.recordingId ?? cues.all.at(-1)?.recordingId;
    const [living = 'recording'] = recording?.purposes ?? [];
    const purposes = prompt?.purposes ?? [living];
    const agreed = prompt?.consent === 'acknowledge' ? 'acknowledged' : 'given';
    const answer = meaning === 'agree' ? agreed : 'refused';
    const { consent, refusal } = recording ? listener(recording) : {};
    const running = recording?.started ?? false;
    // Who hears of two recordings at once has one key to say no (G3).
    if (prompt && meaning === 'refuse' && purposes.includes('recording'))
      void answering.withdrawFromAll(prompt.recordingId);
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
      // Who has heard the tone speaks now.
      if (isToneHeard && outcome.outcome === 'recorded') return;
      // Another question has taken the place of the one that was answered.
      if (came === 'moot' && this.#parts.notices.prompt) this.#repeat(true);
      else cues.add({ purposes, cue: 'answered', announcement, recordingId });
    });
  }
}

export const createKeypad = (parts: KeypadParts): Keypad => new Keypad(parts);

export { callerWords };
