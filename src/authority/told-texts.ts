/** How many different texts are kept; most people are told the same. */
const textsKept = 1024;

/** Keeps one copy of each text that many are told, so that each of them costs a reference to it. */
export class ToldTexts {
  readonly #texts = new Map<string, string>();

  once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= textsKept) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
