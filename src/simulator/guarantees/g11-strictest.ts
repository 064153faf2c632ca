import { regionLaw } from '../../policy/law.ts';
import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { WordsSaid } from './words-said.ts';

/** From when on a region that somebody has declared is known to whoever decides, while messages flow. */
const knownAfterMs = 2000;

/**
 * G11: whoever the recorder's output begins to hold has said what the strictest asks of the meeting's policy, of a rule
 * that the administrator locked, and of the regions of those who are there. Judged with the published table alone, for
 * recorders that can leave people out and for regions that have a row.
 */
export function brokenG11(history: readonly Happened[], scenario: Scenario): Broken[] {
  if (!scenario.capture.canExclude) return [];
  const said = new WordsSaid(history);
  const declared = new Map<string, { at: number; explicit: boolean }>();
  const present = new Set<string>();
  const isStrict = asksAlways(scenario);
  const broken: Broken[] = [];
  const declares = (who: string, region: string | undefined, at: number) => {
    if (region !== undefined) declared.set(`${who} ${region}`, { at, explicit: asksEachPerson(region) });
  };
  for (const event of history) {
    said.take(event);
    if (event.kind === 'presence') {
      const { participant, state, at } = event;
      const who = scenario.participants.find(({ id }) => id === participant);
      if (state === 'joined' || state === 'reconnected') {
        present.add(participant);
        if (who?.sdk) declares(participant, who.region, at);
      } else present.delete(participant);
    }
    if (event.kind === 'step' && event.act.does === 'declaresRegion' && present.has(event.act.who)) {
      declares(event.act.who, event.act.region, event.at);
    }
    if (event.kind !== 'captured' || !event.captured) continue;
    const { participant, recordingId, at } = event;
    const who = scenario.participants.find(({ id }) => id === participant);
    if (!who?.sdk || who.channel === 'room-system' || who.channel === 'bot') continue;
    const strict =
      isStrict ||
      [...declared].some(([key, { at: since, explicit }]) => {
        const [person = ''] = key.split(' ');
        return explicit && present.has(person) && at - since > knownAfterMs;
      });
    const word = said.of(participant, recordingId);
    if (!strict || word === 'given') continue;
    const message = `${participant} is captured where everyone must agree, and was last ${word ?? 'not asked'}`;
    broken.push({ id: 'G11', atMs: at, participant, message });
  }
  return broken;
}

/** Whether the policies alone, without any region, ask everyone to agree. */
function asksAlways({ meeting }: Scenario): boolean {
  if (parsePolicy(meeting.policy).recording.consent === 'explicit' && meeting.adminPolicy === null) return true;
  if (meeting.adminPolicy === null) return false;
  const admin = parsePolicy(meeting.adminPolicy, { admin: true });
  return admin.locked.includes('recording.consent') && admin.recording.consent === 'explicit';
}

const asksEachPerson = (region: string): boolean =>
  regionLaw.some((row) => row.region === region && (row.rule === 'all-party' || row.rule === 'explicit-consent'));
