import { describe, expect, test } from 'vitest';
import type { AuthorityContext } from '../../src/authority/authority.types.ts';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import type { Person } from '../../src/authority/people.ts';
import { SeenCaptures } from '../../src/authority/seen-captures.ts';
import { presets } from '../../src/policy/presets.ts';
import type { CaptureCapabilities } from '../../src/recording/capture.types.ts';
import type { SeenCapture } from '../../src/transport/transport.types.ts';
import { desk, recorderInHand } from './recorder-in-hand.ts';

/** What the platform captures by itself, with bo in the meeting. */
function seen({ can = {}, hasRecorder = true }: { can?: Partial<CaptureCapabilities>; hasRecorder?: boolean } = {}) {
  const { passes, timers, post } = desk();
  const recorder = recorderInHand(can);
  const bo = { id: 'bo', channel: 'app', admission: 'admitted', absent: false, seats: [] } as unknown as Person;
  const own = new Set<string>();
  const told: string[] = [];
  const says = (what: string) => (live: LiveRecording) => void told.push(`${what} ${nameOf(live)}`);
  const captures: SeenCaptures = new SeenCaptures(
    {
      options: { meetingId: 'weekly', ...(hasRecorder && { capture: recorder.capture }) },
      people: { all: [bo] },
      timers,
      post,
    } as unknown as AuthorityContext,
    {
      policy: () => presets.gdpr,
      isOwn: (recordingId) => own.has(recordingId),
      began(live) {
        live.enter(bo, 'asks', true);
        told.push(`began ${nameOf(live)}`);
      },
      turned: (live) => says(live.isPaused ? 'paused' : 'goes on')(live),
      ended: says('ended'),
    },
  );
  const names = new Map<LiveRecording, string>();
  /** Captures are called by the order in which they were seen first. */
  function nameOf(live: LiveRecording): string {
    if (!names.has(live)) names.set(live, `#${names.size + 1}`);
    return names.get(live) as string;
  }
  return {
    captures,
    recorder,
    own,
    passes,
    lives: () => [...captures.lives.values()],
    told: () => told.splice(0),
    platform: (...each: readonly SeenCapture[]) => captures.see(each),
    agrees() {
      for (const live of captures.lives.values()) {
        live.main.apply('bo', { type: 'notice.shown' });
        live.main.apply('bo', { type: 'consent.given' });
      }
      captures.decide();
    },
  };
}

const on = (platformId: string, more: Partial<SeenCapture> = {}): SeenCapture => ({
  platformId,
  active: true,
  ...more,
});
const off = (platformId: string): SeenCapture => ({ platformId, active: false });

describe('a capture that the platform runs by itself', () => {
  test('[G10] is there from when it is seen until it is seen no more, once however often it is told', () => {
    const { platform, told, lives } = seen();
    platform(on('p'));
    platform(on('p'), on('q'));
    expect([told(), lives().length]).toEqual([['began #1', 'began #2'], 2]);
    platform(off('p'));
    expect([told(), lives().length]).toEqual([['ended #1'], 1]);
    platform(off('p'));
    expect(told()).toEqual([]);
  });

  test('[G10] has the same id wherever it is seen, and another in another meeting or of another capture', () => {
    const [one, same, other] = [seen(), seen(), seen()];
    for (const { platform } of [one, same]) platform(on('p'));
    other.platform(on('q'));
    const ids = [one, same, other].map(({ lives }) => lives()[0]?.recordingId);
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
  });

  test('[G10] exempts whoever is known to have started it, and nobody where that is not known', () => {
    const { platform, lives } = seen();
    platform(on('p'), on('q', { startedBy: 'hana', storage: 'local' }));
    expect(lives().map(({ by, requesterId, storage, seen: isSeen }) => [by, requesterId, storage, isSeen])).toEqual([
      ['platform', undefined, undefined, true],
      [{ participantId: 'hana' }, 'hana', 'local', true],
    ]);
  });

  test('[G10] says whether it is paused, and each change of that once', () => {
    const { platform, told } = seen();
    platform(on('p', { paused: true }), on('q'));
    expect(told()).toEqual(['began #1', 'paused #1', 'began #2']);
    platform(on('p', { paused: true }), on('q', { paused: false }));
    expect(told()).toEqual([]);
    platform(on('p'), on('q', { paused: true }));
    expect(told()).toEqual(['goes on #1', 'paused #2']);
  });

  test('[G10] that names a recording of the meeting’s own is that one, until that has ended', () => {
    const { platform, told, own, captures } = seen();
    own.add('r');
    platform(on('p', { recordingId: 'r' }), on('q', { recordingId: 's' }));
    expect(told()).toEqual(['began #1']);
    own.delete('r');
    captures.refresh();
    expect(told()).toEqual(['began #2']);
    own.add('r');
    captures.refresh();
    expect(told()).toEqual(['ended #2']);
  });
});

describe('one that the recorder of this authority controls', () => {
  const controllable = { controllable: true } as const;

  test('[G10] is paused until everyone is accounted for, and goes on then', async () => {
    const { platform, recorder, agrees, passes, told, lives } = seen();
    platform(on('p', controllable));
    expect([recorder.told(), lives()[0]?.controlled]).toEqual([['pause p'], true]);
    await passes();
    // The recorder's word is enough, the platform's may be late.
    expect(told()).toEqual(['began #1', 'paused #1']);
    agrees();
    await passes();
    expect([recorder.told(), told()]).toEqual([['resume p'], ['goes on #1']]);
  });

  test.each<[string, Partial<SeenCapture>, Parameters<typeof seen>[0]]>([
    ['the platform does not let it be', {}, {}],
    ['the recorder cannot pause', controllable, { can: { pause: false } }],
    ['there is no recorder', controllable, { hasRecorder: false }],
  ])('[G10] is not one where %s', (_, how, options) => {
    const { platform, recorder, captures, lives } = seen(options);
    platform(on('p', how));
    expect([recorder.calls, captures.control(), lives()[0]?.controlled]).toEqual([[], undefined, false]);
  });

  test('[G10] is meant by its id, or is the first where none is named; after its end there is none', async () => {
    const { platform, captures, lives } = seen();
    platform(on('p'), on('q', controllable), on('s', controllable));
    const [p, q, s] = lives().map(({ recordingId }) => recordingId);
    const controls = [p, q, s].map((id) => captures.control(id));
    expect(controls.map((each) => each !== undefined)).toEqual([false, true, true]);
    expect(controls[1]).not.toBe(controls[2]);
    expect([captures.control() === controls[1], captures.control('other')]).toEqual([true, undefined]);
    platform(off('q'), off('s'));
    expect([captures.control(), captures.control(q)]).toEqual([undefined, undefined]);
  });

  test('[G10] goes its own way beside another', async () => {
    const { platform, recorder, agrees, passes } = seen();
    recorder.keeps('pause');
    platform(on('p', controllable), on('q', controllable));
    expect(recorder.told()).toEqual(['pause p', 'pause q']);
    recorder.does('pause');
    recorder.does('pause');
    await passes();
    agrees();
    expect(recorder.told()).toEqual(['resume p', 'resume q']);
  });

  test('[G9] is told one thing at a time', async () => {
    const { platform, recorder, captures, agrees, passes } = seen();
    recorder.keeps('pause');
    platform(on('p', controllable));
    captures.decide();
    captures.control()?.stop();
    agrees();
    expect(recorder.told()).toEqual(['pause p']);
    recorder.does('pause');
    await passes();
    expect(recorder.told()).toEqual(['stop p']);
  });

  test('[G2] [G9] whose call comes to nothing in time is left as it is, and its late answer changes nothing', async () => {
    const { platform, recorder, captures, passes, told } = seen();
    recorder.keeps('pause');
    platform(on('p', controllable));
    await passes(9900);
    captures.control()?.stop();
    expect(recorder.told()).toEqual(['pause p']);
    await passes(200);
    expect([recorder.told(), told()]).toEqual([['stop p'], ['began #1']]);
    recorder.does('pause');
    await passes(20_000);
    expect([recorder.told(), told()]).toEqual([[], []]);
  });

  test('[G2] [G9] that cannot be paused can be stopped at once, and is told to stop as often as a host says so', async () => {
    const { platform, recorder, captures, passes, lives } = seen();
    recorder.fails('pause');
    recorder.fails('stop');
    platform(on('p', controllable));
    await passes();
    captures.control()?.stop();
    await passes();
    expect(recorder.told()).toEqual(['pause p', 'stop p']);
    captures.decide();
    await passes();
    expect([recorder.told(), lives().length]).toEqual([[], 1]);
    recorder.works('stop');
    captures.control()?.stop();
    await passes();
    captures.decide();
    expect(recorder.told()).toEqual(['stop p']);
  });

  test('[G10] is paused again and let go on by a host, whatever has failed before', async () => {
    const { platform, recorder, captures, agrees, passes } = seen();
    recorder.fails('pause');
    platform(on('p', controllable));
    agrees();
    await passes();
    recorder.told();
    recorder.works('pause');
    captures.control()?.pause(true);
    await passes();
    captures.control()?.pause(false);
    await passes();
    expect(recorder.told()).toEqual(['pause p', 'resume p']);
  });
});
