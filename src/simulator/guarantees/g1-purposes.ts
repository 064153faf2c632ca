import { parsePolicy } from '../../policy/policy.parse.ts';
import { purposePolicy } from '../../policy/purpose.rules.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { type PurposeWord, PurposeWords } from './purpose-words.ts';

const enough: Readonly<Record<string, readonly PurposeWord[]>> = {
  notice: ['shown', 'acknowledged', 'given'],
  acknowledge: ['acknowledged', 'given'],
  explicit: ['given'],
};

/**
 * G1, of the open set of purposes: whoever any client is told to be part of one has been shown it, has pressed Continue
 * or has agreed, whichever the meeting's own policy asks, or asked for it themselves. No recorder is told of such a
 * purpose: what its provider may take is what the hooks say. What clients are told is on its way for a moment.
 */
export function brokenPurposes(history: readonly Happened[], scenario: Scenario): Broken[] {
  const policy = parsePolicy(scenario.meeting.policy);
  const said = new PurposeWords(history, scenario.network !== undefined);
  const broken: Broken[] = [];
  for (const event of history) {
    said.take(event);
    if (event.kind !== 'hook' || event.hook.hook !== 'captureChanged') continue;
    const { participantId, purpose, captured } = event.hook.payload;
    if (!captured || purpose === 'recording' || purpose === 'transcription') continue;
    const who = scenario.participants.find(({ id }) => id === participantId);
    const { consent, onCannotBeAsked } = purposePolicy(policy, purpose);
    const cannot = who?.sdk === false || who?.channel === 'room-system' || who?.channel === 'bot';
    // A caller answers by keys, which say no purpose.
    if (who?.channel === 'phone' || (cannot && onCannotBeAsked === 'announce')) continue;
    const words = said.of(event.hook.payload, event.participant, event.at);
    if (!cannot && words.some((word) => enough[consent]?.includes(word))) continue;
    const message = `${participantId} is part of ${purpose} (${consent} asked) and was last ${words.join(' or ') || 'not asked'}`;
    broken.push({ id: 'G1', atMs: event.at, participant: participantId, message });
  }
  return broken.slice(0, 5);
}
