import type { ParticipantId } from '../participants/participants.types.ts';
import type { LedgerFact, LedgerRecord, Right } from './ledger.types.ts';
import type { RightRequest, RightStatus } from './right-request.types.ts';

/** All of them, in GDPR's order. */
export const everyRight: readonly Right[] = [
  'withdrawal',
  'access',
  'correction',
  'deletion',
  'restriction',
  'portability',
  'objection',
];

/** The steps of a right, as the ledger has them. */
export type RightFact = Extract<LedgerFact, { readonly right: Right }>;
/** What a right comes to by each step; an extension changes only when it is due. */
export const statusAfter: Readonly<Record<RightFact['fact'], RightStatus | undefined>> = {
  'right-received': 'received',
  'right-identified': 'identified',
  'right-done': 'done',
  'right-refused': 'refused',
  'right-extended': undefined,
  'right-ended': 'ended',
};

/** Whether it is one. */
export const isStep = (fact: LedgerFact): fact is RightFact => Object.hasOwn(statusAfter, fact.fact);

/** Rights that keep data from being used while they stand. */
const restricting: readonly Right[] = ['restriction', 'objection'];

/** Which steps a request may take next. */
export function mayTake({ right, status, extended }: RightRequest, step: RightFact['fact']): boolean {
  const isOpen = status === 'received' || status === 'identified';
  switch (step) {
    case 'right-received':
      return false;
    case 'right-identified':
      return status === 'received';
    case 'right-done':
      return status === 'identified';
    case 'right-refused':
      return isOpen;
    case 'right-extended':
      return isOpen && !extended;
    case 'right-ended':
      return right === 'restriction' && status === 'done';
  }
}

/** A request after a step; a step that it may not take changes nothing. */
export function requestAfter(
  request: RightRequest,
  { at, fact }: { readonly at: string; readonly fact: RightFact },
): RightRequest {
  if (!mayTake(request, fact.fact)) return request;
  const { reason, code, identifiedBy, dueAt } = fact;
  return {
    ...request,
    status: statusAfter[fact.fact] ?? request.status,
    dueAt,
    ...(fact.fact === 'right-extended' && { extended: true }),
    ...(identifiedBy !== undefined && { identifiedBy }),
    ...(reason !== undefined && { reason }),
    ...(code !== undefined && { code }),
    ...((fact.fact === 'right-done' || fact.fact === 'right-refused') && { settledAt: at }),
  };
}

/** Every request of a meeting, in the order in which they were received. */
export async function rightRequests(records: AsyncIterable<LedgerRecord>): Promise<ReadonlyMap<string, RightRequest>> {
  const requests = new Map<string, RightRequest>();
  for await (const { at, meetingId, fact } of records) {
    if (!isStep(fact)) continue;
    const { requestId, participantId, right, dueAt } = fact;
    const request = requests.get(requestId);
    if (request) requests.set(requestId, requestAfter(request, { at, fact }));
    else if (fact.fact === 'right-received')
      requests.set(requestId, {
        requestId,
        meetingId,
        participantId,
        right,
        status: 'received',
        receivedAt: at,
        dueAt,
      });
  }
  return requests;
}

/** Whether somebody waits for an answer still. */
export const isOpenRequest = ({ status }: RightRequest): boolean => status === 'received' || status === 'identified';

/** Whether it keeps its person's data from being used: a restriction, and an objection until it is decided on (Art. 18(1)(d)). */
export const restricts = ({ right, status }: Pick<RightRequest, 'right' | 'status'>): boolean =>
  restricting.includes(right) && (status === 'identified' || (right === 'restriction' && status === 'done'));

/** Whose data is held and not used. */
export const restrictedPeople = (requests: Iterable<RightRequest>): ReadonlySet<ParticipantId> =>
  new Set([...requests].filter(restricts).map(({ participantId }) => participantId));
