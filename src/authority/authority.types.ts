import type { Clock } from '../core/clock.ts';
import type { Mailbox } from '../core/mailbox.ts';
import type { Timers } from '../core/timers.ts';
import type { Channel, Endpoint, Epoch, ParticipantId, RecordingId, Role } from '../participants/participants.types.ts';
import type { Policy, RegionRow } from '../policy/policy.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { Ledger, LedgerHead } from '../records/ledger.types.ts';
import type { MeetingRecords } from '../records/meeting-records.types.ts';
import type { RecordingStorage } from '../records/retention.types.ts';
import type { ClientMessage, MeetingState, Message } from '../transport/messages.types.ts';
import type { HandedOver } from './hand-over.types.ts';
import type { People } from './people.ts';

/** What an authority is made of. In a host's session the session supplies it. */
export interface DecidingOptions {
  readonly meetingId: string;
  readonly epoch: Epoch;
  /** Where messages go out; one to `self` comes back to the own client. */
  readonly send: (message: Message, to: 'all' | readonly Endpoint[]) => void;
  readonly roleOf: (participantId: ParticipantId) => Role | 'authority' | undefined;
  readonly capture?: CaptureController | undefined;
  /** The host's wishes and the administrator's rules, complete. */
  readonly policy?: Policy | undefined;
  readonly adminPolicy?: Policy | undefined;
  /** The region table; without it every declared region counts as all-party. */
  readonly law?: readonly RegionRow[] | undefined;
  /** Names the words that people are shown; when it changes, everyone is asked anew. */
  readonly noticeVersion?: string | undefined;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly randomId: () => string;
  readonly inspect?: ((event: unknown) => void) | undefined;
  /** What the last authority left: after a crash its meeting as heard, in an orderly hand-over all it knew. */
  readonly before?: Inheritance | undefined;
  /** What this client's recorder may still run of authorities here that gave way: told to stop until it has ended. */
  readonly left: Set<RecordingId>;
  /** A host has named who shall decide from now on; absent where it gives way to nobody, as a server does. */
  readonly handOver?: (to: ParticipantId) => void;
  /** Where facts of consent are kept, if they are. */
  readonly ledger?: Ledger | undefined;
  /** Over the same ledger: what erases, and carries out rights, if anything does. */
  readonly records?: MeetingRecords | undefined;
  /** Where recordings are, by the adapter's word. */
  readonly storage?: RecordingStorage | undefined;
  /** Asks everyone for the highest epoch that they have heard of. */
  readonly ask: () => void;
  /** Something said to it that it does not believe. */
  readonly doubt: (code: string, from: Endpoint) => void;
}

export type Inheritance =
  | {
      readonly how: 'crash';
      readonly meeting: MeetingState;
      readonly absenceMs: number;
      /** How far its ledger had come, as it was heard here. */
      readonly ledgerHead?: LedgerHead | undefined;
      /** Whether that authority is known to have had somebody in its roster. */
      readonly knew: (id: ParticipantId) => boolean;
    }
  | { readonly how: 'hand-over'; readonly state: HandedOver; readonly from: Epoch };

/** What the parts of an authority share. */
export interface AuthorityContext {
  readonly options: DecidingOptions;
  readonly people: People;
  readonly timers: Timers;
  /** Whole milliseconds since it began. */
  now(): number;
  post(task: () => void): void;
  /** All it knows is on its way to another, and it is not known whether it was taken. */
  isHandingOver(): boolean;
  /** Marks what must be told at the end of this task. */
  readonly changed: {
    meeting(): void;
    person(id: ParticipantId): void;
    everyone(): void;
    /** The recorder has let go of somebody. */
    released(id: ParticipantId): void;
  };
}

/** The one place that decides for a meeting. It runs in a host's client by default, and in Node without change. */
export interface DecidingAuthority {
  readonly epoch: Epoch;
  /** What it knows, part by part: for a tool that compares states. */
  readonly parts: readonly object[];
  /** Somebody's client is named by the transport. */
  joined(endpoint: Endpoint, participantId: ParticipantId, facts: { channel?: Channel; sdk?: boolean }): void;
  left(endpoint: Endpoint): void;
  /** Everyone whom the transport names has been told of by `joined`: what was handed over is decided on from now. */
  gathered(): void;
  /** A client has said something; `from` is the transport's word. */
  receive(message: ClientMessage, from: Endpoint): void;
  /** Somebody follows another authority: left out until they are heard again. */
  suspend(endpoint: Endpoint): void;
  /**
   * All it knows, for an orderly hand-over to another client, or to another authority here; `undefined` while a call to
   * the recorder is under way, or a capture runs that cannot move.
   */
  exportState(to: Endpoint | undefined): string | undefined;
  /** While it hands over it takes nothing more: what it missed is repeated to the next. */
  freeze(isFrozen: boolean): void;
  /** Stops a capture that an authority there could not reach. */
  stopWhatCannotMove(to: Endpoint): void;
  /** Stops what runs; `true` when nothing runs any more. */
  stopAll(code: string): boolean;
  /**
   * Says that the meeting goes on without an authority, or under another. Nothing is captured by it any more; `stopped`
   * is told of the recording that a recorder has ended for that.
   */
  close(how: 'closed' | 'handed-over' | 'superseded', stopped?: (recordingId: RecordingId) => void): void;
}
