import { inattentiveInMs, isInattentive } from '../attention/attention.rules.ts';
import type { AttentionEvent, AttentionState, AttentionTracking } from '../attention/attention.types.ts';
import { attentionChart } from '../attention/attention-chart.ts';
import type { FocusState } from '../attention/focus.types.ts';
import { isDecline } from '../consent/answer.rules.ts';
import type { Answer, Consent } from '../consent/consent.types.ts';
import { hasTag, stateAfter } from '../core/chart.ts';
import { derivedId } from '../core/ids.ts';
import { withAttention } from '../notice/attention-english.ts';
import type { NoticeClosed, NoticeId } from '../notice/notice.types.ts';
import { noticeIdOf } from '../notice/notice-id.rules.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { Policy } from '../policy/policy.types.ts';
import type { AttentionQuery } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { Followed, TrackerOptions } from './attention-tracker.types.ts';
import { EdgePost } from './edge-post.ts';
import { FocusSignal } from './focus-signal.ts';
import { KeptAnswer } from './kept-answer.ts';
import type { AnswerOutcome } from './session.types.ts';
import { steadyFocus } from './steady-focus.ts';

const purpose = 'attention-tracking';
/** No timer of a browser takes more. */
const longestTimerMs = 2 ** 31 - 1;
const eventOf = { focused: 'focus.gained', lost: 'focus.lost', 'cannot-tell': 'focus.unknown' } as const;

/**
 * Attention tracking of this client's own person (G4): tells them, asks where the policy asks, keeps their answer to
 * itself, and alone decides, by time stamps, when they are inattentive. Hosts are sent edges, while a share is on, of
 * who is inattentive; who is not, and who refused, sends nothing.
 */
export class AttentionTracker {
  readonly #options: TrackerOptions;
  readonly #post: EdgePost;
  readonly #kept: KeptAnswer;
  readonly #signal: FocusSignal;
  #state: AttentionState = attentionChart.initial;
  #enabling: string | undefined;
  #by: AttentionTracking['by'];
  /** The share that is on, as far as is known here. */
  #share: string | undefined;
  /** The share during which this person's window counts: not while contact is lost, nor while they share themselves. */
  #watched: string | undefined;
  #asked: Policy['attention']['consent'] = 'explicit';
  #thresholdMs = Number.POSITIVE_INFINITY;
  #noticeId: NoticeId | undefined;
  consent: Consent | undefined;
  /** A notice of this enabling was on screen; who declined unseen has not been told (G4). */
  #wasShown = false;
  /** When the meeting ceased to be the active window, and all else that must hold held. */
  #sinceMs = 0;
  #steppedMs = 0;
  #stopWatching: (() => void) | undefined;

  constructor(options: TrackerOptions) {
    this.#options = options;
    this.#post = new EdgePost(options.context, options.transport);
    this.#kept = options.kept ?? new KeptAnswer();
    this.#signal = new FocusSignal(options);
  }

  readonly words = withAttention;

  get isFlagged(): boolean {
    return this.#is('flagged');
  }

  /** What of attention tracking is on, for this person. */
  follow({ tracking, policy, hasContact }: Followed): void {
    this.#thresholdMs = policy.thresholdMs;
    if (tracking.enabling !== this.#enabling) {
      this.end();
      if (tracking.enabling !== undefined) this.#begin(tracking, policy.consent);
    }
    this.#share = tracking.active ? tracking.share : undefined;
    this.#signal.follow(tracking.active, policy.thresholdMs);
    const watched = hasContact ? this.#share : undefined;
    if (watched !== this.#watched) {
      this.#step('share.stopped');
      this.#watched = watched;
      this.#watch();
    }
    this.#tellHosts();
  }

  /** It is off, or this person is tracked no more. */
  end(because: NoticeClosed = 'capture-ended'): void {
    if (this.#enabling === undefined) return;
    if (because !== 'left') this.#kept.forget();
    this.#enabling = undefined;
    this.#share = undefined;
    this.#watched = undefined;
    this.consent = undefined;
    this.#step('tracking.disabled');
    this.#signal.follow(false, this.#thresholdMs);
    this.#close(because);
    this.#tellHosts();
  }

  /** The UI has its notice on screen. */
  shown(noticeId: NoticeId): void {
    if (noticeId !== this.#noticeId) return;
    this.#wasShown = true;
    if (this.consent !== 'requested') return;
    this.#says('shown');
    if (this.#asked === 'notice') this.#takesEffect();
  }

  /** Refusing and withdrawing need nothing to have been shown; agreeing does. */
  answer(answer: Answer): AnswerOutcome {
    const enabling = this.#enabling;
    if (enabling === undefined) return { outcome: 'denied', code: 'consent/not-asked' };
    if (!isDecline(answer)) {
      if (!this.#wasShown) return { outcome: 'denied', code: 'notice/not-shown' };
      if (this.#asked === 'explicit' && answer !== 'given') return { outcome: 'denied', code: 'consent/not-enough' };
    }
    this.#kept.keep(enabling, answer);
    this.#take(answer);
    return { outcome: 'recorded', receiptId: derivedId('attention', enabling, answer) };
  }

  /** Opens the notice again, to change one's mind. */
  review(): boolean {
    if (this.#enabling === undefined) return false;
    this.#close('superseded');
    this.#raise(this.#enabling, 'prompt', this.#asked === 'notice' ? 'explicit' : this.#asked);
    return true;
  }

  /** A host has an edge, or asks what is the case now. */
  asked(query: AttentionQuery, from: Endpoint): void {
    this.#post.heard(query, from);
    this.#tellHosts();
  }

  #is(tag: string): boolean {
    return hasTag(attentionChart, this.#state, tag);
  }

  #begin({ enabling = '', by }: AttentionTracking, asked: Policy['attention']['consent']): void {
    this.#enabling = enabling;
    this.#asked = asked;
    this.#by = by;
    this.#step('tracking.enabled');
    const answer = this.#kept.get(enabling);
    this.#wasShown = answer !== undefined && !isDecline(answer);
    if (answer !== undefined) this.#take(answer);
    else {
      this.#raise(enabling, asked === 'notice' ? 'banner' : 'prompt', asked);
      this.#says('requested');
    }
  }

  #take(answer: Answer): void {
    this.#says(answer);
    this.#close(answer === 'refused' ? 'refused' : answer === 'withdrawn' ? 'withdrawn' : 'answered');
    if (isDecline(answer)) this.#step('notice.revoked');
    else {
      this.#takesEffect();
      this.#raise(this.#enabling ?? '', 'banner', 'notice');
    }
    this.#tellHosts();
  }

  #takesEffect(): void {
    this.#step('notice.effective');
    this.#watch();
  }

  #says(consent: Consent): void {
    if (this.consent === consent || this.#enabling === undefined) return;
    this.consent = consent;
    const { context } = this.#options;
    const about = { participantId: context.self.id, purpose, consent, recordingId: this.#enabling };
    context.hooks.announce('consentChanged', about);
    context.changed();
  }

  #raise(enabling: string, kind: 'prompt' | 'banner', consent: Policy['attention']['consent']): void {
    const version = this.#options.version;
    const noticeId = noticeIdOf({ recordingId: enabling, purposes: [purpose], consent, kind, version });
    this.#noticeId = noticeId;
    this.#options.notices.raiseLocal({
      noticeId,
      recordingId: enabling,
      purposes: [purpose],
      kind,
      consent,
      refusal: 'none',
      running: true,
      requestedBy: this.#by ?? 'unknown',
      reminded: 0,
    });
  }

  #close(because: NoticeClosed): void {
    if (this.#noticeId !== undefined) this.#options.notices.close(this.#noticeId, because);
    this.#noticeId = undefined;
  }

  /** A share is on and this person is told: from now on their window counts. */
  #watch(): void {
    if (this.#watched === undefined) return;
    this.#step('share.started');
    const { focus, context } = this.#options;
    if (!this.#is('watching') || this.#stopWatching) return;
    const sees = (state: FocusState, at: number) => context.mailbox.post(() => this.#sees(state, at));
    this.#stopWatching = focus?.subscribe(sees) ?? (() => {});
    this.#sees(focus?.state() ?? 'cannot-tell', context.clock.now());
  }

  /** A time that is no time, or lies before the last that counted, is now: late at the worst, never early. */
  #sees(state: FocusState, at: number): void {
    const now = this.#options.context.clock.now();
    const isPlausible = at >= this.#steppedMs && at <= now;
    this.#step(eventOf[state], isPlausible ? at : now);
    this.#tellHosts();
  }

  #step(type: AttentionEvent['type'], at = this.#options.context.clock.now()): void {
    const before = this.#state;
    this.#state = stateAfter<AttentionState, AttentionEvent['type']>(attentionChart, before, type);
    if (this.#state === before) return;
    this.#steppedMs = at;
    if (this.#state === 'lost') {
      this.#sinceMs = at;
      this.#wait();
    } else this.#options.context.timers.clear('attention');
    this.#signal.follows(this.#state === 'blind');
    if (!this.#is('watching')) {
      this.#stopWatching?.();
      this.#stopWatching = undefined;
    }
    this.#options.context.changed();
  }

  #wait(): void {
    const { timers, clock } = this.#options.context;
    const inMs = inattentiveInMs(this.#sinceMs, clock.now(), this.#thresholdMs);
    timers.set('attention', Math.min(inMs, longestTimerMs), () => this.#isDue());
  }

  #isDue(): void {
    const { focus, context, heardAt } = this.#options;
    const now = context.clock.now();
    if (now - heardAt() >= times.unknownMs) {
      // It slept, or the network did: what is on is asked first.
      context.timers.set('attention', times.repeatMs, () => this.#isDue());
      return;
    }
    const state = focus?.state() ?? 'cannot-tell';
    if (state !== 'lost') this.#sees(state, now);
    // A source that looks anew when it is asked tells first of what it has found.
    else context.mailbox.post(() => this.#decide());
  }

  #decide(): void {
    if (this.#state !== 'lost') return;
    if (isInattentive(this.#sinceMs, this.#options.context.clock.now(), this.#thresholdMs)) {
      this.#step('threshold.passed');
      this.#tellHosts();
    } else this.#wait();
  }

  #tellHosts(): void {
    this.#post.tell(this.#share, this.isFlagged ? this.#sinceMs : undefined);
  }
}

/** What is loaded once attention tracking is on. */
export interface TrackerModule {
  readonly createTracker: (options: TrackerOptions) => AttentionTracker;
}

export const createTracker: TrackerModule['createTracker'] = ({ focus, ...options }) =>
  new AttentionTracker({ ...options, focus: focus && steadyFocus(focus, options.context.failed) });
