import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { faultOf, refusal, sayingAt } from './policy-fault.ts';

const oneOf = {
  preset: 'expected one of "notice-only", "acknowledge", "all-party", "gdpr"',
  consent: 'expected one of "notice", "acknowledge", "explicit"',
  late: 'expected one of "exclude", "hold", "lobby", "pause"',
  refusal: 'expected one of "exclude", "hold", "leave", "veto"',
  device: 'expected one of "microphone", "camera", "screen", "chat"',
};

const ofPurpose =
  'consent, start, untilAnswered, onLateJoin, onRefusal, onCannotBeAsked, timeoutMs, onTimeout, remindEveryMs, ' +
  'graceMs, holds, storage, captureTimeoutMs';

/** Where, what stands there, what was expected, and where inside it if not at the place itself. */
type Refused = [at: string, value: unknown, expected: string, inside?: string];

function isRefused(...[at, value, expected, inside = '']: Refused): void {
  expect(faultOf(() => parsePolicy(sayingAt(at, value)))).toEqual(refusal(at + inside, expected));
}

describe('parsePolicy refuses a value of the wrong type and says what was expected', () => {
  it.each<Refused>([
    ['', undefined, 'expected an object, got undefined'],
    ['', null, 'expected an object, got null'],
    ['', 7, 'expected an object, got 7'],
    ['', [], 'expected an object, got []'],
    ['/extends', 3, 'expected an object, got 3'],
    ['/extends', null, 'expected an object, got null'],
    ['/extends/extends', ['gdpr'], 'expected an object, got ["gdpr"]'],
    ['/recording', 'explicit', 'expected an object, got "explicit"'],
    ['/recording', undefined, 'expected an object, got undefined'],
    ['/recording', [], 'expected an object, got []'],
    ['/recording/consent', undefined, `${oneOf.consent}, got undefined`],
    ['/recording/consent', true, `${oneOf.consent}, got true`],
    ['/recording/timeoutMs', '60s', 'expected a whole number, got "60s"'],
    ['/recording/timeoutMs', 0.5, 'expected a whole number, got 0.5'],
    ['/recording/graceMs', null, 'expected a whole number, got null'],
    ['/recording/holds', 'camera', 'expected a list, got "camera"'],
    ['/attention', false, 'expected an object, got false'],
    ['/attention/allowed', 'yes', 'expected true or false, got "yes"'],
    ['/attention/enabledBy', 'host', 'expected a list, got "host"'],
    ['/purposes', 'ai-notes', 'expected an object, got "ai-notes"'],
    ['/purposes', [{}], 'expected an object, got [{}]'],
    ['/purposes/ai-notes', 'explicit', 'expected an object, got "explicit"'],
    ['/purposes/ai-notes/follows', 3, 'expected a text, got 3'],
    ['/purposes/ai-notes/follows', '', 'expected a text that is not empty'],
    ['/retention', 30, 'expected an object, got 30'],
    ['/locked', 'recording.consent', 'expected a list, got "recording.consent"'],
    ['/locked', ['recording.consent', 3], 'expected a text, got 3', '/1'],
    ['/locked', [''], 'expected a text that is not empty', '/0'],
  ])('%s: %j', isRefused);

  it('and does not repeat a long one to its end', () => {
    isRefused('/recording/consent', 'x'.repeat(99), `${oneOf.consent}, got "${'x'.repeat(56)}…`);
  });
});

describe('parsePolicy refuses a word that is none of those known, and names the one that was meant', () => {
  it.each<Refused>([
    ['', 'strict', `${oneOf.preset}, got "strict"`],
    ['', 'al-party', `${oneOf.preset}, got "al-party"; did you mean "all-party"?`],
    ['', 'constructor', `${oneOf.preset}, got "constructor"`],
    ['/extends', '', `${oneOf.preset}, got ""`],
    ['/recording/consent', 'Explicit', `${oneOf.consent}, got "Explicit"; did you mean "explicit"?`],
    ['/recording/start', 'later', 'expected one of "when-everyone-answered", "at-once", got "later"'],
    ['/recording/untilAnswered', 'lobby', 'expected one of "exclude", "hold", got "lobby"'],
    ['/recording/onLateJoin', 'veto', `${oneOf.late}, got "veto"`],
    ['/recording/onRefusal', 'pause', `${oneOf.refusal}, got "pause"`],
    ['/recording/onCannotBeAsked', 'hold', 'expected one of "announce", "exclude", "block", got "hold"'],
    ['/recording/onTimeout', 'given', 'expected one of "refused", "remind", got "given"'],
    ['/recording/holds', ['camera', 'mic'], `${oneOf.device}, got "mic"`, '/1'],
    ['/transcription/storage', ['usb'], 'expected one of "cloud", "local", got "usb"', '/0'],
    ['/transcription/readers', 'host', 'expected one of "hosts", "everyone", got "host"; did you mean "hosts"?'],
    ['/regions', 'never', 'expected one of "declared", "required", "ignore", got "never"'],
    ['/attention/enabledBy', ['host', 'bo'], 'expected one of "host", "admin", got "bo"', '/1'],
    ['/attention/armedBy', 'admin', 'expected one of "host", "anyone", got "admin"'],
    ['/attention/consent', 'given', `${oneOf.consent}, got "given"`],
    ['/purposes/ai-notes/consent', 'notise', `${oneOf.consent}, got "notise"; did you mean "notice"?`],
    ['/retention/then', 'sell', 'expected one of "delete", "anonymise", "isolate", got "sell"'],
  ])('%s: %j', isRefused);
});

describe('parsePolicy refuses what is too little or too much', () => {
  it.each<Refused>([
    ['/recording/timeoutMs', 0, 'expected a whole number from 1, got 0'],
    ['/recording/timeoutMs', -60_000, 'expected a whole number from 1, got -60000'],
    ['/recording/remindEveryMs', 999, 'expected a whole number from 1000, got 999'],
    ['/transcription/graceMs', -1, 'expected a whole number from 0, got -1'],
    ['/recording/captureTimeoutMs', 0, 'expected a whole number from 1, got 0'],
    ['/recording/storage', [], 'expected at least one storage'],
    ['/attention/enabledBy', [], 'expected at least one of "host" and "admin"'],
    ['/retention/recordingDays', 0, 'expected a whole number from 1, got 0'],
  ])('%s: %j', isRefused);

  it('[G4] an attention threshold below half a minute', () => {
    isRefused('/attention/thresholdMs', 29_999, 'expected a whole number from 30000, got 29999');
    isRefused('/attention/thresholdMs', -30_000, 'expected a whole number from 30000, got -30000');
  });

  it.each([
    '/recording/timeoutMs',
    '/recording/remindEveryMs',
    '/transcription/graceMs',
    '/purposes/ai-notes/captureTimeoutMs',
    '/attention/thresholdMs',
  ])('or longer than any timer waits: %s', (at) => {
    const longest = 2_147_483_647;
    isRefused(at, longest + 1, `expected at most ${longest} ms, which is 24 days, got ${longest + 1}`);
    expect(faultOf(() => parsePolicy(sayingAt(at, longest)))).toEqual({ accepted: expect.anything() });
  });

  it('but takes the least that makes sense, and no time at all where nobody is waited for', () => {
    const rules = { timeoutMs: 1, remindEveryMs: 1000, graceMs: 0, captureTimeoutMs: 1, storage: ['local'] };
    const policy = parsePolicy({
      extends: 'gdpr',
      recording: rules,
      transcription: { timeoutMs: null },
      attention: { thresholdMs: 30_000 },
      retention: { recordingDays: 1 },
    });
    expect(policy.recording).toMatchObject(rules);
    expect(policy.transcription.timeoutMs).toBeNull();
    expect(policy.attention.thresholdMs).toBe(30_000);
    expect(policy.retention).toEqual({ recordingDays: 1, then: 'delete' });
  });
});

describe('parsePolicy refuses an unknown field, and names the one that was meant and those there are', () => {
  it.each([
    [
      '/recordin',
      '; did you mean "recording"?',
      '$schema, extends, regions, recording, transcription, attention, purposes, retention, locked',
    ],
    ['/recording/onRefuse', '; did you mean "onRefusal"?', ofPurpose],
    ['/recording/readers', '', ofPurpose],
    ['/recording/follows', '', ofPurpose],
    ['/recording/toString', '', ofPurpose],
    ['/transcription/reader', '; did you mean "readers"?', `${ofPurpose}, readers`],
    ['/transcription/follows', '', `${ofPurpose}, readers`],
    ['/purposes/ai-notes/folows', '; did you mean "follows"?', `${ofPurpose}, follows`],
    ['/purposes/ai-notes/readers', '', `${ofPurpose}, follows`],
    [
      '/attention/tresholdMs',
      '; did you mean "thresholdMs"?',
      'allowed, enabled, enabledBy, armedBy, thresholdMs, consent',
    ],
    ['/retention/days', '', 'recordingDays, then'],
    ['/retention/th~1n~0', '; did you mean "then"?', 'recordingDays, then'],
    ['/purposes/a~1b~0c/consnt', '; did you mean "consent"?', `${ofPurpose}, follows`],
  ])('%s%s', (at, meant, known) => {
    isRefused(at, 'x', `unknown field${meant} (known: ${known})`);
  });
});

describe('parsePolicy refuses the keys of a prototype, wherever they are', () => {
  it.each([
    ['/__proto__'],
    ['/constructor'],
    ['/prototype'],
    ['/recording/__proto__'],
    ['/attention/constructor'],
    ['/purposes/__proto__'],
    ['/purposes/constructor'],
    ['/purposes/ai-notes/prototype'],
    ['/extends/extends/__proto__'],
    ['/extends/purposes/prototype'],
  ])('%s', (at) => {
    isRefused(at, { consent: 'notice' }, 'expected no such key');
    expect(parsePolicy({}).recording.consent).toBe('explicit');
  });
});

describe('parsePolicy refuses what makes no sense in a policy that is extended, at its depth', () => {
  it.each<Refused>([
    ['/extends/extends/extends', 'gdp', `${oneOf.preset}, got "gdp"; did you mean "gdpr"?`],
    ['/extends/extends/recording/consent', 'no', `${oneOf.consent}, got "no"`],
    ['/extends/retention/recordingDays', -3, 'expected a whole number from 1, got -3'],
  ])('%s: %j', isRefused);
});
