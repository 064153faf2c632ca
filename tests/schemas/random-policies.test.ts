import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verdictOver } from './verdicts.ts';

/** Values that are wrong almost everywhere. Never a list, so that none stands in place of an object. */
const wrong = fc.constantFrom<unknown>(false, 0, -1, 0.5, 999, 29_999, '', 'nonsense', 'Hold', '60000', '*', { of: 1 });

/** Mostly one of these, sometimes something wrong. */
const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: right, weight: 250 }, { arbitrary: wrong, weight: 1 });

const words = (...list: string[]) => mostly(fc.constantFrom(...list));
const flag = mostly(fc.boolean());
const list = (...entries: string[]) =>
  mostly(
    fc.oneof(
      { arbitrary: fc.array(words(...entries), { minLength: 1, maxLength: 4 }), weight: 30 },
      { arbitrary: fc.constant([]), weight: 1 },
    ),
  );
const count = (...around: number[]) => mostly(fc.oneof(fc.constantFrom(...around), fc.nat(100_000)));

/** An object of some of these fields, rarely with one that is not known. */
function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  const known = fc.record(fields, { requiredKeys: [] });
  const strange = fc.tuple(
    known,
    fc.constantFrom('unheardOf', 'readers', 'follows', 'allowed', 'constructor', '$schema'),
  );
  return mostly(
    fc.oneof(
      { arbitrary: known, weight: 40 },
      { arbitrary: strange.map(([object, field]) => ({ ...object, [field]: 'recording' })), weight: 1 },
    ),
  );
}

const consent = words('notice', 'acknowledge', 'explicit');
const rules = {
  consent,
  start: words('at-once', 'at-once', 'at-once', 'when-everyone-answered'),
  untilAnswered: words('exclude', 'hold'),
  onLateJoin: words('exclude', 'hold', 'lobby', 'pause'),
  onRefusal: words('exclude', 'hold', 'leave', 'veto'),
  onCannotBeAsked: words('announce', 'exclude', 'block'),
  timeoutMs: mostly(fc.constantFrom(1, 45_000, 60_000, null)),
  onTimeout: words('refused', 'refused', 'refused', 'remind'),
  remindEveryMs: count(1000, 1001),
  graceMs: count(0),
  holds: list('microphone', 'camera', 'screen', 'chat'),
  storage: list('cloud', 'local'),
  captureTimeoutMs: count(1),
};

const names = ['ai-notes', 'live-streaming', 'transcription', 'toString', '', 'a.b', 'a/b'];
const purposes = fc.dictionary(
  fc.oneof(
    { arbitrary: fc.constantFrom(...names), weight: 30 },
    { arbitrary: fc.constantFrom('recording', 'prototype'), weight: 1 },
  ),
  some({ ...rules, follows: words('recording', 'transcription', ...names) }),
  { maxKeys: 3 },
);

const paths = [
  'recording',
  'recording.consent',
  'attention.thresholdMs',
  'purposes',
  'purposes.ai-notes',
  'retention.then',
];
const badPaths = ['locked', 'recording.readers', 'purposes.ai-notes.readers', 'purposes.a.b', 'regions.0'];

const fields = {
  regions: words('declared', 'required', 'ignore'),
  recording: some(rules),
  transcription: some({ ...rules, readers: words('hosts', 'everyone') }),
  attention: some({
    allowed: flag,
    enabled: flag,
    enabledBy: list('host', 'admin'),
    armedBy: words('host', 'anyone'),
    thresholdMs: mostly(fc.constantFrom(30_000, 30_001, 90_000)),
    consent,
  }),
  purposes: mostly(purposes),
  retention: some({
    recordingDays: mostly(fc.constantFrom(1, 30, 365)),
    then: words('delete', 'anonymise', 'isolate'),
  }),
  locked: mostly(
    fc.array(fc.oneof({ arbitrary: words(...paths), weight: 20 }, fc.constantFrom(...badPaths)), { maxLength: 3 }),
  ),
};

const preset = words('notice-only', 'acknowledge', 'all-party', 'gdpr');
const base = some({ extends: preset, ...fields });
const policy = fc.oneof({ arbitrary: some({ extends: fc.oneof(preset, base), ...fields }), weight: 20 }, preset);

test('schema and parser agree about any policy, but for the rules that only the parser judges', () => {
  const counts = { 'accepts accepts': 0, 'accepts refuses': 0, 'refuses refuses': 0, 'refuses accepts': 0 };
  fc.assert(
    fc.property(policy, (document) => {
      const { schema, parser, difference } = verdictOver('policy', document);
      // Whatever the schema refuses the parser refuses; whatever the parser accepts the schema accepts.
      expect(schema === 'refuses' && parser === 'accepts').toBe(false);
      expect(difference).toBeUndefined();
      counts[`${schema} ${parser}`] += 1;
    }),
    { numRuns: 3000 },
  );
  expect(counts['accepts accepts']).toBeGreaterThan(200);
  expect(counts['accepts refuses']).toBeGreaterThan(200);
  expect(counts['refuses refuses']).toBeGreaterThan(200);
});
