import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { brokenBy } from '../soak/judge.ts';
import { shrunk } from '../soak/shrink.ts';
import { people } from './course.ts';
import type { Bounds } from './explore.types.ts';
import { type Progress, search } from './search.ts';

const help = `Usage: npm run explore -- [options]

Goes every way that one meeting can go: a host, a co-host and two participants, from a request through answers and a
withdrawal to a stop, with every order of deliveries. It checks the guarantees in every state, and at every end that
all agree once messages flow again. What is broken is kept as a scenario that \`meeting-notice simulate\` replays.

  --cast IDS      who is there (default hana,cora,bo,dee)
  --losses N      messages that are lost on one way (default 0)
  --repeats N     messages that arrive once more, at any time after (default 0)
  --delays N      messages that others overtake, and that time may go on over (default 0)
  --crashes N     clients that crash, and may come back (default 0)
  --who IDS       whose clients (default everyone's)
  --partitions N  times that the network parts in two, and may heal (default 0)
  --apart IDS     whom it cuts off from the others (default each one alone, and hosts from participants)
  --waits N       times that time goes on while somebody could still do something (default 0)
  --until MS      time goes on from timer to timer up to here (default 0)
  --not-reduced   goes orders too that make no difference; it comes to the same ends
  --not-merged    goes into states again that it has seen; it comes to the same ends
  --depth N       the longest way (default 1000)
  --states N      ends after so many states (default no end)
  --out FILE      where a counter-example is kept (default tests/regressions/explored.json)
  --help          this text

Ctrl-C ends it, and says how far it came. Exit: 0 all held and nothing was left out, 1 something was broken, 2 it was
called wrongly, 3 all held within --states or --depth, 130 it was ended early.
`;

const numbers = ['losses', 'repeats', 'delays', 'crashes', 'partitions', 'waits', 'until', 'depth', 'states'] as const;

function options() {
  try {
    const { values } = parseArgs({
      options: {
        ...(Object.fromEntries(numbers.map((name) => [name, { type: 'string' }])) as Record<
          (typeof numbers)[number],
          { type: 'string' }
        >),
        cast: { type: 'string', default: people.map(({ id }) => id).join() },
        who: { type: 'string' },
        apart: { type: 'string' },
        'not-reduced': { type: 'boolean', default: false },
        'not-merged': { type: 'boolean', default: false },
        out: { type: 'string', default: 'tests/regressions/explored.json' },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    process.stderr.write(`explore: ${(error as Error).message.split('\n')[0]}; try --help.\n`);
    process.exit(2);
  }
}

function numberOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  process.stderr.write(`explore: --${name} must be a whole number from 0, not ${JSON.stringify(text)}; try --help.\n`);
  process.exit(2);
}

function listOf(name: string, text: string): string[] {
  const ids = text.split(',');
  const unknown = ids.find((id) => !people.some((person) => person.id === id));
  if (unknown === undefined) return ids;
  process.stderr.write(`explore: --${name}: nobody is called ${JSON.stringify(unknown)}; try --help.\n`);
  process.exit(2);
}

async function explore(): Promise<void> {
  const values = options();
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const number = (name: (typeof numbers)[number], otherwise = 0) => numberOf(name, values[name], otherwise);
  const cast = listOf('cast', values.cast);
  const bounds: Bounds = {
    cast,
    who: values.who === undefined ? cast : listOf('who', values.who),
    apart: values.apart === undefined ? [...cast.map((id) => [id]), ['hana', 'cora']] : [listOf('apart', values.apart)],
    isReduced: !values['not-reduced'],
    isMerged: !values['not-merged'],
    losses: number('losses'),
    repeats: number('repeats'),
    delays: number('delays'),
    crashes: number('crashes'),
    partitions: number('partitions'),
    waits: number('waits'),
    untilMs: number('until'),
  };
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  let isEnding = false;
  process.once('SIGINT', () => {
    isEnding = true;
  });

  const told = ({ states, transitions, ends, depth }: Progress) =>
    `${states} states, ${transitions} transitions, ${ends} ends, depth ${depth}, ${Math.round(transitions / seconds())} a second`;
  const tell = (text: string) => process.stderr.write(process.stderr.isTTY ? `\r${text.padEnd(90)}` : `${text}\n`);
  let nextAt = 0;
  const outcome = await search({
    bounds,
    mostStates: number('states', Number.POSITIVE_INFINITY),
    mostDepth: number('depth', 1000),
    isEnding: () => isEnding,
    progressed: (progress) => {
      if (performance.now() < nextAt) return;
      nextAt = performance.now() + (process.stderr.isTTY ? 500 : 10_000);
      tell(told(progress));
    },
  });

  const { found, isComplete } = outcome;
  process.stdout.write(`\n${told(outcome)}, in ${seconds().toFixed(1)} s. Ends: ${outcome.endings}\n`);
  if (found) {
    const { id, message } = found.broken;
    const fails = async (smaller: Record<string, unknown>) => (await brokenBy(smaller)).some((each) => each.id === id);
    const scenario = await shrunk(found.scenario, fails);
    mkdirSync(dirname(values.out), { recursive: true });
    writeFileSync(values.out, `${JSON.stringify(scenario, null, 2)}\n`);
    process.stdout.write(`${id} is broken: ${message}\n`);
    for (const step of scenario['steps'] as object[]) process.stdout.write(`  ${Object.values(step).join(' ')}\n`);
    process.stdout.write(`kept: ${values.out}\n`);
  } else process.stdout.write(isComplete ? 'All held, and nothing was left out.\n' : 'All held, as far as it came.\n');
  process.exitCode = found ? 1 : isEnding ? 130 : isComplete ? 0 : 3;
}

await explore();
