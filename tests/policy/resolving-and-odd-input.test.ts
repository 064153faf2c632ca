import { describe, expect, it } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { regionLaw as law } from '../../src/policy/law.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { resolvePolicy, stricterPolicy } from '../../src/policy/policy.rules.ts';
import { policyFor } from '../../src/policy/policy-for.ts';
import { simulate } from '../../src/simulator/simulation.ts';

const pointerOf = (input: unknown) => {
  try {
    parsePolicy(input);
    return 'accepted';
  } catch (error) {
    return isNoticeError(error, 'policy/invalid') ? error.pointer : String(error);
  }
};
const nowhere = { regions: [], undeclared: false, law };

describe('a resolved policy', () => {
  it('[G11] [G9] a lock on a purpose that the host does not name holds, and breaks nothing', () => {
    const admin = parsePolicy({ purposes: { 'ai-notes': {} }, locked: ['purposes.ai-notes.consent'] }, { admin: true });
    const policy = resolvePolicy({ admin, host: parsePolicy('all-party'), ...nowhere });
    expect(Object.keys(policy.purposes['ai-notes'] ?? {}).sort()).toEqual(Object.keys(policy.recording).sort());
  });
  it('[G11] a purpose goes on following what is there, and follows nothing that is not', () => {
    const admin = parsePolicy(
      { purposes: { 'ai-notes': {}, summary: { follows: 'ai-notes' } }, locked: ['purposes.summary'] },
      { admin: true },
    );
    const followed = (host: Parameters<typeof parsePolicy>[0]) =>
      Object.entries(resolvePolicy({ admin, host: parsePolicy(host), ...nowhere }).purposes).map(([name, rules]) => [
        name,
        rules.follows,
      ]);
    expect(followed('all-party')).toEqual([['summary', undefined]]);
    for (const follows of ['recording', 'transcription']) {
      expect(followed({ purposes: { 'ai-notes': { follows } } })).toEqual([
        ['ai-notes', follows],
        ['summary', 'ai-notes'],
      ]);
    }
  });
  it('[G1] a locked hold and a host who holds nothing make a policy that holds devices', () => {
    const admin = parsePolicy({ extends: 'acknowledge', locked: ['recording.untilAnswered'] }, { admin: true });
    const host = parsePolicy({
      extends: 'acknowledge',
      recording: { holds: [], untilAnswered: 'exclude', onLateJoin: 'exclude' },
    });
    expect(pointerOf(resolvePolicy({ admin, host, ...nowhere }))).toBe('accepted');
  });
  it('[G1] nobody is captured unasked where a hold is locked and the host would hold nothing', async () => {
    const result = await simulate({
      about: 'x',
      meeting: {
        id: 'a',
        policy: { extends: 'acknowledge', recording: { holds: [], untilAnswered: 'exclude', onLateJoin: 'pause' } },
        adminPolicy: { extends: 'acknowledge', locked: ['recording.untilAnswered'] },
      },
      participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
      capture: { canExclude: false },
      steps: [{ at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' }],
      until: '20s',
    }).run();
    expect(result.broken).toEqual([]);
  });
  it('[G11] after a hand-over nothing is milder than one’s own policy, whatever was locked', () => {
    const heard = parsePolicy({ extends: 'notice-only', locked: ['recording.consent', 'recording.start'] });
    const own = resolvePolicy({ host: heard, ...nowhere, regions: ['US-CA'] });
    const { consent, start } = stricterPolicy(heard, own).recording;
    expect([consent, start]).toEqual(['explicit', 'when-everyone-answered']);
  });
  it('[G11] a region that arrives after a hand-over tightens before its person is captured', async () => {
    const simulation = simulate({
      about: 'x',
      meeting: {
        id: 'a',
        policy: 'notice-only',
        adminPolicy: { extends: 'notice-only', locked: ['recording.consent', 'recording.start'] },
      },
      participants: [
        { id: 'hana', role: 'host' },
        { id: 'kim', role: 'co-host' },
        { id: 'bo', joins: '10s', region: 'US-CA' },
      ],
      steps: [
        { at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' },
        { at: '5s', who: 'hana', does: 'handsOver', to: 'kim' },
      ],
      until: '30s',
    });
    const { summary } = await simulation.run();
    expect(summary.captures.filter(({ participantId }) => participantId === 'bo')).toEqual([]);
  });
  it('[G4] attention tracking that the host does not allow is not on', () => {
    const admin = parsePolicy({ attention: { enabled: true } }, { admin: true });
    const { allowed, enabled } = resolvePolicy({
      admin,
      host: parsePolicy({ attention: { allowed: false } }),
      ...nowhere,
    }).attention;
    expect({ allowed, enabled }).not.toEqual({ allowed: false, enabled: true });
  });
});

describe('parsing', () => {
  it('a field is named as it is written, quotes and line breaks too', () => {
    expect([pointerOf({ 'a"b': 1 }), pointerOf({ recording: { 'a\nb': 1 } })]).toEqual(['/a"b', '/recording/a\nb']);
  });
  it('a list or a date is no object', () => {
    expect([pointerOf([]), pointerOf({ recording: [] }), pointerOf({ purposes: [] }), pointerOf(new Date(0))]).toEqual([
      '',
      '/recording',
      '/purposes',
      '',
    ]);
  });
  it('a key of an object’s own making is refused where it stands', () => {
    expect(pointerOf({ purposes: { 'a/b~c': { constructor: 1 } } })).toBe('/purposes/a~1b~0c/constructor');
  });
  it('a number that JSON cannot hold is refused', () =>
    expect(pointerOf({ recording: { timeoutMs: 1n } })).toBe('/recording/timeoutMs'));
  it('an open purpose of what is extended stays explicit, whatever the recording asks', () => {
    const { purposes } = parsePolicy({
      extends: { purposes: { 'ai-notes': {} } },
      recording: { consent: 'notice' },
    });
    expect(purposes['ai-notes']?.consent).toBe('explicit');
  });
  it('policyFor tightens for the regions that it is given, whatever the policy makes of declared ones', () => {
    expect(policyFor('US-CA', { extends: 'notice-only', regions: 'ignore' }).recording.consent).toBe('explicit');
  });
});

describe('and', () => {
  it('something nested without end is refused where it is unknown', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['recording'] = cyclic;
    let deep: object = {};
    for (let depth = 0; depth < 20_000; depth += 1) deep = { a: deep };
    expect([pointerOf(cyclic), pointerOf({ recording: deep })]).toEqual(['/recording/recording', '/recording/a']);
  });
});
