import type { ParticipantId, Purpose, RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';
import type { Act, Scenario } from '../parsed.types.ts';

/** The last that a person did about a recording, as it was seen from beside them. */
export type Word = 'shown' | 'acknowledged' | 'given' | 'no';

const words: Readonly<Record<string, Word>> = {
  givesConsent: 'given',
  acknowledges: 'acknowledged',
  refusesConsent: 'no',
  withdrawsConsent: 'no',
};

/** What a key says, by what it was announced to mean. */
const meanings: Readonly<Record<string, Word>> = { agree: 'given', refuse: 'no' };

/** A caller: what they were told the keys mean, and which prompts are open. */
class Caller {
  #keys: Readonly<Record<string, string>> = {};
  readonly #prompts = new Map<string, readonly string[]>();

  take({ hook }: Extract<Happened, { kind: 'hook' }>): void {
    if (hook.hook === 'cueRequested') this.#keys = { ...this.#keys, ...hook.payload.announcement.keys };
    if (hook.hook === 'noticeRaised' && hook.payload.kind === 'prompt') {
      this.#prompts.set(hook.payload.noticeId, hook.payload.purposes);
    }
    if (hook.hook === 'noticeClosed') this.#prompts.delete(hook.payload.noticeId);
  }

  /** A key answers the prompt that is open, else the recording. */
  wordOf(key: string, purpose: Purpose): Word | undefined {
    const asked = [...this.#prompts.values()].at(-1) ?? ['recording'];
    return asked.includes(purpose) ? meanings[this.#keys[key] ?? ''] : undefined;
  }
}

/** What everyone has said of each recording, or of another purpose of it, taken from what they did and not from what any client believes of it. */
export class WordsSaid {
  readonly #said: Map<string, Word>;
  readonly #purpose: Purpose;
  /** The recording of the last transcript that anybody was told of. */
  #transcribed: RecordingId | undefined;
  readonly #callers: ReadonlyMap<ParticipantId, Caller>;
  /** What each was last asked of: an answer is sent still when its client, cut off, has given that up. */
  readonly #asked = new Map<ParticipantId, readonly RecordingId[]>();
  /** What an answer took the place of: it comes back if the answer was denied; a no that was heard of stands. */
  readonly #before = new Map<Act, ReadonlyMap<string, Word | undefined>>();

  /** When each said no last, and what they had said before. */
  readonly #noes = new Map<string, { readonly at: number; readonly before: Word | undefined }>();
  readonly #latencyMs: number;

  constructor(history: readonly Happened[], { participants, network }: Scenario, purpose: Purpose = 'recording') {
    this.#purpose = purpose;
    this.#latencyMs = network?.latencyMs?.[1] ?? 0;
    this.#callers = new Map(
      participants.filter(({ channel }) => channel === 'phone').map(({ id }) => [id, new Caller()]),
    );
    // A request is its requester's own consent.
    this.#said = new Map(requesters(history, purpose).map((key) => [key, 'given']));
  }

  of(participant: ParticipantId, recordingId: RecordingId): Word | undefined {
    return this.#said.get(`${participant} ${recordingId}`);
  }

  /** The last word that has been heard by then: a no is on its way for as long as the network takes. */
  heardOf(participant: ParticipantId, recordingId: RecordingId, at: number): Word | undefined {
    const word = this.of(participant, recordingId);
    const no = this.#noes.get(`${participant} ${recordingId}`);
    return word === 'no' && no && at < no.at + this.#latencyMs ? no.before : word;
  }

  take(event: Happened): void {
    if (event.kind === 'shown' && event.purposes.includes(this.#purpose)) {
      const key = `${event.participant} ${event.recordingId}`;
      if (!this.#said.has(key)) this.#said.set(key, 'shown');
    }
    if (event.kind === 'hook') this.#callers.get(event.participant)?.take(event);
    // A new page knows of nothing that the one before was asked.
    if (event.kind === 'presence' && (event.state === 'crashed' || event.state === 'left')) {
      this.#asked.delete(event.participant);
    }
    if (event.kind === 'step') this.#note(event);
    if (event.kind === 'outcome' && event.outcome.outcome === 'denied') this.#takeBack(event.act);
    this.#takeRequest(event);
  }

  /** Who asks for a transcript agrees to it by that, whether or not their own client knows of the recording yet. */
  #takeRequest(event: Happened): void {
    if (this.#purpose !== 'transcription') return;
    if (event.kind === 'hook' && event.hook.hook === 'transcriptChanged') {
      this.#transcribed = event.hook.payload.recordingId;
    }
    if (event.kind !== 'outcome' || event.act.does !== 'requestsTranscript' || event.outcome.outcome !== 'done') return;
    if (this.#transcribed !== undefined) this.#said.set(`${event.act.who} ${this.#transcribed}`, 'given');
  }

  #note({ act, about, at }: Extract<Happened, { kind: 'step' }>): void {
    if (about.length > 0) {
      this.#asked.set(
        act.who,
        about.map(({ recordingId }) => recordingId),
      );
    }
    // A key is an answer on a phone, where it was announced.
    const word =
      act.does === 'pressesKey' ? this.#callers.get(act.who)?.wordOf(act.key, this.#purpose) : words[act.does];
    if (word === undefined || !purposesOf(act).includes(this.#purpose)) return;
    const before = new Map<string, Word | undefined>();
    // A no to what nobody has asked about is none, if it is denied.
    const isAsked = about.some(({ purposes }) => purposes.includes(this.#purpose));
    if (word !== 'no' || !isAsked) this.#before.set(act, before);
    for (const recordingId of this.#asked.get(act.who) ?? []) {
      const key = `${act.who} ${recordingId}`;
      // Agreeing needs a notice that was shown; having agreed, Continue takes nothing back.
      if (word !== 'no' && !this.#said.has(key)) continue;
      if (word === 'acknowledged' && this.#said.get(key) === 'given') continue;
      before.set(key, this.#said.get(key));
      if (word === 'no' && this.#said.get(key) !== 'no') this.#noes.set(key, { at, before: this.#said.get(key) });
      this.#said.set(key, word);
    }
  }

  #takeBack(act: Act): void {
    for (const [key, word] of this.#before.get(act) ?? []) {
      if (word === undefined) this.#said.delete(key);
      else this.#said.set(key, word);
    }
  }
}

function purposesOf(act: Extract<Happened, { kind: 'step' }>['act']): readonly string[] {
  if ('purposes' in act && act.purposes) return act.purposes;
  if ('purpose' in act) return [act.purpose];
  return act.does === 'pressesKey' ? ['recording', 'transcription'] : [];
}

/** Who asked for which recording, as the one who asked and those who were asked heard it. */
function requesters(history: readonly Happened[], purpose: Purpose): string[] {
  return history.flatMap((event) => {
    if (event.kind === 'outcome' && event.act.does === 'requestsRecording') {
      if (purpose === 'transcription' && event.act.transcript !== true) return [];
      return event.outcome.recordingId ? [`${event.act.who} ${event.outcome.recordingId}`] : [];
    }
    if (event.kind !== 'hook' || event.hook.hook !== 'noticeRaised') return [];
    const { requestedBy, recordingId, purposes } = event.hook.payload;
    // What is asked along with a recording is asked by the same person; what is asked later need not be.
    if (!purposes.includes('recording') || !purposes.includes(purpose)) return [];
    return typeof requestedBy === 'object' ? [`${requestedBy.participantId} ${recordingId}`] : [];
  });
}
