import { createLedger, indexedDbStore, makeKeys, verifyLedger } from 'meeting-notice/records';
import { ledgerStoreContract } from 'meeting-notice/testing';

let databases = 0;

/** A store of a fresh database; opened again, it has its own connection. */
function freshStore() {
  databases += 1;
  const name = `ledger-${databases}`;
  return { store: indexedDbStore(name), reopen: () => indexedDbStore(name), close: () => undefined };
}

/** Each check of the contract, by its name: what it failed with, or nothing. */
async function failures(): Promise<{ readonly checks: number; readonly failed: Record<string, string> }> {
  const failed: Record<string, string> = {};
  const checks = ledgerStoreContract({ make: freshStore });
  for (const { name, run } of checks) {
    await run().catch((error: unknown) => {
      failed[name] = String(error);
    });
  }
  return { checks: checks.length, failed };
}

const lab = { createLedger, failures, indexedDbStore, makeKeys, verifyLedger };

declare global {
  interface Window {
    readonly ledgerLab: typeof lab;
  }
}

Object.assign(window, { ledgerLab: lab });
