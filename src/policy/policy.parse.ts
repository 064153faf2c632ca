import * as v from 'valibot';
import { policyInvalid } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import { takenNames } from '../core/misuse.ts';
import { count, flag, listOf, milliseconds, oneOf, pointerKey, read, record, shape, text } from '../core/shape.ts';
import type { OpenPurposePolicy, Policy, PolicyInput, PurposePolicy, TranscriptionPolicy } from './policy.types.ts';
import { defaultPreset, presetNames, presets } from './presets.ts';
import { nonsenseOf } from './sense.rules.ts';

const consent = oneOf(['notice', 'acknowledge', 'explicit']);
/** Purposes whose rules stand beside `purposes`, and where. */
const ownPlaces: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  recording: 'recording',
  transcription: 'transcription',
  'attention-tracking': 'attention',
});
/** How many policies may be written one over another. */
const deepest = 32;
const device = oneOf(['microphone', 'camera', 'screen', 'chat']);

const purposeFields = {
  consent: v.exactOptional(consent),
  start: v.exactOptional(oneOf(['when-everyone-answered', 'at-once'])),
  untilAnswered: v.exactOptional(oneOf(['exclude', 'hold'])),
  onLateJoin: v.exactOptional(oneOf(['exclude', 'hold', 'lobby', 'pause'])),
  onRefusal: v.exactOptional(oneOf(['exclude', 'hold', 'leave', 'veto'])),
  onCannotBeAsked: v.exactOptional(oneOf(['announce', 'exclude', 'block'])),
  timeoutMs: v.exactOptional(v.nullable(milliseconds(1))),
  onTimeout: v.exactOptional(oneOf(['refused', 'remind'])),
  remindEveryMs: v.exactOptional(milliseconds(1000)),
  graceMs: v.exactOptional(milliseconds()),
  holds: v.exactOptional(listOf(device)),
  storage: v.exactOptional(v.pipe(listOf(oneOf(['cloud', 'local'])), v.minLength(1, 'expected at least one storage'))),
  captureTimeoutMs: v.exactOptional(milliseconds(1)),
};

/** The shape of a policy as written. What `extends` names is read on its own. */
const written = shape({
  $schema: v.exactOptional(text),
  extends: v.exactOptional(v.unknown()),
  regions: v.exactOptional(oneOf(['declared', 'required', 'ignore'])),
  recording: v.exactOptional(shape(purposeFields)),
  transcription: v.exactOptional(shape({ ...purposeFields, readers: v.exactOptional(oneOf(['hosts', 'everyone'])) })),
  attention: v.exactOptional(
    shape({
      allowed: v.exactOptional(flag),
      enabled: v.exactOptional(flag),
      enabledBy: v.exactOptional(
        v.pipe(listOf(oneOf(['host', 'admin'])), v.minLength(1, 'expected at least one of "host" and "admin"')),
      ),
      armedBy: v.exactOptional(oneOf(['host', 'anyone'])),
      // Never below half a minute (G4): it can be raised, not lowered.
      thresholdMs: v.exactOptional(milliseconds(30_000)),
      consent: v.exactOptional(consent),
    }),
  ),
  purposes: v.exactOptional(
    v.pipe(record, v.record(v.string(), shape({ ...purposeFields, follows: v.exactOptional(text) }))),
  ),
  retention: v.exactOptional(
    shape({
      recordingDays: v.exactOptional(count(1)),
      then: v.exactOptional(oneOf(['delete', 'anonymise', 'isolate'])),
    }),
  ),
  locked: v.exactOptional(listOf(text)),
});

/**
 * A complete policy, deep-frozen, out of a preset's name or an object over one. `{ admin: true }` reads an
 * administrator's policy, which alone may turn attention tracking on from the start.
 * @throws NoticeError `policy/invalid`, with the JSON pointer of what makes no sense and what was expected there.
 */
export function parsePolicy(input: unknown, { admin = false }: { readonly admin?: boolean } = {}): Policy {
  const policy = complete(input, '');
  const nonsense = nonsenseOf(policy, { admin });
  if (nonsense) throw policyInvalid(nonsense.pointer, `expected ${nonsense.expected}`);
  return frozen(policy);
}

/**
 * A policy written in code, checked now and typed as it is written.
 * @throws NoticeError `policy/invalid`
 */
export function definePolicy<const P extends PolicyInput>(policy: P): P {
  parsePolicy(policy, { admin: true });
  return policy;
}

function complete(input: unknown, at: string, depth = 0): Policy {
  if (depth > deepest) throw policyInvalid(at, `expected no more than ${deepest} policies, one over another`);
  if (typeof input === 'string') {
    const name = read(oneOf(presetNames), input, (_, expected) => policyInvalid(at, expected));
    return presets[name];
  }
  refusePrototypeKeys(input, at);
  const over = read(written, input, (pointer, expected) => policyInvalid(at + pointer, expected));
  const misplaced = Object.keys(over.purposes ?? {}).find((name) => name in ownPlaces);
  if (misplaced !== undefined) {
    const place = ownPlaces[misplaced];
    throw policyInvalid(`${at}/purposes/${misplaced}`, `has a place of its own: "${place}", beside "purposes"`);
  }
  const base = over.extends === undefined ? presets[defaultPreset] : complete(over.extends, `${at}/extends`, depth + 1);
  const policy = merged(base, over as PolicyInput);
  over.locked?.forEach((path, place) => {
    if (isPath(policy, path)) return;
    const expected = `expected a path such as "recording.consent", got ${JSON.stringify(path)}`;
    throw policyInvalid(`${at}/locked/${place}`, expected);
  });
  return policy;
}

/** The fields that `over` writes are `over`'s; transcription and open purposes are written over the recording's. */
function merged(base: Policy, over: PolicyInput): Policy {
  const recording: PurposePolicy = { ...base.recording, ...over.recording };
  const transcription: TranscriptionPolicy = { ...base.transcription, ...over.recording, ...over.transcription };
  const purposes = { ...base.purposes };
  // Their consent is a matter of their own: what the recording asks for is not enough for another purpose.
  const { consent: _, ...rules } = over.recording ?? {};
  for (const [name, entry] of Object.entries(base.purposes)) purposes[name] = { ...entry, ...rules };
  for (const [name, entry] of Object.entries(over.purposes ?? {})) {
    const before = Object.hasOwn(purposes, name) ? purposes[name] : { ...recording, consent: 'explicit' as const };
    purposes[name] = { ...before, ...entry } as OpenPurposePolicy;
  }
  return {
    regions: over.regions ?? base.regions,
    recording,
    transcription,
    attention: { ...base.attention, ...over.attention },
    purposes,
    retention: { ...base.retention, ...over.retention },
    locked: [...new Set([...base.locked, ...(over.locked ?? [])])],
  };
}

/** Whether a dotted path names something of a policy. */
function isPath(policy: Policy, path: string): boolean {
  let place: unknown = policy;
  for (const key of path.split('.')) {
    if (typeof place !== 'object' || place === null || Array.isArray(place) || !Object.hasOwn(place, key)) return false;
    place = (place as Record<string, unknown>)[key];
  }
  return path !== 'locked';
}

function refusePrototypeKeys(value: unknown, at: string, depth = 0): void {
  // No field is that deep: what is there is refused as unknown.
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  for (const key of Object.keys(value)) {
    const place = `${at}/${pointerKey(key)}`;
    if (takenNames.includes(key)) throw policyInvalid(place, 'expected no such key');
    if (key !== 'extends') refusePrototypeKeys((value as Record<string, unknown>)[key], place, depth + 1);
  }
}
