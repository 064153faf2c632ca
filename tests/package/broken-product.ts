import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RollupOptions, rollup } from 'rollup';
import { expect } from 'vitest';
import configs from '../../rollup.config.mjs';

interface BrokenRule {
  readonly tool: 'explore' | 'soak';
  /** Where what is built goes, in a folder of its own. */
  readonly folder: string;
  readonly file: string;
  /** As it stands in the file, where it is once; and what stands there in its place. */
  readonly rule: string;
  readonly broken: string;
}

/** Builds a tool and the simulator of a product in which one rule is broken; answers the folder that they are in. */
export async function brokenProduct({ tool, folder, file, rule, broken }: BrokenRule): Promise<string> {
  const path = resolve(file);
  expect(readFileSync(path, 'utf8').split(rule), `${file} has the rule once`).toHaveLength(2);
  const { plugins, ...options } = (configs as RollupOptions[]).find(
    ({ input }) => tool in (input as object),
  ) as RollupOptions;
  const breaking = {
    name: 'breaking',
    transform: (code: string, id: string) =>
      id === path ? { code: code.replace(rule, () => broken), map: null } : null,
  };
  const others = (plugins as { name: string }[]).filter(({ name }) => name !== 'clean');
  const bundle = await rollup({
    ...options,
    input: { [tool]: `tests/${tool}/${tool}.ts`, simulator: 'src/simulator.ts' },
    plugins: [breaking, ...others],
  });
  const dir = mkdtempSync(join(folder, 'broken-'));
  await bundle.write({ dir, format: 'es' });
  await bundle.close();
  symlinkSync(resolve('package.json'), join(dir, 'package.json'));
  return dir;
}
