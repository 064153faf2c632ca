import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FocusState } from '../../../src/attention/focus.types.ts';
import { type FocusFacts, focusOf, stoodStill } from '../../../src/browser/focus.rules.ts';
import { browserFocus } from '../../../src/browser/focus.ts';
import type { BrowserFocusOptions } from '../../../src/browser/focus.types.ts';
import { simulatedClock } from '../../../src/simulator/simulated-clock.ts';
import { FakeWindow, watched } from './fake-window.ts';

const startMs = 1_000_000;

function subscribed(options: BrowserFocusOptions = {}, page = new FakeWindow()) {
  const clock = simulatedClock(startMs);
  const focus = browserFocus({ clock, window: page.asWindow(), ...options });
  const told: [FocusState, number][] = [];
  const end = focus.subscribe((state, at) => told.push([state, at - startMs]));
  return { clock, page, focus, told, end };
}

function promised<T>() {
  let settle: { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void } | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (!settle) throw new Error('a promise begins at once');
  return { promise, ...settle };
}

describe('a person who is in the meeting', () => {
  test('[G4] is not lost while the focus is in a frame of its page, which the page itself is told of as a blur', () => {
    const { page, focus, told, clock } = subscribed();
    page.document.activeElement = { localName: 'iframe' };
    page.tells('blur');
    clock.runFor(60_000);
    expect([focus.state(), told]).toEqual(['focused', []]);
  });

  test('[G4] is lost from a frame without any event, and back in it, each found within half a second', () => {
    const { page, told, clock } = subscribed();
    page.tells('blur');
    clock.runFor(750);
    page.document.focused = false;
    clock.runFor(10_000);
    page.document.focused = true;
    clock.runFor(10_000);
    expect(told).toEqual([
      ['lost', 1000],
      ['focused', 11_000],
    ]);
  });

  test('[G4] is lost from a frame that had the focus before anybody asked', () => {
    const page = new FakeWindow();
    page.document.activeElement = { localName: 'meeting-stage' };
    const { told, clock } = subscribed({}, page);
    page.document.focused = false;
    clock.runFor(500);
    expect(told).toEqual([['lost', 500]]);
  });

  test('[G4] is not lost in a Document Picture-in-Picture window, is when both windows lose the focus, and is back by either', () => {
    const { page, focus, told, clock } = subscribed();
    const floating = page.opensPictureInPicture();
    expect(focus.state()).toBe('focused');
    const before = told.length;
    clock.runFor(40_000);
    floating.loses();
    clock.runFor(1100);
    floating.gains();
    clock.runFor(1100);
    floating.loses();
    page.gains();
    expect(told.slice(before)).toEqual([
      ['lost', 40_000],
      ['focused', 41_100],
      ['lost', 42_200],
      ['focused', 42_200],
    ]);
  });

  test('[G4] is not lost in a Document Picture-in-Picture window while the page is hidden', () => {
    const { page, focus } = subscribed();
    page.opensPictureInPicture();
    page.hides();
    expect(focus.state()).toBe('focused');
    page.closesPictureInPicture();
    expect(focus.state()).toBe('lost');
  });

  test('[G4] is not lost in a frame of a Document Picture-in-Picture window, nor unseen when it loses the focus', () => {
    const { page, told, clock } = subscribed();
    const floating = page.opensPictureInPicture();
    floating.tells('blur');
    clock.runFor(40_000);
    const before = told.length;
    floating.document.focused = false;
    clock.runFor(500);
    expect(told.slice(before)).toEqual([['lost', 40_500]]);
  });

  test('[G4] is not lost while a video of the meeting floats, whatever is in front', () => {
    const { page, focus, told } = subscribed();
    page.document.pictureInPictureElement = { localName: 'video' };
    page.documentTells('enterpictureinpicture');
    page.hides();
    expect([focus.state(), told]).toEqual(['focused', []]);
    page.document.pictureInPictureElement = null;
    page.documentTells('leavepictureinpicture');
    expect(told).toEqual([['lost', 0]]);
  });

  test('[G4] is lost from a floating window that had the focus before anybody asked', () => {
    const page = new FakeWindow();
    const floating = page.opensPictureInPicture();
    const { told, clock } = subscribed({}, page);
    floating.document.focused = false;
    clock.runFor(500);
    expect(told).toEqual([['lost', 500]]);
  });

  test('[G4] is back without an event when a frame is given the focus', () => {
    const page = new FakeWindow();
    page.hides();
    const { told, clock } = subscribed({}, page);
    page.document.visibilityState = 'visible';
    page.documentTells('visibilitychange');
    clock.runFor(100);
    page.document.focused = true;
    clock.runFor(500);
    expect(told).toEqual([['focused', 500]]);
  });

  test('[G4] is heard of by whoever subscribed when a window of the meeting comes and goes', () => {
    const { page, focus, told } = subscribed();
    page.hides();
    const leave = focus.include(new FakeWindow().asWindow());
    leave();
    expect(told.map(([state]) => state)).toEqual(['lost', 'focused', 'lost']);
  });

  test('[G4] is seen in a browser that has no floating windows', () => {
    const page = new FakeWindow();
    Object.assign(page, { documentPictureInPicture: undefined });
    const { told, end, clock } = subscribed({}, page);
    page.loses();
    page.gains();
    end();
    expect([told.map(([state]) => state), clock.nextAt()]).toEqual([['lost', 'focused'], undefined]);
  });

  test('[G4] costs no timer while the page itself has the focus, whatever it was before', () => {
    const fresh = subscribed();
    expect(fresh.clock.nextAt()).toBeUndefined();
    const bare = new FakeWindow();
    bare.document.activeElement = null;
    expect(subscribed({}, bare).clock.nextAt()).toBeUndefined();
    const { page, clock } = subscribed();
    page.tells('blur');
    expect(clock.nextAt()).toBeDefined();
    page.gains();
    expect(clock.nextAt()).toBeUndefined();
    page.documentTells('visibilitychange');
    expect(clock.nextAt()).toBeUndefined();
  });

  test('[G4] is not lost in a window that the meeting has opened, until that is closed, gone elsewhere or no longer its own', () => {
    const { page, focus, told } = subscribed();
    const own = new FakeWindow();
    const leave = focus.include(own.asWindow());
    page.hides();
    expect([focus.state(), told]).toEqual(['focused', []]);
    own.closed = true;
    expect(focus.state()).toBe('lost');
    own.closed = false;
    expect(focus.state()).toBe('focused');
    leave();
    expect(focus.state()).toBe('lost');
    const elsewhere = new FakeWindow();
    Object.defineProperty(elsewhere, 'document', {
      get: () => {
        throw new Error('SecurityError');
      },
    });
    focus.include(elsewhere.asWindow());
    expect(focus.state()).toBe('lost');
  });
});

describe('a person who is elsewhere', () => {
  test('[G4] is lost when another window is in front, and back with the first sign of it', () => {
    const { page, told, clock } = subscribed();
    clock.runFor(100);
    page.loses();
    clock.runFor(29_999);
    page.gains();
    expect(told).toEqual([
      ['lost', 100],
      ['focused', 30_099],
    ]);
  });

  test('[G4] is lost when another tab is in front, and when the window is minimised though the system says that it has the focus', () => {
    const { page, focus, told } = subscribed();
    page.hides();
    expect(focus.state()).toBe('lost');
    page.document.focused = true;
    expect(focus.state()).toBe('lost');
    page.shows();
    expect(told).toEqual([
      ['lost', 0],
      ['focused', 0],
    ]);
  });

  test('[G4] is told of once a change, however many events there are', () => {
    const { page, told, clock } = subscribed();
    for (let times = 0; times < 3; times += 1) page.loses();
    page.hides();
    page.documentTells('visibilitychange', 'visibilitychange');
    clock.runFor(5000);
    for (let times = 0; times < 3; times += 1) page.shows();
    expect(told).toEqual([
      ['lost', 0],
      ['focused', 5000],
    ]);
  });
});

describe('who cannot tell says so', () => {
  test('[G4] on a phone or tablet, where a finger points, whatever the page says', () => {
    const page = new FakeWindow();
    page.queries = ['(pointer: coarse)', '(hover: none)'];
    const { focus, told, clock } = subscribed({}, page);
    page.hides();
    clock.runFor(60_000);
    page.shows();
    expect([focus.state(), told, clock.nextAt()]).toEqual(['cannot-tell', [], undefined]);
  });

  test('[G4] unless the client knows better', () => {
    const phone = new FakeWindow();
    phone.queries = ['(pointer: coarse)'];
    expect(subscribed({ canTell: true }, phone).focus.state()).toBe('focused');
    expect(subscribed({ canTell: false }).focus.state()).toBe('cannot-tell');
    const unaware = Object.assign(new FakeWindow(), { matchMedia: undefined });
    expect(subscribed({}, unaware).focus.state()).toBe('cannot-tell');
  });

  test('[G4] on a server, where nothing is ever told', () => {
    const clock = simulatedClock(startMs);
    const focus = browserFocus({ clock });
    const end = focus.subscribe(() => expect.unreachable());
    focus.include(new FakeWindow().asWindow());
    expect([focus.state(), clock.nextAt()]).toEqual(['cannot-tell', undefined]);
    end();
    expect(focus.state()).toBe('cannot-tell');
  });

  test('[G4] from freeze to resume, after which a loss begins anew', () => {
    const { page, focus, told, clock } = subscribed();
    page.hides();
    clock.runFor(10_000);
    page.documentTells('freeze');
    expect(focus.state()).toBe('cannot-tell');
    clock.advanceTo(startMs + 610_000);
    page.documentTells('resume');
    expect(told).toEqual([
      ['lost', 0],
      ['cannot-tell', 10_000],
      ['lost', 610_000],
    ]);
  });

  test('[G4] from pagehide to pageshow, for a page that is put away', () => {
    const { page, told, clock } = subscribed();
    page.tells('pagehide');
    page.hides();
    clock.runFor(40_000);
    page.document.visibilityState = 'visible';
    page.document.focused = true;
    page.tells('pageshow');
    expect(told).toEqual([
      ['cannot-tell', 0],
      ['focused', 40_000],
    ]);
  });

  test('[G4] of a page that was put away, until it has the focus, or somebody asks anew', () => {
    const { page, focus, told, end } = subscribed();
    page.tells('pagehide');
    page.gains();
    page.tells('pagehide');
    end();
    expect(focus.state()).toBe('focused');
    expect(told.map(([state]) => state)).toEqual(['cannot-tell', 'focused', 'cannot-tell']);
  });

  test('[G4] while a dialog of the browser is open, however it ends', async () => {
    for (const end of ['picked', 'cancelled']) {
      const { page, focus, told } = subscribed();
      const picker = promised<string>();
      const given = focus.during(picker.promise);
      page.loses();
      expect([focus.state(), told]).toEqual(['cannot-tell', [['cannot-tell', 0]]]);
      if (end === 'picked') picker.resolve('a screen');
      else picker.reject(new Error('NotAllowedError'));
      expect(given).toBe(picker.promise);
      await given.catch(() => undefined);
      expect(told.at(-1)).toEqual(['lost', 0]);
      page.gains();
      expect(told.at(-1)).toEqual(['focused', 0]);
      page.loses();
      expect(focus.state()).toBe('lost');
    }
  });

  test('[G4] until the last of several dialogs has ended, and never of a page out of sight', async () => {
    const { page, focus } = subscribed();
    const [one, other] = [promised<void>(), promised<void>()];
    void focus.during(one.promise);
    void focus.during(other.promise);
    page.loses();
    one.resolve();
    await one.promise;
    expect(focus.state()).toBe('cannot-tell');
    page.hides();
    expect(focus.state()).toBe('lost');
    page.document.visibilityState = 'visible';
    other.resolve();
    await other.promise;
    expect(focus.state()).toBe('lost');
  });

  test('[G4] in a page that another embeds, which may be where the person is while it is in view', () => {
    const page = new FakeWindow();
    page.top = new FakeWindow();
    const { told } = subscribed({}, page);
    page.loses();
    page.gains();
    page.hides();
    expect(told.map(([state]) => state)).toEqual(['cannot-tell', 'focused', 'cannot-tell', 'lost']);
  });
});

describe('a machine that slept', () => {
  test('[G4] could not tell meanwhile, and a loss begins anew when it wakes, whatever is asked or told first', () => {
    const ways: Record<string, (made: ReturnType<typeof subscribed>) => unknown> = {
      timer: ({ clock }) => clock.runOne(),
      question: ({ focus }) => focus.state(),
      event: ({ page }) => page.documentTells('visibilitychange'),
    };
    for (const [way, wakes] of Object.entries(ways)) {
      const made = subscribed();
      made.page.loses();
      made.clock.runFor(10_000);
      made.clock.advanceTo(startMs + 610_000);
      wakes(made);
      expect([way, made.told]).toEqual([
        way,
        [
          ['lost', 0],
          ['cannot-tell', 10_000],
          ['lost', 610_000],
        ],
      ]);
    }
  });

  test('[G4] is told by a page in view within seconds: there its timers do not sleep', () => {
    const { page, told, clock } = subscribed();
    page.loses();
    clock.runFor(10_000);
    clock.advanceTo(startMs + 15_001);
    clock.runOne();
    expect(told).toEqual([
      ['lost', 0],
      ['cannot-tell', 10_000],
      ['lost', 15_001],
    ]);
  });

  test('[G4] is of no account to who was there all the time', () => {
    const { page, focus, told, clock } = subscribed();
    page.tells('blur');
    clock.runFor(10_000);
    clock.advanceTo(startMs + 600_000);
    clock.runOne();
    expect([focus.state(), told]).toEqual(['focused', []]);
  });

  test('[G4] is not one whose hidden page has its timers once a minute', () => {
    const { page, told, clock } = subscribed();
    page.hides();
    for (let minute = 1; minute <= 5; minute += 1) {
      clock.advanceTo(startMs + minute * 60_000);
      clock.runOne();
    }
    expect(told).toEqual([['lost', 0]]);
  });

  test('[G4] wakes to a person who is there', () => {
    const { page, told, clock } = subscribed();
    page.loses();
    clock.advanceTo(startMs + 600_000);
    page.gains();
    expect(told).toEqual([
      ['lost', 0],
      ['cannot-tell', 0],
      ['focused', 600_000],
    ]);
  });
});

describe('what is read', () => {
  const allowed = [
    ...['document', 'top', 'closed', 'matchMedia', 'documentPictureInPicture', 'addEventListener'],
    ...['document.hasFocus', 'document.visibilityState', 'document.addEventListener'],
    // Only whether they are one and the same.
    ...['document.activeElement', 'document.body', 'document.pictureInPictureElement'],
    ...['documentPictureInPicture.addEventListener', 'documentPictureInPicture.window'],
    ...['document', 'closed', 'addEventListener'].map((name) => `documentPictureInPicture.window.${name}`),
    ...['hasFocus', 'visibilityState'].map((name) => `documentPictureInPicture.window.document.${name}`),
  ];

  test('[G4] is the focus and visibility of its own windows alone: no title, no address, no content, no input', () => {
    const read = new Set<string>();
    const page = new FakeWindow();
    page.document.activeElement = { localName: 'input' };
    page.document.pictureInPictureElement = { localName: 'video' };
    const heard = new Set<string>();
    const { addEventListener } = EventTarget.prototype;
    const listens = (target: EventTarget) =>
      Object.assign(target, {
        addEventListener(this: EventTarget, ...args: Parameters<typeof addEventListener>) {
          heard.add(args[0]);
          return addEventListener.apply(this, args);
        },
      });
    listens(page);
    listens(page.document);
    listens(page.documentPictureInPicture);
    const clock = simulatedClock(startMs);
    const focus = browserFocus({ clock, window: watched(page, read) });
    const end = focus.subscribe(() => undefined);
    listens(page.opensPictureInPicture());
    page.hides();
    clock.runFor(2000);
    page.documentTells('freeze', 'resume');
    page.shows();
    page.closesPictureInPicture();
    focus.state();
    end();
    expect([...read].filter((name) => !allowed.includes(name))).toEqual([]);
    expect([...heard].sort()).toEqual([
      ...['blur', 'enter', 'enterpictureinpicture', 'focus', 'freeze', 'leavepictureinpicture'],
      ...['pagehide', 'pageshow', 'resume', 'visibilitychange'],
    ]);
  });

  test('[G4] is written nowhere else in its sources', () => {
    const source = ['focus.ts', 'focus.rules.ts'].map((file) => readFileSync(`src/browser/${file}`, 'utf8')).join('\n');
    const forbidden =
      /title|location|href|referrer|innerText|textContent|innerHTML|querySelector|clipboard|keydown|keyup|mouse|pointermove|touch|scroll|opener|parent|frames\b|getDisplayMedia\(|navigator|screen/i;
    expect(source.split('\n').filter((line) => forbidden.test(line))).toEqual([]);
  });
});

describe('who listens', () => {
  test('[G4] is the only reason to listen: nothing is heard, looked at or timed before and after', () => {
    const page = new FakeWindow();
    const clock = simulatedClock(startMs);
    const read = new Set<string>();
    const focus = browserFocus({ clock, window: watched(page, read) });
    page.loses();
    expect([...read]).toEqual([]);
    const ends = [focus.subscribe(() => undefined), focus.subscribe(() => undefined)];
    page.opensPictureInPicture();
    page.hides();
    ends[0]?.();
    ends[0]?.();
    expect(clock.nextAt()).toBeDefined();
    ends[1]?.();
    read.clear();
    page.shows();
    page.documentTells('freeze');
    page.documentPictureInPicture.window?.gains();
    page.documentPictureInPicture.dispatchEvent(new Event('enter'));
    clock.runFor(10_000);
    expect([clock.nextAt(), [...read]]).toEqual([undefined, []]);
    expect(focus.state()).toBe('focused');
  });

  test('[G4] is told of windows that are there, and a question alone starts nothing', () => {
    const read = new Set<string>();
    const page = new FakeWindow();
    const clock = simulatedClock(startMs);
    const focus = browserFocus({ clock, window: watched(page, read) });
    page.loses();
    const leave = focus.include(new FakeWindow().asWindow());
    leave();
    expect([focus.state(), clock.nextAt()]).toEqual(['lost', undefined]);
    focus.subscribe(() => undefined);
    const floating = page.opensPictureInPicture();
    page.closesPictureInPicture();
    page.gains();
    read.clear();
    floating.tells('focus');
    expect([...read]).toEqual([]);
  });

  test('[G4] hears changes from then on, not of what was before, and nothing after', () => {
    const { page, focus, told, end, clock } = subscribed();
    page.loses();
    end();
    clock.advanceTo(startMs + 600_000);
    const again: FocusState[] = [];
    const endAgain = focus.subscribe((state) => again.push(state));
    expect([focus.state(), again]).toEqual(['lost', []]);
    page.gains();
    endAgain();
    page.loses();
    expect([told, again, focus.state()]).toEqual([[['lost', 0]], ['focused'], 'lost']);
  });

  test('[G4] may ask within, and end within', () => {
    const page = new FakeWindow();
    const focus = browserFocus({ clock: simulatedClock(startMs), window: page.asWindow() });
    const heard: FocusState[] = [];
    const end = focus.subscribe((state) => {
      heard.push(state, focus.state());
      end();
    });
    page.loses();
    page.gains();
    expect(heard).toEqual(['lost', 'lost']);
  });
});

describe('the rules', () => {
  const there = { hasFocus: true, isVisible: true };
  const seen = { hasFocus: false, isVisible: true };
  const hidden = { hasFocus: false, isVisible: false };
  const facts = (more: Partial<FocusFacts>): FocusFacts => ({
    canTell: true,
    isAway: false,
    windows: [there],
    hasFloatingVideo: false,
    isEmbedded: false,
    isAsking: false,
    ...more,
  });

  test('[G4] a loss is said of no person who may be there', () => {
    const states = [
      facts({}),
      facts({ windows: [hidden, there] }),
      facts({ windows: [hidden], hasFloatingVideo: true }),
      facts({ windows: [seen] }),
      facts({ windows: [{ hasFocus: true, isVisible: false }] }),
      facts({ windows: [hidden], isEmbedded: true, isAsking: true }),
      facts({ windows: [seen], isEmbedded: true }),
      facts({ windows: [hidden, seen], isAsking: true }),
      facts({ canTell: false }),
      facts({ isAway: true, hasFloatingVideo: true }),
    ].map(focusOf);
    const expected = [
      ...['focused', 'focused', 'focused'],
      ...['lost', 'lost', 'lost'],
      ...['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    ];
    expect(states).toEqual(expected);
  });

  test('[G4] a page stood still after 5 s in view without a look, and after 90 s out of sight', () => {
    expect([5000, 5001].map((ms) => stoodStill(ms, true))).toEqual([false, true]);
    expect([90_000, 90_001].map((ms) => stoodStill(ms, false))).toEqual([false, true]);
  });
});
