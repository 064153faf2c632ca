import type { Ledger } from '../../src/records/ledger.types.ts';
import { memoryLock } from '../../src/records/lock.ts';
import { createMeetingRecords } from '../../src/records/meeting-records.ts';
import type { MeetingRecords } from '../../src/records/meeting-records.types.ts';
import type { RecordingStorage } from '../../src/records/retention.types.ts';
import type { Vault } from '../../src/records/vault.types.ts';
import { type Fixture, fixture } from '../records/meeting-fixture.ts';
import { type Client, meeting } from './meeting.ts';

export interface KeptMeeting {
  readonly all: ReturnType<typeof meeting>;
  readonly kept: Fixture;
  readonly hana: Client;
  readonly bo: Client;
  readonly cy: Client;
  /** Co-hosts who reach the same recorder, with the same ledger and vault, or a ledger of their own. */
  readonly cora: (ledger?: Ledger) => Promise<Client>;
  /** What a sweep writes to the meeting's ledger with. */
  readonly writerOf: MeetingRecords['writerOf'];
  /** Lets what the Web Crypto API does come to its end too: no simulated clock drives that. */
  readonly goesOn: (ms?: number) => Promise<void>;
  /** What a promise comes to within a time. */
  readonly comesTo: <T>(promise: Promise<T>, ms?: number) => Promise<T | undefined>;
  /** A recording with a transcript, to which both agree and in which both speak. */
  readonly records: () => Promise<string>;
}

/** A meeting of a host and two others, whose records are kept: a ledger, a vault, and a storage that counts. */
export async function keptMeeting({
  storage = true,
  adapter,
}: {
  readonly storage?: boolean;
  /** Where the host's adapter says that the media are. */
  readonly adapter?: RecordingStorage;
} = {}): Promise<KeptMeeting> {
  const kept = fixture();
  const all = meeting();
  const underWay = { count: 0 };
  Object.assign(kept, { vault: counted(kept.vault, underWay) });
  const { ledger, vault } = kept;
  const records = createMeetingRecords({
    ledger,
    vault,
    clock: all.clock,
    ...(storage && { storage: kept.storage }),
  });
  const hana = await all.joins('hana', {
    role: 'host',
    policy: 'all-party',
    records,
    ...(adapter && { storage: adapter }),
  });
  const bo = await all.joins('bo');
  const cy = await all.joins('cy');
  const asked = [bo, cy];

  /** Until nothing of the vault is under way, be it on a busy machine; a signature may come later, and is waited for by time. */
  const settles = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await all.passes();
      if (underWay.count > 0) quiet = 0;
    }
  };
  const goesOn = async (ms = 200): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) {
      await settles();
      await all.passes(ms / 20);
    }
    await settles();
  };
  const comesTo = async <T>(promise: Promise<T>, ms?: number): Promise<T | undefined> => {
    let settled: T | undefined;
    void promise.then((value) => {
      settled = value;
    });
    await goesOn(ms);
    return settled;
  };

  return {
    all,
    kept,
    hana,
    bo,
    cy,
    writerOf: records.writerOf,
    goesOn,
    comesTo,
    async cora(own = ledger) {
      const cora = await all.joins('cora', {
        role: 'co-host',
        policy: 'all-party',
        reaches: hana,
        records: createMeetingRecords({ ...kept, ledger: own, clock: all.clock, lock: memoryLock() }),
      });
      asked.push(cora);
      return cora;
    },
    async records() {
      void hana.session.requestRecording({ storage: 'cloud', transcript: true });
      await goesOn(1000);
      for (const { session } of asked) {
        const { prompt } = session.getSnapshot();
        if (prompt) void session.answer(prompt.noticeId, { recording: 'given', transcription: 'given' });
      }
      await goesOn(4000);
      const started = hana.told('recordingStarted') as { recordingId: string }[];
      const says = (speaker: string, startMs: number, text: string) =>
        hana.session.feedSegment({ id: text, speaker, startMs, endMs: startMs + 400, text, final: true });
      void says('bo', 1000, 'the falcon lands at nine');
      void says('cy', 2000, 'noted');
      await goesOn();
      return started[0]?.recordingId ?? '';
    },
  };
}

/** A vault whose calls that are under way are counted. */
function counted(vault: Vault, underWay: { count: number }): Vault {
  const call = async <T>(answer: Promise<T>): Promise<T> => {
    underWay.count += 1;
    try {
      return await answer;
    } finally {
      underWay.count -= 1;
    }
  };
  return {
    seal: (...given) => call(vault.seal(...given)),
    open: (...given) => call(vault.open(...given)),
    rewrite: (...given) => call(vault.rewrite(...given)),
    destroy: (...given) => call(vault.destroy(...given)),
  };
}
