import type { ErrorObject } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { presetNames } from '../../src/policy/presets.ts';
import { expectedHooks, verbNames, verbs } from '../../src/simulator/verbs.ts';
import { mutantsOfEverything } from './mutants-of-everything.ts';
import { errorsOf, type Schema, schemas, within } from './schemas.ts';
import { refusalOf } from './verdicts.ts';

interface StepSchema {
  readonly if: { readonly properties: { readonly does: { readonly const: string } } };
  readonly then: { readonly required: readonly string[]; readonly properties: Readonly<Record<string, Schema>> };
}

const { policy, scenario } = schemas;
const step = scenario.$defs?.['step'] as Schema & { readonly allOf: readonly StepSchema[] };

/** A place where the parser refuses, and what it and the schema each want there. */
interface Compared {
  readonly place: string;
  readonly parser: readonly string[];
  readonly schema: readonly (readonly string[])[];
}

const placeOf = ({ keyword, instancePath, params }: ErrorObject): string =>
  keyword === 'additionalProperties' ? `${instancePath}/${params['additionalProperty']}` : instancePath;

/** Every refusal by the parser of a document that is changed in one place, and the schema's errors about it. */
const refusals = [...mutantsOfEverything()].flatMap(([kind, document]) => {
  const refusal = refusalOf(kind, document);
  const errors = refusal ? errorsOf(kind, document) : [];
  return refusal ? [{ kind, message: refusal.message, pointer: refusal.pointer ?? '', errors }] : [];
});

/** `said` reads out of the parser's refusal what it wants, `meant` out of an error what the schema wants. */
function compared(
  said: (message: string) => readonly string[] | undefined,
  meant: (error: ErrorObject) => readonly string[] | undefined,
): Compared[] {
  const places = new Map<string, Compared>();
  for (const { kind, message, pointer, errors } of refusals) {
    const parser = said(message)?.toSorted();
    if (!parser) continue;
    const place = `${kind} ${pointer}: ${parser.join(' ')}`;
    const here = errors.filter((error) => placeOf(error) === pointer);
    places.set(place, { place, parser, schema: here.map((error) => meant(error)?.toSorted() ?? []) });
  }
  return [...places.values()];
}

const differing = (places: readonly Compared[]): readonly Compared[] =>
  places.filter(({ parser, schema }) => !schema.some((each) => each.join() === parser.join()));

test('a verb, a hook and a preset are the words that the parser knows', () => {
  expect(step.properties?.['does']?.enum).toEqual(verbNames);
  expect(step.allOf.map((each) => each.if.properties.does.const)).toEqual(verbNames);
  expect(scenario.$defs?.['hookExpectation']?.properties?.['hook']?.enum).toEqual(expectedHooks);
  expect(policy.$defs?.['presetName']?.enum).toEqual(presetNames);
});

test.each(verbNames)('a step that %s has the fields of the verb, and needs those that the parser needs', (does) => {
  const fields = Object.entries(verbs[does] as Readonly<Record<string, { readonly type: string }>>);
  const needed = fields.filter(([, { type }]) => type !== 'exact_optional').map(([field]) => field);
  const then = step.allOf.find((each) => each.if.properties.does.const === does)?.then;
  expect(Object.keys(then?.properties ?? {})).toEqual(['at', 'who', 'does', ...fields.map(([field]) => field)]);
  expect(then?.required).toEqual(['at', 'who', 'does', ...needed]);
});

test('the words that may stand at a place are those that the parser names', () => {
  const places = compared(
    (message) => {
      const words = /: expected one of (".*?"), got /.exec(message)?.[1];
      return words === undefined ? undefined : (JSON.parse(`[${words}]`) as string[]);
    },
    ({ keyword, params }) =>
      keyword === 'enum' ? params['allowedValues'] : keyword === 'const' ? [params['allowedValue']] : undefined,
  );
  expect(places.length).toBeGreaterThan(60);
  expect(differing(places)).toEqual([]);
});

test('the fields of an object are those that the parser names', () => {
  const places = compared(
    (message) => / \(known: (.*)\)$/.exec(message.replace(/.* nobody here .*/, ''))?.[1]?.split(', '),
    ({ keyword, parentSchema }) =>
      keyword === 'additionalProperties' ? Object.keys(parentSchema?.['properties'] ?? {}) : undefined,
  );
  expect(places.length).toBeGreaterThan(250);
  expect(differing(places)).toEqual([]);
});

test('the least of a number is the one that the parser names', () => {
  const places = compared(
    (message) => /: expected a whole number from (\d+), /.exec(message)?.slice(1),
    ({ keyword, params }) => (keyword === 'minimum' ? [String(params['limit'])] : undefined),
  );
  expect(places.length).toBeGreaterThan(20);
  expect(differing(places)).toEqual([]);
});

test('the paths that may be locked are those of a policy', () => {
  const { locked, ...complete } = parsePolicy({});
  const paths = Object.entries(complete).flatMap(([section, fields]) =>
    typeof fields === 'string' ? [section] : [section, ...Object.keys(fields).map((field) => `${section}.${field}`)],
  );
  const listed = [...within(policy.$defs?.['writtenPolicy']?.properties?.['locked'])].flatMap(
    (each) => each.enum ?? [],
  );
  expect(locked).toEqual([]);
  expect(listed.toSorted()).toEqual(paths.toSorted());
  expect(() => parsePolicy({ locked: paths })).not.toThrow();
});
