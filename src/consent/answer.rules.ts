import type { Answer } from './consent.types.ts';

/** All that somebody can say of a purpose. */
export const everyAnswer = ['given', 'acknowledged', 'refused', 'withdrawn'] as const satisfies readonly Answer[];

/** Whether an answer takes somebody out: a refusal, or taking back what was given. */
export const isDecline = (answer: Answer | undefined): boolean => answer === 'refused' || answer === 'withdrawn';
