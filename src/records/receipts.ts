import { everyAnswer } from '../consent/answer.rules.ts';
import type { Answer } from '../consent/consent.types.ts';
import type { ByPurpose } from '../participants/participants.types.ts';
import { bodyTextOf, hashOf } from './chain.rules.ts';
import { checkingKey, hasSigned, signed, signedTextOf } from './jws.ts';
import { keyText, type LedgerKeys, publicKeyOf } from './keys.ts';
import type { AnswerFact, LedgerRecord, PublicKey, Receipt } from './ledger.types.ts';
import { loadLibraries } from './libraries.ts';
import { asRecord } from './record.parse.ts';
import { type SignedAnswer, signedAnswer } from './signed-answer.ts';
import type { KnownKeys } from './verify.types.ts';

/** A person's signature: the compact JWS, and the public key to check it with. */
export interface PersonsSignature {
  readonly jws: string;
  readonly key: PublicKey;
}

/** A person's client signs its answer, with a key that nobody else has. @throws NoticeError `ledger/no-library` */
export async function signAnswer(keys: LedgerKeys, answer: SignedAnswer): Promise<PersonsSignature> {
  await loadLibraries();
  const payload = new TextEncoder().encode(signedAnswer(answer));
  const [jws, key] = await Promise.all([signed(payload, keys), publicKeyOf(keys)]);
  return { jws, key };
}

/** The words of an answer as it stands in the ledger: of one purpose, or of all that one answer was for. */
export function answerInLedger(meetingId: string, facts: readonly AnswerFact[]): SignedAnswer | undefined {
  const [first] = facts;
  if (first === undefined) return undefined;
  const { participantId, answerId, revision, noticeId, text } = first;
  const answers = Object.fromEntries(facts.map(({ purpose, fact }) => [purpose, fact]));
  const about = {
    ...(noticeId !== undefined && { noticeId }),
    ...(text?.hash !== undefined && { textHash: text.hash }),
  };
  return { meetingId, participantId, answerId, revision, answers, ...about };
}

const answerFacts: readonly string[] = everyAnswer;

/** The record's fact, where that is an answer. */
export function answerOf({ fact }: LedgerRecord): AnswerFact | undefined {
  return answerFacts.includes(fact.fact) ? (fact as AnswerFact) : undefined;
}

/** The copy that a person is given of the record of one of their answers, and of the record of their signature. */
export function receiptOf(parts: {
  readonly receiptId: string;
  readonly record: LedgerRecord;
  readonly signed?: LedgerRecord;
  readonly key: PublicKey;
}): Receipt {
  const { receiptId, record, signed: theirs, key } = parts;
  return { v: 1, receiptId, record, ...(theirs !== undefined && { signed: theirs }), key };
}

/**
 * What is wrong with a receipt: it is none; its record was changed, or is not signed by its key; the same of the record
 * of the person's signature; or that is not over this answer. `unknown-key`: signed by a key that nobody known has.
 */
export type ReceiptFault =
  | 'not-a-receipt'
  | 'record-changed'
  | 'signature-changed'
  | 'answer-not-signed-so'
  | 'unknown-key';

/** What `verifyReceipt` has found. */
export interface ReceiptVerdict {
  readonly held: boolean;
  readonly faults: readonly ReceiptFault[];
  /** The person's own signature is there, and it is over this answer. */
  readonly signedByPerson: boolean;
}

/** Checks a receipt by itself, offline: both signatures. @throws NoticeError `ledger/no-library` */
export async function verifyReceipt(
  receipt: Receipt,
  { keys = {} }: { readonly keys?: KnownKeys } = {},
): Promise<ReceiptVerdict> {
  await loadLibraries();
  const record = asRecord(receipt?.record);
  const answer = record && answerOf(record);
  if (record === undefined || answer === undefined || typeof receipt.key !== 'object' || receipt.key === null) {
    return { held: false, faults: ['not-a-receipt'], signedByPerson: false };
  }
  const faults: ReceiptFault[] = [];
  if (!(await isSigned(record, receipt.key))) faults.push('record-changed');
  if (!isKnown(keys.authorities, receipt.key)) faults.push('unknown-key');
  const own = receipt.signed === undefined ? undefined : await faultsOfSignature(record, answer, receipt, keys);
  faults.push(...(own ?? []).filter((fault) => !faults.includes(fault)));
  return { held: faults.length === 0, faults, signedByPerson: own?.length === 0 };
}

async function faultsOfSignature(
  record: LedgerRecord,
  answer: AnswerFact,
  receipt: Receipt,
  keys: KnownKeys,
): Promise<ReceiptFault[]> {
  const theirs = asRecord(receipt.signed);
  if (theirs === undefined || !(await isSigned(theirs, receipt.key))) return ['signature-changed'];
  const { fact } = theirs;
  if (fact.fact !== 'signed' || theirs.meetingId !== record.meetingId) return ['answer-not-signed-so'];
  const text = await signedTextOf(fact.jws, fact.key);
  const faults: ReceiptFault[] = text !== undefined && isPartOf(record, answer, text) ? [] : ['answer-not-signed-so'];
  if (!isKnown(keys.participants?.[answer.participantId], fact.key)) faults.push('unknown-key');
  return faults;
}

/** Whether the signed text is an answer of which this record is one purpose. */
function isPartOf(record: LedgerRecord, answer: AnswerFact, text: string): boolean {
  const answers = answersIn(text);
  if (answers?.[answer.purpose] !== answer.fact) return false;
  const own = answerInLedger(record.meetingId, [answer]);
  return own !== undefined && signedAnswer({ ...own, answers }) === text;
}

/** All that the person answered, by the text that they signed. */
function answersIn(text: string): ByPurpose<Answer> | undefined {
  try {
    return (JSON.parse(text) as { answers?: ByPurpose<Answer> } | null)?.answers;
  } catch {
    return undefined;
  }
}

/** Whether a record is what its hash is over, and this key has signed it. */
async function isSigned(record: LedgerRecord, publicKey: PublicKey): Promise<boolean> {
  const key = await checkingKey(publicKey);
  try {
    return key !== undefined && hashOf(bodyTextOf(record)) === record.hash && hasSigned(key, record.hash, record.jws);
  } catch {
    // Half a character, which no canonical JSON holds.
    return false;
  }
}

/** Where no keys are known, any is taken. */
export const isKnown = (known: readonly PublicKey[] | undefined, key: PublicKey): boolean =>
  known === undefined || known.some((each) => keyText(each) === keyText(key));
