import { ledgerNoLibrary } from './ledger-errors.ts';

/** The kept libraries on which a ledger stands: JOSE (RFC 7515), and the canonical JSON of RFC 8785. */
interface Libraries {
  readonly jose: typeof import('jose');
  readonly canonicalize: typeof import('canonicalize')['default'];
}

/** As the platform's own list of modules: what was loaded once is there. */
let loaded: Libraries | undefined;

/**
 * Loads them before they are first used: whoever only reads and writes transcripts needs neither.
 * @throws NoticeError `ledger/no-library` where one is not installed.
 */
export async function loadLibraries(): Promise<void> {
  if (loaded) return;
  try {
    const [jose, canonical] = await Promise.all([import('jose'), import('canonicalize')]);
    loaded = { jose, canonicalize: canonical.default };
  } catch (cause) {
    throw ledgerNoLibrary(cause);
  }
}

/** @throws Error where they were not loaded before. */
export function libraries(): Libraries {
  if (!loaded) throw new Error('records: a library of the ledger is used before it is loaded');
  return loaded;
}
