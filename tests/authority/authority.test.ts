import { describe, expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import type { HandedOver } from '../../src/authority/hand-over.types.ts';
import type { MeetingState } from '../../src/transport/messages.types.ts';
import { plainLedger } from '../session/plain-ledger.ts';
import { decides, epoch } from './deciding.ts';

const handedOver = (text: string | undefined) => parseHandedOver(text ?? '') as HandedOver;

/** A meeting of hana, who decides, and bo. */
function meeting(options: Parameters<typeof decides>[0] = {}) {
  const all = decides(options);
  all.joins('hana', { role: 'host' });
  all.joins('bo');
  return {
    ...all,
    calls: () => all.recorder.told().map((call) => call.replace(/ [0-9a-f]{16}/, '')),
    /** What was sent since the last look: its kind and to whom. */
    kinds: () => all.told().map(({ message, to }) => `${message.t} to ${to === 'all' ? to : to.join(' ')}`),
  };
}

/** The same, recorded, with bo in it. */
async function recorded(options: Parameters<typeof decides>[0] = {}) {
  const all = meeting(options);
  all.requests();
  await all.passes();
  all.answers('bo', 'given');
  await all.passes();
  all.calls();
  all.kinds();
  return all;
}

describe('a new authority', () => {
  test('[G8] speaks at once, to everyone, of a meeting in which nothing runs', () => {
    const { does, told } = decides();
    does(() => {});
    expect(told()).toMatchObject([
      { message: { t: 'meeting', epoch, seq: 1, meeting: { recordings: [], succession: [] } }, to: 'all' },
    ]);
    expect(told()).toEqual([]);
  });

  test('[G8] says who would follow it, and which bots are there, as that changes', () => {
    const { meeting: state, joins, leaves } = meeting();
    expect([state()?.succession, state()?.bots, state()?.attention]).toEqual([
      ['hana'],
      undefined,
      { enabled: false, active: false },
    ]);
    joins('cora', { role: 'co-host' });
    joins('rec', { hello: { channel: 'bot', name: 'Recorder' } });
    expect([state()?.succession, state()?.bots]).toEqual([
      ['hana', 'cora'],
      [{ participantId: 'rec', name: 'Recorder' }],
    ]);
    leaves('cora');
    leaves('rec');
    expect([state()?.succession, state()?.bots]).toEqual([['hana'], undefined]);
  });

  test('[G2] stops what the recorder still runs of this meeting’s, and leaves what is none of it', async () => {
    const stray = '00000000000000aa';
    const captures = ['theirs', stray].map((recordingId) => ({ recordingId, status: 'on' as const, included: [] }));
    const first = decides();
    const capture = { ...first.recorder.capture, snapshot: () => Promise.resolve({ captures }) };
    const all = decides({ capture });
    await all.passes();
    expect(all.recording()).toMatchObject({ recordingId: stray, status: 'off', ended: { code: 'authority/changed' } });
    const stops = () => first.recorder.told().filter((call) => call.startsWith('stop'));
    expect(stops()).toEqual([`stop ${stray}`]);
    // A host who comes may have captured something since.
    all.joins('hana', { role: 'host' });
    await all.passes();
    expect(stops()).toEqual([`stop ${stray}`]);
    all.joins('bo');
    all.hello('hana');
    await all.passes();
    expect(stops()).toEqual([]);
  });

  test('[G2] says nothing before its recorder has told what it still runs, and then all that it was asked', async () => {
    const stray = '00000000000000aa';
    const captures = [{ recordingId: stray, status: 'on' as const, included: [] }];
    const first = decides();
    first.recorder.keeps('stop');
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const all = decides({ capture: { ...first.recorder.capture, snapshot: () => told.then(() => ({ captures })) } });
    all.joins('bo');
    await all.passes(1000);
    expect(all.sent).toEqual([]);
    tell();
    await all.passes();
    expect([all.recording()?.status, all.personal('bo')?.notices]).toEqual(['unknown', []]);
    expect(all.sent.map(({ message }) => 'meeting' in message && message.meeting.recordings[0]?.status)).not.toContain(
      'off',
    );
  });

  test('[G9] nor waits more than two seconds for that, and asks again what did not answer', async () => {
    const first = decides();
    let asked = 0;
    const snapshot = () => {
      asked += 1;
      return asked === 1 ? new Promise<never>(() => {}) : Promise.reject(new Error('cut off'));
    };
    const all = decides({ capture: { ...first.recorder.capture, snapshot } });
    all.joins('bo');
    await all.passes(1900);
    expect(all.sent).toEqual([]);
    await all.passes(200);
    expect(all.personal('bo')?.notices).toEqual([]);
    all.joins('hana', { role: 'host' });
    await all.passes(10_100);
    expect(asked).toBe(4);
  });

  test('[G2] is not done before its recorder has told, however soon its host leaves', async () => {
    const captures = [{ recordingId: '00000000000000aa', status: 'on' as const, included: [] }];
    const first = decides();
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const all = decides({ capture: { ...first.recorder.capture, snapshot: () => told.then(() => ({ captures })) } });
    expect(all.authority.stopAll('authority/left')).toBe(false);
    tell();
    await all.passes();
    expect(all.authority.stopAll('authority/left')).toBe(true);
    expect(all.recording()).toMatchObject({ recordingId: captures[0]?.recordingId, status: 'off' });
  });

  test('[G1] takes nobody for one who cannot be asked before they could hear that it decides', async () => {
    const first = decides();
    const capture = { ...first.recorder.capture, snapshot: () => new Promise<never>(() => {}) };
    const all = decides({ capture, policy: 'notice-only' });
    all.joins('hana', { role: 'host' });
    all.joins('bo', { hello: false });
    all.requests();
    await all.passes(2000);
    expect(all.recording()?.status).toBe('on');
    expect(all.row('bo')).toMatchObject({ consents: {}, captured: false });
    await all.passes(2000);
    expect(all.row('bo')?.consents).toEqual({ recording: 'cannot-be-asked' });
  });

  test('[G2] counts what an authority here, which gave way, has not ended as running where its recorder does not answer', async () => {
    const recordingId = '00000000000000aa';
    const first = decides();
    first.recorder.keeps('fence', 'stop');
    const capture = { ...first.recorder.capture, snapshot: () => new Promise<never>(() => {}) };
    const all = decides({ capture, left: new Set([recordingId, '00000000000000bb']) });
    await all.passes(2000);
    expect(all.recording()).toMatchObject({ recordingId, status: 'unknown' });
    await all.passes(60_000);
    expect(all.statuses()).toEqual(['unknown']);
  });

  test('[G8] that takes a meeting over in order speaks at once: it knows what its recorder runs', () => {
    const { authority, recorder } = meeting();
    const before = { how: 'hand-over', state: handedOver(authority.exportState('bo')), from: epoch } as const;
    const capture = { ...recorder.capture, snapshot: () => new Promise<never>(() => {}) };
    const { does, told } = decides({ capture, before });
    does(() => {});
    expect(told()).toMatchObject([{ message: { t: 'meeting', meeting: { recordings: [] } }, to: 'all' }]);
  });

  test('[G1] that has no recorder holds who comes while one that is gone may still take them, until its lease has passed', async () => {
    const left = {
      recordingId: '00000000000000aa',
      purposes: ['recording'],
      storage: 'cloud',
      status: 'on',
      by: { participantId: 'hana' },
      started: true,
      endsBy: 'lease',
    } as const;
    const { meeting: state } = meeting();
    const before = {
      how: 'crash',
      meeting: { ...(state() as MeetingState), recordings: [left] },
      absenceMs: 15_000,
      knew: (id: string) => id !== 'dee',
    } as const;
    const { authority, does, joins, goesOn, personal, recording } = decides({ capture: undefined, before });
    joins('bo');
    joins('dee');
    does(() => authority.gathered());
    await goesOn(34_000, 'bo', 'dee');
    const hold = { recordingId: left.recordingId, devices: ['microphone', 'camera', 'screen'], because: 'late' };
    expect([recording()?.status, personal('bo')?.hold, personal('dee')?.hold]).toEqual(['unknown', null, hold]);
    await goesOn(2000, 'bo', 'dee');
    expect([recording()?.status, personal('dee')?.hold]).toEqual(['off', null]);
  });

  test('[G9] without a recorder denies a request, and is none the worse', () => {
    const { requests, authority, errors } = meeting({ capture: undefined });
    expect(requests()).toEqual({ outcome: 'denied', code: 'capture/unavailable' });
    authority.close('superseded');
    expect(errors).toEqual([]);
  });
});

describe('whom it believes', () => {
  test('[G8] is whoever the transport names, once they have said hello', async () => {
    const { says, doubts, joins, kinds, commands } = meeting();
    kinds();
    says('nobody', { t: 'hello', id: 'h', devices: true });
    expect([doubts, kinds()]).toEqual([[], []]);
    says('nobody', { t: 'there?', epoch });
    expect(doubts).toEqual(['protocol/unknown-sender nobody']);
    joins('cora', { role: 'host', hello: false });
    kinds();
    expect([commands('cora', { do: 'requestRecording', storage: 'cloud' }), kinds()]).toEqual([undefined, []]);
  });

  test('[G8] is nobody whose command was meant for another authority', () => {
    const { says, outcomeOf, recording } = meeting();
    const command = { do: 'requestRecording', storage: 'cloud' } as const;
    says('hana', { t: 'command', id: 'c', epoch: { ...epoch, number: 6 }, command });
    expect([outcomeOf('c'), recording()]).toEqual([undefined, undefined]);
  });

  test('[G10] of what the platform does is a host', () => {
    const { says, doubts, recording } = meeting();
    says('bo', { t: 'seen', captures: [{ platformId: 'p', active: true }] });
    says('bo', { t: 'ended', recordingId: 'r' });
    expect([doubts, recording()]).toEqual([['session/not-permitted bo', 'session/not-permitted bo'], undefined]);
    says('hana', { t: 'seen', captures: [{ platformId: 'p', active: true }] });
    says('hana', { t: 'ended', recordingId: 'r' });
    expect([recording()?.seen, doubts.length]).toEqual([true, 2]);
  });

  test('[G2] of what they captured when they decided is a host, and it is told of as ended', () => {
    const { says, meeting: state } = meeting();
    says('hana', { t: 'ended', recordingId: 'r' });
    expect(state()?.recordings).toMatchObject([{ recordingId: 'r', status: 'off', ended: { confirmed: true } }]);
  });

  test('[G8] of somebody’s role is the transport, whenever it changes', async () => {
    const { roles, commands, meeting: state, passes, row, isThere } = meeting();
    roles.set('bo', 'co-host');
    expect(state()?.succession).toEqual(['hana']);
    isThere('bo');
    expect([state()?.succession, row('bo')?.role]).toEqual([['hana', 'bo'], 'co-host']);
    // Who is no host any more is none within a second, though they say nothing.
    roles.set('bo', 'participant');
    await passes(1000);
    expect([state()?.succession, row('bo')?.role]).toEqual([['hana'], 'participant']);
    expect(commands('bo', { do: 'stopRecording' })).toEqual({ outcome: 'denied', code: 'session/not-permitted' });
  });

  test('[G1] a server that decides is nobody in the meeting', () => {
    const { roles, does, authority, row, joins } = meeting();
    roles.set('server', 'authority');
    does(() => authority.joined('server', 'server', {}));
    joins('cy');
    expect([row('server'), row('cy')?.participantId]).toEqual([undefined, 'cy']);
  });
});

describe('a hello', () => {
  test('[G8] is answered with all that its client must know, and again when it is said again', () => {
    const { hello, kinds, says } = meeting();
    kinds();
    says('bo', { t: 'hello', id: 'h', devices: true });
    expect(kinds()).toEqual(['meeting to bo', 'personal to bo']);
    hello('hana');
    expect(kinds()).toEqual(['meeting to hana', 'personal to hana', 'roster to hana']);
  });

  test('[G1] [G9] is waited for 2 s, then its person cannot be asked; who said it is asked', async () => {
    const { joins, requests, passes, row, leaves } = meeting();
    requests();
    joins('cy', { hello: false });
    joins('dee', { hello: false });
    joins('eve', { hello: false });
    leaves('eve');
    await passes(1900);
    joins('dee');
    expect(row('cy')?.consents).toEqual({});
    await passes(200);
    expect(['cy', 'dee'].map((id) => row(id)?.consents['recording'])).toEqual(['cannot-be-asked', 'requested']);
  });

  test('[G9] is not waited for where the transport says that none will come', () => {
    const { joins, requests, row } = meeting();
    requests();
    joins('cy', { hello: false, sdk: false });
    expect(row('cy')?.consents).toEqual({ recording: 'cannot-be-asked' });
  });

  test('[G4] says whether its person shares their screen, each time', () => {
    const { joins, hello, commands, meeting: state } = meeting();
    joins('cora', { role: 'co-host', hello: { sharing: true } });
    commands('hana', { do: 'enableAttentionTracking' });
    expect(state()?.attention).toMatchObject({ enabled: true, active: true });
    hello('cora');
    expect(state()?.attention).toMatchObject({ enabled: true, active: false });
    hello('cora', { sharing: true });
    expect(state()?.attention.active).toBe(true);
  });

  test('[G1] of who is not heard does not bring them back: they are once they have heard what is done with them', async () => {
    const { hello, isThere, row, goesOn } = await recorded();
    await goesOn(30_000, 'hana');
    expect(row('bo')).toMatchObject({ present: false });
    hello('bo');
    expect(row('bo')).toMatchObject({ present: false });
    isThere('bo');
    expect(row('bo')).toMatchObject({ present: true });
  });

  test('[G11] with a region tightens the meeting before that person is asked', () => {
    const law = [{ region: 'DE', rule: 'all-party', citation: 'x', confidence: 'high' }] as const;
    const { joins, meeting: state } = meeting({ policy: 'notice-only', law });
    expect(state()?.policy.recording.consent).toBe('notice');
    joins('cy', { hello: { region: 'DE' } });
    expect(state()?.policy.recording.consent).toBe('explicit');
  });

  test('[G11] whose region is required and is not there yet tightens it too', () => {
    const {
      joins,
      meeting: state,
      hello,
    } = decides({ policy: { extends: 'notice-only', regions: 'required' }, law: [] });
    joins('hana', { role: 'host', hello: false });
    expect(state()?.policy.recording.consent).toBe('explicit');
    hello('hana', {});
    expect(state()?.policy.recording.consent).toBe('explicit');
  });
});

describe('an answer', () => {
  test('[G3] that withdraws from the recording is acknowledged when the recorder has let go, others at once', async () => {
    const { recorder, answers, outcomeOf, passes } = await recorded();
    recorder.keeps('exclude');
    const other = answers('bo', 'withdrawn', { purposes: ['transcription'] });
    expect(outcomeOf(other)).toEqual({ outcome: 'moot', because: 'not-asked' });
    const id = answers('bo', 'withdrawn');
    await passes(1000);
    expect(outcomeOf(id)).toBeUndefined();
    recorder.does('exclude');
    await passes();
    expect(outcomeOf(id)).toMatchObject({ outcome: 'recorded' });
  });

  test('[G3] that withdraws is acknowledged after its person was told what became of it', async () => {
    const { recorder, answers, passes, kinds } = await recorded();
    recorder.keeps('exclude');
    answers('bo', 'withdrawn');
    kinds();
    recorder.does('exclude');
    await passes();
    const told = kinds();
    expect(told.indexOf('personal to bo')).toBeGreaterThanOrEqual(0);
    expect(told.indexOf('personal to bo')).toBeLessThan(told.indexOf('ack to bo'));
  });

  test('[G3] that withdraws is acknowledged once the recorder has let go, though they have agreed again since', async () => {
    const { recorder, answers, commands, outcomeOf, passes, calls } = await recorded();
    recorder.keeps('exclude');
    const id = answers('bo', 'withdrawn');
    commands('bo', { do: 'reviewConsent', purpose: 'recording' });
    answers('bo', 'given');
    expect(outcomeOf(id)).toBeUndefined();
    recorder.does('exclude');
    await passes();
    expect([calls(), outcomeOf(id)?.outcome]).toEqual([['exclude bo', 'include bo'], 'recorded']);
  });

  test('[G1] to nothing that stands there is none, and neither is a notice that was shown', () => {
    const { isShown, answers, outcomeOf } = meeting();
    expect(isShown('bo')).toEqual({ outcome: 'moot', because: 'superseded' });
    expect(outcomeOf(answers('bo', 'given'))).toEqual({ outcome: 'moot', because: 'capture-ended' });
  });

  test('[G3] that refuses before anything runs is acknowledged at once', () => {
    const { requests, answers, outcomeOf, recorder } = meeting({ policy: 'all-party' });
    recorder.keeps('start');
    requests();
    expect(outcomeOf(answers('bo', 'refused'))).toMatchObject({ outcome: 'recorded' });
  });

  test('[G1] is told to its person before it is acknowledged, and so is what a shown notice changes', () => {
    const { requests, answers, isShown, kinds } = meeting({ policy: 'all-party' });
    requests();
    kinds();
    expect(isShown('bo')).toEqual({ outcome: 'done' });
    expect(kinds()).toEqual(['personal to bo', 'roster to hana', 'ack to bo']);
    answers('bo', 'given');
    const told = kinds();
    expect(told.indexOf('personal to bo')).toBeLessThan(told.indexOf('ack to bo'));
  });
});

test('[G8] a client that is behind, hears nothing, or misses a stream is told again', () => {
  const { says, kinds } = meeting();
  kinds();
  says('bo', { t: 'alive', epoch, seq: 0 });
  says('bo', { t: 'there?', epoch });
  says('hana', { t: 'again', epoch, stream: 'hosts' });
  expect(kinds()).toEqual(['meeting to bo', 'beacon to bo', 'roster to hana']);
});

describe('a command', () => {
  test('[G9] is acknowledged to who gave it, after everyone was told what it does', () => {
    const { requests, kinds } = meeting();
    kinds();
    expect(requests()).toMatchObject({ outcome: 'accepted' });
    const told = kinds();
    expect(told.indexOf('meeting to all')).toBeGreaterThanOrEqual(0);
    expect(told.indexOf('meeting to all')).toBeLessThan(told.indexOf('ack to hana'));
  });
});

describe('an absence', () => {
  test('[G1] is three intervals of silence: left out, and told of to hosts; over when they are heard', async () => {
    const { goesOn, row, calls, isThere, personal } = await recorded();
    await goesOn(14_000, 'hana');
    expect([row('bo')?.present, calls()]).toEqual([true, []]);
    await goesOn(2500, 'hana');
    expect([row('bo'), calls()]).toMatchObject([
      { present: false, captured: false, because: 'absent' },
      ['exclude bo'],
    ]);
    // What they have heard last stays as it was.
    expect(personal('bo')?.captured[0]?.captured).toBe(true);
    isThere('bo');
    expect([row('bo')?.present, row('hana')?.present]).toEqual([true, true]);
    await goesOn(100, 'hana', 'bo');
    expect(calls()).toEqual(['include bo']);
  });

  test('[G8] is also to follow another authority, until heard again', async () => {
    const { does, authority, row, isThere, calls, errors } = await recorded();
    does(() => authority.suspend('bo'));
    does(() => authority.suspend('bo'));
    does(() => authority.suspend('nobody'));
    expect([row('bo')?.present, calls(), errors]).toEqual([false, ['exclude bo'], []]);
    isThere('bo');
    expect(row('bo')?.present).toBe(true);
  });
});

describe('who leaves', () => {
  test('[G1] is gone when their last device is, and not before', () => {
    const { joins, leaves, told } = meeting();
    joins('bo', { endpoint: 'bo-2' });
    told();
    const removed = () => told().flatMap(({ message }) => (message.t === 'roster' ? message.removed : []));
    leaves('bo');
    expect(removed()).toEqual([]);
    leaves('bo-2');
    leaves('bo-2');
    expect(removed()).toEqual(['bo']);
  });

  test('[G1] with one of their devices stays in the recording with the others', async () => {
    const { joins, leaves, passes, calls, errors } = await recorded();
    joins('bo', { endpoint: 'bo-2' });
    leaves('bo');
    leaves('bo');
    await passes();
    expect([calls(), errors]).toEqual([[], []]);
    leaves('bo-2');
    expect(calls()).toEqual(['exclude bo']);
  });

  test('[G9] ends what they have asked for and what has not begun; falling silent does not', () => {
    const { authority, requests, leaves, does, recording } = meeting({ policy: 'all-party' });
    requests();
    does(() => authority.suspend('hana'));
    expect(recording()?.status).toBe('asking');
    leaves('hana');
    expect(recording()).toMatchObject({ status: 'off', ended: { outcome: 'cancelled' } });
  });

  test('[G8] and comes again is told all anew', () => {
    const { joins, leaves, kinds } = meeting();
    leaves('bo');
    kinds();
    joins('bo');
    expect(kinds()).toContain('personal to bo');
  });
});

describe('a hand-over', () => {
  test('[G8] lets it take nothing more but what the platform does, and hear everybody again if it comes to nothing', async () => {
    const { authority, requests, says, recording, joins, passes, row, kinds } = meeting();
    authority.freeze(true);
    kinds();
    expect(requests()).toBeUndefined();
    says('hana', { t: 'seen', captures: [{ platformId: 'p', active: true }] });
    expect(recording()?.seen).toBe(true);
    joins('cy');
    await passes(3000);
    expect(row('cy')?.consents).toEqual({});
    authority.freeze(false);
    await passes(1900);
    expect(row('cy')?.consents).toEqual({});
    await passes(200);
    expect(row('cy')?.consents).toEqual({ recording: 'cannot-be-asked' });
    expect(requests()).toMatchObject({ outcome: 'accepted' });
  });

  test('[G2] begins nothing of what it has handed over; what was due meanwhile begins if it comes to nothing', async () => {
    const { authority, requests, recorder, passes } = meeting({
      policy: { extends: 'all-party', recording: { timeoutMs: 2000 } },
    });
    expect(requests()).toMatchObject({ outcome: 'accepted' });
    authority.freeze(true);
    await passes(5000);
    expect(recorder.told().filter((call) => call.startsWith('start'))).toEqual([]);
    authority.freeze(false);
    await passes(1000);
    expect(recorder.told().filter((call) => call.startsWith('start')).length).toBe(1);
  });

  test('[G1] [G2] that nobody took leaves out who was not heard for 6 s, until they are', async () => {
    const { authority, says, passes } = meeting();
    const absent = () => parseHandedOver(authority.exportState(undefined) ?? '')?.absent;
    const isHere = (id: string) => says(id, { t: 'alive', epoch, seq: 0 });
    await passes(1000);
    for (const id of ['hana', 'bo']) isHere(id);
    authority.freeze(true);
    await passes(3000);
    isHere('hana');
    await passes(3000);
    expect(absent()).toEqual([]);
    await passes(1);
    expect(absent()).toEqual(['bo']);
    authority.freeze(false);
    expect(absent()).toEqual([]);
  });

  test('[G8] is of all it knows, and not while the recorder is told something', async () => {
    const { authority, recorder, requests, passes } = meeting();
    expect(parseHandedOver(authority.exportState('bo') ?? '')?.speaking).toEqual(['hana', 'bo']);
    recorder.keeps('start');
    requests();
    await passes();
    expect(authority.exportState(undefined)).toBeUndefined();
  });

  test('[G1] is not made while a call may still bring somebody into the recording', async () => {
    const { authority, recorder, joins, answers, passes } = await recorded();
    recorder.keeps('include');
    joins('dee');
    await passes();
    answers('dee', 'given');
    await passes();
    expect(authority.exportState(undefined)).toBeUndefined();
    recorder.does('include');
    await passes();
    expect(authority.exportState(undefined)).toBeDefined();
  });

  test('[G4] takes along that attention is tracked, and nothing of it where it is not', () => {
    const { authority, commands } = meeting();
    const told = () => handedOver(authority.exportState('bo')).attention;
    expect(told()).toBeUndefined();
    expect(commands('hana', { do: 'enableAttentionTracking' })).toEqual({ outcome: 'done' });
    expect(told()).toMatchObject({ by: { participantId: 'hana' } });
  });

  test('[G2] stops a capture that the other does not reach, and no other', async () => {
    for (const [storage, reaches, stops] of [
      ['cloud', true, []],
      ['cloud', undefined, ['stop']],
      ['local', true, ['stop']],
    ] as const) {
      const { authority, calls, requests, passes, joins, does, recording } = meeting();
      joins('cora', { role: 'host', hello: reaches ? { recorder: true } : {} });
      requests({ storage });
      await passes();
      calls();
      does(() => authority.stopWhatCannotMove('cora'));
      await passes();
      expect(calls()).toEqual(stops);
      if (stops.length > 0) {
        expect(recording()).toMatchObject({
          lastBy: 'platform',
          ended: { outcome: 'stopped', code: 'authority/handed-over' },
        });
      }
    }
  });

  test('[G2] leaves what is only asked for to the other, reached or not', () => {
    const { authority, requests, does, recording, errors } = meeting({ policy: 'all-party' });
    does(() => authority.stopWhatCannotMove('bo'));
    requests({ storage: 'local' });
    does(() => authority.stopWhatCannotMove('bo'));
    does(() => authority.stopWhatCannotMove('nobody'));
    expect([recording()?.status, errors]).toEqual(['asking', []]);
  });
});

describe('an end', () => {
  test('[G2] in order stops what runs first, and says that nothing does', async () => {
    const { authority, passes, recording, does } = await recorded();
    expect(authority.stopAll('authority/left')).toBe(false);
    await passes();
    expect([authority.stopAll('authority/left'), recording()]).toMatchObject([
      true,
      { status: 'off', ended: { outcome: 'stopped', code: 'authority/left' }, lastBy: 'platform' },
    ]);
    const nothing = meeting();
    does(() => {});
    expect(nothing.authority.stopAll('x')).toBe(true);
  });

  test('[G8] says to everyone that nobody decides any more, and is the last word', async () => {
    const { authority, told, passes, requests, recorder, clock, errors } = meeting();
    await passes();
    told();
    authority.close('closed');
    expect(told()).toMatchObject([{ message: { t: 'meeting', meeting: { closed: true } }, to: 'all' }]);
    authority.close('closed');
    expect(requests()).toBeUndefined();
    await passes(20_000);
    expect([told(), clock.nextAt(), recorder.listenerCount(), errors]).toEqual([[], undefined, 0, []]);
  });

  test('[G2] ends the purposes that live without a recording, and says so', () => {
    const { commands, authority, clock, does, meeting: state } = meeting();
    commands('hana', { do: 'requestPurpose', purpose: 'live-captions' });
    clock.runFor(250);
    expect(state()?.recordings).toMatchObject([{ purposes: ['live-captions'], status: 'on' }]);
    does(() => authority.close('closed'));
    expect(state()?.recordings).toMatchObject([
      { status: 'off', lastBy: 'platform', ended: { outcome: 'stopped', code: 'authority/left' } },
    ]);
  });

  test.each(['handed-over', 'superseded'] as const)('[G8] that is %s is silent', async (how) => {
    const { authority, told, passes, does } = meeting();
    await passes();
    told();
    authority.close(how);
    does(() => {});
    await passes(20_000);
    expect(told()).toEqual([]);
  });

  test('[G2] by another authority stops what this one captures, and says when the recorder has', async () => {
    const { authority, recorder, calls, recording, passes } = await recorded();
    const recordingId = recording()?.recordingId;
    recorder.keeps('stop');
    const stopped: string[] = [];
    authority.close('superseded', (id) => stopped.push(id));
    await passes();
    expect([calls(), stopped]).toEqual([['stop'], []]);
    recorder.does('stop');
    await passes();
    expect(stopped).toEqual([recordingId]);
  });

  test('[G2] [G9] by another authority is one also where the recorder does not stop (everyone is left out of it), or nobody asks', async () => {
    for (const fails of [true, false]) {
      const { authority, recorder, calls, passes, errors } = await recorded();
      if (fails) recorder.fails('stop');
      authority.close('superseded');
      await passes();
      expect([calls(), errors]).toEqual([fails ? ['stop', 'exclude hana bo'] : ['stop'], []]);
    }
  });

  test.each([
    ['with its lease', true, true],
    ['never, without one', false, true],
    ['and leaves nobody out where it cannot', true, false],
  ] as const)(
    '[G2] [G9] by another authority tells a recorder that hangs again every 5 s, and gives up %s',
    async (_, lease, exclude) => {
      const left = new Set<string>();
      const held = { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', onCannotBeAsked: 'block' } as const;
      const policy = { extends: 'all-party', recording: exclude ? {} : held } as const;
      const { authority, recorder, calls, recording, passes } = await recorded({
        policy,
        can: { lease, exclude },
        left,
      });
      const recordingId = recording()?.recordingId ?? '';
      recorder.keeps('stop');
      calls();
      const stopped: string[] = [];
      authority.close('superseded', (id) => stopped.push(id));
      await passes(4999);
      expect([calls(), [...left]]).toEqual([['stop'], [recordingId]]);
      const again = exclude ? ['exclude hana bo', 'stop'] : ['stop'];
      await passes(1);
      expect(calls()).toEqual(again);
      await passes(5000);
      expect([calls(), stopped, [...left]]).toEqual(lease ? [[], [recordingId], []] : [again, [], [recordingId]]);
      await passes(10_000);
      expect(calls()).toEqual(lease ? [] : [...again, ...again]);
      recorder.does('stop');
      await passes(10_000);
      expect([calls(), stopped, [...left]]).toEqual([[], [recordingId], []]);
    },
  );

  test('[G2] in an orderly hand-over leaves the capture to the next', async () => {
    const { authority, calls, passes } = await recorded();
    authority.close('handed-over');
    await passes(1000);
    expect(calls()).toEqual([]);
  });

  test('[G2] stops nothing where nothing runs', async () => {
    const { authority, calls, requests, passes } = meeting({ policy: 'all-party' });
    requests();
    await passes();
    calls();
    authority.close('superseded');
    await passes();
    expect(calls()).toEqual([]);
  });

  test('[G9] is heard of by nobody’s call that was under way', async () => {
    const { authority, recorder, requests, passes, told, errors } = meeting();
    recorder.keeps('start');
    requests();
    await passes();
    authority.close('handed-over');
    told();
    recorder.does('start');
    await passes();
    expect([told(), errors]).toEqual([[], []]);
  });
});

describe('[G6] a meeting whose facts are kept', () => {
  test('says so, and one of which nothing is kept says nothing of it', async () => {
    const plain = meeting();
    const kept = meeting({ ledger: plainLedger().ledger });
    for (const all of [plain, kept]) await all.passes(0);
    expect(
      [plain.meeting(), kept.meeting()].map((state) => [state?.kept, Object.keys(state ?? {}).includes('kept')]),
    ).toEqual([
      [undefined, false],
      [true, true],
    ]);
    expect(Object.keys(plain.meeting() ?? {})).not.toContain('transcripts');
  });

  test('tells hosts how far its ledger has come, and gives each person the receipt of their answer', async () => {
    const { ledger, facts } = plainLedger();
    const all = meeting({ ledger });
    all.requests();
    await all.passes(0);
    all.told();
    const id = all.answers('bo', 'given');
    await all.passes(0);
    const told = all.told().map(({ message }) => message);
    const place = told.findIndex((message) => message.t === 'ack' && message.id === id);
    expect([told[place - 1], told[place]]).toMatchObject([
      { t: 'beacon', ledger: { n: expect.any(Number) } },
      { outcome: { outcome: 'recorded' } },
    ]);
    expect(facts()).toContain('bo given recording');
    all.says('bo', { t: 'signed', id, recordingId: all.recording()?.recordingId ?? '' });
    await all.passes(0);
    expect(all.told()).toMatchObject([
      { message: { t: 'receipts', id, receipts: [{ record: { fact: { fact: 'given' } } }] }, to: ['bo'] },
    ]);
  });
});

describe('a sleep', () => {
  test('[G8] makes it ask who decides by now, and say and take nothing until the others had time to answer', async () => {
    const { clock, hello, kinds, asks, passes, requests, isThere, answers, outcomeOf } = await recorded();
    clock.advanceTo(clock.now() + 10_000);
    hello('bo');
    expect([kinds(), asks()]).toEqual([[], 1]);
    isThere('hana');
    const id = answers('bo', 'withdrawn');
    await passes(1900);
    expect([kinds(), asks(), outcomeOf(id)]).toEqual([[], 1, undefined]);
    await passes(200);
    expect(kinds().length).toBeGreaterThan(0);
    expect(requests()).toEqual({ outcome: 'denied', code: 'recording/busy' });
  });
});

test('[G8] [G10] what the platform does is heard while it asks after a sleep, and told when it may speak again', async () => {
  const { clock, says, kinds, statuses, passes } = meeting();
  await passes();
  clock.advanceTo(clock.now() + 10_000);
  kinds();
  says('hana', { t: 'seen', captures: [{ platformId: 'p', active: true }] });
  expect(kinds()).toEqual([]);
  await passes(2100);
  expect(statuses()).toEqual(['on']);
});

test('[G2] while nothing is new, everyone is told by signs of life alone', async () => {
  const { goesOn, carriesOut, kinds } = meeting();
  for (const id of ['hana', 'bo']) carriesOut(id);
  kinds();
  await goesOn(6000, 'hana', 'bo');
  expect(kinds()).toEqual(['beacon to hana', 'beacon to hana', 'beacon to all']);
});

test('[G9] what it is made of is there for a tool that compares states', () => {
  const { authority } = meeting();
  expect([authority.epoch, authority.parts.length, authority.parts.every((part) => typeof part === 'object')]).toEqual([
    epoch,
    12,
    true,
  ]);
});
