import { expect, test } from 'vitest';
import type { Message } from '../../src/transport/messages.types.ts';
import { meeting } from './meeting.ts';

test('[G6] a receipt is of one answer by one person: its repeat has the same, any other another', async () => {
  const all = meeting();
  const sent: { from: string; to: string; data: string; body: Message }[] = [];
  all.network.tap(({ from, to, data }) => void sent.push({ from, to, data, body: JSON.parse(data) }));
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party' });
  const [bo, cy, dee] = [await all.joins('bo'), await all.joins('cy'), await all.joins('dee')];
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(0);
  void bo.session.giveConsent('recording');
  void cy.session.giveConsent('recording');
  await all.passes(0);
  const receipts = (to: string) =>
    sent.flatMap(({ to: whom, body }) =>
      whom === to && body.t === 'ack' && body.outcome.outcome === 'recorded' ? [body.outcome.receiptId] : [],
    );
  const [first] = receipts('bo');
  const answer = sent.find(({ from, body }) => from === 'bo' && body.t === 'answer');
  all.network.inject({ from: 'bo', to: 'hana', data: answer?.data ?? '' });
  await all.passes(0);
  void bo.session.withdrawConsent('recording');
  await all.passes(1000);
  const [, repeated, later] = receipts('bo');
  expect(repeated).toBe(first);
  expect(new Set([first, later, ...receipts('cy')]).size).toBe(3);
  expect(receipts('dee')).toEqual([]);
  expect(dee.session.getSnapshot().prompt).not.toBe(null);
});
