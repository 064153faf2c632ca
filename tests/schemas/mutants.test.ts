import { describe, expect, test } from 'vitest';
import { verbNames } from '../../src/simulator/verbs.ts';
import { everyPolicy } from './every-policy.ts';
import { everyExpectation, everyScenario, everyStep, withExpectation, withStep } from './every-scenario.ts';
import { examples } from './examples.ts';
import { mutants } from './mutants.ts';
import { mutantsOfEverything } from './mutants-of-everything.ts';
import { errorsOf, type Kind, schemas, within } from './schemas.ts';
import { refusalOf, rulesOfTheParser, verdictOver } from './verdicts.ts';

const everything: readonly (readonly [kind: Kind, document: unknown])[] = [
  ['policy', everyPolicy],
  ['scenario', everyScenario],
  ...everyStep.map((step) => ['scenario', withStep(step)] as const),
  ...everyExpectation.map((expectation) => ['scenario', withExpectation(expectation)] as const),
];

describe('the documents that are changed', () => {
  test('are accepted by schema and parser', () => {
    const refused = everything.filter(
      ([kind, document]) => refusalOf(kind, document) !== undefined || errorsOf(kind, document).length > 0,
    );
    expect(refused).toEqual([]);
  });

  test('say everything that can be said', () => {
    const said = new Set([...within(everything)].flatMap((each) => Object.keys(each)));
    const fields = [...within(schemas)].flatMap(({ properties = {} }) => Object.keys(properties));
    expect(fields.filter((field) => !said.has(field))).toEqual([]);
    expect(new Set(everyStep.map((step) => 'does' in step && step.does))).toEqual(new Set(verbNames));
  });
});

test('schema and parser agree about everything with one thing changed', () => {
  const counts = { accepts: 0, refuses: 0 };
  const differences: string[] = [];
  for (const [kind, document, what] of mutantsOfEverything()) {
    const { schema, parser, difference } = verdictOver(kind, document);
    if (schema === parser) counts[schema] += 1;
    if (difference !== undefined) differences.push(`${kind} ${what}: only one of them refuses: ${difference}`);
  }
  expect(differences).toEqual([]);
  expect(counts.refuses).toBeGreaterThan(10_000);
  expect(counts.accepts).toBeGreaterThan(500);
});

/** Of so many changes to an example one is tried, for time; each example's are others. */
const oneIn = 13;

test.each(examples.map(({ name, body }, index) => ({ name, body, index })))(
  'schema and parser agree about $name with one thing changed',
  ({ body, index }) => {
    const tried = [...mutants(body)].filter((_, number) => (number + index) % oneIn === 0);
    const differences = tried.flatMap(([what, mutant]) => {
      const { difference } = verdictOver('scenario', mutant);
      return difference === undefined ? [] : [`${what}: only one of them refuses: ${difference}`];
    });
    expect(tried.length).toBeGreaterThan(40);
    expect(differences).toEqual([]);
  },
);

const small = { participants: [{ id: 'bo' }], steps: [], until: '1s' };

describe('only the parser judges', () => {
  test.each(rulesOfTheParser)('$about', ({ says, policy, scenario }) => {
    const kind = policy === undefined ? 'scenario' : 'policy';
    const document = policy ?? { ...small, ...scenario };
    expect(errorsOf(kind, document)).toEqual([]);
    expect(refusalOf(kind, document)?.message).toMatch(says);
  });
});
