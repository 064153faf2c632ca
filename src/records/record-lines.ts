import type { TextShown } from '../notice/notice.types.ts';
import { formatList, formatPurposes, formatText } from '../notice/texts.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { ParticipantId, Purpose, RecordingId, RequestedBy } from '../participants/participants.types.ts';
import type {
  CaptureSpan,
  ConsentHistory,
  ConsentStep,
  MeetingHistory,
  PersonInRecording,
  RecordingHistory,
  RecordingStep,
  RightHistory,
  RightStep,
} from './history.types.ts';
import { purposeAlone } from './kept.rules.ts';
import type { RecordingCounts } from './ledger.types.ts';
import { recordEnglish } from './record-english.ts';

/** In which words, and by which clock, a record is told. */
export interface TellingOptions {
  /** Default English. */
  readonly catalogue?: TextCatalogue;
  /** A time zone as IANA names it. Default `UTC`. */
  readonly timeZone?: string;
}

/** One thing that happened, told in words. */
export interface RecordLine {
  readonly n: number;
  readonly at: string;
  readonly what: string;
  readonly recordingId?: RecordingId;
  readonly participantId?: ParticipantId;
  readonly purpose?: Purpose;
  /** Who did it, where that is not the person it is about. */
  readonly by?: string;
  readonly reason?: string;
  readonly text?: TextShown;
  readonly answerId?: string;
  /** Whether the person's own client signed it. */
  readonly isSigned: boolean;
}

/** Signs that would turn around whatever a sentence says after a name that has them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/** The words of a record: each file of it says the same of the same. */
export class Telling {
  readonly catalogue: TextCatalogue;
  readonly zone: string;
  readonly #names: MeetingHistory['names'];
  readonly #format: Intl.DateTimeFormat;

  constructor({ names }: MeetingHistory, { catalogue = recordEnglish, timeZone = 'UTC' }: TellingOptions = {}) {
    this.catalogue = catalogue;
    this.zone = timeZone;
    this.#names = names;
    this.#format = new Intl.DateTimeFormat(localeOf(catalogue), {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
  }

  say(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    return formatText(this.catalogue, `record.${key}`, params, recordEnglish);
  }

  /** `say`, or the word itself where there is no text for it. */
  word(area: string, word: string): string {
    const told = this.say(`${area}.${word}`);
    return told === `record.${area}.${word}` ? word : told;
  }

  when(at: string): string {
    return this.#format.format(Date.parse(at));
  }

  name(participantId: ParticipantId): string {
    return (this.#names.get(participantId) ?? participantId).replace(turning, '');
  }

  by(by: RequestedBy): string {
    return typeof by === 'object' ? this.name(by.participantId) : this.say(`who.${by}`);
  }

  purposes(purposes: readonly Purpose[]): string {
    return formatPurposes(this.catalogue, purposes);
  }

  list(items: readonly string[]): string {
    return formatList(this.catalogue, items);
  }
}

/** All that happened, in the order of the records. */
export function linesOf(history: MeetingHistory, telling: Telling): readonly RecordLine[] {
  const lines = [
    ...history.recordings.flatMap((recording) => [
      ...requestLines(recording, telling),
      ...recording.people.flatMap((person) => personLines(recording, person, telling)),
      ...recordingLines(recording, telling),
    ]),
    ...history.rights.flatMap((right) => rightLines(right, telling)),
  ];
  return lines.sort((a, b) => a.n - b.n);
}

function requestLines({ recordingId, requests }: RecordingHistory, telling: Telling): RecordLine[] {
  return requests.flatMap(({ n, at, purposes, by, reason, only }) =>
    purposes.map((purpose) => ({
      n,
      at,
      what: only
        ? telling.say('request-only', { names: telling.list(only.map((id) => telling.name(id))) })
        : telling.say('request'),
      recordingId,
      purpose,
      by: telling.by(by),
      ...(reason !== undefined && { reason }),
      isSigned: false,
    })),
  );
}

/** What one person was asked and answered in one recording, and when they were in it. */
export function personLines(
  recording: RecordingHistory,
  { participantId, consents, captured, parts }: PersonInRecording,
  telling: Telling,
): readonly RecordLine[] {
  const of = { recordingId: recording.recordingId, participantId };
  const alone = purposeAlone(recording);
  const own = (span: CaptureSpan): readonly Omit<RecordLine, keyof typeof of>[] =>
    alone === undefined
      ? spanLines('captured', span, telling)
      : spanLines('part', span, telling).map((line) => ({ ...line, purpose: alone }));
  const lines = [
    ...consents.flatMap((consent) => consent.steps.map((step) => ({ ...of, ...consentLine(consent, step, telling) }))),
    ...captured.flatMap((span) => own(span).map((line) => ({ ...of, ...line }))),
    ...parts.flatMap(({ purpose, spans }) =>
      spans.flatMap((span) => spanLines('part', span, telling).map((line) => ({ ...of, purpose, ...line }))),
    ),
  ];
  return lines.sort((a, b) => a.n - b.n);
}

function consentLine({ purpose }: ConsentHistory, step: ConsentStep, telling: Telling): RecordLine {
  const { n, at, text, answerId, signature } = step;
  const what = consentWords(step, telling);
  return {
    n,
    at,
    what: step.applied ? what : telling.say('kept-as-evidence', { what }),
    purpose,
    ...(text && { text }),
    ...(answerId !== undefined && { answerId }),
    isSigned: signature !== undefined,
  };
}

function consentWords({ consent, asks, byAsking }: ConsentStep, telling: Telling): string {
  if (byAsking) return telling.say('consent.by-asking');
  return asks === undefined ? telling.say(`consent.${consent}`) : telling.word('asks', asks);
}

function spanLines(of: 'captured' | 'part', { from, to }: CaptureSpan, telling: Telling): RecordLine[] {
  const line = (key: string, { n, at, because }: CaptureSpan['from']) => ({
    n,
    at,
    what: telling.say(`${of}.${key}`),
    reason: telling.word('because', because),
    isSigned: false,
  });
  return [line('begin', from), ...(to ? [line('end', to)] : [])];
}

/** What else happened to one recording. */
export function recordingLines(recording: RecordingHistory, telling: Telling): readonly RecordLine[] {
  const { recordingId, steps } = recording;
  const alone = purposeAlone(recording);
  return steps.map((step) => {
    const { n, at, fact, who, about } = step;
    const isBegin = alone !== undefined && fact === 'started';
    const what = isBegin ? telling.say('fact.started.purpose') : stepWords(step, telling);
    const reason = reasonWords(step, telling);
    return {
      n,
      at,
      what: about === undefined ? what : telling.say('about', { what, name: telling.name(about) }),
      recordingId,
      ...(alone !== undefined && { purpose: alone }),
      ...(who !== undefined && { by: who === 'platform' || who === 'unknown' ? telling.by(who) : telling.name(who) }),
      ...(reason !== undefined && { reason }),
      isSigned: false,
    };
  });
}

function stepWords(step: RecordingStep, telling: Telling): string {
  const { by, forHold, counts } = step;
  let what = factWords(step, telling);
  if (forHold) what = telling.say('for-hold', { what });
  if (by !== undefined) what = telling.say('by-whom', { what, name: telling.name(by) });
  return counts ? telling.say('with-counts', { what, counts: telling.list(countWords(counts, telling)) }) : what;
}

/** What is left, each number by its name; one behind which too few people stand is withheld. */
function countWords({ durationMs, answers, ...counts }: RecordingCounts, telling: Telling): string[] {
  const line = (what: string, count: number | null) =>
    telling.say('with-reason', { what, reason: count ?? telling.say('count.withheld') });
  return [
    line(telling.say('count.duration'), durationMs === null ? null : Math.round(durationMs / 1000)),
    ...Object.entries(counts).map(([name, count]) => line(telling.say(`count.${name}`), count)),
    ...Object.entries(answers).map(([answer, count]) =>
      line(answer === 'none' ? telling.say('count.none') : telling.word('consent', answer), count),
    ),
  ];
}

function factWords({ fact, detail, kept, until }: RecordingStep, telling: Telling): string {
  const what = telling.say(`fact.${fact}`);
  const withReason = (reason: string) => telling.say('with-reason', { what, reason });
  if (fact === 'transcript' && detail !== undefined) return withReason(telling.word('transcript', detail));
  if (fact === 'ended' && detail !== undefined) return withReason(telling.word('outcome', detail));
  if (kept !== undefined) return withReason(telling.list(kept.map((each) => telling.word('kept', each))));
  if (until !== undefined && fact === 'access-granted')
    return telling.say('fact.access-granted.until', { until: telling.when(until) });
  return what;
}

const erasures: readonly RecordingStep['fact'][] = ['erasing', 'erased', 'anonymised', 'isolated'];

/** A person's own words, or the library's word for why something was erased. */
function reasonWords({ fact, because }: RecordingStep, telling: Telling): string | undefined {
  return because !== undefined && erasures.includes(fact) ? telling.word('erased', because) : because;
}

function rightLines({ participantId, right, steps }: RightHistory, telling: Telling): RecordLine[] {
  return steps.map((step) => ({
    n: step.n,
    at: step.at,
    what: telling.say('with-reason', { what: telling.word('right', right), reason: rightStepWords(step, telling) }),
    participantId,
    ...(step.reason !== undefined && { reason: step.reason }),
    isSigned: false,
  }));
}

/** How far a right has come, and how its person was identified. */
export function rightStepWords({ status, identifiedBy }: RightStep, telling: Telling): string {
  const what = telling.word('right', status);
  return identifiedBy === undefined ? what : telling.say('with-reason', { what, reason: identifiedBy });
}

/** A catalogue may be written with a locale that this machine does not know; its times are told all the same. */
function localeOf({ locale }: TextCatalogue): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
