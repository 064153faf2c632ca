import { describe, expect, it } from 'vitest';
import * as errors from '../../src/core/errors.ts';
import {
  aborted,
  captureFailed,
  captureFenced,
  captureTimedOut,
  captureUnsupported,
  documentInvalid,
  isNoticeError,
  type NoticeError,
  policyInvalid,
  recordUnreadable,
  scenarioInvalid,
  transcriptInvalid,
  transcriptNoReader,
  transportClosed,
  transportUnsupported,
} from '../../src/core/errors.ts';

const cause = new Error('the disk is full');

const table: Readonly<Record<string, readonly [made: NoticeError, code: string, message: string, more?: object]>> = {
  policyInvalid: [
    policyInvalid('/recording/consent', 'expected a word'),
    'policy/invalid',
    'policy/recording/consent: expected a word',
    { pointer: '/recording/consent' },
  ],
  scenarioInvalid: [
    scenarioInvalid('/steps/0', 'expected a step'),
    'scenario/invalid',
    '/steps/0: expected a step',
    { pointer: '/steps/0' },
  ],
  documentInvalid: [
    documentInvalid('/kinds', 'expected kinds'),
    'document/invalid',
    'document/kinds: expected kinds',
    { pointer: '/kinds' },
  ],
  recordUnreadable: [
    recordUnreadable(7, '/fact/fact', 'unknown fact "gaze"'),
    'ledger/unreadable',
    'ledger record 7 at /fact/fact: unknown fact "gaze"',
    { pointer: '/fact/fact' },
  ],
  transcriptInvalid: [
    transcriptInvalid('/segments/0', 'text: expected a text'),
    'transcript/invalid',
    'transcript/segments/0: text: expected a text',
    { pointer: '/segments/0' },
  ],
  transcriptNoReader: [
    transcriptNoReader('media-captions', cause),
    'transcript/no-reader',
    'Reading this needs the package media-captions: run `npm install media-captions`.',
    { cause },
  ],
  transportClosed: [
    transportClosed(cause),
    'transport/closed',
    'The transport is closed; join again with a new one.',
    { retryable: true, cause },
  ],
  transportUnsupported: [
    transportUnsupported('BroadcastChannel'),
    'transport/unsupported',
    'There is no BroadcastChannel here; hand one in, or use another transport.',
  ],
  captureFailed: [
    captureFailed('start', cause),
    'capture/failed',
    'The recorder failed to start: the disk is full',
    { retryable: true, cause },
  ],
  captureTimedOut: [
    captureTimedOut('start', 10_000),
    'capture/timed-out',
    'The recorder did not finish start within 10000 ms.',
    { retryable: true },
  ],
  captureFenced: [
    captureFenced('start'),
    'capture/fenced',
    'The recorder refuses to start: a later authority has taken over.',
  ],
  aborted: [aborted(cause), 'session/aborted', 'The caller aborted this.', { cause }],
  captureUnsupported: [
    captureUnsupported('There is no MediaRecorder here.'),
    'capture/unsupported',
    'There is no MediaRecorder here.',
  ],
};

const rows = Object.entries(table).map(([factory, [made, code, message, more = {}]]) => ({
  factory,
  made,
  code,
  facts: { name: 'NoticeError', code, message, retryable: false, pointer: undefined, cause: undefined, ...more },
}));

describe('NoticeError', () => {
  it.each(rows)('$factory has the code $code, and says what to know of it', ({ made, facts }) => {
    const { name, code, message, retryable, pointer, cause } = made;
    expect({ name, code, message, retryable, pointer, cause }).toEqual(facts);
    expect(made).toBeInstanceOf(Error);
  });

  it('has no factory without a test, and no code twice', () => {
    const factories = Object.keys(errors).filter((name) => name !== 'NoticeError' && name !== 'isNoticeError');
    expect(factories.sort()).toEqual(Object.keys(table).sort());
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
  });

  it('speaks of the whole where the pointer is of the whole', () => {
    const made = [policyInvalid, scenarioInvalid, documentInvalid].map((factory) => factory('', 'expected an object'));
    expect(made.map(({ message, pointer }) => [message, pointer])).toEqual([
      ['policy (whole): expected an object', ''],
      ['(whole scenario): expected an object', ''],
      ['document (whole): expected an object', ''],
    ]);
  });

  it('says why a recorder failed, also where what it threw is no error', () => {
    const error = captureFailed('stop', 'no network');
    expect([error.message, error.cause]).toEqual(['The recorder failed to stop: no network', 'no network']);
  });

  it('has no cause where none is known', () => {
    expect([transportClosed(), aborted()].map((error) => Object.hasOwn(error, 'cause'))).toEqual([false, false]);
  });
});

describe('isNoticeError', () => {
  const error = captureFenced('start');

  it('is true of an error of this library, and with a code only of one that has it', () => {
    expect([
      isNoticeError(error),
      isNoticeError(error, 'capture/fenced'),
      isNoticeError(error, 'capture/failed'),
    ]).toEqual([true, true, false]);
  });

  it.each([
    ['another error', new Error('capture/fenced')],
    ['what only looks like one', { ...error, name: 'NoticeError', code: 'capture/fenced' }],
    ['a code', 'capture/fenced'],
    ['null', null],
    ['nothing', undefined],
  ])('is false of %s', (_, value) => {
    expect([isNoticeError(value), isNoticeError(value, 'capture/fenced')]).toEqual([false, false]);
  });
});
