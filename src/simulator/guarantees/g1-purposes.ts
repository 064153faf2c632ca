import { parsePolicy } from '../../policy/policy.parse.ts';
import { purposePolicy } from '../../policy/purpose.rules.ts';
import type { Happened } from '../history.types.ts';
import type { Act, Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** What somebody last did about a purpose, as it was seen from beside them. */
type Word = 'shown' | 'acknowledged' | 'given' | 'no';

/** How long a message may be on its way that was sent before a refusal arrived, in milliseconds. */
const onItsWayMs = 5000;

const words: Readonly<Record<string, Word>> = {
  givesConsent: 'given',
  acknowledges: 'acknowledged',
  refusesConsent: 'no',
  withdrawsConsent: 'no',
};

const enough: Readonly<Record<string, readonly Word[]>> = {
  notice: ['shown', 'acknowledged', 'given'],
  acknowledge: ['acknowledged', 'given'],
  explicit: ['given'],
};

/**
 * G1, of the open set of purposes: whoever any client is told to be part of one has been shown it, has pressed Continue
 * or has agreed, whichever the meeting's own policy asks, or asked for it themselves. No recorder is told of such a
 * purpose: what its provider may take is what the hooks say. What others' clients are told is on its way for a moment.
 */
export function brokenPurposes(history: readonly Happened[], scenario: Scenario): Broken[] {
  const policy = parsePolicy(scenario.meeting.policy);
  const said = new PurposeWords();
  const broken: Broken[] = [];
  for (const event of history) {
    said.take(event);
    if (event.kind !== 'hook' || event.hook.hook !== 'captureChanged') continue;
    const { participantId, purpose, captured } = event.hook.payload;
    if (!captured || purpose === 'recording' || purpose === 'transcription') continue;
    const who = scenario.participants.find(({ id }) => id === participantId);
    const { consent, onCannotBeAsked } = purposePolicy(policy, purpose);
    const cannot = who?.sdk === false || who?.channel === 'room-system' || who?.channel === 'bot';
    // A caller answers by keys, which say no purpose.
    if (who?.channel === 'phone' || (cannot && onCannotBeAsked === 'announce')) continue;
    const isLate = event.participant !== participantId && scenario.network !== undefined;
    const last = [...said.of(participantId, purpose), ...(isLate ? said.before(participantId, purpose, event.at) : [])];
    if (!cannot && last.some((word) => enough[consent]?.includes(word))) continue;
    const message = `${participantId} is part of ${purpose} (${consent} asked) and was last ${last.join(' or ') || 'not asked'}`;
    broken.push({ id: 'G1', atMs: event.at, participant: participantId, message });
  }
  return broken.slice(0, 5);
}

/** The words that each person may be held to, by person and purpose: once their own client has read `off` they begin anew. */
class PurposeWords {
  readonly #said = new Map<string, Word>();
  /** What an act took the place of: it comes back if the act was denied, or came to nothing. */
  readonly #replaced = new Map<Act, ReadonlyMap<string, Word | undefined>>();

  /** The last that was taken back, and when. */
  readonly #takenBack = new Map<string, { readonly word: Word; readonly at: number }>();

  /** What was taken back so short a time ago that others' clients need not know. */
  before(participant: string, purpose: string, at: number): Word[] {
    const last = this.#takenBack.get(`${participant} ${purpose}`);
    return last && at - last.at <= onItsWayMs ? [last.word] : [];
  }

  of(participant: string, purpose: string): Word[] {
    const key = `${participant} ${purpose}`;
    const before = [...this.#replaced]
      .filter(([{ does }]) => does === 'requestsPurpose')
      .map(([, each]) => each.get(key));
    return [this.#said.get(key), ...before].filter((word) => word !== undefined);
  }

  take(event: Happened): void {
    if (event.kind === 'shown') {
      for (const purpose of event.purposes) {
        const key = `${event.participant} ${purpose}`;
        if (!this.#said.has(key)) this.#said.set(key, 'shown');
        // It has been seen, whatever comes of what was done meanwhile.
        for (const [act, replaced] of this.#replaced) {
          if (replaced.has(key)) this.#replaced.set(act, new Map([...replaced, [key, replaced.get(key) ?? 'shown']]));
        }
      }
    }
    if (event.kind === 'step') this.#note(event.act, event.at);
    if (event.kind === 'hook' && event.hook.hook === 'indicatorChanged' && event.hook.payload.status === 'off') {
      this.#said.delete(`${event.participant} ${event.hook.payload.purpose}`);
    }
    if (event.kind !== 'outcome') return;
    const { act, outcome } = event;
    const replaced = this.#replaced.get(act) ?? [];
    this.#replaced.delete(act);
    if (act.does === 'requestsPurpose' && outcome.outcome === 'done')
      this.#said.set(`${act.who} ${act.purpose}`, 'given');
    if (outcome.outcome !== 'denied' && outcome.outcome !== 'failed') return;
    for (const [key, word] of replaced) {
      if (word !== undefined) this.#said.set(key, word);
      else if (outcome.outcome === 'denied') this.#said.delete(key);
    }
  }

  #note(act: Act, at: number): void {
    const changes = act.does === 'requestsPurpose' ? asker(act) : this.#answered(act);
    if (changes.size === 0) return;
    this.#replaced.set(act, new Map([...changes.keys()].map((key) => [key, this.#said.get(key)])));
    for (const [key, word] of changes) {
      const taken = this.#said.get(key);
      if (word === 'no' && taken !== undefined && taken !== 'no') this.#takenBack.set(key, { word: taken, at });
      if (word === undefined) this.#said.delete(key);
      else this.#said.set(key, word);
    }
  }

  #answered(act: Act): Map<string, Word | undefined> {
    const word = words[act.does];
    const changes = new Map<string, Word | undefined>();
    if (word === undefined) return changes;
    for (const purpose of purposesOf(act)) {
      const key = `${act.who} ${purpose}`;
      // Agreeing needs a notice that was shown; having agreed, Continue takes nothing back.
      if (word !== 'no' && this.of(act.who, purpose).length === 0) continue;
      if (word === 'acknowledged' && this.#said.get(key) === 'given') continue;
      changes.set(key, word);
    }
    return changes;
  }
}

/** A request is its requester's own consent. */
const asker = ({ who, purpose }: Extract<Act, { does: 'requestsPurpose' }>) =>
  new Map<string, Word | undefined>([[`${who} ${purpose}`, 'given']]);

function purposesOf(act: Act): readonly string[] {
  if ('purposes' in act && act.purposes) return act.purposes;
  return 'purpose' in act && act.purpose !== undefined ? [act.purpose] : [];
}
