import type { Clock } from '../core/clock.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { Ledger, LedgerFact, LedgerRecord, LedgerWriter } from '../records/ledger.types.ts';
import { memoryLock } from '../records/lock.ts';
import { createMeetingRecords } from '../records/meeting-records.ts';
import type { MeetingRecords } from '../records/meeting-records.types.ts';
import { vaultDestroyed } from '../records/records-errors.ts';
import type { KeptText, Vault } from '../records/vault.types.ts';
import { AnswerSigner, type SignerParts } from '../session/answer-signer.ts';
import { everything } from '../session/everything.ts';

/**
 * What one simulated meeting keeps, shared by all its hosts: a ledger, a vault and a storage in memory. They hash, sign and
 * encrypt nothing, as the Web Crypto API takes real time, which no simulation may wait for.
 */
export class SimulatedRecords {
  readonly #lines: LedgerRecord[] = [];
  readonly #texts = new Map<RecordingId, Map<KeptText, string>>();
  readonly #destroyed = new Set<RecordingId>();
  readonly #vault: Vault = {
    seal: async (recordingId, kind, text) => {
      const texts = this.#textsOf(recordingId);
      this.#texts.set(recordingId, texts.set(kind, text));
    },
    open: async (recordingId, kind) => this.#textsOf(recordingId).get(kind),
    rewrite: async (recordingId, change) => {
      const texts = this.#textsOf(recordingId);
      for (const [kind, before] of texts) {
        const text = change(before, kind);
        if (text === undefined) texts.delete(kind);
        else texts.set(kind, text);
      }
    },
    destroy: async (recordingId) => {
      this.#destroyed.add(recordingId);
      this.#texts.delete(recordingId);
    },
  };

  /** What clients of it have loaded: a signature takes real time, and a client that cannot sign says so. */
  readonly loaded = {
    ...everything,
    createSigner: (parts: SignerParts) => new AnswerSigner({ ...parts, cannotSign: true }),
  };

  /** The facts of the ledger, in order. */
  get facts(): readonly LedgerFact[] {
    return this.#lines.map(({ fact }) => fact);
  }

  /** The options of one client's session; a participant's are ignored. `randomId` names requests. */
  of(clock: Clock, randomId: () => string): { readonly records: MeetingRecords } {
    const storage = { erase: async () => {}, markOut: async () => {} };
    // A process that crashes takes its lock along.
    const lock = memoryLock();
    const ledger = this.#ledger(clock);
    return { records: createMeetingRecords({ ledger, vault: this.#vault, storage, clock, lock, randomId }) };
  }

  #textsOf(recordingId: RecordingId): Map<KeptText, string> {
    if (this.#destroyed.has(recordingId)) throw vaultDestroyed(recordingId);
    return this.#texts.get(recordingId) ?? new Map<KeptText, string>();
  }

  #ledger(clock: Clock): Ledger {
    const lines = this.#lines;
    return {
      async open({ meetingId, epoch }) {
        const key = { kty: 'none' };
        const record = async (fact: LedgerFact): Promise<LedgerRecord> => {
          const n = lines.length;
          const prev = lines.at(-1)?.hash ?? '';
          const at = new Date(clock.now()).toISOString();
          const line: LedgerRecord = { v: 1, n, at, meetingId, epoch, prev, fact, hash: `hash-${n}`, jws: 'none' };
          lines.push(line);
          return line;
        };
        const append = (fact: LedgerFact): void => void record(fact);
        append({ fact: lines.length === 0 ? 'opened' : 'continued', key });
        const writer: LedgerWriter = {
          get head() {
            const last = lines.at(-1);
            return last && { n: last.n, hash: last.hash };
          },
          key,
          append,
          record,
          kept: async () => {},
          close: async () => append({ fact: 'closed' }),
          abandon: async () => {},
        };
        return writer;
      },
      async *records() {
        yield* [...lines];
      },
      async *meetings() {
        const [first] = lines;
        if (first) yield first.meetingId;
      },
    };
  }
}
