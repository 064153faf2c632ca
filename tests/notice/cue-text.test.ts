import { describe, expect, test } from 'vitest';
import type { CueToSay } from '../../src/notice/cue-text.ts';
import { english } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import { everyCue, type SomeonesCue, spoken } from './every-notice.ts';

const heard = (input: Partial<SomeonesCue>, catalogue = english) =>
  spoken({ cue: 'asking', purposes: ['recording'], phone: false, asks: true, ...input }, catalogue);

describe('beside a screen', () => {
  test('a cue that asks is short and points to the screen', () => {
    expect(heard({ byName: 'Hana', storage: 'cloud' })).toEqual({
      text: 'Do you agree to be recorded? Asked for by Hana. Please answer on your screen.',
      locale: 'en',
    });
  });

  test('one compound cue tells of a recording and its transcript', () => {
    expect(heard({ cue: 'started', asks: false, purposes: ['recording', 'transcription'] })).toEqual({
      text: 'This meeting is being recorded, with a transcript.',
      locale: 'en',
    });
  });

  test.each([
    ['paused', 'The recording is paused.', 'Paused: AI notes.'],
    ['resumed', 'The recording goes on. This meeting is being recorded.', 'Going on: AI notes.'],
    ['stopped', 'The recording has ended.', 'Ended: AI notes.'],
    ['ended-unexpectedly', 'The recording failed. It is not running.', 'Failed and not running: AI notes.'],
  ] as const)('%s is said of a recording and of any other purpose', (cue, recording, other) => {
    expect(heard({ cue, asks: false }).text).toBe(recording);
    expect(heard({ cue, asks: false, purposes: ['recording', 'transcription'] }).text).toBe(recording);
    expect(heard({ cue, asks: false, purposes: ['ai-notes'] }).text).toBe(other);
  });

  test('who is not asked hears that others are', () => {
    expect(heard({ asks: false, byName: 'Hana' }).text).toBe(
      'Everyone is being asked about: recording. Asked for by Hana.',
    );
  });

  test('who is only to be told hears what is about to be', () => {
    expect(heard({ asks: false, consent: 'notice' }).text).toBe('This meeting is about to be recorded.');
    expect(heard({ asks: false, consent: 'notice', running: true }).text).toBe('This meeting is being recorded.');
  });

  test('who comes late hears that it runs already', () => {
    expect(heard({ running: true }).text).toBe(
      'Do you agree to be recorded? It is already running. Please answer on your screen.',
    );
    expect(heard({ running: true, consent: 'acknowledge' }).text).toBe(
      'This meeting is being recorded. Please answer on your screen.',
    );
  });

  test('a reminder asks again, or names the notice', () => {
    expect(heard({ cue: 'reminder' }).text).toBe(
      'Reminder: your answer is missing. Do you agree to be recorded? Please answer on your screen.',
    );
    expect(heard({ cue: 'reminder', asks: false }).text).toBe(
      'Reminder: there is a notice about recording in this meeting.',
    );
  });
});

describe('on a phone (R4)', () => {
  test('the whole notice is heard, and the keys that answer it', () => {
    expect(
      heard({
        phone: true,
        byName: 'Hana',
        storage: 'local',
        consent: 'explicit',
        running: false,
        refusal: 'excluded',
      }),
    ).toEqual({
      text:
        'Do you agree to be recorded? Asked for by Hana. It has not started yet. It is stored on the host’s own device. ' +
        'The meeting provider has no control over it and cannot delete it for you. If you refuse: You stay in the ' +
        'meeting. Your voice, your picture and what you share are left out of the recording. You can change your ' +
        'answer at any time. Press 1 to agree, 2 to refuse, star to hear this again.',
      locale: 'en',
      keys: { '1': 'agree', '2': 'refuse', '*': 'repeat' },
    });
  });

  test('"Continue" has a key too', () => {
    const { text, keys } = heard({ phone: true, consent: 'acknowledge' });
    expect(text.endsWith('Press 1 to continue, 2 to refuse, star to hear this again.')).toBe(true);
    expect(keys).toEqual({ '1': 'agree', '2': 'refuse', '*': 'repeat' });
  });

  test('[G3] who is only told has a key to be left out as soon as it runs', () => {
    expect(heard({ cue: 'started', asks: false, phone: true, storage: 'cloud', consent: 'notice' })).toEqual({
      text:
        'This meeting is being recorded. It is stored in the meeting provider’s cloud. Press 2 to refuse, star to hear ' +
        'this again.',
      locale: 'en',
      keys: { '2': 'refuse', '*': 'repeat' },
    });
    expect(heard({ phone: true, consent: 'notice' }).keys).toEqual({ '2': 'refuse', '*': 'repeat' });
  });

  test('who cannot answer is offered no key', () => {
    expect(heard({ cue: 'started', asks: false, phone: true })).toEqual({
      text: 'This meeting is being recorded.',
      locale: 'en',
    });
  });

  test('German speaks the same keys', () => {
    expect(heard({ phone: true }, german)).toEqual({
      text:
        'Sind Sie einverstanden, dass Sie aufgezeichnet werden? Sie können Ihre Antwort jederzeit ändern. Drücken Sie ' +
        'die 1, um zuzustimmen, die 2, um abzulehnen, und Stern, um dies noch einmal zu hören.',
      locale: 'de',
      keys: { '1': 'agree', '2': 'refuse', '*': 'repeat' },
    });
  });
});

describe('every cue', () => {
  const cues = everyCue().map((input) => ({ input, said: spoken(input, english) }));
  const failing = (fails: (cue: (typeof cues)[number]) => boolean) => cues.filter(fails).slice(0, 3);

  test('says something, on one line, to its end', () => {
    expect(failing(({ said }) => !/^\S.*[.!?]$/.test(said.text))).toEqual([]);
  });

  test('names exactly the keys that it takes', () => {
    expect(
      failing(({ said }) => {
        const named = [/Press 1 to/, /(Press|,) 2 to/, /star to hear/].map((key) => key.test(said.text));
        return String(named) !== String(['1', '2', '*'].map((key) => Object.hasOwn(said.keys ?? {}, key)));
      }),
    ).toEqual([]);
  });

  test('has keys only on a phone, and always where a caller is asked', () => {
    expect(failing(({ input, said }) => said.keys !== undefined && !input.phone)).toEqual([]);
    const asking = (cue: CueToSay['cue']) => cue === 'asking' || cue === 'reminder';
    expect(
      failing(({ input, said }) => input.phone && input.asks && asking(input.cue) && said.keys?.['2'] !== 'refuse'),
    ).toEqual([]);
  });
});
