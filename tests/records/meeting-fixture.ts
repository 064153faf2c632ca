import { keepTranscript } from '../../src/records/kept-transcript.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { memoryBlobs, memoryKeys } from '../../src/records/memory-stores.ts';
import type { RecordingStorage } from '../../src/records/retention.types.ts';
import { createVault } from '../../src/records/vault.ts';
import type { BlobStore, Bytes, KeyStore, Vault } from '../../src/records/vault.types.ts';
import { type SimulatedClock, simulatedClock } from '../../src/simulator/simulated-clock.ts';
import type { KeptSegment, Transcript } from '../../src/transcript/transcript.types.ts';
import { FakeLedger } from './fake-ledger.ts';

export const meetingId = 'weekly';
export const recordingId = 'a1b2c3d4e5f60718';
const dayMs = 24 * 60 * 60 * 1000;
export const days = (count: number): number => count * dayMs;

/** A storage that counts, and fails as often as it is told. */
export class FakeStorage implements RecordingStorage {
  readonly media = new Set<string>();
  readonly erased: string[] = [];
  readonly isolated: string[] = [];
  readonly marked: unknown[] = [];
  failures = 0;
  deletable = false;

  async erase(id: string): Promise<void> {
    this.#fail();
    this.erased.push(id);
    this.media.delete(id);
  }

  async isolate(id: string): Promise<void> {
    this.#fail();
    this.isolated.push(id);
  }

  async mayErase(): Promise<boolean> {
    return this.deletable;
  }

  async markOut(id: string, share: unknown): Promise<void> {
    this.#fail();
    this.marked.push([id, share]);
  }

  #fail(): void {
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new Error('503');
  }
}

export interface Fixture {
  readonly clock: SimulatedClock;
  readonly ledger: FakeLedger;
  readonly keys: KeyStore;
  readonly blobs: BlobStore;
  readonly vault: Vault;
  readonly storage: FakeStorage;
}

/** The time at which the meetings of these tests begin. */
export const startMs = Date.parse('2026-01-31T09:00:00.000Z');

export function fixture(atMs = startMs): Fixture {
  const clock = simulatedClock();
  clock.advanceTo(atMs);
  const keys = memoryKeys();
  const blobs = memoryBlobs();
  return {
    clock,
    ledger: new FakeLedger(clock),
    keys,
    blobs,
    vault: createVault({ keys, blobs }),
    storage: new FakeStorage(),
  };
}

const said = (id: string, speaker: string | null, startMs: number, text: string): KeptSegment => ({
  id,
  speaker,
  startMs,
  endMs: startMs + 900,
  text,
  final: true,
});

export const transcript: Transcript = {
  transcriptId: 't1',
  recordingId,
  language: 'en',
  segments: [
    said('s1', 'hana', 0, 'welcome all'),
    said('s2', 'bo', 1000, 'the falcon lands at nine'),
    said('s3', null, 2000, 'several voices at once'),
    said('s4', 'cy', 3000, 'noted'),
  ],
};

/** A consent that was asked, shown and given. */
const agreed = (participantId: string, id: string): LedgerFact[] => [
  {
    fact: 'asked',
    recordingId: id,
    participantId,
    purposes: ['recording'],
    noticeId: `n-${participantId}`,
    consent: 'explicit',
  },
  {
    fact: 'shown',
    recordingId: id,
    participantId,
    noticeId: `n-${participantId}`,
    text: { version: '1', locale: 'en', hash: 'h1' },
  },
  {
    fact: 'given',
    recordingId: id,
    participantId,
    purpose: 'recording',
    answerId: `a-${participantId}`,
    revision: 1,
    noticeId: `n-${participantId}`,
    text: { version: '1', locale: 'en', hash: 'h1' },
    applied: true,
  },
  { fact: 'captured', recordingId: id, participantId, because: 'clear' },
];

/** A meeting of three that was recorded for ten seconds, transcribed, and is over. */
export async function recordedMeeting(
  { ledger, clock, vault, storage }: Fixture,
  {
    id = recordingId,
    meeting = meetingId,
    where = 'cloud',
    people = ['bo', 'cy'],
    ends = true,
    number = 1,
  }: {
    readonly id?: string;
    readonly meeting?: string;
    readonly where?: 'cloud' | 'local';
    readonly people?: readonly string[];
    readonly ends?: boolean;
    readonly number?: number;
  } = {},
): Promise<void> {
  const writer = await ledger.open({ meetingId: meeting, epoch: { number, id: 'hana', incarnation: 'i' } });
  const hana = { participantId: 'hana', name: 'Hana' };
  writer.append({
    fact: 'requested',
    recordingId: id,
    purposes: ['recording', 'transcription'],
    by: hana,
    storage: where,
  });
  for (const fact of people.flatMap((person) => agreed(person, id))) writer.append(fact);
  writer.append({ fact: 'captured', recordingId: id, participantId: 'hana', because: 'clear' });
  writer.append({ fact: 'started', recordingId: id, by: hana });
  await writer.kept();
  clock.runFor(10_000);
  if (where === 'cloud') storage.media.add(id);
  if (!ends) return;
  writer.append({ fact: 'ended', recordingId: id, by: hana, outcome: 'stopped' });
  await writer.close();
  if (where === 'cloud') {
    await keepTranscript({ vault, ledger }, meeting, { ...transcript, recordingId: id });
    await vault.seal(id, 'notes', 'Bo: the falcon lands at nine.');
  }
}

/** A store of texts of which copies are kept, as a backup does. */
export function copied(blobs: BlobStore): {
  readonly blobs: BlobStore;
  readonly copies: [string, 'transcript' | 'notes', Bytes][];
} {
  const copies: [string, 'transcript' | 'notes', Bytes][] = [];
  return {
    copies,
    blobs: {
      ...blobs,
      put: async (id, kind, bytes) => {
        copies.push([id, kind, bytes.slice()]);
        await blobs.put(id, kind, bytes);
      },
    },
  };
}
