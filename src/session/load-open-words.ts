import type { OpenWordsModule } from '../notice/open-words.ts';

/** Loads the words of purposes of the open set, once one is asked for. */
export const loadOpenWords = (): Promise<OpenWordsModule> => import('../notice/open-words.ts');
