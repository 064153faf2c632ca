import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { serve } from '../../examples/serve.mjs';
import type { AnyHook } from '../../src/hooks/hooks.types.ts';
import { DemoMeeting, type Person, type WatchedWindow } from './demo-meeting.ts';
import { describeInBrowser } from './in-browser.ts';
import { complaintsOf } from './in-page.ts';
import { JoinedChannels } from './joined-channels.ts';
import { type FocusedBrowser, launchForFocus } from './real-focus.ts';

interface Seen {
  /** Beside whose names a clock stands, whenever that changed, and when it did. */
  readonly clocks: { readonly at: number; readonly names: readonly string[] }[];
  readonly hooks: AnyHook[];
  /** When this page ceased to be the active one of its window, and was again. */
  readonly turns: number[];
}

declare const window: WatchedWindow & { seen: Seen } & Window & typeof globalThis;

/** Watches a page from within, by the wall clock, which all pages of a machine share. */
function watch(): void {
  const { session } = window.meetingNoticeDemo;
  const roster = document.getElementById('roster')?.shadowRoot;
  const seen: Seen = { clocks: [], hooks: [], turns: [] };
  window.seen = seen;
  const look = (): void => {
    const clocks = [...(roster?.querySelectorAll('[part=clock]:not([hidden])') ?? [])];
    const names = clocks.map((clock) => clock.getAttribute('aria-label') ?? '');
    if (names.join() !== (seen.clocks.at(-1)?.names ?? []).join()) seen.clocks.push({ at: Date.now(), names });
  };
  if (roster) new MutationObserver(look).observe(roster, { subtree: true, attributes: true, childList: true });
  session.onAny((hook) => seen.hooks.push(hook));
  let isActive = true;
  const turn = (): void => {
    const isNow = document.hasFocus() && document.visibilityState === 'visible';
    if (isNow !== isActive) seen.turns.push(Date.now());
    isActive = isNow;
  };
  for (const type of ['blur', 'focus']) addEventListener(type, turn);
  document.addEventListener('visibilitychange', turn);
}

const seenOn = (page: Page) => page.evaluate(() => window.seen);
const attentionOf = (page: Page) => page.evaluate(() => window.meetingNoticeDemo.session.getSnapshot().attention);
const onBo = 'The meeting is not the active window of Bo';

const everyone = ['hana', 'bo', 'cy'] as const;

type Browsers = Readonly<Record<(typeof everyone)[number], FocusedBrowser>>;

describeInBrowser('attention tracking, each person in a browser process of their own', () => {
  let site: Awaited<ReturnType<typeof serve>>;
  const browsers: FocusedBrowser[] = [];
  let meeting: DemoMeeting;

  beforeAll(async () => {
    site = await serve();
  });

  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()));
  });

  afterAll(() => site?.close());

  async function launch({ isFast = true } = {}): Promise<FocusedBrowser> {
    const browser = await launchForFocus();
    browsers.push(browser);
    if (isFast) await browser.context.clock.install();
    return browser;
  }

  /** Each in a process of their own: every one of them has the focus until another page of the same process is in front. */
  async function meet({ policy = 'all-party', isFast = true } = {}): Promise<Browsers> {
    const channels = new JoinedChannels();
    const [hana, bo, cy] = await Promise.all([launch({ isFast }), launch({ isFast }), launch({ isFast })]);
    const theirs = { hana, bo, cy };
    meeting = DemoMeeting.within(hana.context, site.url, { policy });
    for (const person of everyone) {
      await channels.add(theirs[person].context);
      const page = await theirs[person].open(meeting.address(person));
      complaintsOf(page, meeting.complaints);
      await meeting.adopt(person, page);
      await page.evaluate(watch);
    }
    return theirs;
  }

  const press = (person: Person, name: string) =>
    meeting.page(person).getByRole('button', { name, exact: true }).click();

  async function indicatorSays(person: Person, words: string): Promise<void> {
    await meeting.page(person).locator('#attention-indicator').getByText(words, { exact: true }).first().waitFor();
  }

  async function shareAndTrack(): Promise<void> {
    await press('hana', 'Share my screen');
    await press('hana', 'Attention tracking: off');
    for (const person of everyone) await indicatorSays(person, 'Attention tracking active');
  }

  /** A banner that is on screen has told its person. */
  async function isTold(person: Person): Promise<void> {
    await meeting.page(person).getByText('Attention tracking is on in this meeting.').first().waitFor();
    await meeting
      .page(person)
      .waitForFunction(
        () => window.meetingNoticeDemo.session.getSnapshot().self.consents['attention-tracking'] === 'shown',
        undefined,
        { polling: 50 },
      );
  }

  const clocks = async () => (await seenOn(meeting.page('hana'))).clocks.map(({ names }) => names);

  async function until(expected: readonly (readonly string[])[], timeout: number): Promise<void> {
    await expect.poll(clocks, { timeout, interval: 50 }).toEqual(expected);
  }

  test('[G4] the icon is on the host’s screen after more than 30 s away and within 2 s of it, on no other participant’s, and gone within 1 s of coming back', async () => {
    const theirs = await meet({ isFast: false });
    await shareAndTrack();
    for (const person of ['bo', 'cy'] as const) await isTold(person);
    const [hana, bo, cy] = [meeting.page('hana'), meeting.page('bo'), meeting.page('cy')];
    await theirs.bo.open('about:blank');
    await until([[onBo]], 40_000);
    const focused = await Promise.all([hana, bo, cy].map((page) => page.evaluate(() => document.hasFocus())));
    const own = [await attentionOf(bo), await attentionOf(cy)];
    await indicatorSays('cy', 'Attention tracking active');
    const saidToBo = await bo.locator('#attention-indicator').getByText('Hosts see your clock').first().textContent();
    await theirs.bo.front(bo);
    await until([[onBo], []], 10_000);
    await indicatorSays('bo', 'Attention tracking active');

    const [host, away, other] = [await seenOn(hana), await seenOn(bo), await seenOn(cy)];
    const [lostAt = 0, backAt = 0] = away.turns;
    const [shownAt = 0, clearedAt = 0] = host.clocks.map(({ at }) => at);
    expect(shownAt - lostAt).toBeGreaterThan(30_000);
    expect(shownAt - lostAt).toBeLessThanOrEqual(32_000);
    expect(clearedAt - backAt).toBeLessThanOrEqual(1000);
    expect(focused).toEqual([true, false, true]);
    expect([own, saidToBo]).toEqual([
      [
        { enabled: true, active: true, inattentive: true },
        { enabled: true, active: true, inattentive: false },
      ],
      'Hosts see your clock',
    ]);
    const told = ({ hooks }: Seen) => hooks.filter(({ hook }) => hook === 'attentionIndicatorChanged').length;
    expect([host, away, other].map(told)).toEqual([2, 0, 0]);
    expect([away.clocks, other.clocks, other.turns, meeting.complaints]).toEqual([[], [], [], []]);
  });

  /** The clocks of all pages go on, as fast as what they say to each other goes between them. */
  async function passes(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await Promise.all(browsers.map(({ context }) => context.clock.runFor(1000)));
    }
  }

  test('[G4] nobody who comes back within 30 s has an icon, however often, and who stays away has', async () => {
    const { bo } = await meet();
    await shareAndTrack();
    await isTold('bo');
    for (let time = 0; time < 2; time += 1) {
      const other = await bo.open('about:blank');
      await passes(25);
      await bo.front(meeting.page('bo'));
      await other.close();
      await passes(2);
    }
    const before = await clocks();
    await bo.open('about:blank');
    await passes(32);
    await until([[onBo]], 5000);
    expect(before).toEqual([]);
  });

  test('[G4] a window that is minimised is away; the end of the share clears the icon, and the end of tracking does', async () => {
    const { bo } = await meet();
    await shareAndTrack();
    await isTold('bo');
    await bo.minimise(meeting.page('bo'));
    await passes(32);
    await until([[onBo]], 5000);
    await press('hana', 'Stop sharing');
    await until([[onBo], []], 5000);
    await indicatorSays('bo', 'Attention tracking on');
    await press('hana', 'Share my screen');
    await passes(32);
    await until([[onBo], [], [onBo]], 5000);
    await press('hana', 'Attention tracking: on');
    await until([[onBo], [], [onBo], []], 5000);
    expect(await attentionOf(meeting.page('bo'))).toEqual({ enabled: false, active: false, inattentive: false });
  });

  test('[G4] where the policy asks, who refuses is to the host like who attends, and who agrees is not', async () => {
    const theirs = await meet({ policy: 'gdpr' });
    await shareAndTrack();
    await meeting.presses('cy', 'Refuse');
    await meeting.presses('bo', 'Agree');
    for (const person of ['cy', 'bo'] as const) await theirs[person].minimise(meeting.page(person));
    await passes(32);
    await until([[onBo]], 5000);
    await passes(30);
    expect(await clocks()).toEqual([[onBo]]);
  });

  test('[G4] side by side on one page nobody is away while it is in view, whoever has its focus, and all are once it is not', async () => {
    const browser = await launch();
    const page = await browser.open(site.url, 'window');
    await page.setViewportSize({ width: 1280, height: 1000 });
    const side = (id: string) => page.frameLocator(`#side-${id} iframe`);
    const onHosts = side('hana').locator('meeting-notice-roster');
    // The roster is in the order in which they joined, whoever was first.
    const away = () =>
      onHosts.locator('[part=clock]:not([hidden])').evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel).sort());
    for (const id of ['hana', 'bo', 'cy']) await side(id).getByText('Not recorded').waitFor();
    await side('hana').getByRole('button', { name: 'Share my screen' }).click();
    await side('hana').getByRole('button', { name: 'Attention tracking: off' }).click();
    for (const id of ['bo', 'cy']) {
      await side(id).getByText('Attention tracking is on in this meeting.').first().waitFor();
      await side(id).locator('#status').getByText('Told').waitFor();
    }
    await passes(40);
    const inView = await away();
    await browser.open('about:blank');
    await passes(32);
    await expect.poll(away, { timeout: 5000 }).toEqual([onBo, 'The meeting is not the active window of Cy']);
    expect(inView).toEqual([]);
  });
});
