import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { isCutOff, isUnstoppable, LocalRecorders } from './out-of-reach.ts';
import { Sides } from './sides.ts';
import { WordsSaid } from './words-said.ts';

const enough: Readonly<Record<string, readonly string[]>> = {
  notice: ['shown', 'acknowledged', 'given'],
  acknowledge: ['acknowledged', 'given'],
  explicit: ['given'],
};

/**
 * G1: whoever the recorder's output begins to hold has been shown, has pressed Continue or has agreed, whichever the
 * meeting's own policy asks (regions may ask for more), or asked for the recording themselves; where one side alone is
 * recorded, nobody else is in it. Where the recorder
 * cannot leave people out, somebody who comes is on air until their hold, or the pause, a moment after their client is
 * connected to whoever decides; where nobody decides, until the lease has run out.
 */
export function brokenG1(history: readonly Happened[], scenario: Scenario): Broken[] {
  const { recording } = parsePolicy(scenario.meeting.policy);
  const { canExclude, hangs, fails, takesMs = {} } = scenario.capture;
  // A recorder that cannot leave people out takes whoever is on air until it has paused.
  const isLatePause = [...hangs, ...fails, ...Object.keys(takesMs)].includes('pause');
  if (isUnstoppable(scenario) || (!canExclude && isLatePause)) return [];
  const said = new WordsSaid(history, scenario);
  const connected = new Map<string, number>();
  const local = new LocalRecorders(scenario);
  const sides = new Sides(history);
  /** Whom a recorder that cannot leave people out has begun to hold, and who has not said enough. */
  const onAir = new Map<string, { participant: string; recordingId: string; sinceMs: number }>();
  const broken: Broken[] = [];

  const may = (participant: string, recordingId: string, at: number): boolean => {
    if (sides.isOther(participant, recordingId)) return false;
    const who = scenario.participants.find(({ id }) => id === participant);
    const cannot = who?.sdk === false || who?.channel === 'room-system' || who?.channel === 'bot';
    if (cannot) return recording.onCannotBeAsked === 'announce' || !canExclude;
    return enough[recording.consent]?.includes(said.heardOf(participant, recordingId, at) ?? '') ?? false;
  };
  const find = (participant: string, recordingId: string, atMs: number) => {
    const answer = said.of(participant, recordingId) ?? 'not asked';
    const message = sides.isOther(participant, recordingId)
      ? `${participant} is captured where only another side is recorded`
      : `${participant} is captured (${recording.consent} asked) and was last ${answer}`;
    broken.push({ id: 'G1', atMs, participant, message });
  };
  const check = (at: number) => {
    for (const [key, { participant, recordingId, sinceMs }] of onAir) {
      const connectedMs = connected.get(participant);
      if (connectedMs === undefined || at - Math.max(sinceMs, connectedMs) <= briefMs) continue;
      onAir.delete(key);
      if (may(participant, recordingId, sinceMs) || local.isOutOfReach(recordingId) || isCutOff(scenario, sinceMs))
        continue;
      find(participant, recordingId, sinceMs);
    }
  };

  for (const event of history) {
    check(event.at);
    said.take(event);
    local.take(event);
    if (event.kind === 'presence') connected.delete(event.participant);
    if (event.kind === 'hook' && event.hook.hook === 'connectionChanged') {
      if (event.hook.payload.connection === 'connected') connected.set(event.participant, event.at);
      else connected.delete(event.participant);
    }
    if (event.kind !== 'captured') continue;
    const { participant, recordingId, at } = event;
    onAir.delete(`${participant} ${recordingId}`);
    if (!event.captured || may(participant, recordingId, at)) continue;
    if (canExclude && local.isOutOfReach(recordingId)) continue;
    if (canExclude) find(participant, recordingId, at);
    else onAir.set(`${participant} ${recordingId}`, { participant, recordingId, sinceMs: at });
  }
  check(scenario.untilMs);
  return broken;
}

/** How long a recorder that cannot leave people out may have had somebody before their hold or the pause, in ms. */
const briefMs = 1000;
