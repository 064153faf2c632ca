import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { DemoMeeting, Person } from './demo-meeting.ts';
import { axeFindings, complaintsOf } from './in-page.ts';
import { describeDemo } from './served-demo.ts';

const writing = (page: Page, words: string) => page.locator('#writing', { hasText: words }).waitFor();

/** Bo agrees to both, Cy to the recording alone. */
async function transcriptOfBo(meeting: DemoMeeting): Promise<void> {
  await meeting.asksForTranscript();
  await meeting.presses('bo', 'Agree to both');
  await meeting.presses('cy', 'Agree to recording only');
  for (const person of ['hana', 'bo', 'cy'] as const)
    await writing(meeting.page(person), 'A transcript is being written');
}

const speakerIn = (line: string) => line.split(' ')[0];
const everyone = ['hana', 'bo', 'cy'] as const;

/** What Bo says, as a pane shows it. */
const bosWords = [
  'Bo The budget looks better than last month.',
  'Bo We still need a second pair of eyes on the numbers.',
  'Bo Let us keep the last ten minutes for questions.',
  'Bo I can take that, and send a note tonight.',
];

/** What axe finds, and what is wider than the page, in light and dark, wide and as narrow as a phone. */
async function findingsInEachLook(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      const lines = [...(await axeFindings(page)), ...(isTooWide ? ['too wide'] : [])];
      found.push(...lines.map((line) => `${colorScheme}, ${width}: ${line}`));
    }
  }
  return found;
}

/** Runs in a page: presses “Withdraw” of the transcript with the first word that is shown as still being said. */
function withdrawsInMidSentence(): void {
  const interim = document.getElementById('interim') as HTMLElement;
  const watcher = new MutationObserver(() => {
    if (interim.children.length === 0) return;
    watcher.disconnect();
    const status = document.querySelector('meeting-notice-status')?.shadowRoot;
    status?.querySelector<HTMLElement>('button[aria-describedby=purpose-1]')?.click();
  });
  watcher.observe(interim, { childList: true });
}

describeDemo('the transcript, the receipts and the record of the demo, in three tabs', (opens) => {
  const allRead = (meeting: DemoMeeting) => Promise.all(everyone.map((person) => meeting.reads(person)));

  async function hears(meeting: DemoMeeting, people: readonly Person[], count: number): Promise<void> {
    for (const person of people) {
      await meeting
        .page(person)
        .waitForFunction((wanted) => document.querySelectorAll('#lines li').length === wanted, count, { polling: 100 });
    }
  }

  test('[G5] shows the words of who agreed on every side and of who refused on none; a withdrawal ends them between two words', async () => {
    const meeting = await opens();
    await transcriptOfBo(meeting);
    await meeting.speaks('cy');
    await meeting.speaks('bo');
    await hears(meeting, everyone, 2);
    const before = await allRead(meeting);
    const bo = meeting.page('bo');
    await bo.evaluate(withdrawsInMidSentence);
    await bo.getByRole('button', { name: 'Say something' }).click();
    await writing(bo, 'Your words are not in it.');
    await bo.getByRole('button', { name: 'Say something' }).waitFor();
    await meeting.speaks('bo');
    await meeting.speaks('hana');
    for (const person of everyone)
      await meeting
        .page(person)
        .locator('#lines li:nth-last-child(2)', { has: meeting.page(person).getByText('Hana', { exact: true }) })
        .waitFor();
    const after = await allRead(meeting);
    await meeting.stops();
    await writing(meeting.page('cy'), 'Nothing more is being written down.');
    const left = await meeting.page('hana').locator('#interim li').count();

    expect(before).toEqual(Array(3).fill([bosWords[0], bosWords[1]]));
    expect(after).toEqual(Array(3).fill(after[0]));
    const heardOfBo = (after[0] ?? []).slice(2, -2);
    const whole = bosWords.slice(2, 4).join(' ');
    expect((after[0] ?? []).slice(-2).map(speakerIn)).toEqual(['Hana', 'Hana']);
    expect([heardOfBo.length > 0, heardOfBo.join(' ').length < whole.length]).toEqual([true, true]);
    expect(whole.startsWith(heardOfBo.join(' '))).toBe(true);
    expect([left, meeting.complaints]).toEqual([0, []]);
  });

  test('a transcript that is added later is asked for by itself, and a pause writes nothing', async () => {
    const meeting = await opens({ who: ['hana', 'bo'] });
    const [hana, bo] = [meeting.page('hana'), meeting.page('bo')];
    await hana.locator('meeting-notice-controls').getByLabel('Where the recording is kept').selectOption('cloud');
    await meeting.asksToRecord();
    await meeting.presses('bo', 'Agree');
    await meeting.until('bo', 'on');
    await hana.getByRole('button', { name: 'Add a transcript' }).click();
    await writing(bo, 'A transcript was asked for.');
    await meeting.presses('bo', 'Agree');
    await writing(hana, 'A transcript is being written');
    await meeting.speaks('bo');
    await hears(meeting, ['hana', 'bo'], 2);
    await hana.getByRole('button', { name: 'Pause', exact: true }).click();
    await writing(bo, 'The transcript is paused.');
    await meeting.speaks('bo');
    await hana.getByRole('button', { name: 'Resume', exact: true }).click();
    await writing(bo, 'A transcript is being written');
    await meeting.speaks('hana');
    await hears(meeting, ['hana', 'bo'], 4);
    expect((await meeting.reads('bo')).map(speakerIn)).toEqual(['Bo', 'Bo', 'Hana', 'Hana']);
    expect(meeting.complaints).toEqual([]);
  });

  test('[G6] everyone finds their answers, to which words, receipts that hold, and all else that is held; the record that a host prints names all', async () => {
    const meeting = await opens();
    await transcriptOfBo(meeting);
    const cy = meeting.page('cy');
    await cy.getByRole('button', { name: 'What is held about me' }).click();
    const held = cy.getByRole('dialog', { name: 'What is held about me' });
    await held.locator('dd[data-held=true]').nth(1).waitFor();
    const answers = await held.locator('li').evaluateAll((items) =>
      items.map((item) => ({
        what: item.querySelector(':scope > strong')?.textContent,
        words: item.querySelectorAll('dd')[1]?.textContent?.replace(/[\w-]{12}…$/, 'HASH'),
        receipt: item.querySelector('[data-held]')?.textContent,
        read: item.querySelector('details strong')?.textContent !== undefined,
      })),
    );
    await held.getByRole('button', { name: 'Ask for all that is held about me' }).click();
    await held.getByText('Answered from the ledger of the meeting').waitFor();
    const about = await held.locator('.all-held li dd').allTextContents();
    const rights = await held.getByText('Get a copy of your data (GDPR Art. 15)').count();
    const inDialog = await findingsInEachLook(cy);
    await held.getByRole('button', { name: 'Close' }).click();
    await held.waitFor({ state: 'hidden' });
    await meeting.speaks('bo');
    await cy.locator('#lines li').nth(1).waitFor();
    const inPane = await findingsInEachLook(cy);
    const bo = meeting.page('bo');
    await bo.getByRole('button', { name: 'What is held about me' }).click();
    await bo.getByRole('button', { name: 'Ask for all that is held about me' }).click();
    await bo.getByText('Answered from the ledger of the meeting').waitFor();
    const words = await bo.locator('.all-held li dd').allTextContents();

    const opened = meeting.context.waitForEvent('page');
    await meeting.page('hana').getByRole('button', { name: 'Printable record' }).click();
    const record = await opened;
    complaintsOf(record, meeting.complaints);
    await record.getByRole('heading', { level: 1 }).waitFor();
    const people = await record.getByRole('heading', { level: 3, name: /^(Bo|Cy|Hana)\b/ }).allTextContents();
    const texts = await record.locator('#words ~ blockquote p:first-child').allTextContents();
    const unknown = await record.getByText('The words themselves are not kept here.').count();
    const style = await record.evaluate(() => ({
      scripts: document.scripts.length,
      rules: document.styleSheets[0]?.cssRules.length ?? 0,
    }));

    const one = { words: 'version 1+1, en, HASH', receipt: 'Holds: signed by the meeting and by me', read: true };
    expect(answers).toEqual([
      { what: 'I agreed to the recording', ...one },
      { what: 'I refused the transcript', ...one },
    ]);
    expect([about.length, about[0], about[2]]).toEqual([3, '1 question, 2 answers', 'None']);
    expect(words.slice(2).map((line) => `Bo ${line}`)).toEqual(bosWords.slice(0, 2));
    expect({ rights, inDialog, inPane }).toEqual({ rights: 1, inDialog: [], inPane: [] });
    expect(people.map((heading) => heading.split(/\W/)[0]).sort()).toEqual(['Bo', 'Cy', 'Hana']);
    expect([texts.length > 1, texts.every((text) => text !== ''), unknown]).toEqual([true, true, 0]);
    expect([style.scripts, style.rules > 5]).toEqual([0, true]);
    expect(meeting.complaints).toEqual([]);
  });
});
