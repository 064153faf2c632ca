import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { PurposePolicy } from '../../src/policy/policy.types.ts';
import { type RecorderAbilities, recorderObjection } from '../../src/policy/recorder.rules.ts';

/** Rules that exclude and pause nobody, in any storage. */
const mild: PurposePolicy = {
  ...parsePolicy('all-party').recording,
  untilAnswered: 'hold',
  onLateJoin: 'hold',
  onRefusal: 'hold',
  onCannotBeAsked: 'announce',
};

const able: RecorderAbilities = { exclude: true, pause: true, storage: ['cloud', 'local'] };
const unable: RecorderAbilities = { exclude: false, pause: false, storage: ['cloud', 'local'] };

describe('recorderObjection', () => {
  const values = {
    untilAnswered: { exclude: 'policy/needs-exclude', hold: undefined },
    onLateJoin: {
      exclude: 'policy/needs-exclude',
      hold: undefined,
      lobby: undefined,
      pause: 'policy/needs-pause',
    },
    onRefusal: { exclude: 'policy/needs-exclude', hold: undefined, leave: undefined, veto: undefined },
    onCannotBeAsked: { announce: undefined, exclude: 'policy/needs-exclude', block: 'policy/needs-pause' },
  } as const;
  const rows = Object.entries(values).flatMap(([field, objections]) =>
    Object.entries(objections).map(([value, objection]) => ({ field, value, objection })),
  );

  it.each(rows)('[G1] to a recorder that can do nothing, with $field: $value, is: $objection', (row) => {
    const rules = { ...mild, [row.field]: row.value };
    expect(recorderObjection(rules, unable, 'cloud')).toBe(row.objection);
    expect(recorderObjection(rules, able, 'cloud')).toBeUndefined();
    const lacks = (what: 'exclude' | 'pause') => recorderObjection(rules, { ...able, [what]: false }, 'cloud');
    expect([lacks('exclude'), lacks('pause')]).toEqual([
      row.objection === 'policy/needs-exclude' ? row.objection : undefined,
      row.objection === 'policy/needs-pause' ? row.objection : undefined,
    ]);
  });

  it.each([
    { allowed: ['cloud', 'local'], can: ['cloud', 'local'], cloud: undefined, local: undefined },
    { allowed: ['cloud', 'local'], can: ['cloud'], cloud: undefined, local: 'capture/storage-unsupported' },
    {
      allowed: ['cloud', 'local'],
      can: [],
      cloud: 'capture/storage-unsupported',
      local: 'capture/storage-unsupported',
    },
    { allowed: ['local'], can: ['cloud', 'local'], cloud: 'policy/storage-not-allowed', local: undefined },
    { allowed: ['local'], can: ['cloud'], cloud: 'policy/storage-not-allowed', local: 'capture/storage-unsupported' },
    { allowed: ['cloud'], can: ['cloud'], cloud: undefined, local: 'policy/storage-not-allowed' },
  ] as const)('where $allowed are allowed and the recorder has $can: cloud $cloud, local $local', (row) => {
    const rules = { ...mild, storage: row.allowed };
    const objectionTo = (storage: 'cloud' | 'local') =>
      recorderObjection(rules, { ...able, storage: row.can }, storage);
    expect({ cloud: objectionTo('cloud'), local: objectionTo('local') }).toEqual({
      cloud: row.cloud,
      local: row.local,
    });
  });

  it('names first what the policy forbids, then the storage that there is not, then what the recorder cannot do', () => {
    const rules: PurposePolicy = { ...mild, storage: ['cloud'], onLateJoin: 'pause', onRefusal: 'exclude' };
    expect([
      recorderObjection(rules, { ...unable, storage: [] }, 'local'),
      recorderObjection(rules, { ...unable, storage: [] }, 'cloud'),
      recorderObjection(rules, unable, 'cloud'),
      recorderObjection(rules, { ...unable, exclude: true }, 'cloud'),
      recorderObjection(rules, able, 'cloud'),
    ]).toEqual([
      'policy/storage-not-allowed',
      'capture/storage-unsupported',
      'policy/needs-exclude',
      'policy/needs-pause',
      undefined,
    ]);
  });

  it('says which preset goes with a recorder that cannot exclude', () => {
    const objections = (['notice-only', 'acknowledge', 'all-party', 'gdpr'] as const).map((name) => [
      name,
      recorderObjection(parsePolicy(name).recording, { ...able, exclude: false }, 'cloud'),
    ]);
    expect(Object.fromEntries(objections)).toEqual({
      'notice-only': 'policy/needs-exclude',
      acknowledge: undefined,
      'all-party': 'policy/needs-exclude',
      gdpr: 'policy/needs-exclude',
    });
  });
});
