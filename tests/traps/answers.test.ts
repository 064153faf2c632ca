import { expect, test } from 'vitest';
import { type Client, meeting } from '../session/meeting.ts';

const consentOf = ({ session }: Client) => session.getSnapshot().self.consents['recording'];

/** A meeting in which bo is asked, on a laptop and on a phone. */
async function askedOnTwoDevices() {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
  const laptop = await all.joins('bo');
  const phone = await all.joins('bo', { endpoint: 'phone' });
  const requested = hana.session.requestRecording({ storage: 'cloud' });
  await all.passes();
  return { ...all, hana, laptop, phone, requested };
}

test('[G1] one person’s devices find the same prompt, and the answer that one of them gave', async () => {
  const { laptop, phone, joins, passes, hana } = await askedOnTwoDevices();
  expect(phone.session.getSnapshot().prompt?.noticeId).toBe(laptop.session.getSnapshot().prompt?.noticeId);
  void laptop.session.giveConsent('recording');
  await passes();
  expect(phone.told('noticeClosed')).toMatchObject([{ because: 'answered' }]);
  const tab = await joins('bo', { endpoint: 'tab' });
  expect([tab.session.getSnapshot().prompt, consentOf(tab)]).toEqual([null, 'given']);
  expect(tab.told('noticeRaised')).toMatchObject([{ kind: 'banner' }]);
  void laptop.session.leave();
  await passes();
  expect(hana.adapter.recorder.holds('bo')).toBe(true);
});

test.each(['agreement', 'refusal'])(
  '[G8] of an agreement and a refusal in flight from two devices of one person the refusal wins: first the %s',
  async (first) => {
    const { laptop, phone, passes, hana } = await askedOnTwoDevices();
    const agree = () => void laptop.session.giveConsent('recording');
    const refuse = () => void phone.session.refuseConsent('recording');
    for (const act of first === 'agreement' ? [agree, refuse] : [refuse, agree]) act();
    await passes();
    expect([laptop, phone].map(consentOf)).toEqual(['refused', 'refused']);
    expect(hana.adapter.recorder.holds('bo')).toBe(false);
    void laptop.session.giveConsent('recording');
    await passes();
    expect([laptop, phone].map(consentOf)).toEqual(['given', 'given']);
  },
);

test('[G3] [G8] an agreement that arrives after the withdrawal that followed it changes nothing', async () => {
  const { laptop, passes, hana, network } = await askedOnTwoDevices();
  const late: Parameters<typeof network.inject>[0][] = [];
  network.tap((message) => {
    if (!message.data.includes('"given"') || message.from !== 'bo') return undefined;
    late.push(message);
    return 'drop';
  });
  void laptop.session.giveConsent('recording');
  void laptop.session.withdrawConsent('recording');
  await passes();
  expect([late.length > 0, consentOf(laptop)]).toEqual([true, 'withdrawn']);
  for (const message of late) network.inject(message);
  await passes();
  expect([consentOf(laptop), hana.adapter.recorder.holds('bo')]).toEqual(['withdrawn', false]);
});

test('[G9] an answer that nobody confirms within 10 s is told to be unconfirmed, and counts when it arrives', async () => {
  const { laptop, passes, hana, network } = await askedOnTwoDevices();
  network.partition([['hana'], ['bo']]);
  const answered = laptop.session.giveConsent('recording');
  await passes(9000);
  expect(laptop.session.getSnapshot().prompt?.phase).toBe('sending');
  await passes(2000);
  expect(await answered).toEqual({ outcome: 'unconfirmed' });
  expect([consentOf(laptop), hana.adapter.recorder.holds('bo')]).toEqual(['shown', false]);
  network.heal();
  await passes(2000);
  expect([consentOf(laptop), hana.adapter.recorder.holds('bo')]).toEqual(['given', true]);
});

test('[G8] an answer that crosses the end of its recording is moot', async () => {
  const { laptop, passes, hana, network } = await askedOnTwoDevices();
  network.set({ latencyMs: [500, 500] });
  void hana.session.stopRecording();
  await passes(100);
  const answered = laptop.session.giveConsent('recording');
  await passes(2000);
  expect(await answered).toEqual({ outcome: 'moot', because: 'capture-ended' });
  expect([consentOf(laptop), laptop.session.status('recording')]).toEqual([undefined, 'off']);
});

test('[G1] [G8] an answer from somebody who has left changes nothing', async () => {
  const { laptop, phone, passes, hana, network } = await askedOnTwoDevices();
  const late: Parameters<typeof network.inject>[0][] = [];
  network.tap((message) => {
    if (!message.data.includes('"given"')) return undefined;
    late.push(message);
    return 'drop';
  });
  void laptop.session.giveConsent('recording');
  for (const { session } of [laptop, phone]) void session.leave();
  await passes();
  for (const message of late) network.inject(message);
  await passes();
  expect(hana.told('protocolFailed')).toMatchObject([{ code: 'protocol/unknown-sender', from: 'bo' }]);
  expect(hana.session.roster().rows.map(({ participantId }) => participantId)).toEqual(['hana']);
  expect(hana.adapter.recorder.holds('bo')).toBe(false);
});

test('[G8] every device of a person learns the revision that an answer was given, and goes on from there', async () => {
  const { laptop, phone, hana, network, passes } = await askedOnTwoDevices();
  const echoed: [string, string, number][] = [];
  const sent: [string, number][] = [];
  network.tap(({ from, to, data }) => {
    const message = JSON.parse(data);
    if (message.t === 'answer') sent.push([from, message.revision]);
    if (message.t === 'personal' && to.startsWith('bo'))
      for (const { consent, revision } of message.personal.consents) echoed.push([to, consent, revision]);
  });
  void laptop.session.giveConsent('recording');
  void phone.session.refuseConsent('recording');
  await passes();
  const [bo, second] = [laptop, phone].map(({ session }) => session);
  expect(sent.map(([, revision]) => revision)).toEqual([1, 1]);
  expect(new Set(echoed.slice(-2).map(([, consent, revision]) => [consent, revision].join(' ')))).toEqual(
    new Set(['refused 2']),
  );
  void bo?.giveConsent('recording');
  await passes();
  expect(sent.at(-1)?.[1]).toBe(3);
  expect([laptop, phone].map(consentOf)).toEqual(['given', 'given']);
  expect([second?.getSnapshot().prompt, hana.adapter.recorder.holds('bo')]).toEqual([null, true]);
});
