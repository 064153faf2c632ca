import { describe, expect, test } from 'vitest';
import { LiveRecording } from '../../src/authority/live-recording.ts';
import type { Person, Seat } from '../../src/authority/people.ts';
import { PersonalStates } from '../../src/authority/personal-states.ts';
import type { Answer } from '../../src/consent/consent.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { Command } from '../../src/transport/command.types.ts';
import { authorityParts } from './authority-context.ts';

const done = { outcome: 'done' };
const denied = (code: string) => ({ outcome: 'denied', code });
const captions: Command = { do: 'requestPurpose', purpose: 'live-captions' };
const notes: Command = { do: 'requestPurpose', purpose: 'ai-notes' };
const recording: Command = { do: 'requestRecording', storage: 'cloud' };

/** A meeting of hana, its host, cora, a co-host, and bo. */
function meeting(policy: Parameters<typeof parsePolicy>[0] = 'gdpr') {
  const all = authorityParts({ policy: parsePolicy(policy) });
  const { parts, comes } = all;
  comes('hana', { role: 'host', name: 'Hana' });
  comes('cora', { role: 'co-host' });
  comes('bo');
  let count = 0;
  const says = (who: string, command: Command) => {
    count += 1;
    return parts.commands.take(parts.context.people.seat(who) as Seat, `command ${count}`, command);
  };
  const told = () =>
    parts.recordings.states.map(({ purposes, status, statuses = {}, ended }) => ({
      purposes,
      status,
      statuses,
      ended: ended?.outcome,
    }));
  const personal = new PersonalStates(parts.context, parts.recordings);
  /** Answers what stands open before somebody, having seen it. */
  const answers = (who: string, answer: Answer) => {
    const notice = personal.of(who)?.notices.find(({ kind }) => kind === 'prompt');
    if (!notice) throw new Error(`nothing stands open before ${who}`);
    const { recordingId, noticeId, purposes } = notice;
    count += 1;
    parts.recordings.answer(parts.context.people.person(who) as Person, {
      t: 'answer',
      id: `answer ${count}`,
      recordingId,
      noticeId,
      shown: true,
      revision: count,
      answers: Object.fromEntries(purposes.map((purpose) => [purpose, answer])),
    });
  };
  const leaves = (who: string) => {
    const person = parts.context.people.person(who) as Person;
    parts.context.people.leave(who);
    parts.recordings.leave(person, true);
  };
  const now = () => parts.recordings.purposes?.askNow();
  return { ...all, says, told, changes: all.told, personal, answers, leaves, now };
}

describe('a purpose of the open set', () => {
  test('[G1] is a host’s to ask for and to end, once', () => {
    const { says, now } = meeting();
    expect(says('bo', captions)).toEqual(denied('session/not-permitted'));
    expect(says('hana', captions)).toEqual(done);
    expect(says('cora', captions)).toEqual(denied('purpose/busy'));
    now();
    expect(says('cora', captions)).toEqual(denied('purpose/busy'));
    expect(says('bo', { do: 'endPurpose', purpose: 'live-captions' })).toEqual(denied('session/not-permitted'));
    expect(says('cora', { do: 'endPurpose', purpose: 'live-captions' })).toEqual(done);
    expect(says('cora', { do: 'endPurpose', purpose: 'live-captions' })).toEqual(denied('purpose/not-running'));
  });

  test.each([
    ['recording', 'request-recording', 'stop-recording'],
    ['transcription', 'request-transcript', 'stop-transcript'],
    ['attention-tracking', 'enable-attention-tracking', 'disable-attention-tracking'],
  ])('is not %s, which has commands of its own', (purpose, request, end) => {
    const { says } = meeting();
    expect(says('hana', { do: 'requestPurpose', purpose })).toEqual(denied(`purpose/use-${request}`));
    expect(says('hana', { do: 'endPurpose', purpose })).toEqual(denied(`purpose/use-${end}`));
  });

  test('[G1] is on for who asked, and for nobody else until they have agreed', () => {
    const { says, now, told, personal } = meeting();
    says('hana', captions);
    now();
    expect(told()).toEqual([{ purposes: ['live-captions'], status: 'on', statuses: {}, ended: undefined }]);
    expect(['hana', 'cora', 'bo'].map((id) => personal.row(id)?.others)).toMatchObject([
      [{ purpose: 'live-captions', captured: true, because: 'clear' }],
      [{ purpose: 'live-captions', captured: false, because: 'unanswered' }],
      [{ purpose: 'live-captions', captured: false, because: 'unanswered' }],
    ]);
  });

  test('[G9] that is ended while it asks, or before it asks, is cancelled', () => {
    const { says, now, told } = meeting('all-party');
    says('hana', captions);
    says('hana', { do: 'endPurpose', purpose: 'live-captions' });
    now();
    expect(told()).toEqual([]);
    says('hana', captions);
    now();
    expect(told()).toMatchObject([{ status: 'asking' }]);
    says('cora', { do: 'endPurpose', purpose: 'live-captions' });
    expect(told()).toMatchObject([{ status: 'off', ended: 'cancelled' }]);
  });

  test('needs what it follows, and ends with that', () => {
    const { says, now, told } = meeting({
      extends: 'all-party',
      purposes: { 'live-streaming': {}, signing: { follows: 'live-streaming' }, 'ai-notes': { follows: 'recording' } },
    });
    expect(says('hana', { do: 'requestPurpose', purpose: 'ai-notes' })).toEqual(denied('purpose/needs-recording'));
    expect(says('hana', { do: 'requestPurpose', purpose: 'signing' })).toEqual(denied('purpose/needs-what-it-follows'));
    expect(says('hana', { do: 'requestPurpose', purpose: 'signing', recordingId: 'none' })).toEqual(
      denied('purpose/needs-recording'),
    );
    expect(says('hana', { do: 'requestPurpose', purpose: 'live-streaming' })).toEqual(done);
    expect(says('hana', { do: 'requestPurpose', purpose: 'signing' })).toEqual(done);
    now();
    expect(told()).toMatchObject([{ purposes: ['live-streaming', 'signing'], status: 'asking' }]);
    expect(says('hana', { do: 'endPurpose', purpose: 'live-streaming' })).toEqual(done);
    expect(says('hana', { do: 'endPurpose', purpose: 'signing' })).toEqual(denied('purpose/not-running'));
  });

  test('[G1] that somebody else adds to a recording is theirs: who asked for the recording is asked too', () => {
    const { says, now, parts } = meeting('all-party');
    const asked = says('hana', recording);
    const recordingId = asked && 'recordingId' in asked ? asked.recordingId : undefined;
    expect(says('cora', { do: 'requestPurpose', purpose: 'ai-notes', ...(recordingId && { recordingId }) })).toEqual(
      done,
    );
    now();
    const roster = parts.recordings.own?.live.rosters.get('ai-notes');
    expect(['hana', 'cora', 'bo'].map((id) => roster?.consentOf(id))).toEqual(['requested', 'given', 'requested']);
  });

  test('[G9] ends with whoever asked for it and left before it began; what others asked for goes on', () => {
    const { says, now, told, leaves } = meeting('all-party');
    says('cora', captions);
    says('hana', notes);
    now();
    leaves('bo');
    expect(told()).toMatchObject([{ status: 'asking' }, { status: 'asking' }]);
    leaves('cora');
    expect(told()).toEqual([
      { purposes: ['ai-notes'], status: 'on', statuses: {}, ended: undefined },
      { purposes: ['live-captions'], status: 'off', statuses: {}, ended: 'cancelled' },
    ]);
  });

  test('[G9] is not asked for at all where whoever asked has left within the moment', () => {
    const { says, now, told, leaves } = meeting();
    says('cora', captions);
    says('hana', notes);
    leaves('cora');
    now();
    expect(told()).toMatchObject([{ purposes: ['ai-notes'] }]);
  });

  test('that is on goes on without whoever asked for it', () => {
    const { says, now, told, leaves, answers } = meeting();
    says('cora', captions);
    now();
    answers('bo', 'given');
    leaves('cora');
    expect(told()).toMatchObject([{ purposes: ['live-captions'], status: 'on' }]);
  });

  test('is asked for once 250 ms have passed since the first of those that are asked for together', async () => {
    const { says, told, passes } = meeting();
    says('hana', captions);
    await passes(249);
    says('hana', notes);
    expect(told()).toEqual([]);
    await passes(1);
    expect(told()).toMatchObject([{ purposes: ['live-captions'] }, { purposes: ['ai-notes'] }]);
  });

  test('has its moment to itself, whatever a recording has had asked at once before', async () => {
    const { says, told, passes } = meeting();
    says('hana', captions);
    says('hana', recording);
    await passes(100);
    says('hana', notes);
    await passes(249);
    expect(told()).toMatchObject([{ purposes: ['recording'] }, { purposes: ['live-captions'] }]);
    await passes(1);
    expect(told().map(({ purposes }) => purposes)).toEqual([['recording'], ['live-captions'], ['ai-notes']]);
  });

  test('that is ended before it is asked for takes nothing along that was asked for with it', () => {
    const { says, now, told } = meeting();
    says('hana', captions);
    says('hana', notes);
    says('hana', { do: 'endPurpose', purpose: 'live-captions' });
    now();
    expect(told()).toMatchObject([{ purposes: ['ai-notes'] }]);
  });

  test('is told with why it is asked for, who asks and who provides it', () => {
    const { says, now, parts, personal } = meeting();
    says('hana', { ...captions, provider: 'Wortlaut', reason: 'for all' } as Command);
    says('hana', notes);
    now();
    expect(parts.recordings.states).toEqual([
      {
        recordingId: expect.any(String),
        purposes: ['live-captions'],
        status: 'on',
        by: { participantId: 'hana', name: 'Hana' },
        reason: 'for all',
        started: true,
        endsBy: 'client',
      },
      {
        recordingId: expect.any(String),
        purposes: ['ai-notes'],
        status: 'on',
        by: { participantId: 'hana', name: 'Hana' },
        started: true,
        endsBy: 'client',
      },
    ]);
    const [first, second] = parts.recordings.lives;
    expect([first, second].map((life) => [...(life?.asked.values() ?? [])])).toEqual([
      [{ by: { participantId: 'hana', name: 'Hana' }, provider: 'Wortlaut', reason: 'for all' }],
      [{ by: { participantId: 'hana', name: 'Hana' } }],
    ]);
    expect(personal.of('bo')?.notices).toMatchObject([{ providers: { 'live-captions': 'Wortlaut' } }]);
  });

  test('[G1] that is on is come late to', () => {
    const { says, now, personal, comes } = meeting();
    says('hana', captions);
    now();
    comes('dan');
    expect(personal.of('dan')?.notices).toMatchObject([{ purposes: ['live-captions'], running: true }]);
    expect(personal.row('dan')?.others).toMatchObject([{ captured: false, because: 'late' }]);
  });

  test('asked for with a recording is part of that, whatever it follows else', () => {
    const { says, now, told } = meeting({
      extends: 'gdpr',
      purposes: { 'live-streaming': {}, signing: { follows: 'live-streaming' } },
    });
    const { recordingId } = says('hana', recording) as { recordingId: string };
    expect(says('hana', { do: 'requestPurpose', purpose: 'signing', recordingId })).toEqual(done);
    now();
    expect(told()).toMatchObject([{ purposes: ['recording', 'signing'] }]);
  });

  test('[G9] is not asked for where what it was to be part of has ended within the moment, or is another by then', async () => {
    const { says, now, told, passes } = meeting({ extends: 'gdpr', purposes: { signing: { follows: 'recording' } } });
    const { recordingId } = says('hana', recording) as { recordingId: string };
    await passes(1000);
    says('hana', { do: 'requestPurpose', purpose: 'ai-notes', recordingId });
    says('hana', { do: 'stopRecording' });
    await passes(100);
    now();
    expect(told()).toMatchObject([{ purposes: ['recording'], ended: 'stopped' }]);
    const again = says('hana', recording) as { recordingId: string };
    await passes(1000);
    says('hana', { do: 'requestPurpose', purpose: 'ai-notes', recordingId: again.recordingId });
    says('hana', { do: 'requestPurpose', purpose: 'signing' });
    says('hana', { do: 'stopRecording' });
    await passes(100);
    says('hana', recording);
    expect(told()[0]).toMatchObject({ purposes: ['recording', 'signing'], ended: undefined });
  });

  test('[G9] that is part of another ends without it', () => {
    const policy = {
      extends: 'gdpr',
      purposes: { 'live-streaming': {}, signing: { follows: 'live-streaming' } },
    } as const;
    const { says, now, told } = meeting(policy);
    says('hana', { do: 'requestPurpose', purpose: 'live-streaming' });
    says('hana', { do: 'requestPurpose', purpose: 'signing' });
    now();
    expect(told()).toMatchObject([{ purposes: ['live-streaming', 'signing'], status: 'on' }]);
    expect(says('hana', { do: 'endPurpose', purpose: 'signing' })).toEqual(done);
    expect(told()).toMatchObject([{ purposes: ['live-streaming'], status: 'on', ended: undefined }]);
  });

  test('[G1] tells everyone once what is part of it has begun', () => {
    const { says, now, told, changes, answers } = meeting({
      extends: 'gdpr',
      purposes: { 'live-streaming': {}, signing: { follows: 'live-streaming', start: 'when-everyone-answered' } },
    });
    says('hana', { do: 'requestPurpose', purpose: 'live-streaming' });
    says('hana', { do: 'requestPurpose', purpose: 'signing' });
    now();
    changes.length = 0;
    answers('cora', 'given');
    expect([told(), changes.includes('everyone')]).toMatchObject([
      [{ status: 'on', statuses: { signing: 'asking' } }],
      false,
    ]);
    answers('bo', 'given');
    expect([told(), changes.includes('everyone')]).toMatchObject([[{ status: 'on', statuses: {} }], true]);
  });

  test('[G9] that is on ends once there is nobody left whom it may have, now or later', () => {
    const { says, now, told, leaves, answers, parts } = meeting();
    says('hana', captions);
    now();
    answers('cora', 'refused');
    leaves('hana');
    expect(told()).toMatchObject([{ status: 'on' }]);
    answers('bo', 'refused');
    expect(told()).toEqual([{ purposes: ['live-captions'], status: 'off', statuses: {}, ended: 'nobody-to-capture' }]);
    expect(parts.recordings.states).toMatchObject([{ lastBy: 'platform' }]);
  });

  test.each([
    ['late', true],
    ['cannot-be-asked', false],
  ] as const)('that is on goes on for one who is %s', async (standing, hasClient) => {
    const { says, now, told, leaves, personal, comes, passes, parts } = meeting();
    says('hana', captions);
    now();
    const { person } = comes('dan', hasClient ? {} : { says: false });
    await passes(3000);
    parts.recordings.enter(person);
    for (const id of ['hana', 'cora', 'bo']) leaves(id);
    expect(personal.row('dan')?.others).toMatchObject([{ because: standing }]);
    expect(told()).toMatchObject([{ status: 'on' }]);
  });

  test('[G9] that nobody is left to agree to ends before it begins, with what they said', () => {
    const { told, answers, parts } = meeting('all-party');
    const state = { recordingId: 'life', purposes: ['live-captions'], by: { participantId: 'gone' }, seen: false };
    const life = new LiveRecording(state, parts.policies.policy);
    parts.recordings.adopt(undefined, [life]);
    for (const id of ['hana', 'cora', 'bo']) parts.recordings.enter(parts.context.people.person(id) as Person);
    parts.recordings.gathered();
    for (const id of ['hana', 'cora']) answers(id, 'refused');
    expect(told()).toMatchObject([{ status: 'asking' }]);
    answers('bo', 'refused');
    expect(told()).toEqual([{ purposes: ['live-captions'], status: 'off', statuses: {}, ended: 'refused' }]);
    expect(parts.recordings.states).toMatchObject([{ lastBy: 'platform' }]);
  });

  test('[G9] ends with all others, and is not asked for any more, when the authority ends them', () => {
    const { says, now, told, parts } = meeting('all-party');
    says('hana', captions);
    now();
    says('hana', notes);
    parts.recordings.purposes?.endAll('platform', 'authority/closed');
    now();
    expect(told()).toMatchObject([{ purposes: ['live-captions'], status: 'off', ended: 'cancelled' }]);
    expect(parts.recordings.states).toMatchObject([
      { lastBy: 'platform', ended: { outcome: 'cancelled', code: 'authority/closed' } },
    ]);
  });
});

describe('[G9] what a purpose that lives alone waits for', () => {
  const ruled = (more: object) => meeting({ extends: 'all-party', purposes: { 'live-captions': more } });
  const ends = ({ parts }: ReturnType<typeof meeting>) =>
    parts.recordings.states.map(({ status, ended, lastBy }) => [status, ended, lastBy]);

  test('is a time, after which who has not answered has refused, and then it begins', async () => {
    const all = ruled({ timeoutMs: 20_000 });
    all.says('hana', captions);
    all.now();
    all.answers('cora', 'given');
    await all.passes(19_999);
    expect(all.told()).toMatchObject([{ status: 'asking' }]);
    await all.passes(1);
    expect(all.told()).toMatchObject([{ status: 'on' }]);
    expect(all.personal.row('bo')).toMatchObject({ consents: { 'live-captions': 'expired' } });
  });

  test('is no longer than that time where somebody is there with whom it may not begin', async () => {
    const all = ruled({ timeoutMs: 20_000, onCannotBeAsked: 'block' });
    all.says('hana', captions);
    all.now();
    for (const id of ['cora', 'bo']) all.answers(id, 'given');
    expect(all.told()).toMatchObject([{ status: 'on' }]);
    const blocked = ruled({ timeoutMs: 20_000, onCannotBeAsked: 'block' });
    const { person } = blocked.comes('dan', { says: false });
    await blocked.passes(3000);
    blocked.parts.recordings.enter(person);
    blocked.says('hana', captions);
    blocked.now();
    for (const id of ['cora', 'bo']) blocked.answers(id, 'given');
    blocked.changes.length = 0;
    await blocked.passes(19_999);
    expect(ends(blocked)).toEqual([['asking', undefined, undefined]]);
    await blocked.passes(1);
    expect(ends(blocked)).toEqual([['off', { outcome: 'failed', code: 'recording/blocked' }, 'platform']]);
    expect(blocked.changes).toContain('everyone');
  });

  test('ends with one refusal where the policy gives everyone a veto, by whoever refused', () => {
    const all = ruled({ onRefusal: 'veto' });
    all.says('hana', captions);
    all.says('cora', notes);
    all.now();
    all.answers('bo', 'refused');
    expect(ends(all).slice(-1)).toEqual([['off', { outcome: 'vetoed' }, { participantId: 'bo' }]]);
    expect(all.told()).toMatchObject([{ purposes: ['ai-notes'], status: 'asking' }, {}]);
  });

  test('ends with one who lets the time run out, where the policy gives everyone a veto', async () => {
    const all = ruled({ onRefusal: 'veto', timeoutMs: 20_000 });
    all.says('hana', captions);
    all.now();
    all.answers('cora', 'given');
    await all.passes(20_000);
    expect(ends(all)).toEqual([['off', { outcome: 'expired' }, { participantId: 'bo' }]]);
  });

  test('is none of a recording that lives beside it, nor that of it', async () => {
    const all = ruled({ onRefusal: 'veto', timeoutMs: 20_000 });
    all.says('hana', recording);
    all.says('cora', captions);
    all.now();
    await all.passes(20_000);
    expect(all.told()).toMatchObject([
      { purposes: ['recording'], status: 'asking', ended: undefined },
      { purposes: ['live-captions'], status: 'off', ended: 'expired' },
    ]);
  });

  test('goes on while whoever asked for it is only not heard', () => {
    const all = ruled({});
    all.says('cora', captions);
    all.now();
    all.parts.recordings.leave(all.parts.context.people.person('cora') as Person, false);
    expect(all.told()).toMatchObject([{ status: 'asking' }]);
  });
});

describe('the prompt of one person', () => {
  const open = (all: ReturnType<typeof meeting>, id = 'bo') =>
    all.personal.of(id)?.notices.map(({ kind, purposes }) => ({ kind, purposes }));

  test('asks for what was requested together, and for a recording that is requested meanwhile', () => {
    const all = meeting('all-party');
    all.says('hana', captions);
    all.says('hana', { do: 'requestPurpose', purpose: 'ai-notes' });
    expect(open(all)).toEqual([]);
    all.says('hana', recording);
    expect(open(all)).toEqual([{ kind: 'prompt', purposes: ['recording', 'live-captions', 'ai-notes'] }]);
  });

  test('is one: what another person asks for waits until it is answered', () => {
    const all = meeting('all-party');
    all.says('hana', captions);
    all.now();
    all.says('cora', { do: 'requestPurpose', purpose: 'ai-notes' });
    all.now();
    expect(open(all)).toEqual([{ kind: 'prompt', purposes: ['live-captions'] }]);
    all.says('hana', { do: 'endPurpose', purpose: 'live-captions' });
    expect(open(all)).toEqual([{ kind: 'prompt', purposes: ['ai-notes'] }]);
  });
});
