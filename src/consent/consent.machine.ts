import { setup } from 'xstate';
import type { ConsentSetup } from './consent.types.ts';

/**
 * The life of one consent: one participant, one purpose, one recording. Agreement needs a notice that was shown
 * first (G1); refusing and withdrawing need nothing (G3), not even that one could be asked, and whoever said no, or let
 * it expire, may still agree.
 * `unasked` to `given` is the requester: asking is their consent.
 */
export const consentMachine = setup({ types: {} as ConsentSetup }).createMachine({
  id: 'consent',
  context: {},
  initial: 'unasked',
  states: {
    unasked: {
      on: {
        'consent.requested': 'requested',
        'consent.given': 'given',
        'participant.unreachable': 'cannot-be-asked',
      },
    },
    requested: {
      on: {
        'notice.shown': 'shown',
        'consent.refused': 'refused',
        'consent.withdrawn': 'withdrawn',
        'consent.expired': 'expired',
        'participant.unreachable': 'cannot-be-asked',
      },
    },
    shown: {
      on: {
        'consent.requested': 'requested',
        'consent.given': 'given',
        'consent.acknowledged': 'acknowledged',
        'consent.refused': 'refused',
        'consent.withdrawn': 'withdrawn',
        'consent.expired': 'expired',
      },
    },
    acknowledged: {
      on: {
        'consent.requested': 'requested',
        'consent.given': 'given',
        'consent.refused': 'refused',
        'consent.withdrawn': 'withdrawn',
      },
    },
    given: {
      on: {
        'consent.requested': 'requested',
        'consent.refused': 'refused',
        'consent.withdrawn': 'withdrawn',
      },
    },
    refused: {
      on: {
        'consent.given': 'given',
        'consent.acknowledged': 'acknowledged',
        'consent.withdrawn': 'withdrawn',
      },
    },
    withdrawn: {
      on: {
        'consent.given': 'given',
        'consent.acknowledged': 'acknowledged',
        'consent.refused': 'refused',
      },
    },
    expired: {
      on: {
        'consent.given': 'given',
        'consent.acknowledged': 'acknowledged',
        'consent.refused': 'refused',
        'consent.withdrawn': 'withdrawn',
      },
    },
    'cannot-be-asked': {
      on: {
        'consent.requested': 'requested',
        'consent.refused': 'refused',
        'consent.withdrawn': 'withdrawn',
      },
    },
  },
});
