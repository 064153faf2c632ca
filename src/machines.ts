/** The statecharts themselves, for users of XState. Not covered by semantic versioning. */
export { attentionMachine } from './attention/attention.machine.ts';
export type { AttentionEvent, AttentionSetup } from './attention/attention.types.ts';
export { consentMachine } from './consent/consent.machine.ts';
export type { ConsentEvent, ConsentSetup, StandingCounts } from './consent/consent.types.ts';
export { promptMachine } from './notice/prompt.machine.ts';
export type { PromptEvent, PromptSetup } from './notice/prompt.types.ts';
export { recordingMachine } from './recording/recording.machine.ts';
export type {
  CaptureCall,
  Readiness,
  RecordingContext,
  RecordingEmitted,
  RecordingEvent,
  RecordingOutcome,
  RecordingRequest,
  RecordingSetup,
} from './recording/recording.types.ts';
export { transcriptMachine } from './transcript/transcript.machine.ts';
export type { TranscriptEvent, TranscriptSetup } from './transcript/transcript.types.ts';
