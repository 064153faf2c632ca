import type { Session } from './session.types.ts';

/** The commands that only hosts give; what each does is loaded with the host's side of a client. */
export const hostCommandNames = [
  'requestRecording',
  'pauseRecording',
  'resumeRecording',
  'stopRecording',
  'startWithoutWaiting',
  'remind',
  'requestTranscript',
  'stopTranscript',
  'feedSegment',
  'eraseRecording',
  'correctSpeaker',
  'requestPurpose',
  'endPurpose',
  'enableAttentionTracking',
  'disableAttentionTracking',
  'admit',
  'handOver',
] as const satisfies readonly (keyof Session)[];

/** Those commands by name. */
export type HostCommands = Pick<Session, (typeof hostCommandNames)[number]>;
