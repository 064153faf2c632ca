import { describe, expect, test } from 'vitest';
import { Clearance } from '../../src/transcript/clearance.ts';
import { SegmentGate } from '../../src/transcript/segment-gate.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';

const said = (more: Partial<Segment> = {}): Segment => ({
  speaker: 'bo',
  startMs: 1000,
  endMs: 2000,
  text: 'Good morning',
  final: true,
  ...more,
});

/** A transcript that runs from 0, in which bo is clear from 0, and a gate at `nowMs`. */
function gateAt(nowMs: number) {
  const clearance = new Clearance();
  clearance.running(0, true);
  clearance.presence('bo', 0, true);
  clearance.speaker('bo', 0, true);
  const clock = { nowMs };
  return { clearance, clock, gate: new SegmentGate({ clearance, now: () => clock.nowMs }) };
}

describe('a segment', () => {
  test('[G5] of whoever is clear passes, as it is', () => {
    const { gate } = gateAt(10_000);
    expect(gate.take(said({ id: 'a', language: 'en' }))).toEqual({
      kept: [{ id: 'a', speaker: 'bo', startMs: 1000, endMs: 2000, text: 'Good morning', final: true, language: 'en' }],
      withdrawn: [],
    });
  });
});
