import { expect, test } from 'vitest';
import type { WatchedWindow } from './demo-meeting.ts';
import { presenceOverConnection } from './presence.ts';
import { describeDemo } from './served-demo.ts';

declare const window: WatchedWindow & Window & typeof globalThis;

/** A tone of the demo is about 0.08 loud; what is left out is silence, but for what a codec leaks. */
const there = 0.02;
const notThere = 0.002;

/**
 * For each person, whether their tone is there for most of the time, or never. A busy machine loses sound between two
 * tabs, which is not the recorder's doing: that it loses none of what reaches it is seen in capture.test.ts.
 */
function presences(tenths: readonly (readonly number[])[]) {
  const of = (index: number) =>
    presenceOverConnection(
      tenths.map((tenth) => tenth[index] ?? 0),
      there,
      notThere,
    );
  return { hana: of(0), bo: of(1), cy: of(2) };
}

describeDemo('the demo, in three tabs', (opens) => {
  test('[G1] records not one byte before the last answer, and then those who agreed and not who refused', async () => {
    const meeting = await opens();
    await meeting.asksToRecord();
    const promptedBo = meeting.page('bo').locator('meeting-notice-prompt dialog[open]');
    await promptedBo.waitFor();
    const asked = await meeting.recorded();
    await meeting.presses('bo', 'Agree');
    await promptedBo.waitFor({ state: 'hidden' });
    const oneAnswered = await meeting.recorded();
    await meeting.presses('cy', 'Refuse');
    await meeting.until('cy', 'on');
    await meeting.recordsFor(2500);
    await meeting.stops();
    const { tenths } = await meeting.heard();

    const nothing = { recorders: 0, bytes: 0, files: 0 };
    expect({ asked, oneAnswered }).toEqual({ asked: nothing, oneAnswered: nothing });
    expect(presences(tenths.slice(10, -3))).toEqual({ hana: 'mostly', bo: 'mostly', cy: 'never' });
    expect(presences(tenths).cy).toBe('never');
    expect(meeting.complaints).toEqual([]);
  });

  test('[G3] silences who withdraws in mid-recording, from then on', async () => {
    const meeting = await opens();
    await meeting.asksToRecord();
    await meeting.presses('bo', 'Agree');
    await meeting.presses('cy', 'Agree');
    await meeting.until('cy', 'on');
    await meeting.recordsFor(2500);
    await meeting.withdraws('cy');
    await meeting.page('cy').waitForFunction(() => {
      const { self } = window.meetingNoticeDemo.session.getSnapshot();
      return self.consents.recording === 'withdrawn' && !self.captured;
    });
    await meeting.recordsFor(2500);
    await meeting.stops();
    const { tenths } = await meeting.heard();
    expect({ middle: presences(tenths.slice(12, 17)), end: presences(tenths.slice(-20, -3)) }).toEqual({
      middle: { hana: 'mostly', bo: 'mostly', cy: 'mostly' },
      end: { hana: 'mostly', bo: 'mostly', cy: 'never' },
    });
  });

  test('[G2] closing the host’s tab ends the recording, and nobody says off while it is unknown whether it runs', async () => {
    const meeting = await opens();
    await meeting.asksToRecord();
    await meeting.presses('bo', 'Agree');
    await meeting.presses('cy', 'Refuse');
    await meeting.until('bo', 'on');
    await meeting.recordsFor(2500);
    const running = await meeting.kept('bo');
    await meeting.page('hana').close();
    const closed = await meeting.kept('bo');
    await meeting.until('bo', 'unknown');
    await meeting.until('cy', 'unknown');
    const said = await Promise.all((['bo', 'cy'] as const).map((person) => meeting.said(person)));
    const words = await meeting.page('bo').locator('#indicator [part=label]').textContent();
    // By then at least six seconds have gone by, and nothing was written in them.
    expect([running > 0, (await meeting.kept('bo')) - closed]).toEqual([true, 0]);
    expect({ said, words }).toEqual({
      said: Array(2).fill(['asking', 'on', 'unknown']),
      words: 'Recording status unknown',
    });
  });

  test('[G1] a reload in mid-prompt finds the true status and the same prompt', async () => {
    const meeting = await opens();
    await meeting.asksToRecord();
    const bo = meeting.page('bo');
    const prompt = () =>
      bo.waitForFunction(() => {
        const { prompt: now, indicators } = window.meetingNoticeDemo?.session.getSnapshot() ?? {};
        const status = indicators?.recording;
        // The prompt and what everyone is told come one after the other, in any order.
        return now && status !== 'unknown' ? { noticeId: now.noticeId, title: now.text.title, status } : undefined;
      });
    const before = await (await prompt()).jsonValue();
    await bo.reload();
    const after = await (await prompt()).jsonValue();
    await bo.locator('meeting-notice-prompt dialog[open]').waitFor();
    expect(after).toEqual(before);
    expect(before?.status).toBe('asking');
  });

  test('[G1] a reload in mid-recording finds it on, and the answer given before', async () => {
    const meeting = await opens();
    await meeting.asksToRecord();
    await meeting.presses('bo', 'Agree');
    await meeting.presses('cy', 'Refuse');
    await meeting.until('bo', 'on');
    await meeting.page('cy').reload();
    await meeting.page('cy').waitForFunction(() => {
      const { self, indicators } = window.meetingNoticeDemo?.session.getSnapshot() ?? {};
      // What everyone is told and what one has answered come one after the other, in any order.
      return self?.consents.recording === 'refused' && indicators?.recording !== 'unknown';
    });
    const { status, captured, said } = await meeting.page('cy').evaluate(() => {
      const { session } = window.meetingNoticeDemo;
      return {
        status: session.status('recording'),
        captured: session.getSnapshot().self.captured,
        said: window.watched.statuses,
      };
    });
    expect({ status, captured, said }).toEqual({ status: 'on', captured: false, said: ['unknown', 'on'] });
  });

  test('a prompt is answered by keyboard alone, and Escape is no answer', async () => {
    const meeting = await opens({ who: ['hana', 'bo'] });
    await meeting.asksToRecord();
    const bo = meeting.page('bo');
    await bo.bringToFront();
    await bo.locator('meeting-notice-prompt dialog[open]').waitFor();
    await bo.waitForFunction(
      () => window.meetingNoticeDemo.session.getSnapshot().self.consents.recording === 'shown',
      undefined,
      { polling: 50 },
    );
    await bo.keyboard.press('Escape');
    await bo.keyboard.press('Escape');
    const afterEscape = await bo.evaluate(() => window.meetingNoticeDemo.session.getSnapshot().self.consents.recording);
    const reached: (string | undefined)[] = [];
    for (let press = 0; press < 4 && reached.at(-1) !== 'Refuse'; press += 1) {
      await bo.keyboard.press('Tab');
      reached.push(
        await bo.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? undefined),
      );
    }
    await bo.keyboard.press('Enter');
    await bo.waitForFunction(
      () => window.meetingNoticeDemo.session.getSnapshot().self.consents.recording === 'refused',
    );
    expect({ afterEscape, reached }).toEqual({
      afterEscape: 'shown',
      reached: ['What happens with your data (opens in a new tab)', 'Agree', 'Refuse'],
    });
  });

  test('[G1] a component that mounts after the prompt was raised shows it', async () => {
    const meeting = await opens({ who: ['hana', 'bo'] });
    await meeting.asksToRecord();
    const bo = meeting.page('bo');
    await bo.waitForFunction(() => window.meetingNoticeDemo.session.getSnapshot().prompt !== null);
    const shown = await bo.evaluate(() => {
      const { session } = window.meetingNoticeDemo;
      const late = document.createElement('p');
      const show = () => {
        late.textContent = session.getSnapshot().prompt?.text.title ?? 'nothing';
      };
      document.body.append(late);
      session.subscribe(show);
      show();
      return late.textContent;
    });
    expect(shown).toBe('Do you agree to be recorded?');
  });
});
