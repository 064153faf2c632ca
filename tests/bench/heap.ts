import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (what?: { readonly type: 'minor' }) => void;

/** The bytes of heap in use once everything is collected that nobody holds. */
export function heapInUse(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Lets all that is in use grow old, so that no collection moves it while something else is measured. */
export function growOld(): void {
  // What is young has lived through two.
  collect({ type: 'minor' });
  collect({ type: 'minor' });
}
