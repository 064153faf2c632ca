/**
 * One participant, one purpose, one recording, in the words of the W3C Data Privacy Vocabulary.
 * `shown` only when the client's UI said so; `acknowledged` is "Continue", `given` is agreement.
 */
export type Consent =
  | 'requested'
  | 'shown'
  | 'given'
  | 'acknowledged'
  | 'refused'
  | 'withdrawn'
  | 'expired'
  | 'cannot-be-asked';

/** What a person answers for one purpose. */
export type Answer = 'given' | 'acknowledged' | 'refused' | 'withdrawn';

/** What the policy asks for: being told, pressing Continue, or agreeing. */
export type ConsentAsked = 'notice' | 'acknowledge' | 'explicit';

/** What a consent amounts to under the policy. Only `clear` may be captured. */
export type Standing = 'clear' | 'unanswered' | 'refused' | 'late' | 'cannot-be-asked';

/** How many participants stand where. */
export type StandingCounts = Readonly<Record<Standing, number>>;

/** What happens to one consent. `at` is not needed: order decides. */
export type ConsentEvent =
  | { readonly type: 'consent.requested' }
  | { readonly type: 'notice.shown' }
  | { readonly type: 'consent.given' }
  | { readonly type: 'consent.acknowledged' }
  | { readonly type: 'consent.refused' }
  | { readonly type: 'consent.withdrawn' }
  | { readonly type: 'consent.expired' }
  | { readonly type: 'participant.unreachable' };

/** The types of the consent machine. */
export interface ConsentSetup {
  context: Record<string, never>;
  events: ConsentEvent;
}
