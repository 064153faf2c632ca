import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

const answers = ['givesConsent', 'acknowledges', 'refusesConsent', 'withdrawsConsent', 'pressesKey', 'reconnects'];

/** How long a hold may outlive the recording that it was for, as the same client reads it, in milliseconds. */
const endsWithinMs = 1000;
/** And where that client has not heard yet of the recording itself, which may live: by then it has, or reads `unknown`. */
const heardWithinMs = 16_000;

/**
 * G13: a device goes on only by its person's own gesture, or when a hold ends after an answer of theirs; and never while
 * a moderator's lock is on it. A hold ends when what it was for has ended.
 */
export function brokenG13(history: readonly Happened[], scenario: Scenario): Broken[] {
  return [...switchedOn(history), ...outlived(history, scenario)];
}

/** Holds that go on where their own client has read that it is over. One may begin before its recording is heard of. */
function outlived(history: readonly Happened[], { untilMs }: Scenario): Broken[] {
  const held = new Map<string, Map<string, number>>();
  const offSince = new Map<string, number>();
  /** Of which recordings each client has told, and for which it holds. */
  const told = new Set<string>();
  const heldFor = new Map<string, string>();
  /** The holds that stand, the policy's and those of withdrawals: for which purpose each is. */
  const holds = new Map<string, string>();
  /** What each client has told the end of, and who has declined that since: held until they are heard, and outliving nothing. */
  const ended = new Set<string>();
  const inDoubt = new Set<string>();
  const broken: Broken[] = [];
  const check = (at: number) => {
    for (const [participant, sinceMs] of offSince) {
      // A purpose that lives without a recording may hold devices for itself.
      if ([...holds].some(([key, purpose]) => key.startsWith(`${participant} `) && purpose !== 'recording')) continue;
      if (inDoubt.has(participant)) continue;
      const isHeardOf = told.has(`${participant} ${heldFor.get(participant)}`);
      if (at - sinceMs <= (isHeardOf ? endsWithinMs : heardWithinMs)) continue;
      offSince.delete(participant);
      const isOld = [...(held.get(participant)?.values() ?? [])].some((heldMs) => heldMs < sinceMs);
      if (!isOld) continue;
      broken.push({ id: 'G13', atMs: at, participant, message: 'devices are held for a recording that is over' });
    }
  };
  let before = 0;
  for (const event of history) {
    if (event.at > before) check(event.at);
    before = event.at;
    if (event.kind === 'presence' && event.state !== 'disconnected' && event.state !== 'reconnected') {
      held.delete(event.participant);
      offSince.delete(event.participant);
      for (const key of holds.keys()) if (key.startsWith(`${event.participant} `)) holds.delete(key);
    }
    if (event.kind === 'hold') {
      const devices = held.get(event.participant) ?? new Map<string, number>();
      held.set(event.participant, devices);
      for (const device of event.devices) {
        if (event.held) devices.set(device, event.at);
        else devices.delete(device);
      }
    }
    if (event.kind === 'hook' && event.hook.hook === 'holdChanged' && event.hook.payload.held) {
      heldFor.set(event.participant, event.hook.payload.recordingId);
    }
    if (event.kind === 'hook' && event.hook.hook === 'holdChanged') {
      const { purpose, recordingId, because, held: isHeld } = event.hook.payload;
      const isWithdrawal = because === (isHeld ? 'withdrawing' : 'acknowledged');
      const key = `${event.participant} ${isWithdrawal ? recordingId : 'policy'}`;
      if (isHeld) holds.set(key, purpose);
      else holds.delete(key);
      if (isHeld && because === 'withdrawing' && ended.has(`${event.participant} ${recordingId}`))
        inDoubt.add(event.participant);
      else if (!isHeld) inDoubt.delete(event.participant);
    }
    if (event.kind === 'hook' && (event.hook.hook === 'recordingStopped' || event.hook.hook === 'recordingFailed')) {
      ended.add(`${event.participant} ${event.hook.payload.recordingId}`);
    }
    if (event.kind !== 'hook' || event.hook.hook !== 'indicatorChanged') continue;
    told.add(`${event.participant} ${event.hook.payload.recordingId}`);
    if (event.hook.payload.purpose !== 'recording') continue;
    if (event.hook.payload.status === 'off') offSince.set(event.participant, event.at);
    else offSince.delete(event.participant);
  }
  check(untilMs);
  return broken;
}

function switchedOn(history: readonly Happened[]): Broken[] {
  const answered = new Set<string>();
  const locked = new Set<string>();
  const broken: Broken[] = [];
  for (const event of history) {
    if (event.kind === 'step' && answers.includes(event.act.does)) answered.add(event.act.who);
    if (event.kind === 'lock') {
      const key = `${event.participant} ${event.device}`;
      if (event.locked) locked.add(key);
      else locked.delete(key);
    }
    if (event.kind !== 'device' || !event.on) continue;
    const { participant, device, because, at } = event;
    const isLocked = locked.has(`${participant} ${device}`);
    const isOwn = because === 'switch' || because === 'start' || (because === 'release' && answered.has(participant));
    if (isOwn && !isLocked) continue;
    const why = isLocked ? 'is locked by a moderator' : 'was not switched on by its person';
    broken.push({ id: 'G13', atMs: at, participant, message: `${device} goes on and ${why}` });
  }
  return broken;
}
