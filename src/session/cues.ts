import type { ConsentAsked } from '../consent/consent.types.ts';
import { attempt } from '../core/attempt.ts';
import type { CueKind, HookMap } from '../hooks/hooks.types.ts';
import { announcementFor, type CallerWords, type SpokenCue } from '../notice/cue-text.ts';
import type { ChoiceEffect, Side } from '../notice/notice.types.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { Purpose, RecordingId } from '../participants/participants.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { SessionContext } from './session-context.ts';

/** How long the cue of a start waits for the other purposes asked for along with it; a stuck one cannot swallow it. */
const compoundMs = 2000;
/** After this long, a cue is no longer true and is not played. */
const playInMs = 10_000;
const cuesKept = 16;

/** Cues that are the notice, to who has no screen; the others say only what has become of it. */
export const tells: readonly CueKind[] = ['asking', 'started', 'resumed', 'reminder'];

/** What this person is asked of a recording. */
export interface Listener {
  /** An answer is wanted now. */
  readonly asks: boolean;
  /** Absent where this client's person cannot answer at all. */
  readonly consent?: ConsentAsked;
  readonly refusal?: ChoiceEffect;
  /** Where one side alone is recorded: whether it is theirs. */
  readonly side?: Side;
  /** It is, and they have heard so. */
  readonly isTold?: boolean;
}

interface CuesOptions {
  readonly catalogue: () => TextCatalogue;
  /** What a caller hears besides; loaded before one joins. */
  readonly callerWords: () => CallerWords | undefined;
  /** What this person is asked of a recording, if anything, and what refusing does. */
  readonly listener: (recording: RecordingState) => Listener;
  readonly requested: (cue: HookMap['cueRequested']) => unknown;
}

/** What a client asks its UI to let its person hear: one cue for each point of a recording's life. */
export class Cues {
  readonly #context: SessionContext;
  readonly #options: CuesOptions;
  readonly #cues = new Map<string, HookMap['cueRequested']>();
  /** Purposes of each recording whose start was told. */
  readonly #told = new Map<RecordingId, Set<Purpose>>();
  /** What is said to a caller of whose side is recorded. */
  callers: ((said: SpokenCue, cue: CueKind, recording: RecordingState) => SpokenCue) | undefined;

  constructor(context: SessionContext, options: CuesOptions) {
    this.#context = context;
    this.#options = options;
  }

  get(cueId: string): HookMap['cueRequested'] | undefined {
    return this.#cues.get(cueId);
  }

  /** What was asked to be heard, the last at the end. */
  get all(): HookMap['cueRequested'][] {
    return [...this.#cues.values()];
  }

  /** A recording is at another point of its life. */
  moved(before: RecordingState | undefined, now: RecordingState): void {
    const added = before ? now.purposes.filter((purpose) => !before.purposes.includes(purpose)) : [];
    if (now.status === 'asking' && before?.status !== 'asking') this.#request('asking', now, now.purposes);
    else if (added.length > 0) this.#request('asking', now, added);
    if (now.started && (now.status === 'on' || now.status === 'paused')) this.#start(before, now);
    if (now.status === 'paused' && before?.status === 'on') this.#request('paused', now, now.purposes);
    if (now.status === 'on' && before?.status === 'paused') this.#request('resumed', now, now.purposes);
    if (now.status !== 'off') return;
    this.#context.timers.clear(`cue ${now.recordingId}`);
    if (now.ended?.outcome === 'failed') this.#request('ended-unexpectedly', now, now.purposes);
    else if (now.started) this.#request('stopped', now, now.purposes);
    this.#told.delete(now.recordingId);
  }

  /** A person who has not answered is reminded. */
  remind(recording: RecordingState, purposes: readonly Purpose[]): void {
    this.#request('reminder', recording, purposes);
  }

  /** A capture that this client's own adapter sees. */
  seen(recording: RecordingState): void {
    this.#start(undefined, recording);
  }

  #start(before: RecordingState | undefined, now: RecordingState): void {
    const told = this.#told.get(now.recordingId);
    const begun = now.purposes.filter((purpose) => (now.statuses?.[purpose] ?? now.status) !== 'asking');
    const fresh = begun.filter((purpose) => !told?.has(purpose));
    if (fresh.length === 0) return;
    const name = `cue ${now.recordingId}`;
    // Who comes late is asked, and hears in that cue that it runs already.
    const kind = !before && this.#options.listener(now).asks ? 'asking' : 'started';
    const tell = () => {
      this.#told.set(now.recordingId, new Set([...(told ?? []), ...fresh]));
      this.#request(kind, now, fresh);
    };
    this.#context.timers.clear(name);
    if (told === undefined && begun.length < now.purposes.length && kind === 'started') {
      this.#context.timers.set(name, compoundMs, tell);
    } else tell();
  }

  #request(cue: Exclude<CueKind, 'answered'>, recording: RecordingState, purposes: readonly Purpose[]): void {
    // What a bot plays would be heard in the meeting.
    if (this.#context.self.channel === 'bot') return;
    const { by, storage, recordingId } = recording;
    const byName = typeof by === 'object' ? (by.name ?? by.participantId) : undefined;
    const { asks, side, isTold, ...asked } = this.#options.listener(recording);
    // Of whose side nothing is recorded is asked nothing; and nothing is said into what is recorded of one side.
    if ((side === 'other' && cue === 'asking') || (isTold && cue === 'started')) return;
    const caller = this.#context.self.channel === 'phone' ? this.#options.callerWords() : undefined;
    const announcement = announcementFor(
      {
        cue,
        purposes,
        // A caller sees no prompt that stands, and is told with each of these how to answer.
        asks: asks && (caller ? tells.includes(cue) : cue === 'asking' || cue === 'reminder'),
        running: recording.started,
        ...asked,
        ...(storage && { storage }),
        ...(byName !== undefined && { byName }),
      },
      this.#options.catalogue(),
      caller,
    );
    this.add({
      purposes,
      cue,
      announcement: this.callers?.(announcement, cue, recording) ?? announcement,
      recordingId,
    });
  }

  /** Something is to be heard; `recordingId` and `purposes` say what it is about. */
  add(what: Omit<HookMap['cueRequested'], 'cueId' | 'purpose' | 'playInMs'>): string {
    const cueId = this.#context.randomId();
    const cue = { cueId, purpose: what.purposes[0] ?? 'recording', playInMs, ...what };
    this.#cues.set(cueId, cue);
    const [oldest] = this.#cues.keys();
    if (this.#cues.size > cuesKept && oldest !== undefined) this.#cues.delete(oldest);
    this.#context.hooks.announce('cueRequested', cue);
    attempt(() => this.#options.requested(cue), this.#context.failed);
    return cueId;
  }
}
