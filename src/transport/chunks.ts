import { derivedId } from '../core/ids.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import { bodyLimit, messageLimit, messageText, type ParsedMessage, parseBody, parseMessage } from './messages.parse.ts';
import type { Message } from './messages.types.ts';

/** UTF-16 units in a chunk: within 4 KiB in whatever script, escaped once more. */
const chunkLength = 1000;
/** Bodies of which some chunks are still missing. */
const bodiesKept = 8;

const isShort = (text: string): boolean =>
  3 * text.length <= messageLimit || new TextEncoder().encode(text).length <= messageLimit;

/**
 * The texts that carry a message: itself, or where it is longer than 4 KiB the numbered chunks of it. `undefined` over
 * 1 MiB, which nobody would take.
 */
export function textsOf(message: Message): readonly string[] | undefined {
  const text = messageText(message);
  if (isShort(text)) return [text];
  if (text.length > bodyLimit) return undefined;
  // The same body has the same id, so that a repeat brings what was lost of it.
  const id = derivedId(text);
  const parts = Math.ceil(text.length / chunkLength);
  return Array.from({ length: parts }, (_, part) =>
    messageText({ t: 'chunk', id, part, parts, text: text.slice(part * chunkLength, (part + 1) * chunkLength) }),
  );
}

/** Reads what arrives, and puts chunks together. Only who may decide sends any: what waits for the rest is bounded. */
export class Chunks {
  readonly #mayDecide: (from: Endpoint) => boolean;
  readonly #bodies = new Map<string, Map<number, string>>();

  constructor(mayDecide: (from: Endpoint) => boolean) {
    this.#mayDecide = mayDecide;
  }

  /** What a text says, or the code of what is wrong with it; `undefined` for a chunk of which others are missing. */
  read(data: unknown, from: Endpoint): ParsedMessage | undefined {
    const parsed = parseMessage(data);
    if (parsed.message?.t !== 'chunk') return parsed;
    if (!this.#mayDecide(from)) return { code: 'protocol/not-an-authority' };
    const { id, part, parts, text } = parsed.message;
    const key = `${from} ${id}`;
    const texts = this.#bodies.get(key) ?? new Map<number, string>();
    texts.set(part, text);
    this.#bodies.set(key, texts);
    const [oldest] = this.#bodies.keys();
    if (this.#bodies.size > bodiesKept && oldest !== undefined) this.#bodies.delete(oldest);
    if (texts.size < parts) return undefined;
    this.#bodies.delete(key);
    return parseBody(Array.from({ length: parts }, (_, place) => texts.get(place) ?? '').join(''));
  }
}
