import type { FrameLocator, Locator, Page } from 'playwright-core';

/** One person's client, on the first page of the demo. */
export const side = (page: Page, id: string): FrameLocator => page.frameLocator(`#side-${id} iframe`);
export const asked = (page: Page, id: string): Locator => side(page, id).locator('meeting-notice-prompt dialog[open]');

export async function press(page: Page, id: string, name: string): Promise<void> {
  await side(page, id).getByRole('button', { name, exact: true }).click();
}

/** Every client says that it knows the meeting. */
export async function everyoneIsIn(page: Page, ids = ['hana', 'bo', 'cy']): Promise<void> {
  for (const id of ids) await side(page, id).getByText('Not recorded').waitFor({ state: 'attached' });
}

export async function sideSays(page: Page, id: string, words: string): Promise<void> {
  await page.locator(`#side-${id} figcaption .state`, { hasText: words }).waitFor();
}
