import type { NotificationKind } from '../notice/notice.types.ts';
import type { ParticipantId, RecordingId } from '../participants/participants.types.ts';

/** How loudly a host is told: not at all, in the list alone, by `hostNotified` too, or by that as an alert. */
export type NotificationLevel = 'off' | 'quiet' | 'normal' | 'alert';

/** How a host sees who is away: as icons (by their hook, and in the roster), as one count in the list of notifications, or not at all. */
export type AttentionDisplay = 'icons' | 'count' | 'off';

/** How a host is told, every kind by name, and what is set beside the levels. */
export type NotificationSettings = Readonly<Record<NotificationKind, NotificationLevel>> & {
  /** `icons` (the default) or `off` raise no notification of the kind `attention`; `count` raises one, replaced in place. */
  readonly attentionDisplay: AttentionDisplay;
  /** What is `normal` goes to the list alone: always, or `while-sharing`, as long as this host shares the screen. Default `false`. */
  readonly doNotDisturb: boolean | 'while-sharing';
  /** The first of a kind is told at once, what follows within these seconds as one at their end. 1 to 3600, default 10. */
  readonly digestSeconds: number;
};

/** What a host wants changed. `all` is taken first, then each kind that is named. */
export type NotificationInput = Partial<NotificationSettings> & { readonly all?: NotificationLevel };

/** Whom or what a notification is about. */
export interface NotificationItem {
  readonly participantId?: ParticipantId;
  readonly recordingId?: RecordingId;
}

/** What `hostNotified` tells. `items` are 100 at most; `summary` counts them all. */
export interface HostNotified {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly level: Exclude<NotificationLevel, 'off'>;
  readonly summary: string;
  readonly items: readonly NotificationItem[];
}

/** One entry of a host's list. One that holds for as long as a state does (`pending`, `attention`) keeps its `id` while it changes. */
export interface HostNotification extends HostNotified {
  /** When it was raised, or last changed, on the session's clock. */
  readonly at: number;
}

/**
 * Where a host's settings are kept, as text by key. A `Map` is one. What it throws, rejects with or makes up is ignored:
 * the settings then hold for as long as the session does.
 */
export interface SettingsStore {
  get(key: string): string | null | undefined | Promise<string | null | undefined>;
  set(key: string, value: string): unknown;
}

/** The option `notifications` of a session; a participant's is ignored. */
export interface HostNotificationOptions {
  /** Over the defaults, and under what the host has chosen before. */
  readonly initial?: NotificationInput;
  /** Default: `localStorage` in a browser's window; elsewhere settings live as long as their session. */
  readonly store?: SettingsStore;
}
