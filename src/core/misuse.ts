function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** What a caller did wrong: what it is, what was expected, and what was given. */
export const misuse = (what: string, expected: string, value: unknown): TypeError =>
  new TypeError(`${what} must be ${expected}, not ${shown(value)}.`);

/** @throws TypeError */
export function checkText(what: string, value: unknown, example: string): void {
  if (typeof value !== 'string' || value === '') throw misuse(what, `a string such as '${example}'`, value);
}

/** @throws TypeError */
export function checkTexts(what: string, values: unknown, example: string): void {
  if (!Array.isArray(values)) throw misuse(what, `a list such as ['${example}']`, values);
  values.forEach((value, place) => void checkText(`${what}[${place}]`, value, example));
}

/** A type by its name, or some words. */
export type Kind = string | readonly string[];

/** @throws TypeError for what is not of this type, or none of these words. */
export function checkKind(what: string, kind: Kind, value: unknown): void {
  if (typeof kind === 'string') {
    if (typeof value !== kind) throw misuse(what, `a${kind === 'object' ? 'n' : ''} ${kind}`, value);
  } else if (!kind.includes(value as string)) throw misuse(what, `one of ${kind.join(', ')}`, value);
}

/** @throws TypeError for what is there and lacks one of these methods. */
export function checkMethods(what: string, methods: readonly string[], value: unknown): void {
  if (value === undefined) return;
  const missing = methods.find((method) => typeof (value as Record<string, unknown> | null)?.[method] !== 'function');
  if (missing !== undefined) throw new TypeError(`${what} must have the method ${missing}().`);
}

/** @throws TypeError for what is no signal of an `AbortController`. */
export const checkSignal = (signal: unknown): void => checkMethods('signal', ['addEventListener'], signal);

/** What each port must have to be one; a mistake is told at once, not when it is first used. */
export const ports = {
  transport: ['send', 'receive', 'participantOf', 'roleOf', 'present'],
  capture: ['snapshot', 'subscribe', 'fence', 'start', 'stop', 'include', 'exclude'],
  devices: ['state', 'subscribe', 'hold', 'release'],
  adapter: ['self', 'snapshot', 'subscribe'],
  focus: ['state', 'subscribe'],
  clock: ['now', 'setTimeout', 'clearTimeout'],
  cues: ['play'],
  ledger: ['open', 'records'],
} as const;

/** The most people whose sides alone are recorded: everyone is told who they are. */
export const mostSides = 8;

/** The longest text of a person's own that travels, in UTF-16 units. */
export const longestText = 500;

/** The longest id or name of a purpose that travels, in UTF-16 units. */
export const longestName = 128;

/** What names no purpose, and nothing else that somebody may name: every object has these. */
export const takenNames: readonly string[] = ['__proto__', 'constructor', 'prototype'];
