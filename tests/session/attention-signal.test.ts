import { expect, test } from 'vitest';
import type { FocusState } from '../../src/attention/focus.types.ts';
import type { PresetName } from '../../src/policy/policy.types.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { type Client, meeting } from './meeting.ts';

const purpose = 'attention-tracking';

/** Hana hosts, shares and tracks; Bo comes with a source that says `first`, Cy is a participant too. */
async function tracked(first: FocusState, policy: PresetName = 'notice-only') {
  const all = meeting({ vouches: 'sender-and-role' });
  const sent: { from: string; to: string; body: Message }[] = [];
  all.network.tap(({ from, to, data }) => void sent.push({ from, to, body: JSON.parse(data) }));
  const hana = await all.joins('hana', { role: 'host', policy });
  const cy = await all.joins('cy');
  const bo = all.comes('bo');
  bo.adapter.turnsFocus(first);
  void bo.session.join();
  await all.passes();
  await all.within(0, hana.session.enableAttentionTracking());
  const shares = (active: boolean) => all.within(0, hana.session.reportSharing(active));
  const reports = () => sent.flatMap(({ from, to, body }) => (body.t === 'command' ? [[from, to, body.command]] : []));
  return { ...all, hana, bo, cy, sent, shares, reports };
}

const signalOf = (host: Client, id: string) =>
  host.session.roster().rows.find(({ participantId }) => participantId === id)?.attention;

test('[G4] whose source could not tell when they came is known to be able once it can, while a share is on', async () => {
  const { hana, bo, shares, passes, reports } = await tracked('cannot-tell');
  await shares(true);
  const before = signalOf(hana, 'bo');
  bo.adapter.turnsFocus('lost');
  await passes(0);
  expect([before, signalOf(hana, 'bo')]).toEqual(['unavailable', undefined]);
  expect(reports().filter(([from]) => from === 'bo')).toEqual([['bo', 'hana', { do: 'reportFocus', able: true }]]);
});

test('[G4] without a share nothing is said of a source, and then what is the case', async () => {
  const { hana, bo, shares, passes, reports } = await tracked('cannot-tell');
  bo.adapter.turnsFocus('focused');
  await passes(60_000);
  const before = reports().filter(([from]) => from === 'bo');
  await shares(true);
  await passes(0);
  expect([before, signalOf(hana, 'bo')]).toEqual([[], undefined]);
});

test('[G4] whose source cannot tell any more is unavailable after as long as a loss would need, and able at once', async () => {
  const { hana, bo, shares, passes } = await tracked('focused');
  await shares(true);
  bo.adapter.turnsFocus('cannot-tell');
  await passes(30_000);
  const within = signalOf(hana, 'bo');
  await passes(1);
  const after = signalOf(hana, 'bo');
  bo.adapter.turnsFocus('lost');
  await passes(0);
  expect([within, after, signalOf(hana, 'bo')]).toEqual([undefined, 'unavailable', undefined]);
});

test('[G4] a source that cannot tell for a while, however often, tells nobody anything', async () => {
  const { hana, bo, shares, passes, reports, sent } = await tracked('focused');
  await shares(true);
  for (let time = 0; time < 5; time += 1) {
    bo.adapter.turnsFocus('cannot-tell');
    await passes(30_000);
    bo.adapter.turnsFocus('focused');
    await passes(2000);
  }
  expect([signalOf(hana, 'bo'), reports().filter(([from]) => from === 'bo')]).toEqual([undefined, []]);
  expect(sent.filter(({ body }) => body.t === 'attention')).toEqual([]);
});

test('[G4] a host who joins, or comes to decide, knows of whom nothing can be known', async () => {
  const { hana, bo, shares, passes, joins, within } = await tracked('focused');
  await shares(true);
  bo.adapter.turnsFocus('cannot-tell');
  await passes(31_000);
  const cleo = await joins('cleo', { role: 'co-host' });
  const late = signalOf(cleo, 'bo');
  await within(0, hana.session.handOver('cleo'));
  await passes(2000);
  expect([late, signalOf(cleo, 'bo'), signalOf(cleo, 'cy')]).toEqual(['unavailable', 'unavailable', undefined]);
});

test('[G4] of whose devices one cannot tell, nothing can be known', async () => {
  const { hana, shares, joins, bo, passes } = await tracked('focused');
  await shares(true);
  const tablet = await joins('bo', { endpoint: 'bo-2' });
  tablet.adapter.turnsFocus('cannot-tell');
  bo.adapter.turnsFocus('lost');
  await passes(31_000);
  const both = signalOf(hana, 'bo');
  await tablet.session.leave();
  await passes(20);
  expect([both, signalOf(hana, 'bo')]).toEqual(['unavailable', 'inattentive']);
});

test('[G4] what is repeated, and heard after what was said later, is not believed for long', async () => {
  const { hana, bo, shares, passes, network } = await tracked('focused');
  await shares(true);
  bo.adapter.turnsFocus('cannot-tell');
  await passes(30_000);
  network.partition([['bo'], ['hana', 'cy']]);
  await passes(1);
  network.heal();
  bo.adapter.turnsFocus('focused');
  await passes(10_000);
  expect(signalOf(hana, 'bo')).toBe(undefined);
});

test('[G4] hosts are sent the same by who refuses and cannot tell for long as by who attends, to the letter', async () => {
  for (const first of ['cannot-tell', 'focused'] as const) {
    const toHosts = async (refuses: boolean) => {
      let n = 0;
      const all = meeting({ vouches: 'sender-and-role', randomId: () => `id ${n++}` });
      const sent: unknown[] = [];
      all.network.tap(({ from, to, data }) => to === 'hana' && sent.push([all.clock.now(), from, data]));
      const hana = await all.joins('hana', { role: 'host', policy: 'gdpr' });
      const bo = all.comes('bo');
      bo.adapter.turnsFocus(first);
      void bo.session.join();
      await all.passes();
      await all.within(0, hana.session.enableAttentionTracking());
      await all.within(0, hana.session.reportSharing(true));
      await all.passes(1000);
      // To answer, the page must be in front.
      bo.adapter.turnsFocus('focused');
      await all.within(0, bo.session[refuses ? 'refuseConsent' : 'giveConsent'](purpose));
      await all.passes(1000);
      for (const state of ['cannot-tell', 'lost', 'cannot-tell', 'focused'] as const) {
        if (refuses) bo.adapter.turnsFocus(state);
        await all.passes(45_000);
      }
      return sent;
    };
    const [refused, attended] = [await toHosts(true), await toHosts(false)];
    expect(refused).toEqual(attended);
    expect(refused.length).toBeGreaterThan(10);
  }
});

test('[G4] nobody but hosts is told of whom nothing can be known', async () => {
  const toCy = async (state: FocusState) => {
    const { bo, shares, passes, sent } = await tracked('focused');
    await shares(true);
    const before = sent.length;
    bo.adapter.turnsFocus(state);
    await passes(60_000);
    return sent.slice(before).flatMap(({ to, from, body }) => (to === 'cy' ? [[from, body.t]] : []));
  };
  expect(await toCy('cannot-tell')).toEqual(await toCy('focused'));
});
