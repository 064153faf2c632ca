import { decidingAuthority } from '../authority/authority.ts';
import { inheritedFrom } from '../authority/hand-over.parse.ts';
import { Modules } from '../authority/modules.ts';
import { parsePolicy } from '../policy/policy.parse.ts';
import type { RegionRow } from '../policy/policy.types.ts';
import type { AuthorityModule } from './governing.types.ts';

/** What decides in a host's client; what only some meetings need of it is loaded where theirs does. */
export const authorityWith = (law: readonly RegionRow[]): AuthorityModule => ({
  decidingAuthority,
  modules: new Modules({
    ledger: () => import('../authority/ledger-desk.ts'),
    records: () => import('../authority/records-desk.ts'),
    purposes: () => import('../authority/open-purposes.ts'),
    transcripts: () => import('../authority/own-transcript.ts'),
  }),
  law,
  parse: (input, admin) => parsePolicy(input, { admin }),
  inheritedFrom,
});
