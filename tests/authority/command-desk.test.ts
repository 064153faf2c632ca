import { describe, expect, test } from 'vitest';
import { CommandDesk } from '../../src/authority/command-desk.ts';
import type { Person, Seat } from '../../src/authority/people.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { PolicyInput } from '../../src/policy/policy.types.ts';
import { presets } from '../../src/policy/presets.ts';
import type { Command } from '../../src/transport/command.types.ts';
import { authorityParts } from './authority-context.ts';

type Surroundings = NonNullable<Parameters<typeof authorityParts>[0]>;

const done = { outcome: 'done' };
const denied = (code: string) => ({ outcome: 'denied', code });
const request: Command = { do: 'requestRecording', storage: 'cloud' };
const rules = (recording: PolicyInput['recording'], extend: PolicyInput['extends'] = 'gdpr') =>
  parsePolicy({ extends: extend, ...(recording && { recording }) });

/** A meeting of hana, who is its host, cora, who is a co-host, and bo, whose commands are taken at this desk. */
function desk(surroundings: Surroundings = {}) {
  const all = authorityParts(surroundings);
  const { parts, comes } = all;
  comes('hana', { role: 'host', name: 'Hana' });
  comes('cora', { role: 'co-host' });
  comes('bo');
  let count = 0;
  const says = (who: string, command: Command, id?: string) => {
    count += 1;
    return parts.commands.take(parts.context.people.seat(who) as Seat, id ?? `command ${count}`, command);
  };
  const answers = (who: string, type: 'consent.given' | 'consent.refused') => {
    const { own } = parts.recordings;
    own?.live.main.apply(who, { type: 'notice.shown' });
    own?.live.main.apply(who, { type });
    own?.evaluate([who]);
  };
  all.told.length = 0;
  return { ...all, says, answers, live: () => parts.recordings.own?.live };
}

/** The same, with a recording that has begun. */
async function recorded(surroundings: Surroundings = {}, command: Command = request) {
  const all = desk(surroundings);
  all.says('hana', command);
  await all.passes(10);
  expect(all.parts.recordings.own?.state).toBe('on');
  all.told.length = 0;
  all.calls.length = 0;
  return all;
}

describe('a command', () => {
  test('[G1] of anybody but a host is denied, but what one may do for oneself', () => {
    const { says, parts } = desk();
    const theirs: readonly Command[] = [
      request,
      { do: 'pauseRecording' },
      { do: 'resumeRecording' },
      { do: 'stopRecording' },
      { do: 'startWithoutWaiting', reason: 'x' },
      { do: 'remind' },
      { do: 'requestTranscript' },
      { do: 'stopTranscript' },
      { do: 'admit', participantIds: ['bo'] },
      { do: 'handOver', to: 'cora' },
    ];
    expect(theirs.map((command) => says('bo', command))).toEqual(theirs.map(() => denied('session/not-permitted')));
    expect(parts.recordings.own).toBeUndefined();
    expect(says('bo', { do: 'declareRegion', region: 'DE' })).toEqual(done);
    expect(says('bo', { do: 'reviewConsent', purpose: 'recording' })).toEqual(denied('recording/not-running'));
    expect(says('cora', request)).toMatchObject({ outcome: 'accepted' });
  });

  test('[G8] that is repeated has the outcome of the first, by whoever said it', () => {
    const { says, parts } = desk();
    const first = says('hana', request, 'c1');
    const { own } = parts.recordings;
    expect([says('hana', request, 'c1'), parts.recordings.own]).toEqual([first, own]);
    expect([says('hana', request, 'c2'), says('cora', request, 'c1')]).toEqual([
      denied('recording/busy'),
      denied('recording/busy'),
    ]);
  });

  test('[G8] is known for as long as 256 others have not come after it', () => {
    const { says } = desk();
    const first = says('hana', request, 'c1');
    const others = (from: number, to: number) => {
      for (let n = from; n < to; n += 1) says('cora', { do: 'remind' }, `n${n}`);
    };
    others(0, 255);
    expect(says('hana', request, 'c1')).toEqual(first);
    others(255, 256);
    expect(says('hana', request, 'c1')).toEqual(denied('recording/busy'));
  });

  test('[G8] is known to whoever decides next, if it is one of the last 32', () => {
    const { says, parts } = desk();
    for (let n = 0; n < 40; n += 1) says('hana', { do: 'admit', participantIds: [] }, `n${n}`);
    says('hana', request, 'c1');
    const { outcomes } = parts.commands;
    expect([outcomes.length, outcomes[0]?.[0], outcomes.at(-1)?.[0]]).toEqual([32, 'hana n9', 'hana c1']);
    const next = desk();
    next.parts.commands.takeOutcomes(outcomes);
    expect([next.says('hana', request, 'c1'), next.parts.recordings.own]).toEqual([outcomes.at(-1)?.[1], undefined]);
  });
});

describe('a request for a recording', () => {
  test('[G1] asks everyone who is here for what is asked, in the words of the requester', () => {
    const { says, live, parts } = desk();
    const outcome = says('hana', { ...request, transcript: true, reason: 'minutes' } as Command, 'c1');
    const recordingId = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(outcome).toStrictEqual({ outcome: 'accepted', recordingId });
    expect(live()).toMatchObject({
      recordingId: (outcome as { recordingId: string }).recordingId,
      purposes: ['recording', 'transcription'],
      storage: 'cloud',
      by: { participantId: 'hana', name: 'Hana' },
      reason: 'minutes',
      seen: false,
    });
    expect(live()?.main.consentOf('bo')).toBe('requested');
    expect(parts.recordings.own?.state).toBe('starting');
  });

  test('is named by the meeting, who asks, and their command; nothing is said for them', () => {
    const idOf = (surroundings: Surroundings, who: string, id: string) => {
      const { says, live } = desk(surroundings);
      const outcome = says(who, request, id) as { recordingId: string };
      expect([live()?.purposes, live()?.reason]).toEqual([['recording'], undefined]);
      return outcome.recordingId;
    };
    const ids = [
      idOf({}, 'hana', 'c1'),
      idOf({}, 'hana', 'c2'),
      idOf({}, 'cora', 'c1'),
      idOf({ meetingId: 'daily' }, 'hana', 'c1'),
    ];
    expect([new Set(ids).size, idOf({}, 'hana', 'c1')]).toEqual([4, ids[0]]);
    const { says, live } = desk();
    says('cora', request);
    expect(live()?.by).toStrictEqual({ participantId: 'cora' });
  });

  test('[G9] has its times of the policy, and waits for holds three seconds or the grace, whichever is longer', () => {
    const requested = (surroundings: Surroundings, command: Command = request) => {
      const { says, parts } = desk(surroundings);
      says('hana', command);
      return parts.recordings.own?.request;
    };
    expect(requested({ policy: rules({ captureTimeoutMs: 4000 }) })).toEqual({
      recordingId: expect.any(String),
      storage: 'cloud',
      by: { participantId: 'hana', name: 'Hana' },
      captureTimeoutMs: 4000,
      holdWaitMs: 3000,
      leaseMs: 10_000,
      stopAgainMs: 5000,
      isReachable: true,
      canExclude: true,
      hasLease: true,
    });
    expect(requested({ policy: rules({ graceMs: 7000, untilAnswered: 'hold' }) })?.holdWaitMs).toBe(7100);
    const hold = { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', onCannotBeAsked: 'announce' } as const;
    expect(requested({ policy: rules(hold), recorder: { exclude: false, lease: false } })).toMatchObject({
      canExclude: false,
      hasLease: false,
    });
    expect(requested({}, { ...request, storage: 'local' } as Command)?.storage).toBe('local');
  });

  test('[G5] is denied for a transcript of what is stored with the host alone', () => {
    const { says } = desk();
    const local = { do: 'requestRecording', storage: 'local' } as const;
    expect(says('hana', { ...local, transcript: true })).toEqual(denied('transcript/needs-cloud'));
    expect(says('hana', { ...local, transcript: false })).toMatchObject({ outcome: 'accepted' });
  });

  test('is denied without a recorder, with one that the policy cannot have, and while another lives', () => {
    expect(desk({ capture: undefined }).says('hana', request)).toEqual(denied('capture/unavailable'));
    expect(desk({ recorder: { exclude: false } }).says('hana', request)).toEqual(denied('policy/needs-exclude'));
    expect(desk({ policy: rules({ storage: ['local'] }) }).says('hana', request)).toEqual(
      denied('policy/storage-not-allowed'),
    );
    const { says } = desk();
    says('hana', request);
    expect(says('cora', request)).toEqual(denied('recording/busy'));
  });

  test('gives way to the next once it has ended', async () => {
    const { says, passes, live } = await recorded();
    const first = live()?.recordingId;
    says('hana', { do: 'stopRecording' });
    await passes(10);
    expect([live(), says('hana', request)]).toMatchObject([undefined, { outcome: 'accepted' }]);
    expect(live()?.recordingId).not.toBe(first);
  });
});

describe('pausing and resuming', () => {
  const pause: Command = { do: 'pauseRecording' };
  const resume: Command = { do: 'resumeRecording' };

  test('[G2] pauses and resumes what runs, and says who did', async () => {
    const { says, passes, parts, live, recorder } = await recorded();
    expect(says('cora', { ...pause, recordingId: live()?.recordingId } as Command)).toEqual(done);
    await passes(10);
    expect([parts.recordings.own?.state, live()?.lastBy, recorder.holds('hana')]).toEqual([
      'paused',
      { participantId: 'cora' },
      false,
    ]);
    expect(says('hana', resume)).toEqual(done);
    await passes(10);
    expect([parts.recordings.own?.state, live()?.lastBy, recorder.holds('hana')]).toEqual([
      'on',
      { participantId: 'hana' },
      true,
    ]);
  });

  test('is denied for what does not run: nothing, another recording, one that is asked for or being stopped', async () => {
    const asking = desk({ policy: presets['all-party'] });
    expect([asking.says('hana', pause), asking.says('hana', resume)]).toEqual([
      denied('recording/not-running'),
      denied('recording/not-running'),
    ]);
    asking.says('hana', request);
    expect(asking.says('hana', pause)).toEqual(denied('recording/not-running'));
    const { says, recorder, passes, parts, live } = await recorded();
    expect(says('hana', { ...pause, recordingId: 'another' } as Command)).toEqual(denied('recording/not-running'));
    recorder.hangs('stop');
    says('hana', { do: 'stopRecording' });
    await passes(10);
    expect([parts.recordings.own?.state, says('hana', pause), live()?.pausedByHost]).toEqual([
      'stopping',
      denied('recording/not-running'),
      false,
    ]);
  });

  test('is denied where the recorder cannot', async () => {
    const { says, live } = await recorded({ recorder: { pause: false } });
    expect([says('hana', pause), says('hana', resume), live()?.pausedByHost]).toEqual([
      denied('capture/cannot-pause'),
      denied('capture/cannot-pause'),
      false,
    ]);
  });
});

describe('stopping', () => {
  const stop: Command = { do: 'stopRecording' };
  const ending = (all: ReturnType<typeof desk>) => {
    const [ended] = all.parts.recordings.states;
    return [ended?.ended?.outcome, ended?.lastBy];
  };

  test('[G2] ends what runs, and cancels what is asked for; by whom is told', async () => {
    const running = await recorded();
    expect(running.says('cora', { ...stop, recordingId: running.live()?.recordingId } as Command)).toEqual(done);
    await running.passes(10);
    expect(ending(running)).toEqual(['stopped', { participantId: 'cora' }]);
    const asking = desk({ policy: presets['all-party'] });
    asking.says('hana', request);
    expect(asking.says('hana', stop)).toEqual(done);
    await asking.passes(10);
    expect(ending(asking)).toEqual(['cancelled', { participantId: 'hana' }]);
  });

  test('is denied where nothing lives, or another', async () => {
    expect(desk().says('hana', stop)).toEqual(denied('recording/not-running'));
    expect(desk().says('hana', { ...stop, recordingId: 'r' } as Command)).toEqual(denied('recording/not-running'));
    const { says, passes, parts } = await recorded();
    expect(says('hana', { ...stop, recordingId: 'another' } as Command)).toEqual(denied('recording/not-running'));
    await passes(10);
    expect(parts.recordings.own?.state).toBe('on');
  });
});

describe('starting without waiting', () => {
  const start = (reason: string): Command => ({ do: 'startWithoutWaiting', reason });

  test('[G1] starts what waits for answers, with who agreed, and everyone is told who did so and why', async () => {
    const { says, live, told, parts, passes, recorder } = desk({ policy: presets['all-party'] });
    says('hana', request);
    await passes(10);
    expect(parts.recordings.own?.state).toBe('asking');
    told.length = 0;
    expect(says('cora', start('we begin'))).toEqual(done);
    expect([live()?.withoutWaiting, told.slice(0, 2)]).toEqual([
      { by: 'cora', reason: 'we begin' },
      ['meeting', 'everyone'],
    ]);
    await passes(10);
    expect([parts.recordings.own?.state, recorder.holds('hana'), recorder.holds('bo')]).toEqual(['on', true, false]);
  });

  test('is denied without a reason, where nothing is asked for, and where it runs already', async () => {
    expect(desk().says('hana', start('x'))).toEqual(denied('recording/not-asking'));
    const { says, live } = desk({ policy: presets['all-party'] });
    says('hana', request);
    expect([says('hana', start('')), says('hana', start('  '))]).toEqual([
      denied('recording/reason-missing'),
      denied('recording/reason-missing'),
    ]);
    expect(live()?.withoutWaiting).toBeUndefined();
    const running = await recorded();
    expect([running.says('hana', start('x')), running.live()?.withoutWaiting]).toEqual([
      denied('recording/not-asking'),
      undefined,
    ]);
  });

  test('[G1] is denied while somebody is there with whom nothing may be recorded', () => {
    const { says, comes, live } = desk({ policy: rules({ onCannotBeAsked: 'block' }, 'all-party') });
    comes('room', { channel: 'room-system' });
    says('hana', request);
    expect([says('hana', start('x')), live()?.withoutWaiting]).toEqual([denied('recording/blocked'), undefined]);
  });
});

describe('reminding', () => {
  const reminded = (all: ReturnType<typeof desk>) => Object.fromEntries(all.live()?.reminded ?? []);

  test('[G7] reminds whoever is named and has not answered; everyone, where nobody is', () => {
    const all = desk({ policy: presets['all-party'] });
    expect(all.says('hana', { do: 'remind' })).toEqual(denied('recording/not-asking'));
    all.says('hana', request);
    expect(all.says('hana', { do: 'remind', participantIds: ['bo', 'hana', 'nobody'] })).toEqual(done);
    expect(reminded(all)).toEqual({ bo: 1 });
    all.says('hana', { do: 'remind' });
    expect(reminded(all)).toEqual({ bo: 2, cora: 1 });
    all.says('hana', { do: 'remind', participantIds: [] });
    expect(reminded(all)).toEqual({ bo: 2, cora: 1 });
  });

  test('[G10] reminds of a capture of the platform too', () => {
    const all = desk();
    all.parts.recordings.seen.see([{ platformId: 'p', active: true }]);
    expect(all.says('hana', { do: 'remind' })).toEqual(done);
    const [live] = all.parts.recordings.lives;
    expect(live?.reminded.get('bo')).toBe(1);
  });
});

describe('a transcript', () => {
  test('[G5] needs a recording in the cloud, and is asked for once', () => {
    const { says, live } = desk();
    const ask: Command = { do: 'requestTranscript' };
    expect(says('hana', ask)).toEqual(denied('transcript/needs-recording'));
    says('hana', request);
    expect([says('hana', ask), says('hana', ask), live()?.purposes]).toEqual([
      done,
      denied('transcript/busy'),
      ['recording', 'transcription'],
    ]);
    expect(live()?.rosters.get('transcription')?.consentOf('bo')).toBe('requested');
    const local = desk();
    local.says('hana', { do: 'requestRecording', storage: 'local' });
    expect([local.says('hana', ask), local.live()?.purposes]).toEqual([
      denied('transcript/needs-cloud'),
      ['recording'],
    ]);
  });

  test.each(['hold', 'pause'] as const)(
    '[G1] that is asked for makes nobody who came late early: what keeps them out (%s) goes on',
    async (onLateJoin) => {
      const { says, live, comes, parts, passes } = await recorded({ policy: rules({ onLateJoin }) });
      const eve = comes('eve').person;
      await passes(10);
      const state = onLateJoin === 'pause' ? 'paused' : 'on';
      expect([live()?.main.standingOf(eve.id), parts.recordings.own?.state]).toEqual(['late', state]);
      expect(says('hana', { do: 'requestTranscript' })).toEqual(done);
      await passes(10);
      expect([live()?.main.standingOf(eve.id), parts.recordings.own?.state]).toEqual(['late', state]);
      expect(live()?.rosters.get('transcription')?.standingOf(eve.id)).toBe('unanswered');
    },
  );

  test('ends alone: the recording goes on', async () => {
    const { says, live, parts, passes } = await recorded({}, { ...request, transcript: true } as Command);
    const stop: Command = { do: 'stopTranscript' };
    expect([says('hana', stop), live()?.purposes, says('hana', stop)]).toEqual([
      done,
      ['recording'],
      denied('transcript/not-running'),
    ]);
    await passes(10);
    expect([parts.recordings.own?.state, desk().says('hana', stop)]).toEqual(['on', denied('transcript/not-running')]);
  });

  test('[G9] whose engine has died has failed, is asked for no more, and is stopped where it was only asked for', async () => {
    const { says, live, parts } = await recorded({}, { ...request, transcript: true } as Command);
    const failed: Command = { do: 'stopTranscript', failed: true };
    const views = () => {
      parts.transcripts.settle();
      return [parts.transcripts.views.map(({ status }) => status), live()?.rosters.has('transcription')];
    };
    expect(views()).toEqual([['transcribing'], true]);
    expect([says('hana', failed), views()]).toEqual([done, [['failed'], false]]);
    expect([says('hana', failed), says('hana', { do: 'requestTranscript' }), views()]).toEqual([
      denied('transcript/not-running'),
      done,
      [['transcribing', 'failed'], true],
    ]);
    expect([says('hana', { do: 'stopTranscript' }), views()]).toEqual([done, [['processing', 'failed'], false]]);
    expect([says('hana', failed), views()]).toEqual([done, [['failed', 'failed'], false]]);
    const ended = await recorded({}, { ...request, transcript: true } as Command);
    ended.parts.transcripts.settle();
    ended.says('hana', { do: 'stopRecording' });
    await ended.passes(10);
    ended.parts.transcripts.settle();
    expect([ended.live(), ended.says('hana', failed), ended.parts.transcripts.views]).toMatchObject([
      undefined,
      done,
      [{ status: 'failed' }],
    ]);
    const asking = desk({ policy: presets['all-party'] });
    asking.says('hana', { ...request, transcript: true } as Command);
    expect([asking.says('hana', failed), asking.live()?.purposes]).toEqual([done, ['recording']]);
    expect(desk().says('hana', failed)).toEqual(denied('transcript/not-running'));
  });
});

test('[G11] a region that somebody declares is theirs, and makes stricter what is asked for already', () => {
  const { says, parts, live } = desk({ policy: presets['notice-only'] });
  says('hana', request);
  expect(live()?.mainPolicy.consent).toBe('notice');
  expect(says('bo', { do: 'declareRegion', region: 'nowhere' })).toEqual(done);
  expect([parts.context.people.person('bo')?.region, live()?.mainPolicy.consent]).toEqual(['nowhere', 'explicit']);
  const law = [{ region: 'XO', rule: 'one-party' }] as unknown as NonNullable<Surroundings['law']>;
  const milder = desk({ policy: presets['notice-only'], law });
  milder.says('hana', request);
  milder.told.length = 0;
  expect(milder.says('bo', { do: 'declareRegion', region: 'XO' })).toEqual(done);
  expect([milder.live()?.mainPolicy.consent, milder.told]).toEqual(['notice', []]);
});

test('[G1] admitting lets in who waits, and nobody else is changed by it', () => {
  const { says, parts, told } = desk();
  const person = (id: string) => parts.context.people.person(id) as Person;
  person('bo').admission = 'waiting';
  person('cora').admission = 'denied';
  expect(says('hana', { do: 'admit', participantIds: ['bo', 'cora', 'hana', 'nobody'] })).toEqual(done);
  expect(['bo', 'cora', 'hana'].map((id) => person(id).admission)).toEqual(['admitted', 'denied', 'admitted']);
  expect(told).toEqual(['bo']);
});

test('[G1] who is admitted while it runs is captured at once, if they have agreed', async () => {
  const { says, answers, parts, passes, recorder } = await recorded();
  const bo = parts.context.people.person('bo') as Person;
  bo.admission = 'waiting';
  answers('bo', 'consent.given');
  await passes(10);
  expect(recorder.holds('bo')).toBe(false);
  says('hana', { do: 'admit', participantIds: ['bo'] });
  await passes(10);
  expect(recorder.holds('bo')).toBe(true);
});

test('[G3] anybody may look again at what they were asked for, and at nothing else', () => {
  const { says, live, told, parts } = desk();
  says('hana', request);
  told.length = 0;
  const review = (purpose: string): Command => ({ do: 'reviewConsent', purpose });
  expect(says('bo', review('transcription'))).toEqual(denied('recording/not-running'));
  expect([says('bo', review('recording')), [...(live()?.reviewing ?? [])], told]).toEqual([done, ['bo'], ['bo']]);
  const { seat } = parts.context.people.enter('eve', 'eve', { role: 'participant', channel: 'app', sdk: true, at: 0 });
  expect(parts.commands.take(seat, 'c1', review('recording'))).toEqual(denied('recording/not-running'));
});

describe('handing over', () => {
  const to = (id: string): Command => ({ do: 'handOver', to: id });

  test('[G8] is to a host or co-host who is here and whose client has said hello', () => {
    const handed: string[] = [];
    const { says, comes } = desk({ handOver: (id) => void handed.push(id) });
    comes('cleo', { role: 'co-host', says: false });
    expect(['bo', 'nobody', 'cleo'].map((id) => says('hana', to(id)))).toEqual(
      ['bo', 'nobody', 'cleo'].map(() => denied('authority/not-a-host')),
    );
    expect([says('hana', to('cora')), handed]).toEqual([done, ['cora']]);
  });

  test('[G8] waits for one hello of several clients', () => {
    const { says, parts } = desk({ handOver: () => {} });
    parts.context.people.enter('cora-2', 'cora', { role: 'co-host', channel: 'app', sdk: true, at: 0 });
    expect(says('hana', to('cora'))).toEqual(done);
  });

  test('is nothing where the authority gives way to nobody', () => {
    expect(desk().says('hana', to('cora'))).toEqual(denied('session/not-available'));
  });
});

describe('a capture of the platform that the recorder controls', () => {
  const seen = (all: ReturnType<typeof desk>) => {
    all.parts.recordings.seen.see([{ platformId: 'p', active: true, paused: false, controllable: true }]);
    const live = all.parts.recordings.lives.find((each) => each.seen);
    all.calls.length = 0;
    return { live, recordingId: live?.recordingId as string };
  };
  /** Of a platform that says nothing, whatever it is told. */
  const platform = () => {
    const all = desk();
    all.recorder.hangs('pause', 'resume', 'stop');
    return { ...all, ...seen(all) };
  };

  test('[G10] is paused, resumed and stopped like another, with its id or without where there is no other', async () => {
    for (const named of [true, false]) {
      const { says, live, recordingId, calls, passes } = platform();
      const command = (what: 'pauseRecording' | 'resumeRecording' | 'stopRecording'): Command => ({
        do: what,
        ...(named && { recordingId }),
      });
      expect([says('hana', command('pauseRecording')), live?.pausedByHost]).toEqual([done, true]);
      expect([says('hana', command('resumeRecording')), live?.pausedByHost]).toEqual([done, false]);
      await passes(60_000);
      expect(says('hana', command('stopRecording'))).toEqual(done);
      await passes(10);
      expect(calls).toEqual(['stop p']);
    }
  });

  test('[G10] is left alone by a command without an id where the meeting has a recording of its own', async () => {
    const all = await recorded();
    all.recorder.hangs('pause', 'stop');
    const { live, recordingId } = seen(all);
    expect([all.says('hana', { do: 'pauseRecording' }), live?.pausedByHost, all.live()?.pausedByHost]).toEqual([
      done,
      false,
      true,
    ]);
    expect([all.says('hana', { do: 'pauseRecording', recordingId }), live?.pausedByHost]).toEqual([done, true]);
    all.calls.length = 0;
    all.says('hana', { do: 'stopRecording' });
    await all.passes(10);
    expect(all.calls).not.toContain('stop p');
  });
});

describe('a recording of one side', () => {
  test('[G1] is told as of whom it is, and is not begun where the recorder cannot leave others out', () => {
    const all = desk();
    all.says('hana', { ...request, only: ['bo'] } as Command);
    expect(all.live()?.only).toEqual(['bo']);
    const whole = desk();
    whole.says('hana', request);
    expect(whole.live()?.only).toBeUndefined();
    const unable = desk({ policy: presets.acknowledge, recorder: { exclude: false } });
    expect([unable.says('hana', { ...request, only: ['bo'] } as Command), unable.live()]).toEqual([
      denied('capture/cannot-exclude'),
      undefined,
    ]);
    expect(unable.says('hana', request)).toMatchObject({ outcome: 'accepted' });
  });
});

test('[G1] a transcript that somebody asks for later is theirs', async () => {
  const { says, live } = await recorded();
  expect(says('cora', { do: 'requestTranscript' })).toEqual(done);
  expect([...(live()?.asked ?? [])]).toEqual([['transcription', { by: { participantId: 'cora' } }]]);
  expect(['hana', 'cora'].map((id) => live()?.rosters.get('transcription')?.consentOf(id))).toEqual([
    'requested',
    'given',
  ]);
});

describe('what everyone says of themselves', () => {
  test('[G4] is whether they share their screen, and whether their client can tell what they look at', () => {
    const { says, parts, told } = desk();
    says('hana', { do: 'enableAttentionTracking' });
    expect([says('hana', { do: 'reportSharing', active: true }), parts.attention.state.active]).toEqual([done, true]);
    expect([
      says('bo', { do: 'reportSharing', active: true }),
      says('hana', { do: 'reportSharing', active: false }),
    ]).toEqual([done, done]);
    expect(parts.attention.state.active).toBe(false);
    told.length = 0;
    const seat = parts.context.people.seat('bo');
    expect([says('bo', { do: 'reportFocus', able: true }), seat?.focus, told]).toEqual([done, true, ['bo']]);
    says('bo', { do: 'reportFocus', able: false });
    expect(seat?.focus).toBe(false);
  });

  test('[G4] does not turn attention tracking on or off, which a host does', () => {
    const { says, parts } = desk();
    expect(says('bo', { do: 'enableAttentionTracking' })).toEqual(denied('session/not-permitted'));
    expect([says('hana', { do: 'enableAttentionTracking' }), parts.attention.state]).toMatchObject([
      done,
      { enabled: true, by: { participantId: 'hana', name: 'Hana' } },
    ]);
    expect(says('bo', { do: 'disableAttentionTracking' })).toEqual(denied('session/not-permitted'));
    expect([says('cora', { do: 'disableAttentionTracking' }), parts.attention.state.enabled]).toEqual([done, false]);
  });
});

describe('a command for a part', () => {
  const erase: Command = { do: 'eraseRecording', recordingId: 'r' };
  const correct: Command = { do: 'correctSpeaker', recordingId: 'r', segmentId: 's', speaker: 'bo' };
  const exercise: Command = { do: 'exerciseRight', right: 'access' };
  const heard: Command = {
    do: 'feedSegment',
    segment: { speaker: 'bo', startMs: 0, endMs: 1, text: 'x', final: true },
  };

  /** The same desk with other parts beside it. */
  function besides(
    all: ReturnType<typeof desk>,
    { purposes, ledger, records }: { purposes?: object; ledger?: object; records?: object } = {},
  ) {
    const { context, recordings, policies, attention, transcripts } = all.parts;
    const lives = purposes ? ({ purposes: undefined, ...purposes } as never) : recordings;
    const own = new CommandDesk(context, lives, policies, attention, transcripts, ledger as never, records as never);
    let count = 0;
    const says = (who: string, command: Command, id?: string) => {
      count += 1;
      return own.take(context.people.seat(who) as Seat, id ?? `other ${count}`, command);
    };
    return { own, says };
  }

  test('[G9] of purposes that is not loaded is denied', () => {
    const { says } = besides(desk(), { purposes: {} });
    expect([
      says('hana', { do: 'requestPurpose', purpose: 'live-captions' }),
      says('hana', { do: 'endPurpose', purpose: 'live-captions' }),
    ]).toEqual([denied('authority/not-loaded'), denied('authority/not-loaded')]);
  });

  test('is done by it, for whoever says so', () => {
    const { says, parts } = desk();
    expect(says('hana', { do: 'requestPurpose', purpose: 'live-captions' })).toEqual(done);
    parts.recordings.purposes?.askNow();
    expect(says('cora', { do: 'endPurpose', purpose: 'live-captions' })).toEqual(done);
    expect(parts.recordings.states).toMatchObject([
      { by: { participantId: 'hana' }, lastBy: { participantId: 'cora' } },
    ]);
  });

  test('[G6] that cannot be proved afterwards is not done: no recording is begun while the ledger fails', () => {
    const ledger: { failure?: string } = { failure: 'ledger/store-failed' };
    const all = desk();
    const { says } = besides(all, { ledger });
    expect([says('hana', request), all.live()]).toEqual([denied('ledger/store-failed'), undefined]);
    delete ledger.failure;
    expect(says('hana', request)).toMatchObject({ outcome: 'accepted' });
  });

  test('[G12] of records is denied where there are none, but for what is written down here, which goes', async () => {
    const written: unknown[] = [];
    const all = await recorded();
    const recordingId = all.live()?.recordingId as string;
    all.parts.transcripts.settle();
    all.says('hana', { do: 'stopRecording' });
    await all.passes(10);
    all.parts.transcripts.settle();
    const { says } = besides(all, { ledger: { write: (fact: unknown) => void written.push(fact) } });
    expect([says('hana', erase), says('hana', correct), says('bo', exercise), written]).toEqual([
      denied('recording/unknown'),
      denied('records/unavailable'),
      denied('records/unavailable'),
      [],
    ]);
    const own: Command = { do: 'eraseRecording', recordingId };
    expect([says('hana', own), written]).toEqual([
      done,
      [{ fact: 'erased', recordingId, kept: ['transcript'], because: 'host' }],
    ]);
    expect(besides(all).says('hana', own)).toEqual(done);
  });

  test('[G12] of records is theirs, and remembered but for what a right comes to, and for what is under way', () => {
    const asked: unknown[] = [];
    const later = Promise.resolve(done);
    const outcomes: unknown[] = [done, done, denied('rights/no-such-right'), later, undefined, done];
    const records = {
      take: ({ endpoint }: Seat, id: string, command: Command) => {
        asked.push([endpoint, id, command.do]);
        return outcomes.shift();
      },
    };
    const { own, says } = besides(desk(), { records });
    const of = (who: string, command: Command, id: string) => says(who, command, id);
    expect([
      of('hana', erase, 'a'),
      of('hana', erase, 'a'),
      of('hana', correct, 'b'),
      of('bo', exercise, 'c'),
      of('hana', erase, 'd'),
      of('hana', erase, 'e'),
      of('hana', erase, 'e'),
    ]).toEqual([done, done, done, denied('rights/no-such-right'), later, undefined, done]);
    expect(asked).toEqual([
      ['hana', 'a', 'eraseRecording'],
      ['hana', 'b', 'correctSpeaker'],
      ['bo', 'c', 'exerciseRight'],
      ['hana', 'd', 'eraseRecording'],
      ['hana', 'e', 'eraseRecording'],
      ['hana', 'e', 'eraseRecording'],
    ]);
    expect(own.outcomes.map(([key]) => key)).toEqual(['hana a', 'hana b', 'hana e']);
  });

  test('[G5] of transcripts is theirs, and not remembered', () => {
    const { own, says } = besides(desk());
    expect([says('hana', heard, 'a'), says('bo', heard, 'b'), own.outcomes.map(([key]) => key)]).toEqual([
      denied('transcript/not-running'),
      denied('session/not-permitted'),
      [],
    ]);
  });
});
