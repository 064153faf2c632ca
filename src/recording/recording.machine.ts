import { assign, emit, enqueueActions, setup } from 'xstate';
import { isPointless, mayCommit, mayStart, outcomeOfNobody } from './recording.rules.ts';
import type { CaptureCall, RecordingSetup } from './recording.types.ts';

const idle = { request: null, outcome: null, code: null, started: false, inherited: false } as const;

/**
 * One recording, from request to end. Keeps G1 (capture starts only when the policy's answers are in, and commits
 * against the roster of that instant) and G9 (each call to the recorder ends, by itself or in time). It says what the
 * recorder must do (`capture.called`); the authority does it and says how it went.
 */
export const recordingMachine = setup({
  types: {} as RecordingSetup,
  delays: {
    captureTimeout: ({ context }) => context.request?.captureTimeoutMs ?? 0,
    holdWait: ({ context }) => context.request?.holdWaitMs ?? 0,
    leaseEnd: ({ context }) => context.request?.leaseMs ?? 0,
    stopAgain: ({ context }) => context.request?.stopAgainMs ?? 0,
  },
  guards: {
    mayStart: ({ event }) => event.type === 'readiness.changed' && mayStart(event.readiness),
    isPointless: ({ event }) => event.type === 'readiness.changed' && isPointless(event.readiness),
    mayCommit: ({ event }) => event.type === 'capture.started' && mayCommit(event.readiness),
    canExclude: ({ context }) => context.request?.canExclude === true,
    hasLease: ({ context }) => context.request?.hasLease === true,
    hasNoLease: ({ context }) => context.request?.hasLease !== true,
  },
  actions: {
    take: assign(({ event }) => (event.type === 'recording.requested' ? { ...idle, request: event.request } : {})),
    inherit: assign(({ event }) =>
      event.type === 'recording.inherited'
        ? {
            ...idle,
            request: event.request,
            started: event.started,
            inherited: true,
            outcome: 'failed' as const,
            code: 'authority/changed',
          }
        : {},
    ),
    end: assign(({ event, context }) => {
      switch (event.type) {
        case 'recording.stopped':
          return { outcome: event.outcome, code: event.code ?? null };
        case 'readiness.changed':
          return { outcome: outcomeOfNobody(event.readiness) };
        case 'capture.started':
          return { outcome: event.readiness.blocked ? ('cancelled' as const) : ('nobody-to-capture' as const) };
        case 'capture.failed':
        case 'capture.ended':
          return { outcome: 'failed' as const, code: context.code ?? event.code };
        default:
          return {};
      }
    }),
    fail: assign((_, params: { code: string }) => ({ outcome: 'failed' as const, code: params.code })),
    markStarted: assign({ started: true }),
    call: enqueueActions(({ context, enqueue }, params: { call: CaptureCall }) => {
      if (context.request) enqueue.emit({ type: 'capture.called', call: params.call, request: context.request });
    }),
    announce: emit({ type: 'recording.moved' }),
  },
}).createMachine({
  id: 'recording',
  context: { ...idle },
  initial: 'off',
  states: {
    off: {
      entry: 'announce',
      on: {
        'recording.requested': { target: 'asking', actions: 'take' },
        'recording.inherited': { target: 'fencing', actions: 'inherit' },
      },
    },
    asking: {
      tags: 'noticeRequired',
      entry: 'announce',
      on: {
        'readiness.changed': [
          { guard: 'mayStart', target: 'starting' },
          { guard: 'isPointless', target: 'off', actions: 'end' },
        ],
        'holds.awaited': 'holding',
        'recording.stopped': { target: 'off', actions: 'end' },
      },
    },
    // A start waits for devices to be held, and goes on without those who have not.
    holding: {
      tags: 'noticeRequired',
      after: {
        holdWait: [
          { guard: 'canExclude', target: 'starting' },
          { target: 'off', actions: { type: 'fail', params: { code: 'hold/not-confirmed' } } },
        ],
      },
      on: {
        'holds.confirmed': 'starting',
        'recording.stopped': { target: 'off', actions: 'end' },
      },
    },
    starting: {
      tags: ['noticeRequired', 'capturing'],
      entry: [{ type: 'call', params: { call: 'start' } }, 'announce'],
      after: {
        captureTimeout: { target: 'fencing', actions: { type: 'fail', params: { code: 'capture/timed-out' } } },
      },
      on: {
        'capture.started': [
          { guard: 'mayCommit', target: 'on', actions: 'markStarted' },
          { target: 'stopping', actions: 'end' },
        ],
        'capture.failed': { target: 'off', actions: 'end' },
        'capture.ended': { target: 'off', actions: 'end' },
        'recording.stopped': { target: 'stopping', actions: 'end' },
      },
    },
    on: {
      tags: ['noticeRequired', 'capturing'],
      entry: 'announce',
      on: {
        'recording.paused': 'pausing',
        'recording.stopped': { target: 'stopping', actions: 'end' },
        'capture.ended': { target: 'off', actions: 'end' },
      },
    },
    pausing: {
      tags: ['noticeRequired', 'capturing'],
      entry: [{ type: 'call', params: { call: 'pause' } }, 'announce'],
      after: {
        captureTimeout: { target: 'stopping', actions: { type: 'fail', params: { code: 'capture/timed-out' } } },
      },
      on: {
        'capture.paused': 'paused',
        'capture.failed': { target: 'stopping', actions: 'end' },
        'capture.ended': { target: 'off', actions: 'end' },
        'recording.stopped': { target: 'stopping', actions: 'end' },
      },
    },
    paused: {
      tags: 'noticeRequired',
      entry: 'announce',
      on: {
        'recording.resumed': 'resuming',
        'recording.stopped': { target: 'stopping', actions: 'end' },
        'capture.ended': { target: 'off', actions: 'end' },
      },
    },
    resuming: {
      tags: ['noticeRequired', 'capturing'],
      entry: [{ type: 'call', params: { call: 'resume' } }, 'announce'],
      after: { captureTimeout: 'pausing' },
      on: {
        'capture.resumed': 'on',
        'capture.failed': 'paused',
        'capture.ended': { target: 'off', actions: 'end' },
        'recording.stopped': { target: 'stopping', actions: 'end' },
      },
    },
    stopping: {
      tags: ['noticeRequired', 'capturing'],
      entry: [{ type: 'call', params: { call: 'stop' } }, 'announce'],
      after: { captureTimeout: 'unstopped' },
      on: {
        'capture.stopped': 'off',
        'capture.ended': 'off',
        'capture.failed': 'unstopped',
      },
    },
    // A call that did not end in time, or a recording that another authority left: fenced, then stopped.
    fencing: {
      tags: ['noticeRequired', 'capturing'],
      entry: [{ type: 'call', params: { call: 'fence' } }, 'announce'],
      after: { captureTimeout: 'unstopped' },
      on: {
        'capture.stopped': 'off',
        'capture.ended': 'off',
        'capture.failed': 'unstopped',
      },
    },
    // `stop` is not confirmed. With a lease it ends by itself; without, it is told again and again.
    unstopped: {
      tags: ['noticeRequired', 'capturing'],
      entry: 'announce',
      after: {
        leaseEnd: { guard: 'hasLease', target: 'off' },
        stopAgain: {
          guard: 'hasNoLease',
          target: 'unstopped',
          reenter: true,
          actions: { type: 'call', params: { call: 'stop' } },
        },
      },
      on: {
        'capture.stopped': 'off',
        'capture.ended': 'off',
      },
    },
  },
});
