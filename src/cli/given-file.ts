import { readFileSync } from 'node:fs';
import { Mistake } from './mistake.ts';

/** What is wrong with a file that cannot be read, by its path. */
export function unreadable(path: string, error: unknown): Mistake {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const why = code === 'EISDIR' ? 'is a folder; expected a file' : `cannot be read (${code}); is the path right?`;
  return new Mistake(`${path}: ${why}`);
}

/** What some editors put before the text of a file: it is no part of it (RFC 8259 §8.1). */
export const withoutMark = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text);

/** What a file holds, as JSON. @throws Mistake that names the file, and where in it. */
export function jsonIn(path: string): unknown {
  const text = withoutMark(textIn(path));
  if (text.trim() === '') throw new Mistake(`${path}: is empty; expected JSON`);
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    throw new Mistake(`${path}: is not JSON: ${message.replaceAll(/\s+/g, ' ')}${placeIn(text, message)}`);
  }
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The line and column of a position, where the runtime tells the position alone. */
function placeIn(text: string, message: string): string {
  const [, position] = /at position (\d+)$/.exec(message) ?? [];
  if (position === undefined) return '';
  const before = text.slice(0, Number(position)).split('\n');
  return ` (line ${before.length} column ${(before.at(-1) ?? '').length + 1})`;
}
