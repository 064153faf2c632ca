import { expect, test } from 'vitest';
import { createAuthority } from '../../src/authority/standalone.ts';
import { policyFor } from '../../src/policy/policy-for.ts';
import { broadcastChannelTransport } from '../../src/transport/broadcast-channel.transport.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';

const transport = inMemoryNetwork().connect({ participantId: 'server', role: 'authority' });
const circle: Record<string, unknown> = {};
circle['self'] = circle;

const wrong: readonly [string, (...given: never[]) => unknown, readonly unknown[], RegExp][] = [
  ['nothing', createAuthority, [], /createAuthority: options must be an object such as .*, not undefined/],
  ['no transport', createAuthority, [{ meetingId: 'weekly' }], /transport must be a Transport, not undefined/],
  ['no meeting', createAuthority, [{ transport }], /meetingId must be a string such as 'weekly', not undefined/],
  ['half a transport', createAuthority, [{ meetingId: 'w', transport: {} }], /transport must have the method send\(\)/],
  [
    'no recorder',
    createAuthority,
    [{ meetingId: 'w', transport, capture: 5 }],
    /capture must have the method snapshot/,
  ],
  ['no clock', createAuthority, [{ meetingId: 'w', transport, clock: {} }], /clock must have the method now\(\)/],
  ['no version', createAuthority, [{ meetingId: 'w', transport, noticeVersion: 2 }], /noticeVersion must be a string/],
  ['no listener', createAuthority, [{ meetingId: 'w', transport, onProblem: 'log' }], /onProblem must be a function/],
  ['nothing', policyFor, [], /policyFor: regions must be a list such as \['US-CA'\], not undefined/],
  ['a number', policyFor, [5], /policyFor: regions must be a list such as \['US-CA'\], not 5/],
  ['a number in a list', policyFor, [['DE', 5]], /policyFor: regions\[1\] must be a string such as 'US-CA', not 5/],
  ['a circle', policyFor, [circle], /policyFor: regions must be a list .*, not \[object Object\]/],
  ['nothing', broadcastChannelTransport, [], /broadcastChannelTransport: options must be an object such as/],
  ['no meeting', broadcastChannelTransport, [{ participantId: 'bo', role: 'host' }], /meetingId must be a string/],
  ['no person', broadcastChannelTransport, [{ meetingId: 'w', role: 'host' }], /participantId must be a string/],
  [
    'no role',
    broadcastChannelTransport,
    [{ meetingId: 'w', participantId: 'bo' }],
    /role must be one of host, co-host/,
  ],
];

test.each(wrong)('%s is a TypeError that says what was expected: %#', (_, called, given, message) => {
  expect(() => called(...(given as never[]))).toThrow(TypeError);
  expect(() => called(...(given as never[]))).toThrow(message);
});
