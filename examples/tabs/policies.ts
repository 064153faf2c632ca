import type { PolicyInput } from 'meeting-notice';

/** A policy to try, as the demo offers it. */
export interface DemoPolicy {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly policy: PolicyInput;
}

/** In the demo everyone may read the transcript as it is written. */
const transcription = { readers: 'everyone' } as const;

export const demoPolicies: readonly [DemoPolicy, ...DemoPolicy[]] = [
  {
    id: 'all-party',
    label: 'Everyone agrees',
    about: 'Everyone is asked. The recording starts after the last answer; who refuses is left out of it.',
    policy: { extends: 'all-party', transcription },
  },
  {
    id: 'gdpr',
    label: 'One by one',
    about: 'The recording starts with those who agreed; each other person is in it from their own answer on.',
    policy: { extends: 'gdpr', transcription },
  },
  {
    id: 'acknowledge',
    label: 'Press Continue',
    about: 'It starts at once. Microphone and camera are held off until a person presses Continue; who refuses leaves.',
    policy: { extends: 'acknowledge', transcription },
  },
  {
    id: 'notice-only',
    label: 'Notice only',
    about: 'It starts at once, and everyone is told by a banner. Each can still be left out.',
    policy: { extends: 'notice-only', transcription },
  },
  {
    id: 'veto',
    label: 'One no is enough',
    about: 'Everyone is asked, and one refusal ends the request, or stops the recording.',
    policy: { extends: 'all-party', transcription, recording: { onRefusal: 'veto' } },
  },
  {
    id: 'lobby',
    label: 'Late joiners wait',
    about: 'Everyone is asked; who joins while it records waits in a lobby until they have answered.',
    policy: { extends: 'all-party', transcription, recording: { onLateJoin: 'lobby' } },
  },
];

/** The policy of this id, or the first. */
export function demoPolicy(id: string | null): DemoPolicy {
  return demoPolicies.find((policy) => policy.id === id) ?? demoPolicies[0];
}
