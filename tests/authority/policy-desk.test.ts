import { describe, expect, test } from 'vitest';
import type { DecidingOptions } from '../../src/authority/authority.types.ts';
import type { Person } from '../../src/authority/people.ts';
import { PolicyDesk } from '../../src/authority/policy-desk.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { RegionRow } from '../../src/policy/policy.types.ts';
import { presets } from '../../src/policy/presets.ts';
import type { MeetingState } from '../../src/transport/messages.types.ts';
import { authorityContext } from './authority-context.ts';

const law = [
  { region: 'XA', rule: 'all-party' },
  { region: 'XB', rule: 'all-party' },
  { region: 'XE', rule: 'explicit-consent' },
  { region: 'XO', rule: 'one-party' },
] as unknown as readonly RegionRow[];

function desk(more: Partial<DecidingOptions> = {}) {
  const { context, told } = authorityContext({ policy: presets['notice-only'], law, ...more });
  const policies = new PolicyDesk(context);
  const comes = (region?: string, channel = 'app') => policies.personChanged({ region, channel } as Person);
  const asks = () => [policies.policy.recording.consent, policies.policy.recording.start];
  return { policies, comes, asks, told };
}

describe('the policy of a meeting', () => {
  test('is the host’s; without one the administrator’s; without either it asks all', () => {
    const consent = (more: Partial<DecidingOptions>) => desk(more).policies.policy.recording.consent;
    expect(desk().policies.policy.recording).toEqual(presets['notice-only'].recording);
    expect(consent({ policy: undefined, adminPolicy: presets.acknowledge })).toBe('acknowledge');
    expect(desk({ policy: undefined }).policies.policy.recording).toEqual(presets['all-party'].recording);
  });

  test('[G11] has what the administrator locked', () => {
    const adminPolicy = parsePolicy({ extends: 'acknowledge', locked: ['recording.consent'] });
    expect(desk({ adminPolicy }).policies.policy.recording.consent).toBe('acknowledge');
  });
});

describe('a region that is declared', () => {
  test('[G11] makes it stricter, and everyone is told; a milder one after it changes nothing', () => {
    const { comes, asks, told, policies } = desk();
    expect([comes(), comes('XO'), asks()]).toEqual([false, false, ['notice', 'at-once']]);
    expect([comes('XE'), asks(), told]).toEqual([true, ['explicit', 'at-once'], ['meeting']]);
    expect([comes('XA'), asks()]).toEqual([true, ['explicit', 'when-everyone-answered']]);
    expect([comes('XO'), comes('XE'), asks()]).toEqual([false, false, ['explicit', 'when-everyone-answered']]);
    expect([told, policies.regions]).toEqual([
      ['meeting', 'meeting'],
      ['XO', 'XE', 'XA'],
    ]);
  });

  test('[G11] counts as all-party where no table is given', () => {
    const { comes, asks } = desk({ law: undefined });
    expect([comes('XO'), asks()]).toEqual([true, ['explicit', 'when-everyone-answered']]);
  });

  test('[G8] is remembered once for each rule: a thousand regions are no more than four', () => {
    const { comes, policies } = desk();
    for (const region of ['XB', 'XA', 'XB', 'nonsense']) comes(region);
    expect(policies.regions).toEqual(['XB']);
  });

  test('[G1] by a bot asks for nothing', () => {
    const { comes, asks } = desk({ policy: { ...presets['notice-only'], regions: 'required' } });
    expect([comes('XA', 'bot'), comes(undefined, 'bot'), asks()]).toEqual([false, false, ['notice', 'at-once']]);
  });
});

test('[G11] who declares no region counts as all-party where one is required, and it stays so when they declare it', () => {
  const { comes, asks } = desk({ policy: { ...presets['notice-only'], regions: 'required' } });
  expect(asks()).toEqual(['notice', 'at-once']);
  expect([comes(), comes(), comes('XO')]).toEqual([true, false, false]);
  expect(asks()).toEqual(['explicit', 'when-everyone-answered']);
});

describe('the policy of the authority before', () => {
  test('[G8] [G11] loosens by no hand-over, and its regions come with it', () => {
    const { policies, asks, comes, told } = desk();
    policies.take(presets.acknowledge, ['XO', 'XE']);
    expect([asks(), policies.regions]).toEqual([
      ['explicit', 'at-once'],
      ['XO', 'XE'],
    ]);
    expect(told).toEqual(['meeting']);
    expect([comes('XA'), asks()]).toEqual([true, ['explicit', 'when-everyone-answered']]);
    const same = desk();
    same.policies.take(presets['notice-only'], []);
    expect([same.asks(), same.told]).toEqual([['notice', 'at-once'], []]);
    const stricter = desk();
    stricter.policies.take(presets.acknowledge, []);
    expect(stricter.asks()).toEqual(['acknowledge', 'at-once']);
  });

  test('[G8] [G11] loosens by no crash either', () => {
    const meeting = { policy: presets.gdpr } as MeetingState;
    expect(desk({ before: { how: 'crash', meeting, absenceMs: 15_000, knew: () => true } }).asks()).toEqual([
      'explicit',
      'at-once',
    ]);
  });
});
