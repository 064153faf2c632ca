import type { CheckedLine } from './checked-lines.ts';
import type { Findings } from './findings.ts';
import type { AnswerFact, LedgerRecord } from './ledger.types.ts';
import { answerInLedger, answerOf, isKnown } from './receipts.ts';
import { signedAnswer } from './signed-answer.ts';
import type { AnswerRef, AnswersVerdict, KnownKeys } from './verify.types.ts';

interface Pending {
  readonly n: number;
  readonly fact: AnswerFact;
}

/** Finds for each answer its person's signature, which stands after it. Keeps only the answers that have none yet. */
export class AnswerSignatures {
  readonly #source: number;
  readonly #keys: KnownKeys;
  readonly #findings: Findings;
  readonly #pending = new Map<string, Pending[]>();
  readonly #invalid: AnswerRef[] = [];
  #signed = 0;

  constructor(source: number, keys: KnownKeys, findings: Findings) {
    this.#source = source;
    this.#keys = keys;
    this.#findings = findings;
  }

  take({ line, record, isWhole, signedText }: CheckedLine): void {
    if (record === undefined || !isWhole) return;
    const answer = answerOf(record);
    if (answer !== undefined) {
      const of = nameOf(answer);
      this.#pending.set(of, [...(this.#pending.get(of) ?? []), { n: record.n, fact: answer }]);
    } else if (record.fact.fact === 'signed') this.#takeSignature(line, record, record.fact, signedText);
  }

  verdict(): AnswersVerdict {
    const unsigned = [...this.#pending.values()].flatMap((answers) => answers.map(refOf));
    return { signed: this.#signed, unsigned, invalid: this.#invalid };
  }

  #takeSignature(
    line: number,
    { n, meetingId }: LedgerRecord,
    signature: Extract<LedgerRecord['fact'], { readonly fact: 'signed' }>,
    text: string | undefined,
  ): void {
    const of = nameOf(signature);
    const answers = this.#pending.get(of) ?? [];
    const inLedger = answerInLedger(
      meetingId,
      answers.map(({ fact }) => fact),
    );
    this.#pending.delete(of);
    const isTheirs = isKnown(this.#keys.participants?.[signature.participantId], signature.key);
    if (inLedger !== undefined && text === signedAnswer(inLedger) && isTheirs) {
      this.#signed += answers.length;
      return;
    }
    this.#invalid.push(...answers.map(refOf));
    const first = answers[0]?.n ?? n;
    const who = JSON.stringify(signature.participantId);
    this.#findings.add('answer-invalid', first, { source: this.#source, line }, whatIsWrong(who, n, answers, isTheirs));
  }
}

function whatIsWrong(who: string, n: number, answers: readonly Pending[], isTheirs: boolean): string {
  if (answers.length === 0) return `Record ${n} holds a signature of ${who} over an answer that is not before it.`;
  if (!isTheirs) return `The signature in record ${n} is by a key that is none of ${who}.`;
  return `The signature in record ${n} is not one of ${who} over what record ${answers[0]?.n} says.`;
}

const nameOf = ({ participantId, answerId }: { readonly participantId: string; readonly answerId: string }): string =>
  JSON.stringify([participantId, answerId]);

function refOf({ n, fact: { participantId, answerId, purpose, fact } }: Pending): AnswerRef {
  return { n, participantId, answerId, purpose, fact };
}
