import { describe, expect, it } from 'vitest';
import { definePolicy, parsePolicy } from '../../src/policy/policy.parse.ts';
import { faultOf, refusal, sayingAt } from './policy-fault.ts';

const endless = 'expected "refused": reminding for ever, while everyone is waited for, would never end';
const mustEnd = 'expected a number of milliseconds: a start that waits for everyone must end some time';

const faultIn = (input: unknown, admin = false) => faultOf(() => parsePolicy(input, { admin }));

/** The three places where a policy has rules for a purpose, the last with a name to be escaped. */
const places = ['/recording', '/transcription', '/purposes/a~1b~0c'];

describe.each(places)('the rules at %s make no sense', (at) => {
  const faultWith = (rules: object) => faultIn(sayingAt(at, rules));

  it('if everyone is waited for and reminded for ever', () => {
    expect(faultWith({ onTimeout: 'remind' })).toEqual(refusal(`${at}/onTimeout`, endless));
    expect(faultWith({ onTimeout: 'remind', timeoutMs: null })).toEqual(refusal(`${at}/onTimeout`, endless));
  });

  it('if everyone is waited for without end', () => {
    expect(faultWith({ timeoutMs: null })).toEqual(refusal(`${at}/timeoutMs`, mustEnd));
  });

  it.each(['untilAnswered', 'onLateJoin', 'onRefusal'])('if %s is "hold" and there is nothing to hold', (field) => {
    expect(faultWith({ [field]: 'hold', holds: [] })).toEqual(
      refusal(`${at}/holds`, `expected at least one device, as "${field}" is "hold"`),
    );
  });

  it('only together: each of these alone is taken', () => {
    const sensible = [
      { start: 'at-once', onTimeout: 'remind' },
      { start: 'at-once', timeoutMs: null },
      { onTimeout: 'refused' },
      { holds: [] },
      { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', holds: ['chat'] },
    ];
    for (const rules of sensible) expect(faultWith(rules)).toEqual({ accepted: expect.anything() });
  });
});

describe('a policy makes no sense', () => {
  it('if what is written over a preset does not go with the rest of it', () => {
    expect(faultIn({ extends: 'acknowledge', recording: { start: 'when-everyone-answered' } })).toEqual(
      refusal('/recording/onTimeout', endless),
    );
    expect(faultIn({ extends: 'notice-only', recording: { start: 'when-everyone-answered' } })).toEqual(
      refusal('/recording/timeoutMs', mustEnd),
    );
    expect(faultIn({ extends: 'acknowledge', recording: { holds: [] } })).toEqual(
      refusal('/recording/holds', 'expected at least one device, as "untilAnswered" is "hold"'),
    );
  });

  it.each([
    ['a purpose that is not there', { 'a/b~c': { follows: 'b' }, c: {} }, 'recording, transcription, c'],
    ['itself', { 'a/b~c': { follows: 'a/b~c' } }, 'recording, transcription'],
    [
      'attention tracking, which has no capture',
      { 'a/b~c': { follows: 'attention-tracking' } },
      'recording, transcription',
    ],
  ])('if a purpose follows %s', (_, purposes, others) => {
    expect(faultIn({ purposes })).toEqual(
      refusal('/purposes/a~1b~0c/follows', `expected a purpose of this policy: ${others}`),
    );
  });

  it('if any of its purposes makes none, whichever stands first', () => {
    const sensible = { start: 'at-once' };
    for (const purposes of [
      { a: sensible, b: { timeoutMs: null } },
      { b: { timeoutMs: null }, a: sensible },
    ]) {
      expect(faultIn({ purposes })).toEqual(refusal('/purposes/b/timeoutMs', mustEnd));
    }
  });

  it.each([
    ['recording', 'recording'],
    ['transcription', 'transcription'],
    ['attention-tracking', 'attention'],
  ])('if %s stands among the open purposes', (name, place) => {
    expect(faultIn({ purposes: { 'ai-notes': {}, [name]: {} } })).toEqual(
      refusal(`/purposes/${name}`, `has a place of its own: "${place}", beside "purposes"`),
    );
  });

  it('if purposes follow each other in a circle', () => {
    expect(faultIn({ purposes: { a: { follows: 'b/~' }, 'b/~': { follows: 'c' }, c: { follows: 'b/~' } } })).toEqual(
      refusal('/purposes/b~1~0/follows', 'expected a purpose that does not follow this one'),
    );
  });

  it('if one policy is written over another without end', () => {
    let policy: object = {};
    for (let depth = 0; depth < 20_000; depth += 1) policy = { extends: policy };
    expect(faultIn(policy)).toMatchObject({
      message: expect.stringMatching(/: expected no more than 32 policies, one over another$/),
    });
  });

  it('only beyond 32 policies that it is written over, one over another', () => {
    const over = (depth: number): object => (depth === 0 ? {} : { extends: over(depth - 1) });
    expect(faultIn(over(32))).toEqual({ accepted: parsePolicy('all-party') });
    expect(faultIn(over(33))).toEqual(
      refusal('/extends'.repeat(33), 'expected no more than 32 policies, one over another'),
    );
  });

  it('if a path that it locks is none, at its own place among locks that are there twice', () => {
    expect(faultIn({ extends: { locked: ['regions'] }, locked: ['regions', 'regions', 'nope'] })).toEqual(
      refusal('/locked/2', 'expected a path such as "recording.consent", got "nope"'),
    );
  });

  it('if what it extends locks something that is not there, at the place where that is written', () => {
    expect(faultIn({ extends: { locked: ['regions', 'nope'] }, locked: ['recording'] })).toEqual(
      refusal('/extends/locked/1', 'expected a path such as "recording.consent", got "nope"'),
    );
  });

  it.each([
    ['recording.consnt'],
    ['recording.consent.x'],
    ['recording.'],
    ['.recording'],
    ['/recording/consent'],
    ['recording.holds.0'],
    ['recording.constructor'],
    ['__proto__'],
    ['toString'],
    ['purposes.ai-notes'],
    ['locked'],
  ])('if it locks %s, which is no path of it', (path) => {
    expect(faultIn({ locked: ['recording.consent', path] })).toEqual(
      refusal('/locked/1', `expected a path such as "recording.consent", got ${JSON.stringify(path)}`),
    );
  });

  it('[G4] if attention tracking is on from the start by another word than an allowing administrator’s', () => {
    const byAdmin = 'expected false: only an administrator may turn it on from the start';
    const enabled = { attention: { enabled: true } };
    expect(faultIn(enabled)).toEqual(refusal('/attention/enabled', byAdmin));
    expect(faultIn({ extends: enabled })).toEqual(refusal('/attention/enabled', byAdmin));
    expect(faultIn({ attention: { enabled: true, allowed: false } }, true)).toEqual(
      refusal('/attention/enabled', 'expected false, as "allowed" is false'),
    );
    expect(parsePolicy(enabled, { admin: true }).attention.enabled).toBe(true);
  });
});

describe('definePolicy', () => {
  it('gives back the very policy that it was given, also an administrator’s', () => {
    const policy = { extends: 'gdpr', attention: { enabled: true }, locked: ['attention.enabled'] } as const;
    expect(definePolicy(policy)).toBe(policy);
    expect(Object.isFrozen(policy)).toBe(false);
  });

  it('refuses what parsePolicy refuses', () => {
    expect(faultOf(() => definePolicy({ recording: { timeoutMs: null } }))).toEqual(
      refusal('/recording/timeoutMs', mustEnd),
    );
    const mistyped: object = { recording: { onRefusal: 'vetoo' } };
    expect(faultOf(() => definePolicy(mistyped))).toEqual(
      refusal(
        '/recording/onRefusal',
        'expected one of "exclude", "hold", "leave", "veto", got "vetoo"; did you mean "veto"?',
      ),
    );
  });
});
