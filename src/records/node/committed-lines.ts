import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/**
 * Lines that are kept together end with a space, but for the last of them: what a crash leaves of them is told from what
 * is whole. JSON allows the space, and no line of a ledger ends with one.
 */
export const togetherText = (lines: readonly string[]): string => `${lines.join(' \n')}\n`;

const newline = 0x0a;
const space = 0x20;
const blockBytes = 65_536;

/** Where the last whole line ends, in bytes; what comes after was torn. */
export async function committedSize(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const block = Buffer.alloc(Math.min(size, blockBytes));
  // A newline at the start of a block is looked at again as the end of the one before it.
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length);
    const { bytesRead } = await handle.read(block, 0, end - start, start);
    for (let at = bytesRead - 1; at >= 0; at -= 1) {
      if (block[at] === newline && at > 0 && block[at - 1] !== space) return start + at + 1;
    }
    if (start === 0) return 0;
    end = start + 1;
  }
  return 0;
}

/** The whole lines of a file, in memory that does not grow with it. None of a file that is not there. */
export async function* committedLines(file: string): AsyncGenerator<string> {
  let together: string[] = [];
  let rest = '';
  try {
    for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: blockBytes })) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        together.push(line.endsWith(' ') ? line.slice(0, -1) : line);
        if (line.endsWith(' ')) continue;
        yield* together;
        together = [];
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
