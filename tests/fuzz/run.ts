import { seededRandom } from '../../src/transport/seeded-random.ts';
import { heapInUse } from '../bench/heap.ts';
import { messagesFor } from './messages.ts';
import { type Attacked, attacked, othersView, type Wire } from './world.ts';

/** What a message broke, with those before it in its meeting: they reproduce it. */
export interface Failure {
  readonly why: string;
  readonly messages: readonly Wire[];
}

export interface Fuzzed {
  readonly messages: number;
  /** Dropped and counted, by the code of `protocolFailed`. */
  readonly refused: ReadonlyMap<string, number>;
  /** Bytes of heap in use at the start of meetings, in their order. */
  readonly heap: readonly number[];
  readonly failure?: Failure;
}

/** How many messages one meeting hears, and after how many of them its time goes on. */
const perMeeting = 5000;
const perCoHost = 2000;
const perSecond = 50;

/** The heap is measured at the start of every so many meetings: the first have warmed up. */
const perMeasure = 8;

/** Told as it goes on; `false` ends it. */
type Progress = (messages: number) => boolean;

const crashes = ['session/task-threw', 'listenerFailed'];

const deniedIn = ({ failures }: Attacked): number => failures.get('session/not-permitted') ?? 0;

/** What is wrong after a message, seen from outside; `undefined` where all is well. */
export function faultOf(world: Attacked, message: Wire): string | undefined {
  const before = world.snapshots();
  const sent = world.network.messages;
  const [refused, denied] = [world.failureCount, deniedIn(world)];
  try {
    world.hears(message);
  } catch (error) {
    return `it threw: ${String(error)}`;
  }
  const crash = crashes.find((code) => world.failures.has(code));
  if (crash !== undefined) return `it threw inside: ${crash}`;
  // A co-host has rights of their own, and what they say is believed.
  if (message.from === 'eve') return undefined;
  const isRefused = world.failureCount > refused;
  if (message.from === 'stranger' && !isRefused) return 'a sender whom the transport does not know was believed';
  const after = world.snapshots();
  const changed = after.findIndex((snapshot, place) => snapshot !== before[place]);
  // What its sender may not say is a sign of life all the same: who was silent is there again.
  const isUnread = isRefused && deniedIn(world) === denied;
  if (isUnread && changed >= 0) return `it was refused, and changed the snapshot of client ${changed}`;
  if (isUnread && world.network.messages > sent) return 'it was refused, and answered';
  if (changed >= 0) {
    const views = [before, after].map((snapshots) => JSON.stringify(snapshots.map(othersView)));
    if (views[0] !== views[1]) return `a participant changed what others are: ${views.join(' became ')}`;
  }
  if (!world.captured().every(Boolean)) return 'a participant took somebody else out of the recording';
  return undefined;
}

/** The fewest of these messages that still end in a fault. */
async function shrunk(failure: Failure): Promise<Failure> {
  let { why, messages } = failure;
  for (let size = messages.length >> 1; size >= 1; size = Math.min(size >> 1, messages.length >> 1)) {
    for (let from = 0; from + size < messages.length; ) {
      const fewer = [...messages.slice(0, from), ...messages.slice(from + size)];
      const still = await replay(fewer);
      if (still === undefined) from += size;
      else [why, messages] = [still, fewer];
    }
  }
  return { why, messages };
}

/** What these messages, in this order, break in a fresh meeting. */
export async function replay(messages: readonly Wire[]): Promise<string | undefined> {
  const world = await attacked();
  for (const message of messages) {
    const why = faultOf(world, message);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Random and mutated messages to an authority and to sessions: the same ones for the same seed. */
export async function fuzz(count: number, seed: number, progress: Progress): Promise<Fuzzed> {
  const refused = new Map<string, number>();
  const heap: number[] = [];
  let done = 0;
  for (let round = 0; done < count; round += 1) {
    const chance = seededRandom(seed * 100_003 + round);
    // Now and then a co-host of ill will: for them it is only that nothing breaks.
    const isCoHost = round % 4 === 3;
    const world = await attacked();
    if (round % perMeasure === perMeasure - 1) heap.push(heapInUse());
    const next = messagesFor(world, isCoHost ? 'eve' : 'mallory', chance);
    const said: Wire[] = [];
    const end = Math.min(count, done + (isCoHost ? perCoHost : perMeeting));
    for (; done < end; done += 1) {
      const from = isCoHost ? 'eve' : chance() < 0.1 ? 'stranger' : 'mallory';
      const message = { from, to: chance() < 0.6 ? 'hana' : 'bo', ...next() };
      said.push(message);
      const why = faultOf(world, message);
      if (why !== undefined)
        return { messages: done + 1, refused, heap, failure: await shrunk({ why, messages: said }) };
      if (done % perSecond !== 0) continue;
      await world.passes(1000);
      if (!progress(done)) return { messages: done, refused, heap };
    }
    for (const [code, times] of world.failures) refused.set(code, (refused.get(code) ?? 0) + times);
    const why = await stuckAfter(world, isCoHost);
    if (why !== undefined) return { messages: done, refused, heap, failure: { why, messages: said } };
  }
  return { messages: done, refused, heap };
}

/** What no longer works in a meeting that has heard all this. */
async function stuckAfter(world: Attacked, isCoHost: boolean): Promise<string | undefined> {
  await world.passes(20_000);
  if (!isCoHost) {
    const withdrawn = await world.within(1000, world.bo.session.withdrawConsent('recording'));
    if (withdrawn?.outcome !== 'recorded') return `a withdrawal comes to ${JSON.stringify(withdrawn)}`;
    if (world.captured().join() !== 'true,false,true') return `after it, ${world.captured().join()} are captured`;
  }
  for (const { session } of [world.bo, world.hana]) {
    const left = session.leave().then(() => 'left');
    if ((await world.within(60_000, left)) === undefined) return 'somebody cannot leave any more';
  }
  return undefined;
}
