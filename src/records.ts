/** Transcripts: what passes the gate, what is kept, and the files it is read from and written to. */
export type { NamesOf } from './transcript/anonymous.rules.ts';
export { Clearance, type ClearSpan } from './transcript/clearance.ts';
export { speakerOf, textOf } from './transcript/kept-segment.rules.ts';
export { type CorrectionOutcome, KeptTranscript, type KeptTranscriptOptions } from './transcript/kept-transcript.ts';
export { readPlainText, writePlainText } from './transcript/plain-text.ts';
export { type DropReason, type GateOptions, type Passed, SegmentGate } from './transcript/segment-gate.ts';
export { readTranscriptJson, writeTranscriptJson } from './transcript/transcript.parse.ts';
export type {
  Correction,
  CueSource,
  KeptSegment,
  Segment,
  SpokenWord,
  Transcript,
  TranscriptStatus,
} from './transcript/transcript.types.ts';
export type { ReadOptions, WriteOptions } from './transcript/transcript-file.ts';
export { readWebVtt } from './transcript/webvtt.parse.ts';
export { writeWebVtt } from './transcript/webvtt.ts';
