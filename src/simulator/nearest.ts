/** How many letters must be changed, added or left out to make `a` into `b`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The word most like a mistyped one, if any is near enough to have been meant. */
export function nearestOf(word: string, words: readonly string[]): string | undefined {
  const reach = Math.max(2, Math.floor(word.length / 3));
  const near = words
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= reach && far < candidate.length)
    .sort((a, b) => a.far - b.far);
  return near[0]?.candidate;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const nearest = nearestOf(word, words);
  return nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
}
