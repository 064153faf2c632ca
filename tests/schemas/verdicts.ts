import { isNoticeError, type NoticeError } from '../../src/core/errors.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { errorsOf, type Kind } from './schemas.ts';

/** What the parser says against a document, if anything; an administrator's policy may say more than a host's. */
export function refusalOf(kind: Kind, document: unknown): NoticeError | undefined {
  try {
    if (kind === 'policy') parsePolicy(document, { admin: true });
    else parseScenario(document);
    return undefined;
  } catch (error) {
    if (!isNoticeError(error, `${kind}/invalid`)) throw error;
    return error;
  }
}

interface Rule {
  readonly about: string;
  readonly says: RegExp;
  readonly policy?: unknown;
  /** What makes a small scenario one that breaks the rule. */
  readonly scenario?: object;
}

const bo = { participant: 'bo', hook: 'noticeRaised' };

/** What only the parser can judge: one field against another, and whom or what an id names. */
export const rulesOfTheParser: readonly Rule[] = [
  {
    about: 'reminding for ever while everyone is waited for',
    says: /: expected "refused": reminding for ever, while everyone is waited for, would never end$/,
    policy: { recording: { onTimeout: 'remind' } },
  },
  {
    about: 'waiting for everyone for ever',
    says: /: expected a number of milliseconds: a start that waits for everyone must end some time$/,
    policy: { recording: { timeoutMs: null } },
  },
  {
    about: 'holding nothing',
    says: /: expected at least one device, as "(untilAnswered|onLateJoin|onRefusal)" is "hold"$/,
    policy: { transcription: { onRefusal: 'hold', holds: [] } },
  },
  {
    about: 'following a purpose that is not there',
    says: /\/follows: expected a purpose of this policy: /,
    policy: { purposes: { 'ai-notes': { follows: 'minutes' } } },
  },
  {
    about: 'following in a circle',
    says: /\/follows: expected a purpose that does not follow this one$/,
    policy: { purposes: { a: { follows: 'b' }, b: { follows: 'a' } } },
  },
  {
    about: 'locking something of a purpose that is not there',
    says: /: expected a path such as "recording\.consent", got "purposes\./,
    policy: { locked: ['purposes.ai-notes.consent'] },
  },
  {
    about: 'attention tracking that is on and not allowed',
    says: /: expected false, as "allowed" is false$/,
    policy: { attention: { allowed: false, enabled: true } },
  },
  {
    about: 'a time that never comes',
    says: /^\/(steps|participants|expect)\/\d+\/(at|joins|from): is \d+ ms after "until", when the scenario ends$/,
    scenario: { steps: [{ at: '3h', who: 'bo', does: 'leaves' }] },
  },
  {
    about: "attention tracking that a host's policy turns on",
    says: /: expected false: only an administrator may turn it on from the start$/,
    scenario: { meeting: { policy: { attention: { enabled: true } } } },
  },
  {
    about: 'an id that nobody has',
    says: /: nobody here is called "/,
    scenario: { steps: [{ at: '1s', who: 'zoe', does: 'leaves' }] },
  },
  {
    about: 'an id that two have',
    says: /^\/participants\/\d+\/id: "[^"]+" is there twice$/,
    scenario: { participants: [{ id: 'bo' }, { id: 'bo' }] },
  },
  {
    about: 'a window that ends before it begins',
    says: /\/to: is before "from"$/,
    scenario: { expect: [{ ...bo, from: '2s', to: '1s' }] },
  },
  {
    about: 'a range that ends before it begins',
    says: /: expected the least before the most$/,
    scenario: { expect: [{ captured: 'bo', purpose: 'recording', ms: [2, 1] }] },
  },
];

export interface Verdict {
  readonly schema: 'accepts' | 'refuses';
  readonly parser: 'accepts' | 'refuses';
  /** What they differ about, but for the rules above. */
  readonly difference?: string;
}

/** What schema and parser make of a document. */
export function verdictOver(kind: Kind, document: unknown): Verdict {
  const errors = errorsOf(kind, document);
  const refusal = refusalOf(kind, document);
  if (errors.length === 0 && !refusal) return { schema: 'accepts', parser: 'accepts' };
  if (errors.length > 0 && refusal) return { schema: 'refuses', parser: 'refuses' };
  if (refusal) {
    const isLeftToIt = rulesOfTheParser.some(({ says }) => says.test(refusal.message));
    return { schema: 'accepts', parser: 'refuses', ...(!isLeftToIt && { difference: refusal.message }) };
  }
  const difference = errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ');
  return { schema: 'refuses', parser: 'accepts', difference };
}
