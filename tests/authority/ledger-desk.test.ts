import { webcrypto } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Inheritance } from '../../src/authority/authority.types.ts';
import { LedgerDesk } from '../../src/authority/ledger-desk.ts';
import type { LedgerKnown } from '../../src/authority/ledger-facts.ts';
import type { Consent } from '../../src/consent/consent.types.ts';
import { signedAnswer } from '../../src/records/signed-answer.ts';
import type { AnswerMessage } from '../../src/transport/messages.types.ts';
import type { TranscriptView } from '../../src/transport/transcript-messages.types.ts';
import { plainLedger } from '../session/plain-ledger.ts';
import { askedRecording } from './asked-recording.ts';
import { authorityContext } from './authority-context.ts';
import { ledgerInHand } from './ledger-in-hand.ts';
import { personalState as personal, recordingState as state } from './told-states.ts';

const hana = { participantId: 'hana' };
const text = { version: '1', locale: 'en', hash: 'f'.repeat(64) };

/** A desk over a ledger that only remembers; `facts` are those that were written since the last look. */
async function desk(before?: Inheritance) {
  const { ledger, all, opened } = plainLedger();
  const sent: unknown[] = [];
  const { context, failed } = authorityContext({ before, send: (message) => void sent.push(message) });
  const own = new LedgerDesk(context, ledger, () => void sent.push('head'));
  await turn();
  let from = 0;
  return {
    desk: own,
    context,
    opened,
    failed,
    sent,
    facts: async () => {
      await turn();
      const now = all.slice(from);
      from = all.length;
      return now;
    },
  };
}

const handedOver = (ledger: LedgerKnown | undefined): Inheritance => ({
  how: 'hand-over',
  state: { ledger } as Extract<Inheritance, { how: 'hand-over' }>['state'],
  from: { number: 1, id: 'hana', incarnation: 'a' },
});

const knownRecording = { recordingId: 'r', purposes: ['recording'], status: 'asking', started: false };

const captured = personal({ captured: [{ recordingId: 'r', captured: true, because: 'clear' }] });

const message = (more: Partial<AnswerMessage> = {}): AnswerMessage => ({
  t: 'answer',
  id: 'a1',
  recordingId: 'r',
  revision: 3,
  answers: { recording: 'given' },
  ...more,
});
const recorded = { outcome: 'recorded', receiptId: 'x', revision: 3 } as const;
const moot = { outcome: 'moot', because: 'capture-ended' } as const;
const where =
  (consents: Readonly<Record<string, Consent>>) =>
  (purpose: string): Consent | undefined =>
    consents[purpose];

describe('[G6] a recording', () => {
  test('is written down as it goes on, with who asked for what of it', async () => {
    const { desk: own, facts } = await desk();
    const live = askedRecording({ asked: [['ai-notes', { by: { participantId: 'cora' }, reason: 'x' }]] });
    own.recordings([state({ purposes: ['recording', 'ai-notes'] })], [askedRecording({ recordingId: 'other' }), live]);
    const requested = { fact: 'requested', recordingId: 'r' };
    expect(await facts()).toEqual([
      { ...requested, purposes: ['recording'], by: hana },
      { ...requested, purposes: ['ai-notes'], by: { participantId: 'cora' }, reason: 'x' },
    ]);
    own.recordings([state({ purposes: ['recording', 'ai-notes'], status: 'on', started: true })], []);
    own.recordings([state({ purposes: ['recording', 'ai-notes'], status: 'on', started: true })], []);
    expect(await facts()).toEqual([{ fact: 'started', recordingId: 'r', by: hana }]);
  });

  test('is known for as long as it is told of', async () => {
    const { desk: own } = await desk();
    own.recordings([state(), state({ recordingId: 'p' }), state({ recordingId: 'q' })], []);
    own.recordings([state(), state({ recordingId: 'q' })], []);
    await turn();
    expect(own.handOver()?.recordings).toEqual([knownRecording, { ...knownRecording, recordingId: 'q' }]);
  });
});

test('[G6] a transcript is written down once for each place where it stands', async () => {
  const { desk: own, facts } = await desk();
  const view = (transcriptId: string, status: TranscriptView['status']): TranscriptView => ({
    transcriptId,
    recordingId: 'r',
    status,
  });
  own.transcripts([view('t', 'asking'), view('u', 'asking')]);
  own.transcripts([view('t', 'transcribing'), view('u', 'asking')]);
  const fact = { fact: 'transcript', recordingId: 'r' };
  expect(await facts()).toEqual([
    { ...fact, status: 'asking' },
    { ...fact, status: 'asking' },
    { ...fact, status: 'transcribing' },
  ]);
  expect(own.handOver()?.transcripts).toEqual([
    ['t', 'transcribing'],
    ['u', 'asking'],
  ]);
});

describe('[G6] a person', () => {
  test('is told what was written down of it, and nothing is of who has nothing to be told', async () => {
    const { desk: own, facts } = await desk();
    const nothing = personal();
    expect([own.told('bo', captured), own.told('cy', nothing), own.told('dan', undefined)]).toEqual([
      captured,
      nothing,
      undefined,
    ]);
    own.told('bo', captured);
    expect(await facts()).toEqual([{ fact: 'captured', recordingId: 'r', participantId: 'bo', because: 'clear' }]);
    expect(own.handOver()?.people.flatMap(([, ids]) => ids)).toEqual(['bo']);
  });

  test('whose time ran out a second time is written down a second time', async () => {
    const { desk: own, facts } = await desk();
    const stands = (consent: Consent) =>
      personal({ consents: [{ recordingId: 'r', purpose: 'recording', consent, revision: 1 }] });
    for (const consent of ['expired', 'given', 'expired'] as const) own.told('bo', stands(consent));
    const expired = { fact: 'expired', recordingId: 'r', participantId: 'bo', purpose: 'recording' };
    expect(await facts()).toEqual([expired, expired]);
  });

  test('who leaves is captured no more by anything, and is written down anew when they are back', async () => {
    const { desk: own, facts } = await desk();
    own.told(
      'bo',
      personal({
        captured: [
          { recordingId: 'r', captured: true, because: 'clear' },
          { recordingId: 'r', purpose: 'ai-notes', captured: true, because: 'clear' },
        ],
      }),
    );
    await facts();
    own.left('bo');
    own.left('bo');
    own.left('cy');
    const left = { fact: 'not-captured', recordingId: 'r', participantId: 'bo', because: 'left' };
    expect(await facts()).toEqual([left, { ...left, purpose: 'ai-notes' }]);
    own.told('bo', captured);
    expect(await facts()).toEqual([{ fact: 'captured', recordingId: 'r', participantId: 'bo', because: 'clear' }]);
  });

  test('has seen a notice once for each recording, whatever else is said', async () => {
    const { desk: own, facts } = await desk();
    own.shown('bo', { noticeId: 'n', recordingId: 'r', text });
    own.shown('bo', { noticeId: 'n', recordingId: 'r' });
    own.shown('bo', { noticeId: 'n', recordingId: 'q' });
    own.shown('bo', { noticeId: 'm', recordingId: 'r' });
    own.shown('cy', { noticeId: 'n', recordingId: 'r' });
    expect(await facts()).toEqual([
      { fact: 'shown', participantId: 'bo', noticeId: 'n', recordingId: 'r', text },
      { fact: 'shown', participantId: 'bo', noticeId: 'n', recordingId: 'q' },
      { fact: 'shown', participantId: 'bo', noticeId: 'm', recordingId: 'r' },
      { fact: 'shown', participantId: 'cy', noticeId: 'n', recordingId: 'r' },
    ]);
  });
});

describe('[G6] an answer', () => {
  const given = {
    fact: 'given',
    recordingId: 'r',
    participantId: 'bo',
    purpose: 'recording',
    answerId: 'a1',
    revision: 3,
  };

  test('is a fact for each purpose, to which words, and whether it counts; that they were read comes before', async () => {
    const { desk: own, facts } = await desk();
    const said = message({
      noticeId: 'n',
      shown: true,
      text,
      answers: { recording: 'given', transcription: 'refused', 'ai-notes': 'given' },
    });
    own.answered(
      'bo',
      said,
      recorded,
      where({ recording: 'given', transcription: 'refused', 'ai-notes': 'requested' }),
    );
    expect(await facts()).toStrictEqual([
      { fact: 'shown', participantId: 'bo', noticeId: 'n', recordingId: 'r', text },
      { ...given, noticeId: 'n', text, applied: true },
      { ...given, fact: 'refused', purpose: 'transcription', noticeId: 'n', text, applied: true },
      { ...given, purpose: 'ai-notes', noticeId: 'n', text, applied: false },
    ]);
  });

  test('without a notice has none, and was not read; nor was one that says so of no notice', async () => {
    const { desk: own, facts } = await desk();
    own.answered('bo', message(), recorded, where({ recording: 'given' }));
    own.answered('bo', message({ id: 'a2', shown: true }), recorded, where({ recording: 'given' }));
    own.answered('bo', message({ id: 'a3', noticeId: 'n' }), recorded, where({ recording: 'given' }));
    own.answered('bo', message({ id: 'a4', noticeId: 'n', shown: true }), recorded, where({ recording: 'given' }));
    expect(await facts()).toStrictEqual([
      { ...given, applied: true },
      { ...given, answerId: 'a2', applied: true },
      { ...given, answerId: 'a3', noticeId: 'n', applied: true },
      { fact: 'shown', participantId: 'bo', noticeId: 'n', recordingId: 'r' },
      { ...given, answerId: 'a4', noticeId: 'n', applied: true },
    ]);
  });

  test('that counts for nothing is evidence, once; if it counts after all that is a fact of its own, once', async () => {
    const { desk: own, facts } = await desk();
    const consent = where({ recording: 'given' });
    for (const outcome of [moot, moot, recorded, recorded, moot]) own.answered('bo', message(), outcome, consent);
    expect(await facts()).toEqual([
      { ...given, applied: false },
      { ...given, applied: true },
    ]);
  });

  test('that counted at once counts once', async () => {
    const { desk: own, facts } = await desk();
    for (const outcome of [recorded, recorded, moot]) {
      own.answered('bo', message(), outcome, where({ recording: 'given' }));
    }
    expect(await facts()).toEqual([{ ...given, applied: true }]);
  });

  test.each([
    [{}, {}],
    [
      { noticeId: 'n', text },
      { noticeId: 'n', textHash: text.hash },
    ],
  ])('can be signed, over all of it and nothing else: %j', async (more, signs) => {
    const pair = (await webcrypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign'])) as webcrypto.CryptoKeyPair;
    const { kty = '', crv = '', x = '' } = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
    const words = { meetingId: 'weekly', participantId: 'bo', answerId: 'a1', revision: 3, ...signs };
    const part = (value: string) => Buffer.from(value).toString('base64url');
    const input = `${part('{"alg":"EdDSA"}')}.${part(signedAnswer({ ...words, answers: { recording: 'given' } }))}`;
    const signature = Buffer.from(await webcrypto.subtle.sign('Ed25519', pair.privateKey, Buffer.from(input)));
    const jws = `${input}.${signature.toString('base64url')}`;
    const { desk: own, facts, context, sent } = await desk();
    const { seat } = context.people.enter('bo', 'bo', { role: 'participant', channel: 'app', sdk: true, at: 0 });
    own.answered('bo', message(more), recorded, where({ recording: 'given' }));
    own.receipts.signed(seat, { t: 'signed', id: 'a1', recordingId: 'r', jws, key: { kty, crv, x } });
    await vi.waitFor(() => expect(sent.length).toBe(2), { timeout: 2000, interval: 1 });
    expect((await facts()).at(-1)).toMatchObject({ fact: 'signed', participantId: 'bo', answerId: 'a1', jws });
    expect(sent).toMatchObject([
      'head',
      {
        t: 'receipts',
        id: 'a1',
        receipts: [{ record: { fact: given }, signed: { fact: { fact: 'signed' } }, key: { kty: 'plain' } }],
      },
    ]);
  });

  test('[G9] is no news while at most 1,024 things were said after it', async () => {
    const { desk: own, facts } = await desk();
    own.shown('bo', { noticeId: 'n0', recordingId: 'r' });
    for (let n = 1; n < 1024; n += 1) own.shown('bo', { noticeId: `n${n}`, recordingId: 'r' });
    own.shown('bo', { noticeId: 'n0', recordingId: 'r' });
    expect((await facts()).length).toBe(1024);
    own.shown('bo', { noticeId: 'n1024', recordingId: 'r' });
    own.shown('bo', { noticeId: 'n1', recordingId: 'r' });
    own.shown('bo', { noticeId: 'n0', recordingId: 'r' });
    expect((await facts()).map((fact) => 'noticeId' in fact && fact.noticeId)).toEqual(['n1024', 'n0']);
    expect(own.handOver()?.said.length).toBe(1024);
  });
});

describe('[G6] whoever decides next', () => {
  test('is handed all that the next facts depend on; who is known alike stands together', async () => {
    const { desk: own } = await desk();
    expect(own.handOver()).toStrictEqual({ recordings: [], transcripts: [], people: [], said: [] });
    own.recordings([state()], []);
    own.transcripts([{ transcriptId: 't', recordingId: 'r', status: 'asking' }]);
    for (const id of ['bo', 'cy']) own.told(id, captured);
    const notice = { noticeId: 'n', recordingId: 'r' };
    own.shown('bo', notice);
    await turn();
    const known = own.handOver();
    expect(known).toStrictEqual({
      head: { n: 4, hash: 'h4' },
      recordings: [knownRecording],
      transcripts: [['t', 'asking']],
      people: [[{ asked: {}, unanswered: [], captured: [{ recordingId: 'r' }] }, ['bo', 'cy']]],
      said: ['bo n r'],
    });
    const next = await desk(handedOver(JSON.parse(JSON.stringify(known))));
    next.desk.recordings([state()], []);
    next.desk.transcripts([{ transcriptId: 't', recordingId: 'r', status: 'asking' }]);
    for (const id of ['bo', 'cy']) next.desk.told(id, captured);
    next.desk.shown('bo', notice);
    expect(await next.facts()).toEqual([]);
    expect([next.desk.handOver(), next.opened]).toEqual([known, [{ by: 'hana', continues: { n: 4, hash: 'h4' } }]]);
  });

  test('of one that wrote nothing down begins with nothing', async () => {
    const next = await desk(handedOver(undefined));
    expect([next.desk.head, next.desk.handOver(), next.opened]).toEqual([
      undefined,
      { recordings: [], transcripts: [], people: [], said: [] },
      [{ by: 'hana' }],
    ]);
  });

  test('after a crash goes on where hosts had heard that it was, with the recordings that everyone knew', async () => {
    const crash = (more: object) =>
      ({ how: 'crash', meeting: { recordings: [state()] }, absenceMs: 0, knew: () => true, ...more }) as never;
    const next = await desk(crash({ ledgerHead: { n: 9, hash: 'h9' } }));
    expect([next.desk.head, next.opened]).toEqual([
      { n: 9, hash: 'h9' },
      [{ by: 'hana', continues: { n: 9, hash: 'h9' } }],
    ]);
    expect(next.desk.handOver()).toEqual({
      head: { n: 9, hash: 'h9' },
      recordings: [knownRecording],
      transcripts: [],
      people: [],
      said: [],
    });
    const unheard = await desk(crash({}));
    expect([unheard.desk.head, unheard.opened]).toEqual([undefined, [{ by: 'hana' }]]);
    unheard.desk.recordings([state()], []);
    expect(await unheard.facts()).toEqual([]);
  });

  test('writes what the store of the one before has not taken', async () => {
    const inHand = ledgerInHand();
    const { context } = authorityContext();
    const own = new LedgerDesk(context, inHand.ledger, () => {});
    expect(own.handOver()).toBeUndefined();
    own.recordings([state()], []);
    await inHand.fails('open');
    const known = own.handOver();
    expect([own.failure, known]).toEqual([
      'ledger/store-failed',
      {
        recordings: [knownRecording],
        transcripts: [],
        people: [],
        said: [],
        unkept: [{ fact: 'requested', recordingId: 'r', purposes: ['recording'], by: hana }],
      },
    ]);
    const next = await desk(handedOver(known));
    expect(await next.facts()).toEqual(known?.unkept);
    const ended: string[] = [];
    own.whenKept(() => void ended.push('kept'));
    own.goOn();
    inHand.told();
    await inHand.does('open');
    await inHand.does('record');
    await inHand.does('kept');
    expect([inHand.told(), ended]).toEqual([['1 record requested', '1 kept'], ['kept']]);
    own.close('handed-over');
    expect(inHand.told()).toEqual(['1 abandon']);
  });
});
