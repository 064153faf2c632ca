import { createLedger } from 'meeting-notice/records';
import { jsonLinesStore } from 'meeting-notice/records/node';

/** Appends until it is killed, and says on stdout which facts are kept: an id a line, once `kept()` has resolved. */
const [folder, run] = process.argv.slice(2);
const ledger = createLedger({ store: jsonLinesStore(folder) });
const writer = await ledger.open({ meetingId: 'weekly', epoch: { number: Number(run), id: 'hana', incarnation: run } });

for (let batch = 0; ; batch += 1) {
  const ids = Array.from({ length: 1 + (batch % 7) }, (_, place) => `${run}.${batch}.${place}`);
  for (const status of ids) writer.append({ fact: 'transcript', recordingId: 'r1', status });
  await writer.kept();
  process.stdout.write(`${ids.join('\n')}\n`);
}
