import { describe, expect, test } from 'vitest';
import { LedgerDesk } from '../../src/authority/ledger-desk.ts';
import { type ModuleLoaders, type ModuleName, Modules, modulesToBegin } from '../../src/authority/modules.ts';
import { OpenPurposes } from '../../src/authority/open-purposes.ts';
import { OwnTranscript } from '../../src/authority/own-transcript.ts';
import { recordsDesk } from '../../src/authority/records-desk.ts';
import { createMeetingRecords } from '../../src/records/meeting-records.ts';
import type { Session } from '../../src/session/session.types.ts';
import type { MeetingState } from '../../src/transport/messages.types.ts';
import { decides } from '../authority/deciding.ts';
import { handedOver } from '../authority/handed-over.ts';
import { fixture } from '../records/meeting-fixture.ts';
import { type Coming, meeting } from './meeting.ts';
import { plainLedger } from './plain-ledger.ts';

/** Parts that come once the test brings them; `failing`: the first load of each comes to nothing. */
function late({ failing = false } = {}) {
  const asked: ModuleName[] = [];
  const waiting: (() => void)[] = [];
  const loads = <Name extends ModuleName>(name: Name, module: object): ModuleLoaders[Name] => {
    let count = 0;
    return (() => {
      asked.push(name);
      count += 1;
      const isMissing = failing && count === 1;
      return new Promise((resolve, reject) =>
        waiting.push(() => (isMissing ? reject(new Error('the chunk is not served')) : resolve(module))),
      );
    }) as never;
  };
  const modules = new Modules({
    ledger: loads('ledger', { LedgerDesk }),
    records: loads('records', { recordsDesk }),
    purposes: loads('purposes', { OpenPurposes }),
    transcripts: loads('transcripts', { OwnTranscript }),
  });
  return {
    modules,
    asked,
    come: () => {
      for (const each of waiting.splice(0)) each();
    },
  };
}

/** hana, whose client decides, and bo. */
async function hosted(hanas: Coming, { joins = true } = {}) {
  const all = meeting();
  const hana = all.comes('hana', { role: 'host', policy: 'gdpr', ...hanas });
  void hana.session.join();
  await all.passes(5000);
  const bo = await all.joins('bo');
  if (joins) await all.passes(1000);
  return { ...all, hana, bo };
}

/** A recording from its request to its end, with bo in it. */
async function isRecorded({ hana, bo, passes }: Awaited<ReturnType<typeof hosted>>) {
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(1000);
  void bo.session.giveConsent('recording');
  await passes(5000);
  void hana.session.stopRecording();
  await passes(5000);
}

const captions = { purpose: 'live-captions' };
const notLoaded = { outcome: 'denied', code: 'authority/not-loaded' };

test('[G9] a part that is used before it is loaded is a fault that says which', () => {
  expect(() => late().modules.have('transcripts')).toThrow(
    'authority: what transcripts need is used before it is loaded',
  );
});

test('a meeting without ledger, transcript or open purpose loads nothing for them', async () => {
  const { modules, asked } = late();
  const hosting = await hosted({ modules });
  await isRecorded(hosting);
  expect([asked, hosting.bo.told('recordingStopped')]).toEqual([[], [expect.anything()]]);
});

describe('a ledger', () => {
  test('[G6] decides nothing before what writes it is there: each fact is kept as it is with all at hand', async () => {
    const written = [];
    for (const parts of [undefined, late()]) {
      const { ledger, facts, opened } = plainLedger();
      const hosting = await hosted({ ledger, ...(parts && { modules: parts.modules }) }, { joins: false });
      if (parts)
        expect([parts.asked, opened, hosting.bo.session.getSnapshot().authorityId]).toEqual([
          ['ledger'],
          [],
          undefined,
        ]);
      parts?.come();
      await hosting.passes(6000);
      await isRecorded(hosting);
      written.push(facts());
    }
    expect(written[1]).toEqual(written[0]);
    expect(written[1]).toContain('bo given recording');
  });

  test('[G6] whose writer cannot be loaded begins no authority, and says so', async () => {
    const { modules, come } = late({ failing: true });
    const { ledger, opened } = plainLedger();
    const { hana, passes } = await hosted({ ledger, modules });
    come();
    await passes(100);
    expect([hana.told('protocolFailed'), opened]).toEqual([
      [expect.objectContaining({ code: 'authority/not-loaded' })],
      [],
    ]);
    await hana.session.leave();
    void hana.session.join();
    await passes(5000);
    come();
    await passes(1000);
    expect([hana.session.getSnapshot().authorityId, opened]).toEqual(['hana', [{ by: 'hana' }]]);
  });
});

test('[G6] a host whose meeting’s records are kept decides once what keeps them is there too', async () => {
  const { modules, asked, come } = late();
  const kept = fixture();
  const records = createMeetingRecords({ ...kept });
  const { hana, passes } = await hosted({ records, modules }, { joins: false });
  expect([asked, hana.session.getSnapshot().authorityId]).toEqual([['ledger', 'records'], undefined]);
  come();
  await passes(6000);
  expect(hana.session.getSnapshot().authorityId).toBe('hana');
  expect(kept.ledger.facts('weekly').length).toBeGreaterThan(0);
  expect(records.writerOf('weekly')).toBeDefined();
});

describe('a command that needs a part which is loaded', () => {
  test('[G9] is any that asks for a transcript or a purpose, or ends one', async () => {
    for (const [part, asks, outcome] of [
      ['purposes', (session: Session) => session.endPurpose('live-captions'), 'purpose/not-running'],
      ['transcripts', (session: Session) => session.requestTranscript(), 'transcript/needs-recording'],
    ] as const) {
      const { modules, asked, come } = late();
      const { hana, within } = await hosted({ modules });
      const answer = asks(hana.session);
      expect([await within(500, answer), asked]).toEqual([undefined, [part]]);
      come();
      expect(await within(500, answer)).toEqual({ outcome: 'denied', code: outcome });
    }
  });

  test('[G9] is denied after 3 s to each host by itself, and to one who repeats it once', async () => {
    const { modules } = late();
    const { hana, joins, passes } = await hosted({ modules });
    const cora = await joins('cora', { role: 'co-host', policy: 'gdpr' });
    const asked = [hana, cora].map(({ session }) => session.requestPurpose(captions));
    const outcomes: unknown[] = [];
    for (const each of asked) void each.then((outcome) => outcomes.push(outcome));
    await passes(4000);
    expect(outcomes).toEqual([notLoaded, notLoaded]);
  });

  test('[G8] waits for it, and so does what the same client says after it: their order stays', async () => {
    const { modules, asked, come } = late();
    const { hana, bo, passes, within } = await hosted({ modules });
    const outcomes = [
      hana.session.requestPurpose(captions),
      hana.session.endPurpose('live-captions'),
      hana.session.endPurpose('live-captions'),
    ];
    expect(await within(2500, Promise.race(outcomes))).toBeUndefined();
    come();
    expect(await within(500, Promise.all(outcomes))).toEqual([
      { outcome: 'done' },
      { outcome: 'done' },
      { outcome: 'denied', code: 'purpose/not-running' },
    ]);
    await passes(5000);
    expect([asked, bo.told('noticeRaised')]).toEqual([['purposes'], []]);
  });

  test('[G3] holds up no answer of anybody', async () => {
    const { modules } = late();
    const { hana, bo, passes, within } = await hosted({ modules });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(1000);
    void bo.session.giveConsent('recording');
    await passes(2000);
    expect(hana.adapter.recorder.holds('bo')).toBe(true);
    void hana.session.requestPurpose(captions);
    await passes(100);
    expect(await within(500, bo.session.withdrawConsent('recording'))).toMatchObject({ outcome: 'recorded' });
    expect(hana.adapter.recorder.holds('bo')).toBe(false);
  });

  test('[G9] is denied where that cannot be loaded, and what is behind it is taken', async () => {
    const { modules, come } = late({ failing: true });
    const { hana, bo, passes, within } = await hosted({ modules });
    const outcomes = [
      hana.session.requestRecording({ storage: 'cloud', transcript: true }),
      hana.session.declareRegion('DE'),
    ];
    come();
    expect(await within(500, Promise.all(outcomes))).toEqual([notLoaded, { outcome: 'done' }]);
    void hana.session.requestRecording({ storage: 'cloud', transcript: true });
    await passes(10);
    come();
    await passes(1000);
    expect(bo.session.getSnapshot().prompt?.purposes).toEqual(['recording', 'transcription']);
  });

  test('[G9] is denied after 3 s without it', async () => {
    const { modules, come } = late();
    const { hana, bo, passes, within } = await hosted({ modules });
    const asked = hana.session.requestPurpose(captions);
    expect(await within(2900, asked)).toBeUndefined();
    expect(await within(200, asked)).toEqual(notLoaded);
    come();
    await passes(5000);
    expect(bo.told('noticeRaised')).toEqual([]);
  });

  test('loads nothing for whom it is not permitted', () => {
    const { modules, asked } = late();
    const { joins, commands } = decides({ modules });
    joins('bo');
    expect(commands('bo', { do: 'requestPurpose', ...captions })).toEqual({
      outcome: 'denied',
      code: 'session/not-permitted',
    });
    expect(asked).toEqual([]);
  });

  test('[G8] that is taken over with a hand-over is done once, by whoever decides then', async () => {
    const { modules, come } = late();
    const { hana, bo, passes, joins } = await hosted({ modules });
    const cora = await joins('cora', { role: 'co-host', policy: 'gdpr' });
    void cora.session.requestPurpose(captions);
    await passes(100);
    void hana.session.leave();
    await passes(3000);
    come();
    await passes(3000);
    const { authorityId, prompt } = bo.session.getSnapshot();
    expect([authorityId, prompt?.purposes, bo.told('noticeRaised').length]).toEqual(['cora', ['live-captions'], 1]);
  });
});

test('[G5] a word that is spoken after a transcript was asked for is in it, however late its part was there', async () => {
  const { modules, come } = late();
  const { hana, bo, passes, within } = await hosted({ modules });
  const asked = hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await passes(1500);
  come();
  await passes(1000);
  const { prompt } = bo.session.getSnapshot();
  void bo.session.answer(prompt?.noticeId ?? '', { recording: 'given', transcription: 'given' });
  expect(await within(1000, asked)).toMatchObject({ outcome: 'started' });
  await passes(3000);
  const said = { id: 's', speaker: 'bo', startMs: 2000, endMs: 2500, text: 'hello', final: true };
  expect(await within(100, hana.session.feedSegment(said))).toEqual({ outcome: 'done' });
  expect(hana.told('transcriptSegment')).toMatchObject([{ segment: { text: 'hello' } }]);
});

test('[G8] who takes a meeting over loads what that needs before it decides, and nothing else', () => {
  const from = { number: 1, id: 'hana', incarnation: 'a' };
  const inOrder = (more: object) => modulesToBegin({}, { how: 'hand-over', state: { ...handedOver, ...more }, from });
  const crashed = (more: object) =>
    modulesToBegin({}, { how: 'crash', meeting: more as MeetingState, absenceMs: 0, knew: () => true });
  expect([inOrder({}), inOrder({ transcripts: {} }), inOrder({ purposes: [] })]).toEqual([
    [],
    ['transcripts'],
    ['purposes'],
  ]);
  expect([crashed({}), crashed({ transcripts: [] }), modulesToBegin({}, undefined)]).toEqual([[], ['transcripts'], []]);
});

test('[G5] [G8] who takes a meeting over with a transcript and a purpose has what they need before they decide', async () => {
  const { modules, asked, come } = late();
  const { hana, bo, passes, joins, within } = await hosted({});
  const cora = await joins('cora', { role: 'co-host', policy: 'gdpr', modules });
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  void hana.session.requestPurpose(captions);
  await passes(1000);
  for (const { session } of [bo, cora]) {
    const { prompt } = session.getSnapshot();
    const all = { recording: 'given', transcription: 'given', 'live-captions': 'given' } as const;
    void session.answer(prompt?.noticeId ?? '', all);
  }
  await passes(3000);
  void hana.session.handOver('cora');
  await passes(1000);
  expect([asked, bo.session.getSnapshot().authorityId]).toEqual([['transcripts', 'purposes'], 'hana']);
  come();
  await passes(3000);
  const { authorityId, indicators } = bo.session.getSnapshot();
  expect([authorityId, indicators]).toEqual([
    'cora',
    expect.objectContaining({ recording: 'on', transcription: 'on', 'live-captions': 'on' }),
  ]);
  expect(bo.told('recordingStopped')).toEqual([]);
  expect(await within(500, cora.session.endPurpose('live-captions'))).toEqual({ outcome: 'done' });
});

test('[G5] who decides after a crash has what the transcripts of the one before need', async () => {
  const { modules, asked, come } = late();
  const { hana, bo, network, passes, joins } = await hosted({});
  const cora = await joins('cora', { role: 'co-host', policy: 'gdpr', modules });
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await passes(2000);
  network.partition([['hana'], ['cora', 'bo']]);
  await passes(15_000);
  expect([asked, bo.session.getSnapshot().authorityId]).toEqual([['transcripts'], 'hana']);
  come();
  await passes(2000);
  const { authorityId, transcripts } = cora.session.getSnapshot();
  expect([authorityId, transcripts]).toEqual(['cora', [expect.objectContaining({ status: 'failed' })]]);
});
