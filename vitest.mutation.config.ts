import { defineConfig } from 'vitest/config';
import { shared } from './vitest.config.ts';

/** What a mutant is tried against: the node tests that judge `src/` by what it does, without the slow and the random ones. */
export default defineConfig({
  test: {
    ...shared,
    env: { ...shared.env, SCENARIOS: '20' },
    include: process.env['MUTATION_TESTS']?.split(',') ?? ['tests/**/*.test.ts'],
    exclude: [
      'tests/{bench,explore,fuzz,package,schemas,soak}/**',
      'tests/browser/*.test.ts',
      'tests/**/*.dom.test.ts',
      // These read the sources or the pages, which a mutant does not change in a way that matters.
      'tests/*.test.ts',
      'tests/cli/**',
      'tests/hooks/hooks-doc.test.ts',
      'tests/simulator/lines.test.ts',
    ],
    isolate: false,
    testTimeout: 30_000,
  },
});
