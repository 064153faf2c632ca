import type { Purpose, Status } from '../participants/participants.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';

/** What matters most comes first: a person must never read less than what is done with them (G2). */
const order: readonly Status[] = ['on', 'unknown', 'paused', 'asking', 'off'];

/** One indicator for all recordings that have a purpose. */
export function mergedStatus(recordings: readonly RecordingState[], purpose: Purpose): Status {
  const statuses = recordings
    .filter((each) => each.purposes.includes(purpose))
    .map((each) => (each.status === 'off' ? 'off' : (each.statuses?.[purpose] ?? each.status)));
  return order.find((status) => statuses.includes(status)) ?? 'off';
}
