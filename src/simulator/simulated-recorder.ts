import type { Clock } from '../core/clock.ts';
import { compareEpochs } from '../participants/epoch.rules.ts';
import type { Epoch, ParticipantId, RecordingId, Storage } from '../participants/participants.types.ts';
import type { CaptureFact, CaptureState, StartCapture } from '../recording/capture.types.ts';
import type { SimulatedCapture } from './parsed.types.ts';

interface Capture {
  readonly recordingId: RecordingId;
  readonly storage: Storage;
  status: 'on' | 'paused';
  readonly included: Set<ParticipantId>;
  lease: unknown;
}

/** What a recorder does, seen from outside any client. */
export interface RecorderListener {
  status(recordingId: RecordingId, status: 'on' | 'paused' | 'off', storage: Storage): void;
  included(): void;
}

/** A recorder; what it takes down is what it says, whatever anybody believes of it. */
export interface SimulatedRecorder {
  start(command: StartCapture): Promise<void>;
  renew(recordingId: RecordingId, epoch: Epoch, leaseMs: number): void;
  turn(recordingId: RecordingId, status: 'on' | 'paused'): void;
  stop(recordingId: RecordingId): void;
  include(recordingId: RecordingId, who: readonly ParticipantId[], included: boolean): void;
  fence(epoch: Epoch): void;
  has(recordingId: RecordingId): boolean;
  /** The highest epoch that has spoken to it. */
  readonly epoch: Epoch | undefined;
  /** Anything is recorded, or paused. */
  readonly isOn: boolean;
  snapshot(): CaptureState;
  subscribe(listener: (fact: CaptureFact) => void): () => void;
  /** The recordings whose output holds this person, if they are on air. */
  takes(participantId: ParticipantId): readonly RecordingId[];
  /** It is gone: everything ends, and `code`, if there is one, is told. */
  crash(code?: string): void;
}

const refused = (why: string): Error => new Error(why);

/** @see SimulatedRecorder */
export function simulatedRecorder(
  clock: Clock,
  options: Pick<SimulatedCapture, 'startMs' | 'canExclude' | 'lease'>,
  told: RecorderListener,
): SimulatedRecorder {
  const captures = new Map<RecordingId, Capture>();
  const starting = new Map<RecordingId, Promise<void>>();
  const listeners = new Set<(fact: CaptureFact) => void>();
  let highest: Epoch | undefined;
  /** Raised when it is gone: a start that was under way comes to nothing. */
  let life = 0;

  const tell = (fact: CaptureFact): void => {
    for (const listener of [...listeners]) listener(fact);
  };
  const isStale = (epoch: Epoch): boolean => compareEpochs(epoch, highest) < 0;

  function running(recordingId: RecordingId): Capture {
    const capture = captures.get(recordingId);
    if (!capture) throw refused(`nothing is recorded as ${recordingId}`);
    return capture;
  }

  function end(capture: Capture, fact: CaptureFact | undefined): void {
    clock.clearTimeout(capture.lease);
    captures.delete(capture.recordingId);
    told.status(capture.recordingId, 'off', capture.storage);
    if (fact) tell(fact);
  }

  function lease(capture: Capture, leaseMs: number): void {
    clock.clearTimeout(capture.lease);
    if (!options.lease) return;
    const { recordingId } = capture;
    const lost = { fact: 'ended', recordingId, code: 'capture/lease-lost' } as const;
    capture.lease = clock.setTimeout(() => end(capture, lost), leaseMs);
  }

  function begin({ recordingId, storage, epoch, leaseMs, signal }: StartCapture): void {
    if (signal.aborted) throw refused('the start was aborted');
    if (isStale(epoch)) throw refused('an authority of a higher epoch has spoken');
    const capture: Capture = { recordingId, storage, status: 'on', included: new Set(), lease: undefined };
    captures.set(recordingId, capture);
    lease(capture, leaseMs);
    told.status(recordingId, 'on', storage);
  }

  return {
    start(command) {
      const { recordingId, epoch } = command;
      if (isStale(epoch)) return Promise.reject(refused('an authority of a higher epoch has spoken'));
      highest = epoch;
      if (captures.has(recordingId)) return Promise.resolve();
      const under = starting.get(recordingId);
      if (under) return under;
      const own = life;
      const begun = new Promise<void>((resolve, reject) => {
        const beginNow = (): void => {
          starting.delete(recordingId);
          try {
            if (life !== own) throw refused('the recorder is gone');
            begin(command);
            resolve();
          } catch (error) {
            reject(error);
          }
        };
        if (options.startMs === 0) beginNow();
        else clock.setTimeout(beginNow, options.startMs);
      });
      if (options.startMs > 0) starting.set(recordingId, begun);
      return begun;
    },
    renew(recordingId, epoch, leaseMs) {
      if (isStale(epoch)) throw refused('an authority of a higher epoch has spoken');
      highest = epoch;
      lease(running(recordingId), leaseMs);
    },
    turn(recordingId, status) {
      const capture = running(recordingId);
      if (capture.status === status) return;
      capture.status = status;
      told.status(recordingId, status, capture.storage);
    },
    stop(recordingId) {
      const capture = captures.get(recordingId);
      if (capture) end(capture, { fact: 'stopped', recordingId });
    },
    include(recordingId, who, included) {
      if (!options.canExclude) throw refused('this recorder takes whoever is on air');
      const capture = running(recordingId);
      for (const id of who) {
        if (included) capture.included.add(id);
        else capture.included.delete(id);
      }
      told.included();
    },
    fence(epoch) {
      if (compareEpochs(epoch, highest) > 0) highest = epoch;
    },
    get epoch() {
      return highest;
    },
    get isOn() {
      return captures.size > 0;
    },
    has: (recordingId) => captures.has(recordingId) || starting.has(recordingId),
    snapshot: () => ({
      captures: [...captures.values()].map(({ recordingId, status, included }) => ({
        recordingId,
        status,
        included: [...included],
      })),
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    takes: (participantId) =>
      [...captures.values()]
        .filter(({ status, included }) => status === 'on' && (!options.canExclude || included.has(participantId)))
        .map(({ recordingId }) => recordingId),
    crash(code) {
      life += 1;
      for (const capture of [...captures.values()]) {
        const { recordingId } = capture;
        end(capture, code === undefined ? undefined : { fact: 'ended', recordingId, code });
      }
    },
  };
}
