import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ledgerFile } from '../../src/cli/ledger-file.ts';
import { makeKeys } from '../../src/records/keys.ts';
import type { LedgerRecord } from '../../src/records/ledger.types.ts';
import { receiptOf } from '../../src/records/receipts.ts';
import { answer, captured, signatureOf, written } from '../records/facts.ts';
import { called, folderOfFiles } from './called.ts';

const { folder, file } = folderOfFiles();

let lines: readonly string[];
beforeAll(async () => {
  const own = answer(1);
  lines = await written([[own, await signatureOf(own, await makeKeys()), answer(2)], [captured('bo-1')]]);
});

const ledger = (name: string, of: readonly string[]): string => file(name, `${of.join('\n')}\n`);
const recordAt = (n: number): LedgerRecord => JSON.parse(lines[n] ?? '') as LedgerRecord;

describe('meeting-notice verify', () => {
  test('[G6] says that a ledger holds, with its head and whose own signatures it has, and exits with 0', async () => {
    const { exit, out, err } = await called('verify', ledger('good.jsonl', lines));
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.split('\n')).toEqual([
      'held: 7 records of meeting "weekly"',
      `head: 6:${recordAt(6).hash}`,
      'answers: 1 signed by their person, 1 not, 0 with a signature that does not hold',
      '  not signed: record 3, bo-2 given recording',
      '',
    ]);
  });

  test('[G6] names what was done, the file, the line and the record, and exits with 1', async () => {
    const path = ledger('broken.jsonl', lines.with(2, lines[2]?.replace('bo-1', 'bo-9') ?? ''));
    const { exit, out, err } = await called('verify', path);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    const [first, , found] = out.split('\n');
    expect(first).toBe('BROKEN: 7 records of meeting "weekly"');
    expect(found).toBe(`changed (${path}:3): Record 2 was changed: its hash is not that of what it says.`);
  });

  test('prints the whole verdict as JSON', async () => {
    const path = ledger('short.jsonl', lines.slice(0, 4));
    const { exit, out } = await called('verify', path, '--format', 'json');
    expect({ exit, verdict: JSON.parse(out) }).toMatchObject({
      exit: 0,
      verdict: {
        held: true,
        records: 4,
        meetingId: 'weekly',
        head: { n: 3, hash: recordAt(3).hash },
        findings: [{ code: 'may-be-cut-off', n: 3, file: path }],
        answers: { signed: 1, invalid: [], unsigned: [{ n: 3, participantId: 'bo-2' }] },
        torn: [],
      },
    });
  });

  test('[G6] prints no name that would move the cursor or turn the text around, as text or as JSON', async () => {
    const name = 'bo\u001b[2A\u009b2K\rheld\n\u202e';
    const path = ledger('names.jsonl', await written([[{ ...answer(1), participantId: name }], [captured(name)]]));
    const { out } = await called('verify', path);
    expect(out.split('\n').slice(3)).toEqual([
      '  not signed: record 1, bo\\u001b[2A\\u009b2K\\u000dheld\\u000a\\u202e given recording',
      '',
    ]);
    const json = (await called('verify', path, '--format', 'json')).out;
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(JSON.parse(json)).toMatchObject({ answers: { unsigned: [{ participantId: name }] } });
  });

  test('[G6] finds the end cut off by a head, or by a receipt', async () => {
    const path = ledger('cut.jsonl', lines.slice(0, 3));
    const byHead = await called('verify', path, '--head', `6:${recordAt(6).hash}`);
    expect([byHead.exit, byHead.out.split('\n')[2]]).toEqual([
      1,
      `cut-off (${path}): The ledger ends with record 2, and the head that was given knows record 6: the end was cut off.`,
    ]);
    const { fact } = recordAt(0);
    if (fact.fact !== 'opened') throw new Error('it does not begin with opened');
    const receipt = receiptOf({ receiptId: 'mine', record: recordAt(3), key: fact.key });
    const byReceipt = await called('verify', path, '--receipt', file('receipt.json', receipt));
    expect(byReceipt.exit).toBe(1);
    expect(byReceipt.out).toContain('receipt "mine" knows record 3');
  });

  test('takes a ledger that two machines have kept from both their files', async () => {
    const [one, two] = [ledger('one.jsonl', lines.slice(0, 4)), ledger('two.jsonl', lines.slice(4))];
    expect((await called('verify', one, two)).exit).toBe(0);
    expect((await called('verify', two, one)).exit).toBe(0);
    const alone = await called('verify', two);
    expect(alone.exit).toBe(1);
    expect(alone.out).toContain('another machine has kept that part: give its ledger too');
  });

  test('leaves out a last line that was torn, and says so', async () => {
    const path = ledger('torn.jsonl', lines.slice(0, 4));
    appendFileSync(path, lines[4]?.slice(0, 40) ?? '');
    const { exit, out } = await called('verify', path);
    expect(exit).toBe(0);
    expect(out).toContain(`torn (${path}): the last line is not whole and was left out.`);
  });

  test('[G6] is not misled by what an editor adds before and after the lines, and is by an empty one between', async () => {
    const around = file('around.jsonl', `\uFEFF${lines.join('\r\n')}\r\n\r\n\n`);
    const { exit, out } = await called('verify', around);
    expect([exit, out.split('\n')[0]]).toEqual([0, 'held: 7 records of meeting "weekly"']);
    const between = ledger('between.jsonl', lines.toSpliced(3, 0, ''));
    expect((await called('verify', between)).out).toContain(
      `added (${between}:4): A line was added that no key of this ledger has signed.`,
    );
  });

  test('reads lines as they were written, wherever the file is cut into pieces', async () => {
    const long = JSON.stringify({ text: 'x'.repeat(200_000) });
    const path = file('long.jsonl', ['a', long, '', long, 'b'].join('\n'));
    const read: string[] = [];
    for await (const line of ledgerFile(path)) read.push(line);
    expect(read).toEqual(['a', long, '', long]);
  });

  test.each([
    ['no file', [], 'expected at least one ledger file'],
    ['a file that is not there', ['nowhere.jsonl'], 'nowhere.jsonl: cannot be read (ENOENT); is the path right?'],
    ['a head that is none', ['good.jsonl', '--head', '6'], '--head: expected N:HASH'],
    [
      'a receipt that is not there',
      ['good.jsonl', '--receipt', 'nowhere.json'],
      'nowhere.json: cannot be read (ENOENT)',
    ],
    ['a receipt that is none', ['good.jsonl', '--receipt', 'empty.json'], 'is no receipt'],
    ['a format that is none', ['good.jsonl', '--format', 'jsn'], 'did you mean "json"?'],
    ['a file of something else', ['other.jsonl'], 'no line is a record; is it a ledger?'],
    ['a folder', ['.'], '.: is a folder; expected a file'],
    ['the same file twice', ['good.jsonl', 'good.jsonl'], "good.jsonl; expected each machine's own."],
    ['a file of one line that has no end', ['endless.jsonl'], 'holds no whole line; is it a ledger?'],
    ['a file without a line', ['nothing.jsonl'], 'holds no line; is it a ledger?'],
  ])('says of %s what was expected, and exits with 2 and nothing on stdout', async (_, args, says) => {
    ledger('good.jsonl', lines);
    file('empty.json', {});
    file('nothing.jsonl', '');
    file('endless.jsonl', 'a'.repeat(100));
    file('other.jsonl', { name: 'meeting-notice', version: '0.1.0' });
    const paths = args.map((arg) => (arg.endsWith('.json') || arg.endsWith('.jsonl') ? join(folder, arg) : arg));
    const { exit, out, err } = await called('verify', ...paths);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(says);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
