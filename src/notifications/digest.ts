import type { NotificationKind } from '../notice/notice.types.ts';
import type { NotificationItem } from './notifications.types.ts';

/** What is told together, by a key that tells one from another: the same thing twice is told once. */
export type Items = ReadonlyMap<string, NotificationItem>;

interface Window {
  readonly sinceMs: number;
  readonly waiting: Map<string, NotificationItem>;
}

/**
 * Which news is told when: the first of a kind at once, what follows within the window together at its end, which opens
 * the next one. Each kind has a window of its own, so that none waits for another. It has no clock: it is told the time.
 */
export class Digest {
  readonly #windows = new Map<NotificationKind, Window>();

  /** What of this is to be told now: all of it, or nothing yet. */
  take(kind: NotificationKind, items: Items, now: number, windowMs: number): Items | undefined {
    const open = this.#windows.get(kind);
    if (open && (open.waiting.size > 0 || now < open.sinceMs + windowMs)) {
      for (const [key, item] of items) open.waiting.set(key, item);
      return undefined;
    }
    this.#windows.set(kind, { sinceMs: now, waiting: new Map() });
    return items;
  }

  /** It no longer holds, and is told no more if it was not yet. */
  drop(kind: NotificationKind, key: string): void {
    this.#windows.get(kind)?.waiting.delete(key);
  }

  /** When something is next to be told, if anything waits. */
  nextAt(windowMs: number): number | undefined {
    const waiting = [...this.#windows.values()].filter((each) => each.waiting.size > 0);
    return waiting.length > 0 ? Math.min(...waiting.map(({ sinceMs }) => sinceMs + windowMs)) : undefined;
  }

  /** What has waited to the end of its window, kind by kind. */
  due(now: number, windowMs: number): [NotificationKind, Items][] {
    const told: [NotificationKind, Items][] = [];
    for (const [kind, { sinceMs, waiting }] of this.#windows) {
      if (waiting.size === 0 || now < sinceMs + windowMs) continue;
      told.push([kind, waiting]);
      this.#windows.set(kind, { sinceMs: now, waiting: new Map() });
    }
    return told;
  }

  clear(): void {
    this.#windows.clear();
  }
}
