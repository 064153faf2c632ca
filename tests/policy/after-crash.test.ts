import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { stricterPolicy } from '../../src/policy/policy.rules.ts';
import { anyPolicy, at, ending, fixed, isAsStrict, lockable, lockingPolicy, places, rulesAt } from './any-policy.ts';

const asked = (place: (typeof places)[number], policy: Parameters<typeof rulesAt>[0]) => {
  const { consent, start } = rulesAt(policy, place);
  return { consent, start };
};

describe('the policy after a crash', () => {
  it('[G11] asks no less than what was last heard, and no less than one’s own', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (heard, own) => {
        const policy = stricterPolicy(heard, own);
        for (const place of places) {
          expect(isAsStrict(rulesAt(policy, place), rulesAt(heard, place))).toBe(true);
          expect(isAsStrict(rulesAt(policy, place), rulesAt(own, place))).toBe(true);
        }
      }),
      fixed,
    );
  });

  it('[G8] asks the same, whoever heard and whoever owns', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (one, other) => {
        expect(places.map((place) => asked(place, stricterPolicy(one, other)))).toEqual(
          places.map((place) => asked(place, stricterPolicy(other, one))),
        );
      }),
      fixed,
    );
  });

  it('asks no more than one of the two did, and is one’s own in all else', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (heard, own) => {
        const policy = stricterPolicy(heard, own);
        for (const place of places) {
          const { consent, start } = rulesAt(policy, place);
          expect([rulesAt(heard, place).consent, rulesAt(own, place).consent]).toContain(consent);
          expect([rulesAt(heard, place).start, rulesAt(own, place).start]).toContain(start);
          expect(rulesAt(policy, place)).toEqual(ending({ ...rulesAt(own, place), consent, start }));
        }
        const { recording, transcription, purposes } = policy;
        expect(policy).toEqual({ ...own, recording, transcription, purposes });
      }),
      fixed,
    );
  });

  it('is the same policy where both are', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(stricterPolicy(policy, policy)).toEqual(policy);
      }),
      fixed,
    );
  });

  it('[G11] keeps what was locked as it was last heard', () => {
    const single = lockable.filter(
      (path) => !/^purposes(\.[^.]+)?$|^(recording|transcription)$|(consent|start)$/.test(path),
    );
    const heardLocking = fc
      .tuple(lockingPolicy(), fc.subarray(single))
      .map(([heard, locked]) => ({ ...heard, locked }));
    fc.assert(
      fc.property(heardLocking, anyPolicy, (heard, own) => {
        const policy = stricterPolicy(heard, own);
        for (const path of heard.locked) {
          const place = places.find((each) => path.startsWith(`${each}.`));
          const field = path.slice(path.lastIndexOf('.') + 1);
          const kept = place && at(ending({ ...rulesAt(heard, place), start: rulesAt(policy, place).start }), field);
          expect([path, at(policy, path)]).toEqual([path, place ? kept : at(heard, path)]);
        }
      }),
      fixed,
    );
  });

  it('[G11] locks what either had locked, each path once', () => {
    const heard = parsePolicy({ locked: ['regions', 'recording.onRefusal'] });
    const own = parsePolicy({ locked: ['retention', 'regions'] });
    expect(stricterPolicy(heard, own).locked).toEqual(['regions', 'recording.onRefusal', 'retention']);
  });

  it('[G11] asks for a purpose that only one of the two names as the other would ask for it at least', () => {
    const named = parsePolicy({
      extends: 'notice-only',
      purposes: { 'ai-notes': { consent: 'notice', onRefusal: 'veto' } },
    });
    const unnamed = parsePolicy({ extends: 'gdpr', recording: { onRefusal: 'leave' } });
    expect(stricterPolicy(named, unnamed).purposes).toEqual({
      'ai-notes': { ...unnamed.recording, consent: 'explicit', start: 'at-once' },
    });
    expect(stricterPolicy(unnamed, named).purposes).toEqual({
      'ai-notes': { ...named.purposes['ai-notes'], consent: 'explicit' },
    });
  });

  it('[G9] ends a waiting that one’s own rules would not have ended', () => {
    const { recording } = stricterPolicy(parsePolicy('all-party'), parsePolicy('acknowledge'));
    expect(recording).toEqual({
      ...parsePolicy('acknowledge').recording,
      consent: 'explicit',
      start: 'when-everyone-answered',
      timeoutMs: 60_000,
      onTimeout: 'refused',
    });
  });
});
