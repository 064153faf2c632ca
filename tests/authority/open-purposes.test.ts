import { describe, expect, test } from 'vitest';
import type { Seat } from '../../src/authority/people.ts';
import { PersonalStates } from '../../src/authority/personal-states.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { Command } from '../../src/transport/command.types.ts';
import { authorityParts } from './authority-context.ts';

const done = { outcome: 'done' };
const denied = (code: string) => ({ outcome: 'denied', code });
const captions: Command = { do: 'requestPurpose', purpose: 'live-captions' };
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
  return { ...all, says, told, personal, now: () => parts.recordings.purposes?.askNow() };
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

  test('[G9] ends with whoever asked for it and left before it began', () => {
    const { says, now, told, parts } = meeting('all-party');
    says('cora', captions);
    now();
    const cora = parts.context.people.person('cora');
    parts.context.people.leave('cora');
    if (cora) parts.recordings.leave(cora, true);
    expect(told()).toMatchObject([{ purposes: ['live-captions'], status: 'off', ended: 'cancelled' }]);
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
