import type { Clock } from '../core/clock.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { AttentionQuery, AuthorityMessage } from '../transport/messages.types.ts';
import type { Binding } from './binding.ts';
import type { Client } from './client.ts';
import type { Cues } from './cues.ts';
import type { AuthorityModule } from './governing.ts';
import type { HostModule } from './host-side.ts';
import type { Notices } from './notices.ts';

/** What a client is made of. */
export interface ClientOptions {
  readonly binding: Binding;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly load: () => AuthorityModule | Promise<AuthorityModule>;
  readonly loadHostSide: () => HostModule | Promise<HostModule>;
  readonly policy: unknown;
  readonly adminPolicy: unknown;
  readonly document: { readonly version: string; readonly hash: string } | undefined;
  readonly catalogue: () => TextCatalogue;
  readonly inspect: ((event: unknown) => void) | undefined;
  /** The parts of a session that its UI side adds. */
  readonly wired: (client: Client) => ClientEvents;
}

/** What the UI side of a session makes of what the client hears. */
export interface ClientEvents {
  readonly notices: Notices;
  readonly cues: Pick<Cues, 'moved'>;
  readonly acknowledged: (id: string, outcome: Extract<AuthorityMessage, { t: 'ack' }>['outcome']) => boolean;
  readonly recordingEnded: (recordingId: string, isCertain: boolean) => void;
  /** Contact is back: who had declined holds again until that is heard. */
  readonly greeting: () => void;
  readonly welcomed: () => void;
  readonly followed: () => void;
  /** What runs, who decides, or whether there is contact may have changed. */
  readonly attended: () => void;
  /** A host asks about this person's attention. */
  readonly attentionAsked: (query: AttentionQuery, from: Endpoint) => void;
}
