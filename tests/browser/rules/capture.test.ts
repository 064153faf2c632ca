import { describe, expect, test } from 'vitest';
import {
  fileNameFor,
  type GateEvent,
  gatesAfter,
  gatesAtStart,
  mimeTypeFor,
  openGates,
  storageCode,
} from '../../../src/browser/capture.rules.ts';

const gatesOf = (...events: readonly GateEvent[]) => events.reduce(gatesAfter, gatesAtStart);

describe('the gates of a recording', () => {
  test('[G1] it begins with nobody, and a pause closes every gate until it ends', () => {
    expect(gatesAtStart).toEqual({ paused: false, included: [] });
    expect(openGates(gatesAtStart)).toEqual([]);
    const both = gatesOf({ type: 'include', who: ['ana', 'bo'] });
    expect(openGates(both)).toEqual(['ana', 'bo']);
    const paused = gatesAfter(both, { type: 'pause' });
    expect([paused, openGates(paused)]).toEqual([{ paused: true, included: ['ana', 'bo'] }, []]);
    expect(gatesAfter(paused, { type: 'resume' })).toEqual(both);
  });

  test('[G1] whoever is left out is out, also while it pauses; nobody is let in twice', () => {
    const events: GateEvent[] = [
      { type: 'include', who: ['ana', 'bo'] },
      { type: 'include', who: ['bo', 'cy'] },
      { type: 'pause' },
      { type: 'exclude', who: ['ana', 'dee'] },
    ];
    expect(gatesOf(...events)).toEqual({ paused: true, included: ['bo', 'cy'] });
    expect(openGates(gatesOf(...events, { type: 'resume' }))).toEqual(['bo', 'cy']);
  });

  test('an event that changes nothing gives the very same gates', () => {
    const one = gatesOf({ type: 'include', who: ['ana'] });
    const paused = gatesAfter(one, { type: 'pause' });
    expect(gatesAfter(one, { type: 'include', who: ['ana'] })).toBe(one);
    expect(gatesAfter(one, { type: 'exclude', who: ['bo'] })).toBe(one);
    expect(gatesAfter(one, { type: 'resume' })).toBe(one);
    expect(gatesAfter(paused, { type: 'pause' })).toBe(paused);
  });
});

describe('the file of a recording', () => {
  const types = [
    'video/webm;codecs=vp8,opus',
    'video/webm;codecs=vp9,opus',
    'video/webm',
    'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
    'video/mp4',
  ];

  test('is of the first type that the browser can write, of these and in this order', () => {
    for (const [index, type] of types.entries()) {
      const writable = types.slice(index);
      expect(mimeTypeFor(undefined, (each) => writable.includes(each))).toBe(type);
    }
    expect(mimeTypeFor(undefined, () => false)).toBeUndefined();
  });

  test('is of the type that is wanted, or of none', () => {
    expect(mimeTypeFor('video/x-own', () => true)).toBe('video/x-own');
    expect(mimeTypeFor('video/x-own', (type) => types.includes(type))).toBeUndefined();
  });

  test.each([
    ['r1', 'video/webm', 'recording-r1.webm'],
    ['r1', 'video/webm;codecs=vp8,opus', 'recording-r1.webm'],
    ['r1', 'video/mp4', 'recording-r1.mp4'],
    ['r1', 'video/mp4;codecs=avc1.42E01E,mp4a.40.2', 'recording-r1.mp4'],
    ['r1', 'video/mp4x', 'recording-r1.webm'],
    ['r1', 'x-video/mp4', 'recording-r1.webm'],
    ['../a b//c_D-9', 'video/webm', 'recording-a-b-c_D-9.webm'],
    ['--a--', 'video/webm', 'recording-a.webm'],
    ['..//', 'video/webm', 'recording-untitled.webm'],
    ['', 'video/webm', 'recording-untitled.webm'],
  ])('of the id %j, written as %s, is called %s', (id, type, name) => {
    expect(fileNameFor(id, type)).toBe(name);
  });

  test('[G9] a full storage has a code of its own', () => {
    const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    expect(storageCode(full)).toBe('capture/storage-full');
    expect(storageCode(new Error('QuotaExceededError'))).toBe('capture/storage-failed');
    expect(storageCode({ name: 'QuotaExceededError' })).toBe('capture/storage-failed');
    expect(storageCode(undefined)).toBe('capture/storage-failed');
  });
});
