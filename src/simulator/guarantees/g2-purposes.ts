import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** How long what somebody is told may be on its way, or a client that has just come may not know yet, in milliseconds. */
const learnsWithinMs = 15_000;
/** A recording's own checkers see to these. */
const elsewhere: readonly string[] = ['recording', 'transcription', 'attention-tracking'];

/**
 * G2, of the open set of purposes: whoever a host's client tells to be part of one, which is what its provider goes by, is
 * not told `off` by their own client; nor does any client say both of its own person. While messages flow, and the person
 * is there.
 */
export function brokenPurposeIndicators(history: readonly Happened[], scenario: Scenario): Broken[] {
  if (!tellsOfPurposes(history)) return [];
  const world = new Told(scenario);
  const broken: Broken[] = [];
  let before = 0;
  for (const event of history) {
    if (event.at > before) broken.push(...world.untrue(event.at));
    before = event.at;
    world.take(event);
  }
  broken.push(...world.untrue(scenario.untilMs));
  return broken.slice(0, 5);
}

const tellsOfPurposes = (history: readonly Happened[]): boolean =>
  history.some(
    (event) =>
      event.kind === 'hook' && event.hook.hook === 'captureChanged' && !elsewhere.includes(event.hook.payload.purpose),
  );

/** Who is told to be part of what, by whose client, and what each reads of it. */
class Told {
  readonly #scenario: Scenario;
  /** Who tells, who is part, and of which purpose. */
  readonly #parts = new Map<string, { teller: string; participant: string; purpose: string; sinceMs: number }>();
  /** Since when each reads `off`, by person and purpose. */
  readonly #offSince = new Map<string, number>();
  /** Since when each client has been there without a break. */
  readonly #hereSince = new Map<string, number>();
  #wholeSince = 0;
  #isWhole = true;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  take(event: Happened): void {
    if (event.kind === 'network') {
      this.#isWhole = event.groups.length === 0 && !event.queues;
      this.#wholeSince = event.at;
    }
    if (event.kind === 'presence') this.#takePresence(event);
    if (event.kind !== 'hook') return;
    const { participant: teller, hook, at } = event;
    if (hook.hook === 'indicatorChanged') {
      const key = `${teller} ${hook.payload.purpose}`;
      if (hook.payload.status === 'off') this.#offSince.set(key, at);
      else this.#offSince.delete(key);
    }
    if (hook.hook !== 'captureChanged' || elsewhere.includes(hook.payload.purpose)) return;
    const { participantId: participant, purpose, captured } = hook.payload;
    const key = `${teller} ${participant} ${purpose}`;
    if (captured) this.#parts.set(key, { teller, participant, purpose, sinceMs: at });
    else this.#parts.delete(key);
  }

  untrue(at: number): Broken[] {
    if (!this.#isWhole || (this.#scenario.network?.loss ?? 0) > 0.3) return [];
    const broken: Broken[] = [];
    for (const [key, { teller, participant, purpose, sinceMs }] of this.#parts) {
      const offSince = this.#offSince.get(`${participant} ${purpose}`);
      const here = [teller, participant].map((id) => this.#hereSince.get(id));
      if (offSince === undefined || here.includes(undefined)) continue;
      const settledSince = Math.max(sinceMs, offSince, this.#wholeSince, ...(here as number[]));
      if (at - settledSince <= learnsWithinMs) continue;
      this.#parts.delete(key);
      const message = `${participant} reads off of ${purpose}, and ${teller} is told that they are part of it`;
      broken.push({ id: 'G2', atMs: at, participant, message });
    }
    return broken;
  }

  #takePresence({ participant, state, at }: Extract<Happened, { kind: 'presence' }>): void {
    if (state === 'joined' || state === 'reconnected') this.#hereSince.set(participant, at);
    else this.#hereSince.delete(participant);
    if (state === 'disconnected' || state === 'reconnected') return;
    for (const key of this.#parts.keys()) if (key.startsWith(`${participant} `)) this.#parts.delete(key);
    for (const key of this.#offSince.keys()) if (key.startsWith(`${participant} `)) this.#offSince.delete(key);
  }
}
