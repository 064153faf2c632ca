import fc from 'fast-check';
import { regionLaw } from '../../src/policy/law.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { Policy, PolicyInput, PurposePolicy } from '../../src/policy/policy.types.ts';

/** The same cases in every run. */
export const fixed = { seed: 7, numRuns: 300 } as const;

const anyConsent = fc.constantFrom('notice' as const, 'acknowledge' as const, 'explicit' as const);

/** Rules for one purpose that make sense, with nothing left open. */
const anyRules: fc.Arbitrary<PurposePolicy> = fc
  .record({
    consent: anyConsent,
    start: fc.constantFrom('when-everyone-answered' as const, 'at-once' as const),
    untilAnswered: fc.constantFrom('exclude' as const, 'hold' as const),
    onLateJoin: fc.constantFrom('exclude' as const, 'hold' as const, 'lobby' as const, 'pause' as const),
    onRefusal: fc.constantFrom('exclude' as const, 'hold' as const, 'leave' as const, 'veto' as const),
    onCannotBeAsked: fc.constantFrom('announce' as const, 'exclude' as const, 'block' as const),
    timeoutMs: fc.constantFrom(null, 5000, 60_000),
    onTimeout: fc.constantFrom('refused' as const, 'remind' as const),
    remindEveryMs: fc.constantFrom(1000, 30_000),
    graceMs: fc.constantFrom(0, 500),
    holds: fc.uniqueArray(fc.constantFrom('microphone' as const, 'camera' as const, 'screen' as const), {
      minLength: 1,
    }),
    storage: fc.constantFrom(['cloud' as const], ['local' as const], ['cloud' as const, 'local' as const]),
    captureTimeoutMs: fc.constantFrom(1000, 10_000),
  })
  .map((rules) =>
    rules.start === 'at-once' ? rules : { ...rules, timeoutMs: rules.timeoutMs ?? 9000, onTimeout: 'refused' as const },
  );

const anyAttention = fc.record({
  allowed: fc.boolean(),
  enabled: fc.boolean(),
  enabledBy: fc.constantFrom(['host' as const], ['admin' as const], ['host' as const, 'admin' as const]),
  armedBy: fc.constantFrom('host' as const, 'anyone' as const),
  thresholdMs: fc.constantFrom(30_000, 45_000),
  consent: anyConsent,
});

/** Every dotted path of a policy that can be locked. */
export function pathsIn(value: object, before = ''): string[] {
  return Object.entries(value)
    .filter(([key]) => before !== '' || key !== 'locked')
    .flatMap(([key, part]) => {
      const path = before + key;
      const isOpen = typeof part === 'object' && part !== null && !Array.isArray(part);
      return isOpen ? [path, ...pathsIn(part, `${path}.`)] : [path];
    });
}

/** What stands at a dotted path. */
export const at = (policy: object, path: string): unknown =>
  path.split('.').reduce<unknown>((place, key) => (place as Record<string, unknown>)[key], policy);

/** A policy as written: everything said, no transcript for less than its recording, two open purposes, nothing locked. */
export const anyInput: fc.Arbitrary<PolicyInput> = fc
  .record({
    regions: fc.constantFrom('declared' as const, 'required' as const, 'ignore' as const),
    recording: anyRules,
    transcription: fc.tuple(anyRules, fc.constantFrom('hosts' as const, 'everyone' as const)),
    attention: anyAttention,
    notes: anyRules,
    streaming: anyRules,
    retention: fc.record({
      recordingDays: fc.constantFrom(1, 30),
      then: fc.constantFrom('delete' as const, 'anonymise' as const, 'isolate' as const),
    }),
  })
  .map(({ transcription: [rules, readers], attention, notes, streaming, ...input }) => ({
    ...input,
    transcription: { ...noLess(rules, input.recording), readers },
    attention: { ...attention, enabled: attention.enabled && attention.allowed },
    purposes: { 'ai-notes': { ...notes, follows: 'recording' }, 'live-streaming': streaming },
  }));

/** Any policy with nothing locked, as an administrator may write it. */
export const anyPolicy: fc.Arbitrary<Policy> = anyInput.map((input) => parsePolicy(input, { admin: true }));

/** Every path that `anyPolicy` has. */
export const lockable: readonly string[] = pathsIn(
  parsePolicy({ purposes: { 'ai-notes': { follows: 'recording' }, 'live-streaming': {} } }),
);

/** Any administrator's policy that locks these paths, and maybe others. */
export const lockingPolicy = (...paths: readonly string[]): fc.Arbitrary<Policy> =>
  fc
    .tuple(anyInput, fc.subarray([...lockable]))
    .map(([input, more]) => parsePolicy({ ...input, locked: [...paths, ...more] }, { admin: true }));

/** A region of the table, one that follows another, or one that nobody knows. */
export const anyRegion: fc.Arbitrary<string> = fc.constantFrom(
  ...regionLaw.map(({ region }) => region),
  'US-TX',
  'US-NY',
  'ES',
  'NO',
  'CA-QC',
  'AU-XXX',
  'ZZ',
  'nowhere',
);

export const places = ['recording', 'transcription', 'purposes.ai-notes', 'purposes.live-streaming'] as const;

/** The rules that a policy has for the purpose at one of `places`. */
export const rulesAt = (policy: Policy, place: (typeof places)[number]): PurposePolicy =>
  at(policy, place) as PurposePolicy;

/** How much is asked: 0 is the least. */
export const strictness = ({ consent, start }: Pick<PurposePolicy, 'consent' | 'start'>): readonly [number, number] => [
  { notice: 0, acknowledge: 1, explicit: 2 }[consent],
  { 'at-once': 0, 'when-everyone-answered': 1 }[start],
];

/** Whether one asks no less than the other, in consent and in start. */
export const isAsStrict = (
  one: Pick<PurposePolicy, 'consent' | 'start'>,
  other: Pick<PurposePolicy, 'consent' | 'start'>,
): boolean => strictness(one).every((rank, place) => rank >= (strictness(other)[place] ?? 0));

/** These rules, which ask no less than the others do. */
export const noLess = (rules: PurposePolicy, others: PurposePolicy): PurposePolicy => {
  const [consent, start] = strictness(rules);
  const [least, earliest] = strictness(others);
  return ending({
    ...rules,
    consent: consent < least ? others.consent : rules.consent,
    start: start < earliest ? others.start : rules.start,
  });
};

/** What PROTOCOL makes of rules that wait for everyone: waiting must end. */
export const ending = (rules: PurposePolicy): PurposePolicy =>
  rules.start === 'when-everyone-answered'
    ? { ...rules, timeoutMs: rules.timeoutMs ?? 60_000, onTimeout: 'refused' }
    : rules;
