import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { brokenWaits } from './requests-answered.ts';

/**
 * G9: no notice stands, and no listener has thrown, when its recording has been told to be over; and whatever somebody
 * waits for has ended in time.
 */
export function brokenG9(history: readonly Happened[], scenario: Scenario, nowMs: number): Broken[] {
  return [...brokenNotices(history), ...brokenWaits(history, scenario, nowMs)];
}

function brokenNotices(history: readonly Happened[]): Broken[] {
  const open = new Map<string, { participant: string; recordingId: string }>();
  const over = new Map<string, number>();
  const broken: Broken[] = [];
  let before = 0;
  const check = (at: number) => {
    for (const [key, { participant, recordingId }] of open) {
      const ended = over.get(`${participant} ${recordingId}`);
      if (ended === undefined || ended >= at) continue;
      open.delete(key);
      broken.push({ id: 'G9', atMs: at, participant, message: 'a notice stands for a recording that is over' });
    }
  };
  for (const event of history) {
    if (event.at > before) check(event.at);
    before = event.at;
    if (event.kind === 'presence' && event.state !== 'disconnected') {
      for (const [key, { participant }] of open) if (participant === event.participant) open.delete(key);
    }
    if (event.kind !== 'hook') continue;
    const { hook } = event;
    const { participant } = event;
    if (hook.hook === 'noticeRaised') {
      over.delete(`${participant} ${hook.payload.recordingId}`);
      open.set(`${participant} ${hook.payload.noticeId}`, { participant, recordingId: hook.payload.recordingId });
    }
    if (hook.hook === 'noticeClosed') open.delete(`${participant} ${hook.payload.noticeId}`);
    if (hook.hook === 'recordingStopped' || hook.hook === 'recordingFailed') {
      over.set(`${participant} ${hook.payload.recordingId}`, event.at);
    }
    if (hook.hook === 'protocolFailed' && hook.payload.code === 'session/task-threw') {
      broken.push({ id: 'G9', atMs: event.at, participant, message: hook.payload.detail ?? 'a task threw' });
    }
  }
  return broken;
}
