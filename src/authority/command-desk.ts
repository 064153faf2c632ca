import { derivedId } from '../core/ids.ts';
import type { Purpose } from '../participants/participants.types.ts';
import { recorderObjection } from '../policy/recorder.rules.ts';
import type { Command } from '../transport/command.types.ts';
import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import type { AttentionDesk } from './attention-desk.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import { LiveRecording } from './live-recording.ts';
import { denied, done, notLoaded } from './outcomes.ts';
import { OwnRecording } from './own-recording.ts';
import { isHosting, type Person, requesterOf, type Seat } from './people.ts';
import type { PolicyDesk } from './policy-desk.ts';
import { recordingRequest } from './recording-request.ts';
import type { Recordings } from './recordings.ts';
import type { RecordsDesk } from './records-desk.ts';
import type { Answered, RecordsCommand } from './records-desk.types.ts';
import type { SeenControl } from './seen-control.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** How many outcomes are kept, so that a repeated command changes nothing. */
const outcomesKept = 256;
const outcomesHandedOver = 32;

type LivingCommand = Extract<Command, { readonly recordingId?: string }>;

/** What everyone may do for themselves; all else is the hosts'. */
const forEveryone: readonly Command['do'][] = [
  'declareRegion',
  'reviewConsent',
  'reportSharing',
  'reportFocus',
  'exerciseRight',
];

/** Takes commands: checked against sender, role and state; a repeat gets the outcome of the first. */
export class CommandDesk {
  readonly #context: AuthorityContext;
  readonly #recordings: Recordings;
  readonly #policies: PolicyDesk;
  readonly #attention: AttentionDesk;
  readonly #transcripts: TranscriptDesk;
  readonly #ledger: LedgerDesk | undefined;
  readonly #records: RecordsDesk | undefined;
  readonly #outcomes = new Map<string, AcknowledgedOutcome>();

  constructor(
    context: AuthorityContext,
    recordings: Recordings,
    policies: PolicyDesk,
    attention: AttentionDesk,
    transcripts: TranscriptDesk,
    ledger?: LedgerDesk,
    records?: RecordsDesk,
  ) {
    this.#records = records;
    this.#ledger = ledger;
    this.#context = context;
    this.#recordings = recordings;
    this.#policies = policies;
    this.#attention = attention;
    this.#transcripts = transcripts;
  }

  take(seat: Seat, id: string, command: Command): Answered {
    const key = `${seat.person.id} ${id}`;
    const known = this.#outcomes.get(key);
    if (known) return known;
    const outcome = this.#do(seat, id, command);
    // There are many segments, and one that is taken again changes nothing; what a right comes to is its person's own (G7).
    if (command.do === 'feedSegment' || command.do === 'exerciseRight') return outcome;
    if (!outcome || outcome instanceof Promise) return outcome;
    this.#outcomes.set(key, outcome);
    const [oldest] = this.#outcomes.keys();
    if (this.#outcomes.size > outcomesKept && oldest !== undefined) this.#outcomes.delete(oldest);
    return outcome;
  }

  /** The last outcomes, by who asked and the command's id: whoever decides next does not do it again. */
  get outcomes(): readonly (readonly [string, AcknowledgedOutcome])[] {
    return [...this.#outcomes].slice(-outcomesHandedOver);
  }

  takeOutcomes(outcomes: CommandDesk['outcomes']): void {
    for (const [key, outcome] of outcomes) this.#outcomes.set(key, outcome);
  }

  #do(seat: Seat, id: string, command: Command): Answered {
    const { person } = seat;
    if (!isHosting(person) && !forEveryone.includes(command.do)) return denied('session/not-permitted');
    switch (command.do) {
      case 'requestRecording':
        return this.#request(person, id, command);
      case 'pauseRecording':
      case 'resumeRecording':
        return this.#pauseOrResume(person, command);
      case 'stopRecording':
        return this.#stop(person, command);
      case 'startWithoutWaiting':
        return this.#startWithoutWaiting(person, command.reason);
      case 'remind':
        return this.#remind(command.participantIds);
      case 'requestTranscript':
        return this.#requestTranscript(person);
      case 'stopTranscript':
        return this.#stopTranscript(command.failed === true);
      case 'feedSegment':
        return this.#transcripts.feed(command, seat.endpoint);
      case 'eraseRecording':
      case 'correctSpeaker':
      case 'exerciseRight':
        return this.#records ? this.#records.take(seat, id, command) : this.#withoutRecords(command);
      case 'requestPurpose':
        return this.#recordings.purposes?.request(person, id, command) ?? notLoaded;
      case 'endPurpose':
        return this.#recordings.purposes?.end(command.purpose, { participantId: person.id }) ?? notLoaded;
      case 'declareRegion':
        person.region = command.region;
        if (this.#policies.personChanged(person)) this.#recordings.tighten(this.#policies.policy);
        return done;
      case 'admit':
        return this.#admit(command.participantIds);
      case 'reviewConsent':
        return this.#review(person, command.purpose);
      case 'handOver':
        return this.#handOver(command.to);
      case 'enableAttentionTracking':
        return this.#attention.enable(person);
      case 'disableAttentionTracking':
        return this.#attention.disable();
      case 'reportSharing':
        this.#attention.shares(seat, command.active);
        return done;
      case 'reportFocus':
        seat.focus = command.able;
        this.#context.changed.person(person.id);
        return done;
    }
  }

  #request(person: Person, id: string, command: Extract<Command, { do: 'requestRecording' }>): AcknowledgedOutcome {
    const { options } = this.#context;
    if (this.#recordings.own) return denied('recording/busy');
    const { capture } = options;
    if (!capture) return denied('capture/unavailable');
    // What cannot be proved afterwards is not begun (G6).
    if (this.#ledger?.failure) return denied(this.#ledger.failure);
    const transcript = command.transcript === true;
    if (transcript && command.storage === 'local') return denied('transcript/needs-cloud');
    const { policy } = this.#policies;
    const objection = recorderObjection(policy.recording, capture.capabilities, command.storage);
    if (objection) return denied(objection);
    const { only, reason } = command;
    if (only && !capture.capabilities.exclude) return denied('capture/cannot-exclude');
    const recordingId = derivedId(options.meetingId, person.id, id);
    const live = new LiveRecording(
      {
        recordingId,
        purposes: transcript ? ['recording', 'transcription'] : ['recording'],
        storage: command.storage,
        by: requesterOf(person),
        seen: false,
        reason,
        only,
      },
      policy,
    );
    const own = new OwnRecording(live, recordingRequest(live, capture.capabilities), this.#context, (each) =>
      this.#recordings.ended(each),
    );
    this.#recordings.begin(own);
    return { outcome: 'accepted', recordingId };
  }

  #pauseOrResume(person: Person, command: LivingCommand): AcknowledgedOutcome {
    const seen = this.#seen(command.recordingId);
    if (seen) {
      seen.pause(command.do === 'pauseRecording');
      return done;
    }
    const own = this.#living(command.recordingId);
    if (!own) return denied('recording/not-running');
    if (!own.isRunning || own.state === 'stopping') return denied('recording/not-running');
    if (!this.#context.options.capture?.capabilities.pause) return denied('capture/cannot-pause');
    const by = { participantId: person.id };
    if (command.do === 'pauseRecording') own.pause(by);
    else own.resume(by);
    return done;
  }

  #stop(person: Person, command: LivingCommand): AcknowledgedOutcome {
    const seen = this.#seen(command.recordingId);
    if (seen) {
      seen.stop();
      return done;
    }
    const own = this.#living(command.recordingId);
    if (!own) return denied('recording/not-running');
    this.#recordings.end(own.isRunning ? 'stopped' : 'cancelled', { participantId: person.id });
    return done;
  }

  #startWithoutWaiting(person: Person, reason: string): AcknowledgedOutcome {
    const { own } = this.#recordings;
    if (!own || own.isRunning) return denied('recording/not-asking');
    if (reason.trim() === '') return denied('recording/reason-missing');
    if (own.live.readiness(false).blocked) return denied('recording/blocked');
    own.live.withoutWaiting = { by: person.id, reason };
    this.#context.changed.meeting();
    this.#context.changed.everyone();
    own.evaluate([]);
    return done;
  }

  #remind(who: readonly string[] | undefined): AcknowledgedOutcome {
    const { lives } = this.#recordings;
    if (lives.length === 0) return denied('recording/not-asking');
    for (const live of lives) this.#recordings.remind(live, who ?? live.main.ids());
    return done;
  }

  #requestTranscript(person: Person): AcknowledgedOutcome {
    const { own } = this.#recordings;
    if (!own) return denied('transcript/needs-recording');
    if (own.live.storage !== 'cloud') return denied('transcript/needs-cloud');
    if (own.live.rosters.has('transcription')) return denied('transcript/busy');
    this.#recordings.addPurpose(own.live, 'transcription', { by: requesterOf(person) });
    return done;
  }

  #stopTranscript(hasFailed: boolean): AcknowledgedOutcome {
    const { own } = this.#recordings;
    const isRunning = own?.live.rosters.has('transcription') === true;
    if (!((hasFailed && this.#transcripts.fail()) || isRunning)) return denied('transcript/not-running');
    if (isRunning) this.#recordings.dropPurpose(own.live, 'transcription');
    return done;
  }

  /** What can be done where nothing is kept: what this authority itself has of a transcript goes. */
  #withoutRecords(command: RecordsCommand): AcknowledgedOutcome {
    if (command.do !== 'eraseRecording') return denied('records/unavailable');
    const { recordingId } = command;
    const outcome = this.#transcripts.erase(recordingId);
    if (outcome.outcome === 'done')
      this.#ledger?.write({ fact: 'erased', recordingId, kept: ['transcript'], because: 'host' });
    return outcome;
  }

  #admit(who: readonly string[]): AcknowledgedOutcome {
    for (const id of who) {
      const person = this.#context.people.person(id);
      if (person?.admission !== 'waiting') continue;
      person.admission = 'admitted';
      this.#context.changed.person(id);
    }
    this.#recordings.decide(who);
    return done;
  }

  #review(person: Person, purpose: Purpose): AcknowledgedOutcome {
    const live = this.#recordings.lives.find((each) => each.rosters.has(purpose) && each.main.has(person.id));
    if (!live) return denied('recording/not-running');
    live.reviewing.add(person.id);
    this.#context.changed.person(person.id);
    return done;
  }

  #handOver(to: string): AcknowledgedOutcome {
    const { handOver } = this.#context.options;
    if (!handOver) return denied('session/not-available');
    if (!this.#mayTake(to)) return denied('authority/not-a-host');
    this.#context.post(() => handOver(to));
    return done;
  }

  #mayTake(id: string): boolean {
    const person = this.#context.people.person(id);
    return person !== undefined && isHosting(person) && person.seats.some((seat) => seat.said === 'hello');
  }

  /** A capture of the platform's own that this authority's recorder controls, where it is meant. */
  #seen(recordingId: string | undefined): SeenControl | undefined {
    if (recordingId === undefined && this.#recordings.own) return undefined;
    return this.#recordings.seen.control(recordingId);
  }

  #living(recordingId: string | undefined): OwnRecording | undefined {
    const { own } = this.#recordings;
    return recordingId === undefined || own?.live.recordingId === recordingId ? own : undefined;
  }
}
