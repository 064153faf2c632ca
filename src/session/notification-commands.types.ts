import type { NoticeErrorCode } from '../core/errors.ts';
import type { NotificationInput, NotificationSettings } from '../notifications/notifications.types.ts';

/** What a host is told, and how loudly. Nothing here changes what any participant is shown (G7). */
export interface NotificationCommands {
  /**
   * Hosts. Changes how loudly this host is told of what, and answers with the settings in force; the host's store keeps
   * them. `recording-failed` and `capture-seen` cannot be turned off: a level under `normal`, by `all` or by their own
   * name, becomes `normal`. Denied for participants and where the session is not in a meeting.
   * @throws TypeError for what cannot be meant, with what was meant.
   */
  setNotifications(
    input: NotificationInput,
  ): NotificationSettings | { readonly outcome: 'denied'; readonly code: NoticeErrorCode };
  /** Hosts. The settings in force; `null` for participants and before joining. */
  getNotifications(): NotificationSettings | null;
  /**
   * Hosts. Takes one out of the list; an id that is not in it changes nothing.
   * @throws TypeError for what is no text.
   */
  dismissNotification(id: string): void;
}
