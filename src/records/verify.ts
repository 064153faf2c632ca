import { AnswerSignatures } from './answer-signatures.ts';
import { branches } from './branches.ts';
import { isOpening } from './chain.rules.ts';
import { type CheckedLine, checkedLines } from './checked-lines.ts';
import { Findings } from './findings.ts';
import { type Fragment, Fragments, type Piece } from './fragments.ts';
import { HashReader } from './hash-reader.ts';
import { KnownHeads } from './known-heads.ts';
import type { LedgerHead } from './ledger.types.ts';
import { loadLibraries } from './libraries.ts';
import { sayUnlinked } from './links.ts';
import { holesIn, sayBroken, sayMissing, sayMoved } from './order.rules.ts';
import { isKnown } from './receipts.ts';
import { checkSource } from './record.parse.ts';
import { trusted } from './trust.rules.ts';
import type { AnswersVerdict, LedgerSource, LedgerVerdict, VerifyOptions } from './verify.types.ts';

/**
 * Holds a ledger against its own hashes and signatures, offline: names the first record that was changed, removed, added,
 * put elsewhere or cut off, and where two branches part. Reads it once, in memory that does not grow with it (only the
 * answers without their person's signature are listed); a broken one, and where there are `others`, once or more again.
 * @throws NoticeError `ledger/no-library`; TypeError for what gives no records
 */
export async function verifyLedger(source: LedgerSource, options: VerifyOptions = {}): Promise<LedgerVerdict> {
  await loadLibraries();
  const { others = [], head, receipts = [], keys = {} } = options;
  const sources = [source, ...others];
  for (const each of sources) checkSource('verifyLedger: a ledger', each);
  const findings = new Findings();
  const known = new KnownHeads(head, receipts);
  const pieces: Piece[][] = [];
  const answers: AnswersVerdict[] = [];
  let records = 0;

  for (const [place, each] of sources.entries()) {
    const fragments = new Fragments(place);
    const signatures = new AnswerSignatures(place, keys, findings);
    for await (const line of checkedLines(each)) {
      records += 1;
      fragments.take(line);
      signatures.take(line);
      known.take(line);
      sayUnknownAuthority(line, place, keys.authorities, findings);
    }
    pieces.push(fragments.pieces);
    answers.push(signatures.verdict());
  }

  const last = await judged(pieces, new HashReader(sources), findings);
  await known.say(last, keys, findings);
  const found = findings.inOrder();
  return {
    held: records > 0 && found.every(({ code }) => code === 'may-be-cut-off'),
    records,
    ...(last !== undefined && { meetingId: last.meetingId, head: headOf(last) }),
    findings: found,
    answers: together(answers),
  };
}

const headOf = ({ to, hash }: Fragment): LedgerHead => ({ n: to, hash });

/** Says what is wrong with how the pieces fit together. Answers the one that is the end of the ledger. */
async function judged(
  pieces: readonly (readonly Piece[])[],
  hashes: HashReader,
  findings: Findings,
): Promise<Fragment | undefined> {
  const all = pieces.flat().flatMap((piece) => ('fragment' in piece ? [piece.fragment] : []));
  const { good, doubtful } = trusted(all, findings);
  const kept = await branches(good, hashes, findings);
  const missing = holesIn([...kept, ...doubtful]);
  const changed = pieces.flatMap((of) => sayBroken(of, missing, findings));
  sayMissing(
    holesIn([...kept, ...doubtful, ...changed]).filter(
      ({ from }) => kept.some(({ to }) => to > from) || changed.length === 0,
    ),
    kept,
    findings,
  );
  for (const place of pieces.keys())
    sayMoved(
      kept.filter(({ source }) => source === place),
      findings,
    );
  await sayUnlinked(kept, hashes, findings);
  const end = (kept.length > 0 ? kept : all).reduce<Fragment | undefined>(
    (a, b) => (a === undefined || b.to > a.to ? b : a),
    undefined,
  );
  if (end?.lastFact !== 'closed') {
    const n = end?.to ?? 0;
    const says =
      end === undefined
        ? 'There is no record.'
        : `Record ${n} is the last, and does not close the ledger: what followed may be cut off.`;
    findings.add('may-be-cut-off', n, { source: end?.source ?? 0 }, says);
  }
  return end;
}

function sayUnknownAuthority(
  { line, record, isWhole }: CheckedLine,
  source: number,
  authorities: Parameters<typeof isKnown>[0],
  findings: Findings,
): void {
  if (record === undefined || !isWhole || !isOpening(record.fact) || isKnown(authorities, record.fact.key)) return;
  const says = `Record ${record.n}: an authority begins whose key is none of those that are known.`;
  findings.add('wrong-key', record.n, { source, line }, says);
}

/** Several machines may have kept the same answer: it is told once. */
function together(verdicts: readonly AnswersVerdict[]): AnswersVerdict {
  const [first = { signed: 0, unsigned: [], invalid: [] }, ...more] = verdicts;
  if (more.length === 0) return first;
  const once = (refs: AnswersVerdict['unsigned']) => [
    ...new Map(refs.map((ref) => [JSON.stringify([ref.n, ref.answerId, ref.purpose]), ref])).values(),
  ];
  return {
    signed: verdicts.reduce((sum, { signed }) => sum + signed, 0),
    unsigned: once(verdicts.flatMap(({ unsigned }) => unsigned)),
    invalid: once(verdicts.flatMap(({ invalid }) => invalid)),
  };
}
