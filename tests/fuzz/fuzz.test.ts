import { describe, expect, test } from 'vitest';
import type { Epoch } from '../../src/participants/participants.types.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { heapInUse } from '../bench/heap.ts';
import { fuzz } from './run.ts';
import { type Attacked, attacked } from './world.ts';

const epoch = { number: 1, id: 'hana', incarnation: 'x' };
const answer = { t: 'answer', id: 'a', revision: 9, answers: { recording: 'given' } };

/** What is said in reply to mallory, and what is counted as wrong, when mallory (or a stranger) says this. */
function said(world: Attacked, data: string, { from = 'mallory', to = 'hana' } = {}) {
  const before = { snapshots: world.snapshots(), captured: world.captured() };
  const outcomes: unknown[] = [];
  const untap = world.network.tap((message) => {
    const reply = JSON.parse(message.data) as Message;
    if (message.to === from && reply.t === 'ack') outcomes.push(reply.outcome);
  });
  world.failures.clear();
  world.hears({ from, to, data });
  untap();
  const isSame = world.snapshots().every((snapshot, place) => snapshot === before.snapshots[place]);
  expect([isSame, world.captured()]).toEqual([true, before.captured]);
  return { codes: [...world.failures.keys()], outcomes };
}

const text = (message: object) => messageText(message as Message);

describe('[G8] is dropped, counted by its code, and changes nothing:', () => {
  test.each([
    ['a message of more than 4 KiB', 'protocol/too-long', text({ t: 'there?', epoch, pad: 'x'.repeat(4096) })],
    ['a message of another version', 'protocol/unknown-version', text({ v: 2, t: 'there?', epoch })],
    ['a message without a version', 'protocol/unknown-version', JSON.stringify({ t: 'there?', epoch })],
    ['what is no JSON', 'protocol/not-json', text({ t: 'there?', epoch }).slice(0, -1)],
    ['JSON that is no message', 'protocol/not-a-message', '7'],
    ['a list, however deep', 'protocol/unknown-version', `${'['.repeat(2000)}${']'.repeat(2000)}`],
    ['a kind that is a key of every object', 'protocol/not-a-message', text({ t: 'constructor', epoch })],
    ['a participant’s word of what the platform records', 'session/not-permitted', text({ t: 'seen', captures: [] })],
  ])('%s', async (_, code, data) => {
    expect(said(await attacked(), data)).toEqual({ codes: [code], outcomes: [] });
  });

  test('a message of a sender whom the transport does not know', async () => {
    const world = await attacked();
    const refused = { codes: ['protocol/unknown-sender'], outcomes: [] };
    expect(said(world, text({ t: 'there?', epoch }), { from: 'stranger' })).toEqual(refused);
    expect(said(world, text({ t: 'beacon', epoch, seq: 9, aliveMs: 1 }), { from: 'stranger', to: 'bo' })).toEqual(
      refused,
    );
  });

  test('a participant who speaks as the authority, under its name or an own one', async () => {
    const world = await attacked();
    for (const id of ['hana', 'mallory']) {
      const beacon = text({ t: 'beacon', epoch: { ...epoch, number: 2, id }, seq: 9, aliveMs: 1 });
      expect(said(world, beacon, { to: 'bo' })).toEqual({ codes: ['protocol/not-an-authority'], outcomes: [] });
    }
  });
});

describe('[G1] is answered with its code, and changes nothing:', () => {
  test.each([
    { do: 'requestRecording', storage: 'cloud' },
    { do: 'pauseRecording' },
    { do: 'resumeRecording' },
    { do: 'stopRecording' },
    { do: 'startWithoutWaiting', reason: 'now' },
    { do: 'remind' },
    { do: 'requestTranscript' },
    { do: 'stopTranscript' },
    { do: 'admit', participantIds: ['mallory'] },
    { do: 'handOver', to: 'mallory' },
  ])('a host’s command $do from a participant', async (command) => {
    const denied = { outcome: 'denied', code: 'session/not-permitted' };
    const world = await attacked();
    expect(said(world, text({ t: 'command', id: 'c', epoch: world.epoch, command }))).toEqual({
      codes: [],
      outcomes: [denied],
    });
  });

  test('a command whose message says that a host has sent it', async () => {
    const world = await attacked();
    const { epoch: now } = world;
    const forged = { t: 'command', id: 'c', epoch: now, command: { do: 'stopRecording' }, from: 'hana', role: 'host' };
    const denied = { outcome: 'denied', code: 'session/not-permitted' };
    expect(said(world, text(forged))).toEqual({ codes: [], outcomes: [denied] });
  });

  test('an answer for purposes that are keys of every object, or their prototype', async () => {
    const world = await attacked();
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const data = text({ ...answer, recordingId: world.recordingId }).replace('"recording":', `"${key}":`);
      expect(said(world, data)).toEqual({ codes: [], outcomes: [{ outcome: 'moot', because: 'not-asked' }] });
    }
  });

  test.each([
    ['a notice never raised', { noticeId: '0123456789abcdef' }, 'superseded'],
    ['a recording that never was', { recordingId: '0123456789abcdef' }, 'capture-ended'],
    ['a purpose never asked for', { answers: { 'ai-notes': 'given' } }, 'not-asked'],
    ['a purpose that every object has as a key', { answers: { toString: 'given' } }, 'not-asked'],
  ])('an answer to %s', async (_, wrong, because) => {
    const world = await attacked();
    const { recordingId } = world;
    expect(said(world, text({ ...answer, recordingId, ...wrong }))).toEqual({
      codes: [],
      outcomes: [{ outcome: 'moot', because }],
    });
  });
});

test('[G8] a co-host’s word of another self of the authority ends in one authority, not in a storm of messages', async () => {
  const world = await attacked();
  const before = world.network.messages;
  world.says({ t: 'highest', epoch: { number: 1, id: 'hana', incarnation: 'zzz' } }, 'hana', 'eve');
  expect(world.network.messages - before).toBeLessThan(100);
  await world.passes(60_000);
  const followed = world.snapshots().map(({ authorityId, connection }) => [authorityId, connection]);
  expect(new Set(followed.map(([id]) => id)).size).toBe(1);
  expect(followed.map(([, connection]) => connection)).toEqual(['connected', 'connected', 'connected']);
});

test.each([
  ['no JSON', '{'],
  ['not what an authority knows', '{}'],
  ['for a recording without a state', JSON.stringify({ regions: [], noticeVersion: '1', speaking: [], own: {} })],
])('[G8] a hand-over that is %s is dropped and counted: whoever hands over goes on deciding', async (_, handed) => {
  const world = await attacked();
  const own = { number: 2, id: 'eve', incarnation: 'x' };
  world.says({ t: 'beacon', epoch: own, seq: 1, aliveMs: 5000 }, 'hana', 'eve');
  expect(world.hana.session.getSnapshot().authorityId).toBe('eve');
  world.failures.clear();
  world.says({ t: 'hand-over', epoch: own, text: handed }, 'hana', 'eve');
  expect([[...world.failures], world.hana.session.getSnapshot().authorityId]).toEqual([
    [['protocol/not-a-message', 1]],
    'eve',
  ]);
});

test('[G3] a withdrawal counts whatever another participant has said under the same id', async () => {
  const world = await attacked();
  const { recordingId } = world;
  const withdrawal = { t: 'answer', id: 'same', recordingId, revision: 9, answers: { recording: 'withdrawn' } };
  world.says(withdrawal, 'hana', 'mallory');
  world.says(withdrawal, 'hana', 'bo');
  await world.passes(100);
  expect(world.captured()).toEqual([true, false, true]);
});

test.each([
  [
    'hello, from a region each time',
    (n: number) => ({ t: 'hello', id: `h${n}`, devices: true, region: `Region ${n}` }),
  ],
  ['refusal', (n: number) => ({ ...answer, id: `a${n}`, revision: n, answers: { recording: 'refused' } })],
  ['word of what is on screen', (n: number) => ({ t: 'shown', id: `s${n}`, noticeId: `notice ${n}` })],
  ['command', (n: number, now: Epoch) => ({ t: 'command', id: `c${n}`, epoch: now, command: { do: 'stopRecording' } })],
  [
    'chunk of a message that never comes whole',
    (n: number) => ({ t: 'chunk', id: `k${n}`, part: 0, parts: 9, text: 'x'.repeat(2000) }),
  ],
])('[G8] one participant’s %s, over and over, is not kept', async (_, message) => {
  const world = await attacked();
  const { recordingId } = world;
  const says = (from: number, to: number) => {
    for (let n = from; n < to; n += 1) world.says({ recordingId, ...message(n, world.epoch) }, 'hana');
  };
  says(1, 3000);
  // What is kept grows each time; what else is in memory comes and goes.
  const growths = [3000, 6000, 9000].map((from) => {
    const before = heapInUse();
    says(from, from + 3000);
    return (heapInUse() - before) / 3000;
  });
  expect(Math.min(...growths)).toBeLessThan(60);
});

test('[G8] 20,000 random and mutated messages throw nothing, change nothing of others, and leave nobody stuck', async () => {
  const { messages, refused, failure } = await fuzz(20_000, 20_261_125, () => true);
  expect(failure && `${failure.why}: ${JSON.stringify(failure.messages)}`).toBeUndefined();
  expect(messages).toBe(20_000);
  const codes = ['not-a-message', 'not-an-authority', 'not-json', 'too-long', 'unknown-sender', 'unknown-version'];
  expect(codes.filter((code) => !refused.has(`protocol/${code}`))).toEqual([]);
});
