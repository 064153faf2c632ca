import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { BrowserCapture } from '../../src/browser/capture.types.ts';
import type { Status } from '../../src/participants/participants.types.ts';
import type { Session } from '../../src/session/session.types.ts';
import { complaintsOf } from './in-page.ts';
import type {} from './pages/listening.ts';

/** What a page of these meetings carries besides the demo: seen from outside, by wrapping the browser's own classes. */
export interface WatchedWindow {
  readonly meetingNoticeDemo: { readonly session: Session; readonly capture: BrowserCapture };
  readonly watched: {
    readonly connections: RTCPeerConnection[];
    readonly recorders: MediaRecorder[];
    bytes: number;
    readonly statuses: Status[];
  };
}

declare const window: WatchedWindow & Window & typeof globalThis;

/** People of the demo's tests, each with a tone that no other one has a harmonic of. */
export const people = {
  hana: { name: 'Hana', role: 'host', toneHz: 440 },
  bo: { name: 'Bo', role: 'participant', toneHz: 1000 },
  cy: { name: 'Cy', role: 'participant', toneHz: 1700 },
  cleo: { name: 'Cleo', role: 'co-host', toneHz: 2300 },
} as const;

export type Person = keyof typeof people;
export const tonesHz = Object.values(people).map(({ toneHz }) => toneHz);

/** One meeting in a browser of its own, each client in its own tab. */
export class DemoMeeting {
  readonly context: BrowserContext;
  readonly complaints: string[] = [];
  readonly #url: string;
  readonly #policy: string;
  readonly #room = `room-${process.hrtime.bigint()}`;
  readonly #pages = new Map<Person, Page>();

  private constructor(context: BrowserContext, url: string, policy: string) {
    this.context = context;
    this.#url = url;
    this.#policy = policy;
  }

  static async open(
    browser: Browser,
    url: string,
    { policy = 'all-party', who = ['hana', 'bo', 'cy'] as Person[] } = {},
  ) {
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 } });
    await context.addInitScript(watch);
    const meeting = new DemoMeeting(context, url, policy);
    for (const person of who) await meeting.join(person);
    await meeting.everyoneSees(who.length - 1);
    return meeting;
  }

  /** A meeting in pages that somebody else opens, at `address()`. */
  static within(context: BrowserContext, url: string, { policy = 'all-party' } = {}): DemoMeeting {
    return new DemoMeeting(context, url, policy);
  }

  async join(person: Person): Promise<Page> {
    const page = await this.context.newPage();
    complaintsOf(page, this.complaints);
    await page.goto(this.address(person));
    await this.adopt(person, page);
    return page;
  }

  /** This page is theirs, and is in the meeting once this is done. */
  async adopt(person: Person, page: Page): Promise<void> {
    this.#pages.set(person, page);
    await page.waitForFunction(
      () => window.meetingNoticeDemo?.session.getSnapshot().connection === 'connected',
      undefined,
      { polling: 100 },
    );
  }

  address(person: Person): string {
    const { name, role, toneHz } = people[person];
    const address = new URL('meeting.html', this.#url);
    const client = {
      room: this.#room,
      policy: this.#policy,
      id: person,
      name,
      role,
      tone: `${toneHz}`,
      fake: '1',
      test: '1',
    };
    for (const [key, value] of Object.entries(client)) address.searchParams.set(key, value);
    return address.href;
  }

  page(person: Person): Page {
    const page = this.#pages.get(person);
    if (!page) throw new Error(`${person} is not in the meeting`);
    return page;
  }

  /** Each client is connected to this many others, and their media flows. */
  async everyoneSees(others: number): Promise<void> {
    for (const page of this.#pages.values()) {
      if (page.isClosed()) continue;
      await page.waitForFunction(
        (count) => {
          const seen = [...document.querySelectorAll<HTMLVideoElement>('.tile[data-own=false] video')];
          return seen.length === count && seen.every((video) => video.readyState >= 2);
        },
        others,
        { polling: 100 },
      );
    }
  }

  async asksToRecord(): Promise<void> {
    await this.page('hana').getByRole('button', { name: 'Ask to record' }).click();
  }

  async asksForTranscript(): Promise<void> {
    const controls = this.page('hana').locator('meeting-notice-controls');
    await controls.getByLabel('Where the recording is kept').selectOption('cloud');
    await controls.getByLabel('With a transcript').check();
    await this.asksToRecord();
  }

  /** Says the next two sentences, to the end. */
  async speaks(person: Person): Promise<void> {
    const page = this.page(person);
    await page.getByRole('button', { name: 'Say something' }).click();
    await page.getByRole('button', { name: 'Say something' }).waitFor();
  }

  /** What this person’s transcript pane shows in final form. */
  async reads(person: Person): Promise<string[]> {
    return this.page(person).locator('#lines li').allTextContents();
  }

  async presses(person: Person, choice: string): Promise<void> {
    await this.page(person).locator('meeting-notice-prompt').getByRole('button', { name: choice, exact: true }).click();
  }

  async withdraws(person: Person): Promise<void> {
    await this.page(person).locator('meeting-notice-status').getByRole('button', { name: 'Withdraw' }).click();
  }

  async stops(): Promise<void> {
    await this.page('hana').getByRole('button', { name: 'Stop recording' }).click();
    await this.until('hana', 'off');
    await this.page('hana').waitForFunction(() => window.meetingNoticeDemo.capture.files().length > 0);
  }

  async until(person: Person, status: Status, withinMs = 30_000): Promise<void> {
    await this.page(person).waitForFunction(
      (wanted) => window.meetingNoticeDemo.session.status('recording') === wanted,
      status,
      { polling: 50, timeout: withinMs },
    );
  }

  /** What this tab's indicator has said since it was asked to record, one entry a change. */
  said(person: Person): Promise<Status[]> {
    return this.page(person).evaluate(() => {
      const { statuses } = window.watched;
      return statuses.slice(statuses.indexOf('asking'));
    });
  }

  /** Ends the process of this tab: nothing of the page runs any more, and it says no goodbye. */
  async kills(person: Person): Promise<void> {
    const page = this.page(person);
    const crashed = page.waitForEvent('crash');
    const devtools = await this.context.newCDPSession(page);
    // Nobody is left to answer.
    devtools.send('Page.crash').catch(() => undefined);
    await crashed;
  }

  /** Something is written, and then this much time passes on the host's page. */
  async recordsFor(ms: number): Promise<void> {
    const page = this.page('hana');
    await page.waitForFunction(() => window.watched.bytes > 0, undefined, { polling: 50 });
    const from = await page.evaluate(() => performance.now());
    await page.waitForFunction((until) => performance.now() > until, from + ms, { polling: 50 });
  }

  /** What the host's browser has recorded so far, whatever anybody says about it. */
  recorded(): Promise<{ recorders: number; bytes: number; files: number }> {
    return this.page('hana').evaluate(() => ({
      recorders: window.watched.recorders.filter(({ state }) => state !== 'inactive').length,
      bytes: window.watched.bytes,
      files: window.meetingNoticeDemo.capture.files().length,
    }));
  }

  /** How many bytes of recordings this browser keeps for the origin, as somebody's page finds them. */
  kept(person: Person): Promise<number> {
    return this.page(person).evaluate(async () => {
      const sizeOf = async (folder: FileSystemDirectoryHandle): Promise<number> => {
        let size = 0;
        for await (const entry of folder.values()) {
          size += entry.kind === 'file' ? (await entry.getFile()).size : await sizeOf(entry);
        }
        return size;
      };
      return sizeOf(await navigator.storage.getDirectory());
    });
  }

  /** How loud each tone is, by tenths of a second, in the last file of the host. */
  async heard(): Promise<{ durationMs: number; tenths: number[][] }> {
    const page = this.page('hana');
    await page.addScriptTag({ type: 'module', url: '/pages/listening.js' });
    await page.waitForFunction(() => 'heardIn' in window);
    return page.evaluate((tones) => {
      const file = window.meetingNoticeDemo.capture.files().at(-1);
      if (!file) throw new Error('nothing was recorded');
      return window.heardIn(file, tones);
    }, tonesHz);
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** Runs in each page before anything of it does. */
function watch(): void {
  const watched = { connections: [], recorders: [], bytes: 0, statuses: [] } as WatchedWindow['watched'];
  Object.assign(window, { watched });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watched.connections.push(this);
    }
  };
  window.MediaRecorder = class extends MediaRecorder {
    constructor(stream: MediaStream, options?: MediaRecorderOptions) {
      super(stream, options);
      watched.recorders.push(this);
      this.addEventListener('dataavailable', ({ data }) => {
        watched.bytes += data.size;
      });
    }
  };
  addEventListener('DOMContentLoaded', () => {
    const timer = setInterval(() => {
      const { session } = window.meetingNoticeDemo ?? {};
      if (!session) return;
      clearInterval(timer);
      const note = () => {
        const status = session.status('recording');
        if (watched.statuses.at(-1) !== status) watched.statuses.push(status);
      };
      note();
      session.subscribe(note);
    }, 5);
  });
}
