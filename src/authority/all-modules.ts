import { LedgerDesk } from './ledger-desk.ts';
import { Modules } from './modules.ts';
import { OpenPurposes } from './open-purposes.ts';
import { OwnTranscript } from './own-transcript.ts';
import { recordsDesk } from './records-desk.ts';

/** All parts of an authority, at hand from the start: on a server, which has no reason to load them late. */
export function allModules(): Modules {
  const modules = new Modules({
    ledger: () => ({ LedgerDesk }),
    records: () => ({ recordsDesk }),
    purposes: () => ({ OpenPurposes }),
    transcripts: () => ({ OwnTranscript }),
  });
  void modules.need(['ledger', 'records', 'purposes', 'transcripts']);
  return modules;
}
