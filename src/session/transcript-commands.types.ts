import type { Segment } from '../transcript/transcript.types.ts';
import type { CommandOutcome } from './command-outcome.types.ts';

/** What hosts may do about a recording's transcript. */
export interface TranscriptCommands {
  /** Hosts. Adds a transcript to the recording in the cloud; only that is asked for. */
  requestTranscript(): Promise<CommandOutcome>;
  /**
   * Hosts. It is `ready` soon after. With `failed`, what writes it down has died: it is `failed` at once, also while it is
   * processed, and what was written until then is kept. Denied with `transcript/not-running` where there is none.
   * @throws TypeError for a `failed` that is no boolean.
   */
  stopTranscript(how?: { readonly failed?: boolean }): Promise<CommandOutcome>;
  /**
   * Hosts' clients. Hands in what a speech engine has heard; kept and told is what was spoken while its speaker was `clear`
   * (G5). Denied with `transcript/not-running` where there is no transcript, and with `transcript/bad-segment` for what makes
   * no sense, which is counted (`protocolFailed`).
   * @throws TypeError for what is no segment.
   */
  feedSegment(segment: Segment): Promise<CommandOutcome>;
}
