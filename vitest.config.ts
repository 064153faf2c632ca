import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (file: string) => fileURLToPath(new URL(`./src/${file}`, import.meta.url));

export const shared = {
  alias: [
    { find: /^meeting-notice$/, replacement: source('index.ts') },
    { find: /^meeting-notice\/records\/node$/, replacement: source('records-node.ts') },
    { find: /^meeting-notice\/(\w+)$/, replacement: source('$1.ts') },
  ],
  env: { TZ: 'UTC', FAST_CHECK_SEED: process.env['FAST_CHECK_SEED'] ?? '20261125' },
  setupFiles: ['./tests/setup/seed.ts'],
  restoreMocks: true,
};

const onBuilt = {
  globalSetup: ['./tests/setup/built.ts'],
  fileParallelism: false,
  testTimeout: 240_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results/vitest.json' }]] : ['default'],
    sequence: { shuffle: false, seed: 20261125 },
    coverage: { provider: 'v8', include: ['src/**/*.ts'], exclude: ['src/**/*.types.ts'] },
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/browser/*.test.ts', 'tests/package/**', 'tests/**/*.dom.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { ...shared, name: 'dom', environment: 'jsdom', include: ['tests/**/*.dom.test.ts'] } },
      { test: { ...onBuilt, name: 'package', include: ['tests/package/**/*.test.ts'] } },
      {
        test: {
          ...onBuilt,
          name: 'browser',
          include: ['tests/browser/*.test.ts'],
          globalSetup: ['./tests/setup/built.ts', './tests/setup/browser.ts'],
        },
      },
    ],
  },
});
