import type { Happened, HookLine } from './history.types.ts';
import type { Expectation } from './parsed.types.ts';
import type { Broken } from './simulation.types.ts';
import { capturedMs } from './spans.ts';

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
      const count = lines.filter((line) => matches(expected, line)).length;
      const { times, participant, hook } = expected;
      if (times === undefined ? count > 0 : count === times) return undefined;
      return `${hook} of ${participant}: expected ${times ?? 'at least one'}, found ${count}`;
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
      return found === status ? undefined : `${purpose} of ${participant}: expected ${status}, found ${found}`;
    }
    case 'captured': {
      const { captured, fromMs, toMs, ms } = expected;
      const found = capturedMs(history, captured, fromMs, toMs);
      if (found >= ms[0] && found <= ms[1]) return undefined;
      return `${captured} captured: expected ${ms[0]} to ${ms[1]} ms, found ${found}`;
    }
  }
}

function matches(expected: Extract<Expectation, { kind: 'hook' }>, line: HookLine): boolean {
  const { participant, hook, fromMs, toMs } = expected;
  return (
    (participant === '*' || participant === line.participant) &&
    hook === line.hook &&
    line.at >= fromMs &&
    line.at <= toMs &&
    isPart(expected.with ?? {}, line.payload)
  );
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
