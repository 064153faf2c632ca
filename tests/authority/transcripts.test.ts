import { describe, expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';
import type { SegmentsMessage } from '../../src/transport/transcript-messages.types.ts';
import { decides, epoch } from './deciding.ts';

const both = ['recording', 'transcription'];
const segment = (id: string, startMs: number, more: Partial<Segment> = {}): Segment => ({
  id,
  speaker: 'bo',
  startMs,
  endMs: startMs,
  text: id,
  final: true,
  ...more,
});

/** hana records with a transcript, and bo has agreed to both; the recording is one second old. */
async function transcribing(policy: Parameters<typeof decides>[0] = {}) {
  const all = decides(policy);
  all.joins('hana', { role: 'host' });
  all.joins('ivo', { role: 'co-host' });
  all.joins('bo');
  await all.passes(0);
  all.requests({ transcript: true });
  await all.passes(0);
  await all.passes(0);
  all.answers('bo', 'given', { purposes: both });
  await all.passes(1000);
  all.told();
  const feeds = (heard: Segment, from = 'hana') => all.commands(from, { do: 'feedSegment', segment: heard });
  const transcripts = () => all.meeting()?.transcripts?.map(({ status }) => status);
  const read = (endpoint: string): string[] =>
    all
      .told()
      .filter(({ message, to }) => message.t === 'segments' && (to as string[]).includes(endpoint))
      .flatMap(({ message }) => (message as SegmentsMessage).kept.map(({ text }) => text));
  return { ...all, feeds, transcripts, read };
}

describe('segments that are handed in', () => {
  test('[G5] are kept of whom the recording and the transcript may have, and told to hosts alone', async () => {
    const { feeds, read, transcripts } = await transcribing();
    expect(transcripts()).toEqual(['transcribing']);
    expect(feeds(segment('of bo', 500))).toEqual({ outcome: 'done' });
    expect(feeds(segment('of ivo', 500, { speaker: 'ivo' }))).toEqual({ outcome: 'done' });
    expect(feeds(segment('of nobody', 500, { speaker: 'zoe' }))).toEqual({ outcome: 'done' });
    expect(read('hana')).toEqual(['of bo']);
    feeds(segment('once more', 600));
    expect(read('bo')).toEqual([]);
  });

  test('[G5] a withdrawal takes effect between two words', async () => {
    const { feeds, read, answers, passes } = await transcribing();
    answers('bo', 'withdrawn', { purposes: ['transcription'] });
    await passes(1000);
    const words = [
      { text: 'before', startMs: 500, endMs: 900 },
      { text: 'after', startMs: 1100, endMs: 1500 },
    ];
    feeds(segment('s', 500, { endMs: 1500, text: 'before after', words }));
    expect(read('ivo')).toEqual(['before']);
  });

  test('[G8] a repeated one is told once, an interim one until its final one is here', async () => {
    const { feeds, sent } = await transcribing();
    feeds(segment('a', 500, { text: 'hel', final: false }));
    feeds(segment('a', 500, { text: 'hello' }));
    feeds(segment('a', 500, { text: 'hello' }));
    feeds(segment('a', 500, { text: 'hell', final: false }));
    const told = sent
      .map(({ message }) => message)
      .filter((message) => message.t === 'segments')
      .map(({ from, kept, interim }) => [from, kept.map(({ text }) => text), interim?.map(({ text }) => text)]);
    expect(told).toEqual([
      [1, [], ['hel']],
      [1, ['hello'], undefined],
    ]);
  });

  test('[G5] what was told of an interim one is taken back where its final one may not be kept', async () => {
    const { feeds, read, answers, passes } = await transcribing();
    feeds(segment('a', 900, { text: 'my secr', final: false }));
    answers('bo', 'withdrawn', { purposes: ['transcription'] });
    await passes(1000);
    feeds(segment('a', 900, { endMs: 1800, text: 'my secret' }));
    expect(read('hana')).toEqual(['']);
  });

  test('that make no sense are denied and counted; where no transcript runs all are denied', async () => {
    const { feeds, doubts, commands, passes } = await transcribing();
    expect(feeds(segment('a', 500, { endMs: 400 }))).toEqual({ outcome: 'denied', code: 'transcript/bad-segment' });
    expect(feeds(segment('a', 90_000))).toEqual({ outcome: 'denied', code: 'transcript/bad-segment' });
    expect(doubts).toEqual(['transcript/bad-segment hana', 'transcript/bad-segment hana']);
    commands('hana', { do: 'stopTranscript' });
    expect(feeds(segment('late', 500))).toEqual({ outcome: 'done' });
    await passes(5000);
    expect(feeds(segment('too late', 500))).toEqual({ outcome: 'denied', code: 'transcript/not-running' });
  });

  test('[G9] of one whose engine has died are kept until then and taken no more, in the middle or while it is processed', async () => {
    const { feeds, commands, read, transcripts, passes } = await transcribing();
    feeds(segment('a', 500));
    expect(commands('hana', { do: 'stopTranscript', failed: true })).toEqual({ outcome: 'done' });
    expect(transcripts()).toEqual(['failed']);
    expect(feeds(segment('b', 600))).toEqual({ outcome: 'denied', code: 'transcript/not-running' });
    commands('hana', { do: 'requestTranscript' });
    expect(transcripts()).toEqual(['transcribing', 'failed']);
    commands('hana', { do: 'stopTranscript', failed: true });
    await passes(5000);
    expect(transcripts()).toEqual(['failed', 'failed']);
    expect(read('hana')).toEqual(['a']);
    expect(commands('hana', { do: 'stopTranscript', failed: true })).toEqual({
      outcome: 'denied',
      code: 'transcript/not-running',
    });
  });

  test('[G9] of one whose engine dies over the last words are kept, and it is never ready', async () => {
    const { feeds, commands, transcripts, passes } = await transcribing();
    feeds(segment('a', 500));
    commands('hana', { do: 'stopTranscript' });
    expect(transcripts()).toEqual(['processing']);
    expect(commands('hana', { do: 'stopTranscript', failed: true })).toEqual({ outcome: 'done' });
    await passes(5000);
    expect(transcripts()).toEqual(['failed']);
  });

  test('a segment of a transcript that has ended is not taken for the next', async () => {
    const { commands, feeds } = await transcribing();
    commands('hana', { do: 'stopTranscript' });
    commands('hana', { do: 'requestTranscript' });
    const heard = { do: 'feedSegment', segment: segment('a', 500), transcriptId: 'another' } as const;
    expect(commands('hana', heard)).toEqual({ outcome: 'denied', code: 'transcript/not-running' });
    expect(feeds(segment('b', 500))).toEqual({ outcome: 'done' });
  });

  test('[G6] are taken from hosts and from a server that the transport vouches for, and from nobody else', async () => {
    const { authority, feeds, does, roles, says, outcomeOf, read, doubts } = await transcribing();
    expect(feeds(segment('forged', 500), 'bo')).toEqual({ outcome: 'denied', code: 'session/not-permitted' });
    roles.set('engine', 'authority');
    does(() => authority.joined('engine', 'engine', {}));
    const command = { do: 'feedSegment', segment: segment('of a server', 500) } as const;
    says('engine', { t: 'command', id: 'e', epoch, command });
    expect(outcomeOf('e')).toEqual({ outcome: 'done' });
    expect(read('hana')).toEqual(['of a server']);
    does(() => authority.left('engine'));
    says('engine', { t: 'command', id: 'f', epoch, command });
    expect([outcomeOf('f'), doubts]).toEqual([undefined, ['protocol/unknown-sender engine']]);
  });
});

describe('readers', () => {
  test('[G8] who misses segments is told them again, from where they came in', async () => {
    const { feeds, says, read, joins, meeting } = await transcribing();
    feeds(segment('one', 500));
    joins('cy', { role: 'co-host' });
    feeds(segment('two', 600));
    read('cy');
    const transcriptId = meeting()?.transcripts?.[0]?.transcriptId ?? '';
    says('cy', { t: 'segments?', epoch, transcriptId, from: 1 });
    expect(read('cy')).toEqual(['two']);
    says('ivo', { t: 'segments?', epoch, transcriptId, from: 1 });
    expect(read('ivo')).toEqual(['one', 'two']);
    says('ivo', { t: 'segments?', epoch, transcriptId, from: 2 });
    expect(read('ivo')).toEqual(['two']);
  });

  test('[G8] for a while they are told how far it has come, so that a lost last one is missed', async () => {
    const { feeds, told, goesOn } = await transcribing();
    feeds(segment('one', 500));
    told();
    await goesOn(30_000, 'hana', 'ivo', 'bo');
    const heads = told().flatMap(({ message }) => (message.t === 'segments' ? [[message.from, message.kept]] : []));
    expect(heads.length).toBeGreaterThan(2);
    expect(heads.length).toBeLessThan(7);
    expect(new Set(heads.map(([from]) => from))).toEqual(new Set([2]));
  });

  test('[G5] who may not read and asks is told nothing, and is counted', async () => {
    const { feeds, says, read, doubts, meeting } = await transcribing();
    feeds(segment('one', 500));
    read('bo');
    const transcriptId = meeting()?.transcripts?.[0]?.transcriptId ?? '';
    says('bo', { t: 'segments?', epoch, transcriptId, from: 1 });
    expect([read('bo'), doubts]).toEqual([[], ['session/not-permitted bo']]);
  });
});

describe('erasure', () => {
  test('[G5] leaves nothing to read, and is told; what lives, is local or unknown is not erased', async () => {
    const { feeds, commands, passes, recording, transcripts, says, read, meeting } = await transcribing();
    const recordingId = recording()?.recordingId ?? '';
    const erase = (id = recordingId) => commands('hana', { do: 'eraseRecording', recordingId: id });
    feeds(segment('one', 500));
    expect(erase()).toEqual({ outcome: 'denied', code: 'recording/not-ended' });
    expect(erase('0123')).toEqual({ outcome: 'denied', code: 'recording/unknown' });
    commands('hana', { do: 'stopRecording' });
    await passes(0);
    await passes(6000);
    expect(transcripts()).toEqual(['ready']);
    expect([erase(), erase()]).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(transcripts()).toEqual(['erased']);
    read('ivo');
    says('ivo', { t: 'segments?', epoch, transcriptId: meeting()?.transcripts?.[0]?.transcriptId ?? '', from: 1 });
    expect(read('ivo')).toEqual([]);
  });
});

describe('more transcripts than an authority keeps the text of', () => {
  /** Seventeen recordings with a transcript, one after the other; the ids of the first two. */
  async function seventeen() {
    const all = await transcribing({ policy: 'notice-only' });
    const recordingIds: string[] = [];
    const ends = async () => {
      all.feeds(segment('one', 500, { speaker: 'hana' }));
      recordingIds.push(all.recording()?.recordingId ?? '');
      all.commands('hana', { do: 'stopRecording' });
      await all.passes(0);
      await all.passes(6000);
    };
    await ends();
    const erases = (recordingId = '') => all.commands('hana', { do: 'eraseRecording', recordingId });
    const goesOn = async () => {
      while (recordingIds.length < 17) {
        all.requests({ transcript: true });
        await all.passes(0);
        await all.passes(1000);
        await ends();
      }
    };
    const erasedOf = () =>
      all.meeting()?.transcripts?.flatMap(({ recordingId, status }) => (status === 'erased' ? [recordingId] : []));
    return { ...all, recordingIds, erases, goesOn, erasedOf };
  }

  test('[G5] [G12] the oldest is still told as erased, whether it was erased before them or after', async () => {
    const { recordingIds, erases, goesOn, erasedOf } = await seventeen();
    const [first] = recordingIds;
    expect(erases(first)).toEqual({ outcome: 'done' });
    await goesOn();
    expect(erasedOf()).toEqual([first]);
    const [, second] = recordingIds;
    expect(erases(second)).toEqual({ outcome: 'done' });
    expect(erasedOf()).toEqual([second, first]);
  });

  test('[G5] the text of the oldest is not kept, and whoever asks for it hears that nothing is left', async () => {
    const { recordingIds, goesOn, authority, erases, erasedOf } = await seventeen();
    await goesOn();
    const handed = parseHandedOver(authority.exportState(undefined) ?? '')?.transcripts?.transcripts ?? [];
    expect(handed.map(({ recordingId }) => recordingId)).toEqual([...recordingIds].reverse());
    expect(handed.map(({ head, segments }) => [head, segments.length])).toEqual([
      ...Array.from({ length: 16 }, () => [1, 1]),
      [1, 0],
    ]);
    expect(erases(recordingIds[0])).toEqual({ outcome: 'done' });
    expect(erasedOf()).toEqual([recordingIds[0]]);
  });
});

describe('an orderly hand-over', () => {
  const later = { ...epoch, number: 8, id: 'ivo' };

  /** What hana has decided so far is ivo's from now on; all say hello to him. */
  async function handedOver(meeting: Awaited<ReturnType<typeof transcribing>>) {
    const text = meeting.authority.exportState(undefined) ?? '';
    const state = parseHandedOver(text);
    if (!state) throw new Error('it was not understood');
    const next = decides({ epoch: later, before: { how: 'hand-over', state, from: epoch } });
    next.joins('ivo', { role: 'co-host' });
    next.joins('hana', { role: 'host' });
    next.joins('bo');
    next.does(() => next.authority.gathered());
    for (const each of ['ivo', 'hana', 'bo']) next.carriesOut(each);
    await next.passes(0);
    const feeds = (heard: Segment) => {
      next.says('ivo', {
        t: 'command',
        id: heard.id ?? '',
        epoch: later,
        command: { do: 'feedSegment', segment: heard },
      });
      return next.outcomeOf(heard.id ?? '');
    };
    return { state, next, feeds };
  }

  test('[G5] [G8] takes along where it stands, what was kept and how far it has come', async () => {
    const first = await transcribing();
    first.feeds(segment('one', 500));
    const { state, next, feeds } = await handedOver(first);
    expect(
      state.transcripts?.transcripts.map(({ head, segments }) => [head, segments.map(({ text }) => text)]),
    ).toEqual([[1, ['one']]]);
    expect(next.meeting()?.transcripts).toEqual(first.meeting()?.transcripts);
    next.told();
    await next.passes(1000);
    expect([feeds(segment('one', 500)), feeds(segment('two', 1800))]).toEqual([
      { outcome: 'done' },
      { outcome: 'done' },
    ]);
    const told = next.sent.flatMap(({ message }) =>
      message.t === 'segments' ? message.kept.map(({ text }, place) => [message.from + place, text]) : [],
    );
    expect(told).toEqual([[2, 'two']]);
  });

  test('[G5] what is agreed to there counts 6 s later: the clock may be behind by that', async () => {
    const { next, feeds } = await handedOver(await transcribing());
    next.answers('ivo', 'given', { purposes: both });
    await next.passes(3000);
    feeds(segment('too soon', 3500, { speaker: 'ivo' }));
    next.isThere('ivo', 'hana', 'bo');
    await next.passes(6000);
    feeds(segment('in time', 9000, { speaker: 'ivo' }));
    const told = next.sent.flatMap(({ message }) =>
      message.t === 'segments' ? message.kept.map(({ text }) => text) : [],
    );
    expect(told).toEqual(['in time']);
  });
});

test('[G5] of an authority that crashed no transcript is left unfinished', async () => {
  const first = await transcribing();
  const meeting = first.meeting();
  if (!meeting) throw new Error('nothing was told');
  const next = decides({ before: { how: 'crash', meeting, absenceMs: 15_000, knew: () => true } });
  next.joins('ivo', { role: 'co-host' });
  await next.passes(0);
  expect(next.meeting()?.transcripts?.map(({ status }) => status)).toEqual(['failed']);
});

describe('a recording that an authority that is gone has left', () => {
  async function inherited(fails: boolean) {
    const before = await transcribing({ can: { lease: true } });
    const meeting = before.meeting();
    const recordingId = before.recording()?.recordingId ?? '';
    if (!meeting) throw new Error('nothing was told');
    const next = decides({ can: { lease: true }, before: { how: 'crash', meeting, absenceMs: 0, knew: () => true } });
    if (fails) next.recorder.fails('stop');
    next.joins('ivo', { role: 'co-host' });
    await next.goesOn(60_000, 'ivo');
    expect(next.recording()).toMatchObject({ recordingId, status: 'off' });
    const erase = () => next.commands('ivo', { do: 'eraseRecording', recordingId });
    return { ...next, erase, ended: () => next.says('ivo', { t: 'ended', recordingId }) };
  }

  test('[G5] is erased once its recorder has said that it has ended', async () => {
    const { erase } = await inherited(false);
    expect(erase()).toEqual({ outcome: 'done' });
  });

  test('[G5] is not while nobody has: it may go on where nobody here hears of it', async () => {
    const { erase, ended } = await inherited(true);
    expect(erase()).toEqual({ outcome: 'denied', code: 'recording/not-ended' });
    ended();
    expect(erase()).toEqual({ outcome: 'done' });
  });
});
