import { describe, expect, test } from 'vitest';
import type { PolicyInput } from '../../src/policy/policy.types.ts';
import type { CaptureController } from '../../src/recording/capture.types.ts';
import { type Coming, meeting } from './meeting.ts';

const broken = () => {
  throw new Error('broken');
};
const brokenDevices = { state: broken, subscribe: broken, hold: broken, release: broken };
const unheld = {
  state: () => ({ microphone: true, camera: true, screen: false, chat: true }),
  subscribe: () => () => {},
  hold: broken,
  release: broken,
};
const held = { extends: 'all-party', recording: { start: 'at-once', untilAnswered: 'hold' } } satisfies PolicyInput;

/** Hana asks Bo for a recording. */
async function asked(bo: Coming = {}, hana: Coming = {}) {
  const all = meeting();
  const host = await all.joins('hana', { role: 'host', policy: held, ...hana });
  const guest = await all.joins('bo', bo);
  const requested = host.session.requestRecording({ storage: 'cloud' });
  await all.passes(5000);
  return { ...all, host, guest, outcome: (ms: number) => all.within(ms, requested) };
}

describe('[G9] what is plugged in and throws', () => {
  test('devices: the notice stands, and a hold that is none is not confirmed', async () => {
    const { guest, host, within } = await asked({ plugs: { devices: brokenDevices } });
    const { connection, prompt } = guest.session.getSnapshot();
    expect([connection, prompt?.purpose, prompt?.shown]).toEqual(['connected', 'recording', true]);
    expect(host.session.roster().rows.find((row) => row.participantId === 'bo')?.captured).toBe(false);
    expect(await within(1000, guest.session.giveConsent('recording'))).toMatchObject({ outcome: 'recorded' });
    expect(host.session.roster().rows.find((row) => row.participantId === 'bo')?.captured).toBe(true);
  });

  test('[G3] devices: a withdrawal arrives all the same', async () => {
    const { guest, host, within, passes } = await asked({ plugs: { devices: unheld } });
    await within(1000, guest.session.giveConsent('recording'));
    expect(await within(1000, guest.session.withdrawConsent('recording'))).toMatchObject({ outcome: 'recorded' });
    await passes(100);
    expect(host.session.roster().rows.find((row) => row.participantId === 'bo')).toMatchObject({
      captured: false,
      because: 'withdrawn',
    });
    expect(guest.told('protocolFailed')).toContainEqual(
      expect.objectContaining({ code: 'session/task-threw', detail: 'Error: broken' }),
    );
  });

  test('[G4] a focus source: nobody is flagged for it, and the session goes on', async () => {
    const focus = { state: broken, subscribe: broken };
    const { guest, host, passes } = await asked({ plugs: { focus } });
    void host.session.enableAttentionTracking();
    void host.session.reportSharing(true);
    await passes(60_000);
    const { connection, attention, indicators } = guest.session.getSnapshot();
    expect([connection, indicators['recording'], attention]).toEqual([
      'connected',
      'on',
      { enabled: true, active: true, inattentive: false },
    ]);
    expect(host.told('attentionIndicatorChanged')).toEqual([]);
  });

  test('cues, at once or later: everything else is told', async () => {
    for (const play of [broken, () => Promise.reject(new Error('broken')) as unknown as undefined]) {
      const { guest } = await asked({ cues: { play } });
      expect([guest.session.getSnapshot().prompt?.purpose, guest.session.status('recording')]).toEqual([
        'recording',
        'on',
      ]);
      expect(guest.told('cueRequested').length).toBeGreaterThan(0);
    }
  });

  test('an inspector: a recording is asked for, and starts', async () => {
    const { guest, outcome } = await asked({}, { inspect: broken });
    expect([guest.session.status('recording'), await outcome(1000)]).toMatchObject(['on', { outcome: 'started' }]);
  });

  test('a recorder, in any call and in place of any promise: a request ends, and nobody is left with a wrong status', async () => {
    const calls = ['snapshot', 'subscribe', 'fence', 'start', 'include', 'exclude', 'renew', 'pause', 'stop'] as const;
    for (const call of calls) {
      const comes = meeting();
      const platform = comes.comes('hana', { role: 'host' }).adapter.capture as CaptureController;
      const capture = { ...platform, [call]: broken };
      const { guest, host, outcome, within } = await asked({}, { plugs: { capture } });
      const isStart = call === 'start';
      expect([call, (await outcome(1000))?.outcome]).toEqual([call, isStart ? 'failed' : 'started']);
      const stopped = await within(40_000, host.session.stopRecording());
      expect([call, stopped?.outcome]).toEqual([call, isStart ? 'denied' : 'done']);
      // One that does not stop has a lease, which runs out.
      expect([call, guest.session.status('recording')]).toEqual([call, 'off']);
    }
  });
});
