import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

export type Kind = 'policy' | 'scenario';

/** What the tests read of a schema. */
export interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: boolean | Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const fileOf = (kind: Kind): Schema =>
  JSON.parse(readFileSync(new URL(`../../schemas/${kind}.json`, import.meta.url), 'utf8')) as Schema;

export const schemas: Readonly<Record<Kind, Schema>> = { policy: fileOf('policy'), scenario: fileOf('scenario') };

const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true });
const compiled = { policy: ajv.compile(schemas.policy), scenario: ajv.compile(schemas.scenario) };

/** What a schema finds wrong with a document; nothing where it accepts it. */
export function errorsOf(kind: Kind, document: unknown): readonly ErrorObject[] {
  return compiled[kind](document) ? [] : [...(compiled[kind].errors ?? [])];
}

/** What a JSON pointer within the file (`#/$defs/time`) leads to. */
function pointedAt(root: Schema, ref: string): Schema {
  let place: unknown = root;
  for (const key of ref.split('/').slice(1)) place = (place as Record<string, unknown>)[key];
  return place as Schema;
}

/** A schema with what it refers to written into it; its own words come first. */
export function resolved(root: Schema, { $ref, ...own }: Schema): Schema {
  return $ref === undefined ? own : { ...resolved(root, pointedAt(root, $ref)), ...own };
}

/** Every schema within a schema, and anything else that is an object. */
export function* within(value: unknown): Generator<Schema> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Schema;
  for (const each of Object.values(value)) yield* within(each);
}
