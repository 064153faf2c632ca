import type { HostNotification, HostNotified, NotificationInput } from '../notifications/notifications.types.ts';
import type { Session, SessionSnapshot } from '../session/session.types.ts';
import { make, makeButton, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';
import { NotificationSettingsForm } from './notification-settings.ts';
import { notificationsStyles } from './notifications-styles.ts';

interface Entry {
  readonly element: HTMLElement;
  readonly alert: HTMLElement;
  readonly summary: HTMLElement;
  readonly dismiss: HTMLButtonElement;
}

/**
 * `<meeting-notice-notifications>`: for hosts, what they were told of and have not dismissed, the newest first, and how
 * they want to be told. What `hostNotified` tells is said to assistive technology: politely, or at once for an alert,
 * which says so in words too. Hidden for everyone else.
 *
 * Parts: `notifications`, `none`, `list`, `notification`, `dismiss`, `settings`, `outcome`.
 */
export class MeetingNoticeNotifications extends NoticeElement {
  readonly #none = make('p', { part: 'none', class: 'muted' });
  readonly #list = make('ul', { part: 'list' });
  readonly #settingsLabel = make('summary');
  readonly #form = new NotificationSettingsForm(
    (key, params) => this.say(key, params),
    (input) => this.#set(input),
  );
  readonly #notifications = make('section', { part: 'notifications', hidden: true }, [
    this.#none,
    this.#list,
    make('details', {}, [this.#settingsLabel, this.#form.element]),
  ]);
  readonly #entries = new Map<string, Entry>();
  /** Told in one turn, and said together: the last would otherwise be all that is heard. */
  #aloud: HostNotified[] = [];
  #made = 0;

  constructor() {
    super(notificationsStyles);
    this.shadow.append(this.#notifications);
  }

  protected override follow(session: Session): () => void {
    const ends = [super.follow(session), session.on('hostNotified', (notified) => this.#hear(notified))];
    return () => {
      for (const end of ends) end();
    };
  }

  protected override render({ notifications, notificationSettings }: SessionSnapshot): void {
    this.#notifications.hidden = notifications === null || notificationSettings === null;
    if (notifications === null || notificationSettings === null) return;
    this.#notifications.setAttribute('aria-label', this.say('ui.notifications.label'));
    this.#none.hidden = notifications.length > 0;
    setText(this.#none, this.say('ui.notifications.none'));
    setText(this.#settingsLabel, this.say('ui.notifications.settings'));
    this.#showList(notifications);
    this.#form.show(notificationSettings, this.shadow.activeElement);
  }

  #showList(notifications: readonly HostNotification[]): void {
    const ids = new Set(notifications.map(({ id }) => id));
    for (const [id, { element }] of this.#entries) {
      if (ids.has(id)) continue;
      this.#passFocusOn(element);
      element.remove();
      this.#entries.delete(id);
    }
    for (const [place, { id, level, summary }] of notifications.entries()) {
      const entry = this.#entries.get(id) ?? this.#addEntry(id);
      const there = this.#list.children[place] ?? null;
      if (there !== entry.element) this.#list.insertBefore(entry.element, there);
      entry.element.dataset.level = level;
      setText(entry.alert, level === 'alert' ? `${this.say('ui.notifications.alert')}: ` : '');
      setText(entry.summary, summary);
      setText(entry.dismiss, this.say('ui.notifications.dismiss'));
    }
  }

  #addEntry(id: string): Entry {
    const alert = make('strong');
    const summary = make('span', { id: `summary-${this.#made++}` });
    const dismiss = makeButton({ part: 'dismiss', 'aria-describedby': summary.id }, () =>
      this.session?.dismissNotification(id),
    );
    const element = make('li', { part: 'notification' }, [make('p', {}, [alert, summary]), dismiss]);
    const entry = { element, alert, summary, dismiss };
    this.#entries.set(id, entry);
    return entry;
  }

  /** Whoever dismisses one by keyboard goes on with the next, or with the settings after the last. */
  #passFocusOn(element: HTMLElement): void {
    if (!element.contains(this.shadow.activeElement)) return;
    const next = element.nextElementSibling ?? element.previousElementSibling;
    (next?.querySelector('button') ?? this.#settingsLabel).focus();
  }

  #hear(notified: HostNotified): void {
    this.#aloud.push(notified);
    if (this.#aloud.length > 1) return;
    queueMicrotask(() => {
      const isAlert = this.#aloud.some(({ level }) => level === 'alert');
      this.announce(this.#aloud.map(({ summary }) => summary).join(' '), isAlert ? 'assertive' : 'polite');
      this.#aloud = [];
    });
  }

  /** What went wrong, in words. */
  #set(input: NotificationInput): string | undefined {
    const answer = this.session?.setNotifications(input);
    this.update();
    return answer && 'outcome' in answer ? this.say('ui.command.failed', { code: answer.code }) : undefined;
  }
}
