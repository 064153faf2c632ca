import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** How long messages have flowed, and nobody done anything, when everyone must agree, in milliseconds. */
const quietMs = 60_000;
/** How long what ends or pauses by itself may still be on its way, in milliseconds. */
const onItsWayMs = 30_000;
/** Above this share of lost messages, they do not flow. */
const mostLost = 0.3;

/**
 * G8: whoever has seen their notice and agrees is not told that they have not, in whatever order it arrives; and when
 * messages have flowed for long enough and nobody does anything any more, the clients of everyone who is connected name
 * the same authority, read the same of the recording and of each purpose that lives beside it, and hosts believe of each
 * person's consent what that person's own client does.
 */
export function brokenG8(history: readonly Happened[], scenario: Scenario): Broken[] {
  if ((scenario.network?.loss ?? 0) > mostLost) return [];
  const world = new World(scenario);
  for (const event of history) world.take(event);
  const unseen = saidUnseen(history);
  return scenario.untilMs - world.disturbedMs < quietMs
    ? unseen
    : [...unseen, ...world.disagreements(scenario.untilMs)];
}

/**
 * Agreements that were denied as given to a notice not seen, where every notice that stood then had been seen. With two
 * recordings at once the notice may be about the other.
 */
function saidUnseen(history: readonly Happened[]): Broken[] {
  const open = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  const givenToSeen = new Set<object>();
  const broken: Broken[] = [];
  for (const event of history) {
    if (event.kind === 'hook' && event.hook.hook === 'noticeRaised') {
      open.set(`${event.participant} ${event.hook.payload.noticeId}`, event.hook.payload.purposes);
    }
    // One that closes and is raised again has to be seen again.
    if (event.kind === 'hook' && event.hook.hook === 'noticeClosed') {
      open.delete(`${event.participant} ${event.hook.payload.noticeId}`);
      seen.delete(`${event.participant} ${event.hook.payload.noticeId}`);
    }
    // A page that is gone had no time to close its notices.
    if (event.kind === 'presence' && (event.state === 'left' || event.state === 'crashed')) {
      for (const key of open.keys()) if (key.startsWith(`${event.participant} `)) open.delete(key);
    }
    if (event.kind === 'shown') seen.add(`${event.participant} ${event.noticeId}`);
    if (event.kind === 'step') {
      const { act, about } = event;
      const purpose = 'purpose' in act ? (act.purpose as string) : 'recording';
      const own = [...open].filter(([key]) => key.startsWith(`${act.who} `));
      // What one asked for oneself was given by that, and what waits until another prompt is answered was not on screen yet.
      const isAsked = own.some(([, purposes]) => purposes.includes(purpose));
      if (isAsked && about.length === 1 && own.every(([key]) => seen.has(key))) givenToSeen.add(act);
    }
    if (event.kind !== 'outcome' || event.outcome.code !== 'notice/not-shown' || !givenToSeen.has(event.act)) continue;
    const { who } = event.act;
    broken.push({
      id: 'G8',
      atMs: event.at,
      participant: who,
      message: `${who} agreed to a notice on screen and was denied as if it were not`,
    });
  }
  return broken;
}

/** A transcript follows its recording; of attention nobody is told what another has said (G4). */
const unjudged: readonly string[] = ['transcription', 'attention-tracking'];

/** A consent, as somebody's client was told of it. */
interface Heard {
  readonly recordingId: string;
  readonly consent: string;
  readonly at: number;
}

/** What each client was last told, of everyone whose client is connected. */
class World {
  /** When something was last done, by whomever. */
  disturbedMs = 0;
  #isWhole = true;
  readonly #scenario: Scenario;
  readonly #present = new Set<string>();
  readonly #authority = new Map<string, string>();
  /** By who reads it and of which purpose. */
  readonly #reads = new Map<string, string>();
  readonly #readsAt = new Map<string, number>();
  readonly #purposes = new Set(['recording']);
  /** What still runs in some host's own client. */
  readonly #local = new Set<string>();
  /** By whom it is known, then whose it is and for what: the consent last heard of. */
  readonly #consents = new Map<string, Map<string, Heard>>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  take(event: Happened): void {
    if (event.kind === 'network') this.#isWhole = event.groups.length === 0 && !event.queues;
    if (event.kind === 'step' || event.kind === 'presence' || event.kind === 'network') this.disturbedMs = event.at;
    if (event.kind === 'presence') this.#takePresence(event);
    if (event.kind === 'recorder' && event.recorder === 'local') {
      if (event.status === 'off') this.#local.delete(event.recordingId);
      else this.#local.add(event.recordingId);
    }
    if (event.kind === 'hook') this.#takeHook(event, event.at);
  }

  disagreements(atMs: number): Broken[] {
    if (!this.#isWhole) return [];
    const clients = this.#scenario.participants.filter(({ id, sdk }) => sdk && this.#present.has(id));
    const hosts = clients.filter(({ role }) => role !== 'participant').map(({ id }) => id);
    const [first] = hosts;
    // Where nobody may decide, each client goes by what it last knew.
    if (first === undefined) return [];
    const broken: Broken[] = [];
    const differ = (participant: string, message: string) => broken.push({ id: 'G8', atMs, participant, message });
    for (const { id, channel } of clients) {
      const [own, other] = [this.#authority.get(id), this.#authority.get(first)];
      if (own === undefined || own !== other) differ(id, `follows ${own ?? 'nobody'} where ${first} follows ${other}`);
      for (const purpose of this.#purposes) {
        const [one, other] = [`${id} ${purpose}`, `${first} ${purpose}`];
        const [reads, read] = [this.#readOf(id, purpose), this.#readOf(first, purpose)];
        const isOld = atMs - Math.max(this.#readSince(one), this.#readSince(other)) > onItsWayMs;
        if (reads !== read && isOld && !this.#isKnownThere(reads, read))
          differ(id, `reads ${reads} of ${purpose} where ${first} reads ${read}`);
        if (channel !== 'bot') for (const host of hosts) this.#compareConsents(id, host, purpose, atMs, differ);
      }
    }
    return broken.slice(0, 5);
  }

  /** Of a recorder that never ends its own client knows for good; the others count from their last word to it, and read off. */
  #isKnownThere(...reads: readonly (string | undefined)[]): boolean {
    return this.#local.size > 0 && reads.includes('off') && reads.includes('unknown');
  }

  /** A host is told of one recording at a time, the one it heard of last; of what is over or only being stopped, nobody need be. */
  #compareConsents(
    id: string,
    host: string,
    purpose: string,
    atMs: number,
    differ: (participant: string, message: string) => unknown,
  ): void {
    const reads = this.#readOf(host, purpose);
    if (reads === 'off' || reads === 'unknown') return;
    const believed = this.#consents.get(host)?.get(`${id} ${purpose}`);
    const own = believed && this.#consents.get(id)?.get(`${id} ${purpose}`);
    if (!believed || !own || believed.recordingId !== own.recordingId || believed.consent === own.consent) return;
    if (atMs - Math.max(believed.at, own.at) <= onItsWayMs) return;
    differ(id, `is ${own.consent} to ${purpose} and ${host} believes ${believed.consent} (${own.recordingId})`);
  }

  /** A purpose beside the recording that a client has told nothing of is off; of the recording it always tells. */
  #readOf(id: string, purpose: string): string | undefined {
    return this.#reads.get(`${id} ${purpose}`) ?? (purpose === 'recording' ? undefined : 'off');
  }

  #readSince(key: string): number {
    return this.#readsAt.get(key) ?? 0;
  }

  #takePresence({ participant, state }: Extract<Happened, { kind: 'presence' }>): void {
    if (state === 'joined' || state === 'reconnected') this.#present.add(participant);
    else this.#present.delete(participant);
    if (state === 'disconnected' || state === 'reconnected') return;
    for (const told of [this.#authority, this.#consents]) told.delete(participant);
    for (const key of this.#reads.keys()) if (key.startsWith(`${participant} `)) this.#reads.delete(key);
  }

  #takeHook({ participant, hook }: Extract<Happened, { kind: 'hook' }>, at: number): void {
    if (hook.hook === 'connectionChanged') {
      const { connection, authorityId } = hook.payload;
      if (connection === 'connected' && authorityId) this.#authority.set(participant, authorityId);
      else this.#authority.delete(participant);
    }
    if (hook.hook === 'indicatorChanged' && !unjudged.includes(hook.payload.purpose)) {
      const key = `${participant} ${hook.payload.purpose}`;
      this.#purposes.add(hook.payload.purpose);
      this.#reads.set(key, hook.payload.status);
      this.#readsAt.set(key, at);
    }
    if (hook.hook === 'consentChanged' && !unjudged.includes(hook.payload.purpose)) {
      const { participantId, recordingId, consent, purpose } = hook.payload;
      const known = this.#consents.get(participant) ?? new Map();
      this.#consents.set(participant, known.set(`${participantId} ${purpose}`, { recordingId, consent, at }));
    }
  }
}
