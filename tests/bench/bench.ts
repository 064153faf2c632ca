import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { measureActors } from './actors.ts';
import { measureAnswer } from './answer.ts';
import { measureAttention } from './attention.ts';
import { type Figure, type Scale, tableOf } from './figure.ts';
import { measureHour } from './hour.ts';
import { measureLedger } from './ledger.ts';
import { measureMemory } from './memory.ts';
import { measureMillion } from './million.ts';
import { measureSegments } from './segments.ts';
import { measureSizes } from './sizes.ts';
import { measureStorm } from './storm.ts';

const measures = {
  answer: measureAnswer,
  memory: measureMemory,
  actors: measureActors,
  storm: measureStorm,
  attention: measureAttention,
  segments: measureSegments,
  hour: measureHour,
  ledger: measureLedger,
  million: measureMillion,
  sizes: measureSizes,
} as const;

type Row = keyof typeof measures;

const rowNames = Object.keys(measures) as Row[];

const help = `Usage: npm run bench -- [options]

Measures what it costs to run this library, and prints one table: each figure, its target, and how it was taken.

  --only ROWS     some of: ${rowNames.join(', ')} (commas between)
  --quick         as small as a test of this command needs; its figures say nothing
  --help          this text

Each row runs by itself, in a thread and heap of its own, so that nothing else should run meanwhile. Exit: 0 every target
is met or known to be missed (the table links why), 1 another is missed, 2 it was called wrongly, 130 it was ended early.
`;

interface Task {
  readonly row: Row;
  readonly scale: Scale;
}

/** What the heap of one row may grow to, in MiB. */
const mostHeap = 4096;

function fail(message: string): never {
  process.stderr.write(`bench: ${message}; try --help.\n`);
  process.exit(2);
}

function options() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', default: rowNames.join(',') },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail((error as Error).message.split('\n')[0] ?? '');
  }
}

function chosen(only: string): Row[] {
  const rows = only.split(',').map((row) => row.trim());
  const unknown = rows.find((row) => !(rowNames as string[]).includes(row));
  if (unknown !== undefined) fail(`there is no row ${JSON.stringify(unknown)}, only ${rowNames.join(', ')}`);
  return rowNames.filter((row) => rows.includes(row));
}

function measured(task: Task): Promise<Figure[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: mostHeap },
    });
    worker.once('message', (figures: Figure[]) => {
      resolve(figures);
      void worker.terminate();
    });
    worker.once('error', reject);
  });
}

async function bench(): Promise<void> {
  const { only, quick, help: asked } = options();
  if (asked) {
    process.stdout.write(help);
    return;
  }
  const rows = chosen(only);
  process.once('SIGINT', () => process.exit(130));
  const figures: Figure[] = [];
  for (const [place, row] of rows.entries()) {
    const startedAt = performance.now();
    process.stderr.write(`${place + 1} of ${rows.length}: ${row} … `);
    figures.push(...(await measured({ row, scale: quick ? 'quick' : 'full' })));
    process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  }
  process.stdout.write(`\n${tableOf(figures)}\n`);
  process.exitCode = figures.some(({ isMet, decision }) => !isMet && decision === undefined) ? 1 : 0;
}

if (isMainThread) await bench();
else {
  const { row, scale } = workerData as Task;
  parentPort?.postMessage(await measures[row](scale));
}
