import type { RightExercised, Session } from 'meeting-notice';
import type { HeldAboutMe, RecordingAboutMe } from 'meeting-notice/records';
import { made, pressable, saveJson, term, withChildren } from './markup.ts';

/** Where a person asks for all that is held about them, and reads and saves the answer. */
export function openAllHeld(session: Session): HTMLElement {
  const status = made('p', '');
  status.setAttribute('role', 'status');
  const answer = withChildren('div');
  const ask = async (): Promise<void> => {
    status.textContent = 'Asked …';
    const outcome = await session.exerciseRight({ right: 'access' });
    status.textContent = wordsOf(outcome);
    const document = outcome.outcome === 'done' ? outcome.document : undefined;
    answer.replaceChildren(...(document ? answerOf(document) : []));
  };
  const place = withChildren(
    'div',
    pressable('Ask for all that is held about me', () => void ask()),
    status,
    answer,
  );
  place.className = 'all-held';
  return place;
}

function wordsOf(outcome: RightExercised): string {
  if (outcome.outcome === 'failed') return 'Nobody has answered: whoever decides for the meeting is not here.';
  if (outcome.outcome === 'done') return 'Answered from the ledger of the meeting, and this is on it now.';
  if (outcome.outcome === 'denied' && outcome.code === 'rights/nothing-held') return 'Nothing is held about me.';
  return `Not answered yet (${outcome.outcome === 'refused' ? outcome.reason : (outcome.code ?? 'waiting')}).`;
}

function answerOf(held: HeldAboutMe): HTMLElement[] {
  return [
    withChildren('ol', ...held.recordings.map(recordingItem)),
    saveJson('Save it as JSON', 'held-about-me.json', () => held),
  ];
}

function recordingItem(about: RecordingAboutMe): HTMLElement {
  const { asked, answers, captured, parts, words, purposes, storage } = about;
  const said = words.segments.map(({ text }) => made('dd', text));
  const facts = withChildren(
    'dl',
    ...term('On record', made('dd', `${count(asked.length, 'question')}, ${count(answers.length, 'answer')}`)),
    ...term(`In ${storage ? 'the recording' : purposes.join(', ')}`, made('dd', timesOf(captured))),
    ...parts.flatMap(({ purpose, spans }) => term(`Part of ${purpose}`, made('dd', timesOf(spans)))),
    ...(said.length > 0 ? [made('dt', 'My words'), ...said] : term('My words', made('dd', 'None'))),
  );
  return withChildren('li', made('strong', titleOf(about)), facts);
}

function titleOf({ purposes, storage, startedAt }: RecordingAboutMe): string {
  if (storage === undefined) return purposes.join(', ');
  const where = storage === 'local' ? 'on the host’s device' : 'in the cloud';
  return `${startedAt === undefined ? 'A recording that has not begun' : `The recording of ${timeOf(startedAt)}`}, ${where}`;
}

const timesOf = (spans: RecordingAboutMe['captured']): string =>
  spans.map(({ from, to }) => `${timeOf(from)} to ${to === undefined ? 'now' : timeOf(to)}`).join('; ') || 'Never';

const timeOf = (at: string): string => new Date(at).toLocaleTimeString();

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
