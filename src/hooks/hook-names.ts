import { misuse } from '../core/misuse.ts';
import { didYouMean } from '../core/nearest.ts';
import type { HookName } from './hooks.types.ts';

/** Every hook there is: one that is missing here, or is none, does not compile. */
const hooks: Readonly<Record<HookName, true>> = {
  noticeRaised: true,
  noticeClosed: true,
  indicatorChanged: true,
  cueRequested: true,
  consentChanged: true,
  holdChanged: true,
  captureChanged: true,
  recordingStarted: true,
  recordingPaused: true,
  recordingResumed: true,
  recordingStopped: true,
  recordingFailed: true,
  transcriptChanged: true,
  transcriptSegment: true,
  attentionTrackingChanged: true,
  attentionIndicatorChanged: true,
  admissionChanged: true,
  leaveRequested: true,
  connectionChanged: true,
  rosterChanged: true,
  hostNotified: true,
  recordIssued: true,
  protocolFailed: true,
  listenerFailed: true,
};

/** The names of all hooks, in the order of docs/hooks.md. */
export const hookNames = Object.keys(hooks) as readonly HookName[];

/** @throws TypeError for a name that is no hook's: its listener would never hear anything. */
export function checkHook(hook: unknown): void {
  if (typeof hook === 'string' && Object.hasOwn(hooks, hook)) return;
  const meant = typeof hook === 'string' ? didYouMean(hook, hookNames) : '';
  throw new TypeError(
    `There is no hook ${JSON.stringify(hook) ?? String(hook)}${meant || '; docs/hooks.md has them all.'}`,
  );
}

/** @throws TypeError for what cannot be called: it would fail at each hook. */
export function checkListener(listener: unknown): void {
  if (typeof listener === 'function') return;
  throw misuse('A listener', 'a function', listener);
}
