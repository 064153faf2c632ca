import { expect, test } from 'vitest';
import { meeting } from '../session/meeting.ts';

/** A meeting that is recorded, with bo in it, who has agreed to the recording and to its transcript. */
async function recorded({ exclude = 'works' as 'works' | 'fails' } = {}) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  const cy = await all.joins('cy');
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await all.passes(100);
  for (const { session } of [bo, cy]) {
    void session.answer(session.getSnapshot().prompt?.noticeId ?? '', { recording: 'given', transcription: 'given' });
  }
  await all.passes(100);
  if (exclude === 'fails') hana.adapter.recorder.fails('exclude');
  return { ...all, hana, bo, cy };
}

test('[G3] a withdrawal from the transcript alone is recorded at once', async () => {
  const { bo, within, hana } = await recorded();
  expect(await within(100, bo.session.withdrawConsent('transcription'))).toMatchObject({ outcome: 'recorded' });
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
});

test('[G9] a prompt whose purposes are answered differently is answered, and stands no more', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await all.passes(100);
  const { prompt } = bo.session.getSnapshot();
  const answers = { recording: 'given', transcription: 'refused' } as const;
  expect(await all.within(100, bo.session.answer(prompt?.noticeId ?? '', answers))).toMatchObject({
    outcome: 'recorded',
  });
  expect([bo.session.getSnapshot().prompt, hana.adapter.recorder.holds('bo')]).toEqual([null, true]);
});

test('[G1] [G9] a recorder that cannot leave somebody out is paused until it can, and then goes on', async () => {
  const { bo, hana, passes, within } = await recorded({ exclude: 'fails' });
  const withdrawn = bo.session.withdrawConsent('recording');
  expect(await within(500, withdrawn)).toMatchObject({ outcome: 'recorded' });
  expect([hana.session.status('recording'), hana.adapter.recorder.holds('bo')]).toEqual(['paused', false]);
  await passes(20_000);
  expect(hana.session.status('recording')).toBe('paused');
  hana.adapter.recorder.fails();
  await passes(5000);
  expect([hana.session.status('recording'), hana.adapter.recorder.holds('bo')]).toEqual(['on', false]);
  expect([hana.adapter.recorder.holds('cy'), hana.told('recordingFailed')]).toEqual([true, []]);
});

test('[G1] somebody who was let in stays in, whatever else of theirs comes or falls silent', async () => {
  const all = meeting();
  const policy = { extends: 'gdpr', recording: { onLateJoin: 'lobby' } } as const;
  const hana = await all.joins('hana', { role: 'host', policy });
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  const bo = await all.joins('bo');
  await all.passes(100);
  expect(bo.session.getSnapshot().admission).toBe('waiting');
  void hana.session.admit(['bo']);
  await all.passes(100);
  const tab = await all.joins('bo', { endpoint: 'bo-2' });
  await all.passes(100);
  expect([bo, tab].map(({ session }) => session.getSnapshot().admission)).toEqual(['admitted', 'admitted']);
  all.network.partition([['hana'], ['bo']]);
  await all.passes(20_000);
  all.network.heal();
  await all.passes(10_000);
  expect(bo.session.getSnapshot().admission).toBe('admitted');
  expect(hana.adapter.recorder.holds('bo')).toBe(false);
});
