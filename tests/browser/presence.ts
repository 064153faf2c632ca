/** `all` the time, `never`, or the values it lies between. */
export type Presence = 'all' | 'never' | readonly [number, number];

/**
 * What slices of a recording say of a tone or a colour. `never` is strict: no slice has more than `nothing`. It is there
 * `all` the time where each slice has some and the middle one has `enough`: a busy machine may play a slice less loud,
 * which is not the recorder's doing.
 */
export function presence(values: readonly number[], enough: number, nothing: number): Presence {
  const sorted = values.toSorted((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [sorted.at(0), sorted.at(Math.floor(sorted.length / 2)), sorted.at(-1)];
  if (sorted.length > 0 && most <= nothing) return 'never';
  return least > nothing && middle >= enough ? 'all' : [least, most];
}

/** As `presence`, of what came over a connection: there `mostly` where the middle slice has `enough`. */
export function presenceOverConnection(
  values: readonly number[],
  enough: number,
  nothing: number,
): 'mostly' | 'never' | readonly [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [sorted.at(0), sorted.at(Math.floor(sorted.length / 2)), sorted.at(-1)];
  if (sorted.length > 0 && most <= nothing) return 'never';
  return middle >= enough ? 'mostly' : [least, most];
}
