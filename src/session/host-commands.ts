import type { RecordingId } from '../participants/participants.types.ts';
import type { MeetingState } from '../transport/messages.types.ts';
import { transcriptsIn } from '../transport/transcript-messages.parse.ts';
import type { AwaitedRecordings } from './awaited-recordings.ts';
import type { CommandPost } from './command-post.ts';
import type { HostCommands } from './host-command-names.ts';
import { checkPurpose, hostChecks } from './host-misuse.ts';
import type { ErasureOutcome } from './records-commands.types.ts';
import type { CommandOutcome, RequestOutcome } from './session.types.ts';

/** What a host's commands are made of: each is checked, and sent to whoever decides. */
export function hostCommands(
  post: CommandPost,
  awaited: AwaitedRecordings,
  meeting: () => MeetingState | undefined,
): HostCommands {
  const aboutRecording = (
    which: 'pauseRecording' | 'resumeRecording' | 'stopRecording',
    recordingId: RecordingId | undefined,
  ): Promise<CommandOutcome> => {
    hostChecks.recording(which, recordingId);
    return post.give({ do: which, ...(recordingId && { recordingId }) });
  };
  return {
    requestRecording(request) {
      hostChecks.request(request);
      return post.run<RequestOutcome>(() => {
        const denial = post.denial();
        if (denial) return denial;
        const { storage, transcript, reason, only, signal } = request;
        return awaited.request(
          {
            do: 'requestRecording',
            storage,
            ...(transcript !== undefined && { transcript }),
            ...(reason !== undefined && { reason }),
            ...(only && { only }),
          },
          (recordingId, ended) => {
            const cancel = () => void post.give({ do: 'stopRecording', recordingId });
            if (signal?.aborted) cancel();
            signal?.addEventListener('abort', cancel, { once: true });
            void ended.then(() => signal?.removeEventListener('abort', cancel));
          },
        );
      });
    },
    pauseRecording: (recordingId) => aboutRecording('pauseRecording', recordingId),
    resumeRecording: (recordingId) => aboutRecording('resumeRecording', recordingId),
    stopRecording: (recordingId) => aboutRecording('stopRecording', recordingId),
    startWithoutWaiting(given) {
      hostChecks.start(given);
      return post.give({ do: 'startWithoutWaiting', reason: given?.reason });
    },
    remind(participantIds) {
      if (participantIds !== undefined) hostChecks.people('remind', participantIds);
      return post.give({ do: 'remind', ...(participantIds && { participantIds }) });
    },
    requestTranscript: () => post.give({ do: 'requestTranscript' }),
    stopTranscript: (how) => post.give({ do: 'stopTranscript', ...(hostChecks.failed(how) && { failed: true }) }),
    feedSegment(segment) {
      const heard = hostChecks.segment(segment);
      // As this client knows it; a segment of one that has ended since is not taken for the next.
      const [transcript] = transcriptsIn(meeting()?.transcripts);
      const of = transcript && { transcriptId: transcript.transcriptId };
      return post.give({ do: 'feedSegment', segment: heard, ...of });
    },
    eraseRecording(recordingId) {
      hostChecks.recording('eraseRecording', recordingId ?? null);
      return post.give<ErasureOutcome>({ do: 'eraseRecording', recordingId });
    },
    correctSpeaker(correction) {
      const { recordingId, segmentId, speaker } = hostChecks.correction(correction);
      return post.give({ do: 'correctSpeaker', recordingId, segmentId, speaker });
    },
    requestPurpose(request) {
      hostChecks.purpose(request);
      const { purpose, recordingId, provider, reason } = request;
      return post.give({
        do: 'requestPurpose',
        purpose,
        ...(recordingId !== undefined && { recordingId }),
        ...(provider !== undefined && { provider }),
        ...(reason !== undefined && { reason }),
      });
    },
    endPurpose(purpose) {
      checkPurpose('endPurpose: purpose', purpose);
      return post.give({ do: 'endPurpose', purpose });
    },
    enableAttentionTracking: () => post.give({ do: 'enableAttentionTracking' }),
    disableAttentionTracking: () => post.give({ do: 'disableAttentionTracking' }),
    admit(participantIds) {
      hostChecks.people('admit', participantIds);
      return post.give({ do: 'admit', participantIds });
    },
    handOver(to) {
      hostChecks.person(to);
      return post.give({ do: 'handOver', to });
    },
  };
}
