import { describe, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { hasTag, stateAfter } from '../../src/core/chart.ts';
import { transcriptMachine } from '../../src/transcript/transcript.machine.ts';
import type { TranscriptEvent, TranscriptState } from '../../src/transcript/transcript.types.ts';
import { transcriptChart, transcriptStatusOf } from '../../src/transcript/transcript-chart.ts';

const types = [
  'transcript.requested',
  'consent.settled',
  'recording.started',
  'recording.paused',
  'recording.resumed',
  'recording.ended',
  'recording.erased',
  'transcript.stopped',
  'transcript.processed',
  'transcript.failed',
  'transcript.anonymised',
  'transcript.isolated',
] as const satisfies readonly TranscriptEvent['type'][];
const events: TranscriptEvent[] = types.map((type) => ({ type }));
const states = Object.keys(transcriptChart.states) as TranscriptState[];
const paths = getShortestPaths(transcriptMachine, { events });
const stateThen = (state: TranscriptState, ...then: TranscriptEvent['type'][]) =>
  then.reduce<TranscriptState>((now, type) => stateAfter(transcriptChart, now, type), state);

/** What has happened, by a count of its own: from outside of the chart. */
function told(happened: readonly string[]) {
  const last = (of: readonly string[]) => happened.findLast((type) => of.includes(type));
  return {
    isAskedAndSettled: happened.includes('transcript.requested') && happened.includes('consent.settled'),
    recordingRuns: ['recording.started', 'recording.resumed'].includes(
      last(['recording.started', 'recording.paused', 'recording.resumed', 'recording.ended']) ?? '',
    ),
  };
}

describe('the machine of a transcript', () => {
  test('every state is reached, and each path ends where it says', () => {
    expect(paths.map(({ state }) => state.value).sort()).toEqual([...states].sort());
    for (const { state, steps } of paths) {
      let walked = initialTransition(transcriptMachine)[0];
      for (const { event } of steps) [walked] = transition(transcriptMachine, walked, event as TranscriptEvent);
      expect(walked.value).toBe(state.value);
    }
  });

  test('whoever steps through the chart is where XState would be, with the same tags', () => {
    for (const state of states) {
      const snapshot = transcriptMachine.resolveState({ value: state, context: {} });
      for (const type of types) {
        const [next] = transition(transcriptMachine, snapshot, { type });
        expect([state, type, stateThen(state, type)]).toEqual([state, type, next.value]);
      }
      for (const tag of ['asking', 'running', 'kept']) {
        expect([state, tag, hasTag(transcriptChart, state, tag)]).toEqual([state, tag, snapshot.hasTag(tag)]);
      }
    }
  });

  test('[G5] no walk transcribes but one that was requested and settled, while the recording runs', () => {
    let walks: (readonly [TranscriptState, readonly TranscriptEvent['type'][]])[] = [['off', []]];
    let transcribing = 0;
    for (let length = 1; length <= 5; length += 1) {
      walks = walks.flatMap(([state, happened]) =>
        types
          .filter((type) => stateThen(state, type) !== state)
          .map((type) => [stateThen(state, type), [...happened, type]] as const),
      );
      for (const [state, happened] of walks) {
        if (!hasTag(transcriptChart, state, 'running')) continue;
        transcribing += 1;
        expect([happened, told(happened)]).toEqual([happened, { isAskedAndSettled: true, recordingRuns: true }]);
      }
    }
    expect(transcribing).toBeGreaterThan(5);
  });

  test('[G5] it is the same in whichever order the answers and the recording come', () => {
    expect(stateThen('asking', 'recording.started', 'consent.settled')).toBe('transcribing');
    expect(stateThen('asking', 'consent.settled', 'recording.started')).toBe('transcribing');
    expect(stateThen('asking', 'recording.started', 'recording.paused', 'consent.settled')).toBe('paused');
  });

  test('[G5] the end of the recording ends it, from wherever text is taken', () => {
    for (const state of states) {
      expect([state, hasTag(transcriptChart, stateThen(state, 'recording.ended'), 'running')]).toEqual([state, false]);
    }
  });

  test('[G5] erasing the recording leaves no text, from wherever it is', () => {
    for (const state of states) {
      expect([state, hasTag(transcriptChart, stateThen(state, 'recording.erased'), 'kept')]).toEqual([state, false]);
    }
    expect(states.filter((state) => stateThen(state, 'recording.erased') === 'erased')).toEqual([
      'transcribing',
      'paused',
      'processing',
      'ready',
      'failed',
      'anonymised',
      'isolated',
      'erased',
    ]);
  });

  test('[G12] what was erased stays erased, and what was anonymised has no names again', () => {
    for (const type of types) {
      expect([type, stateThen('erased', type)]).toEqual([type, 'erased']);
      expect([type, ['anonymised', 'erased'].includes(stateThen('anonymised', type))]).toEqual([type, true]);
    }
  });

  test('what is said of it is asking for as long as it is asked for, and its state otherwise', () => {
    expect(states.map((state) => [state, transcriptStatusOf(state)])).toEqual([
      ['off', 'off'],
      ['asking', 'asking'],
      ['askingWhileOn', 'asking'],
      ['askingWhilePaused', 'asking'],
      ['settled', 'asking'],
      ['transcribing', 'transcribing'],
      ['paused', 'paused'],
      ['processing', 'processing'],
      ['ready', 'ready'],
      ['failed', 'failed'],
      ['anonymised', 'anonymised'],
      ['isolated', 'isolated'],
      ['erased', 'erased'],
    ]);
  });
});
