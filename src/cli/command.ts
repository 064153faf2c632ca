import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isNoticeError } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { jsonLines, tableLines } from '../simulator/format/lines.ts';
import { timeline } from '../simulator/format/timeline.ts';
import { simulate } from '../simulator/simulation.ts';
import type { Simulation, SimulationResult } from '../simulator/simulation.types.ts';
import { jsonIn } from './given-file.ts';
import { charts, mermaid } from './machine-chart.ts';
import { Mistake } from './mistake.ts';
import { verifyFiles } from './verify-ledger.ts';

/** Where a command writes; the process's own streams, or a test's. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const help = `Usage: meeting-notice <command> [options]

Commands:
  meeting-notice simulate SCENARIO.json…
                            run scenarios: real sessions, a simulated network and clock
      --format jsonl|table|svg   how to print (default jsonl)
  meeting-notice machines [NAME]
                            print a statechart (${Object.keys(charts).join(', ')}); without a name, list them
      --format json|mermaid|svg  how to print (default mermaid)
  meeting-notice verify LEDGER.jsonl…
                            hold a meeting's ledger, as one or more machines kept it, against its hashes and signatures
      --head N:HASH              a record that was made known: the ledger must have it
      --receipt FILE             a person's receipt, or a list of them: the ledger must have its records
      --format text|json         how to print (default text)

  --out FILE                write there instead of to the standard output
  --help, -h                this text
  --version                 the version

Exit: 0 all held, 1 a guarantee, an expectation or a ledger was broken, 2 the input is bad.
`;

/** Runs one command. Answers its exit code; never throws for bad input. */
export async function run(argv: readonly string[], version: string, io: Output): Promise<0 | 1 | 2> {
  try {
    return await dispatch(argv, version, io);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    io.err(`meeting-notice: ${error.message}\n`);
    return 2;
  }
}

async function dispatch(argv: readonly string[], version: string, io: Output): Promise<0 | 1 | 2> {
  const { values, positionals } = parsed(argv);
  const [command, ...rest] = positionals;
  if (values.version) io.out(`${version}\n`);
  else if (values.help || (command === undefined && argv.length === 0)) io.out(help);
  else if (command === 'simulate') {
    mustNotBeForVerify(values);
    return simulateFiles(rest, values.format ?? 'jsonl', values.out, io);
  } else if (command === 'machines') {
    mustNotBeForVerify(values);
    return printMachine(rest, values.format, values.out, io);
  } else if (command === 'verify') {
    const { head, receipt: receipts = [], format = 'text', out } = values;
    mustBeFormat(format, ['text', 'json']);
    const { text, held } = await verifyFiles({ files: rest, head, receipts, format });
    print(text, out, io);
    return held ? 0 : 1;
  } else {
    const meant = didYouMean(command ?? '', ['simulate', 'machines', 'verify']);
    throw new Mistake(`unknown command ${JSON.stringify(command ?? '')}${meant || '; try --help.'}`);
  }
  return 0;
}

function mustNotBeForVerify(values: Readonly<Record<string, unknown>>): void {
  const given = ['head', 'receipt'].filter((name) => values[name] !== undefined).map((name) => `--${name}`);
  if (given.length === 0) return;
  throw new Mistake(`${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} for verify alone; try --help.`);
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  format: { type: 'string' },
  out: { type: 'string' },
  head: { type: 'string' },
  receipt: { type: 'string', multiple: true },
} as const;

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    const { message } = error as Error;
    const [, unknown] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
    if (unknown === undefined) throw new Mistake(`${message.split('\n')[0]}; try --help.`);
    const meant = didYouMean(
      unknown,
      Object.keys(options).map((name) => `--${name}`),
    );
    throw new Mistake(`unknown option ${unknown}${meant || '; try --help.'}`);
  }
}

async function simulateFiles(
  paths: readonly string[],
  format: string,
  outFile: string | undefined,
  io: Output,
): Promise<0 | 1> {
  if (paths.length === 0) throw new Mistake('simulate: expected at least one scenario file; try --help.');
  mustBeFormat(format, ['jsonl', 'table', 'svg']);
  if (format === 'svg' && paths.length > 1) {
    throw new Mistake(`simulate --format svg draws one meeting, got ${paths.length}; run it once for each scenario.`);
  }
  // All are read before anything is printed: a bad one leaves nothing half done.
  const simulations = paths.map((path) => ({ path, simulation: opened(path) }));
  const texts: string[] = [];
  let broken = 0;
  for (const { path, simulation } of simulations) {
    const result = await simulation.run();
    if (paths.length > 1 && format === 'jsonl') texts.push(JSON.stringify({ scenario: path }));
    texts.push(...textOf(result, format));
    for (const { id, atMs, participant, message, pointer } of result.broken) {
      broken += 1;
      const where = [pointer, atMs === undefined ? undefined : `at ${atMs} ms`, participant].filter(Boolean).join(' ');
      io.err(`${path}: ${id} broken (${where}): ${message}\n`);
    }
  }
  print(`${texts.join('\n')}\n`, outFile, io);
  return broken > 0 ? 1 : 0;
}

function textOf(result: SimulationResult, format: string): string[] {
  if (format === 'svg') return [timeline(result)];
  return format === 'table' ? tableLines(result) : jsonLines(result);
}

function opened(path: string): Simulation {
  const body = jsonIn(path);
  try {
    return simulate(body);
  } catch (error) {
    if (isNoticeError(error)) throw new Mistake(`${path}: ${error.message}`);
    throw error;
  }
}

function mustBeFormat(format: string, known: readonly string[]): void {
  if (known.includes(format)) return;
  throw new Mistake(
    `--format: expected ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, got ${JSON.stringify(format)}${didYouMean(format, known)}`,
  );
}

async function printMachine(
  [chosen, ...more]: readonly string[],
  format: string | undefined,
  outFile: string | undefined,
  io: Output,
): Promise<0> {
  if (more.length > 0) throw new Mistake('machines: expected one name at most; try --help.');
  if (format !== undefined) mustBeFormat(format, ['json', 'mermaid', 'svg']);
  print(chosen === undefined ? listOfMachines(format) : await machineText(chosen, format ?? 'mermaid'), outFile, io);
  return 0;
}

function listOfMachines(format: string | undefined): string {
  if (format === 'json') {
    const all = Object.entries(charts).map(([name, { chart }]) => [name, chart]);
    return `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`;
  }
  const names = Object.keys(charts);
  if (format !== undefined) throw new Mistake(`machines --format ${format}: name one of ${names.join(', ')}.`);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return Object.entries(charts)
    .map(([name, { about }]) => `${name.padEnd(width)}${about}\n`)
    .join('');
}

async function machineText(name: string, format: string): Promise<string> {
  const named = Object.hasOwn(charts, name) ? charts[name] : undefined;
  if (!named) {
    const names = Object.keys(charts);
    throw new Mistake(`no machine ${JSON.stringify(name)}; there are ${names.join(', ')}${didYouMean(name, names)}`);
  }
  const { about, chart } = named;
  if (format === 'json') return `${JSON.stringify(chart, null, 2)}\n`;
  if (format === 'mermaid') return mermaid(chart);
  // Loaded only here: it brings the layout with it.
  const { machinePicture } = await import('./machine-picture.ts');
  return machinePicture(chart, about);
}

function print(text: string, outFile: string | undefined, io: Output): void {
  if (outFile === undefined) {
    io.out(text);
    return;
  }
  try {
    writeFileSync(outFile, text);
  } catch (error) {
    throw new Mistake(`${outFile}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}
