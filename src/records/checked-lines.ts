import { bodyTextOf, hashOf, isOpening, lineOf } from './chain.rules.ts';
import { type CheckingKey, checkingKey, hasSigned, signedTextOf } from './jws.ts';
import { keyText } from './keys.ts';
import type { LedgerRecord, PublicKey } from './ledger.types.ts';
import { asRecord, recordOf } from './record.parse.ts';
import type { LedgerSource } from './verify.types.ts';

/** A line of a ledger, and what can be said of it by itself. */
export interface CheckedLine {
  /** From 1. */
  readonly line: number;
  /** Undefined for a line that is no record. */
  readonly record: LedgerRecord | undefined;
  /** Its hash is that of what it says, and it says it as a ledger writes it. */
  readonly isWhole: boolean;
  /** The key that has signed it, of those that records before it or itself name. */
  readonly signedBy: string | undefined;
  /** Of a `signed` fact: the text that the person's client signed, if it did with the key that the fact names. */
  readonly signedText: string | undefined;
}

/** How many signatures are checked at once. */
const mostAtOnce = 64;

/** Checks each line by itself, in order, in memory that does not grow with the ledger. */
export async function* checkedLines(source: LedgerSource): AsyncGenerator<CheckedLine> {
  const keys = new NamedKeys();
  const underWay: Promise<CheckedLine>[] = [];
  let line = 0;
  for await (const each of source) {
    line += 1;
    underWay.push(checked(each, line, keys));
    const first = underWay.length < mostAtOnce ? undefined : underWay.shift();
    if (first !== undefined) yield await first;
  }
  for (const each of underWay) yield await each;
}

async function checked(given: string | LedgerRecord, line: number, keys: NamedKeys): Promise<CheckedLine> {
  const record = typeof given === 'string' ? recordOf(given) : asRecord(given);
  const none = { line, record, isWhole: false, signedBy: undefined, signedText: undefined };
  if (record === undefined || !isWhole(given, record)) return none;
  const { fact } = record;
  if (isOpening(fact)) keys.name(fact.key);
  // Nothing has waited until here: keys are named in the order of the lines.
  const signedBy = await keys.signerOf(record.hash, record.jws);
  const signedText = fact.fact === 'signed' ? await signedTextOf(fact.jws, fact.key) : undefined;
  return { line, record, isWhole: true, signedBy, signedText };
}

/** A line must be what a ledger would write, to the character: nothing may stand in it that the hash is not over. */
function isWhole(given: string | LedgerRecord, record: LedgerRecord): boolean {
  try {
    const text = bodyTextOf(record);
    if (hashOf(text) !== record.hash) return false;
    return typeof given !== 'string' || given.trimEnd() === lineOf(text, record.hash, record.jws);
  } catch {
    return false;
  }
}

/** The keys that authorities name as they begin; the latest is tried first. */
class NamedKeys {
  readonly #named: { readonly text: string; readonly key: Promise<CheckingKey | undefined> }[] = [];

  name(key: PublicKey): void {
    const text = keyText(key);
    const place = this.#named.findIndex((each) => each.text === text);
    const [known] = place < 0 ? [] : this.#named.splice(place, 1);
    this.#named.unshift(known ?? { text, key: checkingKey(key) });
  }

  async signerOf(hash: string, jws: string): Promise<string | undefined> {
    for (const { text, key } of [...this.#named]) {
      const each = await key;
      if (each !== undefined && (await hasSigned(each, hash, jws))) return text;
    }
    return undefined;
  }
}
