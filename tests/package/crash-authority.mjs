import { createAuthority, createSession, inMemoryNetwork } from 'meeting-notice';
import { createLedger } from 'meeting-notice/records';
import { jsonLinesStore } from 'meeting-notice/records/node';
import { fakeAdapter } from 'meeting-notice/testing';

/**
 * Decides for a meeting in which people change their minds until it is killed, and says on stdout which of their answers
 * it has acknowledged: the id of a receipt a line.
 */
const [folder] = process.argv.slice(2);
const network = inMemoryNetwork({ vouches: 'sender-and-role' });
const { capture } = fakeAdapter();
await createAuthority({
  meetingId: 'weekly',
  transport: network.connect({ participantId: 'server', role: 'authority' }),
  capture,
  policy: 'gdpr',
  ledger: createLedger({ store: jsonLinesStore(folder) }),
}).start();

async function comes(id, role) {
  const transport = network.connect({ participantId: id, role });
  const session = createSession({ meetingId: 'weekly', self: { id, role }, transport });
  await session.join();
  return session;
}

async function changesTheirMind(session) {
  for (;;) {
    for (const answers of ['giveConsent', 'withdrawConsent']) {
      const { outcome, receiptId } = await session[answers]('recording');
      if (outcome === 'recorded') process.stdout.write(`${receiptId}\n`);
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

const host = await comes('hana', 'host');
const guests = await Promise.all(['ada', 'bo', 'cy', 'di'].map((id) => comes(id, 'participant')));
void host.requestRecording({ storage: 'cloud' });
for (const guest of guests) void changesTheirMind(guest);
