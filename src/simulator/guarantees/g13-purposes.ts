import type { ParticipantId, Purpose, RecordingId } from '../../participants/participants.types.ts';
import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';

/** How long a hold may outlive what it was for, as the same client reads it, in milliseconds. */
const endsWithinMs = 1000;

interface Held {
  readonly participant: ParticipantId;
  readonly purpose: Purpose;
  readonly recordingId: RecordingId;
  readonly sinceMs: number;
}

/** G13, of purposes that live without a recording: a hold for one ends once its own client has read that it is over. */
export function brokenPurposeHolds(history: readonly Happened[], { untilMs }: Scenario): Broken[] {
  /** By person, and by what each is: the policy's, or of which withdrawal. */
  const holds = new Map<string, Held>();
  /** Of which life of a purpose each client has told last, and since when it is over there. */
  const toldOf = new Map<string, RecordingId>();
  const offSince = new Map<string, number>();
  const broken: Broken[] = [];
  const check = (at: number) => {
    for (const [key, { participant, purpose, recordingId, sinceMs }] of holds) {
      const offMs = offSince.get(`${participant} ${recordingId}`);
      // Those of recordings are checked elsewhere; whoever declines what they read as over is held until they are heard.
      if (purpose === 'recording' || offMs === undefined || sinceMs >= offMs || at - offMs <= endsWithinMs) continue;
      holds.delete(key);
      broken.push({ id: 'G13', atMs: at, participant, message: `devices are held for ${purpose}, which is over` });
    }
  };
  let before = 0;
  for (const event of history) {
    if (event.at > before) check(event.at);
    before = event.at;
    if (event.kind === 'presence' && event.state !== 'disconnected' && event.state !== 'reconnected') {
      for (const each of [holds, toldOf, offSince]) {
        for (const key of each.keys()) if (key.startsWith(`${event.participant} `)) each.delete(key);
      }
    }
    if (event.kind !== 'hook') continue;
    const { participant, hook } = event;
    if (hook.hook === 'holdChanged') {
      const { purpose, recordingId, because, held } = hook.payload;
      const isWithdrawal = because === (held ? 'withdrawing' : 'acknowledged');
      const key = `${participant} ${isWithdrawal ? recordingId : 'policy'}`;
      if (held) holds.set(key, { participant, purpose, recordingId, sinceMs: event.at });
      else holds.delete(key);
    }
    if (hook.hook !== 'indicatorChanged' || hook.payload.purpose === 'recording') continue;
    const { purpose, status, recordingId = toldOf.get(`${participant} ${purpose}`) } = hook.payload;
    if (recordingId === undefined) continue;
    toldOf.set(`${participant} ${purpose}`, recordingId);
    if (status === 'off') offSince.set(`${participant} ${recordingId}`, event.at);
    else offSince.delete(`${participant} ${recordingId}`);
  }
  check(untilMs);
  return broken;
}
