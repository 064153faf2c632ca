import { createReadStream } from 'node:fs';

/** A ledger's file, line by line: as often as it is asked, in memory that does not grow with it. */
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
    for await (const piece of createReadStream(path, { encoding: 'utf8' })) {
      const whole = (rest + piece).split('\n');
      rest = whole.pop() ?? '';
      yield* whole;
    }
    file.isTorn = rest !== '' && !isJson(rest);
    if (rest !== '' && !file.isTorn) yield rest;
  }
  return Object.assign(file, { [Symbol.asyncIterator]: lines });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
