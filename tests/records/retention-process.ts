import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/core/clock.ts';
import { createLedger } from '../../src/records/ledger.ts';
import { folderLock } from '../../src/records/node/folder-lock.ts';
import { folderBlobs, folderKeys } from '../../src/records/node/folder-vault.ts';
import { jsonLinesStore } from '../../src/records/node/json-lines-store.ts';
import { createRetention } from '../../src/records/retention.ts';
import { createVault } from '../../src/records/vault.ts';

/** One sweep over a folder, by a process of its own. Everything in it is a month old. */
const [, , folder = ''] = process.argv;
const month = 31 * 24 * 60 * 60 * 1000;
const clock = { ...systemClock, now: () => systemClock.now() + month };
const retention = createRetention({
  ledger: createLedger({ store: jsonLinesStore(join(folder, 'ledgers')) }),
  vault: createVault({ keys: folderKeys(join(folder, 'keys')), blobs: folderBlobs(join(folder, 'texts')) }),
  storage: {
    erase: async (recordingId) => {
      await sleep(5);
      await appendFile(join(folder, 'erased.txt'), `${recordingId}\n`);
    },
  },
  policy: { recordingDays: 30, then: 'delete' },
  clock,
  lock: folderLock(join(folder, 'locks')),
});
process.stdout.write('begins\n');
process.stdout.write(JSON.stringify(await retention.run()));
