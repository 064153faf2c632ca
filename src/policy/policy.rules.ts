import { frozen } from '../core/frozen.ts';
import type { Region } from '../participants/participants.types.ts';
import type { Policy, RegionRow } from './policy.types.ts';
import { presets } from './presets.ts';
import { purposePolicy } from './purpose.rules.ts';
import { demandOf, tighten, tightenPurpose } from './regions.rules.ts';

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
  const attention = {
    ...held.attention,
    allowed: held.attention.allowed && (admin?.attention.allowed ?? true),
    enabled: admin?.attention.enabled ?? false,
  };
  return frozen(tighten({ ...held, attention, locked }, demandOf(regions, undeclared, held.regions, law)));
}

/**
 * The policy after a crash: `consent` and `start` the stricter of what was last heard and one's own, `locked` the union,
 * what was locked as last heard, all else one's own.
 */
export function stricterPolicy(heard: Policy, own: Policy): Policy {
  const kept = withPaths(own, heard, heard.locked);
  const purposes = Object.fromEntries(
    [...new Set([...Object.keys(heard.purposes), ...Object.keys(kept.purposes)])].map((name) => [
      name,
      tightenPurpose(purposePolicy(kept, name), purposePolicy(heard, name)),
    ]),
  );
  return frozen({
    ...kept,
    recording: tightenPurpose(kept.recording, heard.recording),
    transcription: tightenPurpose(kept.transcription, heard.transcription),
    purposes,
    locked: [...new Set([...heard.locked, ...own.locked])],
  });
}

/** `policy` with these dotted paths taken from `source`. */
function withPaths(policy: Policy, source: Policy, paths: readonly string[]): Policy {
  return paths.reduce((result, path) => withPath(result, source, path.split('.')) as Policy, policy);
}

function withPath(target: unknown, source: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return source;
  const from = (source as Record<string, unknown> | undefined)?.[key];
  if (from === undefined) return target;
  const into = target as Record<string, unknown>;
  return { ...into, [key]: withPath(into[key], from, rest) };
}
