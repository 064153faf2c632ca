import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { WordsSaid } from './words-said.ts';

const enough: Readonly<Record<string, readonly string[]>> = {
  notice: ['shown', 'acknowledged', 'given'],
  acknowledge: ['acknowledged', 'given'],
  explicit: ['given'],
};

/**
 * G1: whoever the recorder's output begins to hold has been shown, has pressed Continue or has agreed, whichever the
 * meeting's own policy asks (regions may ask for more), or asked for the recording themselves. Where the recorder
 * cannot leave people out, somebody who comes is on air until their hold, or the pause, a moment later.
 */
export function brokenG1(history: readonly Happened[], scenario: Scenario): Broken[] {
  const { recording } = parsePolicy(scenario.meeting.policy);
  const said = new WordsSaid(history);
  const broken: Broken[] = [];
  for (const event of history) {
    said.take(event);
    if (event.kind !== 'captured' || !event.captured) continue;
    const { participant, recordingId, at } = event;
    const who = scenario.participants.find(({ id }) => id === participant);
    const answer = said.of(participant, recordingId);
    const cannot = who?.sdk === false || who?.channel === 'room-system' || who?.channel === 'bot';
    const may = cannot
      ? recording.onCannotBeAsked === 'announce' || !scenario.capture.canExclude
      : enough[recording.consent]?.includes(answer ?? '');
    if (may || (!scenario.capture.canExclude && isBrief(history, event))) continue;
    const message = `${participant} is captured (${recording.consent} asked) and was last ${answer ?? 'not asked'}`;
    broken.push({ id: 'G1', atMs: at, participant, message });
  }
  return broken;
}

/** How long a recorder that cannot leave people out may have had somebody before their hold or the pause, in ms. */
const briefMs = 1000;

function isBrief(history: readonly Happened[], begun: Extract<Happened, { kind: 'captured' }>): boolean {
  return history.some(
    (event) =>
      event.kind === 'captured' &&
      !event.captured &&
      event.at >= begun.at &&
      event.at <= begun.at + briefMs &&
      event.participant === begun.participant &&
      event.recordingId === begun.recordingId,
  );
}
