import { describe, expect, test } from 'vitest';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import type { HandedOver } from '../../src/authority/hand-over.types.ts';
import { captureUnsupported } from '../../src/core/errors.ts';
import type { PolicyInput } from '../../src/policy/policy.types.ts';
import { decides } from './deciding.ts';

type Rules = PolicyInput['recording'];

/** A meeting of hana, who decides, and bo, whose clients carry out what they are told. */
function meeting(recording: Rules = {}, more: Parameters<typeof decides>[0] = {}) {
  const all = decides({ policy: { extends: 'gdpr', recording }, ...more });
  const here: string[] = [];
  const joins: typeof all.joins = (id, coming) => {
    all.joins(id, coming);
    if (coming?.hello !== false) here.push(id);
  };
  joins('hana', { role: 'host' });
  joins('bo');
  return {
    ...all,
    joins,
    /** Whoever is there says so, for a time. */
    goesOn: (ms: number) => all.goesOn(ms, ...here),
    status: () => all.recording()?.status,
    ended: () => all.recording()?.ended,
    calls: () => all.recorder.told().map((call) => call.replace(/ [0-9a-f]{16}/, '')),
    host: (does: 'pauseRecording' | 'resumeRecording' | 'stopRecording') => all.commands('hana', { do: does }),
    captured: (id: string) => all.personal(id)?.captured[0]?.captured,
  };
}

/** The same, recorded, with bo in it. */
async function recorded(recording: Rules = {}, more: Parameters<typeof decides>[0] = {}) {
  const all = meeting(recording, more);
  all.requests();
  await all.passes();
  all.carriesOut('bo');
  await all.passes();
  all.answers('bo', 'given');
  all.carriesOut('bo');
  await all.passes();
  all.calls();
  return all;
}

/** A recorder that cannot leave anybody out, and what a policy must be for it. */
const together = { can: { exclude: false } };
const held: Rules = { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold', onCannotBeAsked: 'announce' };

describe('a start', () => {
  test('[G1] captures nobody before it has committed, and then whoever has agreed; a bot never', async () => {
    const { recorder, requests, status, captured, passes, calls, joins } = meeting();
    joins('rec', { channel: 'bot' });
    recorder.keeps('start');
    calls();
    requests();
    await passes();
    expect([status(), captured('hana'), calls()]).toEqual(['on', false, ['start cloud 7 10000']]);
    recorder.does('start');
    await passes();
    expect([status(), captured('hana'), calls()]).toEqual(['on', true, ['include hana']]);
  });

  test('[G1] commits against the roster of that instant: with nobody left to capture it stops', async () => {
    const { recorder, requests, answers, passes, calls, status, ended } = meeting();
    recorder.keeps('start');
    requests();
    await passes();
    answers('hana', 'withdrawn');
    calls();
    recorder.does('start');
    await passes();
    expect([calls(), status(), ended()?.outcome]).toEqual([['stop'], 'off', 'nobody-to-capture']);
  });

  test('[G1] with somebody on air who is neither clear nor held does not commit', async () => {
    const { recorder, requests, passes, status, ended, joins, answers } = meeting(held, together);
    recorder.keeps('start');
    requests();
    answers('bo', 'given');
    await passes();
    joins('cy');
    recorder.does('start');
    await passes();
    expect([status(), ended()?.outcome]).toEqual(['off', 'cancelled']);
  });

  test('[G9] that fails is over, with the recorder’s code', async () => {
    const { recorder, requests, passes, recording, status } = meeting();
    recorder.fails('start', captureUnsupported('x'));
    requests();
    await passes();
    expect([status(), recording()?.ended]).toEqual([
      'off',
      { outcome: 'failed', code: 'capture/unsupported', retryable: false },
    ]);
  });

  test('[G1] in which everyone has refused ends', async () => {
    const { requests, answers, passes, ended } = meeting({ start: 'when-everyone-answered' });
    requests();
    answers('hana', 'refused');
    answers('bo', 'refused');
    await passes();
    expect(ended()).toMatchObject({ outcome: 'refused' });
  });

  test('[G10] shows whoever was not asked that it runs: who asked for it, and rooms', async () => {
    const { requests, joins, passes, personal } = meeting();
    joins('room', { channel: 'room-system' });
    requests();
    await passes();
    const kinds = (id: string) => personal(id)?.notices.map(({ kind }) => kind);
    expect(['hana', 'room', 'bo'].map(kinds)).toEqual([['banner'], ['banner'], ['prompt']]);
  });
});

describe('a start that waits for holds', () => {
  const holding: Rules = { untilAnswered: 'hold' };

  test('[G1] is told to the recorder when each hold is confirmed', async () => {
    const { requests, carriesOut, calls, status, passes, joins } = meeting(holding);
    joins('cy');
    calls();
    requests();
    await passes();
    expect(status()).toBe('asking');
    carriesOut('bo');
    expect(calls()).toEqual([]);
    carriesOut('cy');
    await passes();
    expect(calls()).toEqual(['start cloud 7 10000', 'include hana']);
  });

  test('[G1] waits for no device that cannot be held where people can be left out', async () => {
    const { requests, joins, carriesOut, calls, passes } = meeting(holding);
    joins('cy', { hello: { devices: false } });
    calls();
    requests();
    carriesOut('bo');
    await passes();
    expect(calls()[0]).toBe('start cloud 7 10000');
  });

  test('[G1] waits for every device where people cannot be left out', async () => {
    const { requests, joins, carriesOut, calls, passes, status } = meeting(held, together);
    joins('cy', { hello: { devices: false } });
    calls();
    requests();
    carriesOut('bo');
    await passes(2900);
    expect([calls(), status()]).toEqual([[], 'asking']);
  });

  test('[G1] [G9] is over where it cannot leave them out, and begins without them where it can', async () => {
    for (const [more, outcome, status] of [
      [together, 'failed', 'off'],
      [{}, undefined, 'on'],
    ] as const) {
      const all = meeting(held, more);
      all.requests();
      await all.goesOn(3100);
      expect([all.status(), all.ended()?.outcome, all.ended()?.code]).toEqual([
        status,
        outcome,
        outcome && 'hold/not-confirmed',
      ]);
    }
  });

  test('[G13] gives people a time of grace once they are held, from when it might have begun', async () => {
    for (const [rules, more] of [
      [holding, {}],
      [held, together],
    ] as const) {
      for (const graceMs of [1000, 5000]) {
        const { requests, carriesOut, calls, goesOn, ended } = meeting({ ...rules, graceMs }, more);
        await goesOn(20_000);
        calls();
        requests();
        carriesOut('bo');
        await goesOn(graceMs - 100);
        expect(calls()).toEqual([]);
        await goesOn(200);
        expect([calls()[0], ended()]).toEqual(['start cloud 7 10000', undefined]);
      }
    }
  });

  test('[G13] goes on without a time of grace for whom nobody has to be held any more', async () => {
    const { requests, answers, calls, passes } = meeting({ ...holding, graceMs: 5000 });
    calls();
    requests();
    await passes(1000);
    answers('bo', 'given');
    await passes();
    expect(calls()[0]).toBe('start cloud 7 10000');
  });

  test('[G13] waits no longer for a hold than the grace, where that is longer than 3 s', async () => {
    const { requests, calls, goesOn } = meeting({ ...holding, graceMs: 5000 });
    calls();
    requests();
    await goesOn(4900);
    expect(calls()).toEqual([]);
    await goesOn(300);
    expect(calls()[0]).toBe('start cloud 7 10000');
  });

  test('[G13] gives none where nobody is held', async () => {
    const { requests, answers, calls, passes } = meeting({
      start: 'when-everyone-answered',
      untilAnswered: 'hold',
      graceMs: 5000,
    });
    calls();
    requests();
    answers('bo', 'given');
    await passes();
    expect(calls()[0]).toBe('start cloud 7 10000');
  });

  test('[G1] takes whoever has agreed meanwhile along, and waits for the holds of the others', async () => {
    const { requests, joins, carriesOut, answers, calls, passes } = meeting(holding);
    joins('cy');
    calls();
    requests();
    answers('bo', 'given');
    await passes();
    expect(calls()).toEqual([]);
    carriesOut('cy');
    await passes();
    expect(calls()).toEqual(['start cloud 7 10000', 'include hana bo']);
  });

  test('[G1] waits for nobody where people are left out', async () => {
    const { requests, calls, passes } = meeting({ graceMs: 5000 });
    calls();
    requests();
    await passes();
    expect(calls()[0]).toBe('start cloud 7 10000');
  });

  test('[G1] waits for who cannot be asked and is not announced to, where they cannot be left out', async () => {
    const { requests, joins, answers, calls, passes, status } = meeting(held, together);
    joins('room', { channel: 'room-system' });
    calls();
    requests();
    answers('bo', 'given');
    await passes();
    expect([calls(), status()]).toEqual([[], 'asking']);
  });

  test('[G9] is stopped while it waits', async () => {
    const { requests, host, passes, ended, calls } = meeting(holding);
    requests();
    await passes();
    calls();
    host('stopRecording');
    await passes(5000);
    expect([ended()?.outcome, calls()]).toEqual(['cancelled', []]);
  });
});

describe('a pause', () => {
  test('[G1] is told to the recorder, then a resume, and the state names whose act it was', async () => {
    const { host, passes, calls, status, recording } = await recorded();
    host('pauseRecording');
    await passes();
    expect([calls(), status(), recording()?.lastBy]).toEqual([['pause'], 'paused', { participantId: 'hana' }]);
    host('resumeRecording');
    await passes();
    expect([calls(), status()]).toEqual([['resume'], 'on']);
  });

  test('[G1] by the policy lasts while somebody is late, and not by one that leaves them out', async () => {
    for (const [onLateJoin, paused] of [
      ['pause', ['pause']],
      ['exclude', []],
    ] as const) {
      const { joins, calls, passes, answers, status } = await recorded({ onLateJoin });
      joins('cy');
      await passes();
      expect(calls()).toEqual(paused);
      answers('cy', 'refused');
      await passes();
      expect([calls(), status()]).toEqual([paused.map(() => 'resume'), 'on']);
    }
  });

  test('[G1] by the policy lasts while somebody is there who cannot be asked', async () => {
    for (const [onCannotBeAsked, paused] of [
      ['block', ['pause']],
      ['exclude', []],
    ] as const) {
      const { joins, calls, passes, leaves } = await recorded({ onCannotBeAsked });
      joins('dee', { sdk: false, hello: false });
      await passes();
      expect(calls()).toEqual(paused);
      leaves('dee');
      await passes();
      expect(calls()).toEqual(paused.map(() => 'resume'));
    }
  });

  test('[G9] that is taken back before the recorder has paused is gone on from as soon as it has', async () => {
    const { recorder, host, passes, calls, status } = await recorded();
    recorder.keeps('pause');
    host('pauseRecording');
    await passes();
    host('resumeRecording');
    await passes();
    expect(calls()).toEqual(['pause']);
    recorder.does('pause');
    await passes();
    expect([calls(), status()]).toEqual([['resume'], 'on']);
  });

  test('[G9] of a host lasts until a host resumes it, whoever comes and goes', async () => {
    const { host, joins, passes, answers, calls } = await recorded({ onLateJoin: 'pause' });
    host('pauseRecording');
    await passes();
    joins('cy');
    answers('cy', 'refused');
    await passes();
    expect(calls()).toEqual(['pause']);
  });

  test('[G9] whose resume has failed lasts until a host resumes it again', async () => {
    const { recorder, host, passes, calls, status } = await recorded();
    host('pauseRecording');
    await passes();
    recorder.fails('resume');
    host('resumeRecording');
    await passes();
    expect([calls(), status()]).toEqual([['pause', 'resume'], 'paused']);
    recorder.works('resume');
    await passes(5000);
    expect(calls()).toEqual([]);
    host('resumeRecording');
    await passes();
    expect([calls(), status()]).toEqual([['resume'], 'on']);
  });

  test('[G9] whose resume comes to nothing in time is told again, and lasts', async () => {
    const { recorder, host, goesOn, calls, status } = await recorded();
    host('pauseRecording');
    await goesOn(100);
    recorder.keeps('resume');
    host('resumeRecording');
    await goesOn(10_100);
    await goesOn(5000);
    expect([calls(), status()]).toEqual([['pause', 'resume', 'pause'], 'paused']);
  });

  test('[G1] is gone on from only when the recorder has let go of who must not be in it', async () => {
    const { recorder, host, passes, answers, calls, status } = await recorded();
    host('pauseRecording');
    await passes();
    recorder.keeps('exclude');
    answers('bo', 'withdrawn');
    host('resumeRecording');
    await passes();
    expect([calls(), status()]).toEqual([['pause', 'exclude bo'], 'paused']);
    recorder.does('exclude');
    await passes();
    expect([calls(), status()]).toEqual([['resume'], 'on']);
  });
});

describe('somebody who cannot be left out for now', () => {
  test('[G1] pauses it, by the platform, and stops it where it cannot pause', async () => {
    for (const [pause, said] of [
      [true, { status: 'paused' }],
      [
        false,
        { status: 'off', ended: { outcome: 'failed', code: 'capture/unsupported', retryable: false, confirmed: true } },
      ],
    ] as const) {
      const { recorder, answers, passes, recording } = await recorded({}, { can: { pause } });
      recorder.fails('exclude', captureUnsupported('x'));
      answers('bo', 'withdrawn');
      await passes();
      expect(recording()).toMatchObject({ ...said, lastBy: 'platform' });
    }
  });

  test('[G13] is held where the pause is late too, and no longer once it is there', async () => {
    const { recorder, answers, goesOn, personal } = await recorded();
    recorder.fails('exclude');
    recorder.keeps('pause');
    answers('bo', 'withdrawn');
    await goesOn(900);
    expect(personal('bo')?.hold).toBeNull();
    await goesOn(200);
    expect(personal('bo')?.hold?.because).toBe('refused');
    recorder.does('pause');
    await goesOn(100);
    expect(personal('bo')?.hold).toBeNull();
  });
});

describe('a recorder that cannot leave anybody out', () => {
  test('[G1] has everyone who is in and not held, and nobody while it is paused', async () => {
    const { captured, joins, carriesOut, passes, host, calls, status, answers } = await recorded(held, together);
    expect([captured('hana'), captured('bo'), status()]).toEqual([true, true, 'on']);
    joins('rec', { channel: 'bot' });
    expect(status()).toBe('on');
    joins('cy');
    await passes();
    expect(calls()).toEqual(['pause']);
    carriesOut('cy');
    await passes();
    expect([calls(), captured('cy'), captured('bo')]).toEqual([['resume'], false, true]);
    answers('cy', 'given');
    carriesOut('cy');
    await passes();
    expect(captured('cy')).toBe(true);
    host('pauseRecording');
    await passes();
    expect(captured('bo')).toBe(false);
  });

  test('[G1] goes on for whoever waits outside, and does not have them', async () => {
    const { joins, passes, captured, calls, personal } = await recorded({ ...held, onLateJoin: 'lobby' }, together);
    joins('cy');
    await passes();
    expect([personal('cy')?.admission.admission, captured('cy'), calls()]).toEqual(['waiting', false, []]);
  });

  test('[G1] is stopped for whoever is not held, where it cannot pause', async () => {
    const { joins, passes, ended, status, recording } = await recorded(held, { can: { exclude: false, pause: false } });
    joins('cy');
    await passes();
    expect([status(), ended()]).toMatchObject(['off', { outcome: 'failed', code: 'hold/not-confirmed' }]);
    expect(recording()?.lastBy).toBe('platform');
  });
});

describe('an end', () => {
  test('[G9] comes when nobody is left whom it could ever capture, and not before', async () => {
    for (const left of ['late', 'cannot-be-asked', 'nobody'] as const) {
      const { answers, passes, status, ended, joins, recording } = await recorded();
      if (left === 'late') joins('cy');
      if (left === 'cannot-be-asked') joins('dee', { sdk: false, hello: false });
      for (const id of ['hana', 'bo']) answers(id, 'withdrawn');
      await passes();
      expect([left, status(), ended()?.outcome]).toEqual([
        left,
        left === 'nobody' ? 'off' : 'on',
        left === 'nobody' ? 'nobody-to-capture' : undefined,
      ]);
      expect(recording()?.lastBy).toBe(left === 'nobody' ? 'platform' : undefined);
    }
  });

  test.each([
    [{ fact: 'ended', code: 'disk/full' }, 'disk/full'],
    [{ fact: 'stopped' }, 'capture/stopped'],
  ] as const)('[G2] by the recorder’s own word is one: %j', async (fact, code) => {
    const { recorder, recording, passes, status } = await recorded();
    recorder.says({ ...fact, recordingId: 'other' } as never);
    await passes();
    expect(status()).toBe('on');
    recorder.says({ ...fact, recordingId: recording()?.recordingId ?? '' } as never);
    await passes();
    expect([status(), recording()?.ended]).toMatchObject(['off', { outcome: 'failed', code, confirmed: true }]);
  });

  test('[G2] is not confirmed by anybody but the recorder', async () => {
    const { recorder, host, goesOn, recording } = await recorded({}, { can: { lease: true } });
    recorder.fails('stop');
    host('stopRecording');
    await goesOn(100);
    expect(recording()).toMatchObject({ status: 'on' });
    await goesOn(11_000);
    expect(recording()?.ended).toEqual({ outcome: 'stopped' });
  });

  test('[G9] leaves nothing of it behind: what its recorder says later is not heard, and another may begin', async () => {
    const { recorder, host, passes, requests, recording, calls, errors, goesOn } = await recorded();
    recorder.keeps('include');
    const first = recording()?.recordingId;
    host('stopRecording');
    await passes();
    expect(calls()).toEqual(['stop']);
    expect(requests()?.outcome).toBe('accepted');
    await passes();
    recorder.says({ fact: 'ended', recordingId: first ?? '', code: 'x' });
    await goesOn(1000);
    expect([recording()?.status, recording()?.recordingId === first, errors]).toEqual(['on', false, []]);
  });

  test('[G2] of a lease that was lost says so', async () => {
    const { recorder, goesOn, recording } = await recorded({}, { can: { lease: true } });
    recorder.fails('renew');
    await goesOn(8000);
    expect(recording()).toMatchObject({
      status: 'off',
      ended: { outcome: 'failed', code: 'capture/lease-lost' },
      lastBy: 'platform',
    });
  });
});

describe('a hand-over', () => {
  const from = { number: 6, id: 'cora', incarnation: 'y' };
  const take = (text: string | undefined, more: Parameters<typeof decides>[0] = {}) =>
    decides({
      before: { how: 'hand-over', state: parseHandedOver(text ?? '') as HandedOver, from },
      epoch: { number: 8, id: 'cora', incarnation: 'z' },
      ...more,
    });

  test('[G2] carries on what runs, with whom the recorder has, and tells the recorder nothing it knows', async () => {
    const { authority, passes } = await recorded();
    const next = take(authority.exportState(undefined));
    await passes();
    next.joins('cora', { role: 'host' });
    next.joins('bo');
    next.does(() => next.authority.gathered());
    await next.passes();
    expect(next.recording()?.status).toBe('on');
    expect(next.recorder.told().map((call) => call.replace(/ [0-9a-f]{16}/, ''))).toEqual([
      'fence 8',
      'fence 8',
      // Whoever has not come again is left out.
      'exclude hana',
    ]);
    expect(next.personal('bo')?.captured[0]?.captured).toBe(true);
  });

  test('[G1] [G9] leaves out who left meanwhile, so that a pause can be gone on from', async () => {
    const { authority } = await recorded();
    const next = take(authority.exportState(undefined));
    next.joins('hana', { role: 'host' });
    next.does(() => next.authority.gathered());
    await next.passes();
    expect(next.recorder.told().filter((call) => call.startsWith('exclude')).length).toBe(1);
    next.commands('hana', { do: 'pauseRecording' });
    await next.passes();
    next.commands('hana', { do: 'resumeRecording' });
    await next.passes();
    expect(next.recording()?.status).toBe('on');
  });

  test('[G1] decides nothing before everyone who is there has been named', async () => {
    const { authority } = await recorded();
    const next = take(authority.exportState(undefined));
    next.joins('cora', { role: 'host' });
    await next.passes();
    expect(next.recorder.told().filter((call) => !call.startsWith('fence'))).toEqual([]);
  });

  test('[G8] of a request that is still asked goes on asking', async () => {
    const all = meeting({ start: 'when-everyone-answered' });
    all.requests();
    const next = take(all.authority.exportState(undefined));
    next.joins('hana', { role: 'host' });
    next.joins('bo');
    next.does(() => next.authority.gathered());
    expect([next.recording()?.status, next.recorder.told().filter((call) => call.startsWith('include'))]).toEqual([
      'asking',
      [],
    ]);
    next.answers('bo', 'given');
    await next.passes();
    expect(next.recording()?.status).toBe('on');
    expect(next.recorder.told().some((call) => call.startsWith('include') && call.endsWith('hana bo'))).toBe(true);
  });

  test('[G8] waits while the recorder has a call to answer', async () => {
    const { recorder, requests, authority, passes, host } = meeting();
    recorder.keeps('start', 'pause', 'resume', 'stop');
    const moves = () => authority.exportState(undefined) !== undefined;
    requests();
    await passes();
    const seen = [moves()];
    recorder.does('start');
    await passes();
    seen.push(moves());
    host('pauseRecording');
    seen.push(moves());
    recorder.does('pause');
    await passes();
    seen.push(moves());
    host('resumeRecording');
    seen.push(moves());
    recorder.does('resume');
    await passes();
    host('stopRecording');
    seen.push(moves());
    recorder.does('stop');
    await passes();
    seen.push(moves());
    expect(seen).toEqual([false, true, false, true, false, false, true]);
  });
});

test('[G8] who inspects an authority sees its recording move', async () => {
  const events: unknown[] = [];
  const { requests, passes } = meeting({}, { inspect: (event) => void events.push(event) });
  requests();
  await passes();
  expect(events.length).toBeGreaterThan(0);
});
