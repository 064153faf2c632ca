import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Figure } from './figure.ts';

const targets = [
  { name: "a participant's client", mostKb: 28 },
  {
    name: "a host's client, with the authority",
    mostKb: 36,
    decision: 'decisions/0009-the-size-of-a-hosts-client.md',
  },
] as const;

/** What the ledger of `./records` adds to a client, by its name for `npm run size`; a figure to know, of which no target was set. */
const ledgerSize = 'the ledger: records, receipts, stores, verification, dependencies included';

/** What is loaded only by who needs it. */
const ofTheirOwn = ['dist/policy/law.js', 'dist/notice/german.js'];
/** What a participant loads at once, what a host loads on joining, and what decides. */
const starts = [
  'dist/session/session.js',
  'dist/session/host-side.js',
  'dist/authority/authority.js',
  'dist/policy/policy.parse.js',
];

const howSized = '`npm run size`: minified, gzipped, with dependencies';

/** Every built file that comes along with one, but for what it imports on demand. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^'"\n]*['"](\.[^'"]+)['"]/gm);
  for (const [, to = ''] of imports) loadedWith(join(dirname(file), to), found);
  return found;
}

/** What a client loads, minified and gzipped with its dependencies. */
export function measureSizes(): Figure[] {
  const printed = execFileSync('npx', ['size-limit', '--json'], { encoding: 'utf8' });
  const sizes = JSON.parse(printed) as { name: string; size: number }[];
  const kbOf = (name: string) => (sizes.find((each) => each.name === name)?.size ?? Number.NaN) / 1000;
  const figures = targets.map(({ name, mostKb, ...known }) => {
    const kb = kbOf(name);
    return {
      figure: name,
      measured: `${kb.toFixed(1)} kB`,
      target: `≤ ${mostKb} kB`,
      isMet: kb <= mostKb,
      how: howSized,
      ...known,
    };
  });
  const along = new Set(starts.flatMap((start) => [...loadedWith(start)]));
  const missing = [...starts, ...ofTheirOwn].filter((file) => !existsSync(file));
  const caught = ofTheirOwn.filter((file) => along.has(file));
  return [
    ...figures,
    {
      figure: 'what the ledger of `./records` adds to a client',
      measured: `${kbOf(ledgerSize).toFixed(1)} kB`,
      target: 'reported',
      isMet: Number.isFinite(kbOf(ledgerSize)),
      how: howSized,
    },
    {
      figure: 'the region table and other languages',
      measured: caught.length + missing.length === 0 ? 'chunks of their own' : [...caught, ...missing].join(', '),
      target: 'chunks of their own',
      isMet: caught.length + missing.length === 0,
      how: `imports of ${along.size} built files followed`,
    },
  ];
}
