import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** By when everyone who was there has the notice, and hosts know: the time after which a client says `unknown`, and one more second. */
const toldWithinMs = 16_000;

interface Watched {
  readonly sinceMs: number;
  /** Clients that were connected when it began and have been since. */
  readonly clients: Set<string>;
}

/**
 * G10: while the platform's own recorder runs, the client of everyone connected reads `on` from the instant it began;
 * everyone who can be asked has a notice (a phone its cue), and the hosts are told.
 */
export function brokenG10(history: readonly Happened[], scenario: Scenario): Broken[] {
  const running = new Map<string, Watched>();
  const connected = new Set<string>();
  const reads = new Map<string, string>();
  const notices = new Map<string, Set<string>>();
  const told = new Map<string, number>();
  const broken: Broken[] = [];
  let before = 0;

  const find = (participant: string, atMs: number, message: string) =>
    broken.push({ id: 'G10', atMs, participant, message });
  const check = (at: number) => {
    for (const [id, { sinceMs, clients }] of running) {
      for (const client of clients) {
        if (reads.get(client) !== 'on') find(client, before, `the platform records and ${client} reads otherwise`);
        if (at - sinceMs <= toldWithinMs) continue;
        clients.delete(client);
        const who = scenario.participants.find((each) => each.id === client);
        if (who?.channel === 'bot') continue;
        const hasNotice = (notices.get(client)?.size ?? 0) > 0 || (told.get(`${client} notice`) ?? -1) >= sinceMs;
        if (!hasNotice) find(client, at, `${client} has no notice of what the platform records (${id})`);
        if (who?.role !== 'participant' && (told.get(`${client} host`) ?? -1) < sinceMs) {
          find(client, at, `${client} is a host and was not told of what the platform records`);
        }
      }
    }
  };

  for (const event of history) {
    if (event.at > before) check(event.at);
    before = event.at;
    if (event.kind === 'presence') {
      const isHere = event.state === 'joined' || event.state === 'reconnected';
      const hasClient = scenario.participants.some(({ id, sdk }) => id === event.participant && sdk);
      if (isHere && hasClient) connected.add(event.participant);
      else connected.delete(event.participant);
      for (const { clients } of running.values()) clients.delete(event.participant);
      if (event.state !== 'disconnected') notices.delete(event.participant);
      // What a client shows stays on its screen while its network is gone.
      if (event.state === 'left' || event.state === 'crashed') reads.delete(event.participant);
    }
    if (event.kind === 'recorder' && event.recorder === 'platform') {
      if (event.status === 'off') running.delete(event.recordingId);
      else running.set(event.recordingId, { sinceMs: event.at, clients: new Set(connected) });
    }
    if (event.kind === 'hook') takeHook(event, { reads, notices, told });
  }
  check(scenario.untilMs);
  return broken.slice(0, 5);
}

interface Told {
  readonly reads: Map<string, string>;
  readonly notices: Map<string, Set<string>>;
  readonly told: Map<string, number>;
}

function takeHook(
  { participant, hook, at }: Extract<Happened, { kind: 'hook' }>,
  { reads, notices, told }: Told,
): void {
  const open = notices.get(participant) ?? new Set<string>();
  notices.set(participant, open);
  switch (hook.hook) {
    case 'indicatorChanged':
      if (hook.payload.purpose === 'recording') reads.set(participant, hook.payload.status);
      return;
    case 'noticeRaised':
      open.add(hook.payload.noticeId);
      told.set(`${participant} notice`, at);
      return;
    case 'noticeClosed':
      open.delete(hook.payload.noticeId);
      return;
    case 'cueRequested':
      told.set(`${participant} notice`, at);
      return;
    case 'hostNotified':
      if (hook.payload.kind === 'capture-seen') told.set(`${participant} host`, at);
      return;
    default:
  }
}
