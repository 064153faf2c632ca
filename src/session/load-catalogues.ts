import type { loadCatalogue } from '../notice/catalogues.ts';

/** Loads what finds the words of another language. */
export const loadCatalogues = (): Promise<{ readonly loadCatalogue: typeof loadCatalogue }> =>
  import('../notice/catalogues.ts');
