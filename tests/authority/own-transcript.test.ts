import { describe, expect, test } from 'vitest';
import type { HandedTranscript } from '../../src/authority/hand-over.types.ts';
import { OwnTranscript } from '../../src/authority/own-transcript.ts';
import { RecordingTime } from '../../src/authority/recording-time.ts';
import type { KeptSegment, TranscriptState } from '../../src/transcript/transcript.types.ts';
import { heard } from './told-states.ts';

const kept = (id: string, startMs: number, more: Partial<KeptSegment> = {}) =>
  ({ ...heard(id, startMs), ...more }) as KeptSegment;
const gone = (id: string, startMs: number, more: Partial<KeptSegment> = {}) => kept(id, startMs, { text: '', ...more });
/** Three words of 100 ms each. */
const threeWords = (startMs: number) =>
  ['one', 'two', 'three'].map((text, place) => {
    const from = startMs + place * 100;
    return { text, startMs: from, endMs: from + 100 };
  });

interface Surroundings {
  /** What was handed over of its recording's time. */
  readonly handed?: { readonly ageMs?: number; readonly lagMs: number };
  /** Whose words are not to be in it. */
  readonly toGo?: readonly string[];
}

/** A transcript by itself: the test says what time it is, in milliseconds since its recording began. */
function transcript({ handed, toGo = [] }: Surroundings = {}) {
  let now = 0;
  const time = new RecordingTime('r', () => now, handed);
  const own = new OwnTranscript('t', time, toGo);
  const all = {
    own,
    time,
    at: (ms: number) => {
      now = ms;
    },
    /** Who may be written down from now on, who is only here, and who is neither. */
    clear: (...ids: readonly string[]) => ids.forEach((id) => void own.stands(id, true, true)),
    unclear: (...ids: readonly string[]) => ids.forEach((id) => void own.stands(id, false, true)),
    away: (...ids: readonly string[]) => ids.forEach((id) => void own.stands(id, false, false)),
    texts: () => own.transcript.segments.map(({ text }) => text),
    /** Of this recording, from its start: bo may be written down. */
    runs: () => {
      time.begins();
      all.clear('bo');
      for (const event of ['transcript.requested', 'recording.started', 'consent.settled'] as const) own.happens(event);
      now = 1000;
      return all;
    },
  };
  return all;
}

describe('[G12] a transcript of somebody who restricts the use of their data', () => {
  const said = (id: string, more: Partial<KeptSegment> = {}) => ({ ...kept(id, 500), id, ...more });

  test('keeps what they say and tells nothing of it, nor of what may be theirs, nor of what was told before to whoever asks again', () => {
    const { own, runs, clear } = transcript();
    clear('cy');
    runs();
    own.take(said('before'));
    own.take(said('begun', { startMs: 600, endMs: 700, final: false }));
    const people = new Set<string>();
    own.restrict(people);
    people.add('bo');
    const told = [
      own.take(said('begun', { startMs: 600, endMs: 700 })),
      own.take(said('more', { startMs: 700, endMs: 750, final: false })),
      own.take(said('whose', { startMs: 800, endMs: 850, speaker: null })),
      own.take(said('of cy', { startMs: 900, endMs: 950, speaker: 'cy' })),
    ].flatMap(({ kept: final, interim }) => [...final, ...interim].map(({ id, text }) => [id, text]));
    expect(told).toEqual([
      ['begun', ''],
      ['whose', ''],
      ['of cy', 'of cy'],
    ]);
    const correction = { by: 'hana', at: '2026-01-31T09:00:00.000Z', speaker: 'bo' };
    const changed = own.change((text) => void text.correct('of cy', correction));
    expect(changed.map(({ id, text }) => [id, text])).toEqual([['of cy', '']]);
    expect(own.toldAfter(0, 9).map(({ text }) => text)).toEqual(['', '', '', '', '']);
    expect(own.transcript.segments.map(({ text }) => text)).toEqual(['before', 'begun', 'whose', 'of cy']);
    people.clear();
    expect(own.toldAfter(0, 2).map(({ text }) => text)).toEqual(['before', 'begun']);
    expect(own.take(said('after', { startMs: 960, endMs: 970 })).kept.map(({ text }) => text)).toEqual(['after']);
  });
});

describe('a transcript', () => {
  test('[G5] stands where its request and its recording stand, and says whether it has moved', () => {
    const { own } = transcript();
    const seen = (event: Parameters<typeof own.happens>[0]) => [
      own.happens(event),
      own.state,
      own.view.status,
      own.isLiving,
      own.isTaking,
    ];
    expect(own.view).toEqual({ transcriptId: 't', recordingId: 'r', status: 'off' });
    expect(
      [
        'recording.started',
        'transcript.requested',
        'transcript.requested',
        'recording.started',
        'consent.settled',
        'recording.paused',
        'recording.resumed',
        'recording.ended',
        'transcript.processed',
        'recording.erased',
      ].map((event) => seen(event as Parameters<typeof own.happens>[0])),
    ).toEqual([
      [false, 'off', 'off', false, false],
      [true, 'asking', 'asking', true, false],
      [false, 'asking', 'asking', true, false],
      [true, 'askingWhileOn', 'asking', true, false],
      [true, 'transcribing', 'transcribing', true, true],
      [true, 'paused', 'paused', true, true],
      [true, 'transcribing', 'transcribing', true, true],
      [true, 'processing', 'processing', false, true],
      [true, 'ready', 'ready', false, false],
      [true, 'erased', 'erased', false, false],
    ]);
  });

  test('[G5] takes nothing of while it was paused', () => {
    const { own, at } = transcript().runs();
    own.happens('recording.paused');
    at(2000);
    own.happens('recording.resumed');
    at(3000);
    const taken = [800, 1500, 2500].map((startMs) => own.take(heard(`at ${startMs}`, startMs)).kept.length);
    expect(taken).toEqual([1, 0, 1]);
  });

  test('[G5] of an authority that is gone is failed where it was not finished, and else as it was', () => {
    const found = (
      ['off', 'asking', 'transcribing', 'paused', 'processing', 'ready', 'erased', 'isolated'] as const
    ).map((status) => {
      const { own } = transcript();
      own.inherit(status);
      return own.view.status;
    });
    expect(found).toEqual(['off', 'failed', 'failed', 'failed', 'failed', 'ready', 'erased', 'isolated']);
  });

  test.each(['recording.erased', 'transcript.anonymised', 'transcript.isolated'] as const)(
    '[G5] [G12] has nothing left to read or to tell once it is withheld, and takes nothing more (%s)',
    (how) => {
      const { own, texts } = transcript().runs();
      own.take(heard('a', 500));
      own.happens('recording.ended');
      own.happens(how);
      expect([own.transcript.segments, own.toldAfter(0, 10), own.head]).toEqual([[], [], 0]);
      own.take(heard('b', 600));
      expect(texts()).toEqual([]);
    },
  );
});

describe('[G5] what somebody says is kept', () => {
  test('of when they were clear, however often that changes', () => {
    const { own, at, clear, unclear, texts } = transcript().runs();
    for (const [ms, change] of [
      [1000, unclear],
      [1200, unclear],
      [2000, clear],
      [2200, clear],
      [3000, unclear],
    ] as const) {
      at(ms);
      change('bo');
    }
    at(4000);
    for (const startMs of [500, 1500, 2500, 3500]) own.take(heard(`at ${startMs}`, startMs));
    expect(texts()).toEqual(['at 500', 'at 2500']);
  });

  test('of nobody by name while all who can be heard are clear', () => {
    const { own, at, clear, unclear, away, texts } = transcript().runs();
    for (const [ms, change] of [
      [1000, unclear],
      [2000, away],
      [3000, unclear],
      [4000, clear],
      [5000, away],
    ] as const) {
      at(ms);
      change('cy');
    }
    at(6000);
    for (const startMs of [500, 1500, 2500, 3500, 4500, 5500])
      own.take(heard(`at ${startMs}`, startMs, { speaker: null }));
    expect(texts()).toEqual(['at 500', 'at 2500', 'at 4500', 'at 5500']);
  });

  test('for up to ten minutes after it was said, and half a second before', () => {
    const { own, at } = transcript().runs();
    at(600_600);
    const dropped = [500, 499, 601_000, 601_001].map((startMs) => own.take(heard(`at ${startMs}`, startMs)).dropped);
    expect(dropped).toEqual([undefined, 'too-late', undefined, 'ahead-of-time']);
  });
});

describe('[G12] of whose words have gone', () => {
  test('nothing is kept or told from the start, nor of nobody by name; what others say is', () => {
    const { own, clear, texts } = transcript({ toGo: ['bo', 'dee'] }).runs();
    clear('cy');
    const found = [
      own.take(heard('of bo', 500, { final: false })),
      own.take(heard('of nobody', 900, { speaker: null })),
      own.take(heard('of cy', 1000, { speaker: 'cy', endMs: 1000 })),
    ];
    expect([found, texts(), own.head]).toEqual([
      [
        { kept: [], interim: [] },
        { kept: [gone('of nobody', 900, { speaker: null })], interim: [] },
        { kept: [kept('of cy', 1000, { speaker: 'cy', endMs: 1000 })], interim: [] },
      ],
      ['of cy'],
      2,
    ]);
    expect(own.handedOver(10_000).clearance.speakers.map(([id]) => id)).toEqual(['cy']);
  });

  test('what may still have changed is taken back with its final form', () => {
    const { own, texts } = transcript().runs();
    own.take(heard('a', 500, { final: false }));
    own.change((text) => void text.redact('bo'));
    expect([own.take(heard('a', 500)), texts()]).toEqual([{ kept: [gone('a', 500)], interim: [] }, []]);
  });
});

describe('what is told of a segment', () => {
  test('[G8] is its final form once, and whatever may still change each time', () => {
    const { own } = transcript().runs();
    expect(own.take(heard('a', 500, { final: false, text: 'hel' }))).toEqual({
      kept: [],
      interim: [kept('a', 500, { final: false, text: 'hel' })],
    });
    expect([own.take(heard('a', 500)), own.head]).toEqual([{ kept: [kept('a', 500)], interim: [] }, 1]);
    expect([own.take(heard('a', 500)), own.head]).toEqual([{ kept: [], interim: [], dropped: 'repeated' }, 1]);
    expect(own.take(heard('b', 500, { speaker: 'cy' }))).toEqual({ kept: [], interim: [], dropped: 'not-clear' });
  });

  test('[G5] is taken back where less of it may be kept, and told again where more may', () => {
    const { own, at, unclear, clear } = transcript().runs();
    at(600);
    unclear('bo');
    at(700);
    clear('bo');
    at(1000);
    const text = 'one two three';
    const words = { endMs: 800, text, words: threeWords(500) };
    const [first, second] = own.take(heard('a', 500, { ...words, final: false })).interim;
    expect([first?.text, second?.text]).toEqual(['one', 'three']);
    const id = second?.id ?? '';
    const shorter = { endMs: 600, text: 'one', words: threeWords(500).slice(0, 1) };
    const { kept: back } = own.take(heard('a', 500, { ...shorter, final: false }));
    expect(back).toEqual([{ id, speaker: 'bo', startMs: 500, endMs: 600, text: '', final: true }]);
    const { kept: told } = own.take(heard('a', 500, words));
    expect(told.map((each) => [each.id, each.text])).toEqual([
      [first?.id, 'one'],
      [id, 'three'],
    ]);
    expect(own.toldAfter(0, 10)).toEqual([...back, ...told]);
  });

  test('[G8] can be had again from any number on, at most so much at once', () => {
    const { own } = transcript().runs();
    for (const id of ['a', 'b', 'c']) own.take(heard(id, 500));
    const told = (known: number, most: number) => own.toldAfter(known, most).map(({ id }) => id);
    expect([told(0, 10), told(1, 1), told(2, 10), told(3, 10), told(0, 0)]).toEqual([
      ['a', 'b', 'c'],
      ['b'],
      ['c'],
      [],
      [],
    ]);
  });

  test('[G5] is nothing any more once it is let go, and its numbers go on', () => {
    const { own, texts } = transcript().runs();
    for (const id of ['a', 'b']) own.take(heard(id, 500));
    own.letGo();
    expect([own.head, own.toldAfter(0, 10), texts()]).toEqual([2, [], []]);
    own.take(heard('c', 600));
    expect([own.head, own.toldAfter(0, 10), own.toldAfter(2, 10), own.toldAfter(3, 10), texts()]).toEqual([
      3,
      [kept('c', 600)],
      [kept('c', 600)],
      [],
      [],
    ]);
  });
});

describe('[G5] a change of what is kept', () => {
  const correction = { by: 'hana', at: '2026-01-31T09:00:00.000Z' };
  const three = () => {
    const all = transcript().runs();
    for (const id of ['a', 'b', 'c']) all.own.take(heard(id, 500));
    return all;
  };

  test('is told under the same ids: what reads otherwise, and what is gone', () => {
    const { own, texts } = three();
    const told = own.change((text) => {
      text.correct('b', { ...correction, text: 'bee' });
      text.remove(['a']);
    });
    const corrected = kept('b', 500, { corrections: [{ ...correction, text: 'bee' }] });
    expect(told).toEqual([corrected, gone('a', 500)]);
    expect([own.toldAfter(0, 10), own.head]).toEqual([
      [gone('a', 500), corrected, kept('c', 500), corrected, gone('a', 500)],
      5,
    ]);
    expect([texts(), own.change(() => {}), own.head]).toEqual([['b', 'c'], [], 5]);
  });

  test('takes out words that are said to be whose were not clear, and knows that for a day', () => {
    const { own, at, clear, unclear } = transcript().runs();
    clear('dee');
    for (const id of ['a', 'b']) own.take(heard(id, 900, { speaker: 'bo' }));
    at(1100);
    own.take(heard('c', 1000, { speaker: 'dee' }));
    unclear('bo');
    at(23 * 3_600_000);
    clear('bo', 'cy');
    own.change((text) => {
      text.correct('a', { ...correction, speaker: 'cy' });
      text.correct('b', { ...correction, speaker: 'dee' });
      text.correct('c', { ...correction, speaker: 'bo' });
    });
    expect(own.transcript.segments.map(({ id }) => id)).toEqual(['c']);
  });

  test('gives nobody’s name to words only where all were clear', () => {
    const { own, at, unclear } = three();
    unclear('cy');
    at(2000);
    own.take(heard('d', 1500));
    own.change((text) => {
      for (const id of ['a', 'd']) text.correct(id, { ...correction, speaker: null });
    });
    expect(own.transcript.segments.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});

describe('a transcript that is handed over', () => {
  const handedOf = ({ own }: ReturnType<typeof transcript>, most = 10_000): HandedTranscript => own.handedOver(most);

  test('[G8] is where it stands, how old its recording is, who has spoken and when they were clear', () => {
    const all = transcript().runs();
    all.unclear('cy');
    all.own.take(heard('a', 500));
    all.own.take(heard('b', 500, { speaker: 'cy' }));
    expect(handedOf(all)).toEqual({
      transcriptId: 't',
      recordingId: 'r',
      state: 'transcribing',
      head: 1,
      ageMs: 1000,
      lagMs: 0,
      clearance: { latestMs: 1000, run: [0], everyone: [0, 1000], speakers: [['bo', [0]]] },
      segments: [kept('a', 500)],
    });
  });

  test('[G5] says of nobody when they were clear who has said nothing, or once nothing more is taken', () => {
    const all = transcript().runs();
    all.clear('cy');
    all.at(1500);
    all.unclear('cy');
    all.at(2000);
    all.own.take(heard('a', 500, { speaker: null }));
    all.own.take(heard('not clear', 1600, { speaker: 'cy' }));
    expect(handedOf(all).clearance.speakers).toEqual([]);
    all.own.take(heard('b', 500));
    all.own.happens('recording.ended');
    expect(handedOf(all).clearance.speakers).toEqual([['bo', [0]]]);
    all.own.happens('transcript.processed');
    expect(handedOf(all).clearance.speakers).toEqual([]);
  });

  test('has no age before its recording has begun', () => {
    expect(handedOf(transcript())).toEqual({
      transcriptId: 't',
      recordingId: 'r',
      state: 'off',
      head: 0,
      lagMs: 0,
      clearance: { latestMs: 0, run: [], everyone: [], speakers: [] },
      segments: [],
    });
  });

  test('has as many of its last segments as there is room for, to the character', () => {
    const all = transcript().runs();
    for (const id of ['a', 'b', 'c']) all.own.take(heard(id, 500));
    const size = JSON.stringify(kept('a', 500)).length;
    const ids = (most: number) => handedOf(all, most).segments.map(({ id }) => id);
    expect([0, size - 1, size, 2 * size - 1, 2 * size, 3 * size].map(ids)).toEqual([
      [],
      [],
      ['c'],
      ['c'],
      ['b', 'c'],
      ['a', 'b', 'c'],
    ]);
  });

  /** What ivo decides from 5 s after its start on; bo is among those who were clear there, and stays. */
  const taken = (before: ReturnType<typeof transcript>, clear = ['bo']) => {
    const next = transcript({ handed: { ageMs: 1000, lagMs: 0 } });
    next.own.takeOver(JSON.parse(JSON.stringify(handedOf(before))), clear);
    return next;
  };

  test('[G8] goes on there: what was told is told no more, nor kept in another form', () => {
    const before = transcript().runs();
    before.own.take(heard('a', 500));
    const next = taken(before);
    next.clear('bo');
    next.at(1000);
    expect([next.own.state, next.own.head, next.texts()]).toEqual(['transcribing', 1, ['a']]);
    expect(next.own.take(heard('a', 500, { text: 'otherwise' }))).toEqual({ kept: [], interim: [] });
    expect([next.own.head, next.texts(), next.own.toldAfter(0, 10)]).toEqual([1, ['a'], []]);
    next.own.take(heard('b', 1500));
    expect([next.own.head, next.own.toldAfter(0, 10), next.own.toldAfter(1, 10), next.own.toldAfter(2, 10)]).toEqual([
      2,
      [kept('b', 1500)],
      [kept('b', 1500)],
      [],
    ]);
  });

  test('[G5] has whoever was clear go on from when they are heard, and whoever is so anew 6 s later', () => {
    const before = transcript().runs();
    before.own.take(heard('a', 500));
    const next = taken(before);
    next.clear('bo', 'cy');
    next.at(9000);
    for (const speaker of ['bo', 'cy']) {
      for (const startMs of [6900, 7100]) next.own.take(heard(`${speaker} at ${startMs}`, startMs, { speaker }));
    }
    expect(next.texts()).toEqual(['a', 'bo at 6900', 'bo at 7100', 'cy at 7100']);
  });

  test('[G5] has whoever declined there and agrees again do so anew', () => {
    const next = taken(transcript().runs());
    next.own.declined('bo');
    next.clear('bo');
    next.at(9000);
    for (const startMs of [6900, 7100]) next.own.take(heard(`at ${startMs}`, startMs));
    expect(next.texts()).toEqual(['at 7100']);
  });

  test('[G5] counts who was clear as staying once: whoever withdraws there agrees anew', () => {
    const next = taken(transcript().runs());
    next.clear('bo');
    next.at(1000);
    next.unclear('bo');
    next.clear('bo');
    next.at(9000);
    for (const startMs of [1500, 2500, 7500, 8500]) next.own.take(heard(`at ${startMs}`, startMs));
    expect(next.texts()).toEqual(['at 1500', 'at 8500']);
  });

  test.each<TranscriptState>(['paused', 'processing', 'ready', 'erased'])(
    'stands there where it stood: %s',
    (state) => {
      const next = transcript({ handed: { lagMs: 0 } });
      next.own.takeOver({ ...handedOf(transcript()), state, head: 7 }, []);
      expect([next.own.state, next.own.head, next.own.toldAfter(0, 10)]).toEqual([state, 7, []]);
    },
  );
});
