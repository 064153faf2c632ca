import type { Ledger, LedgerFact, LedgerHead, LedgerRecord } from '../../src/records/ledger.types.ts';

/** Lets real promises settle too: hashes and signatures are not driven by the simulated clock. */
export async function signs(all: { passes(ms: number): Promise<void> }): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await all.passes(100);
  }
}

/** A ledger that only remembers: what was written by whom, and where each continued. Its store can be made to fail. */
export function plainLedger() {
  const facts: LedgerFact[] = [];
  const opened: { by: string; continues?: LedgerHead }[] = [];
  let isFailing = false;
  const ledger: Ledger = {
    open({ meetingId, epoch, continues }) {
      opened.push({ by: epoch.id, ...(continues && { continues }) });
      let head = continues;
      const waiting: ((isKept: boolean) => void)[] = [];
      const keep = (isKept = true) => {
        for (const each of waiting.splice(0)) each(isKept);
      };
      return Promise.resolve({
        get head() {
          return head;
        },
        key: { kty: 'plain' },
        append(fact) {
          void this.record(fact);
        },
        record(fact) {
          const kept = new Promise<LedgerRecord | undefined>((resolve) => {
            waiting.push((isKept) => {
              if (!isKept) return resolve(undefined);
              const n = (head?.n ?? -1) + 1;
              head = { n, hash: `h${n}` };
              facts.push(fact);
              resolve({
                v: 1,
                n,
                at: '2026-01-01T00:00:00.000Z',
                meetingId,
                epoch,
                prev: '',
                fact,
                hash: `h${n}`,
                jws: 'jws',
              });
            });
          });
          if (!isFailing) keep();
          return kept;
        },
        kept: () => (isFailing ? Promise.reject(new Error('disk full')) : Promise.resolve(keep())),
        close: () => Promise.resolve(),
        abandon: () => Promise.resolve(keep(false)),
      });
    },
    async *records() {},
    async *meetings() {},
  };
  return {
    ledger,
    opened,
    /** What was written, each as a short sentence; people's own signatures, which come when they come, left out. */
    facts: () => facts.filter(({ fact }) => fact !== 'signed').map(sentence),
    all: facts as readonly LedgerFact[],
    fails(is: boolean) {
      isFailing = is;
    },
  };
}

function sentence(fact: LedgerFact): string {
  const { fact: name, ...more } = fact;
  const { participantId, purpose, by, because, outcome } = more as Record<string, unknown>;
  const who = by && typeof by === 'object' ? (by as { participantId: string }).participantId : by;
  return [participantId, name, purpose, because, outcome, who && `by ${who}`].filter(Boolean).join(' ');
}
