import { expect, test } from 'vitest';
import { brokenPurposes } from '../../src/simulator/guarantees/g1-purposes.ts';
import type { Happened } from '../../src/simulator/history.types.ts';
import type { Act } from '../../src/simulator/parsed.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';

const scenario = parseScenario({
  meeting: { policy: 'gdpr' },
  participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
  steps: [],
  until: '60s',
});
const step = (at: number, act: object): Happened =>
  ({ at, kind: 'step', step: 0, act: act as Act, about: [] }) as Happened;
const request = { who: 'hana', does: 'requestsPurpose', purpose: 'live-captions' };
const gives = { who: 'bo', does: 'givesConsent', purpose: 'live-captions' };
const shown: Happened = {
  at: 1500,
  kind: 'shown',
  participant: 'bo',
  noticeId: 'n',
  recordingId: 'r',
  purposes: ['live-captions'],
};
const captured = (at: number, participantId: string): Happened => ({
  at,
  kind: 'hook',
  participant: 'hana',
  hook: {
    hook: 'captureChanged',
    payload: { participantId, purpose: 'live-captions', captured: true, because: 'clear', recordingId: 'r' },
  },
});
const overNetwork = { ...scenario, network: { latencyMs: [5, 150], seed: 1 } } as typeof scenario;
const found = (...history: Happened[]) => brokenPurposes(history, scenario).map(({ participant }) => participant);

test('[G1] who asked for a purpose, and who agreed to it, may be part of it', () => {
  expect(found(step(1000, request), captured(1250, 'hana'))).toEqual([]);
  expect(found(step(1000, request), shown, step(2000, gives), captured(2000, 'bo'))).toEqual([]);
});

test('[G1] who was not asked, has only seen it, or took it back, may not', () => {
  expect(found(step(1000, request), captured(1250, 'bo'))).toEqual(['bo']);
  expect(found(step(1000, request), shown, captured(1600, 'bo'))).toEqual(['bo']);
  const withdraws = { ...gives, does: 'withdrawsConsent' };
  expect(found(step(1000, request), shown, step(2000, gives), step(3000, withdraws), captured(3100, 'bo'))).toEqual([
    'bo',
  ]);
});

test('[G1] over a network, others may be told of who took it back for a moment, and they themselves until it is heard', () => {
  const refuses = { ...gives, does: 'refusesConsent' } as Act;
  const heard: Happened = { at: 3050, kind: 'outcome', step: 0, act: refuses, outcome: { outcome: 'recorded' } };
  const taken = [step(1000, request), shown, step(2000, gives), step(3000, refuses), heard];
  const told = (event: Happened) => brokenPurposes([...taken, event], overNetwork).length;
  expect([told(captured(3100, 'bo')), told(captured(8100, 'bo'))]).toEqual([0, 1]);
  expect(told({ ...captured(3100, 'bo'), participant: 'bo' } as Happened)).toBe(1);
});

test('[G1] what was said of a life that is over counts for no other', () => {
  const agreed = [step(1000, request), shown, step(2000, gives)] as const;
  const next = captured(6000, 'bo');
  expect(found(...agreed, next)).toEqual([]);
  const { hook } = next as Extract<Happened, { kind: 'hook' }>;
  const ofAnother = { ...next, hook: { ...hook, payload: { ...hook.payload, recordingId: 'r-2' } } } as Happened;
  expect(found(...agreed, ofAnother)).toEqual(['bo']);
});
