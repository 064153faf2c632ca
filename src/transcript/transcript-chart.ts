import { type FlatChart, hasTag } from '../core/chart.ts';
import type { TranscriptEvent, TranscriptState, TranscriptStatus } from './transcript.types.ts';

const ways = {
  'recording.erased': 'erased',
  'transcript.anonymised': 'anonymised',
  'transcript.isolated': 'isolated',
} as const;
const unasked = { 'transcript.stopped': 'off', 'recording.ended': 'off', 'recording.erased': 'off' } as const;
const underWay = {
  'transcript.stopped': 'processing',
  'recording.ended': 'processing',
  'transcript.failed': 'failed',
  'recording.erased': 'erased',
} as const;

/**
 * One transcript of one recording, from its request to what becomes of it. Text is taken only where the request is
 * settled and the recording runs, both (G5), in whichever order that comes about; whoever asks while the recording runs
 * tells the chart of that after the request, by the same events. A request that comes to nothing is `off` again; a
 * second request after the first was stopped is a transcript of its own.
 */
export const transcriptChart = {
  id: 'transcript',
  initial: 'off',
  states: {
    off: { on: { 'transcript.requested': 'asking' } },
    asking: {
      tags: ['asking'],
      on: { ...unasked, 'consent.settled': 'settled', 'recording.started': 'askingWhileOn' },
    },
    askingWhileOn: {
      tags: ['asking'],
      on: { ...unasked, 'consent.settled': 'transcribing', 'recording.paused': 'askingWhilePaused' },
    },
    askingWhilePaused: {
      tags: ['asking'],
      on: { ...unasked, 'consent.settled': 'paused', 'recording.resumed': 'askingWhileOn' },
    },
    // Nothing runs yet that could be written down.
    settled: { tags: ['asking'], on: { ...unasked, 'recording.started': 'transcribing' } },
    transcribing: { tags: ['running', 'kept'], on: { ...underWay, 'recording.paused': 'paused' } },
    paused: { tags: ['kept'], on: { ...underWay, 'recording.resumed': 'transcribing' } },
    processing: { tags: ['kept'], on: { ...ways, 'transcript.processed': 'ready', 'transcript.failed': 'failed' } },
    ready: { tags: ['kept'], on: ways },
    // What was written down until then is kept, and goes the same ways.
    failed: { tags: ['kept'], on: ways },
    anonymised: { tags: ['kept'], on: { 'recording.erased': 'erased' } },
    isolated: { tags: ['kept'], on: { 'recording.erased': 'erased', 'transcript.anonymised': 'anonymised' } },
    erased: { type: 'final' },
  },
} as const satisfies FlatChart<TranscriptState, TranscriptEvent['type']>;

/** What is said of a transcript in this state. */
export const transcriptStatusOf = (state: TranscriptState): TranscriptStatus =>
  hasTag(transcriptChart, state, 'asking') ? 'asking' : (state as TranscriptStatus);
