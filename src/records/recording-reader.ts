import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import type { ParticipantId, Purpose, RequestedBy } from '../participants/participants.types.ts';
import { consentAfter, stricterAsked } from './consent.rules.ts';
import type {
  CaptureSpan,
  ConsentStep,
  HistoryOptions,
  Moment,
  PersonInRecording,
  RecordingHistory,
  RecordingRequested,
  RecordingStep,
} from './history.types.ts';
import type { LedgerFact, PublicKey } from './ledger.types.ts';

/** The facts that belong to one recording. */
type RecordingFact = Exclude<Extract<LedgerFact, { readonly recordingId: string }>, { readonly fact: 'signed' }>;

/** What a person's own client signed of one of their answers. */
export type SignatureOf = (
  participantId: ParticipantId,
  answerId: string,
) => { readonly jws: string; readonly key: PublicKey } | undefined;

/** One person while their part of the records is read. */
interface Person {
  readonly consents: Map<Purpose, { consent: Consent; readonly steps: ConsentStep[] }>;
  /** What each notice that they were asked with is for. */
  readonly noticePurposes: Map<string, readonly Purpose[]>;
  readonly captured: CaptureSpan[];
  readonly parts: Map<Purpose, CaptureSpan[]>;
}

/** Gathers what the records say of one recording, one fact after the other. */
export class RecordingReader {
  readonly #recordingId: string;
  readonly #wordsOf: HistoryOptions['wordsOf'];
  readonly #requests: RecordingRequested[] = [];
  readonly #people = new Map<ParticipantId, Person>();
  readonly #steps: RecordingStep[] = [];
  #startedAt: string | undefined;
  #ended: (Moment & { readonly outcome: NonNullable<RecordingHistory['outcome']> }) | undefined;

  constructor(recordingId: string, wordsOf: HistoryOptions['wordsOf']) {
    this.#recordingId = recordingId;
    this.#wordsOf = wordsOf;
  }

  take(fact: RecordingFact, moment: Moment): void {
    switch (fact.fact) {
      case 'requested':
        this.#takeRequest(fact, moment);
        return;
      case 'asked': {
        const { participantId, purposes, noticeId, consent } = fact;
        this.#person(participantId).noticePurposes.set(noticeId, purposes);
        for (const purpose of purposes)
          this.#step(participantId, purpose, 'requested', moment, { noticeId, asks: consent as ConsentAsked });
        return;
      }
      case 'shown': {
        const { participantId, noticeId, text } = fact;
        const purposes = this.#person(participantId).noticePurposes.get(noticeId) ?? this.#purposes();
        for (const purpose of purposes)
          this.#step(participantId, purpose, 'shown', moment, { noticeId, ...(text && this.#worded(text)) });
        return;
      }
      case 'given':
      case 'acknowledged':
      case 'refused':
      case 'withdrawn': {
        const { participantId, purpose, answerId, applied, noticeId, text } = fact;
        const more = {
          answerId,
          applied,
          ...(noticeId !== undefined && { noticeId }),
          ...(text && this.#worded(text)),
        };
        this.#step(participantId, purpose, fact.fact, moment, more);
        return;
      }
      case 'expired':
      case 'cannot-be-asked':
        this.#step(fact.participantId, fact.purpose, fact.fact, moment);
        return;
      case 'captured':
      case 'not-captured':
        this.#takeCapture(fact, moment);
        return;
      default:
        this.#steps.push(stepOf(fact, moment));
        if (fact.fact === 'started') this.#startedAt ??= moment.at;
        if (fact.fact === 'ended') this.#end(moment, fact.outcome);
    }
  }

  history(signatureOf: SignatureOf, nameOf: (participantId: ParticipantId) => string | undefined): RecordingHistory {
    const storage = this.#requests.find((each) => each.storage !== undefined)?.storage;
    const ended = this.#ended;
    return {
      recordingId: this.#recordingId,
      requests: this.#requests,
      purposes: this.#purposes(),
      ...(storage !== undefined && { storage }),
      ...(this.#startedAt !== undefined && { startedAt: this.#startedAt }),
      ...(ended && { endedAt: ended.at, outcome: ended.outcome }),
      people: [...this.#people].map(([participantId, person]) =>
        this.#personHistory(participantId, person, signatureOf, nameOf(participantId)),
      ),
      steps: this.#steps,
    };
  }

  #personHistory(
    participantId: ParticipantId,
    { consents, captured, parts }: Person,
    signatureOf: SignatureOf,
    name: string | undefined,
  ): PersonInRecording {
    const signed = (step: ConsentStep): ConsentStep => {
      const signature = step.answerId === undefined ? undefined : signatureOf(participantId, step.answerId);
      return signature ? { ...step, signature } : step;
    };
    return {
      participantId,
      ...(name !== undefined && { name }),
      consents: [...consents].map(([purpose, { consent, steps }]) => {
        const asks = steps.map((step) => step.asks).reduce(stricterAsked, undefined);
        return {
          participantId,
          recordingId: this.#recordingId,
          purpose,
          consent,
          ...(asks !== undefined && { asks }),
          steps: steps.map(signed),
        };
      }),
      captured,
      parts: [...parts].map(([purpose, spans]) => ({ purpose, spans })),
    };
  }

  /** All that was asked for, in the order of the asking. */
  #purposes(): readonly Purpose[] {
    return [...new Set(this.#requests.flatMap(({ purposes }) => purposes))];
  }

  #takeRequest(fact: Extract<RecordingFact, { readonly fact: 'requested' }>, moment: Moment): void {
    const { purposes, by, storage, reason, only } = fact;
    this.#requests.push({
      ...moment,
      purposes,
      by,
      ...(storage !== undefined && { storage }),
      ...(reason !== undefined && { reason }),
      ...(only && { only }),
    });
    // Who asks for another's side alone has agreed to nothing.
    if (typeof by !== 'object' || (only && !only.includes(by.participantId))) return;
    for (const purpose of purposes) this.#step(by.participantId, purpose, 'given', moment, { byAsking: true });
  }

  #person(participantId: ParticipantId): Person {
    const known = this.#people.get(participantId);
    if (known) return known;
    const made: Person = { consents: new Map(), noticePurposes: new Map(), captured: [], parts: new Map() };
    this.#people.set(participantId, made);
    return made;
  }

  #step(
    participantId: ParticipantId,
    purpose: Purpose,
    consent: Consent,
    moment: Moment,
    more: Partial<ConsentStep> = {},
  ): void {
    const { consents } = this.#person(participantId);
    const step: ConsentStep = { ...moment, consent, applied: true, byAsking: false, ...more };
    const before = consents.get(purpose);
    // An answer that was not applied is kept, and moves nothing.
    const after = step.applied ? consentAfter(before?.consent, consent, step.asks) : (before?.consent ?? 'requested');
    const steps = before?.steps ?? [];
    steps.push(step);
    consents.set(purpose, { consent: after, steps });
  }

  #worded(text: NonNullable<ConsentStep['text']>): Pick<ConsentStep, 'text' | 'words'> {
    const shown = { version: text.version, locale: text.locale, hash: text.hash };
    const words = this.#wordsOf?.(shown);
    return { text: shown, ...(words && { words: { title: words.title, body: words.body } }) };
  }

  #takeCapture(
    { fact, participantId, because, purpose }: Extract<RecordingFact, { readonly fact: 'captured' | 'not-captured' }>,
    moment: Moment,
  ): void {
    const { captured, parts } = this.#person(participantId);
    const spans = purpose === undefined ? captured : (parts.get(purpose) ?? []);
    if (purpose !== undefined) parts.set(purpose, spans);
    if (fact === 'captured') begin(spans, { ...moment, because });
    else end(spans, { ...moment, because });
  }

  /** Nobody is in a recording that has ended, nor in what lives with it, also where that was not written of each. */
  #end(moment: Moment, outcome: NonNullable<RecordingHistory['outcome']>): void {
    this.#ended ??= { ...moment, outcome };
    for (const { captured, parts } of this.#people.values())
      for (const spans of [captured, ...parts.values()]) end(spans, { ...moment, because: 'ended' });
  }
}

function begin(spans: CaptureSpan[], from: CaptureSpan['from']): void {
  const last = spans.at(-1);
  if (last === undefined || last.to !== undefined) spans.push({ from });
}

function end(spans: CaptureSpan[], to: CaptureSpan['from']): void {
  const last = spans.at(-1);
  if (last !== undefined && last.to === undefined) spans.splice(-1, 1, { from: last.from, to });
}

type OtherFact = Exclude<RecordingFact, { readonly fact: Consent | 'asked' | 'captured' | 'not-captured' }>;

const whoOf = (by: RequestedBy): string => (typeof by === 'object' ? by.participantId : by);

function stepOf(fact: OtherFact, moment: Moment): RecordingStep {
  switch (fact.fact) {
    case 'started-without-waiting':
      return { ...moment, fact: fact.fact, who: fact.by, because: fact.reason };
    case 'started':
    case 'paused':
    case 'resumed':
      return { ...moment, fact: fact.fact, who: whoOf(fact.by) };
    case 'ended':
      return {
        ...moment,
        fact: fact.fact,
        who: whoOf(fact.by),
        detail: fact.outcome,
        ...(fact.code !== undefined && { because: fact.code }),
      };
    case 'transcript':
      return { ...moment, fact: fact.fact, detail: fact.status };
    case 'corrected':
      return { ...moment, fact: fact.fact, who: fact.by, detail: fact.segmentId };
    case 'erasing':
    case 'erased':
    case 'anonymised':
    case 'isolated': {
      const about = fact.participantId;
      const { kept, because, counts } = fact;
      const more = { ...(about !== undefined && { about }), ...(counts && { counts }) };
      return { ...moment, fact: fact.fact, because, kept, ...more };
    }
    case 'legal-hold-set':
    case 'legal-hold-lifted':
      return { ...moment, fact: fact.fact, who: fact.by, because: fact.reason };
    default: {
      const { to, reason, code, until, kept, by, forHold } = fact;
      return {
        ...moment,
        fact: fact.fact,
        ...(to !== '' && { who: to }),
        because: reason || code || '',
        ...(until !== undefined && { until }),
        ...(kept !== undefined && { kept: [kept] }),
        ...(by !== undefined && { by }),
        ...(forHold && { forHold }),
      };
    }
  }
}
