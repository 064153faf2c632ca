import type { Epoch } from '../../src/participants/participants.types.ts';
import { makeKeys } from '../../src/records/keys.ts';
import { createLedger } from '../../src/records/ledger.ts';
import type { AnswerFact, LedgerFact, LedgerHead, LedgerRecord, LedgerStore } from '../../src/records/ledger.types.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { answerInLedger, signAnswer } from '../../src/records/receipts.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';

export const meetingId = 'weekly';
export const epochOf = (number: number): Epoch => ({ number, id: 'hana', incarnation: `start-${number}` });

export const answer = (number: number, fact: AnswerFact['fact'] = 'given'): AnswerFact => ({
  fact,
  recordingId: 'r1',
  participantId: `bo-${number}`,
  purpose: 'recording',
  answerId: `answer-${number}`,
  revision: 1,
  noticeId: 'notice-1',
  text: { version: '1', locale: 'en', hash: 'a'.repeat(64) },
  applied: true,
});

/** A person's own signature over their answer, as the ledger holds it. */
export async function signatureOf(of: AnswerFact, keys: CryptoKeyPair): Promise<LedgerFact> {
  const { recordingId, participantId, answerId } = of;
  const signed = answerInLedger(meetingId, [of]);
  if (signed === undefined) throw new Error('there is no answer');
  return { fact: 'signed', recordingId, participantId, answerId, ...(await signAnswer(keys, signed)) };
}

export const captured = (participantId: string): LedgerFact => ({
  fact: 'captured',
  recordingId: 'r1',
  participantId,
  because: 'clear',
});

export async function linesIn(store: LedgerStore, of = meetingId): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of store.read(of)) lines.push(line);
  return lines;
}

export const recordsIn = async (store: LedgerStore): Promise<LedgerRecord[]> =>
  (await linesIn(store)).map((line) => JSON.parse(line) as LedgerRecord);

export const headOf = ({ n, hash }: Pick<LedgerRecord, 'n' | 'hash'>): LedgerHead => ({ n, hash });

/** Writes facts by as many authorities as there are lists, each with keys of its own. */
export async function written(
  authorities: readonly (readonly LedgerFact[])[],
  { meetingId: id = meetingId, keys }: { readonly meetingId?: string; readonly keys?: CryptoKeyPair } = {},
): Promise<string[]> {
  const store = memoryStore();
  for (const [place, facts] of authorities.entries()) {
    const ledger = createLedger({ store, keys: keys ?? (await makeKeys()), clock: simulatedClock() });
    const writer = await ledger.open({ meetingId: id, epoch: epochOf(place + 1) });
    for (const fact of facts) writer.append(fact);
    await writer.kept();
    if (place === authorities.length - 1) await writer.close();
  }
  return linesIn(store, id);
}
