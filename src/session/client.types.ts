import type { Clock } from '../core/clock.ts';
import type { Endpoint, Status } from '../participants/participants.types.ts';
import type { AttentionQuery, AuthorityMessage, ReceiptsMessage } from '../transport/messages.types.ts';
import type { SegmentsMessage } from '../transport/transcript-messages.types.ts';
import type { Binding } from './binding.ts';
import type { Cues } from './cues.ts';
import type { HostModule, HostParts } from './host-side.ts';
import type { Notices } from './notices.ts';
import type { Signing } from './signing.ts';

/** A host asks about this person's attention; or receipts of their answers, or what was kept of a transcript they may read. */
export type Addressed = AttentionQuery | ReceiptsMessage | SegmentsMessage;

/** What is handed on to the host's side, once there is one. */
type ForHosts = 'policy' | 'adminPolicy' | 'ledger' | 'records' | 'inspect' | 'load' | 'catalogue' | 'notifications';

/** What a client is made of. */
export interface ClientOptions<Client> extends Pick<HostParts, ForHosts> {
  readonly binding: Binding;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly loadHostSide: () => HostModule | Promise<HostModule>;
  readonly document: { readonly version: string; readonly hash: string } | undefined;
  /** The parts of a session that its UI side adds. */
  readonly wired: (client: Client) => ClientEvents;
}

/** What the UI side of a session makes of what the client hears. */
export interface ClientEvents {
  readonly notices: Notices;
  readonly signing: Signing;
  readonly cues: Pick<Cues, 'moved'>;
  readonly acknowledged: (id: string, outcome: Extract<AuthorityMessage, { t: 'ack' }>['outcome']) => boolean;
  readonly recordingEnded: (recordingId: string, isConfirmed: boolean) => void;
  /** Contact is back: who had declined holds again until that is heard. */
  readonly greeting: () => void;
  readonly welcomed: () => void;
  readonly followed: () => void;
  /** What runs, who decides, or whether there is contact may have changed. */
  readonly attended: () => void;
  /** What the indicator of attention tracking says. */
  readonly attentionStatus: () => Status;
  /** Something for this person alone. */
  readonly addressed: (message: Addressed, from: Endpoint) => void;
  /** A task has ended: what it changed is told. */
  readonly settle: () => void;
}
