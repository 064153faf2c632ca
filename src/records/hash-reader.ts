import type { Fragment } from './fragments.ts';
import { asRecord, recordOf } from './record.parse.ts';
import type { LedgerSource } from './verify.types.ts';

/** In one reading of a source, so many places are looked at. */
const mostAtOnce = 256;

/** Reads a source once more for hashes that were not kept; a source that can be read only once has none. */
export class HashReader {
  readonly #sources: readonly LedgerSource[];

  constructor(sources: readonly LedgerSource[]) {
    this.#sources = sources;
  }

  /** The hash of one record of a fragment. */
  async hashAt(fragment: Fragment, n: number): Promise<string | undefined> {
    if (n === fragment.to) return fragment.hash;
    if (n === fragment.from) return fragment.firstHash;
    return (await this.#hashes(fragment, [n]))[0];
  }

  /** The first number from `from` to `to` at which two fragments differ; at `to` they do, and who differs once does so from there on. */
  async firstDifference(a: Fragment, b: Fragment, from: number, to: number): Promise<number> {
    let [low, high] = [from, to];
    while (low < high) {
      const step = Math.ceil((high - low) / mostAtOnce);
      const places = Array.from({ length: Math.ceil((high - low) / step) }, (_, place) => low + place * step);
      const [ofA, ofB] = [await this.#hashes(a, places), await this.#hashes(b, places)];
      const first = places.findIndex((_, place) => ofA[place] !== ofB[place]);
      const before = first < 0 ? places.at(-1) : places[first - 1];
      if (first >= 0) high = places[first] ?? high;
      low = before === undefined ? low : before + 1;
      if (first === 0) return high;
    }
    return high;
  }

  async #hashes(fragment: Fragment, numbers: readonly number[]): Promise<(string | undefined)[]> {
    const wanted = new Map(numbers.map((n, place) => [fragment.line + n - fragment.from, place]));
    const found: (string | undefined)[] = numbers.map(() => undefined);
    const lastLine = Math.max(...wanted.keys());
    let line = 0;
    for await (const each of this.#sources[fragment.source] ?? []) {
      line += 1;
      const place = wanted.get(line);
      if (place !== undefined) found[place] = (typeof each === 'string' ? recordOf(each) : asRecord(each))?.hash;
      if (line === lastLine) break;
    }
    return found;
  }
}
