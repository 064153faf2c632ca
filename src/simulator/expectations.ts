import type { Happened, HookLine } from './history.types.ts';
import type { Expectation } from './parsed.types.ts';
import type { Broken } from './simulation.types.ts';
import { capturedMs } from './spans.ts';

/** So much of a payload is shown, in characters. */
const mostShown = 160;

/** What of a scenario's expectations did not come true, each by its place in the scenario. */
export function brokenExpectations(
  expect: readonly Expectation[],
  lines: readonly HookLine[],
  history: readonly Happened[],
): Broken[] {
  return expect.flatMap((each, place) => {
    const found = foundInstead(each, lines, history);
    return found === undefined ? [] : [{ id: 'expect', pointer: `/expect/${place}`, message: found }];
  });
}

function foundInstead(
  expected: Expectation,
  lines: readonly HookLine[],
  history: readonly Happened[],
): string | undefined {
  switch (expected.kind) {
    case 'hook': {
      const { times, participant, hook } = expected;
      const told = lines.filter((line) => isTold(expected, line));
      const count = told.filter((line) => matches(expected, line)).length;
      if (times === undefined ? count > 0 : count === times) return undefined;
      const wanted = expected.with === undefined ? '' : ` with ${JSON.stringify(expected.with)}`;
      const instead = count === 0 ? lastOf(told) : '';
      return `${hook} of ${participant}: expected ${times ?? 'at least one'}${wanted}, found ${count}${instead}`;
    }
    case 'status': {
      const { participant, purpose, atMs, status } = expected;
      const last = lines.findLast(
        (line) =>
          line.participant === participant &&
          line.hook === 'indicatorChanged' &&
          line.at <= atMs &&
          (line.payload as { purpose?: string }).purpose === purpose,
      );
      const found = (last?.payload as { status?: string } | undefined)?.status ?? 'off';
      if (found === status) return undefined;
      return `${purpose} of ${participant}: expected ${status}, found ${found} at ${atMs} ms`;
    }
    case 'captured': {
      const { captured, fromMs, toMs, ms } = expected;
      const found = capturedMs(history, captured, fromMs, toMs);
      if (found >= ms[0] && found <= ms[1]) return undefined;
      return `${captured} captured: expected ${ms[0]} to ${ms[1]} ms, found ${found}`;
    }
  }
}

type HookExpected = Extract<Expectation, { kind: 'hook' }>;

/** Whether the line is one of that hook of that person, whenever and whatever. */
const isTold = ({ participant, hook }: HookExpected, line: HookLine): boolean =>
  (participant === '*' || participant === line.participant) && hook === line.hook;

const matches = ({ fromMs, toMs, with: wanted = {} }: HookExpected, line: HookLine): boolean =>
  line.at >= fromMs && line.at <= toMs && isPart(wanted, line.payload);

/** What was told at another time, or otherwise, so that a misspelt field or a wrong time is seen. */
function lastOf(told: readonly HookLine[]): string {
  const last = told.at(-1);
  if (last === undefined) return '';
  const payload = JSON.stringify(last.payload);
  const shown = payload.length > mostShown ? `${payload.slice(0, mostShown)}…` : payload;
  return `; the last of ${told.length} was told at ${last.at} ms: ${shown}`;
}

/** Whether `part` is a deep subset of `whole`; each wanted array element matches some element. */
function isPart(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((each) => whole.some((other) => isPart(each, other)));
  }
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null) return false;
  return Object.entries(part).every(([key, value]) => isPart(value, (whole as Record<string, unknown>)[key]));
}
