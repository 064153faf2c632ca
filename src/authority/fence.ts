import type { Policy } from '../policy/policy.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { AuthorityContext } from './authority.types.ts';
import { LiveRecording } from './live-recording.ts';
import { meetAll } from './lobby.rules.ts';
import { OwnRecording } from './own-recording.ts';
import type { Recordings } from './recordings.ts';

/** Nothing is captured by an authority that is gone: its recording is fenced, stopped, and `unknown` until then. */
export function fence(
  context: AuthorityContext,
  recordings: Recordings,
  policy: Policy,
  left: RecordingState,
  absenceMs: number,
): void {
  const isHere = context.options.left.has(left.recordingId);
  const live = new LiveRecording(
    {
      recordingId: left.recordingId,
      purposes: left.purposes,
      by: left.by,
      seen: false,
      storage: left.storage,
    },
    policy,
  );
  const own = new OwnRecording(
    live,
    {
      recordingId: left.recordingId,
      storage: left.storage,
      by: left.by,
      captureTimeoutMs: live.mainPolicy.captureTimeoutMs,
      holdWaitMs: times.holdWaitMs,
      leaseMs: times.lastWordMs + absenceMs,
      stopAgainMs: times.stopAgainMs,
      isReachable: isHere || left.endsBy !== 'client',
      // Where nobody here can tell, it may take whoever is on air.
      canExclude: context.options.capture?.capabilities.exclude === true,
      hasLease: isHere ? context.options.capture?.capabilities.lease === true : left.endsBy !== 'platform',
    },
    context,
    (each) => recordings.ended(each),
  );
  recordings.own = own;
  meetAll(context, live);
  own.inherit(left.started);
  // An adapter may have told of it first, as of one that nobody here knew.
  recordings.seen.refresh();
}
