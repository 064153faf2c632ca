import type { HookMap } from '../../src/hooks/hooks.types.ts';

const error = new Error('a listener that throws');

export const throws = (): never => {
  throw error;
};

/** How that is reported. */
export const failed = (hook: string): HookMap['listenerFailed'] => ({ hook, code: 'listener/threw', error });
