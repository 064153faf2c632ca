import { describe, expect, test } from 'vitest';
import { type Client, type Coming, meeting } from './meeting.ts';

const consentOf = ({ session }: Client) => session.getSnapshot().self.consents['recording'];

async function hosted(policy: NonNullable<Coming['policy']>) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy });
  const bo = await all.joins('bo');
  await all.passes(1000);
  return { ...all, hana, bo, recorder: hana.adapter.recorder };
}

describe('the time of an answer', () => {
  test('[G9] runs once for a request that waits for everyone; who joins meanwhile has a time of their own after it', async () => {
    const { hana, bo, joins, passes } = await hosted({ extends: 'all-party', recording: { timeoutMs: 20_000 } });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(15_000);
    const cy = await joins('cy');
    await passes(4900);
    expect([hana.session.status('recording'), consentOf(bo), consentOf(cy)]).toEqual(['asking', 'shown', 'shown']);
    await passes(200);
    expect([hana.session.status('recording'), consentOf(bo), consentOf(cy)]).toEqual(['on', 'expired', 'shown']);
    await passes(19_700);
    expect(consentOf(cy)).toBe('shown');
    await passes(300);
    expect(consentOf(cy)).toBe('expired');
  });

  test('[G9] runs for each person from their first prompt where the start does not wait', async () => {
    const { hana, bo, joins, passes } = await hosted({ extends: 'gdpr', recording: { timeoutMs: 20_000 } });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(15_000);
    const cy = await joins('cy');
    await passes(5100);
    expect([consentOf(bo), consentOf(cy)]).toEqual(['expired', 'shown']);
    await passes(15_000);
    expect(consentOf(cy)).toBe('expired');
  });
});

describe('the requester', () => {
  test('[G1] agrees by asking, and alone that suffices', async () => {
    const { joins, within } = meeting();
    const hana = await joins('hana', { role: 'host', policy: 'all-party' });
    expect(await within(100, hana.session.requestRecording({ storage: 'cloud' }))).toMatchObject({
      outcome: 'started',
    });
    expect(hana.adapter.recorder.holds('hana')).toBe(true);
  });

  test.each([
    ['goes on without them', 'exclude', 'on', true],
    ['stops under veto', 'veto', 'off', false],
  ] as const)('[G3] may take their consent back: the recording %s', async (_, onRefusal, status, holdsBo) => {
    const { hana, bo, passes, recorder } = await hosted({ extends: 'gdpr', recording: { onRefusal } });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    void bo.session.giveConsent('recording');
    await passes(1000);
    expect([recorder.holds('hana'), recorder.holds('bo')]).toEqual([true, true]);
    void hana.session.withdrawConsent('recording');
    await passes(1000);
    expect([recorder.holds('hana'), recorder.holds('bo'), bo.session.status('recording')]).toEqual([
      false,
      holdsBo,
      status,
    ]);
  });
});

describe('one person with several sessions', () => {
  test('[G1] is present while one of them is, and has left when the last has', async () => {
    const { hana, bo, joins, passes, network, recorder } = await hosted('gdpr');
    const phone = await joins('bo', { endpoint: 'phone' });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    void phone.session.giveConsent('recording');
    await passes(100);
    network.partition([['hana', 'phone'], ['bo']]);
    await passes(20_000);
    expect(recorder.holds('bo')).toBe(true);
    network.heal();
    void phone.session.leave();
    await passes(5000);
    expect(recorder.holds('bo')).toBe(true);
    void bo.session.leave();
    await passes(100);
    expect([recorder.holds('bo'), hana.session.roster().rows.length]).toEqual([false, 1]);
  });
});

describe('a withdrawal', () => {
  test('[G3] [G13] gives back what one had when it is acknowledged, unless the policy holds who refuses', async () => {
    for (const [onRefusal, held] of [
      ['exclude', null],
      ['hold', 'refused'],
    ] as const) {
      const { hana, bo, passes, network } = await hosted({ extends: 'gdpr', recording: { onRefusal } });
      void hana.session.requestRecording({ storage: 'cloud' });
      await passes(100);
      void bo.session.giveConsent('recording');
      await passes(100);
      network.set({ latencyMs: [500, 500] });
      void bo.session.withdrawConsent('recording');
      expect(bo.adapter.devices.state().microphone).toBe(false);
      expect(bo.session.getSnapshot().hold?.because).toBe('withdrawing');
      await passes(2000);
      expect([bo.session.getSnapshot().hold?.because ?? null, bo.adapter.devices.state().microphone]).toEqual([
        held,
        held === null,
      ]);
    }
  });

  test('[G3] may be taken back in turn: the latest answer counts while its recording lives', async () => {
    const { hana, bo, passes, recorder } = await hosted('gdpr');
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    for (const [answer, holds] of [
      ['giveConsent', true],
      ['withdrawConsent', false],
      ['giveConsent', true],
      ['refuseConsent', false],
    ] as const) {
      void bo.session[answer]('recording');
      await passes(500);
      expect([answer, recorder.holds('bo')]).toEqual([answer, holds]);
    }
  });
});

test('[G1] after a crash the next recording is a new one: everyone is asked, whatever they agreed to before', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'local' });
  await all.passes(100);
  void bo.session.giveConsent('recording');
  await all.passes(6000);
  hana.machine.sleeps();
  all.network.crash('hana');
  await all.passes(60_000);
  expect([bo.session.getSnapshot().authorityId, bo.session.status('recording')]).toEqual(['cora', 'off']);
  void cora.session.requestRecording({ storage: 'local' });
  await all.passes(1000);
  expect([bo.session.getSnapshot().prompt?.kind, cora.adapter.recorder.holds('bo')]).toEqual(['prompt', false]);
});
