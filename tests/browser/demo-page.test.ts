import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { asked, everyoneIsIn, press, side, sideSays } from './demo-sides.ts';
import { describePages } from './served-demo.ts';

/** What is on each of these, and how much of it can be seen without scrolling anything: from 0 to 1. */
function seenOf(buttons: Locator): Promise<[string, number][]> {
  return buttons.evaluateAll((all) =>
    Promise.all(
      all.map(
        (button) =>
          new Promise<[string, number]>((done) => {
            const watcher = new IntersectionObserver(([entry]) => {
              watcher.disconnect();
              done([button.textContent ?? '', Math.round((entry?.intersectionRatio ?? 0) * 100) / 100]);
            });
            watcher.observe(button);
          }),
      ),
    ),
  );
}

describePages('the first page of the demo', (opens) => {
  test('shows the whole story from three sides, under its content security policy and without a complaint', async () => {
    const { page, complaints } = await opens({ viewport: { width: 1280, height: 1000 } });
    await everyoneIsIn(page);
    await press(page, 'hana', 'Ask to record');
    for (const id of ['bo', 'cy']) await sideSays(page, id, 'Asked');
    await press(page, 'bo', 'Agree');
    await press(page, 'cy', 'Refuse');
    await sideSays(page, 'hana', 'Recorded');
    await sideSays(page, 'bo', 'Recorded');
    await sideSays(page, 'cy', 'Left out');
    await press(page, 'hana', 'Stop recording');
    await side(page, 'hana').getByRole('button', { name: 'Play' }).click();
    const film = side(page, 'hana').locator('video.player');
    await film.evaluate(
      (video: HTMLVideoElement) =>
        new Promise<void>((done) => {
          const check = () => (video.currentTime > 0 ? done() : setTimeout(check, 50));
          check();
        }),
    );
    expect(complaints).toEqual([]);
  });

  test('[G1] asks a late joiner, who is not in the recording before the answer', async () => {
    const { page } = await opens({ viewport: { width: 1280, height: 1000 } });
    await everyoneIsIn(page);
    await press(page, 'hana', 'Ask to record');
    await press(page, 'bo', 'Agree');
    await press(page, 'cy', 'Refuse');
    await sideSays(page, 'bo', 'Recorded');
    await page.getByRole('button', { name: 'Add late joiner' }).click();
    await sideSays(page, 'dee', 'Asked');
    const roster = side(page, 'hana').locator('meeting-notice-roster li', { hasText: 'Dee' });
    await roster.getByText('No answer yet').waitFor();
    expect(await roster.textContent()).not.toContain('in the recording');
    await press(page, 'dee', 'Agree');
    await sideSays(page, 'dee', 'Recorded');
    await roster.getByText('Agreed · in the recording').waitFor();
  });

  test('a phone caller hears the notice, and answers on the keypad', async () => {
    const { page } = await opens({ viewport: { width: 1280, height: 1000 } });
    await everyoneIsIn(page);
    await page.getByRole('button', { name: 'Add phone caller' }).click();
    await everyoneIsIn(page, ['pat']);
    await press(page, 'hana', 'Ask to record');
    const heard = side(page, 'pat').locator('#heard');
    await heard.getByText('Press 1 to agree, 2 to refuse').waitFor();
    const roster = side(page, 'hana').locator('meeting-notice-roster li', { hasText: 'Pat' });
    await roster.getByText('No answer yet').waitFor();
    await side(page, 'pat').locator('meeting-notice-keypad').getByRole('button', { name: '1', exact: true }).click();
    await roster.getByText('Agreed').waitFor();
    expect(await roster.textContent()).toContain('On the phone');
  });

  test('a caller who presses a key reads and hears what came of it, and what came before stays to be read', async () => {
    const { page } = await opens({ viewport: { width: 1280, height: 1000 } });
    await everyoneIsIn(page);
    await page.getByRole('button', { name: 'Add phone caller' }).click();
    await everyoneIsIn(page, ['pat']);
    await press(page, 'hana', 'Ask to record');
    const phone = side(page, 'pat');
    await phone.locator('#heard').getByText('Press 1 to agree, 2 to refuse').waitFor();
    const roster = side(page, 'hana').locator('meeting-notice-roster li', { hasText: 'Pat' });
    await roster.getByText('No answer yet').waitFor();
    await press(page, 'pat', '2');
    await phone.locator('#answered').getByText('You refused.').waitFor();
    await press(page, 'pat', '1');
    await phone.locator('#answered').getByText('You agreed. Press 2 to change your mind').waitFor();
    for (const id of ['bo', 'cy']) await press(page, id, 'Agree');
    await phone.locator('#heard').getByText('This meeting is being recorded.').waitFor();
    expect(await phone.locator('#answered').textContent()).toMatch(/^You agreed\./);
  });

  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 1280, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`[G1] what is asked can be answered without scrolling, on screen and on the phone: ${viewport.width} × ${viewport.height}`, async () => {
      const { page } = await opens({ viewport });
      const isNarrow = viewport.width < 768;
      await everyoneIsIn(page);
      await press(page, 'hana', 'Ask to record');
      if (isNarrow) await page.locator('#tab-bo').click();
      await asked(page, 'bo').waitFor();
      const choices = await seenOf(asked(page, 'bo').getByRole('button'));
      await page.getByRole('button', { name: 'Add phone caller' }).click();
      const phone = side(page, 'pat');
      await phone.locator('#heard').getByText('Press 1 to agree').waitFor();
      const keys = phone.locator('meeting-notice-keypad').getByRole('button');
      const before = await seenOf(keys);
      await phone.getByRole('button', { name: '5', exact: true }).click();
      await press(page, 'pat', '2');
      await phone.locator('#answered').getByText('You refused.').waitFor();
      const wanted = [...'123456789*0#'].map((key) => [key, 1]);
      expect({ choices, before, after: await seenOf(keys) }).toEqual({
        choices: [
          ['Agree', 1],
          ['Refuse', 1],
        ],
        before: wanted,
        after: wanted,
      });
      if (!isNarrow) {
        expect(await seenOf(asked(page, 'bo').getByRole('button'))).toEqual(choices);
      }
    });
  }

  test('[G13] holds the devices of who has not pressed Continue, and gives them back with it', async () => {
    const { page } = await opens({ viewport: { width: 1280, height: 1000 } }, '?policy=acknowledge');
    await everyoneIsIn(page);
    await press(page, 'hana', 'Ask to record');
    await asked(page, 'bo').waitFor();
    const microphone = side(page, 'bo').locator('#microphone');
    const held = [await microphone.textContent(), await microphone.getAttribute('aria-disabled')];
    await press(page, 'bo', 'Continue');
    await sideSays(page, 'bo', 'Recorded');
    expect([held, [await microphone.textContent(), await microphone.getAttribute('aria-disabled')]]).toEqual([
      ['Mic held', 'true'],
      ['Mic on', 'false'],
    ]);
  });

  test('[G1] keeps a late joiner in the lobby until they have answered', async () => {
    const { page } = await opens({ viewport: { width: 1280, height: 1000 } }, '?policy=lobby');
    await everyoneIsIn(page);
    await press(page, 'hana', 'Ask to record');
    await press(page, 'bo', 'Agree');
    await press(page, 'cy', 'Agree');
    await sideSays(page, 'bo', 'Recorded');
    await page.getByRole('button', { name: 'Add late joiner' }).click();
    await side(page, 'dee').getByText('You are in the lobby').waitFor();
    const peopleBefore = await side(page, 'dee').locator('.tile').count();
    await press(page, 'dee', 'Agree');
    await side(page, 'dee').locator('.tile').nth(3).waitFor();
    expect([peopleBefore, await side(page, 'dee').locator('#asks').isVisible()]).toEqual([1, false]);
  });

  test('takes the real camera and microphone where they may be used', async () => {
    const { page } = await opens({ permissions: ['camera', 'microphone'] });
    await everyoneIsIn(page);
    await press(page, 'bo', 'Use camera');
    await side(page, 'bo').getByRole('button', { name: 'Use drawing' }).waitFor();
    const labels = await side(page, 'bo')
      .locator('.tile[data-own=true] video')
      .evaluate((video: HTMLVideoElement) =>
        (video.srcObject as MediaStream).getVideoTracks().map(({ label }) => label),
      );
    expect(labels).toEqual([expect.stringContaining('fake_device')]);
  });

  test('sends a drawing and a tone where the camera and the microphone are refused, and says so', async () => {
    const { page } = await opens();
    await everyoneIsIn(page);
    await side(page, 'bo')
      .locator('body')
      .evaluate(() => {
        // As a person who presses "Block".
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      });
    await press(page, 'bo', 'Use camera');
    await side(page, 'bo').getByText('There is no camera or microphone that may be used').waitFor();
    await side(page, 'bo').getByRole('button', { name: 'Use camera' }).waitFor();
    const seen = await side(page, 'hana')
      .locator('.tile', { hasText: 'Bo' })
      .locator('video')
      .evaluate(async (video: HTMLVideoElement) => {
        await new Promise((shown) => video.requestVideoFrameCallback(shown));
        const { width, height } = (video.srcObject as MediaStream).getVideoTracks()[0]?.getSettings() ?? {};
        return { width, height };
      });
    expect(seen).toEqual({ width: 384, height: 216 });
  });

  test('shares the real screen of who sends a real camera, and stops at the browser’s own button too', async () => {
    const { page, complaints } = await opens({ permissions: ['camera', 'microphone'] });
    await everyoneIsIn(page);
    await press(page, 'hana', 'Use camera');
    await side(page, 'hana').getByRole('button', { name: 'Use drawing' }).waitFor();
    await press(page, 'hana', 'Share my screen');
    const stop = side(page, 'hana').getByRole('button', { name: 'Stop sharing' });
    await stop.waitFor();
    const own = side(page, 'hana').locator('.tile[data-own=true] video');
    const surface = await own.evaluate((video: HTMLVideoElement) => {
      const [track] = (video.srcObject as MediaStream).getVideoTracks();
      const { displaySurface } = track?.getSettings() ?? {};
      // What the browser's own button does to a page.
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
      return displaySurface;
    });
    await side(page, 'hana').getByRole('button', { name: 'Share my screen' }).waitFor();
    expect([surface, complaints]).toEqual([expect.stringMatching(/^(monitor|window|browser)$/), []]);
  });

  test('a shared screen is shown whole, whatever its shape, and the picture of a person fills its tile', async () => {
    const { page } = await opens();
    await everyoneIsIn(page);
    await press(page, 'hana', 'Share my screen');
    const screen = side(page, 'bo').locator('.tile[data-picture=screen]');
    await screen.waitFor();
    const shownAs = (picture: string) =>
      side(page, 'bo')
        .locator(`.tile[data-picture=${picture}] video`)
        .evaluateAll((videos) => videos.map((video) => getComputedStyle(video).objectFit));
    const shared = [await shownAs('screen'), await shownAs('camera')];
    const [width, tiles] = await screen.evaluate((tile) => [tile.clientWidth, tile.parentElement?.clientWidth]);
    await press(page, 'hana', 'Stop sharing');
    await screen.waitFor({ state: 'detached' });
    expect([shared, await shownAs('camera'), width]).toEqual([
      [['contain'], ['cover', 'cover']],
      ['cover', 'cover', 'cover'],
      tiles,
    ]);
  });

  test('a reload keeps the meeting, and another policy begins a new one', async () => {
    const { page } = await opens();
    await everyoneIsIn(page);
    const first = page.url();
    await page.reload();
    await everyoneIsIn(page);
    const afterReload = page.url();
    await page.getByLabel('Policy').selectOption('gdpr');
    await everyoneIsIn(page);
    expect([afterReload === first, page.url() === first, new URL(page.url()).searchParams.get('policy')]).toEqual([
      true,
      false,
      'gdpr',
    ]);
  });

  test('at phone width shows one side at a time, and which of the others is asked', async () => {
    const { page } = await opens({ viewport: { width: 390, height: 844 } });
    await everyoneIsIn(page);
    await press(page, 'hana', 'Ask to record');
    const boButton = page.locator('#tab-bo');
    await boButton.getByText('Asked').waitFor();
    const rosterRow = side(page, 'hana').locator('meeting-notice-roster li', { hasText: 'Bo' });
    await rosterRow.getByText('Not asked on screen yet').waitFor();
    await boButton.click();
    await asked(page, 'bo').waitFor();
    const isWhole = await page.locator('#side-bo').evaluate((figure) => {
      const { top, bottom } = figure.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    await page.locator('#tab-hana').click();
    await rosterRow.getByText('No answer yet').waitFor();
    expect(isWhole).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
