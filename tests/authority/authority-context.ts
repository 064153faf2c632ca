import { allModules } from '../../src/authority/all-modules.ts';
import { AttentionDesk } from '../../src/authority/attention-desk.ts';
import type { AuthorityContext, DecidingOptions } from '../../src/authority/authority.types.ts';
import { CommandDesk } from '../../src/authority/command-desk.ts';
import { People, type Seat } from '../../src/authority/people.ts';
import { PolicyDesk } from '../../src/authority/policy-desk.ts';
import { Recordings } from '../../src/authority/recordings.ts';
import { TranscriptDesk } from '../../src/authority/transcript-desk.ts';
import { Mailbox } from '../../src/core/mailbox.ts';
import { Timers } from '../../src/core/timers.ts';
import type { Channel, Region, Role } from '../../src/participants/participants.types.ts';
import { presets } from '../../src/policy/presets.ts';
import type { CaptureController } from '../../src/recording/capture.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { type FakeRecorderOptions, fakeAdapter } from '../../src/testing/fake-adapter.ts';

interface Surroundings extends Partial<DecidingOptions> {
  readonly recorder?: FakeRecorderOptions;
}

/** The recorder's port, which writes down whatever it is told about which recording. */
function listeningTo(capture: CaptureController, calls: string[]): CaptureController {
  const heard =
    <Given extends readonly [unknown, ...unknown[]]>(
      name: string,
      call: (...given: Given) => Promise<void>,
      idOf: (first: Given[0]) => unknown = (id) => id,
    ) =>
    (...given: Given) => {
      calls.push(`${name} ${idOf(given[0])}`);
      return call(...given);
    };
  return {
    ...capture,
    start: heard('start', capture.start, ({ recordingId }) => recordingId),
    pause: heard('pause', capture.pause),
    resume: heard('resume', capture.resume),
    stop: heard('stop', capture.stop),
  };
}

/**
 * What the parts of an authority share, on a clock of its own. `told` is what they say has changed, in order, `calls`
 * what its recorder is told.
 */
export function authorityContext({ recorder = {}, ...more }: Surroundings = {}) {
  const clock = simulatedClock();
  const failed: unknown[] = [];
  const mailbox = new Mailbox((error) => void failed.push(error));
  const told: string[] = [];
  const calls: string[] = [];
  const adapter = fakeAdapter({ clock, recorder });
  const capture = listeningTo(adapter.capture as CaptureController, calls);
  const context: AuthorityContext = {
    options: {
      meetingId: 'weekly',
      epoch: { number: 1, id: 'hana', incarnation: 'a' },
      send: () => {},
      roleOf: () => undefined,
      capture,
      clock,
      mailbox,
      randomId: () => 'id',
      left: new Set(),
      ask: () => void told.push('ask'),
      doubt: (code) => void told.push(code),
      ...more,
    },
    people: new People(),
    timers: new Timers(clock, mailbox),
    now: () => clock.now(),
    post: (task) => mailbox.post(task),
    isHandingOver: () => false,
    changed: {
      meeting: () => void told.push('meeting'),
      person: (id) => void told.push(id),
      everyone: () => void told.push('everyone'),
      released: (id) => void told.push(`released ${id}`),
    },
  };
  return { context, clock, told, failed, calls, capture, recorder: adapter.recorder };
}

interface Arrival {
  readonly role?: Role;
  readonly channel?: Channel;
  readonly name?: string;
  readonly region?: Region;
  /** `false`: their client has not said hello yet. */
  readonly says?: false;
  /** Their client reaches the meeting's recorder. */
  readonly recorder?: true;
}

/** The parts of an authority that decide, put together as it does, under the policy `gdpr` unless another is named. */
export function authorityParts(surroundings: Surroundings = {}) {
  const shared = authorityContext({ policy: presets.gdpr, ...surroundings });
  const { context, clock } = shared;
  const policies = new PolicyDesk(context);
  const modules = allModules();
  const recordings = new Recordings(context, policies.policy, modules);
  const attention = new AttentionDesk(context, policies);
  const transcripts = new TranscriptDesk(context, recordings, policies, modules);
  const commands = new CommandDesk(context, recordings, policies, attention, transcripts);
  return {
    ...shared,
    parts: { context, recordings, policies, commands, attention, transcripts },

    comes(id: string, { role = 'participant', channel = 'app', says, ...said }: Arrival = {}): Seat {
      const { seat } = context.people.enter(id, id, { role, channel, sdk: true, at: clock.now() });
      if (says !== false) context.people.hello(seat, { t: 'hello', id: `hello ${id}`, devices: true, ...said });
      recordings.enter(seat.person);
      return seat;
    },

    /** Lets everything happen that is due within a time. */
    async passes(ms = 0): Promise<void> {
      const end = clock.now() + ms;
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (clock.runOne()) continue;
        const next = clock.nextAt();
        if (next === undefined || next > end) break;
        clock.advanceTo(next);
      }
      clock.advanceTo(end);
    },
  };
}
