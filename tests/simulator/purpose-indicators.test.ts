import { expect, test } from 'vitest';
import { brokenPurposeIndicators } from '../../src/simulator/guarantees/g2-purposes.ts';
import { brokenG8 } from '../../src/simulator/guarantees/g8-agreement.ts';
import type { Happened } from '../../src/simulator/history.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';

const scenario = parseScenario({
  meeting: { policy: 'gdpr' },
  participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
  steps: [],
  until: '120s',
});
const purpose = 'live-captions';
const here = (participant: string, at = 0): Happened => ({ at, kind: 'presence', participant, state: 'joined' });
const away = (participant: string, at: number): Happened => ({
  at,
  kind: 'presence',
  participant,
  state: 'disconnected',
});
const reads = (at: number, participant: string, status: 'on' | 'off' | 'unknown'): Happened => ({
  at,
  kind: 'hook',
  participant,
  hook: { hook: 'indicatorChanged', payload: { purpose, status } },
});
const part = (at: number, participant: string, participantId: string, captured = true): Happened => ({
  at,
  kind: 'hook',
  participant,
  hook: {
    hook: 'captureChanged',
    payload: { participantId, purpose, captured, because: captured ? 'clear' : 'withdrawn', recordingId: 'r' },
  },
});
const consents = (
  at: number,
  participant: string,
  participantId: string,
  consent: 'given' | 'withdrawn',
): Happened => ({
  at,
  kind: 'hook',
  participant,
  hook: { hook: 'consentChanged', payload: { participantId, purpose, consent, recordingId: 'r' } },
});
const follows = (participant: string): Happened => ({
  at: 0,
  kind: 'hook',
  participant,
  hook: { hook: 'connectionChanged', payload: { connection: 'connected', authorityId: 'hana' } },
});
const both = [here('hana'), here('bo')] as const;

test.each([
  ['who reads on', [reads(1000, 'bo', 'on'), part(1000, 'hana', 'bo')], []],
  ['who cannot know', [reads(1000, 'bo', 'unknown'), part(1000, 'hana', 'bo')], []],
  ['who reads off, by a host’s word', [reads(1000, 'bo', 'off'), part(1000, 'hana', 'bo')], ['bo']],
  ['who reads off, by their own client’s word', [reads(1000, 'bo', 'off'), part(1000, 'bo', 'bo')], ['bo']],
  [
    'who reads off and is part of it no more',
    [reads(1000, 'bo', 'off'), part(1000, 'hana', 'bo'), part(9000, 'hana', 'bo', false)],
    [],
  ],
  ['who is cut off', [reads(1000, 'bo', 'off'), part(1000, 'hana', 'bo'), away('bo', 9000)], []],
] as const)('[G2] of a purpose without a recording the indicator is true: %s', (_, history, expected) => {
  const found = brokenPurposeIndicators([...both, ...history, here('nobody', 100_000)], scenario);
  expect(found.map(({ id, participant }) => [id, participant])).toEqual(expected.map((id) => ['G2', id]));
});

test('[G8] all clients agree on a purpose without a recording, and hosts on who consents to it', () => {
  const judged = (...history: Happened[]) =>
    brokenG8([...both, follows('hana'), follows('bo'), ...history], scenario).map(({ message }) => message);
  expect(judged(reads(1000, 'hana', 'on'), reads(1000, 'bo', 'on'))).toEqual([]);
  expect(judged(reads(1000, 'hana', 'on'))).toEqual(['reads off of live-captions where hana reads on']);
  expect(judged(reads(1000, 'hana', 'off'))).toEqual([]);
  const running = [reads(1000, 'hana', 'on'), reads(1000, 'bo', 'on')] as const;
  expect(judged(...running, consents(1000, 'bo', 'bo', 'given'), consents(1000, 'hana', 'bo', 'given'))).toEqual([]);
  expect(judged(...running, consents(1000, 'bo', 'bo', 'withdrawn'), consents(1000, 'hana', 'bo', 'given'))).toEqual([
    'is withdrawn to live-captions and hana believes given (r)',
  ]);
});
