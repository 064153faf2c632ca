import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isNoticeError } from '../core/errors.ts';
import { jsonLines, tableLines } from '../simulator/format/lines.ts';
import { timeline } from '../simulator/format/timeline.ts';
import { simulate } from '../simulator/simulation.ts';
import type { Simulation, SimulationResult } from '../simulator/simulation.types.ts';
import { charts, mermaid } from './machine-chart.ts';

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
      --out FILE                 write there instead of to the standard output
  meeting-notice machines [NAME]
                            print the statecharts: ${Object.keys(charts).join(', ')}
      --format json|mermaid      how to print (default mermaid)

  --help, -h                this text
  --version                 the version

Exit: 0 all held, 1 a guarantee or an expectation was broken, 2 the input is bad.
`;

/** A mistake in how the command was called, or in what it was given. */
class Mistake extends Error {}

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
  else if (command === 'simulate') return simulateFiles(rest, values.format ?? 'jsonl', values.out, io);
  else if (command === 'machines') printMachines(rest, values.format ?? 'mermaid', io);
  else if (command === 'verify') throw new Mistake('verify comes with the ledger, in a later version.');
  else throw new Mistake(`unknown command ${JSON.stringify(command ?? '')}; try --help.`);
  return 0;
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        format: { type: 'string' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Mistake(`${(error as Error).message.split('\n')[0]}; try --help.`);
  }
}

async function simulateFiles(
  paths: readonly string[],
  format: string,
  outFile: string | undefined,
  io: Output,
): Promise<0 | 1> {
  if (paths.length === 0) throw new Mistake('simulate: expected at least one scenario file; try --help.');
  if (!['jsonl', 'table', 'svg'].includes(format))
    throw new Mistake(`--format: expected jsonl, table or svg, got ${format}.`);
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
  const text = `${texts.join('\n')}\n`;
  if (outFile === undefined) io.out(text);
  else writeFileSync(outFile, text);
  return broken > 0 ? 1 : 0;
}

function textOf(result: SimulationResult, format: string): string[] {
  if (format === 'svg') return [timeline(result)];
  return format === 'table' ? tableLines(result) : jsonLines(result);
}

function opened(path: string): Simulation {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Mistake(
      `${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); is the path right?`,
    );
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Mistake(`${path}: is not JSON: ${(error as Error).message}`);
  }
  try {
    return simulate(body);
  } catch (error) {
    if (isNoticeError(error)) throw new Mistake(`${path}: ${error.message}`);
    throw error;
  }
}

function printMachines([chosen, ...more]: readonly string[], format: string, io: Output): void {
  if (more.length > 0) throw new Mistake('machines: expected one name at most; try --help.');
  if (!['json', 'mermaid'].includes(format)) throw new Mistake(`--format: expected json or mermaid, got ${format}.`);
  const names = chosen === undefined ? Object.keys(charts) : [chosen];
  for (const name of names) {
    const chart = Object.hasOwn(charts, name) ? charts[name] : undefined;
    if (!chart) throw new Mistake(`no machine ${JSON.stringify(name)}; there are ${Object.keys(charts).join(', ')}.`);
    io.out(format === 'json' ? `${JSON.stringify(chart, null, 2)}\n` : mermaid(chart));
  }
}
