import { expect, test } from 'vitest';
import type { PolicyInput, PresetName } from '../../src/policy/policy.types.ts';
import type { CaptureController } from '../../src/recording/capture.types.ts';
import { everything } from '../../src/session/everything.ts';
import { createSessionWith } from '../../src/session/session.ts';
import type { Session } from '../../src/session/session.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';
import type { AdapterFact, MeetingAdapter } from '../../src/transport/transport.types.ts';

type PolicySource = PolicyInput | PresetName;
type Call = 'pause' | 'resume' | 'stop';

/** A meeting whose platform records by itself, and lets hosts pause, resume and stop that. */
async function meeting({ policy = 'all-party' as PolicySource, fails = [] as Call[], guests = ['bo', 'cy'] } = {}) {
  const clock = simulatedClock();
  const network = inMemoryNetwork({ clock });
  const listeners = new Set<(fact: AdapterFact) => void>();
  const calls: string[] = [];
  const sessions: Record<string, Session> = {};
  let state: 'off' | 'on' | 'paused' = 'off';

  const turn = (now: typeof state) => {
    state = now;
    const fact = { platformId: 'p', active: now !== 'off', paused: now === 'paused', controllable: true } as const;
    for (const listener of [...listeners]) listener({ fact: 'capture-seen', ...fact });
  };
  const call = (name: Call, then: typeof state) => (id: string) => {
    calls.push(`${name} ${id}`);
    if (fails.includes(name)) return Promise.reject(new Error(`${name} fails`));
    return Promise.resolve().then(() => turn(then));
  };
  const nothing = () => Promise.resolve();
  const capture: CaptureController = {
    capabilities: { exclude: false, pause: true, lease: false, storage: ['cloud'] },
    snapshot: () => Promise.resolve({ captures: [] }),
    subscribe: () => () => {},
    fence: nothing,
    start: nothing,
    renew: nothing,
    include: nothing,
    exclude: nothing,
    pause: call('pause', 'paused'),
    resume: call('resume', 'on'),
    stop: call('stop', 'off'),
  };

  async function settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (clock.runOne());
  }
  async function join(id: string, role: 'host' | 'participant'): Promise<void> {
    const adapter: MeetingAdapter = {
      meetingId: 'weekly',
      self: () => ({ id, role }),
      transport: network.connect({ participantId: id, role }),
      ...(role === 'host' && { capture }),
      snapshot: () => ({ captures: [], sharing: false }),
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
    const session = createSessionWith({ adapter, clock, policy, presents: 'assumed' }, { loaded: everything });
    sessions[id] = session;
    void session.join();
    await settle();
  }
  await join('hana', 'host');
  for (const id of guests) await join(id, 'participant');
  await settle();
  return {
    calls,
    sessions,
    settle,
    join,
    async platform(now: typeof state): Promise<void> {
      turn(now);
      await settle();
    },
    async answers(who: string, answer: 'given' | 'refused' | 'withdrawn'): Promise<void> {
      const session = sessions[who] as Session;
      const { prompt } = session.getSnapshot();
      if (prompt) void session.answer(prompt.noticeId, { recording: answer });
      else void session.withdrawConsent('recording');
      await settle();
    },
    says: () => Object.fromEntries(Object.entries(sessions).map(([id, each]) => [id, each.status('recording')])),
    captured: (id: string) => sessions[id]?.getSnapshot().self.captured,
  };
}

test('[G10] a capture that the platform started is paused where it can be, and goes on when everyone agrees', async () => {
  const { platform, answers, says, calls, sessions, captured } = await meeting();
  await platform('on');
  expect([calls, says(), captured('bo')]).toEqual([['pause p'], { hana: 'paused', bo: 'paused', cy: 'paused' }, false]);
  expect(sessions['bo']?.getSnapshot().prompt?.choices.map(({ effect }) => effect)).toEqual(['captured', 'excluded']);
  for (const id of ['hana', 'bo']) await answers(id, 'given');
  expect(calls).toEqual(['pause p']);
  await answers('cy', 'given');
  expect([calls, says(), captured('bo')]).toEqual([['pause p', 'resume p'], { hana: 'on', bo: 'on', cy: 'on' }, true]);
});

test('[G3] [G10] a withdrawal pauses it again, and a late joiner too', async () => {
  const { platform, answers, says, calls } = await meeting({ guests: ['bo'] });
  await platform('on');
  for (const id of ['hana', 'bo']) await answers(id, 'given');
  await answers('bo', 'withdrawn');
  expect([calls, says()]).toEqual([['pause p', 'resume p', 'pause p'], { hana: 'paused', bo: 'paused' }]);
  const other = await meeting({ guests: ['bo'] });
  await other.platform('on');
  for (const id of ['hana', 'bo']) await other.answers(id, 'given');
  await other.join('dee', 'participant');
  expect(other.calls).toEqual(['pause p', 'resume p', 'pause p']);
  await other.answers('dee', 'given');
  expect(other.calls).toEqual(['pause p', 'resume p', 'pause p', 'resume p']);
});

test('[G10] a refusal under veto ends it', async () => {
  const policy = { extends: 'all-party', recording: { onRefusal: 'veto' } } as const;
  const { platform, answers, says, calls } = await meeting({ policy });
  await platform('on');
  await answers('bo', 'refused');
  expect([calls, says()]).toEqual([['pause p', 'stop p'], { hana: 'off', bo: 'off', cy: 'off' }]);
});

test('[G2] [G9] [G10] one that cannot be paused after all reads on, and is not told again and again', async () => {
  const { platform, answers, says, calls, captured } = await meeting({ fails: ['pause'] });
  await platform('on');
  await answers('bo', 'refused');
  expect([calls, says(), captured('bo')]).toEqual([['pause p'], { hana: 'on', bo: 'on', cy: 'on' }, true]);
});

test('[G10] a host stops it, and pauses it whatever everyone has said', async () => {
  const { platform, answers, says, calls, sessions, settle } = await meeting({ guests: ['bo'] });
  await platform('on');
  for (const id of ['hana', 'bo']) await answers(id, 'given');
  void sessions['hana']?.pauseRecording();
  await settle();
  expect([calls.at(-1), says()]).toEqual(['pause p', { hana: 'paused', bo: 'paused' }]);
  void sessions['hana']?.resumeRecording();
  await settle();
  expect([calls.at(-1), says()]).toEqual(['resume p', { hana: 'on', bo: 'on' }]);
  void sessions['hana']?.stopRecording();
  await settle();
  expect([calls.at(-1), says()]).toEqual(['stop p', { hana: 'off', bo: 'off' }]);
});
