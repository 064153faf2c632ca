export { browserCapture } from './browser/capture.ts';
export type {
  BrowserCapture,
  BrowserCaptureOptions,
  ParticipantMedia,
  RecordedFile,
} from './browser/capture.types.ts';
export { browserCues } from './browser/cues.ts';
export type { BrowserCues, BrowserCuesOptions } from './browser/cues.types.ts';
export type { DeviceFacts } from './browser/devices.rules.ts';
export { browserDevices } from './browser/devices.ts';
export type { BrowserDevices, BrowserDevicesOptions, SwitchedOn } from './browser/devices.types.ts';
export { browserFocus } from './browser/focus.ts';
export type { BrowserFocus, BrowserFocusOptions } from './browser/focus.types.ts';
export { initialsOf } from './browser/tiles.rules.ts';
export { workerClock } from './core/worker-clock.ts';
