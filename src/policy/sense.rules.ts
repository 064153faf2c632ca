import { pointerKey } from '../core/shape.ts';
import type { OpenPurposePolicy, Policy, PurposePolicy } from './policy.types.ts';

/** What makes no sense in a policy: where (JSON pointer) and what was expected there. */
export interface Nonsense {
  readonly pointer: string;
  readonly expected: string;
}

const holding = ['untilAnswered', 'onLateJoin', 'onRefusal'] as const;

/** What makes no sense in the rules for one purpose. Pointers are of the field to change. */
function nonsenseOfPurpose(policy: PurposePolicy, at: string): Nonsense | undefined {
  const { start, onTimeout, timeoutMs, holds } = policy;
  if (onTimeout === 'remind' && start === 'when-everyone-answered') {
    return {
      pointer: `${at}/onTimeout`,
      expected: '"refused": reminding for ever, while everyone is waited for, would never end',
    };
  }
  if (start === 'when-everyone-answered' && timeoutMs === null) {
    return {
      pointer: `${at}/timeoutMs`,
      expected: 'a number of milliseconds: a start that waits for everyone must end some time',
    };
  }
  const hold = holding.find((field) => policy[field] === 'hold');
  if (hold && holds.length === 0) {
    return { pointer: `${at}/holds`, expected: `at least one device, as "${hold}" is "hold"` };
  }
  return undefined;
}

function nonsenseOfOpenPurpose(name: string, entry: OpenPurposePolicy, known: readonly string[]): Nonsense | undefined {
  const at = `/purposes/${pointerKey(name)}`;
  if (entry.follows !== undefined && (entry.follows === name || !known.includes(entry.follows))) {
    const others = known.filter((each) => each !== name);
    return { pointer: `${at}/follows`, expected: `a purpose of this policy: ${others.join(', ')}` };
  }
  return nonsenseOfPurpose(entry, at);
}

/** Whether a purpose comes, by what it follows, back to itself. */
export function isCircular(purposes: Policy['purposes'], name: string): boolean {
  let next = purposes[name]?.follows;
  for (let steps = 0; next !== undefined && steps < Object.keys(purposes).length; steps += 1) {
    if (next === name) return true;
    next = Object.hasOwn(purposes, next) ? purposes[next]?.follows : undefined;
  }
  return false;
}

/** What makes no sense in a complete policy, if anything does. */
export function nonsenseOf(policy: Policy, { admin }: { readonly admin: boolean }): Nonsense | undefined {
  const { recording, transcription, attention, purposes } = policy;
  const known = ['recording', 'transcription', ...Object.keys(purposes)];
  const inPurposes =
    nonsenseOfPurpose(recording, '/recording') ??
    nonsenseOfPurpose(transcription, '/transcription') ??
    Object.entries(purposes)
      .map(([name, entry]) => nonsenseOfOpenPurpose(name, entry, known))
      .find((each) => each !== undefined);
  if (inPurposes) return inPurposes;
  const round = Object.keys(purposes).find((name) => isCircular(purposes, name));
  if (round !== undefined) {
    return { pointer: `/purposes/${pointerKey(round)}/follows`, expected: 'a purpose that does not follow this one' };
  }
  if (attention.enabled && !admin) {
    return { pointer: '/attention/enabled', expected: 'false: only an administrator may turn it on from the start' };
  }
  if (attention.enabled && !attention.allowed) {
    return { pointer: '/attention/enabled', expected: 'false, as "allowed" is false' };
  }
  return undefined;
}
