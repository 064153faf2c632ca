import { canonicalJson } from '../core/canonical-json.ts';
import { sha256Hex } from '../core/sha256.ts';
import type { NoticeDocument } from './document.types.ts';

/** SHA-256 of the canonical JSON (RFC 8785) of a document, as 64 lower-case hex digits. */
export function documentHash(document: NoticeDocument): string {
  return sha256Hex(canonicalJson(document));
}
