import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** G3: when time goes on after a withdrawal, the recorder's output does not hold that person any more. */
export function brokenG3(history: readonly Happened[], scenario: Scenario): Broken[] {
  const captured = new Map<string, Set<string>>();
  const withdrawn: { who: string; at: number; recordings: readonly string[] }[] = [];
  const broken: Broken[] = [];
  let before = 0;
  const check = () => {
    for (const { who, at, recordings } of withdrawn.splice(0)) {
      const still = recordings.filter((id) => captured.get(who)?.has(id));
      const holdsNothing = scenario.participants.some(
        ({ id, sdk, channel }) => id === who && (!sdk || channel === 'bot'),
      );
      if (still.length === 0 || holdsNothing) continue;
      broken.push({ id: 'G3', atMs: at, participant: who, message: `${who} withdrew and is still captured` });
    }
  };
  for (const event of history) {
    if (event.at > before) check();
    before = event.at;
    if (event.kind === 'captured') {
      const held = captured.get(event.participant) ?? new Set<string>();
      if (event.captured) held.add(event.recordingId);
      else held.delete(event.recordingId);
      captured.set(event.participant, held);
    }
    if (event.kind === 'step' && (event.act.does === 'givesConsent' || event.act.does === 'acknowledges')) {
      // Within one instant the last word counts.
      const { who } = event.act;
      withdrawn.splice(0, withdrawn.length, ...withdrawn.filter((each) => each.who !== who));
    }
    if (event.kind !== 'step' || event.act.does !== 'withdrawsConsent') continue;
    if (!('purpose' in event.act) || event.act.purpose !== 'recording') continue;
    const { who } = event.act;
    withdrawn.push({ who, at: event.at, recordings: event.about.map(({ recordingId }) => recordingId) });
  }
  check();
  return broken;
}
