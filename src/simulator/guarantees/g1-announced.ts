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
 * cannot leave people out, somebody who comes is on air until their hold, or the pause, a moment after their client is
 * connected to whoever decides; where nobody decides, until the lease has run out.
 */
export function brokenG1(history: readonly Happened[], scenario: Scenario): Broken[] {
  const { recording } = parsePolicy(scenario.meeting.policy);
  const said = new WordsSaid(history, scenario);
  const broken: Broken[] = [];
  const connected = new Map<string, number>();
  for (const event of history) {
    said.take(event);
    if (event.kind === 'presence') connected.delete(event.participant);
    if (event.kind === 'hook' && event.hook.hook === 'connectionChanged') {
      if (event.hook.payload.connection === 'connected') connected.set(event.participant, event.at);
      else connected.delete(event.participant);
    }
    if (event.kind !== 'captured' || !event.captured) continue;
    const { participant, recordingId, at } = event;
    const who = scenario.participants.find(({ id }) => id === participant);
    const answer = said.of(participant, recordingId);
    const cannot = who?.sdk === false || who?.channel === 'room-system' || who?.channel === 'bot';
    const may = cannot
      ? recording.onCannotBeAsked === 'announce' || !scenario.capture.canExclude
      : enough[recording.consent]?.includes(answer ?? '');
    if (may || (!scenario.capture.canExclude && isBrief(history, event, connected.get(participant)))) continue;
    const message = `${participant} is captured (${recording.consent} asked) and was last ${answer ?? 'not asked'}`;
    broken.push({ id: 'G1', atMs: at, participant, message });
  }
  return broken;
}

/** How long a recorder that cannot leave people out may have had somebody before their hold or the pause, in ms. */
const briefMs = 1000;

function isBrief(
  history: readonly Happened[],
  begun: Extract<Happened, { kind: 'captured' }>,
  connectedAt: number | undefined,
): boolean {
  const { participant, recordingId } = begun;
  const isConnecting = (event: Happened) =>
    event.kind === 'hook' &&
    event.participant === participant &&
    event.hook.hook === 'connectionChanged' &&
    event.hook.payload.connection === 'connected';
  const later = history.slice(history.indexOf(begun as Happened) + 1);
  const connects = connectedAt ?? later.find(isConnecting)?.at ?? Number.POSITIVE_INFINITY;
  const ended = later.find(
    (event) =>
      event.kind === 'captured' &&
      !event.captured &&
      event.participant === participant &&
      event.recordingId === recordingId,
  );
  return (
    (ended?.at ?? Number.POSITIVE_INFINITY) - Math.max(begun.at, connects) <= briefMs ||
    connects === Number.POSITIVE_INFINITY
  );
}
