import type { ParticipantId, RecordingId, Storage } from '../participants/participants.types.ts';
import type { InMemoryNetwork } from '../transport/in-memory.types.ts';
import type { HistoryEvent, HookLine } from './history.types.ts';
import type { Scenario } from './parsed.types.ts';
import type { SimulatedClock } from './simulated-clock.ts';
import type { SimulatedDevices } from './simulated-devices.ts';
import type { SimulatedRecorder } from './simulated-recorder.ts';
import type { SimulatedRecords } from './simulated-records.ts';

/** What one simulated client knows of the meeting around it. */
export interface SimulatedWorld {
  readonly scenario: Scenario;
  /** For whatever is drawn by chance. */
  readonly seed: number;
  readonly clock: SimulatedClock;
  readonly network: InMemoryNetwork;
  readonly cloud: SimulatedRecorder;
  /** What the meeting keeps, if its records are kept. */
  readonly kept: SimulatedRecords | undefined;
  readonly lines: HookLine[];
  readonly platformCaptures: readonly { platformId: string; active: boolean; storage: Storage }[];
  readonly clients: ReadonlyMap<ParticipantId, { readonly devices: SimulatedDevices }>;
  record(event: HistoryEvent): void;
  recorderTold(
    recorder: 'cloud' | 'local' | 'platform',
    recordingId: RecordingId,
    status: 'on' | 'paused' | 'off',
    storage: Storage,
  ): void;
  /** Somebody's place in a recorder's output may have changed. */
  observe(): void;
}
