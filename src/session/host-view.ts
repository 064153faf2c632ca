import type { Consent } from '../consent/consent.types.ts';
import type { HookMap } from '../hooks/hooks.types.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { RosterCounts, RosterRow } from '../recording/recording.types.ts';
import type { RosterPage, RosterQuery } from './session.types.ts';
import type { SessionContext } from './session-context.ts';

const frameMs = 16;
const pageSize = 100;

/** What a host sees of everyone: the roster, kept from the hosts' stream, and its hooks. */
export class HostView {
  readonly #context: SessionContext;
  readonly #rows = new Map<ParticipantId, RosterRow>();
  #counts: RosterCounts | undefined;
  readonly #changed = new Map<ParticipantId, RosterRow>();
  readonly #removed = new Set<ParticipantId>();

  constructor(context: SessionContext) {
    this.#context = context;
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
    for (const row of rows) this.#take(row, whole);
    for (const id of gone) this.#remove(id);
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
    return { counts: this.counts, rows, ...(next !== undefined && { next }) };
  }

  forget(): void {
    this.#rows.clear();
    this.#changed.clear();
    this.#removed.clear();
    this.#counts = undefined;
  }

  #take(row: RosterRow, isFirstLook: boolean): void {
    const before = this.#rows.get(row.participantId);
    if (before && JSON.stringify(before) === JSON.stringify(row)) return;
    this.#rows.set(row.participantId, Object.freeze(row));
    this.#changed.set(row.participantId, row);
    this.#removed.delete(row.participantId);
    // One's own are told by the personal state.
    if (row.participantId === this.#context.self.id || (isFirstLook && !before)) return;
    this.#tellConsents(before, row);
    this.#tellCapture(before, row);
  }

  #tellConsents(before: RosterRow | undefined, row: RosterRow): void {
    if (row.recordingId === undefined) return;
    const known = before?.recordingId === row.recordingId ? before.consents : {};
    for (const [purpose, consent] of Object.entries(row.consents)) {
      if (known[purpose] === consent) continue;
      const { participantId, recordingId } = row;
      this.#context.hooks.announce('consentChanged', { participantId, purpose, consent, recordingId });
    }
  }

  #tellCapture(before: RosterRow | undefined, row: RosterRow): void {
    const was = before?.captured ?? false;
    const recordingId = row.recordingId ?? before?.recordingId;
    if (was === row.captured || recordingId === undefined) return;
    this.#context.hooks.announce('captureChanged', {
      participantId: row.participantId,
      purpose: 'recording',
      captured: row.captured,
      because: row.because ?? 'ended',
      recordingId,
    });
  }

  #remove(id: ParticipantId): void {
    const row = this.#rows.get(id);
    if (!row) return;
    this.#rows.delete(id);
    this.#changed.delete(id);
    this.#removed.add(id);
    if (row.captured) this.#tellCapture(row, { ...row, captured: false, because: 'left' });
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
