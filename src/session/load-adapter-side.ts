import type { AdapterModule } from './adapter-side.ts';

/** Loads what listens to a platform's adapter. */
export const loadAdapterSide = (): Promise<AdapterModule> => import('./adapter-side.ts');
