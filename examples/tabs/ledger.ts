import type { Ledger, MeetingRecords, RecordingStorage } from 'meeting-notice/records';
import { keptWords } from './words.ts';

/** Loaded when it is needed: a guest’s page keeps no records. */
const records = () => import('meeting-notice/records');

/**
 * What the hosts of this browser keep: who was asked what and who answered what, of which a reload of their page loses nothing;
 * and what was said, sealed, for as long as the page of whoever decides is open.
 */
export async function openRecords(storage: RecordingStorage): Promise<MeetingRecords> {
  const { createLedger, createMeetingRecords, createVault, indexedDbStore, memoryBlobs, memoryKeys } = await records();
  return createMeetingRecords({
    ledger: createLedger({ store: indexedDbStore('meeting-notice-demo') }),
    vault: createVault({ keys: memoryKeys(), blobs: memoryBlobs() }),
    storage,
  });
}

/** The printable record of a meeting: one page, in which nothing runs. */
export async function printableRecord(
  ledger: Ledger,
  meetingId: string,
  nameOf: (participantId: string) => string,
): Promise<Blob> {
  const { readHistory, recordPage } = await records();
  const wordsOf = ({ hash }: { readonly hash: string }) => keptWords(meetingId, hash);
  const history = await readHistory(ledger.records(meetingId), { meetingId, nameOf, wordsOf });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return new Blob([recordPage(history, { timeZone })], { type: 'text/html' });
}

/** Opens it in a tab of its own. */
export function workRecord(
  button: HTMLElement,
  make: () => Promise<Blob>,
  { blocked, failed }: { blocked(url: string): void; failed(error: unknown): void },
): void {
  button.addEventListener('click', async () => {
    // Opened within the press: one that comes later is taken for an advertisement.
    const tab = open('', '_blank');
    try {
      const url = URL.createObjectURL(await make());
      if (!tab) blocked(url);
      else {
        tab.opener = null;
        tab.location.href = url;
      }
    } catch (error) {
      tab?.close();
      failed(error);
    }
  });
}
