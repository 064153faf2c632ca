import { describe, expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import { NoticeError } from '../../src/core/errors.ts';
import type { RightOutcome } from '../../src/records/rights.types.ts';
import { bodyLimit } from '../../src/transport/messages.parse.ts';
import { epoch } from './deciding.ts';
import { keeping, requestOf } from './records-in-hand.ts';

const access = { do: 'exerciseRight', right: 'access' } as const;
const nothing = { erasing: [], erased: [], requests: [], restricting: [] };
const waiting = requestOf({ right: 'deletion', status: 'identified' });
const never = () => new Promise<never>(() => {});
const diskFull = () => Promise.reject(new NoticeError('vault/store-failed', 'disk full'));

const exercised = (right: RightOutcome) => ({ outcome: 'exercised', right: JSON.stringify(right) });
const done = (more: object = {}): RightOutcome => ({ outcome: 'done', request: requestOf(), ...more });

describe('a right', () => {
  test('[G6] is exercised once, of who asks and after all is sealed, and answers with what came of it', async () => {
    const { calls, asked, commands, passes, outcomeOf, errors } = await keeping();
    calls.exercise = async () => done();
    expect([commands('bo', access, 'x'), commands('bo', access, 'x')]).toEqual([undefined, undefined]);
    await passes(0);
    expect(asked()).toEqual([['isWhole'], ['exercise', { right: 'access', participantId: 'bo', askedBy: 'bo' }]]);
    expect(outcomeOf('x')).toEqual(exercised(done()));
    const again = commands('bo', access, 'x');
    expect([again, asked()]).toEqual([exercised(done()), []]);
    expect(commands('hana', access, 'x')).toBeDefined();
    await passes(0);
    expect(asked('exercise')).toEqual([['exercise', { right: 'access', participantId: 'hana', askedBy: 'hana' }]]);
    expect(errors).toEqual([]);
  });

  test('[G7] is remembered for 20 s, in which who asked may ask again for what was lost, and is handed over to nobody', async () => {
    const { calls, asked, commands, passes, authority } = await keeping();
    calls.exercise = async () => done();
    commands('bo', access, 'x');
    await passes(19_900);
    commands('bo', access, 'x');
    await passes(0);
    expect(asked('exercise').length).toBe(1);
    expect(parseHandedOver(authority.exportState(undefined) ?? '')?.outcomes).toEqual([]);
    commands('hana', access, 'x');
    await passes(200);
    commands('bo', access, 'x');
    await passes(0);
    expect(asked('exercise').length).toBe(2);
    await passes(19_800);
    commands('hana', access, 'x');
    await passes(0);
    expect(asked('exercise').length).toBe(1);
  });

  test('carries a correction, and whom it is of', async () => {
    const { asked, comesTo } = await keeping();
    const correction = { recordingId: 'r', segmentId: 's', text: 'five' };
    const ask = { right: 'correction', participantId: 'cy', correction } as const;
    expect(await comesTo('bo', { do: 'exerciseRight', ...ask })).toEqual({
      outcome: 'denied',
      code: 'rights/nothing-held',
    });
    expect(asked('exercise')).toEqual([['exercise', { ...ask, askedBy: 'bo' }]]);
  });

  test('is denied where there is no such right, or where the ledger is not whole: nothing is exercised', async () => {
    const { calls, asked, commands, comesTo } = await keeping();
    const oblivion = { do: 'exerciseRight', right: 'oblivion' as never } as const;
    expect(commands('bo', oblivion)).toEqual({ outcome: 'denied', code: 'rights/no-such-right' });
    calls.isWhole = async () => false;
    expect(await comesTo('bo', access)).toEqual({ outcome: 'denied', code: 'rights/elsewhere' });
    expect(asked().map(([name]) => name)).toEqual(['isWhole']);
  });

  test('fails with what its stores fail with, or with a code of its own', async () => {
    const { calls, comesTo } = await keeping();
    calls.exercise = diskFull;
    expect(await comesTo('bo', access)).toEqual({ outcome: 'failed', code: 'vault/store-failed' });
    calls.exercise = () => Promise.reject(new Error('?'));
    expect(await comesTo('bo', access)).toEqual({ outcome: 'failed', code: 'retention/failed' });
  });

  test('whose answer no message carries is pending, without it; one that just fits is sent', async () => {
    const { calls, comesTo } = await keeping();
    const sized = (size: number): RightOutcome => {
      const empty = JSON.stringify(JSON.stringify(done({ document: '' }))).length;
      return done({ document: 'x'.repeat(size - empty) });
    };
    calls.exercise = async () => sized(bodyLimit - 1000);
    expect(await comesTo('bo', access)).toEqual(exercised(sized(bodyLimit - 1000)));
    calls.exercise = async () => sized(bodyLimit - 999);
    expect(await comesTo('bo', access)).toEqual(
      exercised({ outcome: 'pending', request: requestOf(), code: 'rights/too-long' }),
    );
  });

  test('[G9] that takes longer than 5 s is pending, with the last request of that right by that person where there is one', async () => {
    const { calls, commands, passes, outcomeOf, hand } = await keeping();
    calls.exercise = never;
    const underWay = { outcome: 'pending', code: 'rights/under-way' };
    hand().changed(requestOf({ requestId: 'other', participantId: 'hana' }));
    hand().changed(requestOf({ requestId: 'other right', right: 'portability' }));
    commands('bo', access, 'without');
    await passes(4900);
    expect(outcomeOf('without')).toBeUndefined();
    await passes(100);
    expect(outcomeOf('without')).toEqual(underWay);
    for (const requestId of ['q1', 'q2']) hand().changed(requestOf({ requestId, status: 'identified' }));
    commands('bo', access, 'with');
    await passes(5000);
    expect(outcomeOf('with')).toEqual(
      exercised({
        outcome: 'pending',
        request: requestOf({ requestId: 'q2', status: 'identified' }),
        code: 'rights/under-way',
      }),
    );
  });

  test.each([
    ['deletion', 'identified', 1],
    ['deletion', 'received', 0],
    ['objection', 'identified', 0],
  ] as const)('a %s that is %s: goes on by itself a second later (%i)', async (right, status, times) => {
    const { calls, asked, comesTo, passes } = await keeping();
    calls.exercise = async () => ({ outcome: 'pending', request: requestOf({ right, status }) });
    await comesTo('bo', { do: 'exerciseRight', right });
    await passes(900);
    expect(asked('goOn')).toEqual([]);
    await passes(100);
    expect(asked('goOn').length).toBe(times);
  });

  test('that is done, be it a deletion, does not go on', async () => {
    const { calls, asked, comesTo } = await keeping();
    const request = requestOf({ right: 'deletion', status: 'identified' });
    calls.exercise = async () => ({ outcome: 'done', request });
    await comesTo('bo', { do: 'exerciseRight', right: 'deletion' }, 5000);
    expect(asked('goOn')).toEqual([]);
  });
});

describe('what hosts see of somebody’s requests', () => {
  test('[G7] is the last eight, each as it stands, and no more of each than is needed', async () => {
    const { hand, passes, row } = await keeping();
    hand().changed(requestOf({ participantId: 'hana', requestId: 'of hana' }));
    for (let n = 1; n <= 9; n += 1) hand().changed(requestOf({ requestId: `q${n}`, status: 'received' }));
    hand().changed(requestOf({ requestId: 'q9', status: 'refused', code: 'rights/unfounded', reason: 'none' }));
    await passes(5000);
    const { dueAt } = requestOf();
    const rights = (row('bo') as { rights?: readonly { requestId: string }[] } | undefined)?.rights;
    expect(rights?.map(({ requestId }) => requestId)).toEqual(['q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9']);
    expect([rights?.[0], rights?.at(-1)]).toEqual([
      { requestId: 'q2', right: 'access', status: 'received', dueAt },
      { requestId: 'q9', right: 'access', status: 'refused', dueAt, code: 'rights/unfounded' },
    ]);
  });

  test('[G9] is forgotten of the oldest once there are more than 1,024', async () => {
    const { hand, passes, row } = await keeping();
    const ofHana = async () => {
      await passes(5000);
      const rights = (row('hana') as { rights?: readonly { requestId: string }[] } | undefined)?.rights;
      return rights?.map(({ requestId }) => requestId);
    };
    for (const requestId of ['first', 'second']) hand().changed(requestOf({ participantId: 'hana', requestId }));
    for (let n = 1; n <= 1022; n += 1) hand().changed(requestOf({ requestId: `q${n}` }));
    expect(await ofHana()).toEqual(['first', 'second']);
    hand().changed(requestOf({ participantId: 'hana', requestId: 'last' }));
    expect(await ofHana()).toEqual(['second', 'last']);
  });
});

describe('an erasure', () => {
  const recordingId = 'r';
  const erase = { do: 'eraseRecording', recordingId } as const;
  const whole = { recordingId, kept: ['recording', 'transcript'], because: 'host' } as const;

  test('[G12] is asked for once, and done; what fails before it has begun is denied', async () => {
    const { calls, asked, comesTo, erasures, ledger } = await keeping();
    expect([await comesTo('hana', erase), asked()]).toEqual([{ outcome: 'done' }, [['erase', 'r']]]);
    calls.erase = diskFull;
    expect(await comesTo('hana', erase)).toEqual({ outcome: 'denied', code: 'vault/store-failed' });
    calls.erase = () => Promise.reject(new Error('?'));
    expect(await comesTo('hana', erase)).toEqual({ outcome: 'denied', code: 'retention/failed' });
    expect([asked('goOn'), erasures(), ledger.facts().filter((fact) => fact.includes('eras'))]).toEqual([
      [],
      undefined,
      [],
    ]);
  });

  test('[G12] that has begun and fails is pending, and goes on', async () => {
    const { calls, asked, comesTo, erasures, hand, passes } = await keeping();
    calls.erase = async () => {
      hand().pen.append({ fact: 'erasing', ...whole });
      await hand().pen.kept();
      return diskFull();
    };
    calls.goOn = async () => ({ ...nothing, erasing: [{ recordingId, code: 'retention/storage-failed' }] });
    expect(await comesTo('hana', erase)).toEqual({ outcome: 'pending', code: 'vault/store-failed' });
    expect([asked('goOn').length, erasures()]).toEqual([
      1,
      [{ recordingId, status: 'failing', code: 'retention/storage-failed' }],
    ]);
    calls.goOn = async () => ({ ...nothing, erased: [recordingId, 'nobody knew'] });
    await passes(1000);
    expect([asked('goOn').length, erasures()]).toEqual([1, [{ recordingId, status: 'erased' }]]);
    await passes(120_000);
    expect(asked('goOn')).toEqual([]);
  });

  test('[G9] that takes longer than 5 s is pending', async () => {
    const { calls, comesTo } = await keeping();
    calls.erase = never;
    expect(await comesTo('hana', erase, 5000)).toEqual({ outcome: 'pending', code: 'retention/under-way' });
  });

  test('[G12] is denied of what runs, or is on its host’s own device, and not begun', async () => {
    for (const [storage, code] of [
      ['cloud', 'recording/not-ended'],
      ['local', 'recording/needs-cloud'],
    ] as const) {
      const { requests, recording, passes, commands, asked } = await keeping({ policy: 'notice-only' });
      requests({ storage });
      await passes(1000);
      const { recordingId = '' } = recording() ?? {};
      if (storage === 'local') {
        commands('hana', { do: 'stopRecording' });
        await passes(1000);
      }
      expect(commands('hana', { do: 'eraseRecording', recordingId })).toEqual({ outcome: 'denied', code });
      expect(asked('erase')).toEqual([]);
    }
  });

  test('[G12] is begun of what was recorded here and has ended', async () => {
    const { requests, recording, passes, commands, comesTo, asked } = await keeping({ policy: 'notice-only' });
    requests();
    await passes(1000);
    commands('hana', { do: 'stopRecording' });
    await passes(1000);
    const { recordingId = '' } = recording() ?? {};
    expect(await comesTo('hana', { do: 'eraseRecording', recordingId })).toEqual({ outcome: 'done' });
    expect(asked('erase')).toEqual([['erase', recordingId]]);
  });

  test('[G12] is told to everyone as it is written: the last eight, each once', async () => {
    const { hand, passes, erasures } = await keeping();
    const writes = (fact: 'erasing' | 'erased' | 'anonymised', recordingId: string, more: object = {}) =>
      hand().pen.append({ fact, ...whole, recordingId, ...more } as never);
    for (let n = 1; n <= 8; n += 1) writes('erasing', `r${n}`);
    writes('erased', 'r1');
    writes('anonymised', 'r2');
    // Of a transcript alone, of one person, or another fact: no erasure of the recording.
    writes('erasing', 't', { kept: ['transcript'] });
    writes('erasing', 'p', { participantId: 'bo' });
    hand().pen.append({ fact: 'right-received', recordingId: 'x', kept: ['recording'] } as never);
    await passes(0);
    const left = ['r3', 'r4', 'r5', 'r6', 'r7', 'r8'].map((recordingId) => ({ recordingId, status: 'erasing' }));
    expect(erasures()).toEqual([
      ...left,
      { recordingId: 'r1', status: 'erased' },
      { recordingId: 'r2', status: 'erased' },
    ]);
    writes('erasing', 'r9');
    await passes(0);
    expect(erasures()?.map(({ recordingId }) => recordingId)).toEqual(['r4', 'r5', 'r6', 'r7', 'r8', 'r1', 'r2', 'r9']);
  });
});

describe('what retention does with a recording while its meeting goes on', () => {
  const written = (recordingId: string, more: object = {}) =>
    ({ recordingId, kept: ['recording', 'transcript', 'notes'], because: 'retention', ...more }) as const;
  const counts = { durationMs: 1000 } as never;

  async function ready() {
    const all = await transcribed();
    await all.stops();
    const writes = async (fact: 'erasing' | 'erased' | 'anonymised' | 'isolated', more: object = {}) => {
      all.hand().pen.append({ fact, ...written(all.recordingId, more) });
      await all.passes(0);
      return all.meeting()?.transcripts?.map(({ status }) => status);
    };
    /** What hana, who reads from the start, is told of it when she asks for all. */
    const reads = () => {
      all.says('hana', { t: 'segments?', epoch, transcriptId: all.transcriptId, from: 1 });
      const { message } = all.sent.findLast(({ message }) => message.t === 'segments') ?? {};
      return message?.t === 'segments' && message.kept.map(({ text }) => text);
    };
    return { ...all, writes, reads };
  }

  test('[G12] is told of its transcript: set apart, and erased once that is possible', async () => {
    const { writes, erasures } = await ready();
    expect([await writes('isolated'), erasures()]).toEqual([['isolated'], undefined]);
    expect([await writes('erasing'), erasures()?.[0]?.status]).toEqual([['erased'], 'erasing']);
    expect([await writes('erased'), erasures()?.[0]?.status]).toEqual([['erased'], 'erased']);
  });

  test('[G12] is told of its transcript: anonymised from before anything goes, with counts', async () => {
    const { writes, erasures } = await ready();
    expect([await writes('erasing', { counts }), erasures()?.[0]?.status]).toEqual([['anonymised'], 'erasing']);
    expect([await writes('anonymised', { counts }), erasures()?.[0]?.status]).toEqual([['anonymised'], 'erased']);
  });

  test('[G7] of a transcript alone, or of one person, changes no transcript’s state', async () => {
    const { writes } = await ready();
    expect(await writes('isolated', { kept: ['transcript'] })).toEqual(['ready']);
    expect(await writes('isolated', { participantId: 'bo' })).toEqual(['ready']);
    expect(await writes('erasing', { participantId: 'bo', counts })).toEqual(['ready']);
  });

  test.each(['isolated', 'erasing'] as const)(
    '[G12] leaves no word of it to whoever reads, corrects or decides next (%s)',
    async (fact) => {
      const { writes, feeds, comesTo, authority, asked, recordingId, reads } = await ready();
      expect(reads()).toEqual(['hello']);
      await writes(fact, fact === 'erasing' ? { counts } : {});
      asked();
      expect(reads()).toEqual([]);
      expect(feeds('late')).toEqual({ outcome: 'denied', code: 'transcript/not-running' });
      const correct = { do: 'correctSpeaker', recordingId, segmentId: 'hello', speaker: 'hana' } as const;
      expect(await comesTo('hana', correct)).toEqual({ outcome: 'denied', code: 'transcript/unknown-segment' });
      const handed = parseHandedOver(authority.exportState(undefined) ?? '')?.transcripts?.transcripts;
      expect(handed).toMatchObject([{ state: fact === 'erasing' ? 'anonymised' : 'isolated', segments: [] }]);
      expect(asked('keep')).toEqual([]);
    },
  );
});

describe('what was begun and is not done', () => {
  test('[G12] [G9] goes on as an authority begins, and 1, 2, 4 s after each failure, at most a minute', async () => {
    const { begun, asked, calls, passes, doubts, comesTo, erasures } = await keeping({}, { goOn: diskFull });
    expect([begun, doubts]).toEqual([[['goOn']], ['vault/store-failed hana']]);
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      await passes(seconds * 1000 - 1);
      expect(asked()).toEqual([]);
      await passes(1);
      expect(asked()).toEqual([['goOn']]);
    }
    expect(erasures()).toBeUndefined();
    calls.goOn = async () => nothing;
    await passes(60_000);
    expect(asked()).toEqual([['goOn']]);
    await passes(200_000);
    expect(asked()).toEqual([]);
    // What has worked is forgotten as a failure.
    calls.goOn = () => Promise.reject(new Error('?'));
    calls.exercise = async () => ({ outcome: 'pending', request: waiting });
    await comesTo('bo', access, 1000);
    await passes(1000);
    expect([asked('goOn').length, doubts.at(-1)]).toEqual([2, 'retention/failed hana']);
  });

  test('[G12] is a deletion that waits, which hosts see; a decision that is waited for does not go on by itself', async () => {
    for (const [right, times] of [
      ['deletion', 1],
      ['objection', 0],
    ] as const) {
      const request = requestOf({ right, status: 'identified' });
      const { asked, passes, row } = await keeping({}, { goOn: async () => ({ ...nothing, requests: [request] }) });
      await passes(1000);
      expect(asked('goOn').length).toBe(times);
      expect(row('bo')).toMatchObject({ rights: [{ requestId: 'q1', right, status: 'identified' }] });
    }
  });

  test('[G12] is gone on with again, once, where that was asked for meanwhile', async () => {
    const goings: (() => void)[] = [];
    const goOn = () => new Promise<typeof nothing>((resolve) => void goings.push(() => resolve(nothing)));
    const { calls, asked, comesTo, passes, hand } = await keeping({}, { goOn });
    calls.erase = () => {
      hand().pen.append({ fact: 'erasing', recordingId: 'r', kept: ['recording'], because: 'host' });
      return hand().pen.kept().then(diskFull);
    };
    for (let n = 0; n < 2; n += 1) await comesTo('hana', { do: 'eraseRecording', recordingId: 'r' });
    expect(asked('goOn')).toEqual([]);
    for (const times of [1, 0]) {
      goings.shift()?.();
      await passes(0);
      expect(asked('goOn').length).toBe(times);
    }
    await passes(120_000);
    expect(asked('goOn')).toEqual([]);
  });

  test('[G12] goes on once a recording is over', async () => {
    const { requests, passes, commands, asked } = await keeping({ policy: 'notice-only' });
    requests();
    await passes(1000);
    expect(asked()).toEqual([]);
    commands('hana', { do: 'stopRecording' });
    await passes(1000);
    expect(asked()).toEqual([['goOn']]);
  });
});

const both = ['recording', 'transcription'];

/** hana records with a transcript; bo has agreed to both, and has spoken. */
async function transcribed() {
  const all = await keeping();
  all.requests({ transcript: true });
  await all.passes(0);
  all.answers('bo', 'given', { purposes: both });
  await all.passes(2000);
  const says = (id: string, startMs = 500) => {
    const segment = { id, speaker: 'bo', startMs, endMs: startMs, text: id, final: true };
    return all.commands('hana', { do: 'feedSegment', segment });
  };
  says('hello');
  all.asked();
  const recordingId = all.recording()?.recordingId ?? '';
  const transcriptId = all.meeting()?.transcripts?.[0]?.transcriptId ?? '';
  const stops = async () => {
    all.commands('hana', { do: 'stopRecording' });
    await all.passes(0);
    await all.goesOn(5000, 'hana', 'bo');
  };
  return { ...all, feeds: says, recordingId, transcriptId, stops };
}

const kept = (segments: readonly object[]) => ({ segments });

describe('a transcript', () => {
  test('[G6] is sealed once it is ready, 5 s after its end, and what waits for it goes on', async () => {
    const { asked, commands, goesOn, passes, recordingId, transcriptId, feeds } = await transcribed();
    feeds('again', 700);
    commands('hana', { do: 'stopRecording' });
    await passes(0);
    asked();
    await passes(4900);
    expect(asked()).toEqual([]);
    await passes(100);
    expect(asked()).toEqual([
      [
        'keep',
        expect.objectContaining({
          recordingId,
          transcriptId,
          segments: [expect.objectContaining({ id: 'hello' }), expect.objectContaining({ id: 'again' })],
        }),
        [],
      ],
      ['goOn'],
    ]);
    await goesOn(10_000, 'hana', 'bo');
    expect(asked()).toEqual([]);
  });

  test('[G6] is sealed at once where what writes it down has died, as far as it came', async () => {
    const { asked, commands, passes, recordingId, transcriptId } = await transcribed();
    commands('hana', { do: 'stopTranscript', failed: true });
    await passes(0);
    expect(asked()).toEqual([
      [
        'keep',
        expect.objectContaining({ recordingId, transcriptId, ...kept([expect.objectContaining({ id: 'hello' })]) }),
        [],
      ],
      ['goOn'],
    ]);
  });

  test('[G6] that the vault does not take is sealed again 1, 2, 4 s later, and the failure told', async () => {
    const { asked, calls, stops, passes, doubts } = await transcribed();
    calls.keep = diskFull;
    await stops();
    expect([asked('keep').length, doubts]).toEqual([1, ['vault/store-failed hana']]);
    calls.keep = () => Promise.reject(new NoticeError('vault/destroyed', 'gone'));
    for (const seconds of [1, 2]) {
      await passes(seconds * 1000 - 1);
      expect(asked()).toEqual([]);
      await passes(1);
      expect(asked('keep').length).toBe(1);
    }
    expect(doubts.slice(1)).toEqual(['vault/destroyed hana', 'vault/destroyed hana']);
    calls.keep = () => Promise.reject(new Error('?'));
    await passes(4000);
    expect(doubts.at(-1)).toBe('vault/store-failed hana');
    calls.keep = async () => {};
    await passes(8000);
    expect(asked().map(([name]) => name)).toEqual(['keep', 'keep', 'goOn']);
    await passes(100_000);
    expect(asked('keep')).toEqual([]);
  });

  test('[G6] is sealed as far as it is when somebody exercises a right; nothing where nobody has spoken', async () => {
    const { asked, comesTo, calls } = await transcribed();
    await comesTo('bo', access);
    expect(asked().map(([name]) => name)).toEqual(['isWhole', 'keep', 'exercise']);
    calls.keep = diskFull;
    expect(await comesTo('bo', access)).toEqual({ outcome: 'failed', code: 'vault/store-failed' });
    expect(asked('exercise')).toEqual([]);
    const silent = await keeping();
    silent.requests({ transcript: true });
    await silent.passes(0);
    silent.answers('bo', 'given', { purposes: both });
    await silent.passes(2000);
    await silent.comesTo('bo', access);
    expect(silent.asked('keep')).toEqual([]);
  });

  test('[G6] that was asked for again is sealed as one with the one before, under ids of its own', async () => {
    const { asked, commands, comesTo, passes, answers, feeds, meeting, recordingId, transcriptId } =
      await transcribed();
    commands('hana', { do: 'stopTranscript' });
    await passes(0);
    commands('hana', { do: 'requestTranscript' });
    await passes(1000);
    answers('bo', 'given', { purposes: ['transcription'] });
    await passes(1000);
    feeds('hello', 3500);
    const later = meeting()?.transcripts?.[0]?.transcriptId;
    expect(later).not.toBe(transcriptId);
    asked();
    await comesTo('bo', access);
    const [, sealed, ...others] = asked().map(([, transcript]) => transcript);
    expect(sealed).toMatchObject({
      recordingId,
      transcriptId,
      ...kept([
        { id: 'hello', startMs: 500 },
        { id: `hello#${later}`, startMs: 3500 },
      ]),
    });
    expect(others.length).toBe(1);
  });

  test('[G6] is of one recording: those of two are sealed by themselves, and again where that fails', async () => {
    const { asked, comesTo, passes, requests, answers, recording, stops, feeds, recordingId, calls } =
      await transcribed();
    await stops();
    requests({ transcript: true });
    await passes(0);
    answers('bo', 'given', { purposes: both });
    await passes(2000);
    feeds('hello');
    const later = recording()?.recordingId;
    const sealed = () => asked('keep').map(([, transcript]) => (transcript as { recordingId: string }).recordingId);
    sealed();
    await comesTo('bo', access);
    expect([sealed().toSorted(), later === recordingId]).toEqual([[recordingId, later].toSorted(), false]);
    calls.keep = diskFull;
    await stops();
    for (const id of [recordingId, later ?? ''])
      await comesTo('hana', { do: 'correctSpeaker', recordingId: id, segmentId: 'hello', speaker: 'bo' });
    sealed();
    await passes(8000);
    expect(new Set(sealed())).toEqual(new Set([recordingId, later]));
  });

  test('[G6] that is long is sealed as it grows, each time that 100,000 characters of it are not yet', async () => {
    const { asked, commands, passes } = await transcribed();
    const sizeOf = (segments: readonly object[]) =>
      segments.reduce((sum, each) => sum + JSON.stringify([each]).length, 0);
    let sealed = 0;
    let count = 0;
    for (const round of [1, 2]) {
      let kept: readonly object[] | undefined;
      for (const most = count + 40; !kept && count < most; count += 1) {
        const segment = { id: `s${count}`, speaker: 'bo', startMs: 600 + count, endMs: 600 + count, final: true };
        commands('hana', { do: 'feedSegment', segment: { ...segment, text: 'x'.repeat(3900) } });
        await passes(0);
        const [[, transcript] = []] = asked('keep');
        kept = (transcript as { segments: readonly object[] } | undefined)?.segments;
      }
      const since = kept?.slice(sealed) ?? [];
      expect([round, sizeOf(since) > 100_000, sizeOf(since.slice(0, -1)) <= 100_000]).toEqual([round, true, true]);
      sealed += since.length;
      await passes(500);
      expect(asked('keep')).toEqual([]);
    }
  });

  test('[G5] of whom words are erased says them no more, and one that is erased with its recording is told so', async () => {
    const { hand, passes, sent, recordingId, meeting, stops } = await transcribed();
    const writes = (more: object) =>
      hand().pen.append({ fact: 'erasing', recordingId, kept: ['recording'], because: 'right', ...more } as never);
    writes({ participantId: 'bo', kept: ['transcript'] });
    await passes(0);
    const last = sent.findLast(({ message }) => message.t === 'segments')?.message;
    expect(last).toMatchObject({ kept: [{ id: 'hello', text: '' }] });
    await stops();
    writes({});
    await passes(0);
    expect(meeting()?.transcripts).toMatchObject([{ recordingId, status: 'erased' }]);
  });
});

describe('a host who says who spoke', () => {
  test('[G5] has it sealed so, and on the ledger; the words go where they were not to be kept of that person', async () => {
    const { commands, passes, asked, recordingId, ledger, feeds } = await transcribed();
    feeds('other', 700);
    const correct = (speaker: string, segmentId = 'hello') =>
      commands('hana', { do: 'correctSpeaker', recordingId, segmentId, speaker });
    expect(correct('hana')).toBeUndefined();
    await passes(0);
    const at = '1970-01-01T00:00:02.000Z';
    const [[, sealed, gone] = []] = asked();
    expect([sealed, gone]).toEqual([
      expect.objectContaining(
        kept([
          expect.objectContaining({ id: 'hello', corrections: [{ by: 'hana', at, speaker: 'hana' }] }),
          expect.not.objectContaining({ corrections: expect.anything() }),
        ]),
      ),
      [],
    ]);
    correct('nobody');
    await passes(0);
    expect(asked('keep')).toEqual([
      ['keep', expect.objectContaining(kept([expect.objectContaining({ id: 'other' })])), ['hello']],
    ]);
    expect(ledger.all.filter(({ fact }) => fact === 'corrected')).toEqual([
      { fact: 'corrected', recordingId, segmentId: 'hello', by: 'hana' },
      { fact: 'corrected', recordingId, segmentId: 'hello', by: 'hana' },
    ]);
  });

  test('of words that nobody has said is denied', async () => {
    const { comesTo, recordingId, asked, ledger } = await transcribed();
    const correct = (segmentId: string, of: string) =>
      comesTo('hana', { do: 'correctSpeaker', recordingId: of, segmentId, speaker: 'bo' });
    const unknown = { outcome: 'denied', code: 'transcript/unknown-segment' };
    expect([await correct('nothing', recordingId), await correct('hello', 'another')]).toEqual([unknown, unknown]);
    expect([asked(), ledger.all.filter(({ fact }) => fact === 'corrected')]).toEqual([[], []]);
  });

  test('[G5] has words that are gone taken out of the vault even where they were all there was, and however often it fails', async () => {
    const { commands, passes, asked, recordingId, calls } = await transcribed();
    calls.keep = diskFull;
    commands('hana', { do: 'correctSpeaker', recordingId, segmentId: 'hello', speaker: 'nobody' });
    await passes(1000);
    const emptied = ['keep', expect.objectContaining(kept([])), ['hello']];
    expect(asked('keep')).toEqual([emptied, emptied]);
  });
});

describe('a withdrawal by right', () => {
  test('[G3] takes back all that was agreed to and lives, as the person’s own answer would, and is kept before it is said', async () => {
    const { hand, passes, ledger, personal, does } = await transcribed();
    ledger.fails(true);
    let isKept = false;
    does(
      () =>
        void hand()
          .withdraw('bo')
          .then(() => (isKept = true)),
    );
    await passes(500);
    expect([isKept, personal('bo')?.captured]).toMatchObject([false, [{ captured: false, because: 'withdrawn' }]]);
    ledger.fails(false);
    await passes(2000);
    const facts = (name: string) => ledger.all.flatMap((each) => (each.fact === name ? [each] : []));
    const [given] = facts('given').filter((each) => 'participantId' in each && each.participantId === 'bo');
    const revision = given && 'revision' in given ? given.revision + 1 : undefined;
    expect([isKept, facts('withdrawn')]).toMatchObject([
      true,
      [
        { participantId: 'bo', purpose: 'recording', applied: true, revision },
        { participantId: 'bo', purpose: 'transcription', applied: true, revision },
      ],
    ]);
  });

  test('[G3] takes back what was acknowledged too', async () => {
    const { requests, passes, answers, hand, ledger, does } = await keeping({ policy: 'acknowledge' });
    requests();
    await passes(0);
    answers('bo', 'acknowledged');
    await passes(2000);
    does(() => void hand().withdraw('bo'));
    await passes(1000);
    expect(ledger.facts().filter((fact) => fact.includes('withdrawn recording'))).toEqual(['bo withdrawn recording']);
  });

  test('[G3] takes back nothing else: not what was refused, nor of somebody who is not there', async () => {
    const { requests, passes, answers, hand, ledger, does } = await keeping();
    requests({ transcript: true });
    await passes(0);
    answers('bo', 'given', { purposes: ['recording'] });
    answers('bo', 'refused', { purposes: ['transcription'] });
    await passes(2000);
    does(() => {
      void hand().withdraw('nobody');
      void hand().withdraw('bo');
      void hand().withdraw('bo');
    });
    await passes(1000);
    const withdrawn = ledger.all.flatMap((each) => (each.fact === 'withdrawn' ? [each.purpose] : []));
    expect(withdrawn).toEqual(['recording']);
  });
});

describe('the pen that is lent', () => {
  test('[G6] says that all is kept once what it has written is', async () => {
    const { hand, passes, ledger } = await keeping();
    const { pen } = hand();
    ledger.fails(true);
    pen.append({ fact: 'right-received', requestId: 'q1', participantId: 'bo', right: 'access' } as never);
    let isKept = false;
    void pen.kept().then(() => {
      isKept = true;
    });
    await passes(5000);
    expect(isKept).toBe(false);
    ledger.fails(false);
    await passes(2000);
    expect([isKept, ledger.facts().at(-1)]).toEqual([true, 'bo right-received']);
  });

  test('[G8] is given back when another decides: who waits for it waits no more', async () => {
    const { authority, hand, ledger, ended, passes } = await keeping();
    ledger.fails(true);
    const waits = hand().pen.kept();
    authority.close('superseded');
    await expect(waits).rejects.toMatchObject({ code: 'records/meeting-open' });
    await passes(10_000);
    expect(ended).toEqual(['weekly']);
    await expect(hand().pen.kept()).rejects.toMatchObject({ code: 'records/meeting-open' });
  });
});
