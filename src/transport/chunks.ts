import type { Endpoint } from '../participants/participants.types.ts';
import { type ParsedMessage, parseBody, parseMessage } from './messages.parse.ts';

/** Bodies of which some chunks are still missing. */
const bodiesKept = 8;

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
