import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz, replay } from './run.ts';
import type { Wire } from './world.ts';

const help = `Usage: npm run fuzz -- [options]

Sends random and mutated messages to the authority and the sessions of real meetings, and checks after each that nothing
threw, that what was refused changed nothing, and that a participant changed nothing of others.

  --messages N    how many (default 1000000)
  --seed N        the same seed is the same messages (default 1)
  --replay FILE   sends the messages of a JSON list, as a failure is printed, to one fresh meeting
  --help          this text

Ctrl-C ends it, and says how far it came. Exit: 0 all held, 1 a message broke something (printed as JSON that reproduces
it), 2 it was called wrongly, 130 it was ended early.
`;

function fail(message: string): never {
  process.stderr.write(`fuzz: ${message}; try --help.\n`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        messages: { type: 'string', default: '1000000' },
        seed: { type: 'string', default: '1' },
        replay: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message.split('\n')[0] ?? '');
  }
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0
    ? value
    : fail(`--${name} must be a whole number from 1, not ${JSON.stringify(text)}`);
}

function listIn(file: string): readonly Wire[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Wire[];
  } catch (error) {
    return fail(`${file} is no JSON list of messages: ${(error as Error).message}`);
  }
}

function broke(why: string, messages: readonly Wire[]): void {
  process.stdout.write(`\nbroken: ${why}\n${JSON.stringify(messages)}\n`);
  process.exitCode = 1;
}

const megabytes = (bytes = 0): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function run(): Promise<void> {
  const values = options();
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  if (values.replay !== undefined) {
    const messages = listIn(values.replay);
    const why = await replay(messages);
    if (why === undefined) process.stdout.write(`${messages.length} messages, nothing was broken.\n`);
    else broke(why, messages);
    return;
  }
  const count = numberOf('messages', values.messages);
  const seed = numberOf('seed', values.seed);
  const startedAt = performance.now();
  const rate = (done: number) => Math.round(done / ((performance.now() - startedAt) / 1000));
  let isEnding = false;
  let toldAt = startedAt;
  process.once('SIGINT', () => {
    isEnding = true;
  });
  const { messages, refused, heap, failure } = await fuzz(count, seed, (done) => {
    const now = performance.now();
    if (now - toldAt > (process.stderr.isTTY ? 500 : 10_000)) {
      toldAt = now;
      const text = `${done} of ${count}, ${rate(done)} a second`;
      process.stderr.write(process.stderr.isTTY ? `\r${text.padEnd(70)}` : `${text}\n`);
    }
    return !isEnding;
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`\n${messages} messages of seed ${seed} in ${seconds} s (${rate(messages)} a second).\n`);
  if (heap.length > 0) {
    process.stdout.write(
      `Heap at the start of a meeting: ${megabytes(heap[0])} first, ${megabytes(heap.at(-1))} last.\n`,
    );
  }
  process.stdout.write('Refused, by the code of protocolFailed:\n');
  for (const [code, times] of [...refused].sort()) process.stdout.write(`  ${code.padEnd(32)}${times}\n`);
  if (failure) broke(failure.why, failure.messages);
  else if (messages < count) process.exitCode = 130;
}

await run();
