import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Policy } from '../../policy/policy.types.ts';
import type { Happened } from '../history.types.ts';
import type { Act, Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

const purpose = 'attention-tracking';
/** How long an icon may still be on its way, or stay, where contact is being lost, in milliseconds. */
const onItsWayMs = 20_000;

/**
 * G4: an icon comes on a host's client only for a participant who was told (and agreed, where the policy asks), while
 * somebody shares whose share counts, and whose window was not the active one for more than the threshold since the
 * last of these; it is gone soon after any of them is over. Nobody else is told of it, nor of the answer.
 */
export function brokenG4(history: readonly Happened[], scenario: Scenario): Broken[] {
  const away = new Away(scenario);
  const denied = new Set(history.flatMap((event) => (isDenied(event) ? [event.act] : [])));
  const icons = new Map<string, number>();
  const broken: Broken[] = [];
  const roleOf = (id: string) => scenario.participants.find((each) => each.id === id)?.role;
  const find = (atMs: number, participant: string, message: string) =>
    broken.push({ id: 'G4', atMs, participant, message });

  const checkIcons = (at: number) => {
    for (const [key, since] of icons) {
      const [host = '', participant = ''] = key.split(' ');
      if (at - Math.max(since, away.lastDueAt(participant, at)) <= onItsWayMs) continue;
      find(at, host, `the icon of ${participant} is still on`);
      icons.delete(key);
    }
  };

  for (const event of history) {
    checkIcons(event.at);
    if (event.kind !== 'step' || !denied.has(event.act)) away.take(event);
    if (event.kind === 'presence' && event.state !== 'joined' && event.state !== 'reconnected') {
      for (const key of icons.keys()) if (key.startsWith(`${event.participant} `)) icons.delete(key);
    }
    if (event.kind !== 'hook') continue;
    const { participant, hook, at } = event;
    if (hook.hook === 'consentChanged' && hook.payload.purpose === purpose) {
      if (hook.payload.participantId !== participant) find(at, participant, 'is told of somebody’s answer');
    }
    if (hook.hook !== 'attentionIndicatorChanged') continue;
    if (roleOf(participant) === 'participant') find(at, participant, 'is told of somebody’s attention');
    for (const { participantId, inattentive } of hook.payload.changes) {
      const key = `${participant} ${participantId}`;
      if (!inattentive) icons.delete(key);
      else {
        icons.set(key, at);
        if (at - away.lastDueAt(participantId, at) > onItsWayMs) {
          find(at, participant, `sees ${participantId} inattentive, who is not`);
        }
      }
    }
  }
  checkIcons(scenario.untilMs);
  return broken;
}

/** What was denied was not done. */
const isDenied = (event: Happened): event is Extract<Happened, { kind: 'outcome' }> =>
  event.kind === 'outcome' && event.outcome.outcome === 'denied';

/** Since when all that an icon needs has held, for each person. */
class Away {
  readonly #policy: Policy['attention'];
  readonly #scenario: Scenario;
  readonly #joined = new Map<string, number>();
  /** Who is in the meeting, and neither heard nor reached. */
  readonly #unreached = new Set<string>();
  readonly #lost = new Map<string, number>();
  readonly #told = new Map<string, number>();
  /** Before whom its notice stood: nobody agrees to what they have not seen. */
  readonly #shown = new Set<string>();
  readonly #sharing = new Set<string>();
  /** Whose share nobody can tell has ended yet. */
  readonly #crashed = new Map<string, number>();
  readonly #dueAt = new Map<string, number>();
  /** Whose own client says that it is on. */
  readonly #reads = new Set<string>();
  /** Who turns it on, and has not heard what came of it. */
  readonly #enabling = new Set<Act>();
  #isParted = false;
  #sharedSince: number | undefined;
  #isEnabled: boolean;

  constructor(scenario: Scenario) {
    const { policy, adminPolicy } = scenario.meeting;
    this.#scenario = scenario;
    this.#policy = parsePolicy(policy).attention;
    const admin = adminPolicy === null ? undefined : parsePolicy(adminPolicy, { admin: true }).attention;
    this.#isEnabled = admin?.enabled ?? false;
  }

  /** When this person's icon was last due. */
  lastDueAt(id: string, at: number): number {
    this.#forgetCrashed(at);
    this.#settle(id, at);
    return this.#dueAt.get(id) ?? Number.NEGATIVE_INFINITY;
  }

  take(event: Happened): void {
    const { at } = event;
    this.#forgetCrashed(at);
    for (const id of this.#lost.keys()) this.#settle(id, at);
    if (event.kind === 'focus') {
      if (event.state === 'focused') this.#lost.delete(event.participant);
      else if (!this.#lost.has(event.participant)) this.#lost.set(event.participant, at);
    }
    if (event.kind === 'presence') this.#takePresence(event, at);
    if (event.kind === 'shown' && event.purposes.includes(purpose)) {
      this.#shown.add(event.participant);
      if (this.#policy.consent === 'notice') this.#isTold(event.participant, at);
    }
    if (event.kind === 'network') this.#isParted = event.groups.length > 0;
    if (event.kind === 'hook' && event.hook.hook === 'attentionTrackingChanged') {
      if (event.hook.payload.enabled) this.#reads.add(event.participant);
      else this.#reads.delete(event.participant);
      // What was on its way when it was turned off has turned it on again.
      if (event.hook.payload.enabled && this.#enabling.size > 0) this.#isEnabled = true;
    }
    if (event.kind === 'step') this.#takeStep(event, at);
    if (event.kind === 'outcome') this.#enabling.delete(event.act);
    if (
      event.kind === 'outcome' &&
      event.act.does === 'disablesAttentionTracking' &&
      event.outcome.outcome === 'done' &&
      !this.#isAlone(event.act.who)
    ) {
      this.#isEnabled = false;
      this.#told.clear();
      this.#shown.clear();
    }
  }

  /** Whoever is cut off decides for themselves alone, and who is parted from where it is on, for their own part. */
  #isAlone(who: string): boolean {
    return this.#unreached.has(who) || (this.#isParted && !this.#reads.has(who));
  }

  #forgetCrashed(now: number): void {
    for (const [id, at] of this.#crashed) {
      if (now - at <= onItsWayMs) continue;
      this.#crashed.delete(id);
      this.#share(id, false, at + onItsWayMs);
    }
  }

  #takePresence({ participant, state }: Extract<Happened, { kind: 'presence' }>, at: number): void {
    if (state === 'disconnected') this.#unreached.add(participant);
    else this.#unreached.delete(participant);
    if (state === 'left' || state === 'crashed') {
      this.#joined.delete(participant);
      this.#told.delete(participant);
      this.#shown.delete(participant);
      if (state === 'crashed') this.#crashed.set(participant, at);
      else this.#share(participant, false, at);
    } else if (!this.#joined.has(participant)) this.#joined.set(participant, at);
  }

  #takeStep({ act }: Extract<Happened, { kind: 'step' }>, at: number): void {
    const { who } = act;
    if (act.does === 'enablesAttentionTracking') {
      this.#isEnabled = true;
      this.#enabling.add(act);
    }
    if (act.does === 'startsSharing') {
      this.#crashed.delete(who);
      this.#share(who, true, at);
    }
    if (act.does === 'stopsSharing') this.#share(who, false, at);
    const about = 'purpose' in act && act.purpose === purpose;
    const agrees = act.does === 'givesConsent' || act.does === 'acknowledges';
    if (about && agrees && this.#shown.has(who)) this.#isTold(who, at);
    if (about && (act.does === 'refusesConsent' || act.does === 'withdrawsConsent')) this.#told.delete(who);
  }

  /** Whoever is told again, or agrees again, was told before. */
  #isTold(who: string, at: number): void {
    if (!this.#told.has(who)) this.#told.set(who, at);
  }

  #share(who: string, is: boolean, at: number): void {
    const isHost = this.#scenario.participants.some(({ id, role }) => id === who && role !== 'participant');
    if (!isHost && this.#policy.armedBy === 'host') return;
    if (is) this.#sharing.add(who);
    else this.#sharing.delete(who);
    if (this.#sharing.size === 0) this.#sharedSince = undefined;
    else this.#sharedSince ??= at;
  }

  #settle(id: string, at: number): void {
    const since = [this.#joined.get(id), this.#lost.get(id), this.#told.get(id), this.#sharedSince];
    if (!this.#isEnabled || this.#unreached.has(id) || since.includes(undefined)) return;
    if (at - Math.max(...(since as number[])) > this.#policy.thresholdMs) this.#dueAt.set(id, at);
  }
}
