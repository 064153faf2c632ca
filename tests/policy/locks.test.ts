import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { resolvePolicy, stricterPolicy } from '../../src/policy/policy.rules.ts';
import type { Policy, PurposePolicy } from '../../src/policy/policy.types.ts';
import { anyPolicy, at, ending, fixed, lockable, lockingPolicy, noLess, places, rulesAt } from './any-policy.ts';

const nowhere = { regions: [], undeclared: false, law: [] };

/** The administrator's policy as its locks must leave it, where a start that is not locked is the meeting's. */
function lockedIn(admin: Policy, meeting: Policy): object {
  const [recording, transcription, notes, streaming] = places.map((place) => {
    const locksStart = ['purposes', place, `${place}.start`].some(
      (path) => admin.locked.includes(path) && `${place}.start`.startsWith(path),
    );
    const { start } = rulesAt(locksStart ? admin : meeting, place);
    return ending({ ...rulesAt(admin, place), start });
  });
  const ofTranscript = noLess(transcription as PurposePolicy, meeting.recording);
  return {
    ...admin,
    recording,
    transcription: ofTranscript,
    purposes: { 'ai-notes': notes, 'live-streaming': streaming },
  };
}

describe('what an administrator locks', () => {
  it('[G11] keeps the administrator’s value, for every path that can be locked', () => {
    fc.assert(
      fc.property(lockingPolicy(), anyPolicy, (admin, host) => {
        const meeting = resolvePolicy({ admin, host, ...nowhere });
        const expected = lockedIn(admin, meeting);
        expect(admin.locked.map((path) => [path, at(meeting, path)])).toEqual(
          admin.locked.map((path) => [path, at(expected, path)]),
        );
      }),
      fixed,
    );
  });

  it('can be each field of a policy, each group of them and each open purpose', () => {
    expect(lockable.filter((path) => !path.includes('.'))).toEqual([
      'regions',
      'recording',
      'transcription',
      'attention',
      'purposes',
      'retention',
    ]);
    expect(lockable.filter((path) => path.startsWith('attention.'))).toEqual([
      'attention.allowed',
      'attention.enabled',
      'attention.enabledBy',
      'attention.armedBy',
      'attention.thresholdMs',
      'attention.consent',
    ]);
    expect(lockable.filter((path) => path.startsWith('purposes.ai-notes'))).toHaveLength(15);
    const purposes = { 'ai-notes': { follows: 'recording' }, 'live-streaming': {} };
    expect(parsePolicy({ purposes, locked: lockable }).locked).toEqual(lockable);
  });

  it('[G11] holds one field and leaves its neighbours to the host', () => {
    const admin = parsePolicy({ extends: 'gdpr', locked: ['recording.consent', 'retention.then'] }, { admin: true });
    const host = parsePolicy({
      extends: 'notice-only',
      recording: { onRefusal: 'leave' },
      retention: { recordingDays: 5, then: 'isolate' },
    });
    expect(resolvePolicy({ admin, host, ...nowhere })).toEqual({
      ...host,
      recording: { ...host.recording, consent: 'explicit' },
      transcription: { ...host.transcription, consent: 'explicit' },
      retention: { recordingDays: 5, then: 'delete' },
      locked: ['recording.consent', 'retention.then'],
    });
  });

  it('[G9] never makes purposes follow each other in a circle, where neither policy does', () => {
    const follow = (name: string, followed: string) => ({
      purposes: { [name]: { follows: followed }, [followed]: {} },
    });
    const admin = parsePolicy(
      { ...follow('live-captions', 'ai-notes'), locked: ['purposes.live-captions.follows'] },
      { admin: true },
    );
    const host = parsePolicy(follow('ai-notes', 'live-captions'));
    const { purposes } = resolvePolicy({ admin, host, ...nowhere });
    expect(Object.values(purposes).map(({ follows }) => follows)).toEqual([undefined, undefined]);
    expect(() => parsePolicy({ purposes })).not.toThrow();
  });

  it('[G11] decides what is made of regions, where it is that which is locked', () => {
    const lock = { locked: ['regions'] };
    const admin = parsePolicy({ extends: 'notice-only', regions: 'required', ...lock }, { admin: true });
    const host = parsePolicy({ extends: 'notice-only', regions: 'ignore' });
    const consents = [admin, { ...admin, locked: [] }].map(
      (each) => resolvePolicy({ admin: each, host, regions: [], undeclared: true, law: [] }).recording.consent,
    );
    expect(consents).toEqual(['explicit', 'notice']);
  });

  it('[G11] is locked further by what the host locks, each path once', () => {
    const admin = parsePolicy({ locked: ['regions', 'recording.consent'] }, { admin: true });
    const host = parsePolicy({ locked: ['recording.start', 'regions'] });
    expect(resolvePolicy({ admin, host, ...nowhere }).locked).toEqual([
      'regions',
      'recording.consent',
      'recording.start',
    ]);
  });
});

describe('a policy is resolved', () => {
  it('to the host’s wishes where nothing is locked, attention tracking apart', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (admin, host) => {
        expect(resolvePolicy({ admin, host, ...nowhere })).toEqual({
          ...host,
          attention: {
            ...host.attention,
            allowed: admin.attention.allowed && host.attention.allowed,
            enabled: admin.attention.enabled && host.attention.allowed,
          },
        });
      }),
      fixed,
    );
  });

  it('to the administrator’s where the host says nothing, and to all-party where nobody does', () => {
    fc.assert(
      fc.property(lockingPolicy(), (admin) => {
        expect(resolvePolicy({ admin, ...nowhere })).toEqual(admin);
      }),
      fixed,
    );
    expect(resolvePolicy(nowhere)).toEqual(parsePolicy('all-party'));
  });

  it('[G5] to one that asks no less for the transcript than for its recording, whoever said so', () => {
    const lax = { consent: 'notice', start: 'at-once', timeoutMs: null, onTimeout: 'remind' } as const;
    const host = parsePolicy({
      extends: 'all-party',
      transcription: { ...lax, onRefusal: 'hold', readers: 'everyone' },
    });
    const strict = {
      ...host.transcription,
      consent: 'explicit',
      start: 'when-everyone-answered',
      timeoutMs: 60_000,
      onTimeout: 'refused',
    };
    const admin = parsePolicy(
      { extends: host, locked: ['transcription.consent', 'transcription.start', 'transcription.timeoutMs'] },
      { admin: true },
    );
    const policies = [
      resolvePolicy({ host, ...nowhere }),
      resolvePolicy({ admin, ...nowhere }),
      stricterPolicy(host, host),
    ];
    expect(policies.map(({ transcription }) => transcription)).toEqual([strict, strict, strict]);
    const more = parsePolicy({ extends: 'notice-only', transcription: { consent: 'explicit' } });
    expect(resolvePolicy({ host: more, ...nowhere })).toEqual(more);
  });

  it('to one that nobody can change', () => {
    const policy = resolvePolicy({ host: parsePolicy({ purposes: { 'ai-notes': {} } }), ...nowhere, regions: ['ZZ'] });
    const parts = [policy, policy.recording, policy.recording.holds, policy.purposes, policy.purposes['ai-notes']];
    expect([...parts, policy.attention, policy.locked].map((part) => Object.isFrozen(part))).toEqual(
      Array.from({ length: 7 }, () => true),
    );
  });

  it('[G4] to attention tracking that is on from the start by the administrator’s word alone', () => {
    const on = parsePolicy({ attention: { enabled: true } }, { admin: true });
    const off = parsePolicy('all-party');
    const enabled = (sources: { admin?: Policy; host?: Policy }) =>
      resolvePolicy({ ...sources, ...nowhere }).attention.enabled;
    expect({
      nobody: enabled({}),
      host: enabled({ host: on }),
      'host against the administrator': enabled({ admin: off, host: on }),
      administrator: enabled({ admin: on }),
      'administrator against the host': enabled({ admin: on, host: off }),
    }).toEqual({
      nobody: false,
      host: false,
      'host against the administrator': false,
      administrator: true,
      'administrator against the host': true,
    });
  });

  it('[G4] to attention tracking that either of them can forbid', () => {
    const yes = parsePolicy('all-party');
    const no = parsePolicy({ attention: { allowed: false } });
    const allowed = (admin: Policy, host: Policy) => resolvePolicy({ admin, host, ...nowhere }).attention.allowed;
    expect([allowed(yes, yes), allowed(yes, no), allowed(no, yes), allowed(no, no)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
