import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionLaw as law } from '../../src/policy/law.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { resolvePolicy } from '../../src/policy/policy.rules.ts';
import type { Policy, PolicyInput, PurposePolicy, RegionsMode } from '../../src/policy/policy.types.ts';
import {
  anyInput,
  anyPolicy,
  anyRegion,
  ending,
  fixed,
  isAsStrict,
  lockingPolicy,
  places,
  rulesAt,
} from './any-policy.ts';

const anyRegions = fc.array(anyRegion, { maxLength: 4 });
const underEvery = (mode: RegionsMode) =>
  anyInput.map((input) => parsePolicy({ ...input, regions: mode }, { admin: true }));

describe('the strictest wins', () => {
  it('[G11] no wish of the host and no region asks less than the administrator has locked', () => {
    const locks = places.flatMap((place) => [`${place}.consent`, `${place}.start`]);
    fc.assert(
      fc.property(lockingPolicy(...locks), anyPolicy, anyRegions, fc.boolean(), (admin, host, regions, undeclared) => {
        const policy = resolvePolicy({ admin, host, regions, undeclared, law });
        expect(places.filter((place) => !isAsStrict(rulesAt(policy, place), rulesAt(admin, place)))).toEqual([]);
      }),
      fixed,
    );
  });

  it('[G11] one more region, or one more person who declares none, never weakens', () => {
    fc.assert(
      fc.property(anyPolicy, anyRegions, anyRegion, fc.boolean(), (host, regions, late, undeclared) => {
        const before = resolvePolicy({ host, regions, undeclared, law });
        const after = [
          resolvePolicy({ host, regions: [...regions, late], undeclared, law }),
          resolvePolicy({ host, regions, undeclared: true, law }),
        ];
        for (const place of places) {
          expect(after.map((policy) => isAsStrict(rulesAt(policy, place), rulesAt(before, place)))).toEqual([
            true,
            true,
          ]);
          expect(isAsStrict(rulesAt(before, place), rulesAt(host, place))).toBe(true);
        }
      }),
      fixed,
    );
  });

  it('[G11] the order of regions does not matter, nor how often one is declared', () => {
    const regionsTwice = anyRegions.chain((regions) =>
      fc.tuple(fc.constant(regions), fc.shuffledSubarray([...regions, ...regions], { minLength: regions.length * 2 })),
    );
    fc.assert(
      fc.property(anyPolicy, regionsTwice, fc.boolean(), (host, [regions, twice], undeclared) => {
        expect(resolvePolicy({ host, regions: twice, undeclared, law })).toEqual(
          resolvePolicy({ host, regions, undeclared, law }),
        );
      }),
      fixed,
    );
  });

  it('[G11] a region that nobody knows counts as all-party', () => {
    const unknown = fc.oneof(
      fc.constantFrom('ZZ', 'QQ-1', 'XX-CA', '', 'US CA', 'US_CA', 'USA', 'California', 'constructor'),
      fc.string().filter((text) => !/^\s*[a-z]{2}(-\w{1,3})?\s*$/i.test(text)),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('declared' as const, 'required' as const).chain(underEvery),
        unknown,
        (host, region) => {
          const policy = resolvePolicy({ host, regions: [region], undeclared: false, law });
          expect(places.map((place) => [rulesAt(policy, place).consent, rulesAt(policy, place).start])).toEqual(
            places.map(() => ['explicit', 'when-everyone-answered']),
          );
        },
      ),
      fixed,
    );
  });

  it('[G11] regions change nothing but what is asked, and what must then end or cannot be announced', () => {
    fc.assert(
      fc.property(anyPolicy, anyRegions, fc.boolean(), (host, regions, undeclared) => {
        const policy = resolvePolicy({ host, regions, undeclared, law });
        const untouched = { ...host, attention: { ...host.attention, enabled: false } };
        const { recording, transcription, purposes } = policy;
        expect({ ...untouched, recording, transcription, purposes }).toEqual(policy);
        for (const place of places) {
          const { consent, start, onCannotBeAsked } = rulesAt(policy, place);
          expect(rulesAt(policy, place)).toEqual(ending({ ...rulesAt(host, place), consent, start, onCannotBeAsked }));
        }
      }),
      fixed,
    );
  });
});

describe('[G11] what a policy makes of regions', () => {
  const base: Record<RegionsMode, Policy> = {
    declared: parsePolicy({ extends: 'notice-only' }),
    required: parsePolicy({ extends: 'notice-only', regions: 'required' }),
    ignore: parsePolicy({ extends: 'notice-only', regions: 'ignore' }),
  };
  const mild = ['notice', 'at-once', 'announce', null];
  const explicit = ['explicit', 'at-once', 'exclude', null];
  const allParty = ['explicit', 'when-everyone-answered', 'exclude', 60_000];

  it.each([
    ['declared', [], false, mild],
    ['declared', [], true, mild],
    ['declared', ['US-TX'], true, mild],
    ['declared', ['ES'], true, explicit],
    ['declared', ['US-CA'], false, allParty],
    ['declared', ['US-TX', 'ES'], false, explicit],
    ['declared', ['DE', 'US-TX', 'ES'], false, allParty],
    ['declared', ['ZZ'], false, allParty],
    ['required', [], false, mild],
    ['required', [], true, allParty],
    ['required', ['US-TX'], false, mild],
    ['required', ['US-TX'], true, allParty],
    ['required', ['ES'], false, explicit],
    ['required', ['US-CA'], false, allParty],
    ['ignore', [], false, mild],
    ['ignore', [], true, mild],
    ['ignore', ['US-CA', 'ES', 'ZZ'], true, mild],
  ] as const)('%s: %j, somebody undeclared: %s', (mode, regions, undeclared, expected) => {
    const { recording, transcription } = resolvePolicy({ host: base[mode], regions, undeclared, law });
    const asked = ({ consent, start, onCannotBeAsked, timeoutMs }: PurposePolicy) => [
      consent,
      start,
      onCannotBeAsked,
      timeoutMs,
    ];
    expect([asked(recording), asked(transcription)]).toEqual([expected, expected]);
  });

  it('asks for a notice where a rule says notice, and no less than was asked before', () => {
    const notice = [{ region: 'ZZ', rule: 'notice', citation: 'Notice Act s. 1', confidence: 'low' }] as const;
    const asked = (['notice-only', 'acknowledge', 'gdpr', 'all-party'] as const).map((name) => {
      const host = parsePolicy(name);
      return resolvePolicy({ host, regions: ['ZZ'], undeclared: false, law: notice }).recording.consent;
    });
    expect(asked).toEqual(['notice', 'acknowledge', 'explicit', 'explicit']);
  });

  it('[G1] announces to nobody where a region asks for agreement, but leaves a block as it is', () => {
    const inCalifornia = (onCannotBeAsked: PurposePolicy['onCannotBeAsked']) => {
      const host = parsePolicy({
        extends: 'notice-only',
        recording: { onCannotBeAsked },
        purposes: { 'ai-notes': {} },
      });
      const policy = resolvePolicy({ host, regions: ['US-CA'], undeclared: false, law });
      return [policy.recording, policy.transcription, policy.purposes['ai-notes']].map(
        (rules) => rules?.onCannotBeAsked,
      );
    };
    expect(inCalifornia('announce')).toEqual(['exclude', 'exclude', 'exclude']);
    expect(inCalifornia('exclude')).toEqual(['exclude', 'exclude', 'exclude']);
    expect(inCalifornia('block')).toEqual(['block', 'block', 'block']);
  });

  it('[G9] ends the waiting that a region asks for, and keeps a time that there was', () => {
    const inCalifornia = (recording: PolicyInput['recording']) => {
      const host = parsePolicy({ extends: 'acknowledge', ...(recording && { recording }) });
      const { timeoutMs, onTimeout } = resolvePolicy({ host, regions: ['US-CA'], undeclared: false, law }).recording;
      return { timeoutMs, onTimeout };
    };
    expect(inCalifornia(undefined)).toEqual({ timeoutMs: 60_000, onTimeout: 'refused' });
    expect(inCalifornia({ timeoutMs: 5000 })).toEqual({ timeoutMs: 5000, onTimeout: 'refused' });
  });
});
