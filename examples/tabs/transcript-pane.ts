import type { CommandOutcome, HookMap, Session, SessionSnapshot } from 'meeting-notice';
import type { Client } from './client.ts';

interface TranscriptPlaces {
  /** Says what is being written, or that nothing is. */
  readonly writing: HTMLElement;
  /** What was said in its final words, read out as it comes. */
  readonly log: HTMLElement;
  readonly lines: HTMLElement;
  /** What is still being said. */
  readonly interim: HTMLElement;
  readonly say: HTMLElement;
  /** A host’s own: adds a transcript to the recording, or ends it. */
  readonly write: HTMLElement;
}

type Segment = HookMap['transcriptSegment']['segment'];

const living: readonly string[] = ['asking', 'transcribing', 'paused'];
/** Nothing of it is shown any more. */
const withheld: readonly string[] = ['erased', 'anonymised', 'isolated'];
const notMine: readonly (string | undefined)[] = ['refused', 'withdrawn', 'expired'];

const endedWords: Readonly<Record<string, string>> = {
  processing: 'The transcript has ended. Nothing more is being written down.',
  ready: 'The transcript has ended. Nothing more is being written down.',
  erased: 'The transcript was erased with its recording. Nothing is being written down.',
  anonymised: 'Only counts are left of the transcript. Nothing is being written down.',
  isolated: 'The transcript is set apart until it can be deleted. Nothing is being written down.',
  failed: 'The transcript broke off. Nothing is being written down.',
};

function writingWords({ indicators, transcripts, self }: SessionSnapshot): string {
  const [latest] = transcripts;
  const isMine = !notMine.includes(self.consents.transcription) && !notMine.includes(self.consents.recording);
  switch (indicators.transcription) {
    case 'asking':
      return 'A transcript was asked for. Nothing is written down before the answers.';
    case 'on':
      return `A transcript is being written. ${isMine ? 'It is kept with the recording.' : 'Your words are not in it.'}`;
    case 'paused':
      return 'The transcript is paused. Nothing is being written down.';
    case 'unknown':
      return latest ? 'It is not known whether anything is being written down.' : '';
    default:
      return endedWords[latest?.status ?? ''] ?? 'Nothing is being written down.';
  }
}

/** Shows the live transcript to whom the policy lets read it, the newest last. Names and words are text, whatever is in them. */
export function workTranscript(client: Client, isHost: boolean, places: TranscriptPlaces): void {
  const { session } = client;
  const { writing, log, lines, interim, say, write } = places;
  const shown = new Map<string, HTMLElement>();

  const forget = (id: string): void => {
    shown.get(id)?.remove();
    shown.delete(id);
  };
  const clear = (): void => {
    for (const id of [...shown.keys()]) forget(id);
    log.removeAttribute('tabindex');
  };
  const take = (segment: Segment): void => {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8;
    const before = shown.get(segment.id);
    if (segment.text === '') {
      forget(segment.id);
      return;
    }
    const line = lineOf(client.nameOf(segment.speaker), segment.text);
    const list = segment.final ? lines : interim;
    if (before?.parentElement === list) before.replaceWith(line);
    else {
      before?.remove();
      list.append(line);
    }
    shown.set(segment.id, line);
    // What scrolls can be reached by keyboard.
    log.tabIndex = 0;
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  };

  session.on('transcriptSegment', ({ segment }) => take(segment));
  session.on('transcriptChanged', ({ status }) => {
    if (status === 'asking' || withheld.includes(status)) clear();
    else if (status !== 'transcribing') interim.replaceChildren();
  });
  const show = (): void => {
    const snapshot = session.getSnapshot();
    const words = writingWords(snapshot);
    if (writing.textContent !== words) writing.textContent = words;
    const isWriting = snapshot.transcripts.some(({ status }) => living.includes(status));
    const canAdd = snapshot.recordings.some(({ status, storage }) => status === 'on' && storage === 'cloud');
    write.hidden = !isHost || !(isWriting || canAdd);
    write.textContent = isWriting ? 'Stop the transcript' : 'Add a transcript';
  };
  session.subscribe(show);
  show();

  write.addEventListener('click', async () => {
    const outcome = await toggle(session);
    if (outcome.outcome !== 'done') writing.textContent = `That did not work (${outcome.code}).`;
  });
  say.addEventListener('click', async () => {
    if (say.getAttribute('aria-disabled') === 'true') return;
    say.setAttribute('aria-disabled', 'true');
    say.textContent = 'Speaking …';
    await client.speak();
    say.setAttribute('aria-disabled', 'false');
    say.textContent = 'Say something';
  });
}

function toggle(session: Session): Promise<CommandOutcome> {
  const isWriting = session.getSnapshot().transcripts.some(({ status }) => living.includes(status));
  return isWriting ? session.stopTranscript() : session.requestTranscript();
}

function lineOf(name: string, text: string): HTMLElement {
  const line = document.createElement('li');
  const speaker = Object.assign(document.createElement('strong'), { textContent: name });
  line.append(speaker, ` ${text}`);
  return line;
}
