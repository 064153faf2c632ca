import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kept = join(tmpdir(), 'meeting-notice-mutation');

export default {
  mutate: ['src/**/*.rules.ts', 'src/**/*.machine.ts', 'src/authority/**/*.ts', '!src/**/*.types.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
  ignoreStatic: process.env.MUTATION_STATIC !== '1',
  incremental: true,
  incrementalFile: process.env.MUTATION_KEPT ?? join(kept, 'incremental.json'),
  tempDirName: join(kept, 'sandbox'),
  ignorePatterns: ['dist*', 'docs', 'coverage', 'temp', 'test-results', '.changeset'],
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
  thresholds: { high: 95, low: 85, break: 85 },
  timeoutMS: 20_000,
};
