import { describe, expect, test } from 'vitest';
import { meeting } from './meeting.ts';
import { plainLedger } from './plain-ledger.ts';

describe('what a host’s client decides is written down', () => {
  test('[G6] each fact of consent once, in order: asked, shown, answered, captured, withdrawn, ended', async () => {
    const { ledger, facts } = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
    const bo = await all.joins('bo');
    const cy = await all.joins('cy');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    void bo.session.giveConsent('recording');
    void cy.session.refuseConsent('recording');
    await all.passes(5000);
    void bo.session.withdrawConsent('recording');
    await all.passes(20_000);
    void hana.session.stopRecording();
    await all.passes(60_000);
    expect(facts()).toEqual([
      'requested by hana',
      'bo asked',
      'cy asked',
      'bo shown',
      'cy shown',
      'bo given recording',
      'cy refused recording',
      'hana asked',
      'hana shown',
      'started by hana',
      'hana captured clear',
      'bo captured clear',
      'bo withdrawn recording',
      'bo not-captured withdrawn',
      'ended stopped by hana',
      'hana not-captured ended',
    ]);
  });

  test('[G6] an answer that is repeated is one record, and names the words that were read', async () => {
    const { ledger, all: facts } = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    all.network.tap(({ to, data }) => (to === 'bo' && data.includes('"t":"ack"') ? 'drop' : undefined));
    const { prompt } = bo.session.getSnapshot();
    void bo.session.giveConsent('recording');
    await all.passes(5000);
    const given = facts.filter(({ fact }) => fact === 'given');
    expect(given).toEqual([
      {
        fact: 'given',
        recordingId: prompt?.recordingId,
        participantId: 'bo',
        purpose: 'recording',
        answerId: expect.any(String),
        revision: 1,
        noticeId: prompt?.noticeId,
        text: { version: prompt?.text.version, locale: 'en', hash: prompt?.text.hash },
        applied: true,
      },
    ]);
  });

  test('[G6] an answer that counts for nothing is kept as evidence', async () => {
    const { ledger, all: facts } = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const end = all.network.tap(({ to, from }) => (to === 'bo' || from === 'bo' ? 'drop' : undefined));
    void bo.session.giveConsent('recording');
    void hana.session.stopRecording();
    await all.passes(2000);
    end();
    await all.passes(2000);
    expect(facts.filter(({ fact }) => fact === 'given')).toMatchObject([{ participantId: 'bo', applied: false }]);
  });

  test('[G6] [G4] nothing of attention is ever written', async () => {
    const { ledger, all: facts } = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
    const bo = await all.joins('bo');
    void hana.session.enableAttentionTracking();
    void hana.session.reportSharing(true);
    await all.passes(1000);
    bo.adapter.turnsFocus('lost');
    await all.passes(60_000);
    expect(hana.told('attentionIndicatorChanged').length).toBe(1);
    expect(facts).toEqual([]);
  });
});

describe('nothing is acknowledged before it is kept', () => {
  test('[G6] an answer is recorded only once the store has it; while it fails, nothing is lost', async () => {
    const { ledger, facts, fails } = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    fails(true);
    const answered = bo.session.giveConsent('recording');
    expect(await all.within(3000, answered)).toBeUndefined();
    expect(facts()).not.toContain('bo given recording');
    expect(hana.told('protocolFailed')).toEqual([{ code: 'ledger/store-failed', from: 'hana', count: 1 }]);
    fails(false);
    expect(await all.within(2000, answered)).toMatchObject({ outcome: 'recorded' });
    expect(facts().filter((fact) => fact === 'bo given recording')).toEqual(['bo given recording']);
  });
});

test('[G6] while the store fails no recording is begun, and it is said why', async () => {
  const { ledger, fails } = plainLedger();
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
  fails(true);
  const first = hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void hana.session.stopRecording();
  await all.passes(1000);
  const denied = { outcome: 'denied', code: 'ledger/store-failed' };
  expect(await all.within(0, hana.session.requestRecording({ storage: 'cloud' }))).toEqual(denied);
  fails(false);
  await all.passes(2000);
  expect(await all.within(0, first)).toMatchObject({ outcome: 'started' });
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  expect(hana.session.status('recording')).toBe('on');
});

describe('when another decides', () => {
  test('[G6] in order, the chain goes on after the last record, and nothing is written twice', async () => {
    const first = plainLedger();
    const second = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger: first.ledger });
    await all.joins('cora', { role: 'co-host', policy: 'all-party', ledger: second.ledger, reaches: hana });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    void bo.session.giveConsent('recording');
    await all.passes(5000);
    const { length } = first.facts();
    void hana.session.handOver('cora');
    await all.passes(5000);
    expect(second.opened).toEqual([{ by: 'cora', continues: { n: length - 1, hash: `h${length - 1}` } }]);
    expect([first.facts().length, second.facts()]).toEqual([length, []]);
  });

  test('[G6] after a crash, it goes on from the last record that hosts heard of, which no acknowledgement outran', async () => {
    const first = plainLedger();
    const second = plainLedger();
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger: first.ledger });
    await all.joins('cora', { role: 'co-host', policy: 'all-party', ledger: second.ledger });
    const bo = await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    const answered = bo.session.refuseConsent('recording');
    expect(await all.within(10, answered)).toMatchObject({ outcome: 'recorded' });
    const { length } = first.facts();
    all.network.crash('hana');
    await all.passes(30_000);
    expect(second.opened).toEqual([{ by: 'cora', continues: { n: length - 1, hash: `h${length - 1}` } }]);
  });
});
