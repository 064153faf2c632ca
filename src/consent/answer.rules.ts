import type { Answer } from './consent.types.ts';

/** Whether an answer takes somebody out: a refusal, or taking back what was given. */
export const isDecline = (answer: Answer | undefined): boolean => answer === 'refused' || answer === 'withdrawn';
