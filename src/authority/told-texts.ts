/** How many different texts are kept; most people are told the same. */
const textsKept = 1024;

/** One copy of each text that many are told: what the authority remembers of a person is where it stands. */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= textsKept) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
