import { trackingStatus } from '../attention/attention.rules.ts';
import { type AttentionTracking, notTracked } from '../attention/attention.types.ts';
import type { Answer, Consent } from '../consent/consent.types.ts';
import type { NoticeId } from '../notice/notice.types.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { Endpoint, Status } from '../participants/participants.types.ts';
import type { AttentionQuery } from '../transport/messages.types.ts';
import type { AttentionTracker, TrackerModule } from './attention-tracker.ts';
import type { TrackerOptions } from './attention-tracker.types.ts';
import { OnDemand } from './on-demand.ts';
import type { AnswerOutcome, CommandOutcome, SessionSnapshot } from './session.types.ts';

export type { TrackerModule };

/** What a consent is before there is an answer. */
const awaited: readonly Consent[] = ['requested', 'shown'];

/** What somebody is told who answers what they are not asked. */
export const notAsked = { outcome: 'denied', code: 'consent/not-asked' } as const;

interface AttentionOptions extends TrackerOptions {
  readonly load: () => TrackerModule | Promise<TrackerModule>;
  readonly hasContact: () => boolean;
  /** The indicator may say something else now. */
  readonly indicate: () => void;
}

/**
 * What every client has of attention tracking: the word whether it is on. The tracker of a participant's own person is
 * loaded once it is.
 */
export class Attention {
  readonly #options: AttentionOptions;
  #tracking: AttentionTracking = notTracked;
  #tracker: AttentionTracker | undefined;
  readonly #module: OnDemand<TrackerModule>;

  constructor(options: AttentionOptions) {
    this.#options = options;
    this.#module = new OnDemand(options.load, options.context.mailbox);
  }

  get view(): SessionSnapshot['attention'] {
    const { enabled, active } = this.#tracking;
    return { enabled, active, inattentive: this.#tracker?.isFlagged ?? false };
  }

  /** What the indicator says of it, as whoever decides has said last. */
  get status(): Status {
    const meeting = this.#options.context.meeting();
    return trackingStatus(meeting?.attention ?? notTracked, this.#isAsked);
  }

  get consents(): { 'attention-tracking'?: Consent } {
    const consent = this.#tracker?.consent;
    return consent ? { 'attention-tracking': consent } : {};
  }

  /** What is on, who this person is, or whether there is contact may have changed. */
  follow(): void {
    const { context } = this.#options;
    const before = this.#tracking;
    this.#tracking = context.meeting()?.attention ?? before;
    const { enabled, active } = this.#tracking;
    this.#options.indicate();
    if (before.enabled !== enabled || before.active !== active) {
      context.hooks.announce('attentionTrackingChanged', { enabled, active });
    }
    if (!this.#tracker && enabled && this.#isTracked) this.#module.need((module) => this.#take(module));
    this.#tell();
  }

  /** The words of `catalogue`, with those of attention tracking where it is on. */
  words(catalogue: TextCatalogue): TextCatalogue {
    return this.#tracker?.words(catalogue) ?? catalogue;
  }

  shown(noticeId: NoticeId): void {
    this.#tracker?.shown(noticeId);
  }

  answer(answer: Answer): AnswerOutcome {
    const outcome = this.#tracker?.answer(answer);
    this.#options.indicate();
    return outcome ?? notAsked;
  }

  /** Opens its notice again. */
  review(): CommandOutcome {
    return this.#tracker?.review() ? { outcome: 'done' } : notAsked;
  }

  asked(query: AttentionQuery, from: Endpoint): void {
    this.#tracker?.asked(query, from);
  }

  left(): void {
    this.#tracker?.end('left');
    this.#tracker = undefined;
    this.#tracking = notTracked;
  }

  /** Participants alone are tracked, where they have a screen. */
  get #isTracked(): boolean {
    const { context } = this.#options;
    return !context.isHosting() && (context.self.channel ?? 'app') === 'app';
  }

  /** Whether this person's answer is awaited; it is from the start where the policy asks. */
  get #isAsked(): boolean {
    const asks = this.#options.context.meeting()?.policy.attention.consent !== 'notice';
    return this.#isTracked && asks && awaited.includes(this.#tracker?.consent ?? 'requested');
  }

  #take({ createTracker }: TrackerModule): void {
    this.#tracker = createTracker(this.#options);
    this.#tell();
  }

  #tell(): void {
    const policy = this.#options.context.meeting()?.policy.attention;
    if (!this.#tracker || !policy) return;
    const tracking = this.#isTracked ? this.#tracking : notTracked;
    this.#tracker.follow({ tracking, policy, hasContact: this.#options.hasContact() });
    // Somebody may be asked, or be found to have answered.
    this.#options.indicate();
  }
}
