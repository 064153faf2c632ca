import { regionLaw } from '../../policy/law.ts';
import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { isCutOff, LocalRecorders } from './out-of-reach.ts';
import { WordsSaid } from './words-said.ts';

/** From when on a declared region is known to whoever decides, once they have confirmed it: for who begins to be captured. */
const knownAfterMs = 2000;
/** And for who was captured before: by then they are left out, or contact is lost. */
const actedOnAfterMs = 16_000;

/**
 * G11: whoever the recorder's output holds has said what the strictest asks of the meeting's policy, of a rule that the
 * administrator locked, and of the regions of those who are there. Judged with the published table alone, for recorders
 * that can leave people out, for regions that have a row, and while the person's client is connected to whoever decides.
 */
export function brokenG11(history: readonly Happened[], scenario: Scenario): Broken[] {
  if (!scenario.capture.canExclude) return [];
  const said = new WordsSaid(history, scenario);
  const regions = new Regions(scenario);
  const captured = new Map<string, { participant: string; recordingId: string; sinceMs: number }>();
  const isStrict = asksAlways(scenario);
  const local = new LocalRecorders(scenario);
  const broken: Broken[] = [];

  const check = (participant: string, recordingId: string, at: number, isAsked: boolean): boolean => {
    const word = said.heardOf(participant, recordingId, at);
    if (!isAsked || word === 'given') return false;
    const message = `${participant} is captured where everyone must agree, and was last ${word ?? 'not asked'}`;
    broken.push({ id: 'G11', atMs: at, participant, message });
    return true;
  };
  const checkAll = (at: number) => {
    if (isCutOff(scenario, at)) return;
    for (const [key, { participant, recordingId, sinceMs }] of captured) {
      if (local.isOutOfReach(recordingId)) continue;
      const isAsked = regions.mustBeActedOn(at, participant, sinceMs);
      if (check(participant, recordingId, at, isAsked)) captured.delete(key);
    }
  };

  let before = 0;
  for (const event of history) {
    if (event.at > before) checkAll(event.at);
    before = event.at;
    said.take(event);
    regions.take(event);
    local.take(event);
    if (event.kind !== 'captured') continue;
    const { participant, recordingId, at } = event;
    const who = scenario.participants.find(({ id }) => id === participant);
    if (!who?.sdk || who.channel === 'room-system' || who.channel === 'bot') continue;
    const key = `${participant} ${recordingId}`;
    if (!event.captured) captured.delete(key);
    else if (
      local.isOutOfReach(recordingId) ||
      !check(participant, recordingId, at, isStrict || regions.areKnown(at, participant))
    ) {
      captured.set(key, { participant, recordingId, sinceMs: at });
    }
  }
  checkAll(scenario.untilMs);
  return broken;
}

interface Declared {
  readonly who: string;
  readonly sinceMs: number;
  readonly isStrict: boolean;
  isConfirmed: boolean;
}

/** Which regions are declared by people who are there, and since when; and whose client hears whoever decides. */
class Regions {
  readonly #scenario: Scenario;
  readonly #declared = new Map<string, Declared>();
  readonly #present = new Set<string>();
  readonly #connected = new Map<string, { sinceMs: number; authorityId: string | undefined }>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Whether a strict region must have been acted on, for somebody whom the output holds since `sinceMs`. */
  mustBeActedOn(at: number, participant: string, sinceMs: number): boolean {
    return this.#strict(participant).some(
      (declared) =>
        at - Math.max(declared.sinceMs, sinceMs, this.#connectedMs(declared.who), this.#connectedMs(participant)) >
        actedOnAfterMs,
    );
  }

  /** Whether one is known to whoever decides: one's own, once it has been said; another's, once it was confirmed. */
  areKnown(at: number, participant: string): boolean {
    return this.#strict(participant).some(
      ({ who, sinceMs, isConfirmed }) =>
        (isConfirmed || who === participant) && at - Math.max(sinceMs, this.#connectedMs(who)) > knownAfterMs,
    );
  }

  /** Strict regions of those who are there and follow the same authority as somebody. */
  #strict(participant: string): Declared[] {
    const authorityId = this.#connected.get(participant)?.authorityId;
    return [...this.#declared.values()].filter(
      ({ who, isStrict }) =>
        isStrict && this.#present.has(who) && this.#connected.get(who)?.authorityId === authorityId,
    );
  }

  /** Since when somebody's client has been connected; never, if it is not. */
  #connectedMs(who: string): number {
    return this.#connected.get(who)?.sinceMs ?? Number.POSITIVE_INFINITY;
  }

  take(event: Happened): void {
    // Who can tell whom is another matter from now on (G8).
    if (event.kind === 'network') this.#connected.clear();
    if (event.kind === 'presence') {
      const { participant, state, at } = event;
      this.#connected.delete(participant);
      if (state !== 'joined' && state !== 'reconnected') {
        this.#present.delete(participant);
        // Whoever comes back in a new page declares anew, and the meeting may have ended meanwhile.
        if (state !== 'disconnected') this.#forget(participant);
        if (state === 'crashed' && this.#mayDecide(participant)) this.#forgetReplaced();
        return;
      }
      this.#present.add(participant);
      const who = this.#scenario.participants.find(({ id }) => id === participant);
      this.#declare(participant, who?.region, at, true);
    }
    if (event.kind === 'step' && event.act.does === 'declaresRegion' && this.#present.has(event.act.who)) {
      this.#declare(event.act.who, event.act.region, event.at, false);
    }
    if (event.kind === 'outcome' && event.act.does === 'declaresRegion' && event.outcome.outcome === 'done') {
      const declared = this.#declared.get(`${event.act.who} ${event.act.region}`);
      if (declared) declared.isConfirmed = true;
    }
    if (event.kind === 'hook' && event.hook.hook === 'connectionChanged') {
      const { connection, authorityId } = event.hook.payload;
      if (connection === 'connected') this.#connected.set(event.participant, { sinceMs: event.at, authorityId });
      else this.#connected.delete(event.participant);
    }
  }

  #forget(who: string): void {
    for (const [key, declared] of this.#declared) if (declared.who === who) this.#declared.delete(key);
  }

  #mayDecide(who: string): boolean {
    return this.#scenario.participants.some(({ id, role }) => id === who && role !== 'participant');
  }

  /** Whoever decides next, and has no memory, is told only where each person is now. */
  #forgetReplaced(): void {
    const last = new Map([...this.#declared].map(([key, { who }]) => [who, key]));
    for (const [key, { who }] of this.#declared) if (last.get(who) !== key) this.#declared.delete(key);
  }

  #declare(who: string, region: string | undefined, sinceMs: number, isConfirmed: boolean): void {
    const person = this.#scenario.participants.find(({ id }) => id === who);
    // Software is nowhere, and a client without this library declares nothing.
    if (region === undefined || !person?.sdk || person.channel === 'bot') return;
    const key = `${who} ${region}`;
    this.#declared.delete(key);
    this.#declared.set(key, { who, sinceMs, isStrict: asksEachPerson(region), isConfirmed });
  }
}

/** Whether the policies alone, without any region, ask everyone to agree. */
function asksAlways({ meeting }: Scenario): boolean {
  if (parsePolicy(meeting.policy).recording.consent === 'explicit' && meeting.adminPolicy === null) return true;
  if (meeting.adminPolicy === null) return false;
  const admin = parsePolicy(meeting.adminPolicy, { admin: true });
  return admin.locked.includes('recording.consent') && admin.recording.consent === 'explicit';
}

const asksEachPerson = (region: string): boolean =>
  regionLaw.some((row) => row.region === region && (row.rule === 'all-party' || row.rule === 'explicit-consent'));
