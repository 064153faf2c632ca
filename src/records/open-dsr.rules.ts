import type { Right } from './ledger.types.ts';
import type { RightRequest, RightStatus } from './right-request.types.ts';

/** The state of a request in the words of OpenDSR, for systems that follow requests through several controllers. */
export interface OpenDsrStatus {
  readonly api_version: '2.0';
  readonly subject_request_id: string;
  /** OpenDSR has the first four; the others have no word there. */
  readonly subject_request_type:
    | 'access'
    | 'portability'
    | 'erasure'
    | 'rectification'
    | 'restriction'
    | 'objection'
    | 'withdrawal';
  readonly request_status: 'pending' | 'in_progress' | 'completed' | 'cancelled';
  /** RFC 3339, as the next two. */
  readonly received_time: string;
  readonly expected_completion_time: string;
  readonly completion_time?: string;
  /** Why it was refused, with its code. */
  readonly status_reason?: string;
}

const types: Readonly<Record<Right, OpenDsrStatus['subject_request_type']>> = {
  withdrawal: 'withdrawal',
  access: 'access',
  correction: 'rectification',
  deletion: 'erasure',
  restriction: 'restriction',
  portability: 'portability',
  objection: 'objection',
};

const statuses: Readonly<Record<RightStatus, OpenDsrStatus['request_status']>> = {
  received: 'pending',
  identified: 'in_progress',
  done: 'completed',
  refused: 'cancelled',
  ended: 'completed',
};

/** A request as OpenDSR has it. */
export function openDsrStatus(request: RightRequest): OpenDsrStatus {
  const { requestId, right, status, receivedAt, dueAt, settledAt, code, reason } = request;
  return {
    api_version: '2.0',
    subject_request_id: requestId,
    subject_request_type: types[right],
    request_status: statuses[status],
    received_time: receivedAt,
    expected_completion_time: dueAt,
    ...(settledAt !== undefined && { completion_time: settledAt }),
    ...(code !== undefined && { status_reason: `${code}: ${reason ?? ''}` }),
  };
}
