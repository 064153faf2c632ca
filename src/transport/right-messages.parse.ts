import * as v from 'valibot';
import type { RightOutcome } from '../records/rights.types.ts';
import { id, longText } from './state.parse.ts';

const request = v.looseObject({
  requestId: id,
  meetingId: longText,
  participantId: id,
  right: id,
  status: v.picklist(['received', 'identified', 'done', 'refused', 'ended']),
  receivedAt: id,
  dueAt: id,
});

const outcome = v.variant('outcome', [
  v.object({
    outcome: v.literal('done'),
    request,
    // Its own schema is schemas/held-about-me.json; what is read of it here is whose it is.
    document: v.exactOptional(
      v.looseObject({ format: v.literal('meeting-notice/held-about-me/1'), participantId: id }),
    ),
    outside: v.exactOptional(v.array(id)),
  }),
  v.object({ outcome: v.literal('refused'), request, code: id, reason: v.string() }),
  v.object({ outcome: v.literal('pending'), request, code: v.exactOptional(id) }),
]);

/** What came of somebody's right; `undefined` for what makes no sense, or is another's. */
export function rightOutcomeIn(
  told: unknown,
  participantId: string,
): Exclude<RightOutcome, { outcome: 'denied' }> | undefined {
  const parsed = v.safeParse(outcome, read(told));
  if (!parsed.success) return undefined;
  const said = parsed.output;
  const isMine =
    said.request.participantId === participantId &&
    (said.outcome !== 'done' || (said.document?.participantId ?? participantId) === participantId);
  return isMine ? (said as Exclude<RightOutcome, { outcome: 'denied' }>) : undefined;
}

function read(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
