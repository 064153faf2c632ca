import { systemClock } from '../core/clock.ts';
import { isNoticeError } from '../core/errors.ts';
import { checkMethods, ports } from '../core/misuse.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import type { Transcript } from '../transcript/transcript.types.ts';
import { checkDaysToAnswer } from './due-date.rules.ts';
import { eraseWhole } from './erase-whole.ts';
import { Erasure } from './erasure.ts';
import { keptRecordings } from './kept.rules.ts';
import {
  joinedTranscript,
  keepTranscript,
  keptTranscript,
  readTranscript,
  writtenTranscript,
} from './kept-transcript.ts';
import { MeetingLedgers, type Pen } from './meeting-ledgers.ts';
import type {
  LeftOpen,
  MeetingDesk,
  MeetingInHand,
  MeetingRecords,
  MeetingRecordsOptions,
} from './meeting-records.types.ts';
import { noStorage } from './records-errors.ts';
import type { RecordingStorage } from './retention.types.ts';
import { restricts } from './rights.rules.ts';
import { createRights } from './rights.ts';
import type { Rights } from './rights.types.ts';
import { usualFloor } from './statistics.rules.ts';

/** Media that nobody can reach from here are not gone. */
const nowhere: RecordingStorage = {
  erase: (recordingId) => Promise.reject(noStorage(recordingId)),
  markOut: (recordingId) => Promise.reject(noStorage(recordingId)),
};

type DeskOptions = MeetingRecordsOptions & { readonly writerOf: MeetingRecords['writerOf'] };

class OneMeeting implements MeetingDesk {
  readonly #meeting: MeetingInHand;
  readonly #options: DeskOptions;
  readonly #storage: RecordingStorage;
  readonly #ledgers: MeetingLedgers;
  readonly #erasure: Erasure;
  readonly #rights: Rights;
  readonly end: () => void;

  constructor(meeting: MeetingInHand, options: DeskOptions, end: () => void) {
    const { vault, timeoutMs = 60_000, clock = { ...systemClock } } = options;
    const storage = meeting.storage ?? options.storage ?? nowhere;
    this.#storage = storage;
    this.#meeting = meeting;
    this.#options = options;
    this.#ledgers = new MeetingLedgers({ ...options, clock });
    this.#erasure = new Erasure({ vault, storage, clock, floor: usualFloor, timeoutMs });
    this.#rights = createRights({
      ...options,
      clock,
      storage,
      onChanged: (request) => meeting.changed(request),
      withdraw: (_, participantId) => meeting.withdraw(participantId),
    });
    this.end = end;
  }

  async isWhole(): Promise<boolean> {
    await this.#meeting.pen.kept();
    for await (const { n } of this.#options.ledger.records(this.#meeting.meetingId)) return n === 0;
    return true;
  }

  async exercise(ask: Parameters<MeetingDesk['exercise']>[0]): ReturnType<MeetingDesk['exercise']> {
    // What was written is there to be read.
    await this.#meeting.pen.kept();
    return await this.#rights.exercise({ ...ask, meetingId: this.#meeting.meetingId, identifiedBy: 'session' });
  }

  async erase(recordingId: RecordingId): Promise<void> {
    const { meetingId, pen } = this.#meeting;
    // Nothing is begun that nobody can end.
    if (this.#storage === nowhere) throw noStorage(recordingId);
    await pen.kept();
    await this.#ledgers.with(meetingId, (ledger) => eraseWhole(this.#erasure, ledger, recordingId, 'host'));
  }

  async keep(transcript: Transcript, without: readonly string[] = []): Promise<void> {
    const { meetingId, pen } = this.#meeting;
    const { ledger, vault } = this.#options;
    const { recordingId } = transcript;
    await pen.kept();
    await this.#ledgers.with(meetingId, async (meeting) => {
      const state = (await keptRecordings(meeting.records())).get(recordingId)?.state;
      if (state === 'erasing' || state === 'erased' || state === 'anonymised') return;
      const before = await keptTranscript(vault, recordingId);
      if (before?.segments.some(({ id }) => without.includes(id))) {
        // Out of every copy of it, as no backup may bring it back.
        await vault.rewrite(recordingId, (text, kind) => {
          if (kind !== 'transcript') return text;
          return writtenTranscript(joinedTranscript(readTranscript(recordingId, text), transcript, without));
        });
      }
      await keepTranscript({ vault, ledger }, meetingId, joinedTranscript(before, transcript, without));
    });
  }

  async goOn(): Promise<LeftOpen> {
    const { meetingId, pen } = this.#meeting;
    await pen.kept();
    const recordings = async () => [...(await keptRecordings(this.#options.ledger.records(meetingId))).values()];
    const erasing: { recordingId: RecordingId; code: string }[] = [];
    // One that is made anonymous is left to who has its counts to keep (`createRetention`).
    for (const { recordingId } of (await recordings()).filter(
      (each) => each.state === 'erasing' && !each.erasing?.counts,
    )) {
      try {
        await this.erase(recordingId);
      } catch (error) {
        if (!isNoticeError(error)) throw error;
        erasing.push({ recordingId, code: error.code });
      }
    }
    const erased = (await recordings()).filter(({ state }) => state === 'erased' || state === 'anonymised');
    const requests = await this.#rights.run({ meetingId });
    const restricting = (await this.#rights.requests(meetingId)).filter(restricts);
    return { erasing, erased: erased.map(({ recordingId }) => recordingId), requests, restricting };
  }
}

/**
 * Keeps the records of meetings that go on in this process: `records` of `createSession` and of `createAuthority`. All hosts of a
 * meeting use one ledger store and one vault, so that whoever decides has all of it.
 * @throws TypeError for what is no ledger, vault, storage, clock or number of days.
 */
export function createMeetingRecords(options: MeetingRecordsOptions): MeetingRecords {
  const { ledger, vault, storage, clock, lock, daysToAnswer } = options;
  checkMethods('createMeetingRecords: ledger', ['open', 'records', 'meetings'], ledger ?? null);
  checkMethods('createMeetingRecords: vault', ['seal', 'open', 'rewrite', 'destroy'], vault ?? null);
  checkMethods('createMeetingRecords: storage', ['erase'], storage);
  checkMethods('createMeetingRecords: clock', ports.clock, clock);
  checkMethods('createMeetingRecords: lock', ['hold'], lock);
  checkDaysToAnswer('createMeetingRecords', daysToAnswer);
  const pens = new Map<string, Pen>();
  const writerOf = (meetingId: string): Pen | undefined => pens.get(meetingId);
  return {
    ledger,
    writerOf,
    begin(meeting) {
      const { meetingId, pen } = meeting;
      pens.set(meetingId, pen);
      return new OneMeeting(meeting, { ...options, writerOf }, () => {
        if (pens.get(meetingId) === pen) pens.delete(meetingId);
      });
    },
  };
}
