import { derivedId } from '../core/ids.ts';
import type { ParticipantId, Purpose, RecordingId, RequestedBy } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import { isPointless, mayStart, outcomeOfNobody } from '../recording/recording.rules.ts';
import type { RecordingOutcome } from '../recording/recording.types.ts';
import type { Command } from '../transport/command.types.ts';
import type { AcknowledgedOutcome, RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import { EndedRecordings } from './ended-recordings.ts';
import { LiveRecording } from './live-recording.ts';
import type { PurposeAsked } from './live-recording.types.ts';
import { denied, done } from './outcomes.ts';
import { type Person, requesterOf } from './people.ts';
import { purposeState } from './recording-state.ts';
import { bannerWhoIsNotAsked } from './waiting.ts';

type Request = Extract<Command, { do: 'requestPurpose' }>;

interface OpenPurposesOptions {
  readonly policy: () => Policy;
  /** The recording of the meeting's own that lives, if one does. */
  readonly recording: () => LiveRecording | undefined;
  readonly begin: (live: LiveRecording) => void;
  readonly add: (live: LiveRecording, purpose: Purpose, asked: PurposeAsked) => void;
  readonly drop: (live: LiveRecording, purpose: Purpose) => void;
  readonly ended: (live: LiveRecording) => void;
  /** Decides anew what may begin. */
  readonly decide: () => void;
}

/** How it came to its end, if not by whoever ended it. */
interface Ending {
  readonly outcome?: RecordingOutcome;
  readonly code?: string | undefined;
}

interface Asked {
  readonly recordingId: RecordingId;
  readonly purpose: Purpose;
  /** The recording that it was asked for with. */
  readonly of: RecordingId | undefined;
  readonly asked: PurposeAsked;
}

/** Purposes with commands of their own, and which those are. */
const ownCommands = new Map<Purpose, { readonly request: string; readonly end: string }>([
  ['recording', { request: 'purpose/use-request-recording', end: 'purpose/use-stop-recording' }],
  ['transcription', { request: 'purpose/use-request-transcript', end: 'purpose/use-stop-transcript' }],
  [
    'attention-tracking',
    { request: 'purpose/use-enable-attention-tracking', end: 'purpose/use-disable-attention-tracking' },
  ],
]);

/**
 * The purposes of the open set (live captions, a live stream, notes by software, …). One that follows a recording is
 * part of it; any other lives by itself: no recorder is told of it, and whoever provides it takes part of those who are
 * clear, as `captureChanged` says. What is asked for within a moment is asked for in one prompt.
 */
export class OpenPurposes {
  readonly lives = new Map<RecordingId, LiveRecording>();
  readonly #endings = new EndedRecordings();
  readonly #context: AuthorityContext;
  readonly #options: OpenPurposesOptions;
  #asked: readonly Asked[] = [];

  constructor(context: AuthorityContext, options: OpenPurposesOptions) {
    this.#context = context;
    this.#options = options;
  }

  get states(): RecordingState[] {
    return [...[...this.lives.values()].map((live) => purposeState(live)), ...this.#endings.states];
  }

  /** It has begun: from now on whoever is clear is part of it. */
  isOn(live: LiveRecording): boolean {
    return this.lives.has(live.recordingId) && live.purposesOn.has(live.mainPurpose);
  }

  request(person: Person, id: string, { purpose, recordingId, provider, reason }: Request): AcknowledgedOutcome {
    const own = ownCommands.get(purpose);
    if (own) return denied(own.request);
    if (this.#lifeOf(purpose) || this.#isAsked(purpose)) return denied('purpose/busy');
    const recording = this.#options.recording();
    if (recordingId !== undefined && recording?.recordingId !== recordingId) return denied('purpose/needs-recording');
    const followed = recordingId === undefined ? this.#followedBy(purpose) : undefined;
    if (followed !== undefined && !this.#lifeOf(followed) && !this.#isAsked(followed)) {
      return denied(followed === 'recording' ? 'purpose/needs-recording' : 'purpose/needs-what-it-follows');
    }
    const asked = { by: requesterOf(person), ...(provider && { provider }), ...(reason && { reason }) };
    const { meetingId } = this.#context.options;
    const life = derivedId(meetingId, person.id, id);
    this.#asked = [...this.#asked, { recordingId: life, purpose, of: recordingId, asked }];
    if (!this.#context.timers.has('purposes')) {
      this.#context.timers.set('purposes', times.togetherMs, () => this.askNow());
    }
    return done;
  }

  /** Asks everyone for what was requested a moment ago. */
  askNow(): void {
    this.#context.timers.clear('purposes');
    const all = this.#asked;
    this.#asked = [];
    for (const each of all) this.#ask(each);
    if (all.length > 0) this.#options.decide();
  }

  end(purpose: Purpose, by: RequestedBy): AcknowledgedOutcome {
    const own = ownCommands.get(purpose);
    if (own) return denied(own.end);
    if (this.#isAsked(purpose)) {
      this.#asked = this.#asked.filter((each) => each.purpose !== purpose);
      return done;
    }
    const live = this.#lifeOf(purpose);
    if (!live) return denied('purpose/not-running');
    this.drop(live, purpose, by);
    return done;
  }

  /** A purpose is over: alone, or with all that it is the life of. */
  drop(live: LiveRecording, purpose: Purpose, by: RequestedBy, how?: Ending): void {
    if (purpose !== live.mainPurpose) this.#options.drop(live, purpose);
    // Another's silence at the same instant may have ended it already.
    else if (this.lives.has(live.recordingId)) this.#end(live, by, how);
  }

  endAll(by: RequestedBy, code?: string): void {
    this.#asked = [];
    for (const live of this.lives.values()) this.#end(live, by, { code });
  }

  /** Whoever asked has left before it began. */
  requesterLeft(id: ParticipantId): void {
    this.#asked = this.#asked.filter(({ asked: { by } }) => typeof by !== 'object' || by.participantId !== id);
    for (const live of this.lives.values()) {
      if (!this.isOn(live) && live.requesterId === id) this.#end(live, live.by);
    }
  }

  decide(): void {
    for (const live of this.lives.values()) this.#decide(live);
  }

  #decide(live: LiveRecording): void {
    const readiness = live.readiness(false);
    const { counts } = readiness;
    if (this.isOn(live)) {
      const left = counts.clear + counts.unanswered + counts.late + counts['cannot-be-asked'];
      if (left === 0) this.#end(live, 'platform', { outcome: 'nobody-to-capture' });
      else if (live.settlePurposes()) this.#context.changed.everyone();
    } else if (mayStart(readiness)) this.#start(live);
    else if (isPointless(readiness)) this.#end(live, 'platform', { outcome: outcomeOfNobody(readiness) });
  }

  #start(live: LiveRecording): void {
    live.purposesOn.add(live.mainPurpose);
    live.settlePurposes();
    bannerWhoIsNotAsked(live, this.#context.people.all);
    this.#context.changed.meeting();
    this.#context.changed.everyone();
  }

  #ask({ recordingId, purpose, of, asked }: Asked): void {
    const followed = of === undefined ? this.#followedBy(purpose) : 'recording';
    if (followed !== undefined) {
      const live = this.#lifeOf(followed);
      // What it was to be part of has ended in this moment.
      if (live && (of === undefined || live.recordingId === of)) this.#options.add(live, purpose, asked);
      return;
    }
    const { by, reason } = asked;
    const live = new LiveRecording(
      { recordingId, purposes: [purpose], by, seen: false, asked: [[purpose, asked]], reason },
      this.#options.policy(),
    );
    this.lives.set(recordingId, live);
    this.#options.begin(live);
  }

  #end(live: LiveRecording, by: RequestedBy, { outcome, code }: Ending = {}): void {
    const ended = { outcome: outcome ?? (this.isOn(live) ? 'stopped' : 'cancelled'), ...(code && { code }) } as const;
    this.lives.delete(live.recordingId);
    live.lastBy = by;
    this.#endings.add({ ...purposeState(live), status: 'off', ended });
    this.#options.ended(live);
  }

  #followedBy(purpose: Purpose): Purpose | undefined {
    const { purposes } = this.#options.policy();
    return Object.hasOwn(purposes, purpose) ? purposes[purpose]?.follows : undefined;
  }

  #isAsked(purpose: Purpose): boolean {
    return this.#asked.some((each) => each.purpose === purpose);
  }

  #lifeOf(purpose: Purpose): LiveRecording | undefined {
    const recording = this.#options.recording();
    return [...(recording ? [recording] : []), ...this.lives.values()].find((live) => live.rosters.has(purpose));
  }
}

/** What they need, once it is loaded. */
export interface PurposesLoaded {
  loaded(name: 'purposes'): { readonly OpenPurposes: typeof OpenPurposes } | undefined;
}
