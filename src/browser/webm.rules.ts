/** One element of EBML, the container under WebM: where its content begins and ends. */
interface EbmlElement {
  readonly id: number;
  readonly size: number;
  readonly from: number;
  /** `undefined` where the writer did not know the size yet, as of a live segment. */
  readonly to: number | undefined;
}

const segmentId = 0x18538067;
const infoId = 0x1549a966;
const scaleId = 0x2ad7b1;
const durationId = 0x4489;
/** Nanoseconds to a tick, where the file does not say (RFC 9559, `TimestampScale`). */
const usualScale = 1_000_000;

function numberAt(bytes: Uint8Array, from: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index += 1) value = value * 256 + (bytes[from + index] ?? 0);
  return value;
}

function elementAt(bytes: Uint8Array, at: number): EbmlElement | undefined {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23;
  const sizeAt = at + idLength;
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23;
  if (idLength > 4 || sizeLength > 8) return undefined;
  const from = sizeAt + sizeLength;
  if (from > bytes.length) return undefined;
  // The bit that marks the length goes first: with it, a size in eight bytes would be more than a number holds exactly.
  const first = (bytes[sizeAt] ?? 0) - 2 ** (8 - sizeLength);
  const size = first * 256 ** (sizeLength - 1) + numberAt(bytes, sizeAt + 1, sizeLength - 1);
  const isUnknown = size >= 2 ** (7 * sizeLength) - 1;
  return { id: numberAt(bytes, at, idLength), size, from, to: isUnknown ? undefined : from + size };
}

/** The first child with this id between two places. */
function childOf(bytes: Uint8Array, id: number, from: number, to: number): (EbmlElement & { at: number }) | undefined {
  for (let at = from; at < to; ) {
    const element = elementAt(bytes, at);
    if (!element) return undefined;
    if (element.id === id) return { ...element, at };
    if (element.to === undefined) return undefined;
    at = element.to;
  }
  return undefined;
}

/**
 * The beginning of a WebM file with its duration in it. A recorder writes the beginning before it can know; players
 * then show no length and cannot seek. Unchanged where the bytes are something else, or say a duration already.
 */
export function webmWithDuration(beginning: Uint8Array, durationMs: number): Uint8Array {
  const segment = childOf(beginning, segmentId, 0, beginning.length);
  // A segment of a known size would have to be told of the bytes put in.
  if (!segment || segment.to !== undefined) return beginning;
  const info = childOf(beginning, infoId, segment.from, beginning.length);
  if (info?.to === undefined || info.to > beginning.length) return beginning;
  if (childOf(beginning, durationId, info.from, info.to)) return beginning;
  const scale = childOf(beginning, scaleId, info.from, info.to);
  const nanoseconds = scale ? numberAt(beginning, scale.from, scale.size) : usualScale;

  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, 2n ** 56n + BigInt(info.size + 11));
  const duration = new DataView(new ArrayBuffer(11));
  duration.setUint16(0, durationId);
  duration.setUint8(2, 0x88);
  duration.setFloat64(3, (durationMs * 1_000_000) / nanoseconds);

  const parts = [
    beginning.subarray(0, info.at + 4),
    new Uint8Array(size.buffer),
    beginning.subarray(info.from, info.to),
    new Uint8Array(duration.buffer),
    beginning.subarray(info.to),
  ];
  const patched = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    patched.set(part, at);
    at += part.length;
  }
  return patched;
}
