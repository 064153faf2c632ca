import { expect, test } from 'vitest';
import type { Answer } from '../../src/consent/consent.types.ts';
import { Answers } from '../../src/session/answers.ts';
import type { SessionContext } from '../../src/session/session-context.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { type Client, meeting } from './meeting.ts';

const consentOf = ({ session }: Client, id: string) =>
  session.roster().rows.find(({ participantId }) => participantId === id)?.consents['recording'];

/** A meeting under a policy that only tells. bo has the notice before him and has not looked: the test says when he has. */
async function told() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const bo = await all.joins('bo', { presents: 'confirmed' });
  const isLost = new Set<string>();
  all.network.tap(({ from, data }) => (from === 'bo' && isLost.has(JSON.parse(data).t) ? 'drop' : undefined));
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  const [notice] = bo.session.getSnapshot().notices;
  const looks = () => bo.session.confirmShown(notice?.noticeId ?? '');
  return { ...all, hana, bo, looks, isLost, holds: () => hana.adapter.recorder.holds('bo') };
}

test('[G1] for having seen the notice nobody is taken in whose withdrawal is on its way', async () => {
  const { hana, bo, looks, isLost, holds, passes } = await told();
  isLost.add('answer');
  void bo.session.withdrawConsent('recording');
  looks();
  await passes(3000);
  expect([holds(), consentOf(hana, 'bo')]).toEqual([false, 'requested']);
  isLost.clear();
  await passes(2000);
  expect([holds(), consentOf(hana, 'bo')]).toEqual([false, 'withdrawn']);
});

test('[G11] nor while whoever decides may not know where they are', async () => {
  const { bo, looks, isLost, holds, passes } = await told();
  isLost.add('command');
  void bo.session.declareRegion('DE');
  looks();
  await passes(3000);
  expect(holds()).toBe(false);
  isLost.clear();
  await passes(2000);
  expect([holds(), bo.session.getSnapshot().prompt?.consent]).toEqual([false, 'explicit']);
});

test('[G1] what was seen is told as soon as the decline that it waited for was heard', async () => {
  const { bo, looks, isLost, holds, passes } = await told();
  isLost.add('answer');
  void bo.session.answer(bo.session.getSnapshot().notices[0]?.noticeId ?? '', { recording: 'withdrawn' });
  await passes(1000);
  isLost.clear();
  await passes(2000);
  looks();
  void bo.session.giveConsent('recording');
  await passes(2000);
  expect(holds()).toBe(true);
});

test('[G1] [G3] who agrees, and then declines, is never taken in, though both are heard late', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  all.network.partition([['hana'], ['bo']]);
  const given = bo.session.giveConsent('recording');
  await all.passes(500);
  void bo.session.refuseConsent('recording');
  await all.passes(3000);
  all.network.heal();
  expect(await all.within(3000, given)).toMatchObject({ outcome: 'recorded' });
  expect(bo.session.getSnapshot().self.consents['recording']).toBe('refused');
  const captured = hana.told('captureChanged') as { participantId: string; captured: boolean }[];
  expect(captured.filter((each) => each.participantId === 'bo' && each.captured)).toEqual([]);
});

/** bo and the co-host cora are cut off from hana, who goes on recording; bo withdraws there, cora takes over. */
async function parted() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const cora = await all.joins('cora', { role: 'co-host', policy: 'notice-only' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'local' });
  await all.passes(1000);
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
  all.network.partition([['hana'], ['cora', 'bo']]);
  await all.passes(10_000);
  return { ...all, bo, cora, holds: () => hana.adapter.recorder.holds('bo') };
}

test('[G3] a withdrawal that its authority never heard is held against it when they meet again, whoever decided meanwhile', async () => {
  const { bo, holds, network, passes } = await parted();
  void bo.session.withdrawConsent('recording');
  await passes(50_000);
  expect([bo.session.status('recording'), bo.session.getSnapshot().hold]).toEqual(['off', null]);
  // Cora is gone, and hana decides over the epoch that bo has followed.
  network.partition([['cora'], ['hana', 'bo']]);
  let wasHeld = false;
  for (let second = 0; second < 40; second += 1) {
    await passes(1000);
    wasHeld ||= holds();
  }
  expect([bo.session.status('recording'), wasHeld]).toEqual(['on', false]);
});

test('[G3] a withdrawal is said to nobody any more once its recorder has confirmed the end, however late', async () => {
  const { bo, cora, network, passes } = await parted();
  const answers: string[] = [];
  network.tap(({ from, data }) => {
    if (from === 'bo' && JSON.parse(data).t === 'answer') answers.push(data);
  });
  void bo.session.withdrawConsent('recording');
  await passes(50_000);
  expect([bo.session.status('recording'), answers.length > 0]).toEqual(['off', true]);
  network.heal();
  await passes(20_000);
  answers.length = 0;
  void cora.session.handOver('hana');
  await passes(10_000);
  expect([bo.session.getSnapshot().authorityId, answers]).toEqual(['hana', []]);
});

/** A person’s answers, and what is said of them. */
function answersOf() {
  const said: Message[] = [];
  let ids = 0;
  const context = {
    randomId: () => `id-${ids++}`,
    clock: { now: () => 0 },
    tellAuthority: (m: Message) => said.push(m),
  };
  const answers = new Answers(context as unknown as SessionContext, { isDeclaring: false }, () => {});
  const answer = (given: Readonly<Record<string, Answer>>) =>
    void answers.send({ recordingId: 'r', answers: given, noticeId: undefined, shown: true, text: undefined });
  /** What has been said since the last look. */
  const told = () => said.splice(0).map((each) => each.t === 'answer' && each.answers);
  return { answers, answer, told };
}

test('[G3] who has agreed since then has taken a decline back that nobody ever heard', () => {
  const { answers, answer, told } = answersOf();
  answer({ recording: 'withdrawn' });
  answers.acknowledged('id-0', { outcome: 'moot', because: 'capture-ended' });
  expect([answers.isWaiting, [...answers.declining], told()]).toEqual([false, ['r'], [{ recording: 'withdrawn' }]]);
  answers.tick(1000);
  expect(told()).toEqual([]);
  answer({ recording: 'given' });
  answers.repeat();
  expect([told(), [...answers.declining]]).toEqual([[{ recording: 'given' }, { recording: 'given' }], []]);
});

test('[G3] what else they had declined is said again before it', () => {
  const { answers, answer, told } = answersOf();
  const both = { recording: 'withdrawn', transcription: 'withdrawn' } as const;
  answer(both);
  answers.acknowledged('id-0', { outcome: 'moot', because: 'capture-ended' });
  told();
  answer({ recording: 'given' });
  answers.tick(1000);
  expect(told()).toEqual([both]);
  answers.acknowledged('id-0', { outcome: 'recorded', receiptId: '', revision: 1 });
  answers.tick(2000);
  expect(told()).toEqual([{ recording: 'given' }]);
});

test('[G9] a decline that the same person has overtaken elsewhere keeps nothing from being said', () => {
  const { answers, answer, told } = answersOf();
  answer({ recording: 'withdrawn', transcription: 'withdrawn' });
  answers.acknowledged('id-0', { outcome: 'moot', because: 'superseded' });
  told();
  answer({ recording: 'given' });
  expect([told(), [...answers.declining]]).toEqual([[{ recording: 'given' }], []]);
});

test('[G13] a hold ends with the recording that it was for, even where its end is the first that is heard of it', async () => {
  const all = meeting();
  const policy = { extends: 'acknowledge', recording: { untilAnswered: 'hold' } } as const;
  const hana = await all.joins('hana', { role: 'host', policy });
  const bo = await all.joins('bo');
  let lost = 'meeting';
  all.network.tap(({ to, data }) => (to === 'bo' && JSON.parse(data).t === lost ? 'drop' : undefined));
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(2000);
  expect([bo.session.status('recording'), bo.session.getSnapshot().hold?.because]).toEqual(['asking', 'unanswered']);
  lost = 'personal';
  void hana.session.stopRecording();
  await all.passes(3000);
  expect([bo.session.status('recording'), bo.session.getSnapshot().hold]).toEqual(['off', null]);
});

test.each(['bot', 'person on the other side'])(
  '[G13] what a %s declines and has no part in is said to no other authority, and holds no devices',
  async (who) => {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
    await all.joins('cora', { role: 'co-host', policy: 'notice-only', reaches: hana });
    const bo = await all.joins('bo', who === 'bot' ? { channel: 'bot' } : {});
    await all.joins('cy');
    void hana.session.requestRecording({ storage: 'cloud', ...(who !== 'bot' && { only: ['cy'] }) });
    await all.passes(2000);
    expect(await all.within(1000, bo.session.withdrawConsent('recording'))).toEqual({
      outcome: 'moot',
      because: 'not-asked',
    });
    expect(bo.session.getSnapshot().hold).toBe(null);
    void hana.session.handOver('cora');
    await all.passes(2000);
    const { authorityId, hold } = bo.session.getSnapshot();
    expect([bo.session.status('recording'), authorityId, hold]).toEqual(['on', 'cora', null]);
  },
);

test.each([
  ['had ended when it was heard', true],
  ['ended after that', false],
])('[G5] [G9] a no to a purpose that %s holds when it is asked for again', async (_, isLate) => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party' });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void bo.session.giveConsent('recording');
  await all.passes(1000);
  void hana.session.requestTranscript();
  await all.passes(2000);
  let isLost = isLate;
  all.network.tap(({ from, data }) =>
    from === 'bo' && isLost && JSON.parse(data).t === 'answer' ? 'drop' : undefined,
  );
  void bo.session.withdrawConsent('transcription');
  await all.passes(100);
  void hana.session.stopTranscript();
  await all.passes(100);
  isLost = false;
  await all.passes(2000);
  void hana.session.requestTranscript();
  await all.passes(2000);
  const { consents } = bo.session.getSnapshot().self;
  expect([bo.session.status('transcription'), consents['transcription']]).toEqual(['on', 'refused']);
});

test.each([['live-captions'], ['recording']])(
  '[G2] who hears that %s is over knows that they are part of it no more, though that is said to them in vain',
  async (purpose) => {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
    const bo = await all.joins('bo');
    if (purpose === 'recording') void hana.session.requestRecording({ storage: 'cloud' });
    else void hana.session.requestPurpose({ purpose });
    await all.passes(1000);
    void bo.session.giveConsent(purpose);
    await all.passes(1000);
    const parts = () =>
      (bo.told('captureChanged') as { purpose: string; captured: boolean; because: string }[])
        .filter((each) => each.purpose === purpose)
        .map(({ captured, because }) => [captured, because]);
    expect(parts()).toEqual([[true, 'clear']]);
    all.network.tap(({ to, data }) => (to === 'bo' && JSON.parse(data).t === 'personal' ? 'drop' : undefined));
    void hana.session.leave();
    await all.passes(5000);
    expect([bo.session.status(purpose), parts()]).toEqual([
      'off',
      [
        [true, 'clear'],
        [false, 'ended'],
      ],
    ]);
    expect(bo.session.getSnapshot().self.captured).toBe(false);
  },
);

test('[G3] [G13] what is declined of a purpose that may still run is held at once, and named, whoever decides by then', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  await all.joins('cora', { role: 'co-host', policy: 'gdpr' });
  const bo = await all.joins('bo');
  void hana.session.requestPurpose({ purpose: 'live-captions' });
  await all.passes(1000);
  void bo.session.giveConsent('live-captions');
  await all.passes(1000);
  all.network.partition([['hana'], ['cora', 'bo']]);
  await all.passes(12_000);
  expect([bo.session.getSnapshot().authorityId, bo.session.status('live-captions')]).toEqual(['cora', 'unknown']);
  void bo.session.withdrawConsent('live-captions');
  await all.passes(100);
  const holds = () =>
    (bo.told('holdChanged') as { purpose: string; held: boolean }[]).map(({ purpose, held }) => [purpose, held]);
  expect(holds()).toEqual([['live-captions', true]]);
  await all.passes(60_000);
  expect([bo.session.status('live-captions'), holds().at(-1)]).toEqual(['off', ['live-captions', false]]);
});
