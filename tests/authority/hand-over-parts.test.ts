import { describe, expect, test } from 'vitest';
import type { Inheritance } from '../../src/authority/authority.types.ts';
import { parseHandedOver } from '../../src/authority/hand-over.parse.ts';
import { applyInheritance, endedElsewhere, exportState } from '../../src/authority/hand-over.ts';
import type { Person, Seat } from '../../src/authority/people.ts';
import { Strays } from '../../src/authority/strays.ts';
import { presets } from '../../src/policy/presets.ts';
import type { Command } from '../../src/transport/command.types.ts';
import type { MeetingState, RecordingState } from '../../src/transport/messages.types.ts';
import { authorityParts } from './authority-context.ts';
import { handedOver } from './handed-over.ts';

type Surroundings = NonNullable<Parameters<typeof authorityParts>[0]>;

const ours = '0123456789abcdef';
const another = 'fedcba9876543210';

const law = [{ region: 'DE', rule: 'explicit-consent' }] as unknown as NonNullable<Surroundings['law']>;

/** An authority with hana, cora and bo in the meeting, and cora's client within reach of the recorder. */
function deciding(surroundings: Surroundings = {}) {
  const all = authorityParts(surroundings);
  const { parts, comes } = all;
  comes('hana', { role: 'host', recorder: true });
  comes('cora', { role: 'co-host', recorder: true });
  comes('bo');
  const says = (command: Command) =>
    parts.commands.take(parts.context.people.seat('hana') as Seat, command.do, command);
  return { ...all, says, exported: (to?: string) => exportState(parts, to, []) };
}

const request = (more: object = {}) => ({ do: 'requestRecording', storage: 'cloud', ...more }) as Command;

async function recorded(command = request(), surroundings: Surroundings = {}) {
  const all = deciding(surroundings);
  all.says(command);
  await all.passes(10);
  expect(all.parts.recordings.own?.state).toBe('on');
  return all;
}

/** An authority whose recorder is asked for what it still runs. */
const asksForStrays = ({ context, recordings }: ReturnType<typeof authorityParts>['parts']) =>
  new Strays(context, recordings, () => presets.gdpr).ask();

/** An authority that takes over, before anybody has come. */
function takingOver(before: Inheritance, surroundings: Surroundings = {}) {
  const all = authorityParts({ before, law, ...surroundings });
  all.clock.advanceTo(1_000_000);
  applyInheritance(all.parts);
  return { ...all, live: () => all.parts.recordings.own?.live };
}

const inOrder = (state: typeof handedOver | undefined = handedOver, more: Partial<typeof handedOver> = {}) =>
  ({ how: 'hand-over', state: { ...state, ...more }, from: { number: 1, id: 'hana', incarnation: 'a' } }) as const;

describe('an orderly hand-over', () => {
  test('[G8] of a meeting without a recording is who is here and what was decided', () => {
    const { exported, parts, says } = deciding();
    says({ do: 'declareRegion', region: 'DE' });
    (parts.context.people.person('bo') as Person).absent = true;
    expect(JSON.parse(exported('cora') ?? '')).toEqual({
      policy: parts.policies.policy,
      regions: ['DE'],
      noticeVersion: '1',
      speaking: ['hana', 'cora', 'bo'],
      absent: ['bo'],
      outside: [],
      outcomes: [['hana declareRegion', { outcome: 'done' }]],
      ended: [],
    });
    expect(JSON.parse(deciding({ noticeVersion: '2030' }).exported() ?? '').noticeVersion).toBe('2030');
  });

  test('[G8] waits while a call to the recorder is under way', async () => {
    const { says, exported, recorder, passes } = deciding();
    recorder.hangs('start');
    says(request());
    await passes(10);
    expect(exported('cora')).toBeUndefined();
  });

  test('[G8] of what runs is to whom its recorder is within reach; what is only asked for goes to anybody', async () => {
    const { exported, comes, says, passes, parts } = await recorded();
    comes('cleo', { role: 'co-host' });
    expect(['cora', 'cleo', 'nobody'].map((to) => exported(to) !== undefined)).toEqual([true, false, false]);
    expect(exported()).toBeDefined();
    says({ do: 'pauseRecording' });
    await passes(10);
    expect([parts.recordings.own?.state, exported('cora') !== undefined, exported('cleo')]).toEqual([
      'paused',
      true,
      undefined,
    ]);
    const asking = deciding({ policy: presets['all-party'] });
    asking.comes('cleo', { role: 'co-host' });
    asking.says(request({ storage: 'local' }));
    expect([asking.exported('cora'), asking.exported('cleo')].map((text) => text !== undefined)).toEqual([true, true]);
  });

  test('[G8] of a recording that is stored with its host goes to nobody but the authority here that follows', async () => {
    const { exported } = await recorded(request({ storage: 'local' }));
    expect([exported('cora'), exported('hana')]).toEqual([undefined, undefined]);
    expect(exported()).toBeDefined();
  });

  test('[G9] leaves out a recording that has just ended: it waits until that is told', async () => {
    const { says, exported, parts } = deciding({ policy: presets['all-party'] });
    says(request());
    let atOnce: string | undefined = '';
    parts.context.post(() => {
      says({ do: 'stopRecording' });
      atOnce = exported('cora');
    });
    expect([atOnce, JSON.parse(exported('cora') ?? '').own]).toEqual([undefined, undefined]);
  });

  test('[G8] loses nothing: whoever takes it over could hand over the same', async () => {
    const first = takingOver(inOrder());
    for (const id of ['hana', 'bo']) first.comes(id, { role: id === 'hana' ? 'host' : 'participant', recorder: true });
    const { own, policy: _, ...rest } = JSON.parse(exportState(first.parts, undefined, []) ?? '');
    const { own: before, policy, ...others } = handedOver;
    expect(rest).toEqual({ ...others, speaking: ['hana', 'bo'], absent: [], outside: [] });
    expect(first.parts.policies.policy).toMatchObject({ recording: policy.recording });
    // Nobody has come yet but hana and bo: cy is away, and dee and the room are known by what was said of them.
    const away = 1 << 6;
    expect(own).toEqual({
      ...before,
      rosters: [
        [
          'recording',
          [
            ['hana', 4],
            ['bo', 148],
            ['cy', 1 | away],
          ],
        ],
        [
          'transcription',
          [
            ['hana', 4],
            ['bo', 148],
          ],
        ],
      ],
    });
    expect(parseHandedOver(exportState(first.parts, undefined, []) ?? '')).toBeDefined();
  });

  test('[G8] of little is little: what is not there is not made up', () => {
    const { own } = handedOver;
    const { dueInMs: _d, giveUpInMs: _g, remindInMs: _r, withoutWaiting: _w, lastBy: _l, ...rest } = own;
    const { storage: _s, reason: _re, ...live } = own.live;
    const bare = { ...rest, live, state: 'asking', pausedByHost: true } as const;
    const { parts } = takingOver(inOrder(handedOver, { own: bare }));
    const again = JSON.parse(exportState(parts, undefined, []) ?? '').own;
    expect(Object.keys(again).toSorted()).toEqual(Object.keys(bare).toSorted());
    expect([Object.keys(again.live).toSorted(), again.pausedByHost, again.state]).toEqual([
      Object.keys(live).toSorted(),
      true,
      'asking',
    ]);
  });
});

describe('whoever takes over in order', () => {
  test('[G8] knows the commands that were done, the regions declared, who speaks, who is absent and who is outside', () => {
    const { parts, comes } = takingOver(inOrder());
    const hana = comes('hana', { role: 'host' });
    expect(parts.commands.take(hana, 'c1', request())).toEqual({ outcome: 'accepted', recordingId: ours });
    expect(parts.policies.regions).toEqual(['DE']);
    const silent = ['cy', 'eve', 'fay'].map((id) => comes(id, { says: false }).person);
    expect(silent.map(({ speaks, absent, admission }) => [speaks, absent, admission])).toEqual([
      [true, true, 'admitted'],
      [false, false, 'waiting'],
      [false, false, 'admitted'],
    ]);
  });

  test('[G1] counts nobody before they have come, then as they were; and lets the recorder go on with them', async () => {
    const { parts, comes, live, recorder, capture, passes } = takingOver(inOrder());
    const { signal } = new AbortController();
    await capture.start({
      recordingId: ours,
      storage: 'cloud',
      epoch: parts.context.options.epoch,
      leaseMs: 10_000,
      signal,
    });
    await capture.include(ours, ['hana', 'bo']);
    expect(live()?.main.counts).toMatchObject({ clear: 0, unanswered: 0, late: 0 });
    expect([parts.recordings.own?.state, parts.recordings.own?.included]).toEqual(['on', ['hana', 'bo']]);
    comes('hana', { role: 'host' });
    comes('bo');
    comes('dee');
    expect(live()?.main.counts).toMatchObject({ clear: 2, late: 1 });
    parts.recordings.gathered();
    await passes(20_000);
    expect([recorder.holds('hana'), recorder.holds('bo'), parts.recordings.own?.state]).toEqual([true, true, 'on']);
  });

  test('[G9] goes on with the times that were left, from now', () => {
    const { live, clock } = takingOver(inOrder());
    const now = clock.now();
    expect([live()?.dueAt, live()?.giveUpAt, live()?.remindAt]).toEqual([now + 40_000, now + 50_000, now + 60_000]);
    expect([...(live()?.deadlines ?? [])]).toEqual([
      ['cy', now + 20_000],
      ['dee', now + 30_000],
    ]);
  });

  test('[G1] asks everyone anew where its words are others, and nobody where they are the same', () => {
    const consentOfBo = (of: string, own: string | undefined) => {
      const before = inOrder(handedOver, { noticeVersion: of });
      const { live, comes } = takingOver(before, own === undefined ? {} : { noticeVersion: own });
      comes('bo');
      return [live()?.main.consentOf('bo'), live()?.main.isLate('bo')];
    };
    expect([consentOfBo('1', undefined), consentOfBo('2', '2')]).toEqual([
      ['given', false],
      ['given', false],
    ]);
    expect([consentOfBo('2', undefined), consentOfBo('1', '2')]).toEqual([
      ['requested', true],
      ['requested', true],
    ]);
  });

  test('[G1] has nobody come late by it who was there, and late as ever who was not', () => {
    const away = 1 << 6;
    const rows = ['cy', 'gus'].map((id, index) => [id, 1 + index * away] as const);
    const { live, comes } = takingOver(
      inOrder(handedOver, { absent: [], own: { ...handedOver.own, rosters: [['recording', rows]] } }),
    );
    const lateness = () => ['cy', 'gus', 'hal'].map((id) => live()?.main.standingOf(comes(id).person.id));
    expect(lateness()).toEqual(['unanswered', 'late', 'late']);
    live()?.leave('cy');
    expect(lateness()).toEqual(['late', 'late', 'late']);
  });

  test('[G9] can end what it took over, and leaves out what was answered for no purpose of it', async () => {
    const rosters = [...handedOver.own.rosters, ['live-streaming', [['bo', 4]]] as const];
    const { parts, comes, passes } = takingOver(inOrder(handedOver, { own: { ...handedOver.own, rosters } }));
    const hana = comes('hana', { role: 'host' });
    expect(parts.commands.take(hana, 'c2', { do: 'stopRecording' })).toEqual({ outcome: 'done' });
    await passes(10);
    expect([parts.recordings.own, parts.recordings.states]).toMatchObject([
      undefined,
      [
        {
          recordingId: ours,
          purposes: ['recording', 'transcription'],
          status: 'off',
          lastBy: { participantId: 'hana' },
        },
        // And tells on of what had ended before: somebody may have missed it.
        ...handedOver.ended,
      ],
    ]);
  });

  test('takes a meeting without a recording as one', () => {
    const { own: _, ...idle } = handedOver;
    const { parts } = takingOver(inOrder(idle as typeof handedOver));
    expect([parts.recordings.own, parts.policies.regions]).toEqual([undefined, ['DE']]);
  });
});

describe('an orderly hand-over of purposes that live without a recording', () => {
  const captions: Command = { do: 'requestPurpose', purpose: 'live-captions' };
  const handed = (text: string | undefined) => {
    const state = parseHandedOver(text ?? '');
    if (!state) throw new Error('it was not understood');
    return inOrder(state as typeof handedOver);
  };

  test('[G8] goes on with them, and with who had agreed; what was requested within the moment is asked for before', () => {
    const { says, exported, parts } = deciding();
    says(captions);
    const hana = parts.context.people.seat('hana') as Seat;
    parts.commands.take(hana, 'another', { do: 'requestPurpose', purpose: 'ai-notes' });
    const { purposes, own } = JSON.parse(exported('cora') ?? '');
    expect([own, purposes.map(({ live }: { live: { purposes: string[] } }) => live.purposes)]).toEqual([
      undefined,
      [['live-captions'], ['ai-notes']],
    ]);
    parts.recordings.lives[0]?.main.apply('bo', { type: 'notice.shown' });
    parts.recordings.lives[0]?.main.apply('bo', { type: 'consent.given' });
    const next = takingOver(handed(exported('cora')));
    next.comes('bo');
    next.comes('hana', { role: 'host' });
    next.parts.recordings.gathered();
    const [first, second] = next.parts.recordings.lives;
    expect(
      [first, second].map((live) => [live?.purposes, live?.main.standingOf('bo'), live?.main.standingOf('hana')]),
    ).toEqual([
      [['live-captions'], 'clear', 'clear'],
      [['ai-notes'], 'unanswered', 'clear'],
    ]);
    expect(next.parts.recordings.states.map(({ status }) => status)).toEqual(['on', 'on']);
  });

  test('[G1] counts nobody in them before everyone here has been named, and asks anew where its words are others', () => {
    const { says, exported, parts } = deciding();
    says(captions);
    parts.recordings.purposes?.askNow();
    parts.recordings.lives[0]?.main.apply('bo', { type: 'notice.shown' });
    parts.recordings.lives[0]?.main.apply('bo', { type: 'consent.given' });
    const next = takingOver(handed(exported('cora')), { noticeVersion: '2' });
    const [live] = next.parts.recordings.lives;
    expect(live?.main.counts).toMatchObject({ clear: 0, unanswered: 0, late: 0 });
    next.parts.recordings.decide([]);
    next.comes('bo');
    expect([next.parts.recordings.states.map(({ status }) => status), live?.main.consentOf('bo')]).toEqual([
      ['on'],
      'requested',
    ]);
    next.parts.recordings.gathered();
    expect(next.parts.recordings.states.map(({ status }) => status)).toEqual(['on']);
  });

  test('[G8] and of neither these nor a recording leaves nothing to wait for', () => {
    const { exported } = deciding();
    const text = exported('cora');
    expect(JSON.parse(text ?? '')).not.toHaveProperty('purposes');
    const next = takingOver(handed(text));
    const hana = next.comes('hana', { role: 'host' });
    next.parts.commands.take(hana, 'c1', captions);
    next.parts.recordings.purposes?.askNow();
    expect(next.parts.recordings.states.map(({ status }) => status)).toEqual(['on']);
  });

  test('[G5] takes its transcripts along', async () => {
    const { says, exported, parts, passes } = await recorded(request({ transcript: true }));
    parts.transcripts.settle();
    says({ do: 'stopRecording' });
    await passes(10);
    parts.transcripts.settle();
    const next = takingOver(handed(exported('cora')));
    expect(next.parts.transcripts.views).toEqual(parts.transcripts.views);
    expect(next.parts.transcripts.views).toMatchObject([{ status: 'processing' }]);
  });
});

describe('whoever takes over after a crash', () => {
  const left = (more: Partial<RecordingState> = {}): RecordingState => ({
    recordingId: ours,
    purposes: ['recording', 'transcription'],
    status: 'on',
    storage: 'cloud',
    by: { participantId: 'hana' },
    started: true,
    endsBy: 'lease',
    ...more,
  });
  const afterCrash = (recordings: readonly RecordingState[], surroundings: Surroundings = {}) => {
    const meeting = { recordings, policy: presets.gdpr } as unknown as MeetingState;
    return takingOver({ how: 'crash', meeting, absenceMs: 15_000, knew: () => true }, surroundings);
  };

  test('[G2] has what ran stopped, says unknown until it is, asks nobody for it, and then says that it is off', async () => {
    const { parts, calls, passes } = afterCrash([left()]);
    const { own } = parts.recordings;
    expect([own?.status, own?.context.inherited, parts.recordings.lives]).toEqual(['unknown', true, []]);
    expect(own?.live).toMatchObject({
      recordingId: ours,
      purposes: ['recording', 'transcription'],
      storage: 'cloud',
      by: { participantId: 'hana' },
      seen: false,
    });
    await passes(10);
    expect([calls, parts.recordings.own]).toEqual([[`stop ${ours}`], undefined]);
    expect(parts.recordings.states).toMatchObject([{ recordingId: ours, status: 'off', started: true }]);
  });

  test('[G2] lets it run out where its recorder is not heard: 20 s and the absence time after', () => {
    const requestOf = (more: Partial<RecordingState>) => afterCrash([left(more)]).parts.recordings.own?.request;
    const rest = {
      recordingId: ours,
      by: { participantId: 'hana' },
      captureTimeoutMs: 10_000,
      holdWaitMs: 3000,
      leaseMs: 35_000,
      stopAgainMs: 5000,
      canExclude: true,
    };
    expect(requestOf({})).toEqual({ ...rest, storage: 'cloud', isReachable: true, hasLease: true });
    expect(requestOf({ endsBy: 'platform' })).toEqual({
      ...rest,
      storage: 'cloud',
      isReachable: true,
      hasLease: false,
    });
    expect(requestOf({ endsBy: 'client', storage: 'local' })).toEqual({
      ...rest,
      storage: 'local',
      isReachable: false,
      hasLease: true,
    });
  });

  test('[G2] stops what this very client had begun, which runs out where its own recorder has leases', async () => {
    const taken = async (lease: boolean) => {
      const begun = left({ endsBy: 'client', storage: 'local' });
      const { parts, recorder, calls, passes } = afterCrash([begun], { left: new Set([ours]), recorder: { lease } });
      recorder.hangs('stop');
      await passes(46_000);
      return [calls[0], parts.recordings.states[0]?.status];
    };
    expect([await taken(true), await taken(false)]).toEqual([
      [`stop ${ours}`, 'off'],
      [`stop ${ours}`, 'unknown'],
    ]);
  });

  test('[G2] takes what was asked for, had begun or had not, and was not said where it is stored', () => {
    const started = (isStarted: boolean) => {
      const { storage: _, ...rest } = left({ started: isStarted, status: 'asking' });
      const own = afterCrash([rest]).parts.recordings.own;
      return [own?.context.started, own?.live.storage];
    };
    expect([started(true), started(false)]).toEqual([
      [true, undefined],
      [false, undefined],
    ]);
  });

  test('[G10] passes over what had ended, and what the platform runs by itself', () => {
    const passed = [left({ status: 'off' }), left({ seen: true })];
    expect(afterCrash(passed).parts.recordings.own).toBeUndefined();
    expect(afterCrash([]).parts.recordings.own).toBeUndefined();
    const { own } = afterCrash([...passed, left({ recordingId: another, status: 'unknown' })]).parts.recordings;
    expect(own?.live.recordingId).toBe(another);
  });

  test('[G10] takes a capture that its adapter told of first for the one that was left, and asks nobody for it', () => {
    const all = authorityParts({
      before: {
        how: 'crash',
        meeting: { recordings: [left()], policy: presets.gdpr } as never,
        absenceMs: 15_000,
        knew: () => true,
      },
    });
    all.parts.recordings.seen.see([{ platformId: 'p', active: true, recordingId: ours }]);
    expect(all.parts.recordings.lives.length).toBe(1);
    applyInheritance(all.parts);
    expect(all.parts.recordings.lives).toEqual([]);
  });

  test('begins with nothing where nothing was before', () => {
    const { parts, told } = authorityParts();
    applyInheritance(parts);
    expect([parts.recordings.own, told]).toEqual([undefined, []]);
  });
});

describe('what a recorder still runs of this meeting’s own, and nobody has told of', () => {
  const { signal } = new AbortController();
  async function straying(ids: readonly string[], surroundings: Surroundings = {}) {
    const all = authorityParts(surroundings);
    const { epoch } = all.parts.context.options;
    for (const recordingId of ids)
      await all.capture.start({ recordingId, storage: 'cloud', epoch, leaseMs: 60_000, signal });
    all.calls.length = 0;
    const looks = async () => {
      asksForStrays(all.parts);
      await all.passes(10);
    };
    const running = async () => (await all.capture.snapshot()).captures.map(({ recordingId }) => recordingId);
    return { ...all, looks, running };
  }

  test('[G2] is stopped, and told of as unknown until it is', async () => {
    const { looks, running, parts, recorder, calls } = await straying([ours]);
    recorder.hangs('stop');
    await looks();
    expect(parts.recordings.states).toEqual([
      {
        recordingId: ours,
        purposes: ['recording'],
        status: 'unknown',
        by: 'unknown',
        started: true,
        endsBy: 'lease',
      },
    ]);
    const again = await straying([ours]);
    await again.looks();
    expect([await again.running(), again.parts.recordings.own, calls]).toEqual([[], undefined, [`stop ${ours}`]]);
    expect(again.parts.recordings.states).toMatchObject([{ recordingId: ours, status: 'off' }]);
    expect(await running()).toEqual([ours]);
  });

  test('[G2] ends by its lease where the recorder has one, within 20 s; else only by the platform’s word', async () => {
    const stray = async (recorder: NonNullable<Surroundings['recorder']>) => {
      const { looks, parts, recorder: fake } = await straying([ours], { recorder });
      fake.hangs('stop');
      await looks();
      return [parts.recordings.own?.request.hasLease, parts.recordings.own?.request.leaseMs];
    };
    expect([await stray({}), await stray({ lease: false })]).toEqual([
      [true, 20_000],
      [false, 20_000],
    ]);
  });

  test('[G10] is told from what others record: that has no id of ours', async () => {
    const { looks, running, parts, calls } = await straying(['somebody-else', 'X'.repeat(16)]);
    await looks();
    expect([(await running()).length, parts.recordings.own, calls]).toEqual([2, undefined, []]);
  });

  test('[G2] is not the recording that goes on; beside that it is stopped all the same', async () => {
    const { says, parts, passes, capture, calls } = await recorded();
    const own = parts.recordings.own?.live.recordingId as string;
    const { epoch } = parts.context.options;
    await capture.start({ recordingId: another, storage: 'cloud', epoch, leaseMs: 60_000, signal });
    calls.length = 0;
    asksForStrays(parts);
    await passes(10);
    expect([calls, parts.recordings.own?.live.recordingId, parts.recordings.own?.state]).toEqual([
      [`stop ${another}`],
      own,
      'on',
    ]);
    says({ do: 'stopRecording' });
  });

  test('[G9] that cannot be stopped, asked for or fenced breaks nothing', async () => {
    const { parts, passes, capture, recorder, failed } = await recorded();
    const { epoch } = parts.context.options;
    await capture.start({ recordingId: another, storage: 'cloud', epoch, leaseMs: 60_000, signal });
    for (const call of ['stop', 'snapshot', 'fence'] as const) {
      recorder.fails(call);
      asksForStrays(parts);
      await passes(10);
    }
    expect([parts.recordings.own?.state, failed]).toEqual(['on', []]);
    const fenceless = await straying([ours]);
    fenceless.recorder.fails('fence');
    await fenceless.looks();
    expect(fenceless.parts.recordings.own?.live.recordingId).toBe(ours);
    const without = authorityParts({ capture: undefined });
    asksForStrays(without.parts);
    await without.passes(10);
    expect([without.parts.recordings.own, without.failed]).toEqual([undefined, []]);
  });

  test('[G8] is fenced first: whoever decided before cannot start it again', async () => {
    const { looks, capture } = await straying([], { epoch: { number: 9, id: 'hana', incarnation: 'a' } });
    await looks();
    const older = { number: 8, id: 'hana', incarnation: 'a' };
    const start = capture.start({ recordingId: another, storage: 'cloud', epoch: older, leaseMs: 1000, signal });
    await expect(start).rejects.toThrow(/higher epoch/);
  });
});

describe('a host who says that what their client captured has ended', () => {
  const inherited = () => {
    const recordings = [
      {
        recordingId: ours,
        purposes: ['recording'],
        status: 'on',
        by: 'unknown',
        started: true,
        endsBy: 'client',
        storage: 'local',
      },
    ];
    const meeting = { recordings, policy: presets.gdpr } as unknown as MeetingState;
    return takingOver({ how: 'crash', meeting, absenceMs: 15_000, knew: () => true });
  };

  test('[G2] is believed of what was left: it is off, and confirmed', async () => {
    const { parts, passes, told } = inherited();
    await passes(10);
    expect(parts.recordings.own?.status).toBe('unknown');
    told.length = 0;
    endedElsewhere(parts.context, parts.recordings, ours);
    expect(told).toContain('meeting');
    await passes(10);
    expect([parts.recordings.own, parts.recordings.states]).toMatchObject([
      undefined,
      [{ recordingId: ours, status: 'off', ended: { confirmed: true } }],
    ]);
  });

  test('[G2] is believed of another that nobody knew, which is told of as ended', () => {
    const { parts, told } = deciding();
    told.length = 0;
    endedElsewhere(parts.context, parts.recordings, another);
    expect([parts.recordings.states, told]).toMatchObject([[{ recordingId: another, status: 'off' }], ['meeting']]);
    const other = inherited();
    endedElsewhere(other.parts.context, other.parts.recordings, another);
    expect(other.parts.recordings.states.map(({ recordingId, status }) => [recordingId, status])).toEqual([
      [ours, 'unknown'],
      [another, 'off'],
    ]);
  });

  test('[G2] is not believed of what this authority itself captures', async () => {
    const { parts, passes } = await recorded();
    endedElsewhere(parts.context, parts.recordings, parts.recordings.own?.live.recordingId as string);
    await passes(10);
    expect([parts.recordings.own?.state, parts.recordings.states.length]).toEqual(['on', 1]);
  });
});
