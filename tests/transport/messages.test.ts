import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { forEveryone, messageLimit, messageText, parseMessage } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';

const epoch = { number: 3, id: 'hana', incarnation: 'x' };
const recording = {
  recordingId: 'r',
  purposes: ['recording', 'transcription'],
  status: 'on',
  statuses: { transcription: 'asking' },
  storage: 'cloud',
  by: { participantId: 'hana', name: 'Hana' },
  reason: 'minutes',
  started: true,
  withoutWaiting: { by: 'hana', reason: 'late' },
  seen: true,
  controlled: true,
  lastBy: 'platform',
  ended: { outcome: 'failed', code: 'capture/failed', retryable: true },
  endsBy: 'lease',
} as const;
const notice = {
  noticeId: 'n',
  recordingId: 'r',
  purposes: ['recording'],
  kind: 'prompt',
  consent: 'explicit',
  refusal: 'excluded',
  running: false,
  requestedBy: 'platform',
  answerInMs: 60_000,
  reminded: 1,
} as const;

/** One message of each kind, with all that it may carry. */
const messages: readonly Message[] = [
  { t: 'hello', id: 'a', name: 'Bo', region: 'DE', channel: 'phone', devices: true, highest: epoch },
  {
    t: 'answer',
    id: 'a',
    noticeId: 'n',
    recordingId: 'r',
    revision: 2,
    answers: { recording: 'given', transcription: 'refused' },
    text: { version: '1', locale: 'en', hash: 'ff' },
  },
  { t: 'alive', epoch, seq: 4 },
  { t: 'there?', epoch },
  { t: 'again', epoch, stream: 'hosts' },
  { t: 'got', epoch, n: 1, held: 'r' },
  { t: 'shown', id: 'a', noticeId: 'n', text: { version: '1', locale: 'en', hash: 'ff' } },
  {
    t: 'command',
    id: 'a',
    epoch,
    command: { do: 'requestRecording', storage: 'cloud', transcript: true, reason: 'x' },
  },
  { t: 'command', id: 'a', epoch, command: { do: 'remind', participantIds: ['bo'] } },
  { t: 'command', id: 'a', epoch, command: { do: 'handOver', to: 'bo' } },
  {
    t: 'seen',
    captures: [{ platformId: 'p', active: true, paused: true, controllable: true, storage: 'cloud', startedBy: 'bo' }],
  },
  { t: 'highest', epoch: null, re: 'a' },
  { t: 'beacon', epoch, seq: 1, hostSeq: 2, aliveMs: 5000 },
  {
    t: 'meeting',
    epoch,
    seq: 1,
    aliveMs: 5000,
    after: epoch,
    meeting: {
      recordings: [recording],
      policy: parsePolicy('gdpr'),
      succession: ['hana'],
      attention: { enabled: false, active: false },
      closed: true,
    },
  },
  {
    t: 'personal',
    epoch,
    seq: 3,
    n: 1,
    re: 'a',
    personal: {
      notices: [notice],
      closed: [{ noticeId: 'm', because: 'superseded' }],
      consents: [{ recordingId: 'r', purpose: 'recording', consent: 'shown', revision: 0 }],
      captured: [{ recordingId: 'r', captured: false, because: 'unanswered' }],
      hold: { recordingId: 'r', devices: ['microphone'], because: 'late', endsInMs: 10 },
      admission: { admission: 'waiting', because: 'late', recordingId: 'r' },
      leave: { because: 'refused', recordingId: 'r', leaveInMs: 30_000 },
    },
  },
  { t: 'ack', epoch, id: 'a', outcome: { outcome: 'recorded', receiptId: 'x', revision: 2 } },
  {
    t: 'roster',
    epoch,
    seq: 1,
    part: 0,
    parts: 1,
    whole: true,
    removed: ['dee'],
    rows: [
      {
        participantId: 'bo',
        name: 'Bo',
        role: 'participant',
        channel: 'app',
        present: true,
        admission: 'admitted',
        recordingId: 'r',
        consents: { recording: 'given' },
        captured: true,
        because: 'clear',
      },
    ],
  },
  { t: 'hand-over', epoch, text: '{}' },
  { t: 'chunk', id: 'a', part: 1, parts: 3, text: 'x' },
];

const codeOf = (data: unknown): string | undefined => parseMessage(data, forHosts).code;

describe('[G8] a message', () => {
  test('of each kind is read as it was said', () => {
    for (const message of messages) expect(parseMessage(messageText(message), forHosts)).toEqual({ message });
  });

  test('that is no text, too long, no JSON, no object, of another version or of no known kind is refused by its code', () => {
    const beacon = messageText({ t: 'beacon', epoch, seq: 1, aliveMs: 5000 });
    expect(codeOf(undefined)).toBe('protocol/not-text');
    expect(codeOf(new Uint8Array(3))).toBe('protocol/not-text');
    expect(codeOf(beacon.padEnd(messageLimit))).toBe(undefined);
    expect(codeOf(beacon.padEnd(messageLimit + 1))).toBe('protocol/too-long');
    expect(codeOf('{')).toBe('protocol/not-json');
    expect(codeOf('null')).toBe('protocol/not-a-message');
    expect(codeOf('7')).toBe('protocol/not-a-message');
    expect(codeOf(beacon.replace('"v":1', '"v":2'))).toBe('protocol/unknown-version');
    expect(codeOf('{"t":"beacon"}')).toBe('protocol/unknown-version');
    expect(codeOf('{"v":1,"t":"attention"}')).toBe('protocol/not-a-message');
  });

  test('that leaves out anything that must be there is refused', () => {
    const optional = (path: string) =>
      /name|region|channel|highest|noticeId$|text$|held|re$|reason|after|hostSeq/.test(path);
    for (const message of messages) {
      for (const key of Object.keys(message)) {
        if (optional(key) || key === 'text') continue;
        if (message.t === 'shown' && key === 'noticeId') continue;
        const { [key as keyof Message]: _, ...rest } = message;
        expect([message.t, key, codeOf(JSON.stringify({ v: 1, ...rest }))]).toEqual([
          message.t,
          key,
          'protocol/not-a-message',
        ]);
      }
    }
  });

  test('never names a purpose by a key of an object’s own making', () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const text = `{"v":1,"t":"answer","id":"a","recordingId":"r","revision":1,"answers":{"${key}":"given"}}`;
      const parsed = parseMessage(text, forHosts);
      expect(Object.keys((parsed.message as { answers?: object } | undefined)?.answers ?? {})).toEqual([]);
    }
    expect(({} as Record<string, unknown>)['given']).toBeUndefined();
  });

  test('of anything at all is either refused by a code or one that says the same again; nothing is ever thrown', () => {
    const anyText = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.json({ maxDepth: 4 }),
      fc.json({ maxDepth: 3 }).map((text) => `{"v":1,"t":"personal","epoch":${text},"n":1,"personal":${text}}`),
      fc
        .tuple(fc.constantFrom(...messages.map(messageText)), fc.nat(), fc.string({ minLength: 1, maxLength: 3 }))
        .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + put.length)),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseMessage(text, forHosts);
        if (parsed.code !== undefined) expect(parsed.code).toMatch(/^protocol\/[a-z-]+$/);
        else expect(parseMessage(messageText(parsed.message), forHosts)).toEqual(parsed);
      }),
      { numRuns: 5000 },
    );
  });
});

test('what is read several times in a row is read once, by the schemas of who reads it', () => {
  const text = messageText({ t: 'highest', epoch, re: 'a' });
  const told = parseMessage(text, forHosts).message;
  const [second, third] = [parseMessage(`${text}`, forHosts).message, parseMessage(text, forHosts).message];
  expect(second).toBe(told);
  expect(third).toBe(told);
  // Who reads less is not told what others read.
  expect(parseMessage(text, forEveryone)).toEqual({ code: 'protocol/not-a-message' });
  expect(parseMessage(text, forHosts).message).toEqual(told);
});
