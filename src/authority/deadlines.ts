import type { ParticipantId, Purpose } from '../participants/participants.types.ts';
import type { RecordingOutcome } from '../recording/recording.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import type { LiveRecording } from './live-recording.ts';
import type { Person } from './people.ts';
import { expire, nextDueAt, remindedOf, takeExpired, takeReminded } from './waiting.ts';

interface DeadlinesOptions {
  readonly lives: (live: LiveRecording) => boolean;
  readonly isRunning: (live: LiveRecording) => boolean;
  /** It has been asked for and has not begun. */
  readonly isAsking: (live: LiveRecording) => boolean;
  readonly declined: (
    live: LiveRecording,
    person: Person,
    purposes: readonly Purpose[],
    vetoAs: RecordingOutcome,
  ) => void;
  readonly evaluate: (who: readonly ParticipantId[]) => void;
  readonly end: (live: LiveRecording, outcome: RecordingOutcome, code?: string) => void;
}

/** The times of what lives: who has not answered by then, who is reminded, and what is given up (G9). */
export class Deadlines {
  readonly #context: AuthorityContext;
  readonly #options: DeadlinesOptions;

  constructor(context: AuthorityContext, options: DeadlinesOptions) {
    this.#context = context;
    this.#options = options;
  }

  schedule(live: LiveRecording): void {
    const at = this.#options.lives(live) ? nextDueAt(live) : undefined;
    const name = `due ${live.recordingId}`;
    if (at === undefined) this.#context.timers.clear(name);
    else this.#context.timers.set(name, at - this.#context.now(), () => this.#due(live));
  }

  forget(live: LiveRecording): void {
    this.#context.timers.clear(`due ${live.recordingId}`);
  }

  remind(live: LiveRecording, who: Iterable<ParticipantId>): void {
    remindedOf(live, who).forEach(this.#context.changed.person);
  }

  #due(live: LiveRecording): void {
    const { now: time, timers, isHandingOver } = this.#context;
    // What has been handed over is over when whoever takes it up says so.
    if (isHandingOver()) {
      timers.set(`due ${live.recordingId}`, times.tickMs, () => this.#due(live));
      return;
    }
    const now = time();
    const expired = takeExpired(live, now);
    for (const id of expired) {
      const purposes = expire(live, id);
      if (purposes.length === 0) continue;
      const isRunning = this.#options.isRunning(live);
      if (isRunning) live.bannered.add(id);
      const person = this.#context.people.person(id);
      if (person) this.#options.declined(live, person, purposes, isRunning ? 'vetoed' : 'expired');
    }
    this.remind(live, takeReminded(live, now));
    this.#options.evaluate(expired);
    if (live.giveUpAt !== undefined && live.giveUpAt <= now) {
      live.giveUpAt = undefined;
      if (this.#options.isAsking(live)) this.#giveUp(live);
    }
    this.schedule(live);
  }

  /** Everyone had their time, and it may still not start. */
  #giveUp(live: LiveRecording): void {
    if (live.readiness(false).blocked) this.#options.end(live, 'failed', 'recording/blocked');
    else if (live.deadlines.size === 0) this.#options.end(live, 'expired');
    else live.giveUpAt = Math.max(...live.deadlines.values());
  }
}
