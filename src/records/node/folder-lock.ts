import { join } from 'node:path';
import { type Clock, systemClock } from '../../core/clock.ts';
import { checkText } from '../../core/misuse.ts';
import type { Lock } from '../lock.ts';
import { Queues } from '../queues.ts';
import { fileNameOf } from './durable-file.ts';
import { withLock } from './file-lock.ts';

/**
 * A lock between processes that share a folder. A holder that was killed is followed at once on the same machine, and
 * after half a minute of silence on another.
 */
export function folderLock(folder: string, { clock = systemClock }: { readonly clock?: Clock } = {}): Lock {
  checkText('folderLock: folder', folder, '/var/lib/meetings/locks');
  const queues = new Queues();
  return {
    hold: (name, task) => queues.run(name, () => withLock(join(folder, fileNameOf(name)), task, { clock })),
  };
}
