import { expect, test } from 'vitest';
import { EndedRecordings } from '../../src/authority/ended-recordings.ts';
import type { RecordingState } from '../../src/transport/messages.types.ts';

const ended = (recordingId: string, more: Partial<RecordingState> = {}): RecordingState => ({
  recordingId,
  status: 'off',
  purposes: ['recording'],
  by: 'unknown',
  started: true,
  endsBy: 'lease',
  ended: { outcome: 'stopped' },
  ...more,
});
const idsIn = ({ states }: EndedRecordings) => states.map(({ recordingId }) => recordingId);

test('[G8] the three recordings that ended last are told of, the latest first', () => {
  const recordings = new EndedRecordings();
  expect(recordings.states).toEqual([]);
  for (const id of ['a', 'b', 'c', 'd']) recordings.add(ended(id));
  expect(idsIn(recordings)).toEqual(['d', 'c', 'b']);
});

test('[G2] what another authority captured is told of once it has ended, and what is known already is confirmed', () => {
  const recordings = new EndedRecordings();
  recordings.add(ended('a'));
  for (const id of ['a', 'b', 'a']) recordings.addElsewhere(id);
  expect(recordings.states).toEqual([
    ended('b', { endsBy: 'client', ended: { outcome: 'stopped', confirmed: true } }),
    ended('a', { ended: { outcome: 'stopped', confirmed: true } }),
  ]);
});

test('[G10] a capture of the platform is none of the meeting’s own', () => {
  const recordings = new EndedRecordings();
  recordings.add(ended('a'));
  recordings.add(ended('b', { seen: true }));
  expect(['a', 'b', 'c'].map((id) => recordings.hasOwn(id))).toEqual([true, false, false]);
});

test('[G2] a recording that goes on has not ended; one that ends again is told of once, as the last', () => {
  const recordings = new EndedRecordings();
  for (const id of ['a', 'b', 'c']) recordings.add(ended(id));
  recordings.add(ended('a', { ended: { outcome: 'failed' } }));
  expect(recordings.states).toEqual([ended('a', { ended: { outcome: 'failed' } }), ended('c'), ended('b')]);
  recordings.drop('c');
  recordings.drop('unknown');
  expect(idsIn(recordings)).toEqual(['a', 'b']);
});
