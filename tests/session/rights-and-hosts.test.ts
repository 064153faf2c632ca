import { describe, expect, test } from 'vitest';
import { keptTranscript } from '../../src/records/kept-transcript.ts';
import { createMeetingRecords } from '../../src/records/meeting-records.ts';
import { createRetention } from '../../src/records/retention.ts';
import { createRights } from '../../src/records/rights.ts';
import { FakeLedger } from '../records/fake-ledger.ts';
import { days, fixture } from '../records/meeting-fixture.ts';
import { type KeptMeeting, keptMeeting } from './kept-meeting.ts';
import { meeting } from './meeting.ts';
import { plainLedger } from './plain-ledger.ts';

const facts = ({ kept }: KeptMeeting, ...names: readonly string[]) =>
  kept.ledger.facts('weekly').filter(({ fact }) => names.includes(fact));

async function recorded() {
  const met = await keptMeeting();
  const cora = await met.cora();
  const recordingId = await met.records();
  return { ...met, met, cora, recordingId };
}

describe('where retention sweeps while the meeting goes on', () => {
  const sweeps = async (then: 'anonymise' | 'isolate') => {
    const met = await recorded();
    const { all, hana, bo, kept, writerOf, goesOn, comesTo, recordingId } = met;
    void hana.session.stopRecording();
    await goesOn(20_000);
    // A day after what stands on the ledger.
    const clock = { ...all.clock, now: () => kept.clock.now() + days(1) };
    const retention = createRetention({ ...kept, clock, policy: { recordingDays: 1, then }, writerOf });
    const sweep = async () => (await comesTo(retention.run(), 2000))?.entries.map(({ outcome }) => outcome);
    const told = () => bo.session.getSnapshot().transcripts.map(({ status }) => status);
    return { ...met, sweep, told, recordingId };
  };
  const statuses = (met: KeptMeeting) =>
    facts(met, 'transcript').flatMap((fact) => ('status' in fact ? fact.status : []));

  test('[G12] everyone reads of a transcript that it is set apart, then that it is erased; the ledger has both', async () => {
    const { met, sweep, told, kept, bo, goesOn } = await sweeps('isolate');
    expect(told()).toEqual(['ready']);
    expect([await sweep(), told()]).toEqual([['isolated'], ['isolated']]);
    kept.storage.deletable = true;
    expect([await sweep(), told()]).toEqual([['erased'], ['erased']]);
    await goesOn();
    expect(statuses(met).slice(-3)).toEqual(['ready', 'isolated', 'erased']);
    const hooks = bo.told('transcriptChanged') as { status: string }[];
    expect(hooks.slice(-3).map(({ status }) => status)).toEqual(['ready', 'isolated', 'erased']);
  });

  test('[G12] everyone reads of a transcript that it is anonymised, be it that the storage comes back only later', async () => {
    const { met, sweep, told, kept, bo, goesOn, recordingId } = await sweeps('anonymise');
    kept.storage.failures = 3;
    expect(await sweep()).toBeUndefined();
    expect([told(), bo.session.getSnapshot().erasures]).toEqual([['anonymised'], [{ recordingId, status: 'erasing' }]]);
    await goesOn(10_000);
    expect(await sweep()).toEqual(['anonymised']);
    expect([told(), bo.session.getSnapshot().erasures]).toEqual([['anonymised'], [{ recordingId, status: 'erased' }]]);
    expect(statuses(met).slice(-2)).toEqual(['ready', 'anonymised']);
  });

  test('[G8] [G12] whoever decides next says the same of it', async () => {
    const { sweep, told, bo, hana, goesOn } = await sweeps('isolate');
    await sweep();
    void hana.session.handOver('cora');
    await goesOn(20_000);
    expect([bo.session.getSnapshot().authorityId, told()]).toEqual(['cora', ['isolated']]);
  });
});

describe('when another decides', () => {
  test.each(['in order', 'after a crash'])(
    '[G12] [G8] %s, an erasure that was begun goes on to its end',
    async (how) => {
      const { met, all, hana, bo, cora, kept, recordingId, goesOn, comesTo } = await recorded();
      void hana.session.stopRecording();
      await goesOn(20_000);
      kept.storage.failures = 1000;
      expect(await comesTo(hana.session.eraseRecording(recordingId))).toMatchObject({ outcome: 'pending' });
      if (how === 'in order') void hana.session.handOver('cora');
      else all.network.crash('hana');
      await goesOn(40_000);
      expect(bo.session.getSnapshot().authorityId).toBe('cora');
      kept.storage.failures = 0;
      await goesOn(70_000);
      expect(kept.storage.erased).toEqual([recordingId]);
      expect(cora.session.getSnapshot().erasures).toEqual([{ recordingId, status: 'erased' }]);
      expect(facts(met, 'erasing', 'erased').map(({ fact }) => fact)).toEqual(['erasing', 'erased']);
    },
  );

  test('[G8] in order, a deletion that waits for the recording is done by the next, once it is over', async () => {
    const { met, hana, bo, cora, kept, goesOn, comesTo } = await recorded();
    expect(await comesTo(bo.session.exerciseRight({ right: 'deletion' }))).toMatchObject({ outcome: 'pending' });
    void hana.session.handOver('cora');
    await goesOn(20_000);
    expect(bo.session.getSnapshot().authorityId).toBe('cora');
    void cora.session.stopRecording();
    await goesOn(30_000);
    expect(facts(met, 'right-done')).toMatchObject([{ right: 'deletion', participantId: 'bo' }]);
    expect(kept.storage.marked).toHaveLength(1);
    const told = [...hana.told('hostNotified'), ...cora.told('hostNotified')] as { kind: string }[];
    expect(told.filter(({ kind }) => kind === 'right-exercised')).toHaveLength(2);
  });

  test.each(['after a hand-over', 'in a transcript that is asked for again'])(
    '[G12] %s readers are told no later word of who has asked for deletion, nor one that may be theirs',
    async (when) => {
      const { hana, bo, cora, cy, goesOn, comesTo } = await recorded();
      await comesTo(bo.session.exerciseRight({ right: 'deletion' }));
      if (when === 'after a hand-over') void hana.session.handOver('cora');
      else {
        void hana.session.stopTranscript();
        await goesOn(1000);
        void hana.session.requestTranscript();
        await goesOn(1000);
        for (const { session } of [bo, cora, cy]) void session.giveConsent('transcription');
      }
      await goesOn(20_000);
      const [deciding] = bo.session.getSnapshot().authorityId === 'cora' ? [cora] : [hana];
      const before = cora.told('transcriptSegment').length;
      const says = (id: string, speaker: string | null) => {
        const startMs = 20_000;
        void deciding?.session.feedSegment({ id, speaker, startMs, endMs: startMs + 300, text: id, final: true });
      };
      says('of bo', 'bo');
      says('of somebody', null);
      says('of hana', 'hana');
      await goesOn(1000);
      const told = cora.told('transcriptSegment').slice(before) as { segment: { text: string } }[];
      expect(told.map(({ segment }) => segment.text).filter((text) => text !== '')).toEqual(['of hana']);
    },
  );

  test('[G6] [G12] in order, a transcript that is longer than what is handed over is kept from its first word on', async () => {
    const { hana, cora, kept, recordingId, goesOn } = await recorded();
    // More than 400,000 characters; 300,000 go along.
    const ids = Array.from({ length: 110 }, (_, n) => `long ${n}`);
    for (const [n, id] of ids.entries()) {
      const heard = { id, speaker: 'bo', startMs: 3000 + n, endMs: 3400 + n, text: 'x'.repeat(4000), final: true };
      void hana.session.feedSegment(heard);
      if (n % 20 === 0) await goesOn();
    }
    await goesOn(1000);
    void hana.session.handOver('cora');
    await goesOn(30_000);
    expect(cora.session.getSnapshot().authorityId).toBe('cora');
    void cora.session.stopRecording();
    await goesOn(30_000);
    const transcript = await keptTranscript(kept.vault, recordingId);
    expect(transcript?.segments.map(({ id }) => id)).toEqual(['the falcon lands at nine', 'noted', ...ids]);
  });

  test('where a part of the ledger is on another machine, nothing is answered by halves', async () => {
    const met = await keptMeeting();
    await met.cora(new FakeLedger(met.all.clock));
    await met.records();
    const elsewhere = new FakeLedger(met.all.clock);
    elsewhere.kept.set('weekly', met.kept.ledger.kept.get('weekly')?.slice(2, 3) ?? []);
    const all = meeting();
    const records = createMeetingRecords({ ...met.kept, ledger: elsewhere, clock: all.clock });
    await all.joins('hana', { role: 'host', policy: 'all-party', records });
    const bo = await all.joins('bo');
    expect(await all.within(1000, bo.session.exerciseRight({ right: 'access' }))).toEqual({
      outcome: 'denied',
      code: 'rights/elsewhere',
    });
  });
});

describe('whoever asks is answered in time', () => {
  test('[G9] a storage that does not answer leaves an erasure pending, and is asked again', async () => {
    const { hana, bo, kept, recordingId, goesOn, comesTo } = await recorded();
    void hana.session.stopRecording();
    await goesOn(20_000);
    const { erase } = kept.storage;
    kept.storage.erase = () => new Promise(() => {});
    expect(await comesTo(hana.session.eraseRecording(recordingId), 9000)).toEqual({
      outcome: 'pending',
      code: 'retention/under-way',
    });
    expect(bo.session.getSnapshot().erasures).toEqual([{ recordingId, status: 'erasing' }]);
    kept.storage.erase = erase;
    await goesOn(70_000);
    expect(bo.session.getSnapshot().erasures).toEqual([{ recordingId, status: 'erased' }]);
  });

  test('[G9] a right that takes long is pending, and the same request when it is asked for again', async () => {
    const { met, hana, bo, kept, goesOn, comesTo } = await recorded();
    void hana.session.stopRecording();
    await goesOn(20_000);
    const { markOut } = kept.storage;
    kept.storage.markOut = () => new Promise(() => {});
    const first = await comesTo(bo.session.exerciseRight({ right: 'deletion' }), 9000);
    expect(first).toMatchObject({ outcome: 'pending', code: 'rights/under-way', request: { status: 'identified' } });
    kept.storage.markOut = markOut;
    await goesOn(70_000);
    await goesOn(5000);
    expect(facts(met, 'right-received', 'right-done').map(({ fact }) => fact)).toEqual([
      'right-received',
      'right-done',
    ]);
  });

  test('[G6] while the ledger’s store fails nothing is said to be done; then it goes on', async () => {
    const { met, bo, kept, goesOn, comesTo } = await recorded();
    kept.ledger.beforeKeep = () => {
      throw new Error('disk full');
    };
    const asked = bo.session.exerciseRight({ right: 'access' });
    expect(await comesTo(asked, 12_000)).toEqual({ outcome: 'failed', code: 'authority/unreachable' });
    kept.ledger.beforeKeep = () => {};
    await goesOn(40_000);
    expect(await comesTo(bo.session.exerciseRight({ right: 'access' }))).toMatchObject({ outcome: 'done' });
    expect(facts(met, 'right-received').length).toBeLessThanOrEqual(2);
  });

  test('an answer that no message carries is told to be too long, and is on the ledger as done', async () => {
    const { met, bo, hana, comesTo } = await recorded();
    for (let place = 0; place < 400; place += 1) {
      const text = `${place} ${'word '.repeat(700)}`.trim();
      const startMs = 3000 + place;
      void hana.session.feedSegment({ speaker: 'bo', startMs, endMs: startMs + 1, text, final: true });
    }
    expect(await comesTo(bo.session.exerciseRight({ right: 'access' }), 2000)).toMatchObject({
      outcome: 'pending',
      code: 'rights/too-long',
    });
    expect(facts(met, 'right-done')).toHaveLength(1);
  });
});

describe('[G12] of whoever restricts the use of their data', () => {
  const heard = async ({ hana, cora, cy, bo, goesOn }: Awaited<ReturnType<typeof recorded>>, id: string) => {
    const [deciding, reading] = bo.session.getSnapshot().authorityId === 'cora' ? [cora, hana] : [hana, cora];
    const before = reading.told('transcriptSegment').length;
    for (const speaker of ['bo', null, 'cy']) {
      const said = { id: `${id} ${speaker}`, speaker, startMs: 4000, endMs: 4300, text: `${id} ${speaker}` };
      for (const final of [false, true]) void deciding.session.feedSegment({ ...said, final });
    }
    await goesOn(1000);
    expect(cy.told('transcriptSegment')).toEqual([]);
    const told = reading.told('transcriptSegment').slice(before) as { segment: { text: string } }[];
    return [...new Set(told.map(({ segment }) => segment.text).filter((text) => text !== ''))];
  };

  test.each([['restriction'], ['objection']] as const)(
    'readers are told no word that is said under their %s, nor one that may be theirs; it is kept, and told again once that ends',
    async (right) => {
      const all = await recorded();
      const { met, bo, kept, writerOf, goesOn, comesTo, recordingId } = all;
      const asked = await comesTo(bo.session.exerciseRight({ right }), 1000);
      if (asked?.outcome !== 'done' && asked?.outcome !== 'pending') throw new Error(asked?.outcome);
      expect(await heard(all, 'under')).toEqual(['under cy']);
      const rights = createRights({ ...kept, clock: met.all.clock, writerOf });
      const { requestId } = asked.request;
      const ref = { meetingId: 'weekly', requestId, reason: 'it was looked at' } as const;
      const ended =
        right === 'restriction' ? rights.end(ref) : rights.refuse({ ...ref, code: 'rights/compelling-grounds' });
      await comesTo(ended);
      expect(await heard(all, 'after')).toEqual(['after bo', 'after null', 'after cy']);
      void all.hana.session.stopRecording();
      await goesOn(20_000);
      const texts = (await keptTranscript(kept.vault, recordingId))?.segments.map(({ text }) => text);
      expect(texts?.slice(2)).toEqual(['under bo', 'under null', 'under cy', 'after bo', 'after null', 'after cy']);
    },
  );

  test('[G8] whoever decides next holds to it', async () => {
    const all = await recorded();
    await all.comesTo(all.bo.session.exerciseRight({ right: 'restriction' }), 1000);
    void all.hana.session.handOver('cora');
    await all.goesOn(20_000);
    expect(all.bo.session.getSnapshot().authorityId).toBe('cora');
    expect(await heard(all, 'next')).toEqual(['next cy']);
  });
});

describe('withdrawal by right', () => {
  test('[G3] is done by whoever decides where the person’s own answer does not arrive', async () => {
    const { met, all, bo, comesTo, recordingId } = await recorded();
    all.network.tap(({ from, data }) => (from === 'bo' && data.includes('"t":"answer"') ? 'drop' : undefined));
    expect(await comesTo(bo.session.exerciseRight({ right: 'withdrawal' }), 15_000)).toMatchObject({ outcome: 'done' });
    expect(facts(met, 'withdrawn')).toMatchObject([
      { recordingId, participantId: 'bo', purpose: 'recording', applied: true, revision: 2 },
      { recordingId, participantId: 'bo', purpose: 'transcription', applied: true, revision: 2 },
    ]);
    expect(bo.session.getSnapshot().self).toMatchObject({ captured: false, because: 'withdrawn' });
  });
});

test('[G6] what is made beside uses the same pen: a host refuses an objection, and lifts a restriction, in mid-meeting', async () => {
  const { all, kept, ledger, records, hana, bo, comesTo } = await beside();
  const rights = createRights({ ...kept, ledger, clock: all.clock, writerOf: records.writerOf });
  const objection = await comesTo(bo.session.exerciseRight({ right: 'objection' }));
  const requestId = objection && 'request' in objection ? objection.request.requestId : '';
  const refused = rights.refuse({
    meetingId: 'weekly',
    requestId,
    code: 'rights/compelling-grounds',
    reason: 'a claim is being prepared',
  });
  expect(await comesTo(refused)).toMatchObject({ outcome: 'refused' });
  const epochs = new Set((ledger.kept.get('weekly') ?? []).map(({ epoch }) => epoch.id));
  expect([...epochs]).toEqual(['hana']);
  expect(hana.told('protocolFailed')).toEqual([]);
});

async function beside() {
  const kept = fixture();
  const all = meeting();
  const ledger = new FakeLedger(all.clock);
  const records = createMeetingRecords({ ...kept, ledger, clock: all.clock });
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', records });
  const bo = await all.joins('bo');
  const comesTo = async <T>(promise: Promise<T>): Promise<T | undefined> => {
    let settled: T | undefined;
    void promise.then((value) => {
      settled = value;
    });
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      await all.passes(100);
    }
    return settled;
  };
  void hana.session.requestRecording({ storage: 'cloud' });
  await comesTo(Promise.resolve());
  await comesTo(bo.session.giveConsent('recording'));
  return { kept, all, ledger, records, hana, bo, comesTo };
}

test('[G12] a transcript that was erased alone leaves its recording to be erased at its time', async () => {
  const { ledger, all: facts } = plainLedger();
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ledger });
  const bo = await all.joins('bo');
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await all.passes(1000);
  void bo.session.answer(bo.session.getSnapshot().prompt?.noticeId ?? '', {
    recording: 'given',
    transcription: 'given',
  });
  await all.passes(10_000);
  void hana.session.stopRecording();
  await all.passes(10_000);
  const [started] = hana.told('recordingStarted') as { recordingId: string }[];
  const recordingId = started?.recordingId ?? '';
  expect(await all.within(1000, hana.session.eraseRecording(recordingId))).toEqual({ outcome: 'done' });
  const kept = fixture();
  const writer = await kept.ledger.open({ meetingId: 'weekly', epoch: { number: 1, id: 'hana', incarnation: 'i' } });
  for (const fact of facts) writer.append(fact);
  await writer.close();
  kept.clock.runFor(1000);
  const retention = createRetention({ ...kept, policy: { recordingDays: 0, then: 'delete' } });
  expect((await retention.run()).entries).toEqual([{ meetingId: 'weekly', recordingId, outcome: 'erased' }]);
  expect(kept.storage.erased).toEqual([recordingId]);
});
