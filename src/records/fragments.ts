import { continues, isOpening } from './chain.rules.ts';
import type { CheckedLine } from './checked-lines.ts';
import { keyText } from './keys.ts';
import type { LedgerRecord } from './ledger.types.ts';

/** A run of lines in which each record continues the one before. A ledger that nobody has touched is one. */
export interface Fragment {
  readonly source: number;
  readonly meetingId: string;
  /** The line of its first record, from 1; no other line is between its records. */
  readonly line: number;
  /** The numbers of its first and last record. */
  readonly from: number;
  to: number;
  /** What its first continues. */
  readonly prev: string;
  readonly firstHash: string;
  hash: string;
  /** An authority begins with its first record. */
  readonly opens: boolean;
  readonly firstKey: string | undefined;
  /** Who has signed its last record; undefined where no key that is named has signed any of it. */
  key: string | undefined;
  /** The name of its last fact. */
  lastFact: string;
}

/** A line that is no record, or one whose hash is not that of what it says. */
export interface BrokenLine {
  readonly source: number;
  readonly line: number;
  /** The number that it says it has. */
  readonly claims: number | undefined;
}

/** What a source consists of, in the order of its lines. */
export type Piece = { readonly fragment: Fragment } | { readonly broken: BrokenLine };

/** More pieces than this are not kept: whatever was done to that ledger, what is first is known. */
const mostPieces = 2000;

/** Takes lines, one after the other, and keeps only where they stop continuing each other. */
export class Fragments {
  readonly pieces: Piece[] = [];
  readonly #source: number;
  #current: Fragment | undefined;

  constructor(source: number) {
    this.#source = source;
  }

  take({ line, record, isWhole, signedBy }: CheckedLine): void {
    if (record === undefined || !isWhole) {
      this.#current = undefined;
      this.#keep({ broken: { source: this.#source, line, claims: record?.n } });
      return;
    }
    const { n, hash, fact } = record;
    // Whoever begins signs that with the key that it names.
    const key = isOpening(fact) && signedBy !== keyText(fact.key) ? undefined : signedBy;
    if (this.#current !== undefined && goesOn(this.#current, record, key)) {
      Object.assign(this.#current, { to: n, hash, key, lastFact: fact.fact });
      return;
    }
    this.#current = fragmentAt(this.#source, line, record, key);
    this.#keep({ fragment: this.#current });
  }

  #keep(piece: Piece): void {
    if (this.pieces.length < mostPieces) this.pieces.push(piece);
  }
}

function goesOn(of: Fragment, record: LedgerRecord, key: string | undefined): boolean {
  const isNext = continues(record, { n: of.to, hash: of.hash }) && record.meetingId === of.meetingId;
  if (!isNext || (key === undefined) !== (of.key === undefined)) return false;
  return isOpening(record.fact) || key === of.key;
}

function fragmentAt(source: number, line: number, record: LedgerRecord, key: string | undefined): Fragment {
  const { n, prev, hash, meetingId, fact } = record;
  const begins = { from: n, firstHash: hash, firstKey: key, opens: isOpening(fact) };
  return { source, line, meetingId, prev, ...begins, to: n, hash, key, lastFact: fact.fact };
}
