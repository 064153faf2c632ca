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
 * cannot leave people out, somebody on air for no time at all was caught by their hold.
 */
export function brokenG1(history: readonly Happened[], scenario: Scenario): Broken[] {
  const { recording } = parsePolicy(scenario.meeting.policy);
  const enough = recording.consent === 'notice' ? ['shown', 'acknowledged', 'given'] : ['acknowledged', 'given'];
  const accepted = recording.consent === 'explicit' ? ['given'] : enough;
  const said = new Map<string, string>();
  const broken: Broken[] = [];
  for (const event of history) {
    if (event.kind === 'shown') {
      const key = `${event.participant} ${event.recordingId}`;
      if (!said.has(key)) said.set(key, 'shown');
    }
    if (event.kind === 'outcome' && event.act.does === 'requestsRecording' && event.outcome.recordingId) {
      said.set(`${event.act.who} ${event.outcome.recordingId}`, 'given');
    }
    if (event.kind === 'hook' && event.hook.hook === 'recordingStarted') {
      const { by, recordingId } = event.hook.payload;
      const key = typeof by === 'object' ? `${by.participantId} ${recordingId}` : '';
      if (key !== '' && !said.has(key)) said.set(key, 'given');
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
    if (may || isForNoTime(history, event) || isRequester(history, participant, recordingId)) continue;
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

/** Who asked for a recording and has not taken it back since. */
function isRequester(history: readonly Happened[], participant: string, recordingId: string): boolean {
  let asked = false;
  for (const event of history) {
    if (
      event.kind === 'hook' &&
      event.hook.hook === 'recordingStarted' &&
      event.hook.payload.recordingId === recordingId
    ) {
      const { by } = event.hook.payload;
      asked ||= typeof by === 'object' && by.participantId === participant;
    }
    if (event.kind === 'step' && event.act.who === participant && words[event.act.does] === 'no') return false;
  }
  return asked;
}

function isForNoTime(history: readonly Happened[], begun: Extract<Happened, { kind: 'captured' }>): boolean {
  return history.some(
    (event) =>
      event.kind === 'captured' &&
      !event.captured &&
      event.at === begun.at &&
      event.participant === begun.participant &&
      event.recordingId === begun.recordingId,
  );
}
