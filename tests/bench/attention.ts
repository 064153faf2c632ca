import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import { HookBoard } from '../../src/hooks/hook-board.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { AttentionBoard } from '../../src/session/attention-board.ts';
import type { SessionContext } from '../../src/session/session-context.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { messageText, parseMessage } from '../../src/transport/messages.parse.ts';
import type { AttentionEdge, Message } from '../../src/transport/messages.types.ts';
import { type Figure, median, type Scale, timed, withCommas } from './figure.ts';
import { growOld } from './heap.ts';
import { hostId, idAt } from './large-meeting.ts';

const scales = {
  full: { people: [10, 1000, 10_000], flags: 10_000, rounds: 15 },
  quick: { people: [10, 100], flags: 100, rounds: 3 },
} as const;

const frameMs = 16;
/** How many edges come within one frame. */
const flagsEach = 10;

/** A host's board of so many, all here; each round people look away and come back by turns, spread over the meeting. */
function watching(people: number, flags: number): () => number {
  const clock = simulatedClock();
  const epoch = { number: 1, id: hostId, incarnation: 'bench' };
  const meeting = { policy: parsePolicy('notice-only') };
  const hooks = new HookBoard();
  let problem: unknown;
  const mailbox = new Mailbox((error) => {
    problem = error;
  });
  const context = {
    clock,
    mailbox,
    timers: new Timers(clock, mailbox),
    followed: () => ({ epoch, endpoint: hostId }),
    meeting: () => meeting,
    isHosting: () => true,
    tell: (message: Message) => messageText(message),
  } as unknown as SessionContext;
  const board = new AttentionBoard({
    context,
    wire: {
      participantOf: (endpoint) => endpoint,
      roleOf: () => 'participant',
      report: (code) => {
        problem = new Error(code);
      },
    },
    isTracked: () => true,
    changed: () => {},
    drawn(changes) {
      hooks.announce('attentionIndicatorChanged', { changes });
      hooks.deliver(false);
    },
  });
  let heard = 0;
  hooks.on('attentionIndicatorChanged', ({ changes }) => {
    heard += changes.length;
  });
  for (let place = 0; place < people; place += 1) board.joined(idAt(place));
  board.follow({ tracking: { enabled: true, active: true, enabling: 'e', share: 's' }, epoch, hasContact: true });

  function passes(ms: number): void {
    const end = clock.now() + ms;
    for (let next = clock.nextAt(); next !== undefined && next <= end; next = clock.nextAt()) {
      clock.advanceTo(next);
      while (clock.runOne());
    }
    clock.advanceTo(end);
  }

  passes(60_000);
  let sent = 0;

  function nextEdge(): readonly [string, string] {
    const turn = Math.floor(sent / people);
    const from = idAt((sent * 7919) % people);
    sent += 1;
    const inattentive = turn % 2 === 0;
    const edge: AttentionEdge = { t: 'attention', epoch, share: 's', n: turn + 1, inattentive, sinceMs: 0 };
    return [from, messageText({ ...edge, sinceMs: inattentive ? 30_001 : 0 })];
  }

  return () => {
    const edges = Array.from({ length: flags }, nextEdge);
    growOld();
    const ms = timed(() => {
      for (const [place, [from, text]] of edges.entries()) {
        mailbox.post(() => board.take(parseMessage(text, forHosts).message as AttentionEdge, from));
        if ((place + 1) % flagsEach === 0) passes(frameMs);
      }
    });
    passes(frameMs);
    if (problem) throw problem;
    if (heard !== sent) throw new Error(`${sent} edges came, and ${heard} changes were told`);
    return ms;
  };
}

/** What each edge costs a host's client, as the meeting grows. */
export function measureAttention(scale: Scale): Figure[] {
  const { people, flags, rounds } = scales[scale];
  const boards = people.map((count) => watching(count, flags));
  // By turns, so that whatever else the machine does meets all of them; the first rounds warm up.
  const taken = Array.from({ length: rounds + 2 }, () => boards.map((round) => round())).slice(2);
  const last = people.length - 1;
  const growth = median(taken.map((row) => (row[last] ?? Number.NaN) / (row[0] ?? Number.NaN)));
  const microseconds = (place: number) => (median(taken.map((row) => row[place] ?? Number.NaN)) / flags) * 1000;
  return [
    {
      figure: `an attention flag on a host's client, from ${withCommas(people[0])} to ${withCommas(people[last] ?? 0)} participants`,
      measured: `${growth.toFixed(1)}x`,
      target: '≤ 2x (flat)',
      isMet: growth <= 2,
      how: `decoded, checked, confirmed, on the board, told by a hook: ${people.map((count, place) => `${withCommas(count)}: ${microseconds(place).toFixed(1)} µs`).join(', ')}; ${flagsEach} a frame`,
    },
  ];
}
