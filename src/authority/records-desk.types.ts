import type { Command } from '../transport/command.types.ts';
import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import type { PersonalStates } from './personal-states.ts';
import type { Recordings } from './recordings.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** What the desk works on, all of it the authority's. */
export interface RecordsDeskParts {
  readonly context: AuthorityContext;
  readonly recordings: Recordings;
  readonly personal: PersonalStates;
  readonly transcripts: TranscriptDesk;
  readonly ledger: LedgerDesk;
}

/** What is asked of it. */
export type RecordsCommand = Extract<Command, { do: 'exerciseRight' | 'eraseRecording' | 'correctSpeaker' }>;

/** An outcome, or one that comes later; nothing where it is under way already, and whoever asked is answered then. */
export type Answered = AcknowledgedOutcome | Promise<AcknowledgedOutcome> | undefined;
