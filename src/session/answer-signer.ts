import type { PublicKey } from '../records/ledger.types.ts';
import { signedAnswer } from '../records/signed-answer.ts';
import type { AnswerMessage, ReceiptsMessage, SignedMessage } from '../transport/messages.types.ts';
import { receiptMessages } from '../transport/receipt-messages.parse.ts';
import { times } from '../transport/times.ts';
import type { SessionContext } from './session-context.ts';
import type { Wire } from './wire.ts';

/** A pair of the Web Crypto API: Ed25519, or ECDSA over P-256. */
type Keys = CryptoKeyPair;

/** What the signer is made of. */
export interface SignerParts {
  readonly context: SessionContext;
  readonly wire: Wire;
  /** Made for this session where there are none; the private half cannot be taken out of it. */
  readonly keys: Keys | undefined;
  /** It signs nothing: for a simulation, which no signature can take part in. */
  readonly cannotSign?: true;
}

/** What is loaded once a meeting's consents are kept. */
export interface SignerModule {
  readonly createSigner: (parts: SignerParts) => AnswerSigner;
}

/**
 * Signs this person's answers, so that nobody can make one up unnoticed (G6), and takes the receipts of them. The answer
 * itself waits for nothing: its signature follows, and is repeated until there is a receipt.
 */
export class AnswerSigner {
  readonly #parts: SignerParts;
  readonly #waiting = new Map<string, { readonly message: SignedMessage; readonly since: number }>();
  #keys: Promise<Keys | undefined> | undefined;

  constructor(parts: SignerParts) {
    this.#parts = parts;
    parts.wire.reads(receiptMessages);
  }

  sign(answer: AnswerMessage): void {
    const { context } = this.#parts;
    void this.#signature(answer)
      .catch(() => undefined)
      .then((signature) =>
        context.mailbox.post(() => {
          const { id, recordingId } = answer;
          const message: SignedMessage = { t: 'signed', id, recordingId, ...signature };
          this.#waiting.set(id, { message, since: context.clock.now() });
          this.#repeat();
        }),
      );
  }

  take({ id, receipts }: ReceiptsMessage): void {
    if (!this.#waiting.delete(id)) return;
    for (const receipt of receipts) this.#parts.context.hooks.announce('recordIssued', { receipt });
  }

  #repeat(): void {
    const { context } = this.#parts;
    const now = context.clock.now();
    for (const [id, { message, since }] of this.#waiting) {
      if (now - since > times.receiptMs) this.#waiting.delete(id);
      else context.tellAuthority(message);
    }
    if (this.#waiting.size > 0) context.timers.set('signed', times.repeatMs, () => this.#repeat());
  }

  async #signature(answer: AnswerMessage): Promise<Pick<SignedMessage, 'jws' | 'key'> | undefined> {
    const { context, keys: given, cannotSign } = this.#parts;
    if (cannotSign) return undefined;
    this.#keys ??= given ? Promise.resolve(given) : madeKeys();
    const keys = await this.#keys;
    if (!keys) return undefined;
    const { id: answerId, revision, answers, noticeId, text } = answer;
    const payload = signedAnswer({
      meetingId: context.meetingId,
      participantId: context.self.id,
      answerId,
      revision,
      answers,
      ...(noticeId !== undefined && { noticeId }),
      ...(text && { textHash: text.hash }),
    });
    const [jws, key] = await Promise.all([compactJws(payload, keys.privateKey), publicKey(keys.publicKey)]);
    return { jws, key };
  }
}

export const createSigner = (parts: SignerParts): AnswerSigner => new AnswerSigner(parts);

/** Ed25519 where this platform has it, ECDSA over P-256 elsewhere; nothing where there is no Web Crypto. */
async function madeKeys(): Promise<Keys | undefined> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return undefined;
  try {
    return (await subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as Keys;
  } catch {
    return subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  }
}

/** A compact JWS (RFC 7515) over a text. */
async function compactJws(text: string, key: CryptoKey): Promise<string> {
  const isCurve = key.algorithm.name === 'ECDSA';
  const utf8 = new TextEncoder();
  const signed = `${base64url(utf8.encode(`{"alg":"${isCurve ? 'ES256' : 'EdDSA'}"}`))}.${base64url(utf8.encode(text))}`;
  const how = isCurve ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'Ed25519' };
  const signature = await globalThis.crypto.subtle.sign(how, key, utf8.encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}

/** The public half as JSON Web Key: the members that RFC 7638 calls required, and no other. */
async function publicKey(key: CryptoKey): Promise<PublicKey> {
  const { kty = '', crv = '', x = '', y } = await globalThis.crypto.subtle.exportKey('jwk', key);
  return { kty, crv, x, ...(y !== undefined && { y }) };
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
