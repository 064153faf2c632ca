import { describe, expect, test } from 'vitest';
import { webmWithDuration } from '../../../src/browser/webm.rules.ts';

const headerId = [0x1a, 0x45, 0xdf, 0xa3];
const segmentId = [0x18, 0x53, 0x80, 0x67];
const infoId = [0x15, 0x49, 0xa9, 0x66];
const scaleId = [0x2a, 0xd7, 0xb1];
const durationId = [0x44, 0x89];
const voidId = [0xec];
const clusterId = [0x1f, 0x43, 0xb6, 0x75];
/** Of a live segment: no size is known. In one byte, and in eight. */
const unknownSize = [0xff];
const longUnknownSize = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

/** A size as EBML writes it in so many bytes. */
function sizeIn(length: number, size: number): number[] {
  const bytes = Array.from({ length }, (_, index) => Math.floor(size / 256 ** (length - 1 - index)) % 256);
  bytes[0] = (bytes[0] ?? 0) | (1 << (8 - length));
  return bytes;
}

const element = (id: readonly number[], content: readonly number[], sizeLength = 1): number[] => [
  ...id,
  ...sizeIn(sizeLength, content.length),
  ...content,
];
const header = element(headerId, [0x42, 0x86, 0x81, 0x01]);
const scale = element(scaleId, [0x0f, 0x42, 0x40]);
const app = element([0x4d, 0x80], [0x61, 0x62]);
const cluster = [...clusterId, 0xff, 1, 2, 3];
const live = (...children: readonly number[][]) => [...header, ...segmentId, ...longUnknownSize, ...children.flat()];

/** The duration in ticks as the file says it: the eight bytes after its id and size. */
const float = (ticks: number): number[] => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, ticks);
  return [...new Uint8Array(view.buffer)];
};
const patched = (bytes: readonly number[], durationMs = 1234) => [
  ...webmWithDuration(Uint8Array.from(bytes), durationMs),
];
const withDuration = (info: readonly number[], ticks: number) => [
  ...infoId,
  ...sizeIn(8, info.length + 11),
  ...info,
  ...durationId,
  0x88,
  ...float(ticks),
];

describe('the beginning of a WebM file', () => {
  test.each([1, 2, 4, 8])('gets its duration into its information, whose size takes %i bytes', (sizeLength) => {
    const info = [...scale, ...app];
    expect(patched(live(element(infoId, info, sizeLength), cluster))).toEqual(live(withDuration(info, 1234), cluster));
  });

  test('counts the duration in the ticks of the file, of a millisecond where it does not say', () => {
    const slow = element(scaleId, [0x1e, 0x84, 0x80]);
    expect(patched(live(element(infoId, slow)), 1000)).toEqual(live(withDuration(slow, 500)));
    expect(patched(live(element(infoId, app)), 1000)).toEqual(live(withDuration(app, 1000)));
    const odd = [...app, ...element(scaleId, [0x27, 0x10])];
    expect(patched(live(element(infoId, odd)), 1000)).toEqual(live(withDuration(odd, 100_000)));
  });

  test('is found after other elements, with a segment whose unknown size takes one byte', () => {
    const spare = element(voidId, Array(300).fill(0), 2);
    const begin = [...header, ...spare, ...segmentId, ...unknownSize];
    expect(patched([...begin, ...spare, ...element(infoId, app), ...cluster])).toEqual([
      ...begin,
      ...spare,
      ...withDuration(app, 1234),
      ...cluster,
    ]);
  });

  test('stays as it is where it says a duration already', () => {
    const told = live(element(infoId, [...scale, ...element(durationId, float(7))]), cluster);
    expect(patched(told)).toEqual(told);
  });

  test('is not told that a duration after its information is its own', () => {
    const stray = element(durationId, float(7));
    expect(patched(live(element(infoId, app), stray))).toEqual(live(withDuration(app, 1234), stray));
  });

  test.each([
    ['nothing', []],
    ['something else', [0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00]],
    ['a header alone', header],
    ['a segment of a known size', [...header, ...element(segmentId, element(infoId, app))]],
    ['no information before the media', live(cluster, element(infoId, app))],
    ['information of unknown size', live([...infoId, ...unknownSize, ...app])],
    ['information that is cut off', live(element(infoId, app)).slice(0, -1)],
    ['a segment that is cut off', [...header, ...segmentId, 0x01, 0xff]],
    ['an id of five bytes', [...header, 0x08, 1, 2, 3, 4, 0x80, ...segmentId, ...unknownSize, ...element(infoId, app)]],
    ['a size of nine bytes', [...header, 0xec, 0x00, 1, 2, 3, 4, 5, 6, 7, 8, ...live(element(infoId, app))]],
  ])('stays as it is with %s', (_, bytes) => {
    const beginning = Uint8Array.from(bytes);
    expect(webmWithDuration(beginning, 1234)).toBe(beginning);
  });

  test('with information that ends with what has arrived is told', () => {
    expect(patched(live(element(infoId, app)))).toEqual(live(withDuration(app, 1234)));
    expect(patched(live(element(infoId, [])))).toEqual(live(withDuration([], 1234)));
  });
});
