import type { NoticeErrorCode } from '../core/errors.ts';
import { checkKind, checkText, longestText, misuse } from '../core/misuse.ts';
import type { Purpose } from '../participants/participants.types.ts';
import { everyRight } from '../records/rights.rules.ts';
import type { AcknowledgedOutcome } from '../transport/messages.types.ts';
import { rightOutcomeIn } from '../transport/right-messages.parse.ts';
import type { Answering } from './answering.ts';
import type { CommandPost } from './command-post.ts';
import type { ExerciseRight, RightExercised } from './records-commands.types.ts';
import type { Requests } from './requests.ts';
import type { SessionContext } from './session-context.ts';

/** What asking for a right stands on. */
interface RightAskerParts {
  readonly client: { readonly context: SessionContext; readonly requests: Requests };
  readonly post: CommandPost;
  readonly answering: Answering;
  /** What was taken back of recordings already. */
  readonly withdrawn: Promise<unknown> | false;
}

/** What is loaded when somebody exercises a right. */
export interface RightsModule {
  readonly exerciseRight: (request: ExerciseRight, parts: RightAskerParts) => Promise<RightExercised>;
}

/** Sends it to whoever decides, after what a withdrawal takes back in the meeting is confirmed: each with one's own signature. */
export const exerciseRight: RightsModule['exerciseRight'] = async (request, { client, post, answering, withdrawn }) => {
  checkRequest(request);
  const { context, requests } = client;
  const { right, participantId, correction } = request;
  const isOwn = (participantId ?? context.self.id) === context.self.id;
  if (right === 'withdrawal' && isOwn) {
    const rest = post.run(() => withdrawnFrom(context, answering, withdrawn ? ['recording'] : []));
    await Promise.all([withdrawn, rest]);
  }
  return await post.run(
    () =>
      post.denial(true) ??
      new Promise<RightExercised>((resolve) =>
        requests.send(
          {
            do: 'exerciseRight',
            right,
            ...(participantId !== undefined && { participantId }),
            ...(correction && { correction }),
          },
          (outcome) => resolve(exercisedBy(context.self.id, outcome)),
        ),
      ),
  );
};

/** Every agreement that lives is taken back, as by `withdrawConsent`, but for purposes of which it was already. */
function withdrawnFrom(context: SessionContext, answering: Answering, but: readonly Purpose[]): Promise<unknown> {
  const given = (context.personal()?.consents ?? []).filter(
    ({ purpose, consent }) => !but.includes(purpose) && (consent === 'given' || consent === 'acknowledged'),
  );
  // Of attention only this client knows (G4).
  const purposes = new Set(['attention-tracking', ...given.map(({ purpose }) => purpose)]);
  return Promise.all([...purposes].map((purpose) => answering.answerPurpose(purpose, 'withdrawn')));
}

function exercisedBy(ownId: string, outcome: AcknowledgedOutcome): RightExercised {
  if (outcome.outcome === 'denied' || outcome.outcome === 'failed')
    return { outcome: outcome.outcome, code: outcome.code as NoticeErrorCode };
  const right = outcome.outcome === 'exercised' ? rightOutcomeIn(outcome.right, ownId) : undefined;
  if (right) return right;
  const code = outcome.outcome === 'pending' ? outcome.code : 'protocol/not-a-message';
  return { outcome: 'failed', code: code as NoticeErrorCode };
}

/** @throws TypeError */
function checkRequest(request: ExerciseRight): void {
  if (typeof request !== 'object' || request === null)
    throw misuse('exerciseRight: request', "an object such as { right: 'access' }", request);
  const { right, participantId, correction } = request;
  checkKind('exerciseRight: right', everyRight, right);
  if (participantId !== undefined) checkText('exerciseRight: participantId', participantId, 'bo');
  if (correction === undefined) return;
  const expected = "an object such as { recordingId, segmentId, text: 'nine o’clock' }";
  if (typeof correction !== 'object' || correction === null)
    throw misuse('exerciseRight: correction', expected, correction);
  for (const name of ['recordingId', 'segmentId', 'text'] as const)
    checkText(`exerciseRight: correction.${name}`, correction[name], 'nine o’clock');
  if (correction.text.length > longestText)
    throw misuse('exerciseRight: correction.text', `at most ${longestText} letters long`, correction.text.length);
}
