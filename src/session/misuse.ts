import type { Answer } from '../consent/consent.types.ts';

const answerWords: readonly Answer[] = ['given', 'acknowledged', 'refused', 'withdrawn'];

const misuse = (what: string, expected: string, value: unknown): TypeError =>
  new TypeError(`${what} must be ${expected}, not ${JSON.stringify(value) ?? String(value)}.`);

/** @throws TypeError */
export function checkText(what: string, value: unknown, example: string): void {
  if (typeof value !== 'string' || value === '') throw misuse(what, `a string such as '${example}'`, value);
}

/** The longest text of a person's own that travels, in UTF-16 units. */
export const longestText = 500;

/** @throws TypeError for a text that nobody would take. */
export function checkLength(what: string, value: string | undefined): void {
  if (value !== undefined && value.length > longestText) {
    throw new TypeError(`${what} must be at most ${longestText} letters long, not ${value.length}.`);
  }
}

/** @throws TypeError */
export function checkTexts(what: string, values: unknown): void {
  if (!Array.isArray(values)) throw misuse(what, "a list such as ['bo']", values);
  values.forEach((value, place) => void checkText(`${what}[${place}]`, value, 'bo'));
}

/** @throws TypeError */
export function checkPurpose(purpose: unknown): void {
  checkText('purpose', purpose, 'recording');
}

/** @throws TypeError */
export function checkAnswers(answers: unknown): void {
  if (typeof answers !== 'object' || answers === null) {
    throw misuse('answers', "an object such as { recording: 'given' }", answers);
  }
  for (const [purpose, answer] of Object.entries(answers)) {
    if (answerWords.includes(answer as Answer)) continue;
    throw misuse(`answers.${purpose}`, `one of ${answerWords.join(', ')}`, answer);
  }
}
