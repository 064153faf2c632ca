import type { Session } from 'meeting-notice';
import { defaultDocument } from 'meeting-notice/document';
import { openAllHeld } from './all-held.ts';
import { made, saveJson, term, withChildren } from './markup.ts';
import type { Parameters } from './parameters.ts';
import { keepReceipts, type NoticeText, type OwnReceipts, type Receipt } from './receipts.ts';
import { keepWords } from './words.ts';

interface HeldPlaces {
  readonly open: HTMLElement;
  readonly dialog: HTMLElement;
  readonly body: HTMLElement;
}

const answerWords: Readonly<Record<string, string>> = {
  given: 'I agreed to',
  acknowledged: 'I pressed Continue for',
  refused: 'I refused',
  withdrawn: 'I withdrew from',
};
const purposeWords: Readonly<Record<string, string>> = {
  recording: 'the recording',
  transcription: 'the transcript',
};
const shownOfHash = 12;

/** Everyone’s own page: what they answered, to which words, whether their receipts hold, and what their rights are. */
export function workHeld(session: Session, { room, id }: Parameters, { open, dialog, body }: HeldPlaces): void {
  const own = keepReceipts(session, `meeting-notice-demo/${room}/${id}/receipts`);
  session.on('noticeRaised', ({ text }) => keepWords(room, text));
  const allHeld = openAllHeld(session);
  const isOpen = () => dialog.hasAttribute('open');
  const show = (): void => void showHeld(own(), body, allHeld);
  // What scrolls can be reached by keyboard.
  body.tabIndex = 0;
  open.addEventListener('click', () => {
    show();
    (dialog as HTMLDialogElement).showModal();
  });
  session.on('recordIssued', () => {
    if (isOpen()) show();
  });
}

async function showHeld(own: OwnReceipts, body: HTMLElement, allHeld: HTMLElement): Promise<void> {
  const checks = own.receipts.map(() => made('dd', 'Being checked …'));
  const receipts = own.receipts.map((receipt, index) => receiptItem(receipt, own.words, checks[index]));
  const none = made('p', 'No answers are on record. To ask for a recording is to agree to it, and has no receipt.');
  body.replaceChildren(
    made('h3', 'My answers'),
    receipts.length > 0 ? withChildren('ol', ...receipts) : none,
    ...(receipts.length > 0 ? [saveJson('Save my receipts', 'receipts.json', () => own.receipts)] : []),
    made('h3', 'All that this meeting holds'),
    allHeld,
    made('h3', 'My rights'),
    rightsList(),
    made('p', `Contact: ${defaultDocument.controller.name}. ${defaultDocument.controller.contact}.`),
  );
  const { verifyReceipt } = await import('meeting-notice/records');
  for (const [index, receipt] of own.receipts.entries()) {
    const { held, signedByPerson, faults } = await verifyReceipt(receipt);
    const check = checks[index];
    if (!check) continue;
    check.dataset.held = String(held);
    check.textContent = held
      ? `Holds: signed by the meeting${signedByPerson ? ' and by me' : ', not by me'}`
      : `Does not hold (${faults.join(', ')})`;
  }
}

function receiptItem(
  { receiptId, record }: Receipt,
  words: OwnReceipts['words'],
  check: HTMLElement | undefined,
): HTMLElement {
  const { fact, at } = record;
  if (!('purpose' in fact)) return made('li', receiptId);
  const text = 'text' in fact ? fact.text : undefined;
  const what = `${answerWords[fact.fact] ?? fact.fact} ${purposeWords[fact.purpose] ?? fact.purpose}`;
  const moment = Object.assign(made('time', new Date(at).toLocaleString()), { dateTime: at });
  const facts = withChildren('dl');
  facts.append(...term('When', withChildren('dd', moment)));
  if (text) {
    const hash = Object.assign(made('code', `${text.hash.slice(0, shownOfHash)}…`), { title: text.hash });
    facts.append(...term('To which words', withChildren('dd', `version ${text.version}, ${text.locale}, `, hash)));
  }
  facts.append(...term('Receipt', check ?? made('dd', '')));
  const known = text && words[text.hash];
  return withChildren('li', made('strong', what), facts, ...(known ? [wordsOf(known)] : []));
}

function wordsOf({ title, body, locale, dir }: NoticeText): HTMLElement {
  const details = withChildren('details', made('summary', 'The words'), made('strong', title));
  for (const line of body.split('\n')) details.append(made('p', line));
  return Object.assign(details, { lang: locale, dir });
}

function rightsList(): HTMLElement {
  const list = withChildren('dl');
  for (const { right, how } of defaultDocument.rights) list.append(...term(right, made('dd', how)));
  return list;
}
