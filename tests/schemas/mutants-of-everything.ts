import { everyPolicy } from './every-policy.ts';
import { everyExpectation, everyScenario, everyStep, withExpectation, withStep } from './every-scenario.ts';
import { mutants } from './mutants.ts';
import type { Kind } from './schemas.ts';

/** Every document that differs in one place from one of those that together say everything that can be said. */
export function* mutantsOfEverything(): Generator<readonly [kind: Kind, document: unknown, what: string]> {
  for (const [what, mutant] of mutants(everyPolicy)) yield ['policy', mutant, what];
  for (const [what, mutant] of mutants(everyScenario)) yield ['scenario', mutant, what];
  for (const step of everyStep)
    for (const [what, mutant] of mutants(step)) yield ['scenario', withStep(mutant), `${JSON.stringify(step)} ${what}`];
  for (const expectation of everyExpectation)
    for (const [what, mutant] of mutants(expectation))
      yield ['scenario', withExpectation(mutant), `${JSON.stringify(expectation)} ${what}`];
}
