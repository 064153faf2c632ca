import { beforeAll, describe, expect, test } from 'vitest';
import {
  bodyTextOf,
  continues,
  hashOf,
  isOpening,
  lineOf,
  nextLink,
  withoutAttention,
} from '../../src/records/chain.rules.ts';
import type { LedgerFact, LedgerRecord } from '../../src/records/ledger.types.ts';
import { loadLibraries } from '../../src/records/libraries.ts';
import { at } from './records-of.ts';

beforeAll(loadLibraries);

const epoch = { number: 1, id: 'hana', incarnation: 'a' };
const started: LedgerFact = { fact: 'started', recordingId: 'r', by: 'platform' };
const of = (fact: LedgerFact = started) => ({ at: at(0), meetingId: 'weekly', epoch, fact });

describe('[G6] a record', () => {
  test('is the first, or the next of the one that it names, and a line of it says the same', () => {
    const first = nextLink(undefined, of());
    const second = nextLink(first.head, of());
    const text = (n: number, prev: string) =>
      `{"at":"${at(0)}","epoch":{"id":"hana","incarnation":"a","number":1},"fact":{"by":"platform","fact":"started","recordingId":"r"},"meetingId":"weekly","n":${n},"prev":"${prev}","v":1}`;
    expect([first, second]).toEqual([
      { head: { n: 0, hash: hashOf(text(0, '')) }, text: text(0, '') },
      { head: { n: 1, hash: hashOf(text(1, first.head.hash)) }, text: text(1, first.head.hash) },
    ]);
    const record = JSON.parse(lineOf(second.text, second.head.hash, 'jws')) as LedgerRecord;
    expect(record).toEqual({ v: 1, n: 1, prev: first.head.hash, ...of(), hash: second.head.hash, jws: 'jws' });
    expect(bodyTextOf(record)).toBe(second.text);
  });

  test('has the SHA-256 of its text, as base64url', () => {
    expect(hashOf('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  test('holds a word of which half a character was typed', () => {
    const { text } = nextLink(
      undefined,
      of({ ...started, fact: 'requested', purposes: ['recording'], reason: 'x\ud83d' } as LedgerFact),
    );
    expect((JSON.parse(text) as LedgerRecord).fact).toMatchObject({ reason: 'x\ufffd' });
  });

  test('continues a head whose hash it names, at the next number; the first continues none', () => {
    const head = { n: 4, hash: 'h' };
    expect([
      continues({ n: 0, prev: '' }, undefined),
      continues({ n: 1, prev: '' }, undefined),
      continues({ n: 0, prev: 'h' }, undefined),
      continues({ n: 5, prev: 'h' }, head),
      continues({ n: 5, prev: '' }, head),
      continues({ n: 6, prev: 'h' }, head),
      continues({ n: 4, prev: 'h' }, head),
    ]).toEqual([true, false, false, true, false, false, false]);
  });

  test('begins an authority that opens or continues, and no other', () => {
    const facts: LedgerFact[] = [
      { fact: 'opened', key: {} },
      { fact: 'continued', key: {} },
      { fact: 'closed' },
      started,
    ];
    expect(facts.map(isOpening)).toEqual([true, true, false, false]);
  });
});

test('[G4] nothing about attention is left of a fact', () => {
  const asks = (...purposes: readonly string[]): LedgerFact =>
    ({ fact: 'requested', recordingId: 'r', purposes, by: 'platform' }) as LedgerFact;
  const expired = (purpose: string): LedgerFact => ({
    fact: 'expired',
    recordingId: 'r',
    participantId: 'bo',
    purpose,
  });
  const other = asks('recording', 'transcription');
  expect([
    withoutAttention(expired('attention-tracking')),
    withoutAttention(asks('attention-tracking')),
    withoutAttention(asks('attention-tracking', 'recording')),
    withoutAttention(expired('recording')),
    withoutAttention(started),
  ]).toEqual([undefined, undefined, asks('recording'), expired('recording'), started]);
  expect(withoutAttention(other)).toBe(other);
});
