import type { Notice } from '../notice/notice.types.ts';
import type { Session, SessionSnapshot } from '../session/session.types.ts';
import { make, makeButton, makeShape, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';
import { whenOnScreen } from './on-screen.ts';
import { safeUrl } from './words.ts';

interface Strip {
  readonly element: HTMLElement;
  readonly unwatch: () => void;
}

/**
 * `<meeting-notice-banner>`: the notices that only tell. It takes no focus, is announced politely, confirms `shown`
 * when it is really on screen, and offers what its notice offers (leaving the recording among it). Hiding one is for
 * the eyes only: the indicator stays.
 *
 * Parts: `banner`, `title`, `body`, `more`, `choices`, `choice`, `hide`.
 */
export class MeetingNoticeBanner extends NoticeElement {
  readonly #list = make('div', { class: 'list' });
  readonly #strips = new Map<string, Strip>();
  readonly #hiddenByPerson = new Set<string>();

  constructor() {
    super(bannerStyles);
    this.shadow.append(this.#list);
  }

  protected override render(snapshot: SessionSnapshot, session: Session): void {
    const banners = snapshot.notices.filter(({ kind }) => kind === 'banner');
    const ids = new Set(banners.map(({ noticeId }) => noticeId));
    for (const noticeId of this.#strips.keys()) if (!ids.has(noticeId)) this.#remove(noticeId);
    for (const notice of banners) {
      const strip = this.#strips.get(notice.noticeId) ?? this.#add(notice, session);
      strip.element.hidden = this.#hiddenByPerson.has(notice.noticeId);
      for (const button of strip.element.querySelectorAll('.choice')) {
        button.setAttribute('aria-disabled', String(notice.phase === 'sending'));
      }
    }
  }

  protected override removed(): void {
    for (const noticeId of this.#strips.keys()) this.#remove(noticeId);
  }

  #add(notice: Notice, session: Session): Strip {
    const { noticeId, text } = notice;
    const moreUrl = safeUrl(text.moreUrl);
    const title = make('h2', { part: 'title', text: text.title });
    const more = moreUrl ? [make('a', { part: 'more', href: moreUrl, target: '_blank', rel: 'noopener' })] : [];
    for (const link of more) setText(link, this.say('ui.prompt.more'));
    const choices = notice.choices.map((choice) =>
      makeButton({ part: 'choice', class: 'choice', text: choice.label }, () => {
        if (!notice.shown) session.confirmShown(noticeId);
        void session
          .answer(noticeId, choice.answers)
          .then(({ outcome }) => this.announce(this.say(`ui.prompt.${outcome}`)));
      }),
    );
    const hide = makeButton({ part: 'hide', class: 'hide', 'aria-label': this.say('ui.banner.hide') }, () => {
      this.#hiddenByPerson.add(noticeId);
      this.update();
    });
    hide.append(makeShape('M3.3 2 8 6.7 12.7 2 14 3.3 9.3 8l4.7 4.7-1.3 1.3L8 9.3 3.3 14 2 12.7 6.7 8 2 3.3z'));
    const consequences = notice.choices.flatMap(({ id }) => text.consequences[id] ?? []);
    const element = make('section', { part: 'banner', lang: text.locale, dir: text.dir, 'aria-label': text.title }, [
      make('div', { class: 'head' }, [title, hide]),
      make('p', { part: 'body', text: text.body.replaceAll('\n', ' ') }),
      make('div', { part: 'choices', class: 'choices' }, choices),
      ...consequences.map((line) => make('p', { part: 'body', class: 'muted', text: line })),
      ...more,
    ]);
    this.#list.append(element);
    this.announce(`${text.title} ${text.body.replaceAll('\n', ' ')}`);
    const strip = { element, unwatch: whenOnScreen(title, () => session.confirmShown(noticeId)) };
    this.#strips.set(noticeId, strip);
    return strip;
  }

  #remove(noticeId: string): void {
    const strip = this.#strips.get(noticeId);
    strip?.unwatch();
    strip?.element.remove();
    this.#strips.delete(noticeId);
    this.#hiddenByPerson.delete(noticeId);
  }
}

const bannerStyles = `
:host { display: block; }
.list { display: grid; gap: 0.5rem; }
section {
  display: grid;
  gap: 0.4rem;
  padding: 0.75rem 1rem;
  border: 1px solid var(--_border);
  border-inline-start: 4px solid var(--_recording);
  border-radius: var(--_radius);
  background: var(--_surface);
  font-size: 0.9em;
}
.head { display: flex; align-items: start; justify-content: space-between; gap: 0.5rem; }
h2 { font-size: 1.1em; }
.hide { flex: none; display: inline-grid; place-items: center; min-block-size: 32px; inline-size: 32px; padding: 0; }
.choices { display: flex; flex-wrap: wrap; gap: 0.5rem; }
a { justify-self: start; min-block-size: 24px; }
`;
