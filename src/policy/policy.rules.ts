import { frozen } from '../core/frozen.ts';
import type { Region } from '../participants/participants.types.ts';
import type { Policy, PurposePolicy, RegionRow } from './policy.types.ts';
import { defaultPreset, presets } from './presets.ts';
import { purposePolicy } from './purpose.rules.ts';
import { demandOf, tighten, tightenPurpose } from './regions.rules.ts';
import { isCircular } from './sense.rules.ts';

/** What a policy is resolved from. */
export interface PolicySources {
  readonly admin?: Policy;
  readonly host?: Policy;
  /** Every region declared so far. */
  readonly regions: readonly Region[];
  /** Somebody present has declared none. */
  readonly undeclared: boolean;
  readonly law: readonly RegionRow[];
}

/**
 * The policy of a meeting: the administrator's, then the host's wishes where nothing is locked, then the regions, which
 * only tighten (G11). Attention tracking is on from the start only by the administrator's word.
 */
export function resolvePolicy({ admin, host, regions, undeclared, law }: PolicySources): Policy {
  const wished = host ?? admin ?? presets['all-party'];
  const locked = [...new Set([...(admin?.locked ?? []), ...wished.locked])];
  const held = admin ? withPaths(wished, admin, admin.locked) : wished;
  const isOn = admin?.attention.enabled && admin.locked.includes('attention.enabled');
  const attention = {
    ...held.attention,
    // Whoever has locked it on has allowed it too.
    allowed: isOn
      ? held.attention.allowed || admin.attention.allowed
      : held.attention.allowed && (admin?.attention.allowed ?? true),
  };
  const enabled = attention.allowed && (admin?.attention.enabled ?? false);
  const sensible = withSense({ ...held, attention: { ...attention, enabled }, locked });
  return frozen(tighten(sensible, demandOf(regions, undeclared, held.regions, law)));
}

/**
 * The policy after a crash: `consent` and `start` the stricter of what was last heard and one's own, `locked` the union,
 * what was locked as last heard, all else one's own.
 */
export function stricterPolicy(heard: Policy, own: Policy): Policy {
  const kept = withPaths(own, heard, heard.locked);
  /** What was locked as last heard, and then no milder than either (G11): a region may have asked for more since. */
  const strictest = <P extends PurposePolicy>(rules: P, one: PurposePolicy, other: PurposePolicy): P =>
    tightenPurpose(tightenPurpose(rules, one), other);
  const purposes = Object.fromEntries(
    [...new Set([...Object.keys(heard.purposes), ...Object.keys(kept.purposes)])].map((name) => [
      name,
      strictest(purposePolicy(kept, name), purposePolicy(heard, name), purposePolicy(own, name)),
    ]),
  );
  return frozen(
    withSense({
      ...kept,
      recording: strictest(kept.recording, heard.recording, own.recording),
      transcription: strictest(kept.transcription, heard.transcription, own.transcription),
      purposes,
      locked: [...new Set([...heard.locked, ...own.locked])],
    }),
  );
}

/** What two policies come to may make no sense where neither is wrong: then it is made to protect, not refused. */
function withSense(policy: Policy): Policy {
  const known = ['recording', 'transcription', ...Object.keys(policy.purposes)];
  return {
    ...policy,
    recording: withDevices(policy.recording),
    // No transcript is had for less than its recording (G5).
    transcription: tightenPurpose(withDevices(policy.transcription), policy.recording),
    purposes: Object.fromEntries(
      Object.entries(policy.purposes).map(([name, entry]) => {
        const { follows, ...rules } = withDevices(entry);
        const canFollow = follows !== undefined && known.includes(follows) && !isCircular(policy.purposes, name);
        return [name, canFollow ? { ...rules, follows } : rules];
      }),
    ),
  };
}

/** A hold that names no device holds those of the presets. */
function withDevices<P extends PurposePolicy>(rules: P): P {
  const holds = [rules.untilAnswered, rules.onLateJoin, rules.onRefusal].includes('hold');
  return holds && rules.holds.length === 0 ? { ...rules, holds: presets[defaultPreset].recording.holds } : rules;
}

/** `policy` with these dotted paths taken from `source`. */
function withPaths(policy: Policy, source: Policy, paths: readonly string[]): Policy {
  return paths.reduce((result, path) => {
    const keys = path.split('.');
    return withPath(withPurpose(result, keys), source, keys) as Policy;
  }, policy);
}

/** `policy` with the purpose that a path names, if it has no rules for it yet. */
function withPurpose(policy: Policy, [section, name]: readonly string[]): Policy {
  if (section !== 'purposes' || name === undefined || Object.hasOwn(policy.purposes, name)) return policy;
  return { ...policy, purposes: { ...policy.purposes, [name]: purposePolicy(policy, name) } };
}

function withPath(target: unknown, source: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return source;
  const from = (source as Record<string, unknown> | undefined)?.[key];
  if (from === undefined) return target;
  const into = target as Record<string, unknown>;
  return { ...into, [key]: withPath(into[key], from, rest) };
}
