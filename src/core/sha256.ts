/** The first 32 bits of the fractional parts of the square roots (start) and cube roots (rounds) of the first primes. */
const { start, rounds } = /* @__PURE__ */ constants();

// Room to work in, used again as nothing here waits. Signed words, which engines keep as plain integers.
const schedule = /* @__PURE__ */ new Int32Array(64);
let room = /* @__PURE__ */ new Uint8Array(1024);
const hexBytes = /* @__PURE__ */ Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits (FIPS 180-4). Synchronous, because a snapshot is:
 * the Web Crypto digest answers only later. A lone surrogate counts as U+FFFD, as `TextEncoder` has it.
 */
export function sha256Hex(text: string): string {
  return hexOf(digestOf(text), 8);
}

/** The same, as its 32 bytes. */
export function sha256Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  digestOf(text).forEach((word, place) => void view.setInt32(place * 4, word));
  return bytes;
}

/** The first 16 digits of it: enough for an id. */
export function sha256Start(text: string): string {
  return hexOf(digestOf(text), 2);
}

function hexOf(digest: Int32Array, words: number): string {
  let hex = '';
  for (let place = 0; place < words; place++) {
    const word = digest[place] as number;
    for (let shift = 24; shift >= 0; shift -= 8) hex += hexBytes[(word >>> shift) & 0xff];
  }
  return hex;
}

function digestOf(text: string): Int32Array {
  const message = padded(text);
  const state = start.slice();
  for (let at = 0; at < message.byteLength; at += 64) compress(state, message, at);
  return state;
}

/** FIPS 180-4 §5.1.1: the bytes, a one bit, zeros, then the length in bits, up to a multiple of 64 bytes. */
function padded(text: string): DataView {
  // UTF-8 has at most three bytes for each unit of UTF-16; and one block more.
  const most = text.length * 3 + 72;
  if (room.length < most) room = new Uint8Array(most);
  const { written } = encoder.encodeInto(text, room);
  const end = Math.ceil((written + 9) / 64) * 64;
  room.fill(0, written, end);
  room[written] = 0x80;
  const view = new DataView(room.buffer, 0, end);
  view.setUint32(end - 8, Math.floor(written / 2 ** 29));
  view.setUint32(end - 4, written << 3);
  return view;
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** FIPS 180-4 §6.2.2: takes one block of 64 bytes into the state. */
function compress(state: Int32Array, message: DataView, at: number): void {
  const w = schedule;
  for (let t = 0; t < 16; t++) w[t] = message.getInt32(at + t * 4);
  for (let t = 16; t < 64; t++) {
    const near = w[t - 2] as number;
    const far = w[t - 15] as number;
    const s0 = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
    const s1 = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    w[t] = ((w[t - 16] as number) + s0 + (w[t - 7] as number) + s1) | 0;
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (rounds[t] as number) + (w[t] as number)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const after = [a, b, c, d, e, f, g, h];
  for (let place = 0; place < 8; place++) state[place] = (state[place] as number) + (after[place] as number);
}

function constants(): { readonly start: Int32Array; readonly rounds: Int32Array } {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fraction = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32);
  return {
    start: Int32Array.from(primes.slice(0, 8), (p) => fraction(Math.sqrt(p))),
    rounds: Int32Array.from(primes, (p) => fraction(Math.cbrt(p))),
  };
}
