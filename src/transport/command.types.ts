import type { ParticipantId, Purpose, RecordingId, Region, Storage } from '../participants/participants.types.ts';
import type { Right } from '../records/ledger.types.ts';
import type { WordsCorrection } from '../records/rights.types.ts';
import type { Segment } from '../transcript/transcript.types.ts';

/** What a client asks of whoever decides. */
export type Command =
  | {
      readonly do: 'requestRecording';
      readonly storage: Storage;
      readonly transcript?: boolean;
      readonly reason?: string;
      readonly only?: readonly ParticipantId[];
    }
  | { readonly do: 'pauseRecording' | 'resumeRecording' | 'stopRecording'; readonly recordingId?: RecordingId }
  | { readonly do: 'startWithoutWaiting'; readonly reason: string }
  | { readonly do: 'remind'; readonly participantIds?: readonly ParticipantId[] }
  | { readonly do: 'requestTranscript' }
  /** `failed`: what writes it down has died. */
  | { readonly do: 'stopTranscript'; readonly failed?: boolean }
  /** What an engine has heard, for this transcript as far as its client knows which. */
  | { readonly do: 'feedSegment'; readonly segment: Segment; readonly transcriptId?: string }
  | { readonly do: 'eraseRecording'; readonly recordingId: RecordingId }
  /** A host says who spoke. */
  | {
      readonly do: 'correctSpeaker';
      readonly recordingId: RecordingId;
      readonly segmentId: string;
      readonly speaker: ParticipantId | null;
    }
  /** A right of the sender's own; one that names somebody else is denied. */
  | {
      readonly do: 'exerciseRight';
      readonly right: Right;
      readonly participantId?: ParticipantId;
      readonly correction?: WordsCorrection;
    }
  | {
      readonly do: 'requestPurpose';
      readonly purpose: Purpose;
      readonly recordingId?: RecordingId;
      readonly provider?: string;
      readonly reason?: string;
    }
  | { readonly do: 'endPurpose'; readonly purpose: Purpose }
  | { readonly do: 'declareRegion'; readonly region: Region }
  | { readonly do: 'admit'; readonly participantIds: readonly ParticipantId[] }
  | { readonly do: 'handOver'; readonly to: ParticipantId }
  | { readonly do: 'reviewConsent'; readonly purpose: Purpose }
  | { readonly do: 'enableAttentionTracking' | 'disableAttentionTracking' }
  /** Whether this client's person shares their screen. */
  | { readonly do: 'reportSharing'; readonly active: boolean }
  /** Whether this client can tell, from now on, whether the meeting is its active window. */
  | { readonly do: 'reportFocus'; readonly able: boolean };
