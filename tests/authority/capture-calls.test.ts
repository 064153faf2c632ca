import { describe, expect, test } from 'vitest';
import type { FakeRecorderOptions } from '../../src/testing/fake-adapter.ts';
import { type Client, type Coming, meeting } from '../session/meeting.ts';

/** A recorded meeting: hana and bo are in the recording. */
async function recorded(recorder: FakeRecorderOptions = {}, policy: Coming['policy'] = 'gdpr') {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy, recorder });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  void bo.session.giveConsent('recording');
  await all.passes(1000);
  const statuses = () => [hana, bo].map(({ session }) => session.status('recording'));
  return { ...all, hana, bo, statuses, recorder: hana.adapter.recorder };
}

const codes = ({ told }: Client) => told('recordingFailed').map((payload) => (payload as { code?: string }).code);
const alerts = ({ told }: Client) => told('hostNotified').map((payload) => (payload as { kind: string }).kind);

describe('a lease', () => {
  test('[G2] is renewed for as long as the recording lives, and each renewal that fails is tried again', async () => {
    const { recorder, passes, statuses, bo } = await recorded();
    await passes(60_000);
    recorder.fails('renew');
    await passes(1900);
    recorder.fails();
    await passes(60_000);
    expect([recorder.holds('bo'), statuses(), codes(bo)]).toEqual([true, ['on', 'on'], []]);
  });

  test('[G2] of which half is gone without a renewal ends the recording by a stop, long before the recorder ends', async () => {
    const { recorder, passes, statuses, bo } = await recorded();
    recorder.fails('renew');
    await passes(7100);
    expect([recorder.holds('bo'), statuses(), codes(bo)]).toEqual([false, ['off', 'off'], ['capture/lease-lost']]);
  });

  test('[G2] is renewed no more after a stop that failed: on until it has run out, then off', async () => {
    const { hana, recorder, passes, statuses } = await recorded();
    recorder.fails('stop');
    void hana.session.stopRecording();
    await passes(7900);
    expect(statuses()).toEqual(['on', 'on']);
    await passes(3000);
    expect([recorder.holds('bo'), statuses()]).toEqual([false, ['off', 'off']]);
  });
});

test('[G2] without a lease a stop that failed reads unknown, alerts the host, and is repeated every 5 s until it is off', async () => {
  const { hana, bo, recorder, passes, statuses } = await recorded({ lease: false });
  recorder.fails('stop');
  void hana.session.stopRecording();
  await passes(100);
  expect([statuses(), alerts(hana), alerts(bo)]).toEqual([['unknown', 'unknown'], ['recording-failed'], []]);
  await passes(60_000);
  expect(statuses()).toEqual(['unknown', 'unknown']);
  recorder.fails();
  await passes(5000);
  expect([recorder.holds('bo'), statuses(), alerts(hana)]).toEqual([false, ['off', 'off'], ['recording-failed']]);
});

test('[G1] a pause that fails stops the recording', async () => {
  const { hana, bo, recorder, passes, statuses } = await recorded();
  recorder.fails('pause');
  void hana.session.pauseRecording();
  await passes(100);
  expect([recorder.holds('bo'), statuses(), codes(bo)]).toEqual([false, ['off', 'off'], ['capture/failed']]);
});

test('[G9] a resume that fails leaves it paused, and may be tried again', async () => {
  const { hana, recorder, passes, statuses } = await recorded();
  void hana.session.pauseRecording();
  await passes(100);
  recorder.fails('resume');
  void hana.session.resumeRecording();
  await passes(20_000);
  expect([recorder.holds('bo'), statuses()]).toEqual([false, ['paused', 'paused']]);
  recorder.fails();
  void hana.session.resumeRecording();
  await passes(100);
  expect([recorder.holds('bo'), statuses()]).toEqual([true, ['on', 'on']]);
});

test('[G1] an include that fails is tried again, and the person stays out until it has worked', async () => {
  const { hana, bo, recorder, passes, statuses } = await recorded();
  void bo.session.withdrawConsent('recording');
  await passes(100);
  recorder.fails('include');
  void bo.session.giveConsent('recording');
  await passes(1900);
  expect([recorder.holds('bo'), bo.session.getSnapshot().self.captured, statuses()]).toEqual([
    false,
    false,
    ['on', 'on'],
  ]);
  recorder.fails();
  await passes(2100);
  expect([recorder.holds('bo'), bo.session.getSnapshot().self.captured]).toEqual([true, true]);
  expect(hana.told('recordingPaused')).toEqual([]);
});

test('[G1] an exclude that comes to nothing in time stops a recorder that cannot pause; one that can is paused', async () => {
  for (const [pause, status] of [
    [true, 'paused'],
    [false, 'off'],
  ] as const) {
    const { bo, recorder, passes, statuses } = await recorded({ pause });
    recorder.hangs('exclude');
    void bo.session.withdrawConsent('recording');
    await passes(9900);
    expect([statuses(), bo.session.getSnapshot().hold?.because]).toEqual([['on', 'on'], 'withdrawing']);
    await passes(200);
    expect([recorder.holds('bo'), statuses()]).toEqual([false, [status, status]]);
  }
});

test('[G3] a withdrawal is acknowledged only when the recorder has left the person out', async () => {
  const { bo, recorder, passes, within } = await recorded();
  recorder.hangs('exclude');
  const withdrawn = bo.session.withdrawConsent('recording');
  expect(await within(9800, withdrawn)).toBeUndefined();
  await passes(400);
  expect(await within(100, withdrawn)).toMatchObject({ outcome: expect.stringMatching(/recorded|unconfirmed/) });
  expect(bo.session.getSnapshot().hold).toBeNull();
});
