import { frozen } from '../core/frozen.ts';
import { keepIdentity } from '../core/identity.ts';
import { checkKind } from '../core/misuse.ts';
import type { AttentionChange } from '../hooks/hooks.types.ts';
import { type HostNews, hostSummary } from '../notice/host-text.ts';
import type { NotificationKind } from '../notice/notice.types.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import { Digest, type Items } from '../notifications/digest.ts';
import { newsOf } from '../notifications/host-news.rules.ts';
import { listWith } from '../notifications/list.rules.ts';
import type {
  HostNotification,
  HostNotificationOptions,
  NotificationSettings,
} from '../notifications/notifications.types.ts';
import { checkStore, SavedSettings } from '../notifications/saved-settings.ts';
import {
  defaultSettings,
  levelNow,
  mustBeLearned,
  type SomeSettings,
  settingsFrom,
} from '../notifications/settings.rules.ts';
import { Standing } from '../notifications/standing.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { SessionContext } from './session-context.ts';

/** Kinds of which there is one notification, for as long as what it says holds. */
type StandingKind = 'pending' | 'attention';

/** What a desk stands on. */
export interface DeskParts {
  readonly context: SessionContext;
  readonly options: HostNotificationOptions | undefined;
  readonly catalogue: () => TextCatalogue;
  /** Whether this host shares the screen now. */
  readonly isSharing: () => boolean;
  readonly nameOf: (id: ParticipantId) => string | undefined;
  /** How many people are there whose attention can be told of. */
  readonly tracked: () => number;
  /** Whether this host wants to be shown icons: else no hook and no row of the roster says to them who is away. */
  readonly wantIcons: (areWanted: boolean) => void;
}

const itemsShown = 100;
const timer = 'notifications';

/**
 * What one host is told of, and how loudly: by their own settings, kept from one session to the next. It says nothing to
 * anybody else, and draws no id and no chance that others draw from: no participant is shown anything else because of it
 * (G7). What it knows of attention is what holds now, and is nowhere once it does not (G4).
 */
export class NotificationDesk {
  readonly #parts: DeskParts;
  readonly #saved: SavedSettings;
  readonly #digest = new Digest();
  readonly #standing: Readonly<Record<StandingKind, Standing>> = {
    pending: new Standing({ waitsFirst: true }),
    attention: new Standing({ waitsFirst: false }),
  };
  readonly #ids = new Map<StandingKind, string>();
  /** What each summary was made of, by notification. */
  readonly #news = new Map<string, HostNews>();
  readonly #away = new Set<ParticipantId>();
  #awayCount = 0;
  #list: readonly HostNotification[] = Object.freeze([]);
  #initial: SomeSettings = {};
  #chosen: SomeSettings = {};
  #settings!: NotificationSettings;
  #count = 0;
  /** How many of those asked have not answered; said beside who refused. */
  unanswered = 0;
  readonly #misuse: unknown;

  constructor(parts: DeskParts) {
    const { context, options } = parts;
    this.#parts = parts;
    this.#saved = new SavedSettings(options?.store, context.self.id);
    try {
      checkStore(options?.store);
      this.#initial = settingsFrom(options?.initial ?? {}, 'createSession: notifications.initial');
    } catch (error) {
      this.#misuse = error;
    }
    this.#choose({});
    this.#saved.read((before) => context.mailbox.post(() => this.#choose({ ...before, ...this.#chosen })));
  }

  /** @throws TypeError for options that cannot be meant; without them the defaults hold. */
  checkOptions(): void {
    if (this.#misuse) throw this.#misuse;
  }

  get list(): readonly HostNotification[] {
    return this.#list;
  }

  get settings(): NotificationSettings {
    return this.#settings;
  }

  /**
   * Changes the settings, and keeps them; answers with those in force.
   * @throws TypeError for what cannot be meant.
   */
  set(input: unknown): NotificationSettings {
    const wishes = settingsFrom(input, 'setNotifications(settings)');
    this.#choose({ ...this.#chosen, ...wishes });
    this.#saved.write(() => this.#chosen);
    return this.#settings;
  }

  /**
   * Takes one out of the list. One that still holds comes back when it has come to be about somebody else as well.
   * @throws TypeError for what is no id.
   */
  dismiss(id: string): void {
    checkKind('dismissNotification: id', 'string', id);
    this.#parts.context.mailbox.post(() => {
      for (const [kind, standing] of this.#ids) if (standing === id) this.#standing[kind].dismiss();
      this.#remove(id);
      this.#arm();
    });
  }

  /** Tells of something that has happened: of the first of its kind at once, of what follows together. */
  raise(kind: Exclude<NotificationKind, StandingKind>, items: Items, more: { readonly code?: string } = {}): void {
    const { now, level, windowMs } = this.#state(kind);
    if (level === 'off') return;
    const told = mustBeLearned(kind) ? items : this.#digest.take(kind, items, now, windowMs);
    if (told) this.#tell(kind, told, more);
    this.#arm();
  }

  /** It is so no longer, and is told no more if it was not yet. */
  drop(kind: NotificationKind, key: string): void {
    this.#digest.drop(kind, key);
  }

  /** Who has not answered while a recording is asked for; an empty set where nobody is waited for. */
  pending(ids: ReadonlySet<ParticipantId>): void {
    this.#standing.pending.take(ids, this.#parts.context.clock.now());
    this.#show('pending');
  }

  /** Who has turned inattentive, who is so no more, and how many are. Shown as a count, where the host wants one (G4). */
  attention(changes: readonly AttentionChange[], inattentiveCount: number): void {
    for (const { participantId, inattentive } of changes) {
      if (inattentive) this.#away.add(participantId);
      else this.#away.delete(participantId);
    }
    if (inattentiveCount === 0) this.#away.clear();
    this.#awayCount = inattentiveCount;
    this.#showAttention();
  }

  /** Nothing of attention holds any more: it is off, nobody shares, or another decides. */
  retractAttention(): void {
    if (this.#awayCount > 0 || this.#away.size > 0) this.attention([], 0);
  }

  /** Other words are used from now on. */
  reword(): void {
    if (this.#list.length === 0) return;
    const catalogue = this.#parts.catalogue();
    this.#setList(
      this.#list.map((each) => {
        const news = this.#news.get(each.id);
        return news ? { ...each, summary: hostSummary(news, catalogue) } : each;
      }),
    );
  }

  /** A session that has left has nothing to tell. */
  forget(): void {
    this.#digest.clear();
    this.pending(new Set());
    this.retractAttention();
    this.#setList([]);
  }

  #choose(chosen: SomeSettings): void {
    this.#chosen = chosen;
    this.#settings = frozen({ ...defaultSettings, ...this.#initial, ...chosen });
    this.#parts.context.mailbox.post(() => {
      this.#parts.context.changed();
      this.#show('pending');
      this.#showAttention();
      this.#parts.wantIcons(this.#settings.attentionDisplay === 'icons');
    });
  }

  #state(kind: NotificationKind) {
    const { context, isSharing } = this.#parts;
    const now = context.clock.now();
    // Who is a host no more is told nothing more, be it waiting already.
    const level = context.isHosting() ? levelNow(this.#settings, kind, isSharing()) : 'off';
    return { now, level, windowMs: this.#settings.digestSeconds * 1000 };
  }

  #showAttention(): void {
    const isCounted = this.#settings.attentionDisplay === 'count' && this.#awayCount > 0;
    this.#standing.attention.take(new Set(isCounted ? this.#away : []), this.#parts.context.clock.now());
    this.#show('attention');
  }

  /** Brings the one notification of this kind in line with what holds; aloud only when it is due. */
  #show(kind: StandingKind): void {
    const standing = this.#standing[kind];
    const { now, level, windowMs } = this.#state(kind);
    const due = standing.nextAt(windowMs);
    const isDue = due !== undefined && due <= now;
    if (isDue) standing.told(now);
    if (standing.isShown && level !== 'off') {
      const items = new Map([...standing.keys].map((participantId) => [participantId, { participantId }]));
      const id = this.#ids.get(kind) ?? this.#nextId();
      this.#ids.set(kind, id);
      this.#tell(kind, items, { id, isAloud: isDue });
    } else {
      const id = this.#ids.get(kind);
      this.#ids.delete(kind);
      if (id !== undefined) this.#remove(id);
    }
    this.#arm();
  }

  #tell(
    kind: NotificationKind,
    items: Items,
    { id = this.#nextId(), isAloud = true, code }: { id?: string; isAloud?: boolean; code?: string },
  ): void {
    const { context, catalogue } = this.#parts;
    const { now, level } = this.#state(kind);
    if (level === 'off') return;
    const news = this.#newsOf(kind, items, code);
    const told = {
      id,
      kind,
      level,
      summary: hostSummary(news, catalogue()),
      items: [...items.values()].slice(0, itemsShown),
    };
    const before = this.#list.find((each) => each.id === id);
    if (!isAloud && before && keepIdentity(before, { ...told, at: before.at }) === before) return;
    this.#news.set(id, news);
    this.#setList(listWith(this.#list, { ...told, at: now }));
    if (isAloud && level !== 'quiet') context.hooks.announce('hostNotified', told);
  }

  /** Of attention only the count is told. */
  #newsOf(kind: NotificationKind, items: Items, code: string | undefined): HostNews {
    const { nameOf, tracked } = this.#parts;
    if (kind !== 'attention') return newsOf(kind, items, { nameOf, unanswered: this.unanswered, code });
    return { kind, others: this.#awayCount, total: Math.max(tracked(), this.#awayCount) };
  }

  /** Numbered, and not drawn: what others draw is the same, however this host is told. */
  #nextId(): string {
    this.#count += 1;
    return `notification-${this.#count}`;
  }

  #remove(id: string): void {
    if (this.#list.some((each) => each.id === id)) this.#setList(this.#list.filter((each) => each.id !== id));
  }

  #setList(list: readonly HostNotification[]): void {
    this.#list = frozen(list);
    for (const id of this.#news.keys()) if (!list.some((each) => each.id === id)) this.#news.delete(id);
    this.#parts.context.changed();
  }

  #arm(): void {
    const { context } = this.#parts;
    const windowMs = this.#settings.digestSeconds * 1000;
    const due = [this.#digest, ...Object.values(this.#standing)].map((each) => each.nextAt(windowMs) ?? Infinity);
    const next = Math.min(...due);
    if (next === Infinity) context.timers.clear(timer);
    else context.timers.set(timer, next - context.clock.now(), () => this.#tellDue());
  }

  #tellDue(): void {
    const windowMs = this.#settings.digestSeconds * 1000;
    for (const [kind, items] of this.#digest.due(this.#parts.context.clock.now(), windowMs))
      this.#tell(kind, items, {});
    for (const kind of Object.keys(this.#standing) as StandingKind[]) this.#show(kind);
    this.#arm();
  }
}
