import { base64url } from 'jose';
import { lineOf, nextLink } from '../../src/records/chain.rules.ts';
import { signed } from '../../src/records/jws.ts';
import { makeKeys, publicKeyOf } from '../../src/records/keys.ts';
import type { AnswerFact, LedgerFact, LedgerHead } from '../../src/records/ledger.types.ts';
import { answerInLedger, signAnswer } from '../../src/records/receipts.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { type Figure, type Scale, withCommas } from './figure.ts';
import { heapInUse } from './heap.ts';
import { answerFact } from './ledger.ts';

const scales = { full: 1_000_000, quick: 1000 } as const;
const mostGrowth = 2;
const meetingId = 'weekly';
const epoch = { number: 1, id: 'hana', incarnation: 'a' };

/** A ledger that is written as it is read: one record in ten is an answer, and the next its person's signature. */
async function* lines(count: number, tell: (n: number) => void): AsyncGenerator<string> {
  const [keys, person] = [await makeKeys(), await makeKeys()];
  const key = await publicKeyOf(keys);
  let head: LedgerHead | undefined;
  let answer: AnswerFact | undefined;
  const factAt = async (n: number): Promise<LedgerFact> => {
    if (n === 0) return { fact: 'opened', key };
    if (n === count - 1) return { fact: 'closed' };
    const { recordingId, participantId, answerId } = answer ?? { recordingId: 'r', participantId: 'p', answerId: 'a' };
    if (n % 10 === 1) {
      answer = answerFact(n) as AnswerFact;
      return answer;
    }
    const own = n % 10 === 2 && answer ? answerInLedger(meetingId, [answer]) : undefined;
    if (own) return { fact: 'signed', recordingId, participantId, answerId, ...(await signAnswer(person, own)) };
    return { fact: 'captured', recordingId, participantId, because: 'clear' };
  };
  for (let n = 0; n < count; n += 1) {
    const link = nextLink(head, { at: '2026-01-01T00:00:00.000Z', meetingId, epoch, fact: await factAt(n) });
    head = link.head;
    tell(n);
    yield lineOf(link.text, head.hash, await signed(base64url.decode(head.hash), keys));
  }
}

/** What a long ledger takes of the heap while it is verified: early in it, and near its end. */
export async function measureMillion(scale: Scale): Promise<Figure[]> {
  const count = scales[scale];
  const heap: number[] = [];
  const startedAt = performance.now();
  const places = [Math.floor(count / 10), count - 100];
  const { held, records, answers } = await verifyLedger(
    lines(count, (n) => {
      if (places.includes(n)) heap.push(heapInUse());
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  if (!held || records !== count || answers.unsigned.length > 1) throw new Error('the ledger does not hold');
  const [early = Number.NaN, late = Number.NaN] = heap;
  const growth = (late - early) / 2 ** 20;
  return [
    {
      figure: `a ledger of ${withCommas(count)} records, verified: what the heap grows by from a tenth of it to its end`,
      measured: `${Math.max(0, growth).toFixed(2)} MiB`,
      target: `≤ ${mostGrowth} MiB (flat)`,
      isMet: growth <= mostGrowth,
      how: `after collection, ${(late / 2 ** 20).toFixed(1)} MiB in use; written as it was read, ${withCommas(answers.signed)} signed answers in it, ${seconds.toFixed(0)} s`,
    },
  ];
}
