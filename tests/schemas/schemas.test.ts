import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { presetNames } from '../../src/policy/presets.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { examples } from './examples.ts';
import { errorsOf, type Kind, resolved, type Schema, schemas, within } from './schemas.ts';

const kinds: readonly Kind[] = ['policy', 'scenario'];
const draft = 'https://json-schema.org/draft/2020-12/schema';

/** The fields of an object that allows no others. */
function closedFields(root: Schema): [field: string, schema: Schema][] {
  return [...within(root)]
    .filter(({ additionalProperties }) => additionalProperties === false)
    .flatMap(({ properties = {} }) => Object.entries(properties))
    .map(([field, schema]) => [field, resolved(root, schema)]);
}

/** The defaults that a schema names, by field. */
function defaultsOf(root: Schema, name: string): Record<string, unknown> {
  const fields = Object.entries(resolved(root, { $ref: `#/$defs/${name}` }).properties ?? {});
  return Object.fromEntries(
    fields
      .map(([field, schema]) => [field, resolved(root, schema).default] as const)
      .filter(([, fallback]) => fallback !== undefined),
  );
}

describe.each(kinds)('the schema of a %s', (kind) => {
  const schema = schemas[kind];

  test('is of draft 2020-12, and strict', () => {
    expect(schema).toMatchObject({ $schema: draft, $id: `urn:meeting-notice:schema:${kind}:1` });
    const ajv = new Ajv2020({ strict: true });
    expect(ajv.validateSchema(JSON.parse(JSON.stringify(schema)) as object)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  test('is what the package exports', () => {
    expect(createRequire(import.meta.url)(`meeting-notice/schemas/${kind}.json`)).toEqual(schema);
  });

  test('needs no other file', () => {
    const refs = [...within(schema)].flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]));
    expect(refs.length).toBeGreaterThan(10);
    expect(refs.filter((ref) => !ref.startsWith('#/$defs/'))).toEqual([]);
  });

  test('describes every field, so that an editor can show it', () => {
    const fields = closedFields(schema);
    expect(fields.length).toBeGreaterThan(50);
    expect(fields.filter(([, { description }]) => !description?.endsWith('.')).map(([field]) => field)).toEqual([]);
  });
});

test('the schema of a scenario holds the schema of a policy', () => {
  const { $defs = {} } = schemas.policy;
  expect(Object.fromEntries(Object.keys($defs).map((name) => [name, schemas.scenario.$defs?.[name]]))).toEqual($defs);
  expect(schemas.policy.$ref).toBe('#/$defs/policy');
  expect(schemas.scenario.$defs?.['meeting']?.properties?.['policy']?.$ref).toBe('#/$defs/policy');
});

test.each(presetNames)('the preset %s is a policy, by its name and written over', (name) => {
  for (const policy of [name, { extends: name }, { extends: { extends: name } }]) {
    expect(errorsOf('policy', policy)).toEqual([]);
    expect(parsePolicy(policy)).toEqual(parsePolicy(name));
  }
});

test('there are many example scenarios', () => {
  expect(examples.length).toBeGreaterThanOrEqual(40);
});

test.each(examples)('$name is a scenario', ({ body }) => {
  expect(errorsOf('scenario', body)).toEqual([]);
  expect(
    errorsOf('scenario', { $schema: './node_modules/meeting-notice/schemas/scenario.json', ...Object(body) }),
  ).toEqual([]);
});

describe('the defaults are those that the parser fills in', () => {
  test('of a policy that says nothing', () => {
    const { purposes, ...policy } = parsePolicy({ purposes: { 'ai-notes': {} } });
    const root = schemas.policy;
    const { extends: preset, ...own } = defaultsOf(root, 'writtenPolicy');
    expect({
      ...own,
      recording: defaultsOf(root, 'purposePolicy'),
      transcription: defaultsOf(root, 'transcriptionPolicy'),
      attention: defaultsOf(root, 'attentionPolicy'),
      retention: defaultsOf(root, 'retentionPolicy'),
    }).toEqual(policy);
    expect(defaultsOf(root, 'openPurposePolicy')).toEqual(purposes['ai-notes']);
    expect(parsePolicy({ extends: preset })).toEqual(parsePolicy({}));
  });

  test('of a scenario that says as little as it may', () => {
    const said = { participants: [{ id: 'bo' }], network: {}, steps: [], until: '1s' };
    const parsed = parseScenario(said);
    const root = schemas.scenario;
    const { joins, ...participant } = defaultsOf(root, 'participant');
    const { about, meeting, capture, expect: expected } = root.properties ?? {};
    expect({ ...participant, id: 'bo', joinsAtMs: 0 }).toEqual(parsed.participants[0]);
    expect(defaultsOf(root, 'meeting')).toEqual(parsed.meeting);
    expect(defaultsOf(root, 'network')).toEqual(parsed.network);
    expect(defaultsOf(root, 'capture')).toEqual(parsed.capture);
    const written = {
      ...said,
      participants: [{ id: 'bo', joins }],
      about: about?.default,
      meeting: meeting?.default,
      capture: capture?.default,
      expect: expected?.default,
    };
    expect(Object.values(written)).not.toContain(undefined);
    expect(parseScenario(written)).toEqual(parsed);
  });

  test.each([
    ['hookExpectation', { participant: '*', hook: 'noticeRaised' }],
    ['capturedExpectation', { captured: 'bo', purpose: 'recording', ms: [0, 0] }],
  ])('of an expectation without a window (%s)', (name, expectation) => {
    const parsed = (each: object) =>
      parseScenario({ participants: [{ id: 'bo' }], steps: [], until: '1s', expect: [each] });
    const defaults = defaultsOf(schemas.scenario, name);
    expect(defaults).toEqual({ from: '0s' });
    expect(parsed({ ...expectation, ...defaults })).toEqual(parsed(expectation));
  });
});
