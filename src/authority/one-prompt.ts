import type { NoticeData } from '../notice/notice.types.ts';
import { noticeIdOf } from '../notice/notice-id.rules.ts';
import { stricterConsent } from '../policy/strictness.rules.ts';
import type { LiveRecording } from './live-recording.ts';

/** A notice, and whose it is. */
export interface NoticeOf {
  readonly live: LiveRecording;
  readonly notice: NoticeData;
}

/** What the one prompt of a person hangs on beside what is open. */
export interface PromptBefore {
  /** The prompt for several lives that stands before this person, if one does. */
  readonly standing: NoticeData | undefined;
  readonly lives: readonly LiveRecording[];
  /** The version of the words. */
  readonly version: string;
}

const isPrompt = ({ notice }: NoticeOf): boolean => notice.kind === 'prompt';

const requester = ({ requestedBy }: NoticeData): string =>
  typeof requestedBy === 'object' ? requestedBy.participantId : requestedBy;

/** Whether the words of one prompt are true of both: the same person asks, and refusing does the same. */
function goTogether(one: NoticeData, other: NoticeData): boolean {
  const isSameReason = one.reason === undefined || other.reason === undefined || one.reason === other.reason;
  const isSameEffect = one.refusal === other.refusal && one.running === other.running;
  return isSameEffect && isSameReason && requester(one) === requester(other);
}

/** Whether a prompt that stands asks all that is open now, and at least as strictly. */
function stillAsks({ standing, lives }: PromptBefore, open: readonly NoticeData[]): boolean {
  if (!standing) return false;
  const asksAll = open.every(
    ({ purposes, consent }) =>
      stricterConsent(standing.consent, consent) === standing.consent &&
      purposes.every((purpose) => standing.purposes.includes(purpose)),
  );
  return asksAll && standing.purposes.every((purpose) => lives.some((live) => live.rosters.has(purpose)));
}

/** One prompt for all of these, which stands until all of it is answered. Each life remembers what it asked. */
function inOne(parts: readonly NoticeOf[], before: PromptBefore): NoticeData {
  const notices = parts.map(({ notice }) => notice);
  const [first] = notices as [NoticeData, ...NoticeData[]];
  const { running } = first;
  const times = notices.flatMap(({ answerInMs }) => (answerInMs === undefined ? [] : [answerInMs]));
  const reminded = Math.max(...notices.map((notice) => notice.reminded));
  const now = { running, reminded, ...(times.length > 0 && { answerInMs: Math.min(...times) }) };
  if (before.standing && stillAsks(before, notices)) {
    const { answerInMs: _, ...standing } = before.standing;
    return { ...standing, ...now };
  }
  if (notices.length === 1) return first;
  const { answerInMs: _, ...rest } = first;
  const purposes = notices.flatMap((notice) => notice.purposes);
  const consent = notices.map((notice) => notice.consent).reduce(stricterConsent);
  const reason = notices.find((notice) => notice.reason !== undefined)?.reason;
  const providers = Object.assign({}, ...notices.map((notice) => notice.providers));
  const one: NoticeData = {
    ...rest,
    ...now,
    noticeId: noticeIdOf({ ...rest, purposes, consent, version: before.version }),
    purposes,
    consent,
    ...(reason !== undefined && { reason }),
    ...(Object.keys(providers).length > 0 && { providers }),
  };
  for (const { live } of parts) live.raised.set(one.noticeId, one);
  return one;
}

/**
 * What stands before one person: never two prompts over each other. What goes together is asked in one; what does not
 * waits until the prompt before it is answered. An open one serves for a capture of the platform's own too.
 */
export function withOnePrompt(all: readonly NoticeOf[], before: PromptBefore): NoticeData[] {
  const first = all.find(isPrompt);
  if (!first) return all.map(({ notice }) => notice);
  const together = all.filter((each) => isPrompt(each) && !each.live.seen && goTogether(first.notice, each.notice));
  const prompt = first.live.seen ? first.notice : inOne(together, before);
  const place = all.indexOf(first);
  return all.flatMap((each, at) => {
    if (each === first) return [prompt];
    if (isPrompt(each) || (each.live.seen && at > place)) return [];
    // Who has answered a part of the prompt is told of that once all of it is answered.
    const isAsked = each.notice.purposes.some((purpose) => prompt.purposes.includes(purpose));
    return isAsked && !each.live.seen && !first.live.seen ? [] : [each.notice];
  });
}
