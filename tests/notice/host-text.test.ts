import { describe, expect, test } from 'vitest';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import { hostSummary } from '../../src/notice/host-text.ts';

describe('what a host is told', () => {
  test('names one person', () => {
    expect(hostSummary({ kind: 'withdrawn', names: ['Bo'] }, english)).toBe('Bo withdrew.');
    expect(hostSummary({ kind: 'late-joiner', names: ['Bo'] }, german)).toBe('Spät dazugekommen und wird gefragt: Bo.');
  });

  test('names three of many, and counts the rest', () => {
    expect(hostSummary({ kind: 'pending', names: ['Bo', 'Cy', 'Di', 'Ed'], others: 2 }, english)).toBe(
      'No answer yet from 6 people: Bo, Cy, Di, and 3 more.',
    );
    expect(hostSummary({ kind: 'refused', names: ['Bo', 'Cy'] }, german)).toBe(
      '2 Personen haben abgelehnt: Bo und Cy.',
    );
  });

  test('counts people without a name', () => {
    expect(hostSummary({ kind: 'expired', others: 1 }, english)).toBe('Someone did not answer in time.');
    expect(hostSummary({ kind: 'expired', others: 4 }, english)).toBe(
      '4 people did not answer in time: names not known.',
    );
  });

  test('says what went wrong, with its code where there is one', () => {
    expect(hostSummary({ kind: 'recording-failed' }, english)).toBe('The recording failed.');
    expect(hostSummary({ kind: 'recording-failed', code: 'capture/failed' }, english)).toBe(
      'The recording failed (capture/failed).',
    );
  });

  test('[G10] says that a capture was seen which nobody asked for', () => {
    expect(hostSummary({ kind: 'capture-seen' }, english)).toBe(
      'The meeting platform is recording, and nobody asked for it here. Everyone is shown the notice.',
    );
  });

  test('takes a name as text', () => {
    expect(hostSummary({ kind: 'refused', names: ['{count}\n\u202e<b>'] }, english)).toBe('{count} <b> refused.');
  });
});
