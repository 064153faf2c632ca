/**
 * Numbers in [0, 1), the same ones for the same seed on every machine. Not for secrets: it makes a simulated network
 * repeatable.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ids that are the same for the same seed, one after the other. */
export function seededIds(seed: number): () => string {
  const random = seededRandom(seed);
  return () =>
    Math.floor(random() * 2 ** 48)
      .toString(36)
      .padStart(10, '0');
}
