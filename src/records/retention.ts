import { isNoticeError } from '../core/errors.ts';
import { checkKind, checkMethods, checkText, misuse } from '../core/misuse.ts';
import type { RetentionPolicy } from '../policy/policy.types.ts';
import { eraseWhole, restrictedIn } from './erase-whole.ts';
import { Erasure } from './erasure.ts';
import { pause } from './in-time.ts';
import { keptRecordings } from './kept.rules.ts';
import type { KeptRecording } from './kept.types.ts';
import { keptRecording } from './kept-recording.ts';
import { type MeetingLedger, MeetingLedgers } from './meeting-ledgers.ts';
import { alreadyErased, notHeld } from './records-errors.ts';
import { backoffMs, sharesLeft, stateOf, taskFor } from './retention.rules.ts';
import type {
  LegalHoldChange,
  RecordingRef,
  Retention,
  RetentionEntry,
  RetentionOptions,
  RetentionProgress,
  RetentionReport,
} from './retention.types.ts';
import { usualFloor } from './statistics.rules.ts';

type RunOptions = Parameters<Retention['run']>[0];

/** What one step does for a recording; nothing where there is nothing to do. */
type Step = (ledger: MeetingLedger, recording: KeptRecording) => Promise<readonly RetentionEntry[]>;

class LedgerRetention implements Retention {
  readonly #options: RetentionOptions;
  readonly #ledgers: MeetingLedgers;
  readonly #erasure: Erasure;

  constructor(options: RetentionOptions) {
    const { vault, storage, clock, floor = usualFloor, timeoutMs = 60_000 } = options;
    this.#options = options;
    this.#ledgers = new MeetingLedgers(options);
    this.#erasure = new Erasure({ vault, storage, clock, floor, timeoutMs });
  }

  run(options?: RunOptions): Promise<RetentionReport> {
    return this.#sweep((ledger, recording) => this.#due(ledger, recording), options);
  }

  eraseAgain(): Promise<RetentionReport> {
    return this.#sweep((ledger, recording) => this.#again(ledger, recording));
  }

  erase({ meetingId, recordingId, because = 'host' }: Parameters<Retention['erase']>[0]): Promise<void> {
    checkRef('erase', { meetingId, recordingId });
    return this.#ledgers.with(meetingId, async (ledger) => {
      await eraseWhole(this.#erasure, ledger, recordingId, because);
    });
  }

  setLegalHold(change: LegalHoldChange): Promise<void> {
    const { meetingId, recordingId, by, reason } = checkedHold('setLegalHold', change);
    return this.#ledgers.with(meetingId, async (ledger) => {
      const { state } = await keptRecording(ledger, recordingId);
      if (state === 'erased' || state === 'anonymised') throw alreadyErased(recordingId);
      await ledger.write({ fact: 'legal-hold-set', recordingId, by, reason });
    });
  }

  liftLegalHold(change: LegalHoldChange): Promise<void> {
    const { meetingId, recordingId, by, reason } = checkedHold('liftLegalHold', change);
    return this.#ledgers.with(meetingId, async (ledger) => {
      const { holds } = await keptRecording(ledger, recordingId);
      if (!holds.some((hold) => hold.by === by)) throw notHeld(recordingId, by);
      await ledger.write({ fact: 'legal-hold-lifted', recordingId, by, reason });
    });
  }

  async #sweep(step: Step, { signal, onProgress }: RunOptions = {}): Promise<RetentionReport> {
    const entries: RetentionEntry[] = [];
    let meetings = 0;
    let recordings = 0;
    const tell = (progress: RetentionProgress) => {
      try {
        onProgress?.(progress);
      } catch {
        // Who looks on does not stop what must be done (G9).
      }
    };
    for await (const meetingId of this.#ledgers.meetings()) {
      if (signal?.aborted) break;
      meetings += 1;
      const found = await this.#recordingsOf(meetingId);
      const here = 'outcome' in found ? [found] : [];
      for (const recordingId of 'outcome' in found ? [] : found) {
        if (signal?.aborted) break;
        recordings += 1;
        here.push(...(await this.#tried({ meetingId, recordingId }, step, signal)));
      }
      entries.push(...here);
      for (const entry of here) tell({ meetings, recordings, entry });
      if (here.length === 0) tell({ meetings, recordings });
    }
    const aborted = signal?.aborted ?? false;
    const isDone = !aborted && entries.every(({ outcome }) => outcome !== 'failed');
    return { meetings, recordings, entries, isDone, aborted };
  }

  /** Read without the lock: most meetings have nothing to be done, and each step looks again. */
  async #recordingsOf(meetingId: string): Promise<readonly string[] | RetentionEntry> {
    try {
      return [...(await keptRecordings(this.#options.ledger.records(meetingId))).keys()];
    } catch (error) {
      return { meetingId, ...failure(error, 1) };
    }
  }

  /** The lock is let go of while it waits, so that a legal hold can be set meanwhile. */
  async #tried(ref: RecordingRef, step: Step, signal?: AbortSignal): Promise<readonly RetentionEntry[]> {
    const { clock, attempts = 3 } = this.#options;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#ledgers.with(ref.meetingId, async (ledger) => {
          const recording = (await keptRecordings(ledger.records())).get(ref.recordingId);
          return recording === undefined ? [] : await step(ledger, recording);
        });
      } catch (error) {
        const isWorthIt = isNoticeError(error) && error.retryable && error.code !== 'records/meeting-open';
        if (!isWorthIt || attempt >= attempts || signal?.aborted) return [{ ...ref, ...failure(error, attempt) }];
      }
      await pause(clock, backoffMs(attempt), signal);
    }
  }

  async #due(ledger: MeetingLedger, recording: KeptRecording): Promise<readonly RetentionEntry[]> {
    const ref: RecordingRef = { meetingId: ledger.meetingId, recordingId: recording.recordingId };
    const isOpen = await ledger.isOpen();
    const task = taskFor(recording, this.#policyOf(ledger.meetingId), { nowMs: this.#options.clock.now(), isOpen });
    const shares = sharesLeft(recording, isOpen);
    const nothingToDo = task === 'nothing' && shares.length === 0;
    if (recording.holds.length > 0) {
      return nothingToDo ? [] : [{ ...ref, outcome: 'held', by: recording.holds.map(({ by }) => by) }];
    }
    const restricted = await restrictedIn(ledger, recording);
    const mustStay = restricted.length > 0 && ['erase', 'anonymise', 'recheck'].includes(task) && !recording.erasing;
    const outcome = mustStay ? 'restricted' : await this.#done(task, ledger, recording);
    if (outcome === 'erased' || outcome === 'anonymised') return [{ ...ref, outcome }];
    const entries: RetentionEntry[] = outcome === 'isolated' ? [{ ...ref, outcome }] : [];
    if (outcome === 'restricted') entries.push({ ...ref, outcome, by: restricted });
    for (const participantId of shares) {
      await this.#erasure.eraseShare(ledger, recording, participantId, 'right');
      entries.push({ ...ref, outcome: 'share-erased', participantId });
    }
    return entries;
  }

  async #done(task: ReturnType<typeof taskFor>, ledger: MeetingLedger, recording: KeptRecording) {
    switch (task) {
      case 'erase':
        await this.#erasure.erase(ledger, recording, 'retention');
        return 'erased';
      case 'anonymise':
        await this.#erasure.anonymise(ledger, recording);
        return 'anonymised';
      case 'isolate':
        await this.#erasure.isolate(ledger, recording);
        return 'isolated';
      case 'recheck':
        if (!(await this.#erasure.mayErase(recording))) return undefined;
        await this.#erasure.erase(ledger, recording, 'retention');
        return 'erased';
      case 'nothing':
        return undefined;
    }
  }

  async #again(ledger: MeetingLedger, recording: KeptRecording): Promise<readonly RetentionEntry[]> {
    const { recordingId, state, shares, holds } = recording;
    const ref = { meetingId: ledger.meetingId, recordingId };
    if (state === 'erased' || state === 'anonymised') {
      await this.#erasure.gone(recordingId);
      return [{ ...ref, outcome: state }];
    }
    if (holds.length > 0 || stateOf(recording, await ledger.isOpen()) === 'running') return [];
    const gone = [...shares].filter(([, share]) => share.state === 'erased').map(([participantId]) => participantId);
    for (const participantId of gone) await this.#erasure.shareGone(recording, participantId);
    return gone.map((participantId) => ({ ...ref, outcome: 'share-erased', participantId }));
  }

  #policyOf(meetingId: string): RetentionPolicy {
    const { policy } = this.#options;
    return typeof policy === 'function'
      ? checkedPolicy(`policy of ${JSON.stringify(meetingId)}`, policy(meetingId))
      : policy;
  }
}

function failure(error: unknown, attempts: number) {
  const code = isNoticeError(error) ? error.code : 'retention/failed';
  return {
    outcome: 'failed' as const,
    code,
    message: error instanceof Error ? error.message : String(error),
    attempts,
  };
}

/** What is no number of days would be over at once. */
function checkedPolicy(what: string, policy: RetentionPolicy): RetentionPolicy {
  const { recordingDays, then } = policy ?? {};
  if (!(Number.isFinite(recordingDays) && recordingDays >= 0))
    throw misuse(`${what}.recordingDays`, 'a number of days', recordingDays);
  checkKind(`${what}.then`, ['delete', 'anonymise', 'isolate'], then);
  return policy;
}

function checkRef(what: string, { meetingId, recordingId }: RecordingRef): void {
  checkText(`${what}: meetingId`, meetingId, 'weekly');
  checkText(`${what}: recordingId`, recordingId, 'a1b2c3d4e5f60718');
}

function checkedHold(what: string, change: LegalHoldChange): LegalHoldChange {
  checkRef(what, change);
  checkText(`${what}: by`, change.by, 'legal@example.com');
  checkText(`${what}: reason`, change.reason, 'case 7 of 2026');
  return change;
}

/**
 * The retention of all meetings of a ledger. Call `run` from time to time, such as once an hour.
 * @throws TypeError for what is no vault, storage, policy or clock.
 */
export function createRetention(options: RetentionOptions): Retention {
  const { ledger, vault, storage, policy, clock, lock } = options;
  checkMethods('createRetention: ledger', ['open', 'records', 'meetings'], ledger ?? null);
  checkMethods('createRetention: vault', ['seal', 'open', 'rewrite', 'destroy'], vault ?? null);
  checkMethods('createRetention: storage', ['erase'], storage ?? null);
  checkMethods('createRetention: clock', ['now', 'setTimeout', 'clearTimeout'], clock ?? null);
  checkMethods('createRetention: lock', ['hold'], lock);
  if (typeof policy !== 'function') checkedPolicy('createRetention: policy', policy);
  return new LedgerRetention(options);
}
