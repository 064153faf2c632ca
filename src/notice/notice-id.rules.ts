import type { ConsentAsked } from '../consent/consent.types.ts';
import { derivedId } from '../core/ids.ts';
import type { Purpose, RecordingId } from '../participants/participants.types.ts';
import type { NoticeId } from './notice.types.ts';

/** What makes a notice another notice. */
export interface NoticeIdentity {
  readonly recordingId: RecordingId;
  readonly purposes: readonly Purpose[];
  readonly consent: ConsentAsked;
  readonly kind: 'prompt' | 'banner';
  /** The version of the words. */
  readonly version: string;
}

/** The id of a notice: a repeat has the same one, a notice that asks for more or other has not (PROTOCOL, "What is said"). */
export function noticeIdOf({ recordingId, purposes, consent, kind, version }: NoticeIdentity): NoticeId {
  return derivedId('notice', recordingId, kind, consent, version, ...[...new Set(purposes)].sort());
}
