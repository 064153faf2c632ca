import type { Answer } from '../consent/consent.types.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import type { NoticeId } from '../notice/notice.types.ts';
import type { ByPurpose, ParticipantId } from '../participants/participants.types.ts';

/** What a person's client signs: its whole answer, and to which words. */
export interface SignedAnswer {
  readonly meetingId: string;
  readonly participantId: ParticipantId;
  readonly answerId: string;
  readonly revision: number;
  /** All purposes that the answer was for. */
  readonly answers: ByPurpose<Answer>;
  readonly noticeId?: NoticeId;
  /** SHA-256 of the words that were on screen: lower-case hex. */
  readonly textHash?: string;
}

/** The text that is signed: the canonical JSON (RFC 8785) of the answer and nothing else. */
export function signedAnswer(answer: SignedAnswer): string {
  const { meetingId, participantId, answerId, revision, answers, noticeId, textHash } = answer;
  return canonicalJson({ v: 1, meetingId, participantId, answerId, revision, answers, noticeId, textHash });
}
