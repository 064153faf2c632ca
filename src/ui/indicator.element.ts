import type { Status } from '../participants/participants.types.ts';
import type { SessionSnapshot } from '../session/session.types.ts';
import { clockShape } from './clock-shape.ts';
import { make, makeShape, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';

const shapes: Readonly<Record<Status, string>> = {
  off: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  asking:
    'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2a5 5 0 1 1 0 10A5 5 0 0 1 8 3zm0 3.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  on: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
  paused: 'M3 2h4v12H3zM9 2h4v12H9z',
  unknown: 'M8 1 15 14H1zM7.2 6v4h1.6V6zm0 5v1.6h1.6V11z',
};

const attentionTracking = 'attention-tracking';

/** What is said where attention is tracked: that it is on, whether a share arms it, and whether one is flagged oneself. */
type Form = Status | 'active' | 'flagged';

/**
 * `<meeting-notice-indicator purpose="recording">`: what a client says of one purpose, by shape and by words, not by
 * colour alone. `unknown` is shown as such. `off` is hidden unless the attribute `show-off` is there. Changes are
 * announced, `on` and `unknown` at once; nothing here ticks. With `purpose="attention-tracking"` it says that tracking
 * is on, that it is active while a screen is shared, and for as long as they see it, that hosts see one's own clock.
 *
 * Parts: `indicator`, `label`. Attribute `data-status` on both the element and the part, for styles of one's own;
 * `data-form` there is the same, or `active` or `flagged` of attention tracking.
 */
export class MeetingNoticeIndicator extends NoticeElement {
  static readonly observedAttributes = ['purpose', 'show-off'];

  readonly #shape = make('span', { class: 'shape', 'aria-hidden': 'true' });
  readonly #label = make('span', { part: 'label' });
  readonly #pill = make('span', { part: 'indicator', class: 'pill' }, [this.#shape, this.#label]);
  #form: Form | undefined;

  constructor() {
    super(indicatorStyles);
    this.shadow.append(this.#pill);
  }

  /** What it tells about; `recording` where the attribute is not set. */
  get purpose(): string {
    return this.getAttribute('purpose') ?? 'recording';
  }

  set purpose(purpose: string) {
    this.setAttribute('purpose', purpose);
  }

  attributeChangedCallback(name: string): void {
    if (name === 'purpose') this.#form = undefined;
    this.update();
  }

  protected override render(snapshot: SessionSnapshot): void {
    // A purpose nobody has told of is off once the client knows the meeting, and unknown before.
    const silent = snapshot.connection === 'connected' ? 'off' : 'unknown';
    if (this.purpose === attentionTracking) this.#showAttention(snapshot, silent);
    else this.#show(snapshot.indicators[this.purpose] ?? silent);
  }

  protected override removed(): void {
    this.#show('unknown');
    this.#form = undefined;
  }

  #showAttention({ attention, indicators }: SessionSnapshot, silent: 'off' | 'unknown'): void {
    const { active, inattentive } = attention;
    const status = silent === 'unknown' ? silent : (indicators[attentionTracking] ?? silent);
    if (status === 'off' || status === 'unknown') this.#show(status);
    else this.#show(status, inattentive ? 'flagged' : active ? 'active' : 'on');
  }

  #show(status: Status, form: Form = status): void {
    const before = this.#form;
    this.#pill.hidden = status === 'off' && !this.hasAttribute('show-off');
    this.dataset.status = status;
    this.#pill.dataset.status = status;
    this.#pill.dataset.form = form;
    setText(this.#label, this.#words(form, 'label'));
    if (form === before) return;
    this.#form = form;
    const isClock = status !== 'off' && status !== 'unknown' && this.purpose === attentionTracking;
    this.#shape.replaceChildren(makeShape(isClock ? clockShape : shapes[status]));
    // What a newcomer finds is announced too, but for a quiet meeting.
    if (before === undefined && (form === 'off' || form === 'unknown')) return;
    this.announce(this.#words(form, 'told'), form === 'on' || form === 'unknown' ? 'assertive' : 'polite');
  }

  #words(form: Form, length: 'label' | 'told'): string {
    const purpose = this.sayOr(`ui.purpose.${this.purpose}`, 'ui.purpose.other', { purpose: this.purpose });
    return this.sayOr(`ui.indicator.${this.purpose}.${form}.${length}`, `ui.indicator.other.${form}.${length}`, {
      purpose,
    });
  }
}

const indicatorStyles = `
:host { display: inline-block; }
.pill {
  display: inline-flex;
  align-items: center;
  gap: 0.45em;
  padding: 0.3em 0.75em;
  border: 1.5px solid var(--_edge);
  border-radius: 999px;
  background: var(--_surface);
  font-size: 0.9em;
  font-weight: 700;
  white-space: nowrap;
}
.shape { display: inline-flex; }
[data-status='on'] { border-color: var(--_recording); background: var(--_recording-surface); color: var(--_recording); }
[data-status='asking'], [data-status='paused'], [data-status='unknown'] {
  border-color: var(--_caution);
  background: var(--_caution-surface);
  color: var(--_caution);
}
:host([purpose='attention-tracking']) [data-status='on'] {
  border-color: var(--_caution);
  background: var(--_caution-surface);
  color: var(--_caution);
}
:host([purpose='attention-tracking']) [data-form='on'] { border-style: dashed; }
@keyframes breathe { 50% { transform: scale(0.78); } }
[data-status='on'] .shape { animation: breathe 2s ease-in-out infinite; }
:host([purpose='attention-tracking']) .shape { animation: none; }
@media (forced-colors: active) { .pill { border-color: CanvasText; } }
`;
