import { isNoticeError } from '../../src/core/errors.ts';
import { simulate } from '../../src/simulator/simulation.ts';
import type { Broken } from '../../src/simulator/simulation.types.ts';

/**
 * What a scenario breaks. One whose policy or steps make no sense breaks nothing: being refused is all that a random one
 * may do. Whatever is thrown is a fault of its own.
 */
export async function brokenBy(scenario: Record<string, unknown>): Promise<readonly Broken[]> {
  try {
    return (await simulate(scenario).run()).broken;
  } catch (error) {
    if (isNoticeError(error, 'policy/invalid') || isNoticeError(error, 'scenario/invalid')) return [];
    return [{ id: 'threw', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
  }
}
