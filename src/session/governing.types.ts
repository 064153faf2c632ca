import type { DecidingAuthority, DecidingOptions } from '../authority/authority.types.ts';
import type { inheritedFrom } from '../authority/hand-over.parse.ts';
import type { Modules } from '../authority/modules.ts';
import type { Channel, Endpoint, ParticipantId } from '../participants/participants.types.ts';
import type { Policy, RegionRow } from '../policy/policy.types.ts';
import type { CaptureController } from '../recording/capture.types.ts';
import type { Ledger } from '../records/ledger.types.ts';
import type { MeetingRecords } from '../records/meeting-records.types.ts';
import type { RecordingStorage } from '../records/retention.types.ts';
import type { Message } from '../transport/messages.types.ts';
import type { Transport } from '../transport/transport.types.ts';

/** What is loaded only when a client must decide. */
export interface AuthorityModule {
  readonly decidingAuthority: (options: DecidingOptions, modules: Modules) => DecidingAuthority;
  /** What of it is loaded where the meeting needs it. */
  readonly modules: Modules;
  readonly law: readonly RegionRow[];
  readonly parse: (input: unknown, admin: boolean) => Policy;
  readonly inheritedFrom: typeof inheritedFrom;
}

/** What it decides with. */
export interface GoverningOptions {
  readonly transport: Transport;
  readonly capture: CaptureController | undefined;
  readonly policy: unknown;
  readonly adminPolicy: unknown;
  readonly noticeVersion: string | undefined;
  readonly ledger: Ledger | undefined;
  readonly records: MeetingRecords | undefined;
  readonly storage: RecordingStorage | undefined;
  readonly inspect: ((event: unknown) => void) | undefined;
  readonly load: (takesOver?: boolean) => AuthorityModule | Promise<AuthorityModule>;
  readonly send: (message: Message, to: 'all' | readonly Endpoint[]) => void;
  /** Asks everyone for the highest epoch that they have heard of. */
  readonly ask: () => void;
  /** Whether the roster, as it is known here, has somebody. */
  readonly knows: (id: ParticipantId) => boolean;
  readonly factsOf: (endpoint: Endpoint) => { channel?: Channel; sdk?: boolean };
  readonly doubt: (code: string, from: Endpoint) => void;
}
