import type { Status } from '../participants/participants.types.ts';
import type { AttentionTracking } from './attention.types.ts';

/**
 * What everyone's indicator says of a meeting's tracking: on while a share arms it, whatever one has answered oneself, as
 * of a recording; between shares paused, or asking for as long as one's own answer is awaited.
 */
export function trackingStatus({ enabled, active }: AttentionTracking, isAsked: boolean): Status {
  if (!enabled) return 'off';
  if (active) return 'on';
  return isAsked ? 'asking' : 'paused';
}

/** No policy tracks anybody who was away for less than this, in milliseconds (G4, R6). */
export const leastThresholdMs = 30_000;

/** Whether the meeting has been out of focus for too long at `now`: for more than `thresholdMs`, not as long (G4). */
export const isInattentive = (sinceMs: number, now: number, thresholdMs: number): boolean =>
  now - sinceMs > Math.max(thresholdMs, leastThresholdMs);

/** In how many milliseconds that will be so, if nothing happens. */
export const inattentiveInMs = (sinceMs: number, now: number, thresholdMs: number): number =>
  Math.max(0, sinceMs + Math.max(thresholdMs, leastThresholdMs) + 1 - now);
