import { expect, test } from 'vitest';

test('the entry loads where there are no elements, as on a server, and again without complaint', async () => {
  expect(typeof globalThis.HTMLElement).toBe('undefined');
  const ui = await import('../../src/ui.ts');
  expect(Object.keys(ui).sort()).toEqual([
    'MeetingNoticeBanner',
    'MeetingNoticeControls',
    'MeetingNoticeIndicator',
    'MeetingNoticeKeypad',
    'MeetingNoticeNotifications',
    'MeetingNoticePrompt',
    'MeetingNoticeRoster',
    'MeetingNoticeStatus',
    'NoticeElement',
    'uiEnglish',
  ]);
});
