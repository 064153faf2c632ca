import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { run } from '../../src/cli/command.ts';

/** A folder for the files of one test file, which goes with it. */
export function folderOfFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** Writes a file of a text, or of JSON; its path. */
    file(name: string, body: unknown): string {
      const path = join(folder, name);
      writeFileSync(path, typeof body === 'string' ? body : JSON.stringify(body));
      return path;
    },
  };
}

/** What a call of the command printed, and how it ended. */
export async function called(...argv: readonly string[]) {
  const printed = { out: '', err: '' };
  const exit = await run(argv, '1.2.3', {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
  });
  return { exit, ...printed };
}
