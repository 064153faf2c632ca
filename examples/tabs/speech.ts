import type { Session } from 'meeting-notice';

/** A sentence as far as it has come; milliseconds since its first word began. */
export interface Utterance {
  readonly id: string;
  readonly words: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
  readonly isWhole: boolean;
}

const script = [
  'Good morning, I have two things for today.',
  'The new design is ready, and people like it.',
  'I would like to show it on Thursday.',
  'Who can write the invitation by then?',
  'The budget looks better than last month.',
  'We still need a second pair of eyes on the numbers.',
  'Let us keep the last ten minutes for questions.',
  'I can take that, and send a note tonight.',
];
const sentencesAtOnce = 2;
const wordMs = 220;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Who speaks the script, two sentences at a time: word by word, as long as the microphone lets it be heard. */
export interface Speaker {
  speak(): Promise<void>;
}

/** Begins at a place of the script that goes with the name, so that two people do not say the same. */
export function scriptedSpeaker(
  name: string,
  { isHeard, say }: { isHeard(): boolean; say(utterance: Utterance): void },
): Speaker {
  let next = sentencesAtOnce * (name.codePointAt(0) ?? 0);
  const speakSentence = async (sentence: string): Promise<void> => {
    const id = crypto.randomUUID();
    const since = performance.now();
    const words: Utterance['words'][number][] = [];
    for (const text of sentence.split(' ')) {
      const startMs = performance.now() - since;
      await wait(wordMs);
      if (!isHeard()) continue;
      words.push({ text, startMs, endMs: performance.now() - since });
      say({ id, words, isWhole: false });
    }
    if (words.length > 0) say({ id, words, isWhole: true });
  };
  return {
    async speak() {
      for (let said = 0; said < sentencesAtOnce; said += 1) {
        await speakSentence(script[next % script.length] ?? '');
        next += 1;
      }
    },
  };
}

/** The speech engine of a host’s client. */
export interface Engine {
  /** The recorder runs from now on: the times of all segments count from here. */
  began(recordingId: string): void;
  heard(speaker: string, utterance: Utterance): void;
}

/**
 * Hands in what it hears, of everyone, and leaves it to the session whose words are kept. Only the client that decides for
 * the meeting does, so that each word is handed in once.
 */
export function speechEngine(session: () => Session, ownId: string): Engine {
  const beganAt = new Map<string, number>();
  const spokenAt = new Map<string, number>();
  return {
    began(recordingId) {
      if (!beganAt.has(recordingId)) beganAt.set(recordingId, performance.now());
    },
    heard(speaker, { id, words, isWhole }) {
      const { authorityId, transcripts } = session().getSnapshot();
      const transcript = transcripts.find(({ status }) => status === 'transcribing');
      const recordingAt = transcript && beganAt.get(transcript.recordingId);
      const [first] = words;
      if (recordingAt === undefined || authorityId !== ownId || !first) return;
      // A word is heard at its end.
      const since = spokenAt.get(id) ?? performance.now() - first.endMs;
      spokenAt.set(id, since);
      if (isWhole) spokenAt.delete(id);
      const place = (ms: number) => Math.max(0, Math.round(since - recordingAt + ms));
      void session().feedSegment({
        id,
        speaker,
        startMs: place(first.startMs),
        endMs: place(words.at(-1)?.endMs ?? 0),
        text: words.map(({ text }) => text).join(' '),
        words: words.map(({ text, startMs, endMs }) => ({ text, startMs: place(startMs), endMs: place(endMs) })),
        final: isWhole,
        language: 'en',
      });
    },
  };
}
