import { describe, expect, test } from 'vitest';
import { allModules } from '../../src/authority/all-modules.ts';
import type { HandedTranscripts } from '../../src/authority/hand-over.types.ts';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import type { Person } from '../../src/authority/people.ts';
import type { Recordings } from '../../src/authority/recordings.ts';
import { TranscriptDesk } from '../../src/authority/transcript-desk.ts';
import type { Channel, Role } from '../../src/participants/participants.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';
import type { MeetingState, RecordingState } from '../../src/transport/messages.types.ts';
import type { TranscriptView } from '../../src/transport/transcript-messages.types.ts';
import { askedRecording } from './asked-recording.ts';
import { authorityContext } from './authority-context.ts';
import { heard } from './told-states.ts';

const both = ['recording', 'transcription'];
const done = { outcome: 'done' };
const denied = (code: string) => ({ outcome: 'denied', code });

function answers(live: LiveRecording, id: string, purpose: string, answer: 'given' | 'refused' | 'withdrawn'): void {
  for (const type of ['notice.shown', `consent.${answer}`] as const) live.rosters.get(purpose)?.apply(id, { type });
}

/** What the test makes of a recording that lives. */
interface Own {
  live: LiveRecording;
  state: string;
  context: { started: boolean; inherited: boolean };
  request: { canExclude: boolean };
  hasCaptured(id: string): boolean;
}

/** The transcripts of recordings that are the test's to make, of hana, who hosts, and bo; a second before anything happens. */
function desk() {
  const sent: { readonly kept?: readonly { readonly text: string }[]; readonly to: unknown }[] = [];
  const { context, clock, told } = authorityContext({
    send: (message, to) => void sent.push({ ...message, to } as never),
  });
  const recordings: { own: Own | undefined; states: Partial<RecordingState>[] } = { own: undefined, states: [] };
  const policy = parsePolicy('gdpr');
  const own = new TranscriptDesk(context, recordings as never as Recordings, { policy } as never, allModules());
  const comes = (id: string, role: Role = 'participant', channel: Channel = 'app') => {
    const { seat } = context.people.enter(id, id, { role, channel, sdk: true, at: 0 });
    context.people.hello(seat, { t: 'hello', id, devices: true });
    own.personChanged(id);
    return seat.person;
  };
  comes('hana', 'host');
  comes('bo');
  clock.runFor(1000);
  const live = () => recordings.own?.live as LiveRecording;
  const all = {
    own,
    recordings,
    context,
    told,
    live,
    comes,
    passes: (ms: number) => clock.runFor(ms),
    now: () => context.now(),
    dueTimes: () => clock.dueTimes(),
    statuses: () => own.views.map(({ status }) => status),
    texts: (recordingId?: string) =>
      own.of(recordingId).map(({ transcript }) => transcript.segments.map(({ text }) => text)),
    /** What hosts were told since the last look, in final form. */
    read: () => sent.splice(0).map(({ kept = [] }) => kept.map(({ text }) => text)),
    /** Somebody answers for one purpose, or for both. */
    says: (id: string, answer: 'given' | 'refused' | 'withdrawn', purposes: readonly string[] = both) => {
      for (const purpose of purposes) answers(live(), id, purpose, answer);
      own.personChanged(id);
      own.settle();
    },
    /** A recording lives from now on; with a transcript that is settled, unless it is not to be. */
    begins(recordingId: string, { purposes = both, on = true, ...more }: Begins = {}): void {
      const people = { hana: 'asks', bo: 'asks' } as const;
      const asked = askedRecording({ recordingId, purposes, storage: 'cloud', people, ...more });
      recordings.own = {
        live: asked,
        state: on ? 'on' : 'asking',
        context: { started: on, inherited: false },
        request: { canExclude: false },
        hasCaptured: () => false,
      };
      if (on) asked.purposesOn.add('transcription');
      own.settle();
    },
    /** The same recording is elsewhere now. */
    turns(state: string): void {
      if (recordings.own) recordings.own.state = state;
      own.settle();
    },
    ends(): void {
      recordings.own = undefined;
      own.settle();
    },
    /** Its transcript is stopped, and another asked for. */
    again(): void {
      live().dropPurpose('transcription');
      own.settle();
      live().addPurpose('transcription');
      for (const id of ['hana', 'bo']) live().enter({ id } as Person, 'asks', 'as-before');
      live().purposesOn.add('transcription');
      own.settle();
    },
    feeds: (segment: Segment, transcriptId?: string) =>
      own.feed({ do: 'feedSegment', segment, ...(transcriptId !== undefined && { transcriptId }) }, 'hana'),
  };
  return all;
}

type Begins = Parameters<typeof askedRecording>[0] & { readonly on?: boolean };

describe('[G5] a transcript follows its recording', () => {
  test('from the request to the end, told of each time that it has moved', () => {
    const { begins, recordings, statuses, told, turns, own, live, passes, ends } = desk();
    const seen: unknown[] = [];
    const notes = (what: () => void) => {
      told.length = 0;
      what();
      own.settle();
      seen.push([...statuses(), told.filter((each) => each === 'meeting').length]);
    };
    notes(() => begins('r', { on: false }));
    notes(() => {});
    notes(() => {
      if (recordings.own) recordings.own.context.started = true;
      turns('on');
    });
    notes(() => void live().purposesOn.add('transcription'));
    notes(() => turns('pausing'));
    notes(() => turns('on'));
    notes(() => turns('stopping'));
    notes(() => passes(4999));
    notes(() => passes(1));
    notes(ends);
    expect(seen).toEqual([
      ['asking', 1],
      ['asking', 0],
      ['asking', 1],
      ['transcribing', 1],
      ['paused', 1],
      ['transcribing', 1],
      ['processing', 1],
      ['processing', 0],
      ['ready', 1],
      ['ready', 0],
    ]);
  });

  test.each(['stopping', 'fencing', 'unstopped', 'off'])('and ends with it, once: %s', (state) => {
    const { begins, turns, own, statuses, passes } = desk();
    begins('r');
    turns(state);
    passes(4000);
    turns(state);
    passes(1000);
    expect([statuses(), own.of().length]).toEqual([['ready'], 1]);
  });

  test('and is none of a recording that ends before it is asked for, or that another authority left', () => {
    const { begins, turns, own, recordings } = desk();
    begins('r', { purposes: ['recording'] });
    turns('stopping');
    recordings.own?.live.addPurpose('transcription');
    own.settle();
    expect(own.views).toEqual([]);
    begins('q', { on: false });
    const left = desk();
    left.begins('r', { purposes: ['recording'] });
    if (left.recordings.own) left.recordings.own.context.inherited = true;
    left.live().addPurpose('transcription');
    left.own.settle();
    expect(left.own.views).toEqual([]);
  });

  test('and comes to nothing with a request that does', () => {
    const { begins, ends, statuses, dueTimes } = desk();
    begins('r', { on: false });
    ends();
    expect([statuses(), dueTimes()]).toEqual([['off'], []]);
  });

  test('and ends where its recording is gone before it was seen to end; one of another recording stays as it is', () => {
    const { begins, ends, statuses, passes } = desk();
    begins('r');
    ends();
    expect(statuses()).toEqual(['processing']);
    begins('q');
    ends();
    begins('p');
    expect(statuses()).toEqual(['transcribing', 'processing', 'processing']);
    passes(5000);
    expect(statuses()).toEqual(['transcribing', 'ready', 'ready']);
  });

  test('and is another once it is asked for again; each is finished by itself', () => {
    const { begins, again, own, statuses, passes } = desk();
    begins('r');
    passes(1000);
    again();
    passes(1000);
    again();
    expect([statuses(), new Set(own.views.map(({ transcriptId }) => transcriptId)).size]).toEqual([
      ['transcribing', 'processing', 'processing'],
      3,
    ]);
    passes(4000);
    expect(statuses()).toEqual(['transcribing', 'processing', 'ready']);
    passes(1000);
    expect(statuses()).toEqual(['transcribing', 'ready', 'ready']);
  });

  test('and is finished at once where the meeting goes on without whoever decides', () => {
    const { begins, ends, own, statuses } = desk();
    begins('r');
    ends();
    begins('q');
    own.close();
    expect(statuses()).toEqual(['transcribing', 'ready']);
  });

  test('and has the time of its recording from when that has begun', () => {
    const { begins, recordings, own, passes, says, live, feeds, texts } = desk();
    begins('r', { on: false });
    says('bo', 'given');
    passes(5000);
    live().purposesOn.add('transcription');
    if (recordings.own) recordings.own.context.started = true;
    if (recordings.own) recordings.own.state = 'on';
    own.settle();
    passes(1000);
    expect([feeds(heard('one', 500)), feeds(heard('ahead', 1500)), texts()]).toEqual([
      done,
      denied('transcript/bad-segment'),
      [['one']],
    ]);
  });
});

describe('[G5] what is kept of whom', () => {
  test('is of who is clear for both, from when they are to when they are not', () => {
    const { begins, says, passes, feeds, texts } = desk();
    begins('r');
    says('bo', 'given', ['recording']);
    passes(1000);
    says('bo', 'given', ['transcription']);
    passes(1000);
    says('bo', 'withdrawn', ['recording']);
    passes(1000);
    for (const startMs of [500, 1500, 2500]) feeds(heard(`at ${startMs}`, startMs));
    expect(texts()).toEqual([['at 1500']]);
  });

  test('is of who the recorder has, where it can leave people out', () => {
    const { begins, says, passes, feeds, texts, recordings, own } = desk();
    begins('r');
    const has = new Set<string>();
    if (recordings.own) {
      recordings.own.request.canExclude = true;
      recordings.own.hasCaptured = (id) => has.has(id);
    }
    says('bo', 'given');
    passes(1000);
    has.add('bo');
    own.personChanged('bo');
    own.settle();
    passes(1000);
    for (const startMs of [500, 1500]) feeds(heard(`at ${startMs}`, startMs));
    expect(texts()).toEqual([['at 1500']]);
  });

  test('is of nobody by name while everyone who can be heard is clear; a bot is not, and nobody hears who has left', () => {
    const { begins, says, passes, feeds, texts, comes, context, own } = desk();
    comes('bot', 'participant', 'bot');
    begins('r');
    says('bo', 'given');
    says('hana', 'given');
    passes(1000);
    comes('cy');
    own.settle();
    passes(1000);
    context.people.leave('cy');
    own.personChanged('cy');
    own.settle();
    passes(1000);
    for (const startMs of [500, 1500, 2500]) feeds(heard(`at ${startMs}`, startMs, { speaker: null }));
    expect(texts()).toEqual([['at 500', 'at 2500']]);
  });

  test('is of who was clear as it began, of whom nothing has changed since', () => {
    const { begins, live, own, passes, feeds, texts, again, says } = desk();
    begins('r', { purposes: ['recording'] });
    says('bo', 'given');
    live().addPurpose('transcription');
    live().enter({ id: 'bo' } as Person, 'asks', 'as-before');
    answers(live(), 'bo', 'transcription', 'given');
    live().purposesOn.add('transcription');
    own.settle();
    passes(1000);
    feeds(heard('one', 500));
    expect(texts()).toEqual([['one']]);
    again();
    passes(1000);
    feeds(heard('two', 1500));
    expect(texts()).toEqual([[], ['one']]);
  });
});

describe('segments', () => {
  test('[G5] are taken for the transcript that they are of, where one is named, while it may take any', () => {
    const { begins, says, again, own, passes, feeds, texts } = desk();
    begins('r');
    says('bo', 'given');
    passes(1000);
    const [first] = own.views;
    again();
    expect([feeds(heard('a', 500), first?.transcriptId), feeds(heard('b', 500), 'unknown')]).toEqual([
      done,
      denied('transcript/not-running'),
    ]);
    expect(texts()).toEqual([[], ['a']]);
    passes(5000);
    expect(feeds(heard('c', 500), first?.transcriptId)).toEqual(denied('transcript/not-running'));
  });

  test('[G8] are told to readers, and told how far they have come while it takes any', () => {
    const { begins, says, own, passes, feeds, read, turns } = desk();
    own.tick();
    expect(read()).toEqual([]);
    begins('r');
    own.tick();
    says('bo', 'given');
    passes(1000);
    feeds(heard('a', 500));
    expect(read()).toEqual([['a']]);
    own.tick();
    turns('stopping');
    passes(2000);
    own.tick();
    passes(3000);
    own.tick();
    expect(read()).toEqual([[], []]);
  });

  test('[G5] are read again from where somebody has come to, of the transcript that they ask for', () => {
    const { begins, says, own, passes, feeds, read, again, context, comes } = desk();
    begins('r');
    says('bo', 'given');
    passes(1000);
    feeds(heard('a', 500));
    const [{ transcriptId }] = own.views as [TranscriptView];
    again();
    const asks = (id: string, from: number, which = transcriptId) => {
      read();
      const seat = context.people.seat(id);
      if (!seat) throw new Error(`nobody is at ${id}`);
      const epoch = { number: 1, id: 'hana', incarnation: 'a' };
      return [own.asked(seat, { t: 'segments?', epoch, transcriptId: which, from } as never), read()];
    };
    expect([asks('hana', 1), asks('bo', 1), asks('hana', 1, 'unknown'), asks('bo', 1, 'unknown')]).toEqual([
      [true, [['a']]],
      [false, []],
      [true, []],
      [true, []],
    ]);
    own.left('hana');
    context.people.leave('hana');
    comes('hana', 'host');
    expect(asks('hana', 1)).toEqual([true, [[]]]);
  });

  test('[G5] that are changed are told again', () => {
    const { begins, says, own, passes, feeds, read } = desk();
    begins('r');
    says('bo', 'given');
    passes(1000);
    feeds(heard('a', 500));
    const [transcript] = own.of();
    read();
    if (transcript) own.change(transcript, (text) => text.remove(['a']));
    expect(read()).toEqual([['']]);
  });
});

describe('[G9] what writes a transcript down has died', () => {
  test('it has failed, whether it was being made or finished, and nothing else has', () => {
    const { own, begins, statuses } = desk();
    expect(own.fail()).toBe(false);
    begins('r', { on: false });
    expect([own.fail(), statuses()]).toEqual([false, ['asking']]);
    const other = desk();
    other.begins('r');
    other.again();
    other.told.length = 0;
    expect([other.own.fail(), other.statuses(), other.told]).toEqual([true, ['failed', 'processing'], ['meeting']]);
    expect([other.own.fail(), other.statuses(), other.own.fail()]).toEqual([true, ['failed', 'failed'], false]);
    other.passes(5000);
    expect([other.statuses(), other.feeds(heard('a', 0))]).toEqual([
      ['failed', 'failed'],
      denied('transcript/not-running'),
    ]);
  });
});

describe('[G12] somebody’s words go out of a recording', () => {
  test('of each transcript of it, and of what is said or written later, and of no other', () => {
    const { own, begins, ends, again, says, feeds, passes, texts, read } = desk();
    begins('q');
    says('bo', 'given');
    passes(1000);
    feeds(heard('in another', 500));
    ends();
    begins('r');
    says('bo', 'given');
    passes(1000);
    feeds(heard('a', 500));
    again();
    says('bo', 'given');
    passes(1000);
    feeds(heard('b', 1500));
    read();
    own.takeOut('r', 'bo');
    expect([texts('r'), texts('q'), read()]).toEqual([[[], []], [['in another']], [[''], ['']]]);
    feeds(heard('c', 1600));
    again();
    says('bo', 'given');
    passes(1000);
    feeds(heard('d', 2500));
    expect([texts('r'), own.handedOver?.toGo]).toEqual([[[], [], []], [['r', ['bo']]]]);
  });

  test('goes along in a hand-over', () => {
    const { own, begins, says } = desk();
    begins('r');
    says('bo', 'given');
    own.takeOut('r', 'bo');
    own.takeOut('r', 'cy');
    own.takeOut('q', 'bo');
    const next = desk();
    next.own.take(JSON.parse(JSON.stringify(own.handedOver)));
    expect(next.own.handedOver?.toGo).toEqual([
      ['r', ['bo', 'cy']],
      ['q', ['bo']],
    ]);
    next.begins('r');
    next.says('bo', 'given');
    next.passes(1000);
    next.feeds(heard('a', 500));
    expect(next.texts('r')).toEqual([[]]);
  });
});

test('[G5] a recording that has started begins once it is told: from there an engine counts', () => {
  const { begins, recordings, own, live, passes, says, feeds, texts } = desk();
  begins('r', { on: false });
  says('bo', 'given');
  live().purposesOn.add('transcription');
  Object.assign(recordings.own ?? {}, { state: 'on', context: { started: true, inherited: false } });
  own.settle(true);
  passes(2000);
  own.settle(true);
  own.settle();
  passes(1000);
  says('bo', 'withdrawn');
  passes(1000);
  for (const startMs of [900, 1100, 1900]) feeds(heard(`at ${startMs}`, startMs));
  expect(texts('r')).toEqual([['at 900']]);
});

describe('of many transcripts', () => {
  test('three are told of, and whichever was erased', () => {
    const { begins, own, statuses, ends, passes } = desk();
    for (const recordingId of ['a', 'b', 'c', 'd']) {
      begins(recordingId);
      ends();
    }
    passes(5000);
    expect(own.views.map(({ recordingId }) => recordingId)).toEqual(['d', 'c', 'b']);
    expect(own.erase('a')).toEqual(done);
    expect([own.views.map(({ recordingId }) => recordingId), statuses()]).toEqual([
      ['d', 'c', 'b', 'a'],
      ['ready', 'ready', 'ready', 'erased'],
    ]);
    expect([own.of('c').length, own.of().length]).toEqual([1, 4]);
  });

  test('[G9] the last 64 are known, and the last 64 recordings to have ended', () => {
    const { begins, again, own, ends } = desk();
    begins('r');
    for (let n = 1; n < 64; n += 1) again();
    expect(own.of().length).toBe(64);
    const oldest = own.of().at(-1);
    again();
    expect([own.of().length, own.of().includes(oldest as never)]).toEqual([64, false]);
    const many = desk();
    for (let n = 0; n < 64; n += 1) {
      many.begins(`r${n}`, { purposes: ['recording'] });
      many.ends();
    }
    expect(many.own.objection('r0')).toBeUndefined();
    many.begins('r64', { purposes: ['recording'] });
    many.ends();
    expect(['r0', 'r1', 'r64'].map((id) => many.own.objection(id))).toEqual([
      'recording/unknown',
      undefined,
      undefined,
    ]);
    ends();
  });
});

describe('[G12] a recording', () => {
  test('may be erased once it has ended in the cloud, with what was written down of it', () => {
    const { begins, ends, own, recordings, statuses, passes, dueTimes } = desk();
    begins('r');
    recordings.states = [{ recordingId: 'r', status: 'on' }];
    expect(own.erase('r')).toEqual(denied('recording/not-ended'));
    recordings.states = [{ recordingId: 'r', status: 'off' }];
    expect(own.erase('r')).toEqual(denied('recording/unknown'));
    ends();
    expect([own.erase('r'), statuses(), dueTimes()]).toEqual([done, ['erased'], []]);
    passes(5000);
    begins('q', { purposes: ['recording'], storage: 'local' });
    ends();
    expect([own.erase('q'), own.objection('q'), own.erase('p')]).toEqual([
      denied('recording/needs-cloud'),
      'recording/needs-cloud',
      denied('recording/unknown'),
    ]);
  });
});

describe('[G8] an orderly hand-over', () => {
  test('is of nothing where there was nothing', () => {
    expect(desk().own.handedOver).toBeUndefined();
  });

  test('takes along a recording without a transcript, how old it is, and those that have ended', () => {
    const { begins, ends, own, passes } = desk();
    begins('r', { purposes: ['recording'], on: false });
    expect(own.handedOver).toEqual({ transcripts: [], count: 0, living: { lagMs: 0 }, toGo: [], ended: [] });
    ends();
    expect(own.handedOver).toEqual({
      transcripts: [],
      count: 0,
      toGo: [],
      ended: [{ recordingId: 'r', storage: 'cloud' }],
    });
    begins('q', { purposes: ['recording'], storage: 'local' });
    passes(3000);
    expect(own.handedOver).toEqual({
      transcripts: [],
      count: 0,
      toGo: [],
      living: { ageMs: 3000, lagMs: 0 },
      ended: [{ recordingId: 'r', storage: 'cloud' }],
    });
  });

  test('takes along as much of what was said as there is room for, of the latest transcript first', () => {
    const { begins, says, passes, feeds, own, again } = desk();
    begins('r');
    says('bo', 'given');
    passes(1000);
    // Each is 1,100 characters as JSON.
    const of = (id: string, startMs: number, ending = '') => {
      const without = JSON.stringify(heard(id + ending, startMs, { text: '' })).length;
      return heard(id, startMs, { text: 'x'.repeat(1100 - without) });
    };
    const ids = Array.from({ length: 200 }, (_, place) => `${place}`);
    for (const id of ids) feeds(of(`a${id}`, 500));
    again();
    says('bo', 'given');
    passes(1000);
    const ending = `#${own.views[0]?.transcriptId}`;
    for (const id of ids) feeds(of(`b${id}`, 1500, ending));
    const handed = own.handedOver?.transcripts.map(({ segments }) => segments.map(({ id }) => id));
    // 200 of them take 220,201 characters of the 300,000: 72 more go along.
    expect(handed).toEqual([ids.map((id) => `b${id}${ending}`), ids.slice(-72).map((id) => `a${id}`)]);
  });

  /** What another has of what one has handed over; `live` goes on there. */
  function taken(handed: HandedTranscripts | undefined, live?: LiveRecording) {
    if (!handed) throw new Error('nothing was handed over');
    const next = desk();
    next.own.take(JSON.parse(JSON.stringify(handed)), live);
    if (live) {
      next.recordings.own = {
        live,
        state: 'on',
        context: { started: true, inherited: false },
        request: { canExclude: false },
        hasCaptured: () => false,
      };
    }
    return next;
  }

  test('goes on with all of it: what lives, how old it is, what may be erased, and how many there were', () => {
    const { begins, ends, own, passes, says, feeds, live, again } = desk();
    begins('q');
    ends();
    passes(5000);
    begins('r');
    again();
    says('bo', 'given');
    passes(2000);
    feeds(heard('a', 500));
    const before = own.handedOver;
    const next = taken(before, live());
    expect(next.own.handedOver).toEqual({
      ...before,
      living: { ageMs: 2000, lagMs: 6000 },
      transcripts: before?.transcripts.map((each) => ({
        ...each,
        lagMs: 6000,
        ...(each.recordingId === 'q' && { ageMs: 7000 }),
        clearance: expect.anything(),
      })),
    });
    expect([next.statuses(), next.own.erase('q'), next.own.erase('r')]).toEqual([
      ['transcribing', 'processing', 'ready'],
      done,
      denied('recording/unknown'),
    ]);
    next.own.settle();
    next.passes(1000);
    next.feeds(heard('b', 2500));
    expect(next.texts('r')).toEqual([['a', 'b'], []]);
    next.again();
    expect(next.own.of('r').length).toBe(3);
    expect(new Set(next.own.of().map(({ transcriptId }) => transcriptId)).size).toBe(4);
    next.ends();
    expect(next.own.handedOver?.ended).toEqual([
      { recordingId: 'q', storage: 'cloud' },
      { recordingId: 'r', storage: 'cloud' },
    ]);
  });

  test('finishes there what was being finished, and nothing else', () => {
    const { begins, again, own, live, turns } = desk();
    begins('r');
    turns('pausing');
    again();
    turns('on');
    const next = taken(own.handedOver, live());
    expect([next.statuses(), next.dueTimes()]).toEqual([['transcribing', 'processing'], [6000]]);
    next.passes(5000);
    expect(next.statuses()).toEqual(['transcribing', 'ready']);
  });

  test('of a recording that is over has what is left finished there too', () => {
    const { begins, ends, own } = desk();
    begins('r');
    ends();
    const next = taken(own.handedOver);
    expect([next.statuses(), next.own.handedOver?.living]).toEqual([['processing'], undefined]);
    next.own.settle();
    next.passes(5000);
    expect([next.statuses(), next.own.erase('r')]).toEqual([['ready'], done]);
  });

  test('[G5] of a recording that another does not go on with ends what was made of it', () => {
    const { begins, own } = desk();
    begins('r');
    const next = taken(own.handedOver);
    expect(next.own.handedOver?.living).toBeUndefined();
    const { living: _, ...without } = own.handedOver as HandedTranscripts;
    const other = taken(without, askedRecording({ recordingId: 'r' }));
    expect(other.own.handedOver?.living).toBeUndefined();
  });

  test.each([
    ['both', both, undefined, [['at 1500', 'at 7500']]],
    ['the recording alone', ['recording'], undefined, [['at 7500']]],
    ['the transcript alone', ['transcription'], undefined, [['at 7500']]],
    ['both, who declines one there', both, 'recording', [['at 7500']]],
    ['both, who declines the other there', both, 'transcription', [['at 7500']]],
  ] as const)('[G5] lets be written down at once who was clear for %s', (_, clearFor, declines, expected) => {
    const { begins, own, says, live, passes } = desk();
    begins('r');
    says('bo', 'given', clearFor);
    passes(1000);
    const next = taken(own.handedOver, live());
    if (declines) next.says('bo', 'withdrawn', [declines]);
    next.says('bo', 'given');
    next.passes(8000);
    for (const startMs of [1500, 7500]) next.feeds(heard(`at ${startMs}`, startMs));
    expect(next.texts()).toEqual(expected);
  });
});

describe('[G5] after a crash', () => {
  const state = (recordingId: string, more: Partial<RecordingState> = {}): RecordingState => ({
    recordingId,
    purposes: both,
    status: 'off',
    storage: 'cloud',
    by: 'platform',
    started: true,
    endsBy: 'platform',
    ...more,
  });
  const inherits = (recordings: readonly RecordingState[], transcripts: readonly TranscriptView[] = []) => {
    const all = desk();
    all.own.inherit({ recordings, transcripts } as unknown as MeetingState);
    all.recordings.states = [...recordings];
    return all;
  };

  test('what was not finished is failed, and can be erased with its recording', () => {
    const view = (transcriptId: string, recordingId: string, status: TranscriptView['status']) => ({
      transcriptId,
      recordingId,
      status,
    });
    const { own, statuses } = inherits(
      [state('a'), state('b', { storage: 'local' })],
      [view('t', 'a', 'transcribing'), view('u', 'b', 'ready')],
    );
    expect(own.views).toEqual([view('t', 'a', 'failed'), view('u', 'b', 'ready')]);
    expect([own.erase('a'), own.erase('b'), own.erase('c'), statuses()]).toEqual([
      done,
      denied('recording/needs-cloud'),
      denied('recording/unknown'),
      ['erased', 'ready'],
    ]);
  });

  test('what the platform recorded is not ours to erase, nor is a purpose that lived alone in its way', () => {
    const { own } = inherits([
      state('seen', { seen: true, status: 'on' }),
      state('captions', { purposes: ['live-captions'], status: 'on' }),
      state('a'),
    ]);
    expect([own.erase('seen'), own.erase('a')]).toEqual([denied('recording/not-ended'), done]);
    const off = inherits([state('seen', { seen: true })]);
    expect(off.own.erase('seen')).toEqual(denied('recording/unknown'));
  });

  test('what was left running is erased once its end is confirmed, whether or not it is told of as off', () => {
    const { own, recordings } = inherits([state('b'), state('a', { status: 'on' })]);
    const erases = (...states: readonly Partial<RecordingState>[]) => {
      recordings.states = [...states];
      return own.objection('a');
    };
    const confirmed = { outcome: 'stopped', confirmed: true } as const;
    expect([
      erases({ recordingId: 'a', status: 'unknown' }),
      erases(),
      erases({ recordingId: 'a', status: 'off' }),
      erases({ recordingId: 'a', status: 'off', ended: { outcome: 'stopped' } }),
    ]).toEqual(Array.from({ length: 4 }, () => 'recording/not-ended'));
    recordings.states = [{ recordingId: 'b', status: 'off', ended: confirmed }];
    expect([own.objection('b'), own.objection('a')]).toEqual([undefined, 'recording/not-ended']);
    expect([erases({ recordingId: 'a', status: 'off', ended: confirmed }), erases()]).toEqual([undefined, undefined]);
  });
});
