import { derivedId } from '../core/ids.ts';
import { bodyLimit, messageLimit, messageText } from './messages.parse.ts';
import type { Message } from './messages.types.ts';

/** UTF-16 units in a chunk: within 4 KiB in whatever script, escaped once more. */
const chunkLength = 1000;
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
