import type { Endpoint } from '../participants/participants.types.ts';
import { type MessageSchemas, type ParsedMessage, parseBody, parseMessage } from './messages.parse.ts';

/** More chunks than the largest body has. */
const chunksAtMost = 1100;
/** Bodies of which some chunks are still missing. */
const bodiesKept = 8;

/** Reads what arrives, and puts chunks together. Only who may decide sends any: what waits for the rest is bounded. */
export class Chunks {
  readonly #mayDecide: (from: Endpoint) => boolean;
  /** What is read: a host's client reads more than others. */
  schemas: MessageSchemas;
  readonly #bodies = new Map<string, Map<number, string>>();

  constructor(mayDecide: (from: Endpoint) => boolean, schemas: MessageSchemas) {
    this.#mayDecide = mayDecide;
    this.schemas = schemas;
  }

  /** What a text says, or the code of what is wrong with it; `undefined` for a chunk of which others are missing. */
  read(data: unknown, from: Endpoint): ParsedMessage | undefined {
    const parsed = parseMessage(data, this.schemas);
    if (parsed.message?.t !== 'chunk') return parsed;
    if (!this.#mayDecide(from)) return { code: 'protocol/not-an-authority' };
    const { id, part, parts, text } = parsed.message;
    if (part >= parts || parts > chunksAtMost) return { code: 'protocol/not-a-message' };
    const key = `${from} ${id}`;
    const texts = this.#bodies.get(key) ?? new Map<number, string>();
    texts.set(part, text);
    this.#bodies.set(key, texts);
    const [oldest] = this.#bodies.keys();
    if (this.#bodies.size > bodiesKept && oldest !== undefined) this.#bodies.delete(oldest);
    if (texts.size < parts) return undefined;
    this.#bodies.delete(key);
    return parseBody(Array.from({ length: parts }, (_, place) => texts.get(place) ?? '').join(''), this.schemas);
  }
}
