import { expect } from 'vitest';
import { everything } from '../../src/session/everything.ts';
import { createSessionWith } from '../../src/session/session.ts';
import type { Session } from '../../src/session/session.types.ts';
import { simulatedCapture } from '../../src/simulator/simulated-capture.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { SimulatedProcess } from '../../src/simulator/simulated-process.ts';
import { simulatedRecorder } from '../../src/simulator/simulated-recorder.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';

const recorder = { startMs: 0, fails: [], hangs: [], canExclude: true, canPause: true, lease: true };
const unheard = { status: () => {}, included: () => {} };

/** A host, hana, and a guest, bo: real sessions on a simulated clock, network and recorder. Nobody has joined yet. */
export function meeting() {
  const clock = simulatedClock();
  const network = inMemoryNetwork({ clock });
  const [cloud, local] = [simulatedRecorder(clock, recorder, unheard), simulatedRecorder(clock, recorder, unheard)];

  async function settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (clock.runOne());
  }
  function session(id: string, role: 'host' | 'participant'): Session {
    const process = new SimulatedProcess(clock);
    const capture = simulatedCapture({ process, cloud, local, options: recorder, state: () => 'connected' });
    const transport = network.connect({ participantId: id, role });
    return createSessionWith(
      { meetingId: 'weekly', self: { id, role }, transport, clock, ...(role === 'host' && { capture }) },
      { loaded: everything },
    );
  }
  const sessions = { hana: session('hana', 'host'), bo: session('bo', 'participant') };

  return {
    ...sessions,
    settle,
    /** Lets time go on, with everything due in it. */
    async waits(ms: number): Promise<void> {
      const end = clock.now() + ms;
      for (let at = clock.nextAt(); at !== undefined && at <= end; at = clock.nextAt()) {
        clock.advanceTo(at);
        await settle();
      }
      clock.advanceTo(end);
    },
    async joins(who: keyof typeof sessions): Promise<void> {
      void sessions[who].join();
      await settle();
    },
    async leaves(who: keyof typeof sessions): Promise<void> {
      void sessions[who].leave();
      await settle();
    },
    /** Hana asks for a recording. */
    async asks(): Promise<void> {
      void sessions.hana.requestRecording({ storage: 'cloud' });
      await settle();
    },
    /** Bo is shown the prompt, and agrees. */
    async agrees(): Promise<void> {
      const noticeId = sessions.bo.getSnapshot().prompt?.noticeId ?? 'none';
      sessions.bo.confirmShown(noticeId);
      await settle();
      void sessions.bo.answer(noticeId, { recording: 'given' });
      await settle();
    },
    async withdraws(): Promise<void> {
      void sessions.bo.withdrawConsent('recording');
      await settle();
    },
    /** Bo's connection is interrupted, or is there again: one new snapshot and one `connectionChanged`, nothing else. */
    async changes(): Promise<void> {
      if (sessions.bo.getSnapshot().connection === 'lost') network.reconnect('bo');
      else network.disconnect('bo');
      await settle();
    },
    /** Something reaches bo that is no message: one `protocolFailed`, and nothing else. */
    async garbles(): Promise<void> {
      network.inject({ from: 'hana', to: 'bo', data: 'no message' });
      await settle();
    },
  };
}

/** The same meeting with both in it, and nothing running. */
export async function joinedMeeting() {
  const joined = meeting();
  await joined.joins('hana');
  await joined.joins('bo');
  return joined;
}

interface OneWay {
  /** Adds a listener of this kind; the function it returns ends it. */
  readonly listen: (listener: () => void) => () => void;
  /** A listener that notes bo's connection each time it is told. */
  readonly tells: () => void;
  readonly changes: () => Promise<void>;
}

/** Does the same with listeners of `on`, of `onAny` and of `subscribe`: each time `tells` has noted what is expected. */
export async function inEachWay(expected: readonly string[], does: (way: OneWay) => Promise<void>): Promise<void> {
  const ways = {
    on: (session: Session, listener: () => void) => session.on('connectionChanged', listener),
    onAny: (session: Session, listener: () => void) => session.onAny(listener),
    subscribe: (session: Session, listener: () => void) => session.subscribe(listener),
  };
  for (const [way, add] of Object.entries(ways)) {
    const { bo, changes } = await joinedMeeting();
    const told: string[] = [];
    await does({
      listen: (listener) => add(bo, listener),
      tells: () => told.push(bo.getSnapshot().connection),
      changes,
    });
    expect({ way, told }).toEqual({ way, told: expected });
  }
}
