import type { TrackerModule } from './attention-tracker.ts';

/** Loads what tells and asks a participant of attention tracking, once it is on. */
export const loadTracker = (): Promise<TrackerModule> => import('./attention-tracker.ts');
