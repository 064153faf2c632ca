import type { CallerWords } from '../notice/cue-text.ts';
import type { NoticeData } from '../notice/notice.types.ts';
import { isOpen } from '../notice/notice-words.ts';
import type { OpenWordsModule } from '../notice/open-words.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { AdapterModule, AdapterSide } from './adapter-side.ts';
import type { Answering } from './answering.ts';
import type { Client } from './client.ts';
import type { Cues, Listener } from './cues.ts';
import type { Keypad, KeypadModule } from './keypad.ts';
import type { Notices } from './notices.ts';
import { OnDemand, taken } from './on-demand.ts';

/** What is loaded where a session stands on an adapter, its person has keys, or a purpose of the open set is asked for. */
export interface ExtraModules {
  readonly loadKeypad: () => KeypadModule | Promise<KeypadModule>;
  readonly loadAdapterSide: () => AdapterModule | Promise<AdapterModule>;
  readonly loadOpenWords: () => OpenWordsModule | Promise<OpenWordsModule>;
}

interface ExtrasParts {
  readonly client: Client;
  readonly notices: Notices;
  readonly answering: Answering;
  readonly cues: Cues;
  readonly catalogue: () => TextCatalogue;
  readonly version: string;
  readonly listener: (recording: RecordingState) => Listener;
  readonly shares: (active: boolean) => void;
  readonly recordingEnded: (recordingId: string, isConfirmed: boolean) => void;
  readonly load: ExtraModules;
}

/** What only some sessions have: what listens to an adapter, what a caller's keys do (R4), the words of open purposes. */
export class Extras {
  readonly #parts: ExtrasParts;
  readonly #keys: OnDemand<KeypadModule>;
  readonly #words: OnDemand<OpenWordsModule>;
  #openWords: OpenWordsModule['openWords'] | undefined;
  #keypad: Keypad | undefined;
  callerWords: CallerWords | undefined;
  adapter: AdapterSide | undefined;

  constructor(parts: ExtrasParts) {
    this.#parts = parts;
    this.#keys = new OnDemand(parts.load.loadKeypad, parts.client.mailbox);
    this.#words = new OnDemand(parts.load.loadOpenWords, parts.client.mailbox);
  }

  /** Has those that this session needs before its transport opens; a promise while they are loaded. */
  ready(): Promise<unknown> | undefined {
    const { load, client } = this.#parts;
    const { adapter, self } = client.binding;
    const isCaller = self.channel === 'phone' && !this.#keypad;
    const waits = [
      adapter && !this.adapter && taken(load.loadAdapterSide(), (module) => this.#takeAdapterSide(module)),
      isCaller && taken(load.loadKeypad(), (module) => this.#takeKeypad(module)),
    ].filter((each) => each instanceof Promise);
    return waits.length > 0 ? Promise.all(waits) : undefined;
  }

  press(key: string): void {
    if (this.#keypad) this.#keypad.press(key);
    else this.#keys.need((module) => this.#takeKeypad(module).press(key));
  }

  /** A cue was heard to its end. */
  heard(cueId: string): void {
    this.#keypad?.heard(cueId);
  }

  /** The words of a notice's purposes, where one is of the open set, and of whose side is recorded: a notice is worded anew once they are loaded. */
  words({ purposes, side }: NoticeData): OpenWordsModule['openWords'] | undefined {
    if (!this.#openWords && (side || isOpen(purposes))) {
      this.#words.need(({ openWords }) => {
        this.#openWords = openWords;
        this.#parts.notices.reword();
      });
    }
    return this.#openWords;
  }

  #takeAdapterSide({ createAdapterSide }: AdapterModule): void {
    this.adapter = createAdapterSide({ ...this.#parts, pressKey: (key) => this.press(key) });
  }

  #takeKeypad({ createKeypad, callerWords }: KeypadModule): Keypad {
    this.callerWords = callerWords;
    this.#keypad ??= createKeypad(this.#parts);
    return this.#keypad;
  }
}
