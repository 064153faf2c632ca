import { describe, expect, test } from 'vitest';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import { HookBoard } from '../../src/hooks/hook-board.ts';
import type { HookMap } from '../../src/hooks/hooks.types.ts';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import type { HostNotificationOptions } from '../../src/notifications/notifications.types.ts';
import type { RosterRow } from '../../src/recording/recording.types.ts';
import { HostView } from '../../src/session/host-view.ts';
import { NewsReader } from '../../src/session/news-reader.ts';
import { NotificationDesk } from '../../src/session/notification-desk.ts';
import type { SessionContext } from '../../src/session/session-context.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import type { MeetingState } from '../../src/transport/messages.types.ts';

/** Hana's own side, on a clock that is told to go on, while a recording runs. */
function hostSide(options: HostNotificationOptions = {}) {
  const clock = simulatedClock();
  let isHost = true;
  const hooks = new HookBoard();
  const mailbox = new Mailbox((error) => {
    throw error;
  });
  const timers = new Timers(clock, mailbox);
  const recordings = [{ recordingId: 'r1', purposes: ['recording'], status: 'on' }];
  const context = {
    self: { id: 'hana', role: 'host' },
    clock,
    mailbox,
    timers,
    hooks,
    isHosting: () => isHost,
    meeting: () => ({ recordings }) as unknown as MeetingState,
    changed: () => {},
  } as unknown as SessionContext;
  let catalogue = english;

  const view = new HostView(context, () => undefined);
  const desk = new NotificationDesk({
    context: { ...context, meeting: () => undefined },
    options,
    catalogue: () => catalogue,
    isSharing: () => false,
    nameOf: (id) => view.nameOf(id),
    tracked: () => view.tracked,
    wantIcons: () => {},
  });
  const news = new NewsReader(
    {
      ...context,
      meeting: () => ({ recordings, policy: { recording: { consent: 'explicit' } } }) as unknown as MeetingState,
    },
    desk,
  );
  view.listener = news;
  const told: HookMap['hostNotified'][] = [];
  hooks.on('hostNotified', (notified) => void told.push(notified));
  mailbox.afterEach(() => hooks.deliver(false));
  return {
    clock,
    desk,
    told,
    rows: (rows: readonly RosterRow[], whole = false) => mailbox.post(() => view.take(rows, [], whole)),
    does: (task: () => void) => mailbox.post(task),
    isHostNoMore: () => {
      isHost = false;
    },
    speaksGerman: () => {
      catalogue = german;
      mailbox.post(() => desk.reword());
    },
  };
}

const row = (participantId: string, more: Partial<RosterRow> = {}): RosterRow => ({
  participantId,
  role: 'participant',
  channel: 'app',
  present: true,
  admission: 'admitted',
  recordingId: 'r1',
  consents: { recording: 'shown' },
  captured: false,
  ...more,
});
const ids = (count: number, start = 'p') => Array.from({ length: count }, (_, place) => `${start}${place}`);

describe('ten thousand joins', () => {
  test('are a handful of notifications, which count them all, and keep no other kind waiting', () => {
    const { clock, rows, told, desk } = hostSide();
    rows([row('hana', { role: 'host', consents: {} })], true);
    for (const [place, id] of ids(10_000).entries()) {
      clock.runFor(6);
      rows([row(id)]);
      if (place === 2000) rows([row('p5', { consents: { recording: 'refused' } })]);
      if (place === 4000) rows([row('p6', { consents: { recording: 'withdrawn' } })]);
    }
    clock.runFor(10_000);
    const late = told.filter(({ kind }) => kind === 'late-joiner');
    expect(late.length).toBeLessThanOrEqual(8);
    const counted = late.map(({ summary }) => Number(/^(\d+) people/.exec(summary)?.[1] ?? 1));
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(10_000);
    expect(Math.max(...late.map(({ items }) => items.length))).toBe(100);
    expect(told.filter(({ kind }) => kind !== 'late-joiner').map(({ kind }) => kind)).toEqual(['refused', 'withdrawn']);
    expect(desk.list.length).toBe(told.length);
  });

  test('that were there at the first look are no news', () => {
    const { clock, rows, told, desk } = hostSide();
    rows(
      ids(10_000).map((id) => row(id)),
      true,
    );
    clock.runFor(60_000);
    expect([told, desk.list]).toEqual([[], []]);
  });
});

test('whoever changes their mind before they are told of is not told of', () => {
  const { clock, rows, told } = hostSide();
  rows(
    ids(3).map((id) => row(id)),
    true,
  );
  for (const id of ids(3)) rows([row(id, { consents: { recording: 'refused' } })]);
  rows([row('p1', { consents: { recording: 'given' } })]);
  clock.runFor(20_000);
  expect(told.map(({ items }) => items.map(({ participantId }) => participantId))).toEqual([['p0'], ['p2']]);
});

test('digests of an hour told in the words of another language, once those are there', () => {
  const { clock, rows, desk, speaksGerman } = hostSide({ initial: { digestSeconds: 3600 } });
  rows(
    ids(3).map((id) => row(id, { name: id })),
    true,
  );
  for (const id of ids(3)) rows([row(id, { name: id, consents: { recording: 'refused' } })]);
  clock.runFor(3_600_000);
  const before = desk.list;
  speaksGerman();
  expect([before.map(({ summary }) => summary), desk.list.map(({ summary }) => summary)]).toEqual([
    ['2 people refused: p1 and p2.', 'p0 refused. 2 still to answer.'],
    ['2 Personen haben abgelehnt: p1 und p2.', 'Abgelehnt: p0. 2 Antworten stehen noch aus.'],
  ]);
});

test('who is a host no more is not told of what waited', () => {
  const { clock, rows, told, desk, isHostNoMore } = hostSide();
  rows(
    ids(3).map((id) => row(id)),
    true,
  );
  for (const id of ids(3)) rows([row(id, { consents: { recording: 'refused' } })]);
  isHostNoMore();
  clock.runFor(60_000);
  expect([told.length, desk.list.length]).toEqual([1, 1]);
});

describe('who is away', () => {
  const away = (...changed: string[]) =>
    changed.map((participantId) => ({ participantId, inattentive: true, sinceMs: 31_000 }));
  const back = (...changed: string[]) =>
    changed.map((participantId) => ({ participantId, inattentive: false, sinceMs: 0 }));
  const withPeople = (options: HostNotificationOptions) => {
    const side = hostSide(options);
    side.rows(
      [
        row('hana', { role: 'host' }),
        ...ids(31).map((id) => row(id, { consents: {} })),
        row('bot', { channel: 'bot' }),
      ],
      true,
    );
    return side;
  };

  test('[G4] is a count that is replaced in its place, told again only when it is about more, and gone when it no longer holds', () => {
    const { clock, desk, told, does } = withPeople({ initial: { attentionDisplay: 'count' } });
    does(() => desk.attention(away('p1', 'p2', 'p3', 'p4'), 4));
    const shown = () => desk.list.map(({ id, summary, items }) => [id, summary, items.length]);
    expect([shown(), told.map(({ summary }) => summary)]).toEqual([
      [['notification-1', '4 of 31 away', 4]],
      ['4 of 31 away'],
    ]);
    does(() => desk.attention(back('p1'), 3));
    does(() => desk.attention(away('p5', 'p6'), 5));
    expect([shown(), told.length]).toEqual([[['notification-1', '5 of 31 away', 5]], 1]);
    clock.runFor(10_000);
    expect(told.map(({ id, summary }) => [id, summary])).toEqual([
      ['notification-1', '4 of 31 away'],
      ['notification-1', '5 of 31 away'],
    ]);
    does(() => desk.attention(back('p2', 'p3', 'p4', 'p5', 'p6'), 0));
    expect(shown()).toEqual([]);
    does(() => desk.attention(away('p1'), 1));
    does(() => desk.retractAttention());
    clock.runFor(60_000);
    expect([shown(), told.length]).toEqual([[], 2]);
  });

  test('[G4] raises nothing where icons or nothing is wanted, and shows or hides at once when that changes', () => {
    for (const attentionDisplay of ['icons', 'off'] as const) {
      const { clock, desk, told, does } = withPeople({ initial: { attentionDisplay } });
      does(() => desk.attention(away('p1', 'p2'), 2));
      clock.runFor(60_000);
      expect([desk.settings.attentionDisplay, desk.list, told]).toEqual([attentionDisplay, [], []]);
      does(() => void desk.set({ attentionDisplay: 'count' }));
      expect(desk.list.map(({ summary }) => summary)).toEqual(['2 of 31 away']);
      does(() => void desk.set({ attentionDisplay }));
      expect(desk.list).toEqual([]);
    }
  });

  test('[G4] is in nothing that is kept', () => {
    const store = new Map<string, string>();
    const { desk, does } = withPeople({ store, initial: { attentionDisplay: 'count' } });
    does(() => desk.attention(away('p1'), 1));
    does(() => void desk.set({ refused: 'off' }));
    expect([...store.values()]).toEqual(['{"refused":"off"}']);
  });
});
