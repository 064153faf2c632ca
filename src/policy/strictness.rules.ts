import type { ConsentAsked } from '../consent/consent.types.ts';
import type { Start } from './policy.types.ts';

const consents: readonly ConsentAsked[] = ['notice', 'acknowledge', 'explicit'];
const starts: readonly Start[] = ['at-once', 'when-everyone-answered'];

export const stricterConsent = (a: ConsentAsked, b: ConsentAsked): ConsentAsked =>
  consents.indexOf(a) >= consents.indexOf(b) ? a : b;

export const stricterStart = (a: Start, b: Start): Start => (starts.indexOf(a) >= starts.indexOf(b) ? a : b);
