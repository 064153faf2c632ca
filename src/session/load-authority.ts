import type { AuthorityModule } from './governing.ts';

/** Loads what only a client that decides needs, so that a participant's never holds it. */
export async function loadAuthority(): Promise<AuthorityModule> {
  const [{ decidingAuthority }, { parseHandedOver }, { regionLaw }, { parsePolicy }] = await Promise.all([
    import('../authority/authority.ts'),
    import('../authority/hand-over.parse.ts'),
    import('../policy/law.ts'),
    import('../policy/policy.parse.ts'),
  ]);
  return { decidingAuthority, parseHandedOver, law: regionLaw, parse: (input, admin) => parsePolicy(input, { admin }) };
}
