import { expect, test } from 'vitest';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import type { OwnRecording } from '../../src/authority/own-recording.ts';
import { ownState, seenState } from '../../src/authority/recording-state.ts';
import type { Status } from '../../src/participants/participants.types.ts';
import type { RecordingContext, RecordingRequest } from '../../src/recording/recording.types.ts';
import { askedRecording } from './asked-recording.ts';

interface Machine extends Partial<RecordingContext> {
  readonly live?: LiveRecording;
  readonly state?: string;
  readonly status?: Status;
  readonly request?: RecordingRequest;
}

const withLease = { storage: 'cloud', hasLease: true } as RecordingRequest;

/** What everyone is told of a recording that its machine says this of. */
const told = ({
  live = askedRecording(),
  state = 'on',
  status = 'on',
  request = withLease,
  ...context
}: Machine = {}) =>
  ownState({
    live,
    state,
    status,
    request,
    context: { outcome: null, code: null, started: true, ...context },
  } as OwnRecording);

const plain = { recordingId: 'r', purposes: ['recording'], by: { participantId: 'hana' }, endsBy: 'lease' };

test('[G2] of a recording everyone is told what it is and how far it has come, and no more than there is', () => {
  expect(told()).toStrictEqual({ ...plain, status: 'on', started: true });
  expect(told({ state: 'asking', status: 'asking', started: false })).toStrictEqual({
    ...plain,
    status: 'asking',
    started: false,
  });
  const live = askedRecording({ storage: 'cloud', reason: 'minutes' });
  live.withoutWaiting = { by: 'hana', reason: 'we begin' };
  live.lastBy = { participantId: 'cora' };
  expect(told({ live, status: 'paused' })).toStrictEqual({
    ...plain,
    status: 'paused',
    started: true,
    storage: 'cloud',
    reason: 'minutes',
    withoutWaiting: { by: 'hana', reason: 'we begin' },
    lastBy: { participantId: 'cora' },
  });
});

test('[G2] a purpose that is still asked for says so beside the status of the recording, until it is on with it', () => {
  const live = askedRecording({ purposes: ['recording', 'transcription'] });
  expect(told({ live })).toStrictEqual({
    ...plain,
    purposes: ['recording', 'transcription'],
    status: 'on',
    started: true,
    statuses: { transcription: 'asking' },
  });
  live.purposesOn.add('transcription');
  expect(told({ live })).not.toHaveProperty('statuses');
});

test('[G2] what ends it when its authority is gone: its client’s end, its lease, or only the platform', () => {
  const endsBy = (storage: RecordingRequest['storage'], hasLease: boolean) =>
    told({ request: { storage, hasLease } as RecordingRequest }).endsBy;
  expect([endsBy('local', true), endsBy('local', false), endsBy('cloud', true), endsBy('cloud', false)]).toEqual([
    'client',
    'client',
    'lease',
    'platform',
  ]);
});

test('[G2] how it ended is told once it has, not while it is being stopped', () => {
  expect(told({ state: 'stopping', outcome: 'stopped' })).not.toHaveProperty('ended');
  expect(told({ state: 'off', status: 'off', outcome: null })).not.toHaveProperty('ended');
  const ended = (more: Machine) => told({ state: 'off', status: 'off', ...more }).ended;
  expect(ended({ outcome: 'stopped' })).toStrictEqual({ outcome: 'stopped' });
  expect(ended({ outcome: 'stopped', code: 'authority/left' })).toStrictEqual({
    outcome: 'stopped',
    code: 'authority/left',
  });
  const live = askedRecording();
  live.isEndConfirmed = true;
  expect(ended({ live, outcome: 'vetoed' })).toStrictEqual({ outcome: 'vetoed', confirmed: true });
});

test('a failure says whether it may be tried again: where the recorder failed or was too slow', () => {
  const codes = ['capture/failed', 'capture/timed-out', 'capture/lease-lost', 'recording/blocked'];
  const retryable = codes.map((code) => told({ state: 'off', outcome: 'failed', code }).ended?.retryable);
  expect(retryable).toEqual([true, true, false, false]);
  expect(told({ state: 'off', outcome: 'failed' }).ended).toStrictEqual({ outcome: 'failed', retryable: false });
});

test('[G10] a capture of the platform is told of as one: running, paused, ended, and whether it is controlled', () => {
  const live = askedRecording({ seen: true, by: 'unknown' });
  const platform = { ...plain, by: 'unknown', started: true, seen: true, endsBy: 'platform' };
  expect(seenState(live, true)).toStrictEqual({ ...platform, status: 'on' });
  live.isPaused = true;
  expect(seenState(live, true)).toStrictEqual({ ...platform, status: 'paused' });
  expect(seenState(live, false)).toStrictEqual({ ...platform, status: 'off', ended: { outcome: 'stopped' } });
  const controlled = askedRecording({ seen: true, by: 'unknown', controlled: true });
  expect(seenState(controlled, true)).toStrictEqual({ ...platform, status: 'on', controlled: true });
});
