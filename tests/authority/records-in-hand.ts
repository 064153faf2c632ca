import type { MeetingDesk, MeetingInHand, MeetingRecords } from '../../src/records/meeting-records.types.ts';
import type { RightRequest } from '../../src/records/right-request.types.ts';
import { plainLedger } from '../session/plain-ledger.ts';
import { decides } from './deciding.ts';

type Calls = { -readonly [Name in Exclude<keyof MeetingDesk, 'end'>]: MeetingDesk[Name] };

/** Records whose desk is the test: what it was asked, in order, and what each call comes to. */
function recordsInHand() {
  const asked: unknown[][] = [];
  const ended: string[] = [];
  const hands: MeetingInHand[] = [];
  /** What each call comes to; a test puts another in its place. */
  const does: Calls = {
    isWhole: () => Promise.resolve(true),
    exercise: () => Promise.resolve({ outcome: 'denied', code: 'rights/nothing-held' }),
    erase: () => Promise.resolve(),
    keep: () => Promise.resolve(),
    goOn: () => Promise.resolve({ erasing: [], erased: [], requests: [], restricting: [] }),
  };
  const called =
    <Name extends keyof Calls>(name: Name) =>
    (...given: Parameters<Calls[Name]>) => {
      asked.push([name, ...given]);
      return (does[name] as (...given: Parameters<Calls[Name]>) => ReturnType<Calls[Name]>)(...given);
    };
  const records: MeetingRecords = {
    ledger: {} as never,
    writerOf: () => undefined,
    begin(meeting) {
      hands.push(meeting);
      return {
        isWhole: called('isWhole'),
        exercise: called('exercise'),
        erase: called('erase'),
        keep: called('keep'),
        goOn: called('goOn'),
        end: () => void ended.push(meeting.meetingId),
      };
    },
  };
  return { records, asked, ended, does, hand: () => hands.at(-1) as MeetingInHand };
}

/** An authority with hana, a host, and bo, whose ledger and records are in the test's hands. */
export async function keeping(options: Parameters<typeof decides>[0] = {}, does: Partial<Calls> = {}) {
  const ledger = plainLedger();
  const { records, asked, does: calls, ended, hand } = recordsInHand();
  Object.assign(calls, does);
  const all = decides({ ledger: ledger.ledger, records, ...options });
  all.joins('hana', { role: 'host' });
  all.joins('bo');
  await all.passes(0);
  /** What was asked of the records' desk since the last look, by name if one is given. */
  const told = (name?: keyof Calls) => {
    const since = asked.splice(0);
    return name === undefined ? since : since.filter(([each]) => each === name);
  };
  const begun = told();
  return {
    ...all,
    ledger,
    /** What was asked as it began. */
    begun,
    calls,
    asked: told,
    ended,
    hand,
    /** What everyone is told of erasures. */
    erasures: () => all.meeting()?.erasures,
    /** Says a command, lets what is due happen, and answers with what it came to. */
    async comesTo(endpoint: string, command: Parameters<typeof all.commands>[1], ms = 0) {
      const id = `asked-${++count}`;
      all.commands(endpoint, command, id);
      await all.passes(ms);
      return all.outcomeOf(id);
    },
  };
}

let count = 0;

export const requestOf = (more: Partial<RightRequest> = {}): RightRequest => ({
  requestId: 'q1',
  meetingId: 'weekly',
  participantId: 'bo',
  right: 'access',
  status: 'done',
  receivedAt: '2026-01-31T09:00:00.000Z',
  dueAt: '2026-02-28T09:00:00.000Z',
  ...more,
});
