import type { AuthorityModule } from './governing.types.ts';

/** Loads what only a client that decides needs, so that a participant's never holds it. */
export async function loadAuthority(): Promise<AuthorityModule> {
  const [{ authorityWith }, { regionLaw }] = await Promise.all([
    import('./authority-module.ts'),
    import('../policy/law.ts'),
  ]);
  return authorityWith(regionLaw);
}
