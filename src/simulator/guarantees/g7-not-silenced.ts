import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** By when everyone who was there has been told: the time after which a client says `unknown`, and one more second. */
const toldWithinMs = 16_000;

/**
 * G7: whatever a host has set for themselves, everyone whose client was connected to whoever decides when a recorder of
 * the meeting's own began, and has been since, was told of that recording: by a notice on screen, or a cue on the line.
 */
export function brokenG7(history: readonly Happened[], scenario: Scenario): Broken[] {
  const watched = scenario.participants.filter(({ sdk, channel }) => sdk && channel !== 'bot').map(({ id }) => id);
  const connected = new Set<string>();
  /** Whom each client follows. Where they follow two, whose a recorder is cannot be seen from outside. */
  const authorities = new Map<string, string | undefined>();
  const told = new Set<string>();
  const running = new Map<string, { readonly sinceMs: number; readonly clients: Set<string> }>();
  const broken: Broken[] = [];
  const check = (at: number) => {
    for (const [recordingId, { sinceMs, clients }] of running) {
      if (at - sinceMs <= toldWithinMs) continue;
      const untold = [...clients].filter((participant) => !told.has(`${participant} ${recordingId}`));
      clients.clear();
      for (const participant of untold) {
        broken.push({ id: 'G7', atMs: at, participant, message: `${participant} was never told of ${recordingId}` });
      }
    }
  };
  const disconnects = (participant: string) => {
    connected.delete(participant);
    for (const { clients } of running.values()) clients.delete(participant);
  };
  for (const event of history) {
    check(event.at);
    if (event.kind === 'presence') {
      disconnects(event.participant);
      // Who sleeps, or has no network, goes on as they were.
      if (event.state !== 'disconnected' && event.state !== 'reconnected') authorities.delete(event.participant);
    }
    // Who can tell whom is another matter from now on (G8).
    if (event.kind === 'network') for (const each of watched) disconnects(each);
    if (event.kind === 'recorder' && event.recorder !== 'platform') {
      if (event.status === 'off') running.delete(event.recordingId);
      else if (!running.has(event.recordingId)) {
        const agreed = new Set(authorities.values()).size === 1;
        running.set(event.recordingId, { sinceMs: event.at, clients: new Set(agreed ? connected : []) });
      }
    }
    if (event.kind !== 'hook') continue;
    const { participant, hook } = event;
    if (hook.hook === 'connectionChanged') {
      disconnects(participant);
      authorities.delete(participant);
      if (hook.payload.connection === 'connected') authorities.set(participant, hook.payload.authorityId);
      if (hook.payload.connection === 'connected' && watched.includes(participant)) connected.add(participant);
    }
    if (hook.hook === 'noticeRaised' || hook.hook === 'cueRequested') {
      told.add(`${participant} ${hook.payload.recordingId}`);
    }
  }
  check(scenario.untilMs);
  return broken;
}
