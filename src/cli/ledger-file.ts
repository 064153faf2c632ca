import { createReadStream } from 'node:fs';
import { unreadable, withoutMark } from './given-file.ts';

/** A ledger's file, line by line, without empty ones at its end: as often as it is asked, in memory that does not grow with it. */
export interface LedgerFile extends AsyncIterable<string> {
  readonly path: string;
  /** The last line had no end and is no JSON: a write that was torn, and never acknowledged. Known once it was read. */
  readonly isTorn: boolean;
}

/** The file at this path. It is opened when it is read. */
export function ledgerFile(path: string): LedgerFile {
  const file = { path, isTorn: false };
  async function* lines(): AsyncGenerator<string> {
    let rest = '';
    let isFirst = true;
    for await (const piece of piecesOf(path)) {
      const [end = '', ...whole] = (isFirst ? withoutMark(piece) : piece).split('\n');
      isFirst = false;
      rest += end;
      const next = whole.pop();
      if (next === undefined) continue;
      yield rest;
      yield* whole;
      rest = next;
    }
    file.isTorn = rest !== '' && !isJson(rest);
    if (rest !== '' && !file.isTorn) yield rest;
  }
  return Object.assign(file, { [Symbol.asyncIterator]: () => withoutEmptyEnd(lines()) });
}

async function* withoutEmptyEnd(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let empty = 0;
  for await (const line of lines) {
    if (line.trim() === '') empty += 1;
    else {
      for (; empty > 0; empty -= 1) yield '';
      yield line;
    }
  }
}

/** @throws Mistake that names the file. */
async function* piecesOf(path: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
