import { describe, expect, test } from 'vitest';
import type { PolicyInput } from '../../src/policy/policy.types.ts';
import type { SeenCapture } from '../../src/transport/transport.types.ts';
import { decides } from './deciding.ts';

type Rules = PolicyInput['recording'];

/** A meeting of hana, who decides, and bo, whose clients say all the while that they are there. */
function meeting(recording: Rules = {}, more: Parameters<typeof decides>[0] = {}) {
  const all = decides({ policy: { extends: 'all-party', recording }, ...more });
  const here: string[] = [];
  const joins: typeof all.joins = (id, coming) => {
    all.joins(id, coming);
    if (coming?.hello !== false) here.push(coming?.endpoint ?? id);
  };
  joins('hana', { role: 'host' });
  joins('bo');
  const consent = (id: string, purpose = 'recording') =>
    all.personal(id)?.consents.find((each) => each.purpose === purpose)?.consent;
  return {
    ...all,
    joins,
    consent,
    leaves(id: string) {
      here.splice(here.indexOf(id), 1);
      all.leaves(id);
    },
    /** Lets time go by. */
    goesOn: (ms: number) => all.goesOn(ms, ...here),
    status: () => all.recording()?.status,
    ended: () => all.recording()?.ended,
    prompts: (id: string) => all.personal(id)?.notices.map(({ kind, purposes }) => `${kind} ${purposes.join(' ')}`),
    calls: () => all.recorder.told().map((call) => call.replace(/ [0-9a-f]{16}/, '')),
  };
}
const platformRecords = (first: Partial<SeenCapture> = {}, ...more: readonly Partial<SeenCapture>[]) =>
  ({ t: 'seen', captures: [first, ...more].map((each) => ({ platformId: 'p', active: true, ...each })) }) as const;

describe('a request', () => {
  test('[G1] asks everyone who is here but bots, and starts when all have answered', async () => {
    const { joins, requests, consent, prompts, answers, status, goesOn } = meeting();
    joins('cy');
    joins('rec', { channel: 'bot' });
    requests();
    expect(['hana', 'bo', 'cy', 'rec'].map((id) => consent(id))).toEqual([
      'given',
      'requested',
      'requested',
      undefined,
    ]);
    expect([prompts('bo'), prompts('rec'), status()]).toEqual([['prompt recording'], [], 'asking']);
    answers('bo', 'given');
    expect(status()).toBe('asking');
    answers('cy', 'refused');
    await goesOn(100);
    expect(status()).toBe('on');
  });

  test('[G9] is over when whoever made it leaves before it runs, and lives on when anybody else does', async () => {
    const { joins, requests, leaves, status, ended, goesOn } = meeting();
    joins('cora', { role: 'co-host' });
    joins('cy');
    requests();
    leaves('cy');
    expect(status()).toBe('asking');
    leaves('hana');
    await goesOn(100);
    expect([status(), ended()]).toEqual(['off', { outcome: 'cancelled' }]);
  });

  test('[G9] is not over while another device of whoever made it is here, nor because they fell silent', async () => {
    const { joins, requests, leaves, status, authority, does, goesOn } = meeting();
    joins('hana', { role: 'host', endpoint: 'hana-2' });
    requests();
    leaves('hana-2');
    await goesOn(100);
    does(() => authority.suspend('hana'));
    expect(status()).toBe('asking');
  });

  test('[G1] that runs goes on when whoever made it leaves', async () => {
    const { joins, requests, leaves, answers, status, goesOn } = meeting();
    joins('cora', { role: 'co-host' });
    requests();
    for (const id of ['bo', 'cora']) answers(id, 'given');
    await goesOn(100);
    leaves('hana');
    await goesOn(100);
    expect(status()).toBe('on');
  });

  test('[G9] goes on without who let their time run out, which they had from its beginning', async () => {
    const { requests, consent, status, goesOn, personal } = meeting();
    requests();
    await goesOn(59_000);
    expect([consent('bo'), status()]).toEqual(['requested', 'asking']);
    await goesOn(2000);
    expect([consent('bo'), status()]).toEqual(['expired', 'on']);
    // They are told that it runs all the same.
    expect(personal('bo')?.closed).toMatchObject([{ because: 'expired' }]);
  });

  test('[G9] gives who joins meanwhile a time of their own, as a late joiner, when its own is up', async () => {
    const { joins, requests, status, consent, goesOn, personal } = meeting();
    requests();
    await goesOn(50_000);
    joins('cy');
    expect(personal('cy')?.notices[0]?.answerInMs).toBeUndefined();
    await goesOn(11_000);
    expect([status(), consent('bo'), consent('cy')]).toEqual(['on', 'expired', 'requested']);
    expect(personal('cy')?.captured[0]?.because).toBe('late');
    await goesOn(58_000);
    expect(consent('cy')).toBe('requested');
    await goesOn(2000);
    expect(consent('cy')).toBe('expired');
  });

  test('[G9] of one that does not wait, everyone has their own time from when they were asked', async () => {
    const { joins, requests, consent, goesOn } = meeting({ start: 'at-once', timeoutMs: 20_000 });
    requests();
    await goesOn(10_000);
    joins('cy');
    await goesOn(11_000);
    expect([consent('bo'), consent('cy')]).toEqual(['expired', 'requested']);
    await goesOn(10_000);
    expect(consent('cy')).toBe('expired');
  });

  test('[G9] of one that does not wait and may not begin, who joins has their own time too', async () => {
    const { joins, requests, personal, goesOn } = meeting({
      start: 'at-once',
      timeoutMs: 20_000,
      onCannotBeAsked: 'block',
    });
    joins('dee', { sdk: false, hello: false });
    requests();
    await goesOn(10_000);
    joins('cy');
    expect(personal('cy')?.notices[0]?.answerInMs).toBe(20_000);
  });

  test('[G9] gives who was here and comes again no more time than there is', async () => {
    const { joins, leaves, requests, consent, goesOn } = meeting();
    joins('cy');
    requests();
    await goesOn(30_000);
    leaves('bo');
    joins('bo');
    await goesOn(31_000);
    expect(consent('bo')).toBe('expired');
  });

  test('[G9] that is on somebody’s screen runs out all the same', async () => {
    const { requests, isShown, consent, goesOn } = meeting({ start: 'at-once' });
    requests();
    isShown('bo');
    expect(consent('bo')).toBe('shown');
    await goesOn(61_000);
    expect(consent('bo')).toBe('expired');
  });

  test('[G10] shows who let it run out that it runs, if it did then', async () => {
    for (const [start, banner] of [
      ['at-once', ['banner recording']],
      ['when-everyone-answered', []],
    ] as const) {
      const { requests, prompts, goesOn } = meeting({ start });
      requests();
      await goesOn(61_000);
      expect(prompts('bo')).toEqual(banner);
    }
  });

  test('[G9] of whoever has left, no time runs out', async () => {
    const { joins, requests, leaves, consent, goesOn } = meeting({ start: 'at-once', timeoutMs: 20_000 });
    requests();
    leaves('bo');
    await goesOn(19_000);
    joins('bo');
    await goesOn(2000);
    expect(consent('bo')).toBe('requested');
    await goesOn(19_000);
    expect(consent('bo')).toBe('expired');
  });

  test('[G9] that something forbids is given up when everyone had their time, and says so', async () => {
    for (const [timeoutMs, start] of [
      [20_000, 'when-everyone-answered'],
      [null, 'at-once'],
    ] as const) {
      const rules = { onCannotBeAsked: 'block', timeoutMs, start } as const;
      const { joins, requests, status, ended, goesOn, answers, recording } = meeting(rules);
      joins('dee', { sdk: false, hello: false });
      requests();
      answers('bo', 'given');
      await goesOn((timeoutMs ?? 60_000) - 1000);
      expect(status()).toBe('asking');
      await goesOn(2000);
      expect([status(), ended(), recording()?.lastBy]).toEqual([
        'off',
        { outcome: 'failed', code: 'recording/blocked', retryable: false },
        'platform',
      ]);
    }
  });

  test('[G9] in which nobody has agreed ends with the last who has time to', async () => {
    const all = decides({ policy: 'all-party' });
    all.joins('hana', { role: 'host', channel: 'room-system' });
    all.joins('bo');
    all.requests();
    await all.goesOn(40_000, 'hana', 'bo');
    all.joins('cy');
    await all.goesOn(21_000, 'hana', 'bo', 'cy');
    // cy has until a minute after the first was up.
    expect(all.recording()?.status).toBe('asking');
    await all.goesOn(58_000, 'hana', 'bo', 'cy');
    expect(all.recording()?.status).toBe('asking');
    await all.goesOn(2000, 'hana', 'bo', 'cy');
    expect([all.recording()?.status, all.recording()?.ended]).toEqual(['off', { outcome: 'expired' }]);
  });

  test('[G9] in which nobody can agree and nobody’s time runs out ends after a minute', async () => {
    const rules = { start: 'at-once', onTimeout: 'remind', timeoutMs: null, remindEveryMs: 5000 } as const;
    const { joins, leaves, commands, goesOn, status, recording } = meeting(rules);
    leaves('hana');
    joins('room', { role: 'host', channel: 'room-system' });
    commands('room', { do: 'requestRecording', storage: 'cloud' });
    await goesOn(59_000);
    expect(status()).toBe('asking');
    await goesOn(2000);
    expect(recording()).toMatchObject({ status: 'off', ended: { outcome: 'expired' }, lastBy: 'platform' });
  });

  test('[G9] reminds who has not answered, where the policy reminds, and expires nobody', async () => {
    const { requests, answers, joins, goesOn, personal, consent } = meeting({
      start: 'at-once',
      onTimeout: 'remind',
      timeoutMs: null,
      remindEveryMs: 5000,
    });
    joins('cy');
    requests();
    answers('cy', 'refused');
    await goesOn(4900);
    const reminded = (id: string) => personal(id)?.notices[0]?.reminded;
    expect(reminded('bo')).toBe(0);
    await goesOn(6000);
    expect([reminded('bo'), reminded('cy')]).toEqual([2, 0]);
    await goesOn(40_000);
    expect(consent('bo')).toBe('requested');
  });

  test('[G9] that has ended reminds and expires nobody', async () => {
    const { requests, commands, goesOn, consent, statuses, told } = meeting();
    requests();
    commands('hana', { do: 'stopRecording' });
    await goesOn(1000);
    told();
    await goesOn(100_000);
    expect([consent('bo'), statuses()]).toEqual([undefined, ['off']]);
    expect(told().filter(({ message }) => message.t === 'meeting' || message.t === 'roster')).toEqual([]);
  });
});

describe('a refusal under veto', () => {
  test('[G1] ends the request, and names whose it was', async () => {
    const { requests, answers, recording, goesOn } = meeting({ onRefusal: 'veto' });
    requests();
    answers('bo', 'refused');
    await goesOn(100);
    expect(recording()).toMatchObject({
      status: 'off',
      ended: { outcome: 'vetoed' },
      lastBy: { participantId: 'bo' },
    });
  });

  test.each([
    ['asked', {}, 'expired'],
    ['running', { start: 'at-once' }, 'vetoed'],
  ] as const)('[G9] by a time that ran out ends what is %s', async (_, more, outcome) => {
    const { requests, recording, goesOn } = meeting({ onRefusal: 'veto', ...more });
    requests();
    await goesOn(61_000);
    expect(recording()).toMatchObject({ status: 'off', ended: { outcome }, lastBy: { participantId: 'bo' } });
  });

  test('[G5] of the transcript alone ends that alone', async () => {
    const { requests, answers, recording, goesOn, joins } = meeting(
      {},
      { policy: { extends: 'gdpr', transcription: { onRefusal: 'veto' } } },
    );
    joins('cy');
    requests({ transcript: true });
    answers('cy', 'given');
    answers('bo', 'refused', { purposes: ['transcription'] });
    await goesOn(100);
    expect(recording()).toMatchObject({ status: 'on', purposes: ['recording'] });
  });

  test('[G1] is none where the policy does something else', async () => {
    const { requests, answers, status, goesOn } = meeting();
    requests();
    answers('bo', 'refused');
    await goesOn(100);
    expect(status()).toBe('on');
  });
});

describe('who is late', () => {
  /** A recording that runs with hana and bo in it. */
  async function running(recording: Rules = {}) {
    const all = meeting(recording);
    all.requests();
    all.answers('bo', 'given');
    await all.goesOn(100);
    all.recorder.told();
    return all;
  }

  test('[G1] is asked, is left out until they agree, and has their time from then', async () => {
    const { joins, consent, answers, calls, goesOn, personal } = await running();
    joins('cy');
    expect([consent('cy'), personal('cy')?.notices[0]?.answerInMs]).toEqual(['requested', 60_000]);
    await goesOn(2000);
    expect(calls()).toEqual([]);
    answers('cy', 'given');
    expect(calls()).toEqual(['include cy']);
    await goesOn(100_000);
    expect(consent('cy')).toBe('given');
  });

  test('[G1] is left out as soon as they leave or fall silent, and taken again when they are heard', async () => {
    const { joins, leaves, calls, goesOn, answers, authority, does, says } = await running();
    does(() => authority.suspend('bo'));
    expect(calls()).toEqual(['exclude bo']);
    await goesOn(100);
    calls();
    says('bo', { t: 'alive', epoch: authority.epoch, seq: 0 });
    await goesOn(100);
    joins('cy');
    answers('cy', 'given');
    await goesOn(100);
    calls();
    leaves('cy');
    expect(calls()).toEqual(['exclude cy']);
  });

  test('[G1] waits outside where the policy says so, and is let in when it has ended', async () => {
    const { joins, personal, commands, goesOn } = await running({ onLateJoin: 'lobby' });
    joins('cy');
    expect(personal('cy')?.admission.admission).toBe('waiting');
    commands('hana', { do: 'stopRecording' });
    await goesOn(100);
    expect(personal('cy')?.admission.admission).toBe('admitted');
  });

  test('[G1] and was let in is not put outside again by a second device', async () => {
    const { joins, personal, commands } = await running({ onLateJoin: 'lobby' });
    joins('cy');
    commands('hana', { do: 'admit', participantIds: ['cy'] });
    joins('cy', { endpoint: 'cy-2' });
    expect(personal('cy')?.admission.admission).toBe('admitted');
  });

  test('[G1] is kept outside by nobody’s silence: who was here when it was asked for stays in', async () => {
    const { says, personal, does, authority, requests, passes } = meeting({ start: 'at-once', onLateJoin: 'lobby' });
    requests();
    await passes();
    does(() => authority.suspend('bo'));
    says('bo', { t: 'alive', epoch: authority.epoch, seq: 0 });
    expect([personal('bo')?.captured[0]?.because, personal('bo')?.admission.admission]).toEqual(['late', 'admitted']);
  });

  test('[G1] and was not let in stays out when it has ended', async () => {
    const { joins, personal, commands, goesOn, answers } = await running({ onLateJoin: 'lobby', onRefusal: 'leave' });
    joins('cy');
    answers('cy', 'refused');
    commands('hana', { do: 'stopRecording' });
    await goesOn(100);
    expect(personal('cy')?.admission.admission).toBe('denied');
  });

  test('[G1] is late still when they have only been shown what they must agree to', async () => {
    const { joins, isShown, consent, personal } = await running();
    joins('cy');
    isShown('cy');
    expect([consent('cy'), personal('cy')?.captured[0]?.because]).toEqual(['shown', 'late']);
  });

  test('[G1] under a mild policy is late no more once the notice is on their screen', async () => {
    const { joins, requests, isShown, calls, goesOn, personal, recorder } = meeting({ consent: 'notice' });
    requests();
    isShown('bo');
    await goesOn(100);
    joins('cy');
    recorder.told();
    expect(personal('cy')?.captured[0]?.because).toBe('late');
    expect([isShown('cy'), calls()]).toEqual([{ outcome: 'done' }, ['include cy']]);
    expect(personal('cy')?.captured[0]).toMatchObject({ captured: true, because: 'clear' });
    // Nothing of theirs runs out.
    await goesOn(100_000);
    expect(personal('cy')?.captured[0]).toMatchObject({ captured: true, because: 'clear' });
  });

  test('[G1] a notice that is not theirs counts for nothing', async () => {
    const { says, outcomeOf, consent, requests } = meeting();
    requests();
    says('bo', { t: 'shown', id: 's', noticeId: 'other' });
    expect([outcomeOf('s'), consent('bo')]).toEqual([{ outcome: 'moot', because: 'superseded' }, 'requested']);
  });
});

describe('an answer', () => {
  test('[G8] to what has ended, or of who was not asked, changes nothing and says so', async () => {
    const { joins, requests, answers, outcomeOf, commands, goesOn } = meeting();
    joins('rec', { channel: 'bot' });
    const asked = requests();
    const recordingId = asked?.outcome === 'accepted' ? (asked.recordingId as string) : '';
    expect(outcomeOf(answers('rec', 'given', { recordingId }))).toEqual({ outcome: 'moot', because: 'not-asked' });
    expect(outcomeOf(answers('bo', 'given', { recordingId: 'other' }))).toEqual({
      outcome: 'moot',
      because: 'capture-ended',
    });
    commands('hana', { do: 'stopRecording' });
    await goesOn(100);
    expect(outcomeOf(answers('bo', 'given', { recordingId }))).toEqual({ outcome: 'moot', because: 'capture-ended' });
  });

  test('[G10] once it runs leaves the banner that it does; one before needs none', async () => {
    const { joins, requests, answers, prompts, goesOn } = meeting();
    requests();
    answers('bo', 'given');
    await goesOn(100);
    expect([prompts('bo'), prompts('hana')]).toEqual([[], ['banner recording']]);
    joins('cy');
    answers('cy', 'given');
    expect(prompts('cy')).toEqual(['banner recording']);
  });

  test('[G3] that is taken back unasked needs no banner', async () => {
    const { requests, answers, prompts, goesOn } = meeting();
    requests();
    answers('bo', 'given');
    await goesOn(100);
    answers('bo', 'withdrawn');
    await goesOn(100);
    expect(prompts('bo')).toEqual([]);
  });

  test('[G3] ends a review, and one that does not count does not', async () => {
    const { requests, answers, commands, prompts, goesOn, says, recording } = meeting();
    requests();
    answers('bo', 'given');
    await goesOn(100);
    commands('bo', { do: 'reviewConsent', purpose: 'recording' });
    expect(prompts('bo')).toEqual(['prompt recording']);
    const recordingId = recording()?.recordingId as string;
    says('bo', { t: 'answer', id: 'a', recordingId, revision: 1, answers: { 'ai-notes': 'given' } });
    expect(prompts('bo')).toEqual(['prompt recording']);
    answers('bo', 'given');
    expect(prompts('bo')).toEqual(['banner recording']);
  });

  test('[G9] to the recording alone leaves the time of the rest to run out', async () => {
    const { requests, answers, consent, goesOn } = meeting({}, { policy: 'gdpr' });
    requests({ transcript: true });
    answers('bo', 'given', { purposes: ['recording'] });
    await goesOn(61_000);
    expect([consent('bo'), consent('bo', 'transcription')]).toEqual(['given', 'expired']);
  });
});

describe('a purpose that is added', () => {
  test('[G5] asks everyone for it alone, gives them their time where it runs, and is dropped as it came', async () => {
    const { requests, answers, commands, prompts, consent, goesOn, recording } = meeting();
    requests();
    answers('bo', 'given');
    await goesOn(100);
    commands('hana', { do: 'requestTranscript' });
    expect([prompts('bo'), recording()?.statuses]).toEqual([['prompt transcription'], { transcription: 'asking' }]);
    await goesOn(61_000);
    expect(consent('bo', 'transcription')).toBe('expired');
    commands('hana', { do: 'stopTranscript' });
    expect([recording()?.purposes, recording()?.statuses]).toEqual([['recording'], undefined]);
  });
});

test('[G9] a purpose that is added has its time: of its own where it runs, the request’s where it is asked', async () => {
  const running = meeting();
  running.requests();
  running.answers('bo', 'given');
  await running.goesOn(70_000);
  running.commands('hana', { do: 'requestTranscript' });
  await running.goesOn(59_000);
  expect(running.consent('bo', 'transcription')).toBe('requested');
  await running.goesOn(2000);
  expect(running.consent('bo', 'transcription')).toBe('expired');
  const asked = meeting();
  asked.requests();
  await asked.goesOn(30_000);
  asked.commands('hana', { do: 'requestTranscript' });
  await asked.goesOn(31_000);
  expect([asked.consent('bo'), asked.consent('bo', 'transcription')]).toEqual(['expired', 'expired']);
});

describe('a policy that is tightened', () => {
  const law = [
    { region: 'DE', rule: 'all-party', citation: 'x', confidence: 'high' },
    { region: 'US', rule: 'one-party', citation: 'x', confidence: 'high' },
    { region: 'FR', rule: 'explicit-consent', citation: 'x', confidence: 'high' },
  ] as const;

  test('[G11] asks whoever’s consent is not enough any more, as a late joiner with a time of their own', async () => {
    const { requests, isShown, goesOn, commands, consent, personal, calls, row } = meeting(
      {},
      { policy: { extends: 'notice-only', recording: { timeoutMs: 20_000 } }, law },
    );
    requests();
    isShown('bo');
    await goesOn(100);
    expect(row('bo')?.captured).toBe(true);
    calls();
    commands('bo', { do: 'declareRegion', region: 'FR' });
    await goesOn(100);
    expect([consent('bo'), calls(), row('bo')?.captured]).toEqual(['requested', ['exclude bo'], false]);
    expect(personal('bo')?.notices).toMatchObject([{ kind: 'prompt', consent: 'explicit' }]);
    await goesOn(21_000);
    expect(consent('bo')).toBe('expired');
  });

  test('[G11] [G10] tightens what the platform captures too', async () => {
    const { says, isShown, commands, consent, joins, prompts } = meeting({}, { policy: 'notice-only', law });
    says('hana', platformRecords());
    isShown('bo');
    expect(consent('bo')).toBe('shown');
    joins('cy', { hello: { region: 'DE' } });
    expect([consent('bo'), prompts('bo'), prompts('cy')]).toEqual([
      'requested',
      ['prompt recording'],
      ['prompt recording'],
    ]);
    expect(commands('hana', { do: 'reviewConsent', purpose: 'recording' })).toEqual({ outcome: 'done' });
  });

  test('[G11] is the one for every recording after it', () => {
    const { commands, says, prompts } = meeting({}, { policy: 'notice-only', law });
    commands('bo', { do: 'declareRegion', region: 'DE' });
    says('hana', platformRecords());
    expect(prompts('bo')).toEqual(['prompt recording']);
  });
});

describe('what the platform captures by itself', () => {
  test('[G10] is told beside the own recording and before what has ended, and kept once it has', async () => {
    const { requests, answers, says, statuses, recording, commands, goesOn, meeting: state } = meeting();
    requests();
    answers('bo', 'given');
    await goesOn(100);
    says('hana', platformRecords());
    expect([statuses(), recording()?.seen]).toEqual([['on', 'on'], undefined]);
    commands('hana', { do: 'stopRecording' });
    await goesOn(100);
    expect([statuses(), recording()?.seen]).toEqual([['on', 'off'], true]);
    says('hana', platformRecords({ active: false }));
    expect(statuses()).toEqual(['off', 'off']);
    expect(state()?.recordings[0]).toMatchObject({ seen: true, ended: { outcome: 'stopped' } });
  });

  test('[G10] is known by who started it, who sees that it runs, as a room does; and its notices end with it', () => {
    const { says, joins, prompts, consent, personal } = meeting();
    joins('room', { channel: 'room-system' });
    says('hana', platformRecords({ startedBy: 'hana' }));
    expect(['hana', 'bo', 'room'].map((id) => [consent(id), prompts(id)])).toEqual([
      ['given', ['banner recording']],
      ['requested', ['prompt recording']],
      ['cannot-be-asked', ['banner recording']],
    ]);
    says('hana', platformRecords({ active: false }));
    expect([prompts('bo'), personal('bo')?.closed.at(-1)?.because]).toEqual([[], 'capture-ended']);
  });

  test('[G9] [G10] gives everyone their time, and who joins too', async () => {
    const { says, joins, consent, goesOn } = meeting();
    says('hana', platformRecords());
    await goesOn(30_000);
    joins('cy');
    await goesOn(31_000);
    expect([consent('bo'), consent('cy')]).toEqual(['expired', 'requested']);
    await goesOn(30_000);
    expect(consent('cy')).toBe('expired');
  });

  test('[G10] and bears the name of the meeting’s own is that, also for as long as it is told of as ended', async () => {
    const { requests, answers, says, statuses, commands, goesOn } = meeting();
    const asked = requests();
    const recordingId = asked?.outcome === 'accepted' ? (asked.recordingId as string) : '';
    answers('bo', 'given');
    await goesOn(100);
    says('hana', platformRecords({ recordingId }));
    expect(statuses()).toEqual(['on']);
    commands('hana', { do: 'stopRecording' });
    await goesOn(100);
    expect(statuses()).toEqual(['off']);
  });

  test('[G10] is stopped by a refusal under veto where the recorder controls it, and goes on where it does not', async () => {
    for (const [controllable, stop] of [
      [true, ['stop p']],
      [false, []],
    ] as const) {
      const { says, answers, calls, goesOn, errors } = meeting({ onRefusal: 'veto' });
      says('hana', platformRecords({ controllable }));
      await goesOn(100);
      calls();
      answers('bo', 'refused');
      await goesOn(100);
      expect([calls(), errors]).toEqual([stop, []]);
    }
  });

  test('[G10] is answered each for itself', () => {
    const { says, answers, personal, prompts } = meeting();
    says('hana', platformRecords({}, { platformId: 'q' }));
    expect(prompts('bo')).toEqual(['prompt recording']);
    answers('bo', 'refused');
    expect(personal('bo')?.consents.map(({ consent }) => consent)).toEqual(['refused', 'requested']);
    expect(prompts('bo')).toEqual(['banner recording', 'prompt recording']);
  });

  test('[G9] [G10] has its own time beside that of the own recording', async () => {
    const { says, requests, personal, goesOn } = meeting({ start: 'at-once' });
    requests();
    await goesOn(30_000);
    says('hana', platformRecords());
    await goesOn(31_000);
    const consents = () => personal('bo')?.consents.map(({ consent }) => consent);
    expect(consents()).toEqual(['expired', 'requested']);
    await goesOn(30_000);
    expect(consents()).toEqual(['expired', 'expired']);
  });

  test('[G10] is its own where it names a recording that is none of this meeting’s', () => {
    const { says, recording } = meeting();
    says('hana', platformRecords({ recordingId: 'ffffffffffffffff' }));
    expect(recording()?.seen).toBe(true);
  });

  test('[G10] is told of as paused to everyone, as soon as it is', () => {
    const { says, statuses } = meeting();
    says('hana', platformRecords());
    says('hana', platformRecords({ paused: true }));
    expect(statuses()).toEqual(['paused']);
  });

  test('[G10] an answer to the own recording serves for it, one to it does not serve for the own', async () => {
    const { requests, says, answers, personal, goesOn } = meeting();
    requests();
    says('hana', platformRecords());
    answers('bo', 'given');
    await goesOn(100);
    expect(personal('bo')?.consents.map(({ consent }) => consent)).toEqual(['given', 'given']);
    const seen = personal('bo')?.consents[1]?.recordingId as string;
    answers('bo', 'withdrawn', { recordingId: seen });
    expect(personal('bo')?.consents.map(({ consent }) => consent)).toEqual(['given', 'withdrawn']);
  });
});

test('[G1] [G4] a room is announced to by the cue that was played there', async () => {
  const { joins, requests, answers, isShown, goesOn, row } = meeting({ onCannotBeAsked: 'announce' });
  joins('room', { channel: 'room-system' });
  requests();
  answers('bo', 'given');
  await goesOn(100);
  expect(row('room')).toMatchObject({ captured: false, because: 'cannot-be-asked' });
  isShown('room');
  await goesOn(100);
  expect(row('room')).toMatchObject({ captured: true, because: 'announced' });
});
