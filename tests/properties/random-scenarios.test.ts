import { describe, expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { simulate } from '../../src/simulator/simulation.ts';
import { randomScenario } from './random-scenario.ts';

const parts = 10;
const scenariosEach = Number(process.env['SCENARIOS'] ?? 1000) / parts;

/** What of the guarantees a random meeting breaks, with the seed that made it. */
async function brokenBy(seed: number): Promise<unknown[]> {
  try {
    const { broken } = await simulate(randomScenario(seed)).run();
    return broken.map((each) => ({ seed, ...each }));
  } catch (error) {
    // A policy that makes no sense is refused; that is all a random one may do.
    if (isNoticeError(error, 'policy/invalid') || isNoticeError(error, 'scenario/invalid')) return [];
    throw error;
  }
}

describe('over random meetings', () => {
  test.each(Array.from({ length: parts }, (_, part) => part))(
    '[G1] [G2] [G3] [G9] [G10] [G11] [G13] nothing is broken, part %i',
    { timeout: 120_000 },
    async (part) => {
      const broken: unknown[] = [];
      for (let place = 1; place <= scenariosEach; place += 1) {
        broken.push(...(await brokenBy(part * scenariosEach + place)));
      }
      expect(broken).toEqual([]);
    },
  );
});
