import type { Broken } from '../../src/simulator/simulation.types.ts';
import { digestOf } from './digest.ts';
import type { Bounds, Choice } from './explore.types.ts';
import { ExploredMeeting, scenarioOf } from './explored-meeting.ts';

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly ends: number;
  readonly depth: number;
  readonly runs: number;
}

/** What a search has found. */
export interface Found {
  readonly broken: Broken;
  readonly scenario: Record<string, unknown>;
}

interface SearchOptions {
  readonly bounds: Bounds;
  /** The most states, and the longest way, that are gone into. */
  readonly mostStates: number;
  readonly mostDepth: number;
  readonly progressed?: (progress: Progress) => void;
  readonly isEnding?: () => boolean;
}

export interface Outcome extends Progress {
  /** Nothing within the bounds was left out. */
  readonly isComplete: boolean;
  /** How many ways were cut off for being too long. */
  readonly cut: number;
  /** A name for all the ends together: two searches that come to the same ends have the same. */
  readonly endings: string;
  readonly found: Found | undefined;
}

/** One state on the way, and what is left to try from it. */
interface Place {
  readonly left: Choice[];
  /** What need not be tried from here, since a way that differs only in the order has it: key to choice. */
  readonly asleep: Map<string, Choice>;
  /** Nothing can happen any more. */
  readonly isEnd: boolean;
  taken: Choice | undefined;
}

/**
 * Goes every way that a meeting can go, depth first. A meeting cannot be copied: to try another way, it is begun again
 * and led to where the ways part. A state that has been seen is not gone into again; of ways that differ only in the order
 * of what two clients do independently of each other, one is gone (sleep sets, which leave out ways and never states).
 */
export async function search(options: SearchOptions): Promise<Outcome> {
  const { bounds, mostStates, mostDepth, progressed, isEnding = () => false } = options;
  /** By the name of a state, what was asleep when it was left. */
  const seen = new Map<string, ReadonlySet<string>>();
  const counts = { states: 0, transitions: 0, ends: 0, depth: 0, runs: 0 };
  const ends = new Set<string>();
  let cut = 0;
  let isComplete = true;
  const way: Place[] = [];

  const begin = () => {
    counts.runs += 1;
    return ExploredMeeting.begin(bounds);
  };
  const finish = (found?: Found): Outcome => ({
    ...counts,
    isComplete: isComplete && !found,
    cut,
    endings: digestOf([...ends].sort().join()),
    found,
  });

  function place(meeting: ExploredMeeting, asleep: Map<string, Choice>, only?: ReadonlySet<string>): Place {
    const choices = meeting.choices();
    const left = choices.filter(({ key }) => (only ? only.has(key) : !asleep.has(key)));
    return { left: left.reverse(), asleep, isEnd: choices.length === 0, taken: undefined };
  }

  let meeting = await begin();
  /** How many choices of the way the meeting at hand has taken; `undefined` when it is used up. */
  let at: number | undefined = 0;
  seen.set(meeting.digest(), new Set());
  counts.states = 1;
  way.push(place(meeting, new Map()));

  for (let here = way.at(-1); here; here = way.at(-1)) {
    await breath();
    if (isEnding() || counts.states >= mostStates) {
      isComplete = false;
      break;
    }
    const choice = here.left.pop();
    if (!choice) {
      way.pop();
      continue;
    }
    if (at !== way.length - 1) {
      meeting = await begin();
      for (const { taken } of way.slice(0, -1)) if (taken) await meeting.take(taken);
    }
    // What was tried before, and does not hang on this, is tried after this by the other order.
    const slept = bounds.isReduced ? [...here.asleep] : [];
    const asleep = new Map(slept.filter(([, each]) => meeting.areIndependent(each, choice)));
    here.asleep.set(choice.key, choice);
    here.taken = choice;
    await meeting.take(choice);
    at = way.length;
    counts.transitions += 1;
    counts.depth = Math.max(counts.depth, way.length);
    progressed?.(counts);

    const [broken] = meeting.broken();
    if (broken) return finish(counterExample(bounds, meeting, broken));
    const name = meeting.digest();
    const before = bounds.isMerged ? seen.get(name) : undefined;
    if (before === undefined) {
      counts.states += 1;
      seen.set(name, new Set(asleep.keys()));
      const next = place(meeting, asleep);
      const isTooLong = way.length >= mostDepth && !next.isEnd;
      if (isTooLong) cut += 1;
      if (isTooLong || next.isEnd) {
        counts.ends += 1;
        ends.add(name);
        const [left] = await meeting.settle();
        at = undefined;
        if (left) return finish(counterExample(bounds, meeting, left));
      } else way.push(next);
      continue;
    }
    // What slept whenever this state was reached, and is awake now, is still to be tried.
    const woken = new Set([...before].filter((key) => !asleep.has(key)));
    if (woken.size === 0) continue;
    seen.set(name, new Set([...before].filter((key) => asleep.has(key))));
    way.push(place(meeting, new Map([...asleep].filter(([key]) => before.has(key))), woken));
  }
  isComplete &&= cut === 0;
  return finish();
}

/** Lets the process hear signals: a simulated meeting waits for nothing that would. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The way as a scenario that the simulator replays. */
function counterExample(bounds: Bounds, { steps, atMs }: ExploredMeeting, broken: Broken): Found {
  const about = `Found by exploring. ${broken.id}: ${broken.message}`;
  const scenario = scenarioOf(bounds, steps, atMs);
  // What only an end shows is expected of it, so that it is seen by whoever replays it.
  const expected = { status: 'off', purpose: 'recording', participant: broken.participant, at: `${atMs}ms` };
  return { broken, scenario: { about, ...scenario, ...(broken.id === 'expect' && { expect: [expected] }) } };
}
