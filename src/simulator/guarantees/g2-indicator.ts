import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { isCutOff, isUnstoppable, LocalRecorders } from './out-of-reach.ts';

/** How long a client that has just come may not know yet, in milliseconds. */
const learnsWithinMs = 15_000;

/**
 * G2: a person (not a bot) whom the recorder's output holds is never told `off` by their own client. Checked whenever time goes on,
 * for clients that have been in the meeting for long enough to know. Where the network has parts, those in the other part are told
 * that a recorder in a host's client is over, which is true of every one that can be stopped.
 */
export function brokenG2(history: readonly Happened[], scenario: Scenario): Broken[] {
  const told = new Map<string, string>();
  const since = new Map<string, number>();
  const captured = new Set<string>();
  const local = new LocalRecorders(scenario);
  const broken: Broken[] = [];
  let before = 0;
  let isParted = false;
  const check = (at: number) => {
    for (const key of captured) {
      const [participant = '', recordingId = ''] = key.split(' ');
      if (local.isOutOfReach(recordingId) || isCutOff(scenario, at)) continue;
      if (isParted && local.has(recordingId) && isUnstoppable(scenario)) continue;
      const settled = at - (since.get(participant) ?? 0) > learnsWithinMs;
      const isOff = told.get(participant) === 'off';
      const who = scenario.participants.find(({ id }) => id === participant);
      if (isOff && settled && who?.sdk && who.channel !== 'bot') {
        broken.push({ id: 'G2', atMs: at, participant, message: `${participant} is captured and reads off` });
      }
    }
  };
  for (const event of history) {
    if (event.at > before) check(before);
    before = event.at;
    local.take(event);
    isParted ||= event.kind === 'network';
    if (event.kind === 'presence') since.set(event.participant, event.at);
    if (event.kind === 'hook' && event.hook.hook === 'indicatorChanged' && event.hook.payload.purpose === 'recording') {
      told.set(event.participant, event.hook.payload.status);
    }
    if (event.kind !== 'captured') continue;
    const key = `${event.participant} ${event.recordingId}`;
    if (event.captured) captured.add(key);
    else captured.delete(key);
  }
  check(scenario.untilMs);
  return broken.slice(0, 5);
}
