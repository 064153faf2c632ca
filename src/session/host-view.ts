import type { Consent } from '../consent/consent.types.ts';
import { frozen } from '../core/frozen.ts';
import type { HookMap } from '../hooks/hooks.types.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { RosterCounts, RosterRow } from '../recording/recording.types.ts';
import type { RosterPage, RosterQuery, RosterView } from './session.types.ts';
import type { SessionContext } from './session-context.ts';

const frameMs = 16;
const pageSize = 100;

type Other = NonNullable<RosterRow['others']>[number];

/** The recording that a consent belongs to, or the purpose's own life. */
const lifeOf = ({ recordingId, others = [] }: RosterRow, purpose: string) =>
  others.find((each) => each.purpose === purpose)?.recordingId ?? recordingId;

/** Who hears of each row that is another. */
export interface RowListener {
  row(before: RosterRow | undefined, row: RosterRow, isFirstLook: boolean): void;
  gone(id: ParticipantId): void;
  /** All rows of one message have been taken. */
  rowsTaken(): void;
}

/** What a host sees of everyone: the roster, kept from the hosts' stream, and its hooks. */
export class HostView {
  readonly #context: SessionContext;
  readonly #attentionOf: (row: RosterRow) => RosterView['attention'];
  #listener: RowListener | undefined;
  readonly #rows = new Map<ParticipantId, RosterRow>();
  #counts: RosterCounts | undefined;
  readonly #changed = new Map<ParticipantId, RosterRow>();
  readonly #removed = new Set<ParticipantId>();

  constructor(context: SessionContext, attentionOf: (row: RosterRow) => RosterView['attention']) {
    this.#context = context;
    this.#attentionOf = attentionOf;
  }

  /** Hears of rows from now on. */
  set listener(listener: RowListener) {
    this.#listener = listener;
  }

  nameOf(id: ParticipantId): string | undefined {
    return this.#rows.get(id)?.name;
  }

  /** How many are there whose attention can be tracked: participants who are people. */
  get tracked(): number {
    let tracked = 0;
    for (const { present, role, channel } of this.#rows.values()) {
      if (present && role === 'participant' && channel !== 'bot') tracked += 1;
    }
    return tracked;
  }

  get counts(): RosterCounts {
    this.#counts ??= countsOf(this.#rows.values());
    return this.#counts;
  }

  knows(id: ParticipantId): boolean {
    return this.#rows.has(id);
  }

  take(rows: readonly RosterRow[], removed: readonly ParticipantId[], whole: boolean): void {
    const gone = new Set(removed);
    if (whole) {
      const kept = new Set(rows.map((row) => row.participantId));
      for (const id of this.#rows.keys()) if (!kept.has(id)) gone.add(id);
    }
    const isFirst = whole && this.#rows.size === 0;
    for (const row of rows) this.#take(row, whole, isFirst);
    for (const id of gone) this.#remove(id);
    this.#listener?.rowsTaken();
    this.#counts = undefined;
    this.#context.changed();
    if (this.#changed.size + this.#removed.size > 0 && !this.#context.timers.has('roster')) {
      this.#context.timers.set('roster', frameMs, () => this.#tell());
    }
  }

  page({ consent, purpose = 'recording', after, limit = pageSize }: RosterQuery = {}): RosterPage {
    const rows: RosterRow[] = [];
    let isPast = after === undefined;
    let next: ParticipantId | undefined;
    for (const row of this.#rows.values()) {
      if (!isPast) {
        isPast = row.participantId === after;
        continue;
      }
      if (consent !== undefined && row.consents[purpose] !== consent) continue;
      if (rows.length === limit) {
        next = rows.at(-1)?.participantId;
        break;
      }
      rows.push(row);
    }
    return { counts: this.counts, rows: rows.map((row) => this.#seen(row)), ...(next !== undefined && { next }) };
  }

  #seen(row: RosterRow): RosterView {
    const attention = this.#attentionOf(row);
    return attention ? Object.freeze({ ...row, attention }) : row;
  }

  /** Whether somebody is a participant who is heard: of who is not, no attention is known. */
  isTracked(id: ParticipantId): boolean {
    const row = this.#rows.get(id);
    return row?.present === true && row.role === 'participant';
  }

  forget(): void {
    this.#rows.clear();
    this.#changed.clear();
    this.#removed.clear();
    this.#counts = undefined;
  }

  #take(row: RosterRow, isWhole: boolean, isFirstLook: boolean): void {
    const before = this.#rows.get(row.participantId);
    if (before && JSON.stringify(before) === JSON.stringify(row)) return;
    this.#rows.set(row.participantId, frozen(row));
    this.#changed.set(row.participantId, row);
    this.#removed.delete(row.participantId);
    this.#listener?.row(before, row, isFirstLook);
    // One's own are told by the personal state.
    if (row.participantId === this.#context.self.id || (isWhole && !before)) return;
    this.#tellConsents(before, row);
    this.#tellCapture(before, row);
    this.#tellOthers(before, row);
  }

  #tellConsents(before: RosterRow | undefined, row: RosterRow): void {
    const { participantId } = row;
    for (const [purpose, consent] of Object.entries(row.consents)) {
      const recordingId = lifeOf(row, purpose);
      if (recordingId === undefined) continue;
      if (before?.consents[purpose] === consent && lifeOf(before, purpose) === recordingId) continue;
      this.#context.hooks.announce('consentChanged', { participantId, purpose, consent, recordingId });
    }
  }

  #tellCapture(before: RosterRow | undefined, row: RosterRow): void {
    const was = before?.captured ?? false;
    const recordingId = row.recordingId ?? before?.recordingId;
    if (was === row.captured || recordingId === undefined) return;
    this.#tellOf(row.participantId, { because: 'ended', ...row, purpose: 'recording', recordingId });
  }

  #tellOthers(before: RosterRow | undefined, { participantId, others = [] }: RosterRow): void {
    const known = before?.others ?? [];
    const isSame = (one: Other, other: Other) => one.recordingId === other.recordingId && one.purpose === other.purpose;
    for (const now of others) {
      const was = known.find((each) => isSame(each, now));
      if ((was?.captured ?? false) !== now.captured) this.#tellOf(participantId, now);
    }
    for (const was of known) {
      if (was.captured && !others.some((each) => isSame(each, was)))
        this.#tellOf(participantId, { ...was, captured: false, because: 'ended' });
    }
  }

  #tellOf(participantId: ParticipantId, { recordingId, purpose, captured, because }: Other): void {
    this.#context.hooks.announce('captureChanged', { participantId, purpose, captured, because, recordingId });
  }

  #remove(id: ParticipantId): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#rows.delete(id);
    this.#changed.delete(id);
    this.#removed.add(id);
    this.#listener?.gone(id);
    if (row.captured) this.#tellCapture(row, { ...row, captured: false, because: 'left' });
    for (const other of row.others ?? []) {
      if (other.captured) this.#tellOf(id, { ...other, captured: false, because: 'left' });
    }
  }

  #tell(): void {
    const payload: HookMap['rosterChanged'] = {
      counts: this.counts,
      changed: [...this.#changed.values()],
      removed: [...this.#removed],
    };
    this.#changed.clear();
    this.#removed.clear();
    this.#context.hooks.announce('rosterChanged', payload);
  }
}

function countsOf(rows: Iterable<RosterRow>): RosterCounts {
  const consents: Partial<Record<Consent, number>> = {};
  let present = 0;
  let captured = 0;
  for (const row of rows) {
    if (row.channel === 'bot') continue;
    if (row.present) present += 1;
    if (row.captured) captured += 1;
    const consent = row.consents.recording;
    if (consent !== undefined && row.present) consents[consent] = (consents[consent] ?? 0) + 1;
  }
  return Object.freeze({ present, captured, consents: Object.freeze(consents) });
}
