import type { Status } from '../../participants/participants.types.ts';
import { parsePolicy } from '../../policy/policy.parse.ts';
import { isSeenRecording } from '../../recording/seen.rules.ts';
import type { Happened } from '../history.types.ts';
import type { Act, Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** What a policy that names no time gives a request, in milliseconds. */
const defaultTimeoutMs = 60_000;
/** A hold that a start waits for, and what repeating, a change of authority and silence may cost, in milliseconds. */
const slackMs = 3000 + 20_000;
/** What a host's leaving may take: whoever is handed over to is waited for, then what runs is stopped, in milliseconds. */
const leavesWithinMs = 25_000;
/** The calls a start that comes to nothing may need one after the other: `start`, `fence`, `stop`. */
const captureCalls = 3;

interface Times {
  readonly askingMs: number;
  readonly moreMs: number;
}

/** How long the policies of a meeting let a request ask, and how long the rest of it may take. */
function timesOf({ meeting }: Scenario): Times {
  const policies = [
    parsePolicy(meeting.policy),
    ...(meeting.adminPolicy === null ? [] : [parsePolicy(meeting.adminPolicy, { admin: true })]),
  ].map(({ recording }) => recording);
  const most = (times: readonly number[]) => Math.max(...times);
  return {
    askingMs: most(policies.map(({ timeoutMs }) => timeoutMs ?? defaultTimeoutMs)),
    moreMs:
      slackMs +
      most(policies.map(({ graceMs }) => graceMs)) +
      captureCalls * most(policies.map(({ captureTimeoutMs }) => captureTimeoutMs)),
  };
}

/** Somebody waits for the end of something. */
interface Wait {
  readonly participant: string;
  readonly message: string;
  readonly sinceMs: number;
  /** When the recorder was told to start: nobody is waited for any more. */
  readonly startingMs?: number;
}

/**
 * G9: whoever asks for a recording hears what became of it, and nobody reads `asking` for longer than the policy lets a
 * request last; whoever leaves has left. Of clients that have been there all the while: neither left, crashed, asleep nor
 * cut off since.
 */
export function brokenWaits(history: readonly Happened[], scenario: Scenario, nowMs: number): Broken[] {
  const { askingMs, moreMs } = timesOf(scenario);
  const requests = new Map<Act, Wait>();
  const asking = new Map<string, Wait>();
  const leaving = new Map<string, Wait>();
  const broken: Broken[] = [];
  /** When somebody last came, or was asked anew: they have a time of their own, after that of the request. */
  let extendedMs = Number.NEGATIVE_INFINITY;
  const platform = new Set<string>();
  let isParted = false;

  const dueMs = (wait: Wait): number => {
    const { sinceMs, startingMs, participant } = wait;
    if (leaving.get(participant) === wait) return sinceMs + leavesWithinMs;
    if (startingMs !== undefined) return startingMs + moreMs;
    // Whoever came reads what is asked, and says hello, a little later than they came.
    const isExtended = extendedMs >= sinceMs - slackMs;
    return Math.max(sinceMs, extendedMs) + (isExtended ? 2 : 1) * askingMs + moreMs;
  };
  const check = (at: number): void => {
    for (const waits of [requests, asking, leaving] as Map<unknown, Wait>[]) {
      for (const [key, wait] of waits) {
        if (at <= dueMs(wait)) continue;
        waits.delete(key);
        broken.push({ id: 'G9', atMs: at, participant: wait.participant, message: wait.message });
      }
    }
  };
  const forget = (participant: string): void => {
    asking.delete(participant);
    leaving.delete(participant);
    for (const [act, wait] of requests) if (wait.participant === participant) requests.delete(act);
  };
  const reads = (participant: string, status: Status, sinceMs: number, isSeen: boolean): void => {
    for (const [act, wait] of requests) {
      // While the platform records by itself, `on` is its own; the late word of it may come after its end.
      if (status === 'on' && wait.participant === participant && platform.size === 0 && !isSeen)
        requests.set(act, { startingMs: sinceMs, ...wait });
    }
    if (status !== 'asking') asking.delete(participant);
    else if (!isParted) asking.set(participant, { participant, sinceMs, message: 'reads asking for ever' });
  };

  for (const event of history) {
    check(event.at);
    switch (event.kind) {
      case 'presence':
        forget(event.participant);
        // Who comes in the instant of a request, or just before it, is heard of after it.
        if (event.at > 0 && (event.state === 'joined' || event.state === 'reconnected')) extendedMs = event.at;
        break;
      case 'network':
        isParted = event.groups.length > 0 || event.queues === true;
        requests.clear();
        asking.clear();
        break;
      case 'step': {
        const { act, at } = event;
        if (act.does === 'leaves')
          leaving.set(act.who, { participant: act.who, sinceMs: at, message: 'leaves, and does not get away' });
        if (act.does === 'declaresRegion' || act.does === 'reviewsConsent') extendedMs = at;
        if (act.does !== 'requestsRecording' || isParted) break;
        requests.set(act, { participant: act.who, sinceMs: at, message: 'a request for a recording has no outcome' });
        for (const [participant, wait] of asking) asking.set(participant, { ...wait, sinceMs: at });
        break;
      }
      case 'recorder':
        if (event.recorder !== 'platform') break;
        if (event.status === 'off') platform.delete(event.recordingId);
        else platform.add(event.recordingId);
        break;
      case 'outcome':
        requests.delete(event.act);
        if (event.act.does === 'leaves') leaving.delete(event.act.who);
        break;
      case 'hook':
        if (event.hook.hook === 'indicatorChanged' && event.hook.payload.purpose === 'recording') {
          const { status, recordingId = '' } = event.hook.payload;
          reads(event.participant, status, event.at, isSeenRecording(recordingId));
        }
    }
  }
  check(nowMs);
  return broken;
}
