import { broadcastChannelTransport, createSession, type Role } from 'meeting-notice';
import { workerClock } from 'meeting-notice/browser';
import { type Clock, systemClock } from '../../../src/core/clock.ts';

/** Without media: a browser lets the timers of a hidden page sleep only while it neither plays nor sends any. */
const { searchParams } = new URL(location.href);
const asked = (name: string): string => searchParams.get(name) ?? '';
const self = { id: asked('id'), role: asked('role') as Role };
const clocks = { worker: workerClock(), page: systemClock };

/** When a timer that is set again every `everyMs` runs, in milliseconds of the page. */
function beats(clock: Clock, everyMs: number): readonly number[] {
  const times: number[] = [];
  const beat = (): void => {
    times.push(performance.now());
    clock.setTimeout(beat, everyMs);
  };
  beat();
  return times;
}

const session = createSession({
  meetingId: asked('room'),
  self,
  transport: broadcastChannelTransport({ meetingId: asked('room'), participantId: self.id, role: self.role }),
});

/** Whom this tab has followed, and how, one entry a change. */
const followed: string[] = [];
session.on('connectionChanged', ({ connection, authorityId }) => followed.push(`${connection} ${authorityId}`));

const tab = { session, clocks, beats, followed };
Object.assign(window, { tab });
void session.join();

declare global {
  interface Window {
    tab: typeof tab;
    /** What a test notes here of when timers ran. */
    noted: Record<keyof typeof clocks, readonly number[]>;
  }
}
