import { regionLaw } from '../../policy/law.ts';
import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { isCutOff, LocalRecorders } from './out-of-reach.ts';
import { WordsSaid } from './words-said.ts';

/** From when on a declared region is known to whoever decides, while messages flow: for who begins to be captured. */
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
    const word = said.of(participant, recordingId);
    if (!isAsked || word === 'given') return false;
    const message = `${participant} is captured where everyone must agree, and was last ${word ?? 'not asked'}`;
    broken.push({ id: 'G11', atMs: at, participant, message });
    return true;
  };
  const checkAll = (at: number) => {
    if (isCutOff(scenario, at)) return;
    for (const [key, { participant, recordingId, sinceMs }] of captured) {
      if (local.isOutOfReach(recordingId)) continue;
      const isAsked = regions.areStrict(at, actedOnAfterMs, Math.max(sinceMs, regions.connectedSince(participant, at)));
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
    else if (!check(participant, recordingId, at, isStrict || regions.areStrict(at, knownAfterMs))) {
      captured.set(key, { participant, recordingId, sinceMs: at });
    }
  }
  checkAll(scenario.untilMs);
  return broken;
}

/** Which regions are declared by people who are there, and since when; and whose client hears whoever decides. */
class Regions {
  readonly #scenario: Scenario;
  readonly #declared = new Map<string, { who: string; sinceMs: number; isStrict: boolean }>();
  readonly #present = new Set<string>();
  readonly #connectedSince = new Map<string, number>();

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  /** Since when somebody's client has been connected; `at` itself if it is not. */
  connectedSince(who: string, at: number): number {
    return this.#connectedSince.get(who) ?? at;
  }

  /** Whether a strict region of somebody whose client is connected has been known for so long, from `fromMs` at the earliest. */
  areStrict(at: number, forMs: number, fromMs = 0): boolean {
    return [...this.#declared.values()].some(
      ({ who, sinceMs, isStrict }) =>
        isStrict && this.#present.has(who) && at - Math.max(sinceMs, fromMs, this.connectedSince(who, at)) > forMs,
    );
  }

  take(event: Happened): void {
    // Who can tell whom is another matter from now on (G8).
    if (event.kind === 'network') this.#connectedSince.clear();
    if (event.kind === 'presence') {
      const { participant, state, at } = event;
      this.#connectedSince.delete(participant);
      if (state !== 'joined' && state !== 'reconnected') {
        this.#present.delete(participant);
        // Whoever comes back in a new page declares anew, and the meeting may have ended meanwhile.
        if (state !== 'disconnected') this.#forget(participant);
        return;
      }
      this.#present.add(participant);
      const who = this.#scenario.participants.find(({ id }) => id === participant);
      this.#declare(participant, who?.region, at);
    }
    if (event.kind === 'step' && event.act.does === 'declaresRegion' && this.#present.has(event.act.who)) {
      this.#declare(event.act.who, event.act.region, event.at);
    }
    if (event.kind === 'hook' && event.hook.hook === 'connectionChanged') {
      if (event.hook.payload.connection === 'connected') this.#connectedSince.set(event.participant, event.at);
      else this.#connectedSince.delete(event.participant);
    }
  }

  #forget(who: string): void {
    for (const [key, declared] of this.#declared) if (declared.who === who) this.#declared.delete(key);
  }

  #declare(who: string, region: string | undefined, sinceMs: number): void {
    const person = this.#scenario.participants.find(({ id }) => id === who);
    // Software is nowhere, and a client without this library declares nothing.
    if (region === undefined || !person?.sdk || person.channel === 'bot') return;
    this.#declared.set(`${who} ${region}`, { who, sinceMs, isStrict: asksEachPerson(region) });
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
