import type { ParticipantId, Purpose, RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';
import type { Act } from '../parsed.types.ts';
import { onItsWayMs, Unrest } from './unrest.ts';

/** What somebody did about a purpose, as it was seen from beside them. */
export type PurposeWord = 'shown' | 'acknowledged' | 'given' | 'no';

/** One life of a purpose, of a recording or by itself, and who may be part of it. */
export interface PurposePart {
  readonly participantId: ParticipantId;
  readonly purpose: Purpose;
  readonly recordingId: RecordingId;
}

/** A word, when it was said, and by which act, if by one. */
interface Said {
  readonly word: PurposeWord;
  readonly at: number;
  readonly act?: Act;
}

const words: Readonly<Record<string, PurposeWord>> = {
  givesConsent: 'given',
  acknowledges: 'acknowledged',
  refusesConsent: 'no',
  withdrawsConsent: 'no',
};

const keyOf = ({ participantId, purpose, recordingId }: PurposePart): string =>
  `${participantId} ${purpose} ${recordingId}`;

/**
 * The words that each person may be held to. What is said of a purpose that lives by itself is said of that life alone, and
 * for as long as it lasts; of a purpose of a recording, which may be asked for again, words begin anew once their own
 * client has heard that it is off. That a client which has lost contact takes it for over ends nothing.
 */
export class PurposeWords {
  /** In order. */
  readonly #said = new Map<string, readonly Said[]>();
  /** What counted until it ended, as others may not know yet. */
  readonly #ended = new Map<string, Said>();
  /** Acts whose outcome is not known yet: an answer may not have arrived, a request may come to nothing. */
  readonly #underWay = new Set<Act>();
  /** Requests of which no life has come yet. */
  readonly #requests = new Set<Extract<Act, { does: 'requestsPurpose' }>>();
  /** Who has asked for each life, by what its notices say. */
  readonly #askers = new Map<string, ParticipantId>();
  readonly #lives = new Set<string>();
  readonly #recordings = new Set<RecordingId>();
  /** Of which life each client has told last, by client and purpose. */
  readonly #toldOf = new Map<string, RecordingId>();
  readonly #lost = new Set<ParticipantId>();
  readonly #unrest = new Unrest();
  readonly #isSlow: boolean;

  /** `isSlow`: messages take their time, and are lost. */
  constructor(history: readonly Happened[], isSlow: boolean) {
    this.#isSlow = isSlow;
    for (const event of history) {
      if (event.kind !== 'hook' || event.hook.hook !== 'noticeRaised') continue;
      const { purposes, recordingId, requestedBy } = event.hook.payload;
      // One that asks for several says who has asked for the first.
      if (purposes.length === 1 && typeof requestedBy === 'object')
        this.#askers.set(`${purposes[0]} ${recordingId}`, requestedBy.participantId);
    }
  }

  /** What somebody may be held to, as `teller` may know it at `at`; nothing if they were not asked. */
  of(part: PurposePart, teller: ParticipantId, at: number): PurposeWord[] {
    const said = this.#said.get(keyOf(part)) ?? [];
    const last = said.at(-1);
    const isRequestOpen = last?.act?.does === 'requestsPurpose' && this.#underWay.has(last.act);
    const counted = isRequestOpen ? said : said.slice(-1);
    return [...counted, ...this.#stillToldOf(part, said, teller, at)].map(({ word }) => word);
  }

  take(event: Happened): void {
    this.#unrest.take(event);
    if (event.kind === 'hook') this.#takeHook(event);
    if (event.kind === 'presence' && event.state === 'joined') this.#lost.delete(event.participant);
    if (event.kind === 'shown') this.#takeShown(event);
    if (event.kind === 'step') {
      this.#underWay.add(event.act);
      if (event.act.does === 'requestsPurpose') this.#takeRequest(event.act, event.at);
      else this.#takeAnswer(event);
    }
    if (event.kind === 'outcome') this.#takeOutcome(event);
  }

  /** What was taken back, or has ended, so short a time ago that who tells need not know: of oneself, while one's no is on its way. */
  #stillToldOf(part: PurposePart, said: readonly Said[], teller: ParticipantId, at: number): Said[] {
    const isOwn = teller === part.participantId;
    const taken = said.findLastIndex(({ word }) => word !== 'no');
    const no = said[taken + 1];
    const ended = isOwn || !this.#isSlow ? undefined : this.#ended.get(keyOf(part));
    return [
      ...(no && this.#isOnItsWay(no, isOwn, at) ? said.slice(taken, taken + 1) : []),
      ...(ended && at - ended.at <= onItsWayMs ? [ended] : []),
    ];
  }

  #isOnItsWay(no: Said, isOwn: boolean, at: number): boolean {
    const calmMs = isOwn || this.#isSlow ? onItsWayMs : 0;
    const isUnderWay = no.act !== undefined && this.#underWay.has(no.act);
    if (isUnderWay) return at < this.#unrest.heardBy(no.at, calmMs);
    return !isOwn && at < no.at + calmMs;
  }

  #takeHook({ participant, hook, at }: Extract<Happened, { kind: 'hook' }>): void {
    if (hook.hook === 'connectionChanged') {
      if (hook.payload.connection === 'lost') this.#lost.add(participant);
      else this.#lost.delete(participant);
    }
    if (hook.hook !== 'indicatorChanged' && hook.hook !== 'consentChanged' && hook.hook !== 'captureChanged') return;
    const { purpose, recordingId } = hook.payload;
    if (recordingId !== undefined) {
      this.#toldOf.set(`${participant} ${purpose}`, recordingId);
      if (purpose === 'recording') this.#recordings.add(recordingId);
      this.#begun({ purpose, recordingId, at });
    }
    if (hook.hook !== 'indicatorChanged' || hook.payload.status !== 'off' || this.#lost.has(participant)) return;
    for (const recording of this.#recordings) {
      const key = keyOf({ participantId: participant, purpose, recordingId: recording });
      const last = this.#said.get(key)?.at(-1);
      if (last) this.#ended.set(key, { ...last, at });
      this.#said.delete(key);
    }
  }

  /** The first that is heard of a life: whoever really has asked for it has agreed to it. Where no notice says who, whoever has asked. */
  #begun({ purpose, recordingId, at }: Omit<PurposePart, 'participantId'> & { at: number }): void {
    const life = `${purpose} ${recordingId}`;
    if (this.#lives.has(life)) return;
    this.#lives.add(life);
    const asked = [...this.#requests].filter((act) => act.purpose === purpose);
    const own = asked.filter((act) => act.who === this.#askers.get(life));
    for (const act of own.length > 0 ? own : asked) {
      this.#requests.delete(act);
      this.#say({ participantId: act.who, purpose, recordingId }, { word: 'given', at, act });
    }
  }

  #takeShown({ participant, recordingId, purposes, at }: Extract<Happened, { kind: 'shown' }>): void {
    for (const purpose of purposes) {
      // One prompt may ask for several lives, and names that of the first.
      const told = this.#toldOf.get(`${participant} ${purpose}`);
      const life = purpose === purposes[0] ? recordingId : (told ?? recordingId);
      this.#toldOf.set(`${participant} ${purpose}`, life);
      const key = keyOf({ participantId: participant, purpose, recordingId: life });
      const said = this.#said.get(key) ?? [];
      // It has been seen, whatever comes of what was done meanwhile.
      if (!said.some(({ word }) => word === 'shown')) this.#said.set(key, [{ word: 'shown', at }, ...said]);
    }
  }

  /** Of a recording that is known, it may be asked for again. */
  #takeRequest(act: Extract<Act, { does: 'requestsPurpose' }>, at: number): void {
    this.#requests.add(act);
    for (const recordingId of this.#recordings) {
      this.#say({ participantId: act.who, purpose: act.purpose, recordingId }, { word: 'given', at, act });
    }
  }

  #takeAnswer({ act, about, at }: Extract<Happened, { kind: 'step' }>): void {
    const word = words[act.does];
    if (word === undefined) return;
    for (const purpose of purposesOf(act)) {
      const shownAs = about.find(({ purposes }) => purposes.includes(purpose))?.recordingId;
      const recordingId = this.#toldOf.get(`${act.who} ${purpose}`) ?? shownAs;
      if (recordingId === undefined) continue;
      const part = { participantId: act.who, purpose, recordingId };
      const before = this.#said.get(keyOf(part))?.at(-1)?.word;
      // Agreeing needs a notice that was shown; having agreed, Continue takes nothing back.
      if (word !== 'no' && before === undefined) continue;
      if (word === 'acknowledged' && before === 'given') continue;
      this.#say(part, { word, at, act });
    }
  }

  /** What was denied was not said; nor was what came to nothing, where something was said before. */
  #takeOutcome({ act, outcome: { outcome } }: Extract<Happened, { kind: 'outcome' }>): void {
    // What nobody has confirmed is said again.
    if (outcome !== 'unconfirmed') this.#underWay.delete(act);
    if (outcome !== 'denied' && outcome !== 'failed') return;
    // Something has come of it all the same.
    if (outcome === 'failed' && act.does === 'requestsPurpose' && !this.#requests.has(act)) return;
    if (outcome === 'denied' && act.does === 'requestsPurpose') this.#requests.delete(act);
    for (const [key, said] of this.#said) {
      const others = said.filter((each) => each.act !== act);
      if (outcome === 'denied' || others.length > 0) this.#said.set(key, others);
    }
  }

  #say(part: PurposePart, said: Said): void {
    const key = keyOf(part);
    this.#said.set(key, [...(this.#said.get(key) ?? []), said]);
  }
}

function purposesOf(act: Act): readonly string[] {
  if ('purposes' in act && act.purposes) return act.purposes;
  return 'purpose' in act && act.purpose !== undefined ? [act.purpose] : [];
}
