import type { HookMap } from '../hooks/hooks.types.ts';
import type { Purpose, RecordingId, Status } from '../participants/participants.types.ts';
import type { MeetingState, RecordingState } from '../transport/messages.types.ts';
import type { SessionContext } from './session-context.ts';
import { mergedStatus } from './status.rules.ts';

/** The purposes whose indicator everyone has, from the first snapshot on. */
const basePurposes: readonly Purpose[] = ['recording', 'transcription', 'attention-tracking'];

interface WatchOptions {
  /** A recording is at another point of its life: cues follow from it. */
  readonly moved: (before: RecordingState | undefined, now: RecordingState) => void;
  /** Purposes that a recording was asked for, by or of this person, of which the meeting's state is not here yet. */
  readonly unheard: () => readonly Purpose[];
  /** What is the case with attention tracking, which is no recording's, as whoever decides has said. */
  readonly attention: () => Status;
  /** A recording has ended, or can run no more as far as is known here: what stood for it closes. */
  readonly ended: (recordingId: RecordingId, isConfirmed: boolean) => void;
}

/**
 * What a client tells of the meeting's recordings, from one whole state to the next: the indicators, and each start,
 * pause and end once, however it was learned. What this client's own adapter sees, and what can no longer run since its
 * authority is gone, is put over the authority's word (G2, G10).
 */
export class RecordingWatch {
  readonly #context: SessionContext;
  readonly #options: WatchOptions;
  readonly #known = new Map<RecordingId, RecordingState>();
  readonly #started = new Set<RecordingId>();
  readonly #told = new Map<Purpose, Status>();
  /** Captures that this client's own adapter sees. */
  #local: readonly RecordingState[] = [];
  /** Contact is lost: nothing is known but what is seen here. */
  isLost = false;
  /** Recordings that can no longer run: their authority is gone for too long. */
  readonly #over = new Set<RecordingId>();
  #hasSnapshot = false;

  constructor(context: SessionContext, options: WatchOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Living recordings as this client tells of them, its own adapter's word included. */
  get recordings(): readonly RecordingState[] {
    const known = [...this.#known.values()].filter(
      (each) => each.status !== 'off' && !(this.isLost && this.#over.has(each.recordingId)),
    );
    const unseen = this.#local.filter((each) => !known.some((other) => other.recordingId === each.recordingId));
    return [...known, ...unseen];
  }

  get local(): readonly RecordingState[] {
    return this.#local;
  }

  living(purpose: Purpose): RecordingState | undefined {
    return this.recordings.find((each) => each.purposes.includes(purpose));
  }

  get(recordingId: RecordingId): RecordingState | undefined {
    return this.recordings.find((each) => each.recordingId === recordingId);
  }

  /** Whether it is one of the meeting's own, living or ended. */
  isOwn(recordingId: RecordingId): boolean {
    const known = this.#known.get(recordingId);
    return known !== undefined && !known.seen;
  }

  status(purpose: Purpose): Status {
    if (purpose === 'attention-tracking') {
      return this.isLost || !this.#hasSnapshot ? 'unknown' : this.#options.attention();
    }
    const seen = mergedStatus(this.#local, purpose);
    if (seen === 'on') return 'on';
    if (this.isLost || !this.#hasSnapshot) {
      if (seen === 'paused') return 'paused';
      return this.#isAllOver(purpose) ? 'off' : 'unknown';
    }
    // Each client believes its own adapter of what it sees itself.
    const others = [...this.#known.values()].filter((each) => !this.#isSeenHere(each.recordingId));
    const status = mergedStatus([...others, ...this.#local], purpose);
    return status === 'off' && this.#options.unheard().includes(purpose) ? 'asking' : status;
  }

  /** Every purpose that anything is told of. */
  get purposes(): Purpose[] {
    return [...new Set([...basePurposes, ...this.recordings.flatMap((each) => each.purposes)])];
  }

  /** Takes the authority's next state of the meeting. Indicators are told first, then what led to them. */
  take(meeting: MeetingState): void {
    this.#hasSnapshot = true;
    const before = new Map(this.#known);
    const now = new Map(meeting.recordings.map((each) => [each.recordingId, each]));
    for (const [recordingId, known] of before) {
      // It ended, and was forgotten, while this client did not hear.
      if (known.status === 'off' || now.has(recordingId)) continue;
      // What this client's own adapter still sees goes on, whatever a new authority has heard of (G10).
      now.set(recordingId, this.#isSeenHere(recordingId) ? known : { ...known, ...endedUnheard });
    }
    this.#known.clear();
    // What was given up may live.
    this.#over.clear();
    for (const [recordingId, state] of now) this.#known.set(recordingId, state);
    this.tellIndicators();
    for (const [recordingId, state] of now) this.#tell(before.get(recordingId), state);
  }

  /** Takes what this client's own adapter sees of the platform's captures. */
  see(local: readonly RecordingState[]): void {
    const before = this.#local;
    this.#local = local;
    this.#context.changed();
    this.tellIndicators();
    for (const now of local) if (!before.some((each) => each.recordingId === now.recordingId)) this.#takeStart(now);
  }

  /** The authority is gone for so long that its own captures cannot run any more. */
  giveUp(): void {
    for (const each of this.#known.values()) {
      if (each.status === 'off' || each.endsBy === 'platform' || this.#over.has(each.recordingId)) continue;
      this.#over.add(each.recordingId);
      this.#context.changed();
      if (this.#started.has(each.recordingId)) {
        this.#announce('recordingFailed', { ...each, ended: { outcome: 'failed', code: 'authority/lost' } });
      }
      this.#options.ended(each.recordingId, false);
    }
    this.tellIndicators();
  }

  /** Tells of each indicator that is another now; all of them at the first snapshot. */
  tellIndicators(): void {
    for (const purpose of new Set([...this.purposes, ...this.#told.keys()])) {
      const status = this.status(purpose);
      if (this.#told.get(purpose) === status) continue;
      if (!this.#hasSnapshot && status === 'unknown') continue;
      this.#told.set(purpose, status);
      const has = (each: RecordingState) => each.purposes.includes(purpose) && mergedStatus([each], purpose) === status;
      const { recordingId } = this.recordings.find(has) ?? {};
      this.#context.hooks.announce('indicatorChanged', { purpose, status, ...(recordingId && { recordingId }) });
      this.#context.changed();
    }
  }

  /** A session that has left knows nothing. */
  forget(): void {
    this.#known.clear();
    this.#told.clear();
    this.#over.clear();
    this.#local = [];
    this.#hasSnapshot = false;
    this.isLost = false;
  }

  #isSeenHere(recordingId: RecordingId): boolean {
    return this.#local.some((each) => each.recordingId === recordingId);
  }

  #isAllOver(purpose: Purpose): boolean {
    const known = [...this.#known.values()].filter((each) => each.status !== 'off' && each.purposes.includes(purpose));
    return known.length > 0 && known.every((each) => this.#over.has(each.recordingId));
  }

  #tell(before: RecordingState | undefined, now: RecordingState): void {
    const isOff = now.status === 'off';
    // By its recorder's own word, where one ran it.
    const isConfirmed = now.seen === true || !now.started || now.ended?.confirmed === true;
    if (isOff && (before?.status ?? 'off') === 'off') {
      // This person may have been asked, and held, for what is heard of only now; or wait for the recorder's own word.
      if (!before || isConfirmed) this.#options.ended(now.recordingId, isConfirmed);
      return;
    }
    if (now.started && !isOff) this.#takeStart(now);
    this.#options.moved(before, now);
    if (before?.status === now.status) return;
    if (now.status === 'paused') this.#announce('recordingPaused', now);
    if (now.status === 'on' && before?.status === 'paused') this.#announce('recordingResumed', now);
    if (!isOff) return;
    if (now.ended?.outcome === 'failed') this.#announce('recordingFailed', now);
    else if (now.started) this.#announce('recordingStopped', now);
    this.#options.ended(now.recordingId, isConfirmed);
  }

  #takeStart(now: RecordingState): void {
    if (this.#started.has(now.recordingId)) return;
    this.#started.add(now.recordingId);
    this.#announce('recordingStarted', now);
  }

  /** Of a purpose that lives without a recording only its indicator tells. */
  #announce(hook: keyof HookMap & `recording${string}`, recording: RecordingState): void {
    if (recording.purposes.includes('recording')) this.#context.hooks.announce(hook, fact(recording));
  }
}

const endedUnheard = { status: 'off', ended: { outcome: 'stopped' } } as const;

function fact(recording: RecordingState): HookMap['recordingStarted'] {
  const { recordingId, storage, by, lastBy, ended } = recording;
  const reason = recording.withoutWaiting?.reason ?? recording.reason;
  return {
    recordingId,
    storage,
    by: lastBy ?? by,
    ...(reason !== undefined && { reason }),
    ...(ended?.code !== undefined && { code: ended.code }),
  };
}
