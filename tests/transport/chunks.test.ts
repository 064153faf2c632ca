import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Chunks } from '../../src/transport/chunks.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { messageLimit } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { textsOf } from '../../src/transport/texts.ts';

const epoch = { number: 3, id: 'hana', incarnation: 'x' };
const handOver = (text: string): Message => ({ t: 'hand-over', epoch, text });
const bytes = (text: string): number => new TextEncoder().encode(text).length;
const everyone = () => new Chunks(() => true, forHosts);

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.repeat(1000)),
  fc.constantFrom('"', '\u0001', 'é', '語', '😀', 'x').map((letter) => letter.repeat(4000)),
);

describe('a body that is longer than 4 KiB', () => {
  test('[G8] is whole when its last chunk is here, whatever came twice or out of order; none is longer than 4 KiB', () => {
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (text, chance) => {
        const sent = textsOf(handOver(text)) ?? [];
        expect(sent.filter((each) => bytes(each) > messageLimit)).toEqual([]);
        const order = [...sent.slice(1), ...sent].sort(() => ((chance.next().value ?? 0) % 3) - 1);
        const chunks = everyone();
        const read = order.flatMap((each) => chunks.read(each, 'hana') ?? []);
        expect(read[0]).toEqual({ message: handOver(text) });
      }),
      { numRuns: 50 },
    );
  });

  test('[G8] is completed by a repeat of what was lost of it, and by nobody else’s chunks', () => {
    const chunks = everyone();
    const sent = textsOf(handOver('x'.repeat(5000))) ?? [];
    expect(sent.length).toBeGreaterThan(2);
    for (const each of sent.slice(1)) expect(chunks.read(each, 'hana')).toBeUndefined();
    expect(chunks.read(sent[0], 'cora')).toBeUndefined();
    expect(chunks.read(sent[0], 'hana')).toEqual({ message: handOver('x'.repeat(5000)) });
  });

  test('[G8] is 1 MiB at most: nobody sends more, and nobody waits for more', () => {
    expect(textsOf(handOver('x'.repeat(2 ** 20)))).toBeUndefined();
    expect(textsOf(handOver('x'.repeat(2 ** 20 - 200)))?.length).toBeGreaterThan(1000);
    const endless = JSON.stringify({ v: 1, t: 'chunk', id: 'a', part: 0, parts: 1_000_000, text: 'x' });
    expect(everyone().read(endless, 'hana')).toEqual({ code: 'protocol/not-a-message' });
  });

  test('[G8] is taken from hosts and servers alone, and what was begun and never ended is let go of', () => {
    const [first = '', ...rest] = textsOf(handOver('x'.repeat(5000))) ?? [];
    const chunks = new Chunks((from) => from !== 'mallory', forHosts);
    expect(chunks.read(first, 'mallory')).toEqual({ code: 'protocol/not-an-authority' });
    chunks.read(first, 'hana');
    for (let id = 0; id < 8; id += 1) {
      chunks.read(JSON.stringify({ v: 1, t: 'chunk', id: `${id}`, part: 0, parts: 2, text: 'x' }), 'cora');
    }
    expect(rest.map((each) => chunks.read(each, 'hana'))).toEqual(rest.map(() => undefined));
  });

  test('is read as strictly as any message, and is no chunk again', () => {
    const chunk = (text: string) => JSON.stringify({ v: 1, t: 'chunk', id: 'a', part: 0, parts: 1, text });
    expect(everyone().read(chunk('{'), 'hana')).toEqual({ code: 'protocol/not-json' });
    expect(everyone().read(chunk(chunk('{')), 'hana')).toEqual({ code: 'protocol/not-a-message' });
    expect(everyone().read(chunk('{"v":1,"t":"hand-over"}'), 'hana')).toEqual({ code: 'protocol/not-a-message' });
  });
});
