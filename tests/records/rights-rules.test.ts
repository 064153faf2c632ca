import { describe, expect, test } from 'vitest';
import type { LedgerFact, Right } from '../../src/records/ledger.types.ts';
import { openDsrStatus } from '../../src/records/open-dsr.rules.ts';
import type { RightRequest, RightStatus } from '../../src/records/right-request.types.ts';
import {
  everyRight,
  isOpenRequest,
  mayTake,
  type RightFact,
  requestAfter,
  restrictedPeople,
  restricts,
  rightRequests,
} from '../../src/records/rights.rules.ts';
import { at, recordsOf } from './records-of.ts';

const statuses: readonly RightStatus[] = ['received', 'identified', 'done', 'refused', 'ended'];
const steps: readonly RightFact['fact'][] = [
  'right-received',
  'right-identified',
  'right-done',
  'right-refused',
  'right-extended',
  'right-ended',
];

const request = (more: Partial<RightRequest> = {}): RightRequest => ({
  requestId: 'q',
  meetingId: 'weekly',
  participantId: 'bo',
  right: 'deletion',
  status: 'received',
  receivedAt: at(0),
  dueAt: '2026-02-28T09:00:00.000Z',
  ...more,
});
const step = (fact: RightFact['fact'], more: Partial<RightFact> = {}): RightFact => ({
  fact,
  requestId: 'q',
  participantId: 'bo',
  right: 'deletion',
  dueAt: '2026-02-28T09:00:00.000Z',
  ...more,
});

describe('[G12] a request', () => {
  test('takes these steps, and no other', () => {
    const taken = (right: Right, more: Partial<RightRequest> = {}) =>
      Object.fromEntries(
        statuses.map((status) => [status, steps.filter((each) => mayTake(request({ right, status, ...more }), each))]),
      );
    const open = {
      received: ['right-identified', 'right-refused', 'right-extended'],
      identified: ['right-done', 'right-refused', 'right-extended'],
      done: [],
      refused: [],
      ended: [],
    };
    for (const right of everyRight) {
      expect(taken(right)).toEqual({ ...open, done: right === 'restriction' ? ['right-ended'] : [] });
    }
    expect(taken('access', { extended: true })).toEqual({
      ...open,
      received: ['right-identified', 'right-refused'],
      identified: ['right-done', 'right-refused'],
    });
  });

  test('is after each step what that makes of it', () => {
    const later = { at: at(9), fact: step('right-identified', { identifiedBy: 'session' }) };
    const identified = request({ status: 'identified', identifiedBy: 'session' });
    expect(requestAfter(request(), later)).toStrictEqual(identified);
    const reasoned = { code: 'rights/unfounded', reason: 'no such words' };
    expect([
      requestAfter(identified, { at: at(9), fact: step('right-done') }),
      requestAfter(request(), { at: at(9), fact: step('right-refused', reasoned) }),
      requestAfter(request(), { at: at(9), fact: step('right-extended', { dueAt: at(50), reason: 'many' }) }),
      requestAfter(request({ right: 'restriction', status: 'done' }), {
        at: at(9),
        fact: step('right-ended', { right: 'restriction', reason: 'settled' }),
      }),
    ]).toStrictEqual([
      { ...identified, status: 'done', settledAt: at(9) },
      { ...request(), status: 'refused', ...reasoned, settledAt: at(9) },
      { ...request(), dueAt: at(50), extended: true, reason: 'many' },
      { ...request({ right: 'restriction' }), status: 'ended', reason: 'settled' },
    ]);
  });

  test('is as it was after a step that it may not take', () => {
    const done = request({ status: 'done' });
    for (const fact of steps) {
      expect(requestAfter(done, { at: at(9), fact: step(fact, { reason: 'x', dueAt: at(50) }) })).toBe(done);
    }
  });

  test('is open until it is done or refused', () => {
    expect(statuses.map((status) => isOpenRequest(request({ status })))).toEqual([true, true, false, false, false]);
  });
});

test('[G12] the requests of a meeting are those that were received, in that order, each as far as it has come', async () => {
  const facts: LedgerFact[] = [
    { fact: 'opened', key: {} },
    step('right-identified', { requestId: 'never received' }),
    step('right-received', { requestId: 'b', participantId: 'cy', right: 'access' }),
    step('right-received', { requestId: 'a' }),
    { fact: 'started', recordingId: 'r', by: 'platform' },
    step('right-identified', { requestId: 'b' }),
    step('right-received', { requestId: 'b', participantId: 'dee', dueAt: at(1) }),
    step('right-done', { requestId: 'b' }),
    { fact: 'closed' },
  ];
  expect([...(await rightRequests(recordsOf(...facts)))]).toStrictEqual([
    [
      'b',
      {
        ...request({ requestId: 'b', participantId: 'cy', right: 'access', receivedAt: at(2), status: 'done' }),
        settledAt: at(7),
      },
    ],
    ['a', request({ requestId: 'a', receivedAt: at(3) })],
  ]);
});

describe('[G12] data is held and not used', () => {
  test('for a restriction while it is carried out and stands, and for an objection until it is decided on', () => {
    const found = Object.fromEntries(
      everyRight.map((right) => [right, statuses.filter((status) => restricts(request({ right, status })))]),
    );
    expect(found).toEqual({
      ...Object.fromEntries(everyRight.map((right) => [right, []])),
      restriction: ['identified', 'done'],
      objection: ['identified'],
    });
  });

  test('of whoever has asked for that', () => {
    const requests = [
      request({ participantId: 'bo', right: 'restriction', status: 'done' }),
      request({ participantId: 'cy', right: 'objection', status: 'identified' }),
      request({ participantId: 'dee', right: 'deletion', status: 'identified' }),
      request({ participantId: 'bo', right: 'objection', status: 'identified' }),
    ];
    expect([restrictedPeople(requests), restrictedPeople([])]).toEqual([new Set(['bo', 'cy']), new Set()]);
  });
});

describe('[G12] a request in the words of OpenDSR', () => {
  test('is of one of these types, and stands at one of these places', () => {
    expect(everyRight.map((right) => openDsrStatus(request({ right })).subject_request_type)).toEqual([
      'withdrawal',
      'access',
      'rectification',
      'erasure',
      'restriction',
      'portability',
      'objection',
    ]);
    expect(statuses.map((status) => openDsrStatus(request({ status })).request_status)).toEqual([
      'pending',
      'in_progress',
      'completed',
      'cancelled',
      'completed',
    ]);
  });

  test('has its times, and why it was refused', () => {
    const open = {
      api_version: '2.0',
      subject_request_id: 'q',
      subject_request_type: 'erasure',
      request_status: 'pending',
      received_time: at(0),
      expected_completion_time: '2026-02-28T09:00:00.000Z',
    };
    const refused = request({ status: 'refused', code: 'rights/unfounded', settledAt: at(9) });
    expect([
      openDsrStatus(request()),
      openDsrStatus({ ...refused, reason: 'no such words' }),
      openDsrStatus(refused),
    ]).toStrictEqual([
      open,
      {
        ...open,
        request_status: 'cancelled',
        completion_time: at(9),
        status_reason: 'rights/unfounded: no such words',
      },
      { ...open, request_status: 'cancelled', completion_time: at(9), status_reason: 'rights/unfounded: ' },
    ]);
  });
});
