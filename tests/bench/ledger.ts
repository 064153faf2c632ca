import { bodyTextOf } from '../../src/records/chain.rules.ts';
import { type LedgerKeys, makeKeys } from '../../src/records/keys.ts';
import { createLedger } from '../../src/records/ledger.ts';
import type { LedgerFact, LedgerRecord } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { type Figure, median, type Scale, withCommas } from './figure.ts';
import { growOld } from './heap.ts';

const scales = { full: { records: 2000, rounds: 15 }, quick: { records: 50, rounds: 3 } } as const;
const mostTimes = 1.5;
const epoch = { number: 1, id: 'hana', incarnation: 'a' };

interface Round {
  readonly appendMs: number;
  readonly bareSignMs: number;
  readonly verifyMs: number;
  readonly bareCheckMs: number;
}

/** The processor time of what is waited for, in milliseconds: threads that sign are in it. */
async function timedAsync(task: () => Promise<unknown>): Promise<number> {
  growOld();
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** An answer as clients give it. */
export const answerFact = (number: number): LedgerFact => ({
  fact: 'given',
  recordingId: '0123456789abcdef',
  participantId: `participant-${number}`,
  purpose: 'recording',
  answerId: `answer-${number}`,
  revision: 1,
  noticeId: 'fedcba9876543210',
  text: { version: '1', locale: 'en', hash: 'a'.repeat(64) },
  applied: true,
});

async function round(records: number, keys: LedgerKeys): Promise<Round> {
  const { subtle } = globalThis.crypto;
  const store = memoryStore();
  const writer = await createLedger({ store, keys }).open({ meetingId: 'weekly', epoch });
  await writer.kept();
  const facts = Array.from({ length: records }, (_, number) => answerFact(number));
  const appendMs = await timedAsync(() => {
    for (const fact of facts) writer.append(fact);
    return writer.kept();
  });
  const lines: string[] = [];
  for await (const line of store.read('weekly')) lines.push(line);
  const texts = lines.map((line) => new TextEncoder().encode(bodyTextOf(JSON.parse(line) as LedgerRecord)));
  const signatures: ArrayBuffer[] = [];
  const alg = keys.privateKey.algorithm.name;
  const bareSignMs = await timedAsync(() =>
    Promise.all(
      texts.map(async (text, place) => {
        signatures[place] = await subtle.sign(alg, keys.privateKey, await subtle.digest('SHA-256', text));
      }),
    ),
  );
  const verifyMs = await timedAsync(async () => {
    const { findings } = await verifyLedger(lines);
    if (findings.some(({ code }) => code !== 'may-be-cut-off')) throw new Error('the ledger does not hold');
  });
  const bareCheckMs = await timedAsync(() =>
    Promise.all(
      texts.map(async (text, place) =>
        subtle.verify(alg, keys.publicKey, signatures[place] as ArrayBuffer, await subtle.digest('SHA-256', text)),
      ),
    ),
  );
  return { appendMs, bareSignMs, verifyMs, bareCheckMs };
}

/** What a record costs to append and to verify, beside hashing and signing the same bytes by the same platform. */
export async function measureLedger(scale: Scale): Promise<Figure[]> {
  const { records, rounds } = scales[scale];
  const keys = await makeKeys({ alg: 'Ed25519' });
  const taken: Round[] = [];
  for (let each = 0; each < rounds + 2; each += 1) taken.push(await round(records, keys));
  // The first warm up.
  const counted = taken.slice(2);
  const row = (figure: string, own: keyof Round, bare: keyof Round): Figure => {
    const times = median(counted.map((each) => each[own] / each[bare]));
    const each = (what: keyof Round) => `${((median(counted.map((of) => of[what])) / records) * 1000).toFixed(1)} µs`;
    return {
      figure,
      measured: `${times.toFixed(2)}x`,
      target: `≤ ${mostTimes}x of SHA-256 and signature`,
      isMet: times <= mostTimes,
      how: `${each(own)} a record against ${each(bare)}, Ed25519 by Web Crypto; median of ${rounds} times ${withCommas(records)}, by turns; processor time`,
    };
  };
  return [
    row('a record appended: canonical JSON, hash, signature, memory store', 'appendMs', 'bareSignMs'),
    row('a record verified: read, canonical JSON, hash, chain, signature', 'verifyMs', 'bareCheckMs'),
  ];
}
