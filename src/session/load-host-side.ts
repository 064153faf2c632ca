import type { HostModule } from './host-side.ts';

/** Loads what only a host's client has. */
export const loadHostSide = (): Promise<HostModule> => import('./host-side.ts');
