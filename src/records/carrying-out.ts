import { isNoticeError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';
import type { Erasure } from './erasure.ts';
import { heldAboutMe } from './held-about-me.ts';
import type { HeldAboutMe } from './held-about-me.types.ts';
import { keptRecordings } from './kept.rules.ts';
import type { KeptRecording } from './kept.types.ts';
import { keptTranscript, writtenTranscript } from './kept-transcript.ts';
import type { AnswerFact, ErasedBecause } from './ledger.types.ts';
import { type MeetingLedger, timeOf } from './meeting-ledgers.ts';
import { isEmpty, stateOf } from './retention.rules.ts';
import type { RightRequest } from './right-request.types.ts';
import type { RefusalCode, WordsCorrection } from './rights.types.ts';
import { segmentsOf } from './share.rules.ts';
import type { Vault } from './vault.types.ts';

/** What came of doing what a right asks for. */
export type CarriedOut =
  | { readonly is: 'done'; readonly document?: HeldAboutMe; readonly outside?: readonly RecordingId[] }
  | { readonly is: 'refused'; readonly code: RefusalCode; readonly reason: string }
  | { readonly is: 'waiting'; readonly code: string };

/** What it stands on. */
export interface CarryingOutParts {
  readonly vault: Vault;
  readonly erasure: Erasure;
  readonly withdraw?: (meetingId: string, participantId: ParticipantId) => Promise<void>;
}

const gone = ['erased', 'anonymised'];
const refused = (code: RefusalCode, reason: string): CarriedOut => ({ is: 'refused', code, reason });

/** What each right does. All of it is safe to do again from the start; whoever calls holds the meeting's lock. */
export class CarryingOut {
  readonly #parts: CarryingOutParts;

  constructor(parts: CarryingOutParts) {
    this.#parts = parts;
  }

  /** @throws NoticeError where a store fails. */
  async do(
    ledger: MeetingLedger,
    request: RightRequest,
    { nowMs, correction }: { readonly nowMs: number; readonly correction?: WordsCorrection },
  ): Promise<CarriedOut> {
    switch (request.right) {
      case 'access':
      case 'portability':
        return { is: 'done', document: await this.document(ledger, request, request.right, nowMs) };
      case 'correction':
        return await this.#correct(ledger, request, nowMs, correction);
      case 'deletion':
        return await this.#delete(ledger, request, 'right');
      case 'objection':
        return await this.#delete(ledger, request, 'objection');
      case 'restriction':
        return { is: 'done' };
      case 'withdrawal':
        return await this.#withdraw(ledger, request);
    }
  }

  document(
    ledger: MeetingLedger,
    { meetingId, participantId }: RightRequest,
    right: HeldAboutMe['right'],
    nowMs: number,
  ): Promise<HeldAboutMe> {
    return heldAboutMe(() => ledger.records(), this.#parts.vault, { meetingId, participantId, right, nowMs });
  }

  /** All that may go, goes; what may not is named by the refusal, and what may not yet is waited for. */
  async #delete(ledger: MeetingLedger, request: RightRequest, because: ErasedBecause): Promise<CarriedOut> {
    const isOpen = await ledger.isOpen();
    const all = await recordingsOf(ledger, request.participantId);
    const mine = all.filter((recording) => !isEmpty(recording, isOpen));
    for (const { recordingId, shares } of all.filter((recording) => isEmpty(recording, isOpen)))
      if (shares.get(request.participantId)?.state === 'erasing')
        await ledger.write({ fact: 'erased', ...shareOf(recordingId, request, because) });
    const outside = mine.filter(({ storage }) => storage === 'local').map(({ recordingId }) => recordingId);
    const within = mine.filter(({ storage, state }) => storage !== 'local' && !gone.includes(state));
    if (outside.length > 0 && outside.length === mine.length)
      return refused('rights/local', `Kept on its host's own device alone (${outside.join(', ')}): ask the host.`);
    let waiting: string | undefined;
    for (const recording of within.filter(({ holds }) => holds.length === 0))
      waiting = (await this.#deleteIn(ledger, recording, request, because, isOpen)) ?? waiting;
    const [held] = within.filter(
      ({ holds, shares }) => holds.length > 0 && shares.get(request.participantId)?.state !== 'erased',
    );
    if (waiting !== undefined) return { is: 'waiting', code: waiting };
    if (held)
      return refused('rights/held', `The recording ${held.recordingId} is under a legal hold by ${held.holds[0]?.by}.`);
    return { is: 'done', ...(outside.length > 0 && { outside }) };
  }

  /** Why it is to wait, if it is. */
  async #deleteIn(
    ledger: MeetingLedger,
    recording: KeptRecording,
    request: RightRequest,
    because: ErasedBecause,
    isOpen: boolean,
  ): Promise<string | undefined> {
    const { recordingId, shares } = recording;
    const { participantId } = request;
    const state = stateOf(recording, isOpen);
    if (shares.get(participantId)?.state === 'erased') return undefined;
    // What is to go as a whole takes this share along.
    if (state === 'erasing') return undefined;
    if (state === 'asked' || state === 'running') {
      if (!shares.has(participantId))
        await ledger.write({ fact: 'erasing', ...shareOf(recordingId, request, because) });
      return 'retention/still-recording';
    }
    try {
      await this.#parts.erasure.eraseShare(ledger, recording, participantId, because);
      return undefined;
    } catch (error) {
      if (isNoticeError(error) && /^(retention|vault)\//.test(error.code)) return error.code;
      throw error;
    }
  }

  async #correct(
    ledger: MeetingLedger,
    { participantId }: RightRequest,
    nowMs: number,
    correction: WordsCorrection | undefined,
  ): Promise<CarriedOut> {
    if (correction === undefined) return { is: 'waiting', code: 'rights/correction-missing' };
    const { recordingId, segmentId, text } = correction;
    const recording = (await keptRecordings(ledger.records())).get(recordingId);
    if (recording === undefined) return refused('rights/no-such-words', `There is no recording ${recordingId} here.`);
    if (recording.storage === 'local')
      return refused('rights/local', `The recording ${recordingId} is on its host's own device: ask the host.`);
    if ([...gone, 'erasing'].includes(recording.state))
      return refused('rights/erased', `The recording ${recordingId} is erased.`);
    const { vault } = this.#parts;
    const transcript = await keptTranscript(vault, recordingId);
    const segment = transcript?.segments.find(({ id }) => id === segmentId);
    if (!transcript || !segment)
      return refused('rights/no-such-words', `The transcript of ${recordingId} has no segment ${segmentId}.`);
    if (!segmentsOf(transcript, participantId).includes(segment))
      return refused('rights/not-your-words', `The segment ${segmentId} is not of ${participantId}.`);
    const before = segment.corrections ?? [];
    // Done before a crash that the ledger had not heard of.
    const isThere = before.some((each) => each.by === participantId && each.text === text);
    if (!isThere) {
      const corrected = { ...segment, corrections: [...before, { by: participantId, at: timeOf(nowMs), text }] };
      const segments = transcript.segments.map((each) => (each === segment ? corrected : each));
      await vault.seal(recordingId, 'transcript', writtenTranscript({ ...transcript, segments }));
    }
    await ledger.write({ fact: 'corrected', recordingId, segmentId, by: participantId });
    return { is: 'done' };
  }

  /** As `withdrawConsent` does it in the meeting; here it is written for what is over. */
  async #withdraw(ledger: MeetingLedger, { participantId, meetingId }: RightRequest): Promise<CarriedOut> {
    const isOpen = await ledger.isOpen();
    if (isOpen) {
      const { withdraw } = this.#parts;
      if (!withdraw) return { is: 'waiting', code: 'records/meeting-open' };
      await withdraw(meetingId, participantId);
    }
    const facts: AnswerFact[] = [];
    for (const recording of await recordingsOf(ledger, participantId)) {
      if (isOpen && (recording.state === 'running' || recording.state === 'asked')) continue;
      for (const [purpose, answer] of recording.answers.get(participantId) ?? []) {
        if (answer !== 'given' && answer !== 'acknowledged') continue;
        const revision = (recording.revisions.get(participantId) ?? 0) + 1;
        const { recordingId } = recording;
        facts.push({
          fact: 'withdrawn',
          recordingId,
          participantId,
          purpose,
          answerId: randomId(),
          revision,
          applied: true,
        });
      }
    }
    if (facts.length > 0) await ledger.write(...facts);
    return { is: 'done' };
  }
}

const shareOf = (recordingId: RecordingId, { participantId }: RightRequest, because: ErasedBecause) =>
  ({ recordingId, kept: ['recording', 'transcript', 'notes'], because, participantId }) as const;

async function recordingsOf(ledger: MeetingLedger, participantId: ParticipantId): Promise<readonly KeptRecording[]> {
  return [...(await keptRecordings(ledger.records())).values()].filter(({ people }) => people.has(participantId));
}
