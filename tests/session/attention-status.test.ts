import { expect, test } from 'vitest';
import type { Status } from '../../src/participants/participants.types.ts';
import type { PresetName } from '../../src/policy/policy.types.ts';
import { type Client, meeting } from './meeting.ts';

const purpose = 'attention-tracking';

/** Hana hosts, Bo is here. */
async function met(policy: PresetName) {
  const all = meeting({ vouches: 'sender-and-role' });
  const hana = await all.joins('hana', { role: 'host', policy });
  const bo = await all.joins('bo');
  return { ...all, hana, bo };
}

/** What the indicator has said, as a hook. */
const said = (client: Client): Status[] =>
  client
    .told('indicatorChanged')
    .map((payload) => payload as { purpose: string; status: Status })
    .filter((each) => each.purpose === purpose)
    .map(({ status }) => status);

/** What it says now, to who asks the session and to who reads the snapshot. */
const now = ({ session }: Client) => [session.status(purpose), session.getSnapshot().indicators[purpose]];

test('[G4] an indicator says of attention tracking that it is paused, on while a screen is shared, and off', async () => {
  const { hana, bo, within } = await met('notice-only');
  await within(0, hana.session.enableAttentionTracking());
  const enabled = [now(hana), now(bo)];
  await within(0, hana.session.reportSharing(true));
  const shared = [now(hana), now(bo)];
  await within(0, hana.session.reportSharing(false));
  await within(0, hana.session.disableAttentionTracking());
  expect([enabled, shared]).toEqual([
    [
      ['paused', 'paused'],
      ['paused', 'paused'],
    ],
    [
      ['on', 'on'],
      ['on', 'on'],
    ],
  ]);
  expect([said(hana), said(bo)]).toEqual([
    ['off', 'paused', 'on', 'paused', 'off'],
    ['off', 'paused', 'on', 'paused', 'off'],
  ]);
});

test('[G4] whoever is asked reads asking until they have answered, but on while a share is on', async () => {
  for (const policy of ['acknowledge', 'gdpr'] as const) {
    const { hana, bo, within, passes } = await met(policy);
    await within(0, hana.session.enableAttentionTracking());
    await within(0, hana.session.reportSharing(true));
    await within(0, hana.session.reportSharing(false));
    await within(0, bo.session.refuseConsent(purpose));
    await passes(0);
    expect([policy, said(hana), said(bo)]).toEqual([
      policy,
      ['off', 'paused', 'on', 'paused'],
      ['off', 'asking', 'on', 'asking', 'paused'],
    ]);
  }
});

test('[G4] whoever comes while a share is on reads on from their first word', async () => {
  const { hana, joins, within } = await met('gdpr');
  await within(0, hana.session.enableAttentionTracking());
  await within(0, hana.session.reportSharing(true));
  const late = await joins('late');
  expect(said(late)).toEqual(['on']);
});

test('[G2] [G4] who has lost contact reads unknown, never off, and what is the case once it is back', async () => {
  const { hana, bo, within, passes, network } = await met('notice-only');
  await within(0, hana.session.enableAttentionTracking());
  network.partition([['hana'], ['bo']]);
  await passes(30_000);
  const lost = now(bo);
  network.heal();
  await passes(30_000);
  expect([lost, said(bo)]).toEqual([
    ['unknown', 'unknown'],
    ['off', 'paused', 'unknown', 'paused'],
  ]);
});

test('[G4] nobody is tracked any more where the host has left and nobody else may decide', async () => {
  const { hana, bo, within, passes } = await met('notice-only');
  await within(0, hana.session.enableAttentionTracking());
  await within(0, hana.session.reportSharing(true));
  await within(0, hana.session.leave());
  await passes(60_000);
  expect([said(bo), bo.session.getSnapshot().attention]).toEqual([
    ['off', 'paused', 'on', 'off'],
    { enabled: false, active: false, inattentive: false },
  ]);
});
