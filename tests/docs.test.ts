import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../src/policy/policy.parse.ts';
import { presetNames, presets } from '../src/policy/presets.ts';
import { simulate } from '../src/simulator/simulation.ts';
import { actorsBeside, verbNames, verbs } from '../src/simulator/verbs.ts';

const read = (page: string): string => readFileSync(page, 'utf8');
const pages = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md') && !file.startsWith('docs/api'));
/** The cells of each row of a page's tables. */
const rows = (page: string): string[][] =>
  [...read(page).matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));
const wordsIn = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);

test('every link from one page to another leads somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
      .map(([, to = '']) => normalize(join(dirname(page), to)))
      .filter((to) => !readdirSync(dirname(to)).includes(to.split('/').at(-1) ?? ''))
      .map((to) => `${page}: ${to}`),
  );
  expect(broken).toEqual([]);
});

describe('docs/policies.md', () => {
  test('has every field of a policy', () => {
    const { recording, transcription, attention, retention, ...more } = parsePolicy({});
    const named = new Set(rows('docs/policies.md').flatMap(([first]) => wordsIn(first)));
    const inSections = [...Object.keys(recording), ...Object.keys(more)].filter(
      (field) => field !== 'purposes' && !named.has(field),
    );
    expect(inSections).toEqual([]);
    const text = read('docs/policies.md');
    const missing = [...Object.keys(transcription), ...Object.keys(attention), ...Object.keys(retention)].filter(
      (field) => !text.includes(`\`${field}\``) && !text.includes(`.${field}\``),
    );
    expect(missing).toEqual([]);
  });

  test('says of each preset what it is', () => {
    const table = rows('docs/policies.md').filter(([first]) => presetNames.includes(wordsIn(first)[0] as never));
    expect(table.map(([first]) => wordsIn(first)[0])).toEqual(presetNames);
    for (const [name, ...cells] of table) {
      const { recording, attention } = presets[wordsIn(name)[0] as keyof typeof presets];
      const { consent, start, untilAnswered, onLateJoin, onRefusal, onCannotBeAsked } = recording;
      expect(cells.slice(0, 6).flatMap(wordsIn)).toEqual([
        consent,
        start,
        untilAnswered,
        onLateJoin,
        onRefusal,
        onCannotBeAsked,
      ]);
      expect([cells[6]?.startsWith('none'), wordsIn(cells[7])]).toEqual([
        recording.timeoutMs === null,
        [attention.consent],
      ]);
    }
  });

  test('has an example that is a policy', () => {
    const example = /```json\n([\s\S]*?)```/.exec(read('docs/policies.md'))?.[1] ?? '';
    expect(parsePolicy(JSON.parse(example))).toMatchObject({
      recording: { consent: 'explicit', onLateJoin: 'lobby', timeoutMs: 30_000 },
      purposes: { 'ai-notes': { follows: 'recording' } },
    });
  });
});

describe('docs/simulator.md', () => {
  test('has every verb, with what it wants, and no other', () => {
    const [, section = ''] = read('docs/simulator.md').split('## Verbs');
    const named = wordsIn(section).filter((word) => (verbNames as readonly string[]).includes(word));
    expect([...new Set(named)].sort()).toEqual([...verbNames].sort());
    const table = rows('docs/simulator.md').filter(([first]) => wordsIn(first).some((word) => word in verbs));
    for (const [first, wants] of table) {
      for (const verb of wordsIn(first)) {
        const fields = Object.keys(verbs[verb as keyof typeof verbs]);
        expect([verb, fields.filter((field) => !wordsIn(wants).includes(field))]).toEqual([verb, []]);
      }
    }
  });

  test('names those verbs that are denied as not available, and no other', async () => {
    const example = {
      text: 'hello',
      purpose: 'ai-notes',
      right: 'access',
      reason: 'now',
      region: 'DE',
      to: 'cora',
      whom: 'bo',
      key: '1',
      device: 'camera',
      result: 'played',
      settings: {},
      for: '1s',
      by: '1s',
      groups: [],
      from: 'bo',
    };
    const steps = verbNames
      .filter((does) => !actorsBeside['network']?.includes(does) && does !== 'startsRecording')
      .map((does) => {
        const wanted = Object.entries(example).filter(([field]) => field in verbs[does]);
        return { at: '1s', who: 'hana', does, ...Object.fromEntries(wanted) };
      });
    const denied = await Promise.all(
      steps.map(async (step) => {
        const participants = [{ id: 'hana', role: 'host' }, { id: 'cora', role: 'co-host' }, { id: 'bo' }];
        const { lines } = await simulate({ participants, steps: [step], until: '2s' }).run();
        return lines.some((line) => JSON.stringify(line).includes('session/not-available')) ? [step.does] : [];
      }),
    );
    const [, listed = ''] = read('docs/simulator.md').split('denied with `session/not-available`');
    expect(wordsIn(listed).sort()).toEqual(denied.flat().sort());
  });

  test('has an example that does what its comments say', async () => {
    const simulation = simulate({
      meeting: { policy: 'all-party' },
      participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
      steps: [],
      until: '1m',
    });
    await simulation.as('hana').requestsRecording('cloud');
    await simulation.waits('2s');
    await simulation.as('bo').givesConsent('recording');
    await simulation.waits('10s');
    expect([simulation.session('bo')?.status('recording'), simulation.guarantees()]).toEqual(['on', []]);
  });
});
