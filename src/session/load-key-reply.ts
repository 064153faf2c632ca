import type { KeyReplyModule } from './key-reply.ts';

/** Loads what is said back to a caller who has pressed a key. */
export const loadKeyReply = (): Promise<KeyReplyModule> => import('./key-reply.ts');
