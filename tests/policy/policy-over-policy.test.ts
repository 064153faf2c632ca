import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';

const names = ['notice-only', 'acknowledge', 'all-party', 'gdpr'] as const;
const allParty = parsePolicy('all-party');

/** Every object and list in a value, itself among them. */
function partsOf(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
}

describe('parsePolicy', () => {
  it.each(names)('takes %s by its name, over itself, and as what it says in full', (name) => {
    const policy = parsePolicy(name);
    expect(parsePolicy({ extends: name })).toEqual(policy);
    expect(parsePolicy({ extends: { extends: { extends: name } } })).toEqual(policy);
    expect(parsePolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
  });

  it('writes over all-party where nothing else is said', () => {
    expect(parsePolicy({})).toEqual(allParty);
    expect(parsePolicy({ regions: 'required' })).toEqual({ ...allParty, regions: 'required' });
  });

  it('takes each field from the nearest that says it, along a chain', () => {
    const policy = parsePolicy({
      extends: {
        extends: { extends: 'acknowledge', regions: 'required', recording: { timeoutMs: 5000, graceMs: 100 } },
        recording: { timeoutMs: 7000, holds: ['microphone'] },
        attention: { armedBy: 'anyone', thresholdMs: 45_000 },
        retention: { then: 'isolate' },
      },
      recording: { onRefusal: 'veto' },
      attention: { thresholdMs: 60_000 },
      retention: { recordingDays: 7 },
    });
    const acknowledge = parsePolicy('acknowledge');
    const said = { timeoutMs: 7000, graceMs: 100, holds: ['microphone'], onRefusal: 'veto' };
    expect(policy).toEqual({
      ...acknowledge,
      regions: 'required',
      recording: { ...acknowledge.recording, ...said },
      transcription: { ...acknowledge.transcription, ...said },
      attention: { ...acknowledge.attention, armedBy: 'anyone', thresholdMs: 60_000 },
      retention: { recordingDays: 7, then: 'isolate' },
    });
  });

  it('gives the transcription every field of the recording that it does not say itself', () => {
    const policy = parsePolicy({
      recording: { consent: 'acknowledge', start: 'at-once', onRefusal: 'leave', holds: ['chat'] },
      transcription: { onRefusal: 'hold', readers: 'everyone' },
    });
    expect(policy.recording).toEqual({
      ...allParty.recording,
      consent: 'acknowledge',
      start: 'at-once',
      onRefusal: 'leave',
      holds: ['chat'],
    });
    expect(policy.transcription).toEqual({ ...policy.recording, onRefusal: 'hold', readers: 'everyone' });
  });

  it('leaves the recording as it is where only the transcription is said', () => {
    const policy = parsePolicy({ transcription: { consent: 'notice', start: 'at-once' } });
    expect(policy.recording).toEqual(allParty.recording);
    expect(policy.transcription).toEqual({ ...allParty.transcription, consent: 'notice', start: 'at-once' });
  });

  it('[G1] asks explicit consent for an open purpose that does not say less itself', () => {
    const policy = parsePolicy({
      extends: 'notice-only',
      recording: { onRefusal: 'leave' },
      purposes: {
        'ai-notes': {},
        'live-captions': { follows: 'recording', consent: 'acknowledge', onRefusal: 'veto' },
        summary: { follows: 'ai-notes' },
      },
    });
    const asRecording = { ...parsePolicy('notice-only').recording, onRefusal: 'leave' };
    expect(policy.purposes).toEqual({
      'ai-notes': { ...asRecording, consent: 'explicit' },
      'live-captions': { ...asRecording, follows: 'recording', consent: 'acknowledge', onRefusal: 'veto' },
      summary: { ...asRecording, consent: 'explicit', follows: 'ai-notes' },
    });
  });

  it('takes a purpose by any name, also one that every object has', () => {
    const { purposes } = parsePolicy({ purposes: { toString: {}, valueOf: { follows: 'toString' } } });
    expect(purposes).toEqual({ toString: allParty.recording, valueOf: { ...allParty.recording, follows: 'toString' } });
  });

  it('takes the name of a schema, for an editor, and does not keep it', () => {
    expect(parsePolicy({ $schema: './policy.schema.json', extends: { $schema: 'x' } })).toEqual(allParty);
  });

  it('keeps the open purposes of what it extends, and adds to them by name', () => {
    const policy = parsePolicy({
      extends: { purposes: { 'ai-notes': { consent: 'acknowledge', follows: 'recording' }, summary: { graceMs: 7 } } },
      purposes: { 'ai-notes': { onRefusal: 'veto' }, 'live-streaming': {} },
    });
    expect(policy.purposes).toEqual({
      'ai-notes': { ...allParty.recording, consent: 'acknowledge', follows: 'recording', onRefusal: 'veto' },
      summary: { ...allParty.recording, graceMs: 7 },
      'live-streaming': allParty.recording,
    });
  });

  it('gives open purposes of what it extends the fields that its own recording says', () => {
    const policy = parsePolicy({
      extends: { purposes: { 'ai-notes': { follows: 'recording', graceMs: 7 } } },
      recording: { onRefusal: 'veto', timeoutMs: 5000 },
    });
    const said = { onRefusal: 'veto', timeoutMs: 5000 };
    expect(policy.purposes).toEqual({
      'ai-notes': { ...allParty.recording, ...said, follows: 'recording', graceMs: 7 },
    });
  });

  it('[G11] keeps every lock of what it extends, each once', () => {
    const policy = parsePolicy({
      extends: { purposes: { 'ai-notes': {} }, locked: ['regions', 'recording.consent'] },
      locked: ['recording', 'recording.consent', 'purposes.ai-notes.consent'],
    });
    expect(policy.locked).toEqual(['regions', 'recording.consent', 'recording', 'purposes.ai-notes.consent']);
  });

  it('gives a policy that nobody can change, in any part', () => {
    const input = { extends: 'gdpr', purposes: { 'ai-notes': { holds: ['chat'] } }, locked: ['recording.consent'] };
    for (const policy of [parsePolicy(input), ...names.map((name) => parsePolicy(name))]) {
      expect(partsOf(policy).filter((part) => !Object.isFrozen(part))).toEqual([]);
    }
  });

  it('leaves what it was given as it was: not frozen, not kept, not written to', () => {
    const input = { purposes: { 'ai-notes': { holds: ['chat'] } }, locked: ['recording.consent'] };
    const before = structuredClone(input);
    const policy = parsePolicy(input);
    expect(input).toEqual(before);
    expect(partsOf(input).filter(Object.isFrozen)).toEqual([]);
    input.purposes['ai-notes'].holds.push('camera');
    expect(policy.purposes['ai-notes']?.holds).toEqual(['chat']);
  });
});
