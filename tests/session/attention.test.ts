import { describe, expect, test } from 'vitest';
import type { AttentionChange } from '../../src/hooks/hooks.types.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { type Client, type Coming, meeting } from './meeting.ts';

const notice = { presents: 'assumed' } as const satisfies Coming;

/** Hana hosts and shares, tracking is on, and these are here. */
async function tracked(policy: Coming['policy'] = 'notice-only', ...others: string[]) {
  const all = meeting({ vouches: 'sender-and-role' });
  const sent: { from: string; to: string; body: Message }[] = [];
  all.network.tap(({ from, to, data }) => void sent.push({ from, to, body: JSON.parse(data) }));
  const hana = await all.joins('hana', { role: 'host', policy });
  const people: Client[] = [];
  for (const id of ['bo', ...others]) people.push(await all.joins(id, notice));
  const [bo] = people as [Client];
  await all.within(0, hana.session.enableAttentionTracking());
  await all.within(0, hana.session.reportSharing(true));
  const edges = () => sent.filter(({ body }) => body.t === 'attention');
  return { ...all, hana, bo, people, sent, edges };
}

/** Tracking is on, and by whom is known by name. */
async function enabledByHana() {
  const all = meeting({ vouches: 'sender-and-role' });
  const hana = await all.joins('hana', { role: 'host', name: 'Hana', policy: 'notice-only' });
  await all.within(0, hana.session.enableAttentionTracking());
  return { ...all, hana };
}

const changes = (host: Client): AttentionChange[] =>
  host.told('attentionIndicatorChanged').flatMap((payload) => (payload as { changes: AttentionChange[] }).changes);
const icons = (host: Client): string[] =>
  changes(host).map(({ participantId, inattentive }) => `${participantId} ${inattentive}`);
const failures = (client: Client): string[] =>
  client.told('protocolFailed').map((payload) => (payload as { code: string }).code);

describe('on a participant’s own client', () => {
  test('[G4] 30,000 ms away are not enough, 30,001 are; their own flag shows it to themselves', async () => {
    const { bo, hana, passes } = await tracked();
    bo.adapter.turnsFocus('lost');
    await passes(30_000);
    expect([bo.session.getSnapshot().attention.inattentive, icons(hana)]).toEqual([false, []]);
    await passes(1);
    expect(bo.session.getSnapshot().attention).toEqual({ enabled: true, active: true, inattentive: true });
    await passes(16);
    expect(changes(hana)).toEqual([{ participantId: 'bo', inattentive: true, sinceMs: 30_017 }]);
  });

  test('[G4] coming back clears at once, and the whole time counts again', async () => {
    const { bo, hana, passes } = await tracked();
    bo.adapter.turnsFocus('lost');
    await passes(40_000);
    bo.adapter.turnsFocus('focused');
    await passes(0);
    expect(bo.session.getSnapshot().attention.inattentive).toBe(false);
    bo.adapter.turnsFocus('lost');
    await passes(30_000);
    expect(icons(hana)).toEqual(['bo true', 'bo false']);
    await passes(20);
    expect(icons(hana)).toEqual(['bo true', 'bo false', 'bo true']);
  });

  test('[G4] being told late counts from then: what was before the notice was on screen does not', async () => {
    const all = await tracked();
    const cy = await all.joins('cy', { presents: 'confirmed' });
    cy.adapter.turnsFocus('lost');
    await all.passes(60_000);
    expect(icons(all.hana)).toEqual([]);
    const [banner] = cy.session.getSnapshot().notices;
    expect(banner).toMatchObject({ purpose: 'attention-tracking', kind: 'banner', shown: false });
    cy.session.confirmShown(banner?.noticeId ?? '');
    await all.passes(30_000);
    expect(icons(all.hana)).toEqual([]);
    await all.passes(20);
    expect(icons(all.hana)).toEqual(['cy true']);
  });

  test('[G4] a person is told who has turned it on, by name, and by another authority too', async () => {
    const { hana, joins, within } = await enabledByHana();
    const bo = await joins('bo', notice);
    const cleo = await joins('cleo', { role: 'co-host' });
    const said = () =>
      bo.session.getSnapshot().notices.map(({ requestedBy, text }) => [requestedBy, text.body.split('.')[0]]);
    const before = said();
    await within(0, hana.session.handOver('cleo'));
    const late = await joins('late', notice);
    expect([before, late.session.getSnapshot().notices.map(({ requestedBy }) => requestedBy)]).toEqual([
      [[{ participantId: 'hana', name: 'Hana' }, 'Asked for by Hana']],
      [{ participantId: 'hana', name: 'Hana' }],
    ]);
    expect(cleo.session.getSnapshot().authorityId).toBe('cleo');
  });

  test('[G4] a client that cannot tell says nothing, and is told apart on the roster', async () => {
    const { bo, hana, passes, joins } = await tracked();
    await joins('room', { channel: 'room-system' });
    bo.adapter.turnsFocus('lost');
    await passes(20_000);
    bo.adapter.turnsFocus('cannot-tell');
    await passes(60_000);
    expect(icons(hana)).toEqual([]);
    const signals = hana.session.roster().rows.map(({ participantId, attention }) => [participantId, attention]);
    expect(signals).toEqual([
      ['hana', undefined],
      ['bo', 'unavailable'],
      ['room', 'unavailable'],
    ]);
  });

  test('[G4] a loss said to have been before the last thing that counted, in the future, or at no time, is now', async () => {
    for (const shiftMs of [-1_000_000, 1_000_000, Number.NaN]) {
      const { bo, hana, passes, within, clock } = await tracked();
      await within(0, hana.session.reportSharing(false));
      const heard: ((state: 'lost', at: number) => void)[] = [];
      Object.assign(bo.adapter.focus, {
        subscribe: (listener: (state: 'lost', at: number) => void) => {
          heard.push(listener);
          return () => {};
        },
      });
      await within(0, hana.session.reportSharing(true));
      await passes(5000);
      bo.adapter.turnsFocus('lost');
      for (const listener of heard) listener('lost', clock.now() + shiftMs);
      await passes(30_000);
      expect([shiftMs, icons(hana)]).toEqual([shiftMs, []]);
      await passes(20);
      expect([shiftMs, icons(hana)]).toEqual([shiftMs, ['bo true']]);
    }
  });

  test('[G4] two devices of one person: inattentive only when both are', async () => {
    const { hana, bo, passes, joins } = await tracked();
    const phone = await joins('bo', { endpoint: 'bo-2' });
    bo.adapter.turnsFocus('lost');
    await passes(60_000);
    expect(icons(hana)).toEqual([]);
    phone.adapter.turnsFocus('lost');
    await passes(30_020);
    expect(icons(hana)).toEqual(['bo true']);
    phone.adapter.turnsFocus('focused');
    await passes(20);
    expect(icons(hana)).toEqual(['bo true', 'bo false']);
  });

  test('[G4] whoever shares looks at what they share: they are not away', async () => {
    const { hana, bo, passes, within } = await tracked(
      { extends: 'notice-only', attention: { armedBy: 'anyone' } },
      'cy',
    );
    await within(0, hana.session.reportSharing(false));
    bo.adapter.turnsFocus('lost');
    bo.adapter.shares(true);
    await passes(60_000);
    expect([icons(hana), hana.session.getSnapshot().attention.active]).toEqual([[], true]);
  });

  test('[G4] whoever begins to share is away no more, on each board, and counts anew once they have ended', async () => {
    const { bo, hana, passes, within } = await tracked();
    bo.adapter.turnsFocus('lost');
    await passes(31_000);
    await within(0, bo.session.reportSharing(true));
    await passes(20);
    expect([icons(hana), bo.session.getSnapshot().attention.inattentive]).toEqual([['bo true', 'bo false'], false]);
    await passes(60_000);
    await within(0, bo.session.reportSharing(false));
    await passes(30_000);
    expect(icons(hana)).toEqual(['bo true', 'bo false']);
    await passes(20);
    expect(icons(hana)).toEqual(['bo true', 'bo false', 'bo true']);
  });

  test('[G4] hosts are not tracked, and are asked nothing; whoever becomes one is tracked no more', async () => {
    const { hana, bo, passes, network, joins } = await tracked('gdpr');
    const hugo = await joins('hugo', { role: 'co-host' });
    expect([hana, hugo].map(({ session }) => session.getSnapshot().notices)).toEqual([[], []]);
    await bo.session.giveConsent('attention-tracking');
    bo.adapter.turnsFocus('lost');
    await passes(30_050);
    expect(icons(hana)).toEqual(['bo true']);
    // The service says so to whoever asks, from now on.
    network.connect({ participantId: 'bo', role: 'co-host', endpoint: 'unused' });
    await passes(20_000);
    expect([icons(hana).at(-1), bo.session.getSnapshot().notices]).toEqual(['bo false', []]);
  });
});

describe('the answer about it', () => {
  test('[G4] stays on the person’s own client: no message says it, and hosts hear of no consent', async () => {
    const { bo, hana, sent, passes } = await tracked('gdpr');
    const before = sent.length;
    expect(await bo.session.giveConsent('attention-tracking')).toMatchObject({ outcome: 'recorded' });
    await passes(0);
    expect(sent.slice(before).map(({ body }) => body.t)).toEqual([]);
    expect(bo.session.getSnapshot().self.consents).toEqual({ 'attention-tracking': 'given' });
    expect(bo.told('consentChanged')).toContainEqual(
      expect.objectContaining({ participantId: 'bo', purpose: 'attention-tracking', consent: 'given' }),
    );
    expect(hana.told('consentChanged')).toEqual([]);
    expect(JSON.stringify(hana.session.roster())).not.toContain('given');
  });

  test('[G4] a host receives from who refuses, message for message, what they receive from who attends', async () => {
    const toHana = async (refuses: boolean) => {
      const all = await tracked('gdpr', 'cy');
      const [bo] = all.people as [Client];
      if (refuses) void bo.session.refuseConsent('attention-tracking');
      else void bo.session.giveConsent('attention-tracking');
      await all.passes(1000);
      // Who attends stays; who refuses goes away for long, and comes back.
      if (refuses) bo.adapter.turnsFocus('lost');
      await all.passes(100_000);
      if (refuses) bo.adapter.turnsFocus('focused');
      await all.passes(10_000);
      return all.sent.filter(({ to }) => to === 'hana').map(({ from, body }) => [from, body.t]);
    };
    expect(await toHana(true)).toEqual(await toHana(false));
  });

  test('[G4] agreeing needs the notice on screen, refusing and withdrawing need nothing', async () => {
    const all = await tracked('gdpr');
    const cy = await all.joins('cy', { presents: 'confirmed' });
    expect(await cy.session.giveConsent('attention-tracking')).toEqual({ outcome: 'denied', code: 'notice/not-shown' });
    expect(await cy.session.refuseConsent('attention-tracking')).toMatchObject({ outcome: 'recorded' });
    expect(cy.session.getSnapshot().prompt).toBe(null);
    // Who refused unseen has not been told by that.
    expect(await cy.session.giveConsent('attention-tracking')).toEqual({ outcome: 'denied', code: 'notice/not-shown' });
    expect(await cy.session.reviewConsent('attention-tracking')).toEqual({ outcome: 'done' });
    expect(await cy.session.giveConsent('attention-tracking')).toEqual({ outcome: 'denied', code: 'notice/not-shown' });
    const { prompt } = cy.session.getSnapshot();
    expect(prompt).toMatchObject({ purpose: 'attention-tracking', kind: 'prompt', consent: 'explicit' });
    cy.session.confirmShown(prompt?.noticeId ?? '');
    const given = await cy.session.answer(prompt?.noticeId ?? '', { 'attention-tracking': 'given' });
    expect(given).toMatchObject({ outcome: 'recorded' });
    expect(await cy.session.acknowledge('attention-tracking')).toEqual({
      outcome: 'denied',
      code: 'consent/not-enough',
    });
  });

  test('[G4] where nothing is asked there is nothing to answer', async () => {
    const all = meeting();
    await all.joins('hana', { role: 'host' });
    const bo = await all.joins('bo');
    const outcomes = [bo.session.giveConsent('attention-tracking'), bo.session.reviewConsent('attention-tracking')];
    expect(await Promise.all(outcomes)).toEqual([
      { outcome: 'denied', code: 'consent/not-asked' },
      { outcome: 'denied', code: 'consent/not-asked' },
    ]);
  });
});

describe('edges', () => {
  test('[G4] go to hosts alone, one by one, only on a change, and until they are there', async () => {
    const { bo, edges, passes, joins, hana } = await tracked('notice-only', 'cy');
    const hugo = await joins('hugo', { role: 'co-host' });
    await passes(60_000);
    expect(edges()).toEqual([]);
    bo.adapter.turnsFocus('lost');
    await passes(90_000);
    bo.adapter.turnsFocus('focused');
    await passes(60_000);
    expect(edges().map(({ from, to, body }) => [from, to, (body as { inattentive: boolean }).inattentive])).toEqual([
      ['bo', 'hana', true],
      ['bo', 'hugo', true],
      ['bo', 'hana', false],
      ['bo', 'hugo', false],
    ]);
    expect([icons(hana), icons(hugo)]).toEqual([
      ['bo true', 'bo false'],
      ['bo true', 'bo false'],
    ]);
  });

  test('[G4] nothing that anybody else is told has a word of it', async () => {
    const { bo, sent, passes, people, joins } = await tracked('notice-only', 'cy');
    await joins('hugo', { role: 'co-host' });
    bo.adapter.turnsFocus('lost');
    await passes(60_000);
    const cy = people[1] as Client;
    expect(cy.told('attentionIndicatorChanged')).toEqual([]);
    const toOthers = sent.filter(({ to, body }) => to === 'cy' && JSON.stringify(body).includes('inattentive'));
    expect(toOthers).toEqual([]);
    expect(JSON.stringify(cy.session.getSnapshot())).not.toContain('"inattentive":true');
    const facts = sent.filter(({ from, body }) => from === 'hana' && /meeting|personal|roster|beacon/.test(body.t));
    expect(facts.filter(({ body }) => JSON.stringify(body).includes('inattentive'))).toEqual([]);
  });

  test('[G4] from who is not tracked, about no share, too early, or of a later epoch: dropped and counted', async () => {
    const { bo, hana, sent, network, passes, joins } = await tracked();
    await joins('hugo', { role: 'co-host' });
    bo.adapter.turnsFocus('lost');
    await passes(31_000);
    const real = sent.find(({ body }) => body.t === 'attention')?.body as Extract<Message, { t: 'attention' }>;
    const says = async (from: string, body: object) => {
      const before = failures(hana).length;
      network.inject({ from, to: 'hana', data: messageText({ ...real, n: 99, ...body } as Message) });
      await passes(20);
      return failures(hana).slice(before);
    };
    const shown = icons(hana);
    expect(await says('hugo', {})).toEqual(['attention/not-tracked']);
    expect(await says('bo', { share: 'another', inattentive: false })).toEqual(['attention/not-armed']);
    expect(await says('bo', { sinceMs: 30_000 })).toEqual(['attention/not-armed']);
    expect(await says('bo', { epoch: { ...real.epoch, number: 99 }, inattentive: false })).toEqual([
      'attention/not-armed',
    ]);
    expect(await says('bo', { sinceMs: -1 })).toEqual(['protocol/not-a-message']);
    expect(await says('nobody', {})).toEqual(['protocol/unknown-sender']);
    expect(icons(hana)).toEqual(shown);
    expect(await says('bo', { n: 0, inattentive: false })).toEqual([]);
    expect(icons(hana)).toEqual(shown);
  });
});
