/** Every time of the protocol, in milliseconds, in one place. Each is measured by the one who waits. */
export const times = {
  /** Beacon of the authority. */
  beaconToHostsMs: 2000,
  beaconToAllMs: 5000,
  /** `alive` of a client; stretched so that an authority hears at most this many a second. */
  aliveMs: 5000,
  alivePerSecond: 50,
  /** An absence is three `alive` intervals. */
  absenceIntervals: 3,
  /** Silence of the authority before a client asks `there?`, and how often it does. */
  askThereHostsMs: 3000,
  askThereMs: 6000,
  askThereEveryMs: 500,
  /** Silence after which a client says `unknown`. */
  unknownMs: 15_000,
  takeOverMs: 6000,
  takeOverEachMs: 2000,
  leaseMs: 10_000,
  renewMs: 2000,
  /** `hello`, answers and commands are repeated until acknowledged. */
  repeatMs: 1000,
  /** A command or an answer without an acknowledgement for this long is given up, or `unconfirmed`. */
  giveUpMs: 10_000,
  /** How long a client repeats its signature of an answer until there is a receipt. */
  receiptMs: 60_000,
  firstStatusMs: 5000,
  /** Named by the transport and no `hello`: then `cannot-be-asked`. */
  helloMs: 2000,
  /** A host that does not know whether an authority lives waits this long before it becomes one. */
  electionMs: 2000,
  /** Purposes that are asked for within this time are asked for in one prompt. */
  togetherMs: 250,
  /** A command waits so long for a part of the authority that is being loaded. */
  loadMs: 3000,
  holdWaitMs: 3000,
  stopAgainMs: 5000,
  /** Who refuses under `leave` is asked to be gone by then. */
  leaveMs: 30_000,
  /** Past the last word to an old authority, when its capture can no longer run: beside the absence time. */
  lastWordMs: 20_000,
  /** How long after the end of a transcript segments of it are still taken. */
  lateSegmentsMs: 5000,
  tickMs: 1000,
  /** A timer of one's own that is later than this: the machine slept. An authority asks before it speaks again. */
  sleptMs: 6000,
} as const;

/** How often `clients` clients say `alive`, so that an authority hears at most 50 a second. */
export function aliveEveryMs(clients: number): number {
  return Math.max(times.aliveMs, Math.ceil(clients / times.alivePerSecond) * 1000);
}

/** How long after its last word to an authority a client may be sure that what that one captured is over. */
export const overMs = (aliveMs: number): number => times.lastWordMs + times.absenceIntervals * aliveMs;
