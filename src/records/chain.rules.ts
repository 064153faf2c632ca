import { sha256Bytes } from '../core/sha256.ts';
import type { Purpose } from '../participants/participants.types.ts';
import { canonicalText, wellFormed } from './canonical.ts';
import type { LedgerFact, LedgerHead, LedgerRecord } from './ledger.types.ts';
import { libraries } from './libraries.ts';

/** What of a record is hashed: all but the hash and the signature over it. */
export type RecordBody = Omit<LedgerRecord, 'hash' | 'jws'>;

/** A record without its signature: its place in the chain, and the text that the place is made of. */
export interface Link {
  readonly head: LedgerHead;
  /** The canonical JSON of its body. */
  readonly text: string;
}

/** SHA-256 of the text's UTF-8 bytes, as base64url without padding (43 characters). */
export const hashOf = (text: string): string => libraries().jose.base64url.encode(sha256Bytes(text));

/** The record after `head`, or the first. @throws TypeError for a fact that JSON cannot hold. */
export function nextLink(head: LedgerHead | undefined, of: Omit<RecordBody, 'v' | 'n' | 'prev'>): Link {
  const n = head === undefined ? 0 : head.n + 1;
  const body: RecordBody = { v: 1, n, prev: head?.hash ?? '', ...of };
  const text = textOf(body);
  return { head: { n, hash: hashOf(text) }, text };
}

/** A word that a person typed may hold half a character. */
function textOf(body: RecordBody): string {
  try {
    return canonicalText(body);
  } catch {
    return canonicalText(wellFormed(body));
  }
}

/** A record's line: the canonical JSON of its body, and at its end the hash and the signature. */
export const lineOf = (bodyText: string, hash: string, jws: string): string =>
  `${bodyText.slice(0, -1)},"hash":"${hash}","jws":"${jws}"}`;

/** The canonical JSON of what a record's hash is over. */
export function bodyTextOf({ hash: _hash, jws: _jws, ...body }: LedgerRecord): string {
  return canonicalText(body);
}

/** Whether a record continues `head`; the first of all continues none. */
export const continues = ({ n, prev }: Pick<LedgerRecord, 'n' | 'prev'>, head: LedgerHead | undefined): boolean =>
  head === undefined ? n === 0 && prev === '' : n === head.n + 1 && prev === head.hash;

/** A record that names the key of all that follow it. */
export type Opening = Extract<LedgerFact, { readonly fact: 'opened' | 'continued' }>;

/** Whether an authority begins with it. */
export const isOpening = (fact: LedgerFact): fact is Opening => fact.fact === 'opened' || fact.fact === 'continued';

const isAttention = (purpose: Purpose): boolean => purpose === 'attention-tracking';

/** A fact without whatever is about attention: nothing of that is ever kept (G4). None is left of one that is about nothing else. */
export function withoutAttention(fact: LedgerFact): LedgerFact | undefined {
  if ('purpose' in fact && isAttention(fact.purpose)) return undefined;
  if (!('purposes' in fact) || !fact.purposes.some(isAttention)) return fact;
  const purposes = fact.purposes.filter((purpose) => !isAttention(purpose));
  return purposes.length > 0 ? { ...fact, purposes } : undefined;
}
