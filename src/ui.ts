import { MeetingNoticeBanner } from './ui/banner.element.ts';
import { MeetingNoticeControls } from './ui/controls.element.ts';
import { MeetingNoticeIndicator } from './ui/indicator.element.ts';
import { MeetingNoticeKeypad } from './ui/keypad.element.ts';
import { MeetingNoticeNotifications } from './ui/notifications.element.ts';
import { MeetingNoticePrompt } from './ui/prompt.element.ts';
import { MeetingNoticeRoster } from './ui/roster.element.ts';
import { MeetingNoticeStatus } from './ui/status.element.ts';

export { MeetingNoticeBanner } from './ui/banner.element.ts';
export { MeetingNoticeControls } from './ui/controls.element.ts';
export { uiEnglish } from './ui/english.ts';
export { MeetingNoticeIndicator } from './ui/indicator.element.ts';
export { MeetingNoticeKeypad } from './ui/keypad.element.ts';
export { type ElementBase, NoticeElement, type Politeness } from './ui/notice-element.ts';
export { MeetingNoticeNotifications } from './ui/notifications.element.ts';
export { MeetingNoticePrompt } from './ui/prompt.element.ts';
export { MeetingNoticeRoster } from './ui/roster.element.ts';
export { MeetingNoticeStatus, type RestoreDetail } from './ui/status.element.ts';

const elements = {
  'meeting-notice-prompt': MeetingNoticePrompt,
  'meeting-notice-banner': MeetingNoticeBanner,
  'meeting-notice-indicator': MeetingNoticeIndicator,
  'meeting-notice-status': MeetingNoticeStatus,
  'meeting-notice-roster': MeetingNoticeRoster,
  'meeting-notice-controls': MeetingNoticeControls,
  'meeting-notice-keypad': MeetingNoticeKeypad,
  'meeting-notice-notifications': MeetingNoticeNotifications,
};

declare global {
  interface HTMLElementTagNameMap {
    'meeting-notice-prompt': MeetingNoticePrompt;
    'meeting-notice-banner': MeetingNoticeBanner;
    'meeting-notice-indicator': MeetingNoticeIndicator;
    'meeting-notice-status': MeetingNoticeStatus;
    'meeting-notice-roster': MeetingNoticeRoster;
    'meeting-notice-controls': MeetingNoticeControls;
    'meeting-notice-keypad': MeetingNoticeKeypad;
    'meeting-notice-notifications': MeetingNoticeNotifications;
  }
}

// Two copies of this library in one page, or a server without elements, are no errors.
if (typeof customElements !== 'undefined') {
  for (const [name, element] of Object.entries(elements)) {
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
