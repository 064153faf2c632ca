import { expect, test } from 'vitest';
import { meeting } from '../session/meeting.ts';

/** A meeting in which one refusal ends a request, and everyone has 20 s. */
async function withVeto() {
  const all = meeting();
  const policy = { extends: 'all-party', recording: { onRefusal: 'veto', timeoutMs: 20_000 } } as const;
  const hana = await all.joins('hana', { role: 'host', policy });
  const bo = await all.joins('bo');
  const requested = hana.session.requestRecording({ storage: 'cloud' });
  await all.passes();
  return { ...all, hana, bo, requested };
}

test('[G9] a host is told why a request has not started: by silence', async () => {
  const { passes, hana, requested } = await withVeto();
  await passes(25_000);
  expect(await requested).toMatchObject({ outcome: 'expired' });
  expect(hana.told('consentChanged').at(-1)).toMatchObject({ participantId: 'bo', consent: 'expired' });
});

test('[G9] a host is told why a request has not started: by a refusal', async () => {
  const { passes, hana, bo, requested } = await withVeto();
  void bo.session.refuseConsent('recording');
  await passes();
  expect(await requested).toMatchObject({ outcome: 'vetoed' });
  expect(hana.told('consentChanged').at(-1)).toMatchObject({ participantId: 'bo', consent: 'refused' });
});

test('[G1] a host who starts without waiting must say why', async () => {
  const { passes, hana, bo } = await withVeto();
  const started = hana.session.startWithoutWaiting({ reason: ' ' });
  await passes();
  expect(await started).toEqual({ outcome: 'denied', code: 'recording/reason-missing' });
  expect(bo.session.status('recording')).toBe('asking');
});
