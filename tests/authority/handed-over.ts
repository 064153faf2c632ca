import type { HandedOver } from '../../src/authority/hand-over.types.ts';
import { presets } from '../../src/policy/presets.ts';

const request = {
  recordingId: '0123456789abcdef',
  storage: 'cloud',
  by: { participantId: 'hana', name: 'Hana' },
  captureTimeoutMs: 10_000,
  holdWaitMs: 3000,
  leaseMs: 10_000,
  stopAgainMs: 5000,
  isReachable: true,
  canExclude: true,
  hasLease: true,
} as const;

/** All that an authority can hand over, with each field there is: a recording and its transcript in mid-meeting. */
export const handedOver: HandedOver & Required<Pick<HandedOver, 'own'>> = {
  policy: presets.gdpr,
  regions: ['DE'],
  noticeVersion: '1',
  speaking: ['hana', 'bo', 'cy'],
  absent: ['cy'],
  outside: [['eve', 'waiting']],
  outcomes: [['hana c1', { outcome: 'accepted', recordingId: request.recordingId }]],
  ended: [
    {
      recordingId: 'fedcba9876543210',
      purposes: ['recording'],
      status: 'off',
      by: request.by,
      started: true,
      ended: { outcome: 'failed', code: 'capture/timed-out', retryable: true },
      endsBy: 'lease',
    },
  ],
  own: {
    live: {
      recordingId: request.recordingId,
      purposes: ['recording', 'transcription'],
      groups: [['recording'], ['transcription']],
      storage: 'cloud',
      by: request.by,
      reason: 'minutes',
      seen: false,
    },
    request,
    state: 'on',
    context: { request, outcome: null, code: null, started: true, inherited: false },
    included: ['hana', 'bo'],
    // As a roster packs them: given; given once shown, of revision 1; requested.
    rosters: [
      [
        'recording',
        [
          ['hana', 4],
          ['bo', 148],
          ['cy', 1],
        ],
      ],
      [
        'transcription',
        [
          ['hana', 4],
          ['bo', 148],
        ],
      ],
    ],
    deadlinesInMs: [
      ['cy', 20_000],
      ['dee', 30_000],
    ],
    dueInMs: 40_000,
    giveUpInMs: 50_000,
    remindInMs: 60_000,
    reminded: [['cy', 2]],
    joinedMeanwhile: ['cy'],
    reviewing: ['bo'],
    bannered: ['hana'],
    announcedTo: ['room'],
    refusals: [['cy', ['a1', 'a2']]],
    purposesOn: ['recording'],
    declined: [['transcription', ['cy']]],
    pausedByHost: false,
    expired: 1,
    lastBy: { participantId: 'cora' },
    withoutWaiting: { by: 'hana', reason: 'we begin' },
  },
};
