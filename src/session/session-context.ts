import type { Clock } from '../core/clock.ts';
import type { Mailbox } from '../core/mailbox.ts';
import type { Timers } from '../core/timers.ts';
import type { HookBoard } from '../hooks/hook-board.ts';
import type { Endpoint, Epoch, ParticipantId, Self } from '../participants/participants.types.ts';
import type { MeetingState, Message, PersonalState } from '../transport/messages.types.ts';

/** Who decides now, as this client follows it. */
export interface Followed {
  readonly epoch: Epoch;
  readonly endpoint: Endpoint;
}

/** What the parts of one session share. */
export interface SessionContext {
  readonly meetingId: string;
  readonly self: Self;
  readonly clock: Clock;
  readonly mailbox: Mailbox;
  readonly timers: Timers;
  readonly hooks: HookBoard;
  randomId(): string;
  /** To whoever decides now; `false` when nobody is known. */
  tellAuthority(message: Message): boolean;
  tell(message: Message, to: 'all' | readonly Endpoint[]): void;
  followed(): Followed | undefined;
  meeting(): MeetingState | undefined;
  personal(): PersonalState | undefined;
  /** Whether this person is a host or co-host, by the transport's word of now. */
  isHosting(): boolean;
  participantOf(endpoint: Endpoint): ParticipantId | undefined;
  /** Whether the transport vouches for somebody as who may decide. */
  mayDecide(endpoint: Endpoint): boolean;
  /** Something that was plugged in threw: reported, and the session goes on (G9). */
  failed(error: unknown): void;
  /** The snapshot is out of date. */
  changed(): void;
}
