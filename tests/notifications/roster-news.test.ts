import { expect, test } from 'vitest';
import type { Consent } from '../../src/consent/consent.types.ts';
import { answerNews, answersOver, isUnanswered, lifeOf } from '../../src/notifications/roster-news.rules.ts';
import type { ByPurpose, Channel } from '../../src/participants/participants.types.ts';
import type { RosterRow } from '../../src/recording/recording.types.ts';

const row = (consents: ByPurpose<Consent>, more: { channel?: Channel; recordingId?: string; present?: boolean } = {}) =>
  ({
    participantId: 'bo',
    role: 'participant',
    channel: 'app',
    present: true,
    admission: 'admitted',
    recordingId: 'r1',
    captured: false,
    consents,
    ...more,
  }) satisfies RosterRow;

test('a refusal, a withdrawal and an expiry are news, each once, whatever it is for', () => {
  const asked = row({ recording: 'shown', transcription: 'shown' });
  expect(answerNews(asked, row({ recording: 'refused', transcription: 'refused' }))).toEqual(['refused']);
  expect(answerNews(asked, row({ recording: 'given', transcription: 'expired' }))).toEqual(['expired']);
  expect(answerNews(row({ recording: 'given' }), row({ recording: 'withdrawn' }))).toEqual(['withdrawn']);
  expect(answerNews(row({ recording: 'refused' }), row({ recording: 'refused' }))).toEqual([]);
  expect(answerNews(undefined, row({ recording: 'refused' }))).toEqual(['refused']);
  const { recordingId: _, ...alone } = row({ captions: 'refused' });
  expect(answerNews(undefined, alone)).toEqual(['refused']);
});

test('the same answer for another recording is news, and an agreement or a bot is none', () => {
  expect(answerNews(row({ recording: 'refused' }), row({ recording: 'refused' }, { recordingId: 'r2' }))).toEqual([
    'refused',
  ]);
  expect(answerNews(row({ recording: 'shown' }), row({ recording: 'given' }))).toEqual([]);
  expect(answerNews(row({}), row({ recording: 'refused' }, { channel: 'bot' }))).toEqual([]);
});

test('what somebody no longer stands for is over', () => {
  expect(answersOver(row({ recording: 'given' }))).toEqual(['refused', 'withdrawn', 'expired']);
  expect(answersOver(row({ recording: 'given', transcription: 'refused' }))).toEqual(['withdrawn', 'expired']);
  expect(answersOver(undefined)).toEqual(['refused', 'withdrawn', 'expired']);
});

test('somebody’s consents are about the recording, else about the first purpose that lives without one', () => {
  const others = ['p1', 'p2'].map((recordingId) => ({ recordingId, consents: {} }));
  const { recordingId: _, ...alone } = row({});
  const rows = [{ ...row({}), others }, { ...alone, others }, alone] as unknown as readonly RosterRow[];
  expect(rows.map(lifeOf)).toEqual(['r1', 'p1', undefined]);
});

test('who is there, was asked and has not answered is unanswered; being shown it is enough where people are only told', () => {
  const asked = (consent: Consent) => [
    isUnanswered(row({ recording: consent }), () => 'explicit'),
    isUnanswered(row({ recording: consent }), () => 'notice'),
  ];
  expect([asked('requested'), asked('shown'), asked('given'), asked('refused'), asked('cannot-be-asked')]).toEqual([
    [true, true],
    [true, false],
    [false, false],
    [false, false],
    [false, false],
  ]);
  expect(isUnanswered(row({ recording: 'shown' }, { present: false }), () => 'explicit')).toBe(false);
  expect(isUnanswered(row({ recording: 'shown' }, { channel: 'bot' }), () => 'explicit')).toBe(false);
  expect(isUnanswered(row({}), () => 'explicit')).toBe(false);
});
