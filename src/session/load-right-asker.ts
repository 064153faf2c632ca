import type { RightsModule } from './right-asker.ts';

/** Loads what somebody's own rights are exercised with. */
export const loadRightAsker = (): Promise<RightsModule> => import('./right-asker.ts');
