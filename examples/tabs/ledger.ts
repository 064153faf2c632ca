import type { Ledger, LedgerWriter } from 'meeting-notice/records';
import { keptWords } from './words.ts';

/** Loaded when it is needed: a guest’s page has no ledger. */
const records = () => import('meeting-notice/records');

/** A host’s ledger, and the pen of each meeting that this page decides for. */
export interface OpenLedger extends Ledger {
  writerOf(meetingId: string): LedgerWriter | undefined;
}

/** Where the hosts of this browser keep who was asked what and who answered what; a reload of their page loses nothing. */
export async function openLedger(): Promise<OpenLedger> {
  const { createLedger, indexedDbStore } = await records();
  const ledger = createLedger({ store: indexedDbStore('meeting-notice-demo') });
  const pens = new Map<string, LedgerWriter>();
  return {
    ...ledger,
    async open(start) {
      const pen = await ledger.open(start);
      pens.set(start.meetingId, pen);
      return pen;
    },
    writerOf: (meetingId) => pens.get(meetingId),
  };
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
