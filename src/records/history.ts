import { recordUnreadable } from '../core/errors.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { HistoryOptions, MeetingHistory, Moment, RecordingHistory, RightHistory } from './history.types.ts';
import type { LedgerFact, LedgerHead, LedgerRecord, PublicKey } from './ledger.types.ts';
import { checkSource } from './record.parse.ts';
import { RecordingReader, type SignatureOf } from './recording-reader.ts';

type RightFact = Extract<LedgerFact, { readonly requestId: string }>;

/**
 * What the records of one meeting say, read once and in order: who was asked what, in which words, what they answered
 * and what was captured. It neither checks hashes nor signatures: `verifyLedger` does.
 * @throws NoticeError `ledger/unreadable`, with the record's number, for a record of another meeting or version, out of
 * order, of an unknown fact, or about attention (G4). TypeError for what gives no records.
 */
export async function readHistory(
  records: Iterable<LedgerRecord> | AsyncIterable<LedgerRecord>,
  options: HistoryOptions = {},
): Promise<MeetingHistory> {
  checkSource('readHistory: records', records);
  const reader = new HistoryReader(options);
  for await (const record of records) reader.take(record);
  return reader.history();
}

/** What of a history is about one person, and about the recordings that they are in: their own copy of it. */
export function historyOf(history: MeetingHistory, participantId: ParticipantId): MeetingHistory {
  const recordings = history.recordings.flatMap((recording) => {
    const people = recording.people.filter((person) => person.participantId === participantId);
    const steps = recording.steps.filter(({ about }) => about === undefined || about === participantId);
    return people.length > 0 ? [{ ...recording, people, steps }] : [];
  });
  const concerned = new Set([participantId, ...recordings.flatMap(actorsOf)]);
  return {
    ...history,
    of: participantId,
    recordings,
    rights: history.rights.filter((right) => right.participantId === participantId),
    names: new Map([...history.names].filter(([id]) => concerned.has(id))),
  };
}

/** Who asked for a recording, and who did something to it: everyone in it was told. */
const actorsOf = ({ requests, steps }: RecordingHistory): readonly string[] => [
  ...requests.flatMap(({ by }) => (typeof by === 'object' ? [by.participantId] : [])),
  ...steps.flatMap(({ who }) => who ?? []),
];

class HistoryReader {
  readonly #options: HistoryOptions;
  #meetingId: string | undefined;
  #head: (LedgerHead & { readonly at: string }) | undefined;
  #key: PublicKey | undefined;
  readonly #recordings = new Map<string, RecordingReader>();
  readonly #rights = new Map<string, RightHistory>();
  readonly #signatures = new Map<string, { readonly jws: string; readonly key: PublicKey }>();
  readonly #named = new Map<ParticipantId, string>();

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#meetingId = options.meetingId;
  }

  take(record: LedgerRecord): void {
    this.#check(record);
    const { n, at, hash, jws, fact } = record;
    if (fact.fact === 'opened' || fact.fact === 'continued') this.#key = fact.key;
    this.#head = { n, at, hash };
    const moment: Moment = { n, at, hash, jws, ...(this.#key && { key: this.#key }) };
    switch (fact.fact) {
      case 'opened':
      case 'continued':
      case 'closed':
        return;
      case 'signed':
        this.#signatures.set(JSON.stringify([fact.participantId, fact.answerId]), { jws: fact.jws, key: fact.key });
        return;
      case 'right-received':
      case 'right-identified':
      case 'right-done':
      case 'right-refused':
      case 'right-extended':
      case 'right-ended':
        this.#takeRight(fact, moment);
        return;
      default:
        if (fact.fact === 'requested' && typeof fact.by === 'object' && fact.by.name !== undefined)
          this.#named.set(fact.by.participantId, fact.by.name);
        this.#recording(fact.recordingId).take(fact, moment);
    }
  }

  history(): MeetingHistory {
    if (this.#meetingId === undefined || this.#head === undefined)
      throw recordUnreadable(0, '', 'there are no records of this meeting');
    const signatureOf: SignatureOf = (participantId, answerId) =>
      this.#signatures.get(JSON.stringify([participantId, answerId]));
    const nameOf = (participantId: ParticipantId) =>
      this.#options.nameOf?.(participantId) ?? this.#named.get(participantId);
    const recordings = [...this.#recordings.values()].map((each) => each.history(signatureOf, nameOf));
    const rights = [...this.#rights.values()];
    return {
      meetingId: this.#meetingId,
      head: this.#head,
      recordings,
      rights,
      names: namesOf(recordings, rights, this.#named, nameOf),
    };
  }

  #check({ v, n, at, meetingId, fact }: LedgerRecord): void {
    if (n === undefined) {
      const next = this.#head === undefined ? 0 : this.#head.n + 1;
      throw recordUnreadable(next, '', 'expected a record; a line of a file is read by JSON.parse');
    }
    if (v !== 1) throw recordUnreadable(n, '/v', `expected version 1, got ${JSON.stringify(v)}`);
    if (!Number.isSafeInteger(n) || n < 0) throw recordUnreadable(n, '/n', 'expected a whole number from 0');
    if (this.#head !== undefined && n <= this.#head.n)
      throw recordUnreadable(n, '/n', `expected a number above ${this.#head.n}, the one before it`);
    if (typeof at !== 'string' || Number.isNaN(Date.parse(at)))
      throw recordUnreadable(n, '/at', `expected a time as of RFC 3339, got ${JSON.stringify(at)}`);
    this.#meetingId ??= meetingId;
    if (meetingId !== this.#meetingId)
      throw recordUnreadable(
        n,
        '/meetingId',
        `expected one of the meeting ${JSON.stringify(this.#meetingId)}, got one of ${JSON.stringify(meetingId)}`,
      );
    checkFact(n, fact);
  }

  #recording(recordingId: string): RecordingReader {
    const known = this.#recordings.get(recordingId);
    if (known) return known;
    const made = new RecordingReader(recordingId, this.#options.wordsOf);
    this.#recordings.set(recordingId, made);
    return made;
  }

  #takeRight(fact: RightFact, moment: Moment): void {
    const { requestId, participantId, right, dueAt, code, reason = code, identifiedBy } = fact;
    const before = this.#rights.get(requestId)?.steps ?? [];
    const step = {
      ...moment,
      status: fact.fact.slice('right-'.length),
      ...(reason !== undefined && { reason }),
      ...(identifiedBy !== undefined && { identifiedBy }),
    };
    this.#rights.set(requestId, { requestId, participantId, right, dueAt, steps: [...before, step] });
  }
}

/** Every fact that a ledger has; the compiler keeps the list whole. */
const facts: Readonly<Record<LedgerFact['fact'], true>> = {
  opened: true,
  continued: true,
  closed: true,
  requested: true,
  asked: true,
  shown: true,
  given: true,
  acknowledged: true,
  refused: true,
  withdrawn: true,
  signed: true,
  expired: true,
  'cannot-be-asked': true,
  'started-without-waiting': true,
  started: true,
  paused: true,
  resumed: true,
  ended: true,
  captured: true,
  'not-captured': true,
  transcript: true,
  corrected: true,
  erasing: true,
  erased: true,
  anonymised: true,
  isolated: true,
  'legal-hold-set': true,
  'legal-hold-lifted': true,
  'access-granted': true,
  'access-used': true,
  'access-refused': true,
  'access-ended': true,
  'right-received': true,
  'right-identified': true,
  'right-done': true,
  'right-refused': true,
  'right-extended': true,
  'right-ended': true,
};

function checkFact(n: number, fact: LedgerFact): void {
  if (typeof fact?.fact !== 'string' || !Object.hasOwn(facts, fact.fact))
    throw recordUnreadable(n, '/fact/fact', `unknown fact ${JSON.stringify(fact?.fact)}; is this library older?`);
  const purposes = [
    ...('purpose' in fact ? [fact.purpose] : []),
    ...('purposes' in fact && Array.isArray(fact.purposes) ? fact.purposes : []),
  ];
  if (purposes.includes('attention-tracking'))
    throw recordUnreadable(n, '/fact', 'nothing about attention tracking is ever in a ledger (G4)');
}

function namesOf(
  recordings: readonly RecordingHistory[],
  rights: readonly RightHistory[],
  named: ReadonlyMap<ParticipantId, string>,
  nameOf: (participantId: ParticipantId) => string | undefined,
): ReadonlyMap<ParticipantId, string> {
  const ids = new Set([
    ...named.keys(),
    ...recordings.flatMap(({ people }) => people.map(({ participantId }) => participantId)),
    ...rights.map(({ participantId }) => participantId),
  ]);
  return new Map(
    [...ids].flatMap((id) => {
      const name = nameOf(id);
      return name === undefined ? [] : [[id, name] as const];
    }),
  );
}
