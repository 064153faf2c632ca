import type { ParticipantId } from '../participants/participants.types.ts';
import type { Consent, ConsentEvent, Standing, StandingCounts } from './consent.types.ts';
import { consentStates, consentTable, unaskedPlace } from './consent-table.ts';

/** How a consent becomes a standing; the policy supplies it. `undefined`: not asked yet. */
export type StandingRule = (consent: Consent | undefined, late: boolean) => Standing;

// A row is one small integer: consent place (4 bits), three facts (1 bit each), then the highest revision seen.
const placeMask = 0b1111;
const shownBit = 1 << 4;
const lateBit = 1 << 5;
const standingMask = placeMask | lateBit;
const awayBit = 1 << 6;
const revisionShift = 7;
const revisionEnd = 2 ** 23;

const noCounts = (): Record<Standing, number> => ({
  clear: 0,
  unanswered: 0,
  refused: 0,
  late: 0,
  'cannot-be-asked': 0,
});

/**
 * The consents of everyone for one purpose of one recording, with counts kept up to date: an answer costs O(1), a row
 * one small integer. Who is away keeps their row (a consent holds for its recording) and is not counted (G1).
 */
export class Roster {
  readonly #rows = new Map<ParticipantId, number>();
  #counts = noCounts();
  #standings: readonly Standing[];

  constructor(standing: StandingRule) {
    this.#standings = standingsBy(standing);
  }

  get counts(): StandingCounts {
    return this.#counts;
  }

  has(id: ParticipantId): boolean {
    return this.#rows.has(id);
  }

  ids(): Iterable<ParticipantId> {
    return this.#rows.keys();
  }

  consentOf(id: ParticipantId): Consent | undefined {
    return consentOf(this.#rows.get(id) ?? unaskedPlace);
  }

  /** `undefined` for somebody who is not in it or is away. */
  standingOf(id: ParticipantId): Standing | undefined {
    const row = this.#rows.get(id);
    return row === undefined || row & awayBit ? undefined : this.#standingOf(row);
  }

  /** The same, also of who is away: where they stand once they are back. */
  standingOnceBack(id: ParticipantId): Standing | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : this.#standingOf(row);
  }

  revisionOf(id: ParticipantId): number {
    return (this.#rows.get(id) ?? 0) >>> revisionShift;
  }

  wasShown(id: ParticipantId): boolean {
    return ((this.#rows.get(id) ?? 0) & shownBit) !== 0;
  }

  isLate(id: ParticipantId): boolean {
    return ((this.#rows.get(id) ?? 0) & lateBit) !== 0;
  }

  /** Adds somebody, or brings them back with the consent they had. */
  enter(id: ParticipantId, late: boolean): void {
    const row = this.#rows.get(id);
    if (row === undefined) this.#put(id, late ? lateBit : 0);
    else this.#put(id, (row & ~(awayBit | lateBit)) | (late ? lateBit : 0));
  }

  leave(id: ParticipantId): void {
    const row = this.#rows.get(id);
    if (row !== undefined) this.#put(id, row | awayBit);
  }

  setLate(id: ParticipantId, late: boolean): void {
    const row = this.#rows.get(id);
    if (row !== undefined) this.#put(id, late ? row | lateBit : row & ~lateBit);
  }

  /** Takes the chart's step; `undefined` when it has none, otherwise the consent that is new. */
  apply(id: ParticipantId, event: ConsentEvent): Consent | undefined {
    const row = this.#rows.get(id) ?? 0;
    const next = consentTable[row & placeMask]?.[event.type];
    let facts = row & ~placeMask;
    if (event.type === 'notice.shown') facts |= shownBit;
    if (event.type === 'consent.requested') facts &= ~shownBit;
    this.#put(id, facts | (next ?? row & placeMask));
    return next === undefined || next === (row & placeMask) ? undefined : consentOf(next);
  }

  setRevision(id: ParticipantId, revision: number): void {
    const row = this.#rows.get(id) ?? 0;
    const kept = row & ((1 << revisionShift) - 1);
    this.#put(id, kept | (Math.min(revision, revisionEnd - 1) << revisionShift));
  }

  /** Counts anew under another rule: the policy was tightened. */
  recount(standing: StandingRule): void {
    this.#standings = standingsBy(standing);
    this.#counts = noCounts();
    for (const row of this.#rows.values()) if (!(row & awayBit)) this.#counts[this.#standingOf(row)]++;
  }

  /** Rows as plain numbers, for an orderly hand-over. */
  export(): [ParticipantId, number][] {
    return [...this.#rows];
  }

  import(rows: readonly (readonly [ParticipantId, number])[]): void {
    for (const [id, row] of rows) this.#put(id, row);
  }

  #put(id: ParticipantId, row: number): void {
    const old = this.#rows.get(id);
    if (old !== undefined && !(old & awayBit)) this.#counts[this.#standingOf(old)]--;
    this.#rows.set(id, row);
    if (!(row & awayBit)) this.#counts[this.#standingOf(row)]++;
  }

  #standingOf(row: number): Standing {
    return this.#standings[row & standingMask] as Standing;
  }
}

/** What a rule makes of each row: only the consent and being late count for it. */
function standingsBy(standing: StandingRule): readonly Standing[] {
  return Array.from({ length: standingMask + 1 }, (_, row) => standing(consentOf(row), (row & lateBit) !== 0));
}

function consentOf(row: number): Consent | undefined {
  const state = consentStates[row & placeMask];
  return state === 'unasked' ? undefined : state;
}
