import type { SignerModule } from './answer-signer.ts';

/** Loads what signs a person's answers and takes their receipts, where the meeting keeps them. */
export const loadSigner = (): Promise<SignerModule> => import('./answer-signer.ts');
