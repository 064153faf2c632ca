import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { brokenBy } from './judge.ts';
import { randomScenario } from './random-scenario.ts';
import { shrunk } from './shrink.ts';

const help = `Usage: npm run soak -- [options]

Runs random meetings and checks the guarantees in each. What fails is made smaller and kept as a file under
tests/regressions/, where it is a test from then on.

  --scenarios N   how many (default 10000)
  --from SEED     the first seed (default 1); the same seeds are the same meetings
  --workers N     how many at once (default one for each processor)
  --help          this text

Ctrl-C ends it after the meetings under way, and says how far it came. Exit: 0 all held, 1 something was broken,
2 it was called wrongly, 130 it was ended early.
`;

/** How many seeds a worker takes at a time. */
const blockSize = 50;
const folder = 'tests/regressions';

interface Block {
  readonly from: number;
  readonly to: number;
}

/** What a worker has done: a block, with the scenarios that failed in it, made smaller. */
interface Done {
  readonly count: number;
  readonly failures: readonly { readonly seed: number; readonly id: string; readonly scenario: object }[];
}

async function runBlock({ from, to }: Block): Promise<Done> {
  const failures: Done['failures'][number][] = [];
  for (let seed = from; seed < to; seed += 1) {
    const [first] = await brokenBy(randomScenario(seed));
    if (!first) continue;
    const fails = async (smaller: Record<string, unknown>) =>
      (await brokenBy(smaller)).some(({ id }) => id === first.id);
    const scenario = await shrunk(randomScenario(seed), fails);
    const [still = first] = (await brokenBy(scenario)).filter(({ id }) => id === first.id);
    failures.push({
      seed,
      id: first.id,
      scenario: { about: `${first.id}, seed ${seed}: ${still.message}`, ...scenario },
    });
  }
  return { count: to - from, failures };
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  process.stderr.write(`soak: --${name} must be a whole number from 1, not ${JSON.stringify(text)}; try --help.\n`);
  process.exit(2);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        scenarios: { type: 'string', default: '10000' },
        from: { type: 'string', default: '1' },
        workers: { type: 'string', default: String(availableParallelism()) },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(`soak: ${(error as Error).message.split('\n')[0]}; try --help.\n`);
    process.exit(2);
  }
}

async function soak(): Promise<void> {
  const values = options();
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const from = numberOf('from', values.from);
  const scenarios = numberOf('scenarios', values.scenarios);
  const workers = numberOf('workers', values.workers);
  const startedAt = performance.now();
  let next = from;
  let done = 0;
  let isEnding = false;
  const failed: string[] = [];

  const take = (): Block | undefined => {
    if (isEnding || next >= from + scenarios) return undefined;
    const block = { from: next, to: Math.min(next + blockSize, from + scenarios) };
    next = block.to;
    return block;
  };
  const rate = () => Math.round(done / ((performance.now() - startedAt) / 1000));
  const tell = (text: string) => process.stderr.write(process.stderr.isTTY ? `\r${text.padEnd(70)}` : `${text}\n`);
  const progress = () => tell(`${done} of ${scenarios}, ${failed.length} failed, ${rate()} a second`);

  process.once('SIGINT', () => {
    isEnding = true;
    tell('ending after the meetings under way…');
  });
  progress();
  const timer = setInterval(progress, process.stderr.isTTY ? 500 : 10_000);

  await Promise.all(
    Array.from({ length: Math.min(workers, Math.ceil(scenarios / blockSize)) }, () => {
      // Ctrl-C reaches the whole group of processes; a worker is a thread, and goes on.
      const worker = new Worker(new URL(import.meta.url), { workerData: 'soak' });
      return new Promise<void>((resolve, reject) => {
        const give = () => {
          const block = take();
          if (block) worker.postMessage(block);
          else void worker.terminate().then(() => resolve());
        };
        worker.on('message', ({ count, failures }: Done) => {
          done += count;
          for (const { seed, id, scenario } of failures) {
            const file = `${folder}/${id.toLowerCase()}-seed-${seed}.json`;
            mkdirSync(folder, { recursive: true });
            writeFileSync(file, `${JSON.stringify(scenario, null, 2)}\n`);
            failed.push(file);
          }
          give();
        });
        worker.on('error', reject);
        give();
      });
    }),
  );
  clearInterval(timer);
  progress();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `\n${done} random meetings from seed ${from}, ${failed.length} failed, in ${seconds} s (${rate()} a second).\n`,
  );
  for (const file of failed) process.stdout.write(`kept: ${file}\n`);
  process.exitCode = failed.length > 0 ? 1 : done < scenarios ? 130 : 0;
}

if (isMainThread) await soak();
else if (workerData === 'soak') {
  parentPort?.on('message', (block: Block) => void runBlock(block).then((done) => parentPort?.postMessage(done)));
}
