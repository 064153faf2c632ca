import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { createAccess } from '../../src/records/access.ts';
import type { HeldAboutMe } from '../../src/records/held-about-me.types.ts';
import { keepTranscript } from '../../src/records/kept-transcript.ts';
import { createRights } from '../../src/records/rights.ts';
import { fixture, meetingId, recordedMeeting, recordingId, transcript } from './meeting-fixture.ts';

interface Schema {
  readonly $id?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}
const schema = JSON.parse(readFileSync('schemas/held-about-me.json', 'utf8')) as Schema;
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const isValid = ajv.compile(schema);
const errorsOf = (document: unknown) => (isValid(document) ? [] : isValid.errors);

/** A document with every field that there is. */
async function fullDocument(right: HeldAboutMe['right']): Promise<HeldAboutMe> {
  const parts = fixture();
  await recordedMeeting(parts);
  await recordedMeeting(parts, { where: 'local', id: 'b1b2c3d4e5f60718', number: 2 });
  const words = [{ text: 'the', startMs: 1000, endMs: 1100 }];
  const segments = transcript.segments.map((each) => (each.id === 's2' ? { ...each, language: 'en', words } : each));
  await keepTranscript(parts, meetingId, { ...transcript, segments });
  const access = createAccess(parts);
  await access.grant({ meetingId, recordingId, to: 'support', by: 'admin', reason: 'ticket', forMs: 1000 });
  await access.use({ meetingId, recordingId, to: 'support', kept: 'transcript' });
  const rights = createRights(parts);
  const bo = { meetingId, participantId: 'bo', askedBy: 'bo', identifiedBy: 'session' } as const;
  await rights.exercise({ ...bo, right: 'correction', correction: { recordingId, segmentId: 's2', text: 'at five' } });
  await rights.exercise({ ...bo, right: 'correction', correction: { recordingId, segmentId: 's1', text: 'no' } });
  const outcome = await rights.exercise({ ...bo, right });
  if (outcome.outcome !== 'done' || !outcome.document) throw new Error(JSON.stringify(outcome));
  return JSON.parse(JSON.stringify(outcome.document)) as HeldAboutMe;
}

/** Every schema of an object within a schema. */
function* objects(value: unknown): Generator<Schema> {
  if (typeof value !== 'object' || value === null) return;
  if ('properties' in value && 'type' in value) yield value as Schema;
  for (const each of Object.values(value)) yield* objects(each);
}

describe('the schema of what is held about a person', () => {
  test('is strict, and describes every field', () => {
    expect(schema.$id).toBe('urn:meeting-notice:schema:held-about-me:1');
    expect(ajv.validateSchema(schema as object)).toBe(true);
    const fields = [...objects(schema)].flatMap(({ properties = {} }) => Object.entries(properties));
    expect(fields.length).toBeGreaterThan(60);
    expect(fields.filter(([, { description }]) => !description?.endsWith('.')).map(([name]) => name)).toEqual([]);
  });

  test.each(['access', 'portability'] as const)('accepts a document of %s that has every field', async (right) => {
    expect(errorsOf(await fullDocument(right))).toEqual([]);
  });

  test('accepts none with a field too many or too few, wherever it is', async () => {
    const document = await fullDocument('access');
    const broken: string[] = [];
    const free = ['record', 'signed', 'key'];
    const spoil = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null || free.some((name) => path.endsWith(`/${name}`))) return;
      if (!Array.isArray(value)) {
        const members = value as Record<string, unknown>;
        members['more'] = 1;
        if (isValid(document)) broken.push(path);
        delete members['more'];
      }
      for (const [key, each] of Object.entries(value)) spoil(each, `${path}/${key}`);
    };
    spoil(document, '');
    expect(broken).toEqual([]);
    for (const field of ['format', 'right', 'recordings', 'receipts', 'madeAt']) {
      const { [field]: _, ...less } = document as unknown as Record<string, unknown>;
      expect(errorsOf(less)).not.toEqual([]);
    }
    expect(errorsOf({ ...document, madeAt: 'yesterday' })).not.toEqual([]);
  });
});
