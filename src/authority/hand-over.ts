import type { Endpoint, RecordingId } from '../participants/participants.types.ts';
import { times } from '../transport/times.ts';
import type { AttentionDesk } from './attention-desk.ts';
import type { AuthorityContext, DecidingOptions } from './authority.types.ts';
import type { CommandDesk } from './command-desk.ts';
import { fence } from './fence.ts';
import type { HandedOver, HandedOverLive, StableState } from './hand-over.types.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import { awaitEveryone, exportLive, importLive } from './live-hand-over.ts';
import { OwnRecording } from './own-recording.ts';
import type { Person, Seat } from './people.ts';
import type { PolicyDesk } from './policy-desk.ts';
import type { Recordings } from './recordings.ts';
import type { TranscriptDesk } from './transcript-desk.ts';

/** What of an authority is handed over. */
interface AuthorityParts {
  readonly context: AuthorityContext;
  readonly recordings: Recordings;
  readonly policies: PolicyDesk;
  readonly commands: CommandDesk;
  readonly attention: AttentionDesk;
  readonly transcripts: TranscriptDesk;
  readonly ledger?: LedgerDesk | undefined;
}

/** Whether an authority there reaches what captures: a local recorder is its own client's alone. */
export const canMove = ({ live }: OwnRecording, to: Seat | undefined): boolean =>
  live.storage !== 'local' && to?.recorder === true;

/** What is handed over, as text, with who is `unheard` as absent; `undefined` while a call to the recorder is under way, or one that cannot move runs. */
export function exportState(
  { context, recordings, policies, commands, attention, transcripts, ledger }: AuthorityParts,
  to: Endpoint | undefined,
  unheard: Iterable<Person>,
): string | undefined {
  const { own } = recordings;
  if (own && !own.isStable) return undefined;
  if (own?.isRunning && to !== undefined && !canMove(own, context.people.seat(to))) return undefined;
  const known = ledger?.handOver();
  if (ledger && !known) return undefined;
  recordings.purposes?.askNow();
  const now = context.now();
  const purposes = [...(recordings.purposes?.lives.values() ?? [])].map((live) => exportLive(live, now));
  const state: HandedOver = {
    policy: policies.policy,
    regions: policies.regions,
    noticeVersion: context.options.noticeVersion ?? '1',
    speaking: context.people.speaking,
    absent: [...context.people.absent, ...[...unheard].map(({ id }) => id)],
    outside: context.people.outside,
    outcomes: commands.outcomes,
    attention: attention.handedOver,
    ledger: known,
    transcripts: transcripts.handedOver,
    ...(own && {
      own: {
        ...exportLive(own.live, now),
        request: own.request,
        state: own.state as StableState,
        context: own.context,
        included: own.included,
      },
    }),
    ...(purposes.length > 0 && { purposes }),
    ended: recordings.endings.states,
  };
  return JSON.stringify(state);
}

/** Takes what the authority before has left, handed over in order or found after a crash. */
export function applyInheritance(parts: AuthorityParts): void {
  const { context, recordings, policies } = parts;
  const { before } = context.options;
  if (!before) return;
  if (before.how === 'hand-over') takeOver(parts, before.state);
  else {
    parts.transcripts.inherit(before.meeting);
    const living = before.meeting.recordings.find(
      (each) => !each.seen && each.status !== 'off' && each.purposes.includes('recording'),
    );
    if (living) fence(context, recordings, policies.policy, living, before.absenceMs);
  }
}

function takeOver(
  { context, recordings, policies, commands, attention, transcripts }: AuthorityParts,
  state: HandedOver,
): void {
  commands.takeOutcomes(state.outcomes);
  policies.take(state.policy, state.regions);
  context.people.take(state);
  attention.take(state.attention);
  recordings.endings.states = state.ended;
  const now = context.now();
  const take = (handed: HandedOverLive) => importLive(handed, policies.policy, now);
  const isReworded = state.noticeVersion !== (context.options.noticeVersion ?? '1');
  const purposes = (state.purposes ?? []).map(take);
  const live = state.own && take(state.own);
  if (state.transcripts) transcripts.take(state.transcripts, live);
  for (const each of [...(live ? [live] : []), ...purposes]) awaitEveryone(each);
  const own =
    state.own &&
    live &&
    new OwnRecording(live, state.own.request, context, (each) => recordings.ended(each), state.own);
  if (!own && purposes.length === 0) return;
  recordings.adopt(own, purposes);
  if (!isReworded) return;
  for (const each of recordings.lives) each.askEveryoneAnew(recordings.isRunning(each));
}

/**
 * Stops what this client's recorder runs for an authority that gave way: told again, even while a call hangs, until it has
 * ended or its lease has passed (G9). Others take it for over before that: where it will not stop, everyone is left out (G2).
 */
export function stopUntilEnded(
  { capture, clock, left }: DecidingOptions,
  { included, live: { recordingId } }: OwnRecording,
  stopped: ((recordingId: RecordingId) => void) | undefined,
): void {
  if (!capture) return;
  left.add(recordingId);
  const overAt = capture.capabilities.lease ? clock.now() + times.leaseMs : Number.POSITIVE_INFINITY;
  let again: unknown;
  const ended = () => {
    clock.clearTimeout(again);
    if (left.delete(recordingId)) stopped?.(recordingId);
  };
  const leaveOut = (): void => {
    if (capture.capabilities.exclude) capture.exclude(recordingId, included).catch(() => {});
  };
  const stop = (): void => {
    again = clock.setTimeout(() => {
      if (clock.now() >= overAt) return ended();
      leaveOut();
      stop();
    }, times.stopAgainMs);
    capture.stop(recordingId).then(ended, leaveOut);
  };
  stop();
}

/** A host says that what their client captured, when it decided, has ended. */
export function endedElsewhere(context: AuthorityContext, recordings: Recordings, recordingId: RecordingId): void {
  const { own } = recordings;
  if (own?.live.recordingId !== recordingId) recordings.endings.addElsewhere(recordingId);
  else if (own.context.inherited) own.captureTold({ fact: 'stopped', recordingId });
  context.changed.meeting();
}
