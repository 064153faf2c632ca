import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

const words: Readonly<Record<string, 'given' | 'acknowledged' | 'no'>> = {
  givesConsent: 'given',
  acknowledges: 'acknowledged',
  refusesConsent: 'no',
  withdrawsConsent: 'no',
};

/**
 * G1: whoever the recorder's output begins to hold has been shown, has pressed Continue or has agreed, whichever the
 * meeting's own policy asks (regions may ask for more), or asked for the recording themselves. Where the recorder
 * cannot leave people out, somebody who comes is on air until their hold, or the pause, a moment later.
 */
export function brokenG1(history: readonly Happened[], scenario: Scenario): Broken[] {
  const { recording } = parsePolicy(scenario.meeting.policy);
  const enough = recording.consent === 'notice' ? ['shown', 'acknowledged', 'given'] : ['acknowledged', 'given'];
  const accepted = recording.consent === 'explicit' ? ['given'] : enough;
  // A request is its requester's own consent.
  const said = new Map(requesters(history).map((key) => [key, 'given']));
  const broken: Broken[] = [];
  for (const event of history) {
    if (event.kind === 'shown') {
      const key = `${event.participant} ${event.recordingId}`;
      if (!said.has(key)) said.set(key, 'shown');
    }
    if (event.kind === 'step') note(event, said);
    if (event.kind !== 'captured' || !event.captured) continue;
    const { participant, recordingId, at } = event;
    const who = scenario.participants.find(({ id }) => id === participant);
    const answer = said.get(`${participant} ${recordingId}`);
    const cannot = who?.sdk === false || who?.channel === 'room-system' || who?.channel === 'bot';
    const may = cannot
      ? recording.onCannotBeAsked === 'announce' || !scenario.capture.canExclude
      : accepted.includes(answer ?? '');
    if (may || (!scenario.capture.canExclude && isBrief(history, event))) continue;
    const message = `${participant} is captured (${recording.consent} asked) and was last ${answer ?? 'not asked'}`;
    broken.push({ id: 'G1', atMs: at, participant, message });
  }
  return broken;
}

/** What the keys of a phone say. */
const keys: Readonly<Record<string, 'given' | 'no'>> = { '1': 'given', '2': 'no' };

function note({ act, about }: Extract<Happened, { kind: 'step' }>, said: Map<string, string>): void {
  const word = act.does === 'pressesKey' ? keys[act.key] : words[act.does];
  if (word === undefined) return;
  const purposes =
    'purposes' in act && act.purposes
      ? act.purposes
      : 'purpose' in act
        ? [act.purpose]
        : act.does === 'pressesKey'
          ? ['recording']
          : [];
  if (!purposes.includes('recording')) return;
  for (const { recordingId } of about) {
    const key = `${act.who} ${recordingId}`;
    // Agreeing needs a notice that was shown; having agreed, Continue takes nothing back.
    if (word !== 'no' && !said.has(key)) continue;
    if (word === 'acknowledged' && said.get(key) === 'given') continue;
    said.set(key, word);
  }
}

/** Who asked for which recording, as the one who asked and those who were asked heard it. */
function requesters(history: readonly Happened[]): string[] {
  return history.flatMap((event) => {
    if (event.kind === 'outcome' && event.act.does === 'requestsRecording') {
      return event.outcome.recordingId ? [`${event.act.who} ${event.outcome.recordingId}`] : [];
    }
    if (event.kind !== 'hook' || event.hook.hook !== 'noticeRaised') return [];
    const { requestedBy, recordingId } = event.hook.payload;
    return typeof requestedBy === 'object' ? [`${requestedBy.participantId} ${recordingId}`] : [];
  });
}

/** How long a recorder that cannot leave people out may have had somebody before their hold or the pause, in ms. */
const briefMs = 1000;

function isBrief(
  history: readonly Happened[],
  begun: Extract<Happened, { kind: 'captured' }> & { at: number },
): boolean {
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
