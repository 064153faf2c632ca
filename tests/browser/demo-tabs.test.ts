import { expect, test } from 'vitest';
import type { WatchedWindow } from './demo-meeting.ts';
import { describeDemo } from './served-demo.ts';

declare const window: WatchedWindow & Window & typeof globalThis;

/** When this page's client follows somebody, by the wall clock, which all pages of a machine share. */
function followsAt(authorityId: string): Promise<number> {
  const { session } = window.meetingNoticeDemo;
  return new Promise((resolve) => {
    session.subscribe(() => session.getSnapshot().authorityId === authorityId && resolve(Date.now()));
  });
}

describeDemo('the demo’s tabs', (opens) => {
  test('[G8] [G2] the co-host’s takes over within 8 s when the host’s is killed in mid-recording, and nobody says off before the lease of what ran there is over', async () => {
    const others = ['cleo', 'bo', 'cy'] as const;
    const meeting = await opens({ who: ['hana', ...others] });
    await meeting.asksToRecord();
    for (const person of others) await meeting.presses(person, 'Agree');
    for (const person of others) await meeting.until(person, 'on');
    await meeting.recordsFor(2500);
    const running = await meeting.kept('bo');
    // Each notes for itself when that is, however long it takes this test to hear of it.
    const followed = others.map((person) => meeting.page(person).evaluate(followsAt, 'cleo'));
    const killedAt = Date.now();
    await meeting.kills('hana');
    const kept = await meeting.kept('bo');
    const takenOverMs = Math.max(...(await Promise.all(followed))) - killedAt;
    const saidThen = await Promise.all(others.map((person) => meeting.said(person)));
    const offMs = await Promise.all(
      others.map(async (person) => {
        await meeting.until(person, 'off', 60_000);
        return Date.now() - killedAt;
      }),
    );
    const said = await Promise.all(others.map((person) => meeting.said(person)));

    expect(running).toBeGreaterThan(0);
    expect(takenOverMs).toBeLessThan(8000);
    expect(saidThen).toEqual(Array(3).fill(['asking', 'on', 'unknown']));
    expect(said).toEqual(Array(3).fill(['asking', 'on', 'unknown', 'off']));
    // A recorder that lived would have gone on for the ten seconds of its lease.
    expect(Math.min(...offMs)).toBeGreaterThan(10_000);
    expect((await meeting.kept('bo')) - kept).toBe(0);
  });

  test('[G1] two tabs of one person are both asked, and what is answered in one is answered in both', async () => {
    const meeting = await opens({ who: ['hana', 'bo'] });
    const [first, second] = [meeting.page('bo'), await meeting.join('bo')];
    const tabs = [first, second];
    const dialogs = tabs.map((tab) => tab.locator('meeting-notice-prompt dialog[open]'));
    await meeting.asksToRecord();
    for (const dialog of dialogs) await dialog.waitFor();
    await second.locator('meeting-notice-prompt').getByRole('button', { name: 'Agree', exact: true }).click();
    for (const dialog of dialogs) await dialog.waitFor({ state: 'hidden' });
    await meeting.recordsFor(1000);
    for (const tab of tabs) {
      await tab.waitForFunction(() => window.meetingNoticeDemo.session.getSnapshot().self.captured, undefined, {
        polling: 50,
      });
    }
    const found = await Promise.all(
      tabs.map(async (tab, index) => ({
        dialogs: await dialogs[index]?.count(),
        ...(await tab.evaluate(() => {
          const { prompt, self, indicators } = window.meetingNoticeDemo.session.getSnapshot();
          return { prompt, consent: self.consents.recording, captured: self.captured, says: indicators.recording };
        })),
      })),
    );
    expect(found).toEqual(Array(2).fill({ dialogs: 0, prompt: null, consent: 'given', captured: true, says: 'on' }));
  });
});
