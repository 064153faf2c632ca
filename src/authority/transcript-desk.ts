import { derivedId } from '../core/ids.ts';
import type { Endpoint, ParticipantId, RecordingId, Storage } from '../participants/participants.types.ts';
import type { KeptTranscript } from '../transcript/kept-transcript.ts';
import { isWithheld } from '../transcript/withheld.rules.ts';
import type { Command } from '../transport/command.types.ts';
import type { AcknowledgedOutcome, MeetingState, RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import { transcriptsIn } from '../transport/transcript-messages.parse.ts';
import type { SegmentsQuery, TranscriptView } from '../transport/transcript-messages.types.ts';
import type { AuthorityContext } from './authority.types.ts';
import { mayBeTranscribed } from './gate.rules.ts';
import type { HandedTranscripts } from './hand-over.types.ts';
import type { LiveRecording } from './live-recording.ts';
import { denied, done } from './outcomes.ts';
import type { OwnRecording } from './own-recording.ts';
import type { OwnTranscript } from './own-transcript.ts';
import type { Person, Seat } from './people.ts';
import type { PolicyDesk } from './policy-desk.ts';
import { RecordingTime } from './recording-time.ts';
import type { Recordings } from './recordings.ts';
import { TranscriptReaders } from './transcript-readers.ts';
import { WordsToGo } from './words-to-go.ts';

const purpose = 'transcription';
type Withheld = 'recording.erased' | 'transcript.anonymised' | 'transcript.isolated';
/** What a transcript needs, loaded before one is asked for. */
interface TranscriptsLoaded {
  have(name: 'transcripts'): { readonly OwnTranscript: typeof OwnTranscript };
}

/** How many are told of: the one that is being made, and the last others; whatever is withheld is told too. */
const toldOf = 3;
/** How many the authority keeps the text of, and how many transcripts it knows, and recordings to have ended: those are told to be erased. */
const textsKept = 16;
const known = 64;
/** So much of the text goes along in a hand-over, in UTF-16 units of its JSON: the rest is left behind. */
const textHandedOver = 300_000;
/** What a recording does when it will take nothing more. */
const ending: readonly string[] = ['stopping', 'fencing', 'unstopped', 'off'];

/**
 * The transcripts of a meeting's recordings: each follows its recording, and keeps what was said by whom the recording and
 * the transcript may both have (G5). It looks at what has changed at the end of each task, so that the time line of who is
 * clear is written at the instants at which answers, pauses and absences are applied.
 */
export class TranscriptDesk {
  readonly #context: AuthorityContext;
  readonly #recordings: Recordings;
  readonly #modules: TranscriptsLoaded;
  readonly #readers: TranscriptReaders;
  /** The latest first. */
  #transcripts: OwnTranscript[] = [];
  #time: RecordingTime | undefined;
  /** The recordings that have ended, the latest last. */
  readonly #ended = new Map<RecordingId, Storage | undefined>();
  /** What an authority that is gone has recorded last, and nobody has confirmed the end of. */
  #left: RecordingState | undefined;
  #storage: Storage | undefined;
  readonly #changed = new Set<ParticipantId>();
  readonly #toGo = new WordsToGo();
  #count = 0;

  constructor(context: AuthorityContext, recordings: Recordings, policies: PolicyDesk, modules: TranscriptsLoaded) {
    this.#context = context;
    this.#recordings = recordings;
    this.#modules = modules;
    this.#readers = new TranscriptReaders(context, () => policies.policy);
  }

  get views(): readonly TranscriptView[] {
    return this.#transcripts.filter(({ state }, place) => place < toldOf || isWithheld(state)).map(({ view }) => view);
  }

  personChanged(id: ParticipantId): void {
    this.#changed.add(id);
  }

  left(endpoint: Endpoint): void {
    this.#readers.left(endpoint);
  }

  tick(): void {
    const [latest] = this.#transcripts;
    if (latest?.isTaking) this.#readers.tick(latest);
  }

  /** Follows what has changed since the last time; `isQuiet`: nobody is told yet, and no engine counts from a start that it was not told of. */
  settle(isQuiet = false): void {
    const own = this.#recordings.own?.context.inherited ? undefined : this.#recordings.own;
    const living = this.#transcripts.find(({ isLiving }) => isLiving);
    if (this.#time && this.#time.recordingId !== own?.live.recordingId) this.#recordingEnded(this.#time.recordingId);
    if (own) this.#follow(own, living, isQuiet);
    this.#changed.clear();
  }

  feed(segment: Extract<Command, { do: 'feedSegment' }>, from: Endpoint): AcknowledgedOutcome {
    const { transcriptId } = segment;
    const transcript = this.#transcripts.find(
      (each) => each.isTaking && (transcriptId === undefined || each.transcriptId === transcriptId),
    );
    if (!transcript) return denied('transcript/not-running');
    const taken = transcript.take(segment.segment);
    if (taken.dropped === 'invalid' || taken.dropped === 'ahead-of-time') {
      this.#context.options.doubt('transcript/bad-segment', from);
      return denied('transcript/bad-segment');
    }
    this.#readers.tell(transcript, taken);
    return done;
  }

  /** What writes it down has died; `false` where nothing is, or was until now, written. One that is only asked for is stopped. */
  fail(): boolean {
    const writing = this.#transcripts.find(({ isTaking }) => isTaking);
    return writing !== undefined && this.#tell(writing, 'transcript.failed');
  }

  /** Somebody misses segments; `false` for whom the policy does not let read. */
  asked(seat: Seat, query: SegmentsQuery): boolean {
    const transcript = this.#transcripts.find(({ transcriptId }) => transcriptId === query.transcriptId);
    return !transcript || this.#readers.asked(seat, transcript, query);
  }

  /** What was written down of a recording that has ended is erased; the recording itself is not kept from here. */
  erase(recordingId: RecordingId): AcknowledgedOutcome {
    const objection = this.objection(recordingId);
    if (objection !== undefined) return denied(objection);
    this.withhold(recordingId, 'recording.erased');
    return done;
  }

  /** Why a recording is not to be erased, as far as it is known here. */
  objection(recordingId: RecordingId): string | undefined {
    const state = this.#recordings.states.find((each) => each.recordingId === recordingId);
    if (this.#left?.recordingId === recordingId && state?.ended?.confirmed) this.#left = undefined;
    const isLeft = this.#left?.recordingId === recordingId;
    if (isLeft || (state && state.status !== 'off')) return 'recording/not-ended';
    if (!this.#ended.has(recordingId)) return 'recording/unknown';
    return this.#ended.get(recordingId) === 'local' ? 'recording/needs-cloud' : undefined;
  }

  /** What was written down of a recording is gone from here: `how` says what becomes of the recording. */
  withhold(recordingId: RecordingId, how: Withheld): void {
    for (const transcript of this.of(recordingId)) {
      this.#context.timers.clear(`late ${transcript.transcriptId}`);
      this.#tell(transcript, how);
    }
  }

  /** The transcripts that were made of one recording, or of any; the latest first. */
  of(recordingId?: RecordingId): readonly OwnTranscript[] {
    return recordingId === undefined
      ? this.#transcripts
      : this.#transcripts.filter((each) => each.recordingId === recordingId);
  }

  /** Changes what is kept of one, and tells its readers. */
  change(transcript: OwnTranscript, change: (text: KeptTranscript) => void): void {
    this.#readers.tell(transcript, { kept: transcript.change(change), interim: [] });
  }

  /** Somebody's words go out of a recording, and none that come later are written down or told. */
  takeOut(recordingId: RecordingId, id: ParticipantId): void {
    this.#toGo.add(recordingId, id);
    for (const transcript of this.of(recordingId)) this.change(transcript, (text) => void text.redact(id));
  }

  /** What an orderly hand-over carries, if there is anything. */
  get handedOver(): HandedTranscripts | undefined {
    if (this.#count + this.#ended.size === 0 && !this.#time) return undefined;
    let left = textHandedOver;
    return {
      transcripts: this.#transcripts.map((transcript) => {
        const handed = transcript.handedOver(left);
        left -= JSON.stringify(handed.segments).length;
        return handed;
      }),
      count: this.#count,
      living: this.#time?.handedOver,
      ended: [...this.#ended].map(([recordingId, storage]) => ({ recordingId, storage })),
      toGo: this.#toGo.handedOver,
    };
  }

  /** Takes it, before anybody has left `live`, the recording that goes on. */
  take({ transcripts, count, living, ended, toGo }: HandedTranscripts, live?: LiveRecording): void {
    const { now } = this.#context;
    this.#count = count;
    this.#toGo.take(toGo);
    for (const { recordingId, storage } of ended) this.#ended.set(recordingId, storage);
    this.#storage = live?.storage;
    if (live && living) this.#time = new RecordingTime(live.recordingId, now, living);
    const clear = live ? [...live.main.ids()].filter((id) => isClearIn(live, id)) : [];
    this.#transcripts = transcripts.map((handed, place) => {
      const isOfLiving = this.#time?.recordingId === handed.recordingId;
      const time = (isOfLiving && this.#time) || new RecordingTime(handed.recordingId, now, handed);
      const transcript = this.#made(handed.transcriptId, time, transcripts.slice(place + 1));
      transcript.takeOver(handed, clear);
      if (transcript.state === 'processing') this.#finishLater(transcript);
      return transcript;
    });
  }

  /** Takes what is known of those of an authority that is gone. */
  inherit({ recordings, transcripts }: MeetingState): void {
    for (const { recordingId, storage, seen } of recordings) if (!seen) this.#ended.set(recordingId, storage);
    this.#left = recordings.find(
      ({ seen, status, purposes }) => !seen && status !== 'off' && purposes.includes('recording'),
    );
    this.#transcripts = transcriptsIn(transcripts).map(({ transcriptId, recordingId, status }) => {
      const transcript = this.#made(transcriptId, new RecordingTime(recordingId, this.#context.now), []);
      transcript.inherit(status);
      return transcript;
    });
  }

  /** The meeting goes on without whoever decides: nothing more comes of what has ended. */
  close(): void {
    for (const transcript of this.#transcripts) transcript.happens('transcript.processed');
  }

  #follow(own: OwnRecording, living: OwnTranscript | undefined, isQuiet: boolean): void {
    const { live } = own;
    if (this.#time?.recordingId !== live.recordingId) {
      this.#time = new RecordingTime(live.recordingId, this.#context.now);
      this.#storage = live.storage;
    }
    if (own.context.started && !isQuiet) this.#time.begins();
    if (!live.rosters.has(purpose)) {
      if (living) this.#end(living, 'transcript.stopped');
      return;
    }
    if (ending.includes(own.state)) {
      if (living) this.#end(living, 'recording.ended');
      return;
    }
    const transcript = living ?? this.#begin(this.#time);
    if (own.context.started) this.#tell(transcript, 'recording.started');
    this.#tell(transcript, own.state === 'on' ? 'recording.resumed' : 'recording.paused');
    if (live.purposesOn.has(purpose)) this.#tell(transcript, 'consent.settled');
    const changed = living ? this.#changed : this.#context.people.ids;
    for (const id of changed) this.#stand(transcript, id, own);
  }

  #begin(time: RecordingTime): OwnTranscript {
    this.#count += 1;
    const transcript = this.#made(derivedId(time.recordingId, purpose, String(this.#count)), time, this.#transcripts);
    this.#transcripts = [transcript, ...this.#transcripts].slice(0, known);
    this.#transcripts[textsKept]?.letGo();
    this.#readers.begin(transcript);
    this.#tell(transcript, 'transcript.requested');
    return transcript;
  }

  #made(transcriptId: string, time: RecordingTime, before: readonly { recordingId: RecordingId }[]): OwnTranscript {
    const { OwnTranscript } = this.#modules.have('transcripts');
    const isFirst = before.every(({ recordingId }) => recordingId !== time.recordingId);
    return new OwnTranscript(transcriptId, time, this.#toGo.of(time.recordingId), isFirst);
  }

  #stand(transcript: OwnTranscript, id: ParticipantId, own: OwnRecording): void {
    const person = this.#context.people.person(id);
    const isHere = person !== undefined && person.channel !== 'bot';
    const { main, rosters } = own.live;
    if ([main, rosters.get(purpose)].some((roster) => roster?.standingOf(id) === 'refused')) transcript.declined(id);
    transcript.stands(id, isHere && mayBeWritten(person, own), isHere);
  }

  #end(transcript: OwnTranscript, how: 'transcript.stopped' | 'recording.ended'): void {
    if (this.#tell(transcript, how) && transcript.state === 'processing') this.#finishLater(transcript);
  }

  #finishLater(transcript: OwnTranscript): void {
    this.#context.timers.set(`late ${transcript.transcriptId}`, times.lateSegmentsMs, () =>
      this.#tell(transcript, 'transcript.processed'),
    );
  }

  #recordingEnded(recordingId: RecordingId): void {
    for (const transcript of this.of(recordingId)) if (transcript.isLiving) this.#end(transcript, 'recording.ended');
    this.#ended.set(recordingId, this.#storage);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > known && oldest !== undefined) this.#ended.delete(oldest);
    this.#time = undefined;
  }

  #tell(transcript: OwnTranscript, event: Parameters<OwnTranscript['happens']>[0]): boolean {
    const hasMoved = transcript.happens(event);
    if (hasMoved) this.#context.changed.meeting();
    return hasMoved;
  }
}

const isClearIn = ({ main, rosters }: LiveRecording, id: ParticipantId): boolean =>
  main.standingOf(id) === 'clear' && rosters.get(purpose)?.standingOf(id) === 'clear';

/** Who may be written down is also in the recorder's output, where it can leave people out: no word without its recording. */
const mayBeWritten = (person: Person, own: OwnRecording): boolean =>
  mayBeTranscribed(person, own.live) && (!own.request.canExclude || own.hasCaptured(person.id));
