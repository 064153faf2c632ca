import { isNoticeError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import { checkKind, checkMethods, checkText } from '../core/misuse.ts';
import { CarryingOut } from './carrying-out.ts';
import { checkDaysToAnswer, dueAtMs } from './due-date.rules.ts';
import { Erasure } from './erasure.ts';
import { keptRecordings } from './kept.rules.ts';
import { type MeetingLedger, MeetingLedgers, timeOf } from './meeting-ledgers.ts';
import type { RightRequest } from './right-request.types.ts';
import { everyRight, isOpenRequest, mayTake, type RightFact, requestAfter, rightRequests } from './rights.rules.ts';
import type {
  RefusalCode,
  RequestRef,
  RightAsk,
  RightOutcome,
  Rights,
  RightsOptions,
  WordsCorrection,
} from './rights.types.ts';
import { usualFloor } from './statistics.rules.ts';

type Step = Pick<RightFact, 'fact'> & Partial<Pick<RightFact, 'reason' | 'code' | 'identifiedBy' | 'dueAt'>>;
const denied = (code: string): RightOutcome => ({ outcome: 'denied', code });

class LedgerRights implements Rights {
  readonly #options: RightsOptions;
  readonly #ledgers: MeetingLedgers;
  readonly #carryingOut: CarryingOut;

  constructor(options: RightsOptions) {
    const { vault, storage, clock, withdraw, timeoutMs = 60_000 } = options;
    this.#options = options;
    this.#ledgers = new MeetingLedgers(options);
    const erasure = new Erasure({ vault, storage, clock, floor: usualFloor, timeoutMs });
    this.#carryingOut = new CarryingOut({ vault, erasure, ...(withdraw && { withdraw }) });
  }

  receive(ask: RightAsk): Promise<RightOutcome> {
    checkAsk('receive', ask);
    return this.#ledgers.with(ask.meetingId, (ledger) => this.#received(ledger, ask));
  }

  identify({ meetingId, requestId, identifiedBy }: Parameters<Rights['identify']>[0]): Promise<RightOutcome> {
    checkText('identify: identifiedBy', identifiedBy, 'session');
    return this.#step({ meetingId, requestId }, () => ({ fact: 'right-identified', identifiedBy }));
  }

  carryOut({ meetingId, requestId, correction }: Parameters<Rights['carryOut']>[0]): Promise<RightOutcome> {
    return this.#of({ meetingId, requestId }, (ledger, request) => this.#carriedOut(ledger, request, correction));
  }

  exercise(ask: Parameters<Rights['exercise']>[0]): Promise<RightOutcome> {
    checkAsk('exercise', ask);
    checkText('exercise: identifiedBy', ask.identifiedBy, 'session');
    return this.#ledgers.with(ask.meetingId, async (ledger) => {
      const received = await this.#received(ledger, ask);
      if (received.outcome !== 'pending') return received;
      const { identifiedBy, correction } = ask;
      const request =
        received.request.status === 'received'
          ? await this.#taken(ledger, received.request, { fact: 'right-identified', identifiedBy })
          : received.request;
      if (request.right === 'objection') return { outcome: 'pending', request, code: 'rights/to-be-decided' };
      return await this.#carriedOut(ledger, request, correction);
    });
  }

  refuse({ meetingId, requestId, code, reason }: Parameters<Rights['refuse']>[0]): Promise<RightOutcome> {
    checkText('refuse: reason', reason, 'the words are needed for a claim');
    checkKind('refuse: code', refusalCodes, code);
    return this.#step({ meetingId, requestId }, () => ({ fact: 'right-refused', code, reason }));
  }

  extend({ meetingId, requestId, reason, months = 2 }: Parameters<Rights['extend']>[0]): Promise<RightOutcome> {
    checkText('extend: reason', reason, 'forty recordings must be looked through');
    if (months !== 1 && months !== 2) throw new TypeError(`extend: months must be 1 or 2, not ${String(months)}.`);
    return this.#step({ meetingId, requestId }, ({ extended, receivedAt, dueAt }) => {
      if (extended) return 'rights/extended';
      if (this.#options.clock.now() > Date.parse(dueAt)) return 'rights/overdue';
      return { fact: 'right-extended', reason, dueAt: this.#dueAt(Date.parse(receivedAt), months) };
    });
  }

  end({ meetingId, requestId, reason }: Parameters<Rights['end']>[0]): Promise<RightOutcome> {
    checkText('end: reason', reason, 'the words were checked; the person was told');
    return this.#step({ meetingId, requestId }, () => ({ fact: 'right-ended', reason }));
  }

  async requests(meetingId: string): Promise<readonly RightRequest[]> {
    checkText('requests: meetingId', meetingId, 'weekly');
    return [...(await rightRequests(this.#options.ledger.records(meetingId))).values()];
  }

  async run({ signal, meetingId: one }: Parameters<Rights['run']>[0] = {}): Promise<readonly RightRequest[]> {
    const open: RightRequest[] = [];
    for await (const meetingId of one === undefined ? this.#ledgers.meetings() : [one]) {
      if (signal?.aborted) break;
      for (const request of (await this.requests(meetingId)).filter(isOpenRequest))
        open.push(await this.#triedAgain(request));
    }
    return open.filter(isOpenRequest);
  }

  /** Of what waits, only a deletion goes on by itself, and an objection that was upheld: the others want a word from somebody. */
  async #triedAgain(request: RightRequest): Promise<RightRequest> {
    const goesOn = request.right === 'deletion' || (request.right === 'objection' && (await this.#isUpheld(request)));
    if (request.status !== 'identified' || !goesOn) return request;
    try {
      const outcome = await this.carryOut(request);
      return 'request' in outcome ? outcome.request : request;
    } catch (error) {
      if (isNoticeError(error) && error.retryable) return request;
      throw error;
    }
  }

  async #isUpheld({ meetingId, participantId }: RightRequest): Promise<boolean> {
    const recordings = [...(await keptRecordings(this.#options.ledger.records(meetingId))).values()];
    return recordings.some(({ shares }) => shares.get(participantId)?.because === 'objection');
  }

  async #received(ledger: MeetingLedger, ask: RightAsk): Promise<RightOutcome> {
    const { meetingId, participantId, askedBy, right } = ask;
    if (askedBy !== participantId) return denied('rights/not-yourself');
    const recordings = [...(await keptRecordings(ledger.records())).values()];
    if (!recordings.some(({ people }) => people.has(participantId))) return denied('rights/nothing-held');
    const before = [...(await rightRequests(ledger.records())).values()];
    const same = before.find(
      (request) => request.participantId === participantId && request.right === right && isOpenRequest(request),
    );
    // Each correction is of other words.
    if (same && right !== 'correction') return { outcome: 'pending', request: same };
    const nowMs = this.#options.clock.now();
    const requestId = (this.#options.randomId ?? randomId)();
    const dueAt = this.#dueAt(nowMs);
    const request: RightRequest = {
      requestId,
      meetingId,
      participantId,
      right,
      status: 'received',
      receivedAt: timeOf(nowMs),
      dueAt,
    };
    await ledger.write({ fact: 'right-received', requestId, right, dueAt, participantId });
    this.#tell(request);
    return { outcome: 'pending', request };
  }

  async #carriedOut(ledger: MeetingLedger, request: RightRequest, correction?: WordsCorrection): Promise<RightOutcome> {
    const nowMs = this.#options.clock.now();
    const { right, status } = request;
    // What was answered once is answered again, as it is now: no new request, and no new fact.
    if (status === 'done' && (right === 'access' || right === 'portability'))
      return { outcome: 'done', request, document: await this.#carryingOut.document(ledger, request, right, nowMs) };
    if (status === 'done') return { outcome: 'done', request };
    if (status === 'received') return denied('rights/not-identified');
    if (status !== 'identified') return denied('rights/settled');
    try {
      const carried = await this.#carryingOut.do(ledger, request, { nowMs, ...(correction && { correction }) });
      if (carried.is === 'waiting') return { outcome: 'pending', request, code: carried.code };
      if (carried.is === 'refused') {
        const { code, reason } = carried;
        const after = await this.#taken(ledger, request, { fact: 'right-refused', code, reason });
        return { outcome: 'refused', request: after, code, reason };
      }
      const { is: outcome, ...more } = carried;
      return { outcome, request: await this.#taken(ledger, request, { fact: 'right-done' }), ...more };
    } catch (error) {
      // What cannot be read or reached now leaves the request as it was.
      if (isNoticeError(error) && error.code.startsWith('vault/'))
        return { outcome: 'pending', request, code: error.code };
      throw error;
    }
  }

  /** One step of a request that there is, or why not. */
  #step(ref: RequestRef, stepOf: (request: RightRequest) => Step | string): Promise<RightOutcome> {
    return this.#of(ref, async (ledger, request) => {
      const step = stepOf(request);
      if (typeof step === 'string') return denied(step);
      if (!mayTake(request, step.fact)) return denied('rights/settled');
      const after = await this.#taken(ledger, request, step);
      if (step.code !== undefined && step.reason !== undefined)
        return { outcome: 'refused', request: after, code: step.code, reason: step.reason };
      return isOpenRequest(after) ? { outcome: 'pending', request: after } : { outcome: 'done', request: after };
    });
  }

  #of(
    { meetingId, requestId }: RequestRef,
    task: (ledger: MeetingLedger, request: RightRequest) => Promise<RightOutcome>,
  ): Promise<RightOutcome> {
    checkText('meetingId', meetingId, 'weekly');
    checkText('requestId', requestId, 'a1b2c3d4e5f6a7b8');
    return this.#ledgers.with(meetingId, async (ledger) => {
      const request = (await rightRequests(ledger.records())).get(requestId);
      return request ? await task(ledger, request) : denied('rights/unknown-request');
    });
  }

  async #taken(ledger: MeetingLedger, request: RightRequest, step: Step): Promise<RightRequest> {
    const { requestId, right, dueAt, participantId } = request;
    const fact: RightFact = { requestId, right, participantId, dueAt, ...step };
    const at = timeOf(this.#options.clock.now());
    await ledger.write(fact);
    const after = requestAfter(request, { at, fact });
    this.#tell(after);
    return after;
  }

  #dueAt(receivedAtMs: number, extendedByMonths?: 1 | 2): string {
    return timeOf(dueAtMs(receivedAtMs, extendedByMonths, this.#options.daysToAnswer));
  }

  #tell(request: RightRequest): void {
    try {
      this.#options.onChanged?.(request);
    } catch {
      // Whoever is told does not undo what is on the ledger (G9).
    }
  }
}

const refusalCodes: readonly RefusalCode[] = [
  'rights/not-identified',
  'rights/unfounded',
  'rights/excessive',
  'rights/compelling-grounds',
  'rights/held',
  'rights/local',
  'rights/erased',
  'rights/not-your-words',
  'rights/no-such-words',
  'rights/taken-back',
];

function checkAsk(what: string, { meetingId, right, participantId, askedBy }: RightAsk): void {
  checkText(`${what}: meetingId`, meetingId, 'weekly');
  checkKind(`${what}: right`, everyRight, right);
  checkText(`${what}: participantId`, participantId, 'bo');
  checkText(`${what}: askedBy`, askedBy, 'bo');
}

/**
 * The rights of everyone in the meetings of a ledger, during a meeting and after it.
 * @throws TypeError for what is no ledger, vault, storage, clock or number of days.
 */
export function createRights(options: RightsOptions): Rights {
  const { ledger, vault, storage, clock, lock, daysToAnswer } = options;
  checkMethods('createRights: ledger', ['open', 'records', 'meetings'], ledger ?? null);
  checkMethods('createRights: vault', ['seal', 'open', 'rewrite', 'destroy'], vault ?? null);
  checkMethods('createRights: storage', ['erase'], storage ?? null);
  checkMethods('createRights: clock', ['now', 'setTimeout', 'clearTimeout'], clock ?? null);
  checkMethods('createRights: lock', ['hold'], lock);
  checkDaysToAnswer('createRights', daysToAnswer);
  return new LedgerRights(options);
}
