import type { KeypadModule } from './keypad.ts';

/** Loads what a caller's keys do. */
export const loadKeypad = (): Promise<KeypadModule> => import('./keypad.ts');
