import type { ParticipantId, RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';

/** The last that a person did about a recording, as it was seen from beside them. */
export type Word = 'shown' | 'acknowledged' | 'given' | 'no';

const words: Readonly<Record<string, Word>> = {
  givesConsent: 'given',
  acknowledges: 'acknowledged',
  refusesConsent: 'no',
  withdrawsConsent: 'no',
};

/** What the keys of a phone say. */
const keys: Readonly<Record<string, Word>> = { '1': 'given', '2': 'no' };

/** What everyone has said of each recording, taken from what they did and not from what any client believes of it. */
export class WordsSaid {
  readonly #said: Map<string, Word>;

  readonly #callers: ReadonlySet<ParticipantId>;

  constructor(history: readonly Happened[], { participants }: Scenario) {
    this.#callers = new Set(participants.filter(({ channel }) => channel === 'phone').map(({ id }) => id));
    // A request is its requester's own consent.
    this.#said = new Map(requesters(history).map((key) => [key, 'given']));
  }

  of(participant: ParticipantId, recordingId: RecordingId): Word | undefined {
    return this.#said.get(`${participant} ${recordingId}`);
  }

  take(event: Happened): void {
    if (event.kind === 'shown') {
      const key = `${event.participant} ${event.recordingId}`;
      if (!this.#said.has(key)) this.#said.set(key, 'shown');
    }
    if (event.kind === 'step') this.#note(event);
  }

  #note({ act, about }: Extract<Happened, { kind: 'step' }>): void {
    // A key is an answer on a phone, where it was announced.
    const pressed = act.does === 'pressesKey' && this.#callers.has(act.who) ? keys[act.key] : undefined;
    const word = act.does === 'pressesKey' ? pressed : words[act.does];
    if (word === undefined || !purposesOf(act).includes('recording')) return;
    for (const { recordingId } of about) {
      const key = `${act.who} ${recordingId}`;
      // Agreeing needs a notice that was shown; having agreed, Continue takes nothing back.
      if (word !== 'no' && !this.#said.has(key)) continue;
      if (word === 'acknowledged' && this.#said.get(key) === 'given') continue;
      this.#said.set(key, word);
    }
  }
}

function purposesOf(act: Extract<Happened, { kind: 'step' }>['act']): readonly string[] {
  if ('purposes' in act && act.purposes) return act.purposes;
  if ('purpose' in act) return [act.purpose];
  return act.does === 'pressesKey' ? ['recording'] : [];
}

/** Who asked for which recording, as the one who asked and those who were asked heard it. */
function requesters(history: readonly Happened[]): string[] {
  return history.flatMap((event) => {
    if (event.kind === 'outcome' && event.act.does === 'requestsRecording') {
      return event.outcome.recordingId ? [`${event.act.who} ${event.outcome.recordingId}`] : [];
    }
    if (event.kind !== 'hook' || event.hook.hook !== 'noticeRaised') return [];
    const { requestedBy, recordingId } = event.hook.payload;
    return typeof requestedBy === 'object' ? [`${requestedBy.participantId} ${recordingId}`] : [];
  });
}
