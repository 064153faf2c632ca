import type { AttentionTracking } from '../attention/attention.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { MeetingState, RecordingState } from '../transport/messages.types.ts';
import type { ErasureView } from '../transport/records-messages.types.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { People } from './people.ts';

/** What everyone is told of the meeting. */
export function meetingState(
  recordings: readonly RecordingState[],
  people: People,
  policy: Policy,
  attention: AttentionTracking,
  is: {
    readonly transcripts: readonly TranscriptView[];
    readonly erasures: readonly ErasureView[] | undefined;
    readonly kept: boolean;
    readonly closed: boolean;
  },
): MeetingState {
  const { bots } = people;
  return {
    recordings,
    policy,
    succession: people.succession().map(({ id }) => id),
    attention,
    ...(bots.length > 0 && { bots }),
    ...(is.transcripts.length > 0 && { transcripts: is.transcripts }),
    ...(is.erasures?.length && { erasures: is.erasures }),
    ...(is.kept && { kept: true }),
    ...(is.closed && { closed: true }),
  };
}
