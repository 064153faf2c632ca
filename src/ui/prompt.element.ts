import type { Notice, NoticeChoice } from '../notice/notice.types.ts';
import type { AnswerOutcome, Session, SessionSnapshot } from '../session/session.types.ts';
import { make, makeButton, setText, showLines } from './markup.ts';
import { NoticeElement } from './notice-element.ts';
import { whenOnScreen } from './on-screen.ts';
import { promptStyles } from './prompt-styles.ts';
import { timeLeft } from './time-left.rules.ts';
import { safeUrl } from './words.ts';

/**
 * `<meeting-notice-prompt>`: the notice that asks, as a modal `alertdialog`. Choices have equal weight, none has the
 * focus at first, and Escape is no answer. It confirms `shown` when it is really on screen, and closes with its notice.
 *
 * Parts: `dialog`, `title`, `body`, `consequence`, `time`, `more`, `choices`, `choice`, `note`.
 */
export class MeetingNoticePrompt extends NoticeElement {
  readonly #title = make('h2', { id: 'title', part: 'title', tabindex: '-1' });
  readonly #body = make('div', { id: 'body', part: 'body' });
  readonly #time = make('p', { id: 'time', part: 'time', class: 'muted' });
  readonly #more = make('a', { part: 'more', target: '_blank', rel: 'noopener' });
  readonly #choices = make('div', { part: 'choices', class: 'choices', role: 'group', 'aria-labelledby': 'title' });
  readonly #note = make('p', { part: 'note', class: 'note', role: 'status' });
  readonly #dialog = make(
    'dialog',
    {
      part: 'dialog',
      role: 'alertdialog',
      closedby: 'none',
      'aria-modal': 'true',
      'aria-labelledby': 'title',
      'aria-describedby': 'body time',
    },
    [make('div', { class: 'words' }, [this.#title, this.#body, this.#more]), this.#choices, this.#note, this.#time],
  );

  #noticeId: string | undefined;
  #choiceKeys = '';
  #chosen: string | undefined;
  #unwatch: (() => void) | undefined;
  #timer: unknown;
  #toldLast = false;
  #focusedBefore: Element | null = null;

  constructor() {
    super(promptStyles);
    this.shadow.append(this.#dialog);
    this.#dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      this.#pleaseChoose();
    });
    this.#dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#pleaseChoose();
    });
    this.#dialog.addEventListener('close', () => {
      if (this.#noticeId !== undefined) this.update();
    });
  }

  protected override render(snapshot: SessionSnapshot, session: Session): void {
    const notice = snapshot.prompt;
    if (!notice) {
      this.#close();
      return;
    }
    const isNew = notice.noticeId !== this.#noticeId;
    if (isNew) this.#begin(notice);
    this.#showTexts(notice);
    this.#showChoices(notice);
    this.#showTime(notice, snapshot);
    this.#open();
    if (isNew) {
      this.#title.focus();
      this.#unwatch = whenOnScreen(this.#title, () => session.confirmShown(notice.noticeId));
    }
  }

  protected override removed(): void {
    this.#close();
  }

  #begin(notice: Notice): void {
    this.#unwatch?.();
    this.#noticeId = notice.noticeId;
    this.#chosen = undefined;
    this.#toldLast = false;
    setText(this.#note, '');
  }

  #showTexts(notice: Notice): void {
    const { text } = notice;
    this.#dialog.lang = text.locale;
    this.#dialog.dir = text.dir;
    setText(this.#title, text.title);
    showLines(this.#body, text.body);
    const moreUrl = safeUrl(text.moreUrl);
    this.#more.hidden = moreUrl === undefined;
    if (moreUrl !== undefined) this.#more.href = moreUrl;
    setText(this.#more, this.say('ui.prompt.more'));
  }

  #showChoices(notice: Notice): void {
    const keys = JSON.stringify([notice.noticeId, notice.choices.map(({ id, label }) => [id, label])]);
    if (keys !== this.#choiceKeys) {
      this.#choiceKeys = keys;
      this.#choices.replaceChildren(...notice.choices.map((choice, index) => this.#choice(notice, choice, index)));
    }
    const sending = notice.phase === 'sending';
    for (const button of this.#choices.querySelectorAll('.choice')) {
      button.setAttribute('aria-disabled', String(sending));
      button.toggleAttribute('data-chosen', sending && button.id === this.#chosen);
    }
    if (sending) setText(this.#note, this.say('ui.prompt.sending'));
  }

  #choice(notice: Notice, choice: NoticeChoice, index: number): HTMLElement {
    const id = `choice-${index}`;
    const consequence = notice.text.consequences[choice.id];
    const about = consequence
      ? [make('p', { id: `${id}-consequence`, part: 'consequence', class: 'consequence', text: consequence })]
      : [];
    const button = makeButton(
      { id, part: 'choice', class: 'choice', text: choice.label, 'aria-describedby': about[0]?.id },
      () => void this.#answer(choice, id),
    );
    return make('div', { class: 'option' }, [button, ...about]);
  }

  #showTime(notice: Notice, snapshot: SessionSnapshot): void {
    this.clock.clearTimeout(this.#timer);
    this.#time.hidden = notice.answerByAt === undefined || notice.phase === 'sending';
    if (notice.answerByAt === undefined || this.#time.hidden) return;
    const left = timeLeft(notice.answerByAt - this.clock.now());
    const silence = snapshot.policy?.recording.onTimeout === 'refused' ? ` ${this.say('ui.time.silence')}` : '';
    const words = this.say(left.key, { minutes: left.minutes });
    setText(this.#time, `${words}${silence}`);
    if (left.key === 'ui.time.last' && !this.#toldLast) {
      this.#toldLast = true;
      this.announce(words, 'assertive');
    }
    if (left.changesInMs !== undefined) this.#timer = this.clock.setTimeout(() => this.update(), left.changesInMs);
  }

  #open(): void {
    if (this.#dialog.open) return;
    this.#focusedBefore = document.activeElement;
    // Not at the start: a page that is loading would take it for its own.
    this.#title.setAttribute('autofocus', '');
    if (typeof this.#dialog.showModal === 'function') this.#dialog.showModal();
    else this.#dialog.setAttribute('open', '');
  }

  #close(): void {
    this.clock.clearTimeout(this.#timer);
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#noticeId = undefined;
    if (!this.#dialog.open) return;
    const before = this.#focusedBefore;
    if (typeof this.#dialog.close === 'function') this.#dialog.close();
    else this.#dialog.removeAttribute('open');
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
  }

  #pleaseChoose(): void {
    setText(this.#note, this.say('ui.prompt.please-choose'));
  }

  async #answer(choice: NoticeChoice, buttonId: string): Promise<void> {
    const { session } = this;
    const noticeId = this.#noticeId;
    const notice = session?.getSnapshot().prompt;
    if (!session || !notice || notice.noticeId !== noticeId) return;
    this.#chosen = buttonId;
    // Who could press it has seen it, even if the browser has not yet said so.
    if (!notice.shown) session.confirmShown(noticeId);
    const words = this.#outcomeWords(await session.answer(noticeId, choice.answers));
    if (this.#noticeId === noticeId) setText(this.#note, words);
    else if (words) this.announce(words);
  }

  #outcomeWords(outcome: AnswerOutcome): string {
    if (outcome.outcome === 'denied') return this.say('ui.prompt.denied', { code: outcome.code });
    return this.say(`ui.prompt.${outcome.outcome}`);
  }
}
