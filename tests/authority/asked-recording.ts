import { LiveRecording } from '../../src/authority/live-recording.ts';
import type { LiveRecordingState } from '../../src/authority/live-recording.types.ts';
import type { Person, Reach } from '../../src/authority/people.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { PolicyInput } from '../../src/policy/policy.types.ts';

export interface Asked extends Partial<LiveRecordingState> {
  readonly policy?: PolicyInput;
  /** Who is asked, and how they can be reached. Default: bo and cy, on their screens. */
  readonly people?: Readonly<Record<string, Reach>>;
  readonly late?: boolean;
}

const defaultPeople: Readonly<Record<string, Reach>> = { bo: 'asks', cy: 'asks' };

/** A recording that hana has asked for, as the authority knows it, under the policy `gdpr` unless another is named. */
export function askedRecording({
  policy = { extends: 'gdpr' },
  people = defaultPeople,
  late = false,
  ...more
}: Asked = {}) {
  const state = { recordingId: 'r', purposes: ['recording'], by: { participantId: 'hana' }, seen: false, ...more };
  const live = new LiveRecording(state, parsePolicy(policy));
  for (const [id, reach] of Object.entries(people)) live.enter({ id } as Person, reach, late);
  return live;
}
