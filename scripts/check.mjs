import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** Every package check, each by the script of `package.json` that runs it alone. */
const checks = [
  'build',
  'typecheck',
  'lint',
  'check:publint',
  'check:types',
  'check:api',
  'check:size',
  'check:unused',
];

const failed = checks.filter((check) => {
  console.log(`\n── npm run ${check}`);
  return (
    spawnSync('npm', ['run', '--silent', check], {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    }).status !== 0
  );
});

console.log(
  `\nPackage checks: ${checks.length - failed.length} passed, ${failed.length} failed${failed.length > 0 ? ` (${failed.join(', ')})` : ''}`,
);
if (process.env.CHECK_COUNTS)
  appendFileSync(process.env.CHECK_COUNTS, `${checks.length - failed.length} ${failed.length}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
