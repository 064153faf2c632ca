import { describe, expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import { plainLedger } from '../session/plain-ledger.ts';
import { decides } from './deciding.ts';

const text = { document: 'd', version: '1', language: 'en', hash: 'h' } as never;

/** hana records, and what is said is kept on a ledger. */
async function recorded() {
  const { ledger, all: facts, fails } = plainLedger();
  const all = decides({ ledger });
  all.joins('hana', { role: 'host' });
  all.joins('bo');
  await all.passes(0);
  all.requests();
  await all.passes(0);
  const [notice] = all.personal('bo')?.notices ?? [];
  const noticeId = notice?.noticeId ?? '';
  const recordingId = all.recording()?.recordingId ?? '';
  const written = (fact: string) =>
    facts.filter((each) => each.fact === fact && 'participantId' in each && each.participantId === 'bo');
  return { ...all, fails, noticeId, recordingId, written };
}

describe('on the ledger', () => {
  test('[G6] a notice is shown once, with what it read where that was said', async () => {
    const { says, passes, noticeId, recordingId, written, outcomeOf } = await recorded();
    says('bo', { t: 'shown', id: 's1', noticeId, text });
    says('bo', { t: 'shown', id: 's2', noticeId });
    says('bo', { t: 'shown', id: 's3', noticeId: 'none' });
    await passes(0);
    expect(written('shown')).toEqual([{ fact: 'shown', participantId: 'bo', noticeId, recordingId, text }]);
    expect(['s1', 's3'].map(outcomeOf)).toEqual([{ outcome: 'done' }, { outcome: 'moot', because: 'superseded' }]);
    const silent = await recorded();
    silent.says('bo', { t: 'shown', id: 's', noticeId: silent.noticeId });
    await silent.passes(0);
    expect(silent.written('shown')).toStrictEqual([
      { fact: 'shown', participantId: 'bo', noticeId: silent.noticeId, recordingId: silent.recordingId },
    ]);
  });

  test('[G6] an answer says whether it counts', async () => {
    const { answers, says, passes, written, recordingId } = await recorded();
    says('bo', { t: 'answer', id: 'unseen', recordingId, revision: 1, answers: { recording: 'given' } });
    await passes(0);
    expect(written('given')).toMatchObject([{ purpose: 'recording', applied: false }]);
    answers('bo', 'given');
    await passes(0);
    expect(written('given').slice(1)).toMatchObject([{ purpose: 'recording', applied: true }]);
  });
});

test('[G6] what the ledger knows is handed over with its head, and nothing while a fact may still be kept', async () => {
  const { authority, fails, answers, passes } = await recorded();
  answers('bo', 'given');
  await passes(2000);
  expect(parseHandedOver(authority.exportState(undefined) ?? '')?.ledger).toMatchObject({
    head: { n: expect.any(Number), hash: expect.any(String) },
    people: expect.arrayContaining([expect.anything()]),
  });
  fails(true);
  answers('bo', 'withdrawn');
  await passes(100);
  expect(authority.exportState(undefined)).toBeUndefined();
});

test('[G2] everyone is told that facts are kept where they are, and of no transcript where there is none', async () => {
  const kept = await recorded();
  const plain = decides();
  plain.does(() => {});
  const said = ({ meeting }: Pick<typeof plain, 'meeting'>) => {
    const { kept, transcripts } = meeting() ?? {};
    return [kept, transcripts];
  };
  expect([said(kept), said(plain)]).toEqual([
    [true, undefined],
    [undefined, undefined],
  ]);
});
