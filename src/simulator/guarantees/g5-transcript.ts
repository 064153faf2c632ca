import { parsePolicy } from '../../policy/policy.parse.ts';
import type { Policy } from '../../policy/policy.types.ts';
import { isWithheld } from '../../transcript/withheld.rules.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { Sides } from './sides.ts';
import { WordsSaid } from './words-said.ts';

const purposes = ['recording', 'transcription'] as const;
const declines: readonly string[] = ['refusesConsent', 'withdrawsConsent', 'pressesKey'];

const enough: Readonly<Record<string, readonly string[]>> = {
  notice: ['shown', 'acknowledged', 'given'],
  acknowledge: ['acknowledged', 'given'],
  explicit: ['given'],
};

type Said = Extract<Happened, { kind: 'said' }>;

/** One thing that was said, and why it may not be in the transcript of a recording. */
interface Spoken {
  readonly said: Said;
  readonly against: (recordingId: string) => string | undefined;
}

/**
 * G5: whatever anybody is told of a transcript was said, and heard, while a recorder in the cloud took that recording, by
 * somebody who had agreed to both and had taken neither back, as far as the meeting could know; it is told to whom the
 * policy lets read, who was there when it was said, and to nobody after it was erased or set apart. No transcript is made without its
 * recording.
 */
export function brokenG5(history: readonly Happened[], scenario: Scenario): Broken[] {
  if (!history.some(({ kind }) => kind === 'said') && !tellsOfTranscripts(history)) return [];
  const policy = parsePolicy(scenario.meeting.policy);
  const agreed = new Agreed(history, scenario, policy);
  const running = new Set<string>();
  const started = new Set<string>();
  const spoken = new Map<string, Spoken>();
  const joined = new Map<string, number>();
  const withheld = new Set<string>();
  const broken: Broken[] = [];

  const mayRead = (id: string): boolean =>
    policy.transcription.readers === 'everyone' ||
    scenario.participants.some((each) => each.id === id && each.role !== 'participant');

  const againstTelling = (event: Extract<Happened, { kind: 'hook' }>): string | undefined => {
    const { participant, hook } = event;
    if (hook.hook !== 'transcriptSegment') return undefined;
    const { segment, transcriptId, recordingId } = hook.payload;
    if (withheld.has(`${participant} ${transcriptId}`)) return 'is told of a transcript that was erased or set apart';
    if (!mayRead(participant)) return 'reads a transcript and may not';
    // What was told stands no more.
    if (segment.text === '') return undefined;
    // A transcript that was asked for again has ids of its own.
    const { said, against } = spoken.get(segment.id.replace(`#${transcriptId}`, '')) ?? {};
    if (!said || !against) return `reads ${JSON.stringify(segment.text)}, which nobody has said`;
    const what = `reads what ${said.participant} said at ${said.at} ms`;
    if (said.text !== segment.text || said.participant !== segment.speaker) return `${what} as something else`;
    if (!said.heard) return `${what}, whom nobody heard`;
    if ((joined.get(participant) ?? 0) > said.at) return `${what}, before they came`;
    const why = against(recordingId);
    return why && `${what}, ${why}`;
  };

  for (const event of history) {
    agreed.take(event);
    if (event.kind === 'recorder' && event.recorder === 'cloud') {
      if (event.status === 'on') running.add(event.recordingId);
      else running.delete(event.recordingId);
      if (event.status === 'on') started.add(event.recordingId);
    }
    if (event.kind === 'presence' && (event.state === 'joined' || event.state === 'crashed')) {
      joined.set(event.participant, event.state === 'joined' ? event.at : Number.POSITIVE_INFINITY);
    }
    if (event.kind === 'presence' && event.state === 'reconnected' && joined.get(event.participant) === Infinity) {
      joined.set(event.participant, event.at);
    }
    if (event.kind === 'said') {
      const recorded = new Map([...running].map((recordingId) => [recordingId, agreed.against(event, recordingId)]));
      const against = (recordingId: string) =>
        recorded.has(recordingId) ? recorded.get(recordingId) : 'while nothing was recorded';
      spoken.set(event.segmentId, { said: event, against });
    }
    if (event.kind !== 'hook') continue;
    const { participant, hook, at } = event;
    const why = againstTelling(event);
    if (why !== undefined) broken.push({ id: 'G5', atMs: at, participant, message: `${participant} ${why}` });
    if (hook.hook !== 'transcriptChanged') continue;
    const { status, transcriptId, recordingId } = hook.payload;
    if (isWithheld(status)) withheld.add(`${participant} ${transcriptId}`);
    if ((status === 'transcribing' || status === 'ready') && !started.has(recordingId)) {
      const message = `${participant} is told of a transcript of what is not recorded in the cloud`;
      broken.push({ id: 'G5', atMs: at, participant, message });
    }
  }
  return broken;
}

const tellsOfTranscripts = (history: readonly Happened[]): boolean =>
  history.some((event) => event.kind === 'hook' && event.hook.hook.startsWith('transcript'));

/** Who had agreed to be recorded and written down, as they were seen to answer. */
class Agreed {
  readonly #scenario: Scenario;
  readonly #policy: Policy;
  readonly #words;
  readonly #sides: Sides;
  /** A refusal or withdrawal of theirs is on its way, or may be: whoever decides need not know of it yet. */
  readonly #onItsWay = new Map<string, unknown>();

  constructor(history: readonly Happened[], scenario: Scenario, policy: Policy) {
    this.#scenario = scenario;
    this.#policy = policy;
    this.#sides = new Sides(history);
    this.#words = purposes.map((purpose) => [purpose, new WordsSaid(history, scenario, purpose)] as const);
  }

  take(event: Happened): void {
    for (const [, words] of this.#words) words.take(event);
    if (event.kind === 'step' && declines.includes(event.act.does)) this.#onItsWay.set(event.act.who, event.act);
    if (event.kind !== 'outcome' || this.#onItsWay.get(event.act.who) !== event.act) return;
    if (event.outcome.outcome === 'recorded') this.#onItsWay.delete(event.act.who);
  }

  /** Why what somebody says now may not be written down, if so. */
  against({ participant }: Said, recordingId: string): string | undefined {
    const who = this.#scenario.participants.find(({ id }) => id === participant);
    if (who?.channel === 'bot') return 'which is no person';
    if (this.#sides.isOther(participant, recordingId)) return 'whose side is not recorded';
    const cannot = who?.sdk === false || who?.channel === 'room-system';
    for (const [purpose, words] of this.#words) {
      const { consent, onCannotBeAsked } = this.#policy[purpose];
      if (cannot && onCannotBeAsked === 'announce') continue;
      const word = words.of(participant, recordingId);
      if (enough[consent]?.includes(word ?? '')) continue;
      if (word === 'no' && this.#onItsWay.has(participant)) continue;
      return `who had last ${word === 'no' ? 'refused' : `said ${word ?? 'nothing'} about`} ${purpose}`;
    }
    return undefined;
  }
}
