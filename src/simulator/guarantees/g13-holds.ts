import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

const answers = ['givesConsent', 'acknowledges', 'refusesConsent', 'withdrawsConsent', 'pressesKey', 'reconnects'];

/**
 * G13: a device goes on only by its person's own gesture, or when a hold ends after an answer of theirs; and never while
 * a moderator's lock is on it.
 */
export function brokenG13(history: readonly Happened[], _: Scenario): Broken[] {
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
