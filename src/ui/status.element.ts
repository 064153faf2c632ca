import type { DeviceController } from '../notice/notice.types.ts';
import type { Device, Purpose } from '../participants/participants.types.ts';
import type { Session, SessionSnapshot } from '../session/session.types.ts';
import { canBeWithdrawn, capturedKey, consentAsked, consentKey, isAnswered } from './consent-words.rules.ts';
import { make, makeButton, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';

/** What `meeting-notice-restore` carries: the devices to switch on again. */
export interface RestoreDetail {
  readonly devices: readonly Device[];
}

interface Row {
  readonly element: HTMLElement;
  readonly purpose: HTMLElement;
  readonly consent: HTMLElement;
  readonly withdraw: HTMLButtonElement;
  readonly review: HTMLButtonElement;
}

/**
 * `<meeting-notice-status>`: one's own part. Whether one is captured and why, whether hosts see a clock beside one's
 * name, which devices are held, what one has answered, and one press to withdraw it (GDPR Art. 7(3)); and which software
 * is in the meeting. Devices that a hold has left off are offered back: the press fires `meeting-notice-restore`
 * (cancelable, `detail.devices`) and, unless it is canceled, releases `devices`.
 *
 * Parts: `status`, `captured`, `attention`, `bots`, `hold`, `restore`, `consents`, `withdraw`, `review`.
 */
export class MeetingNoticeStatus extends NoticeElement {
  /** One's devices, as given to the session; needed only for the offer to switch them on again. */
  devices: DeviceController | undefined;

  readonly #captured = make('p', { part: 'captured', class: 'captured' });
  readonly #attention = make('p', { part: 'attention', class: 'attention' });
  readonly #bots = make('p', { part: 'bots', class: 'bots' });
  readonly #hold = make('p', { part: 'hold', class: 'hold' });
  readonly #restore = makeButton({ part: 'restore', class: 'restore' }, () => this.#giveBack());
  readonly #consents = make('ul', { part: 'consents' });
  readonly #rows = new Map<Purpose, Row>();
  #restorable: readonly Device[] = [];
  #told: string | undefined;
  #made = 0;

  constructor() {
    super(statusStyles);
    this.shadow.append(
      make('section', { part: 'status' }, [
        this.#captured,
        this.#attention,
        this.#bots,
        this.#hold,
        this.#restore,
        this.#consents,
      ]),
    );
  }

  protected override render(snapshot: SessionSnapshot, session: Session): void {
    this.#showCaptured(snapshot);
    const { hold, bots, attention } = snapshot;
    this.#attention.hidden = !attention.inattentive;
    setText(this.#attention, this.say('ui.indicator.attention-tracking.flagged.told'));
    this.#bots.hidden = bots.length === 0;
    setText(
      this.#bots,
      this.say('ui.status.bots', { names: this.#listed(bots.map(({ participantId, name }) => name ?? participantId)) }),
    );
    this.#hold.hidden = hold === null;
    if (hold) {
      setText(this.#hold, this.say(`ui.hold.${hold.because}`, { devices: this.#named(hold.devices) }));
    }
    this.#restorable = hold ? [] : snapshot.restorable;
    this.#restore.hidden = this.#restorable.length === 0;
    setText(this.#restore, this.say('ui.status.restore', { devices: this.#named(this.#restorable) }));
    this.#showConsents(snapshot, session);
  }

  #showCaptured(snapshot: SessionSnapshot): void {
    const words = this.say(capturedKey(snapshot));
    setText(this.#captured, words);
    this.#captured.classList.toggle('on', snapshot.self.captured);
    if (this.#told !== undefined && this.#told !== words) this.announce(words);
    this.#told = words;
  }

  #showConsents({ self, policy }: SessionSnapshot, session: Session): void {
    for (const [purpose, row] of this.#rows) {
      if (self.consents[purpose] !== undefined) continue;
      row.element.remove();
      this.#rows.delete(purpose);
    }
    for (const [purpose, consent] of Object.entries(self.consents)) {
      const row = this.#rows.get(purpose) ?? this.#addRow(purpose, session);
      const asked = consentAsked(policy, purpose);
      setText(row.purpose, this.sayOr(`ui.purpose.${purpose}`, 'ui.purpose.other', { purpose }));
      setText(row.consent, this.say(consentKey(consent, asked)));
      row.withdraw.hidden = !canBeWithdrawn(consent, asked);
      row.review.hidden = consent === 'cannot-be-asked';
      setText(row.withdraw, this.say('ui.status.withdraw'));
      setText(row.review, this.say(isAnswered(consent, asked) ? 'ui.status.review' : 'ui.status.answer'));
    }
  }

  #addRow(purpose: Purpose, session: Session): Row {
    const name = make('strong', { id: `purpose-${this.#made++}` });
    const consent = make('span', { class: 'consent' });
    const by = { 'aria-describedby': name.id };
    const withdraw = makeButton({ part: 'withdraw', ...by }, () => void this.#withdraw(purpose, session));
    const review = makeButton({ part: 'review', ...by }, () => void this.#review(purpose, session));
    const element = make('li', {}, [
      make('p', {}, [name, document.createTextNode(' '), consent]),
      make('div', { class: 'buttons' }, [withdraw, review]),
    ]);
    this.#consents.append(element);
    const row = { element, purpose: name, consent, withdraw, review };
    this.#rows.set(purpose, row);
    return row;
  }

  async #withdraw(purpose: Purpose, session: Session): Promise<void> {
    const { outcome } = await session.withdrawConsent(purpose);
    this.announce(this.say(`ui.withdraw.${outcome}`));
  }

  async #review(purpose: Purpose, session: Session): Promise<void> {
    const outcome = await session.reviewConsent(purpose);
    if (outcome.outcome !== 'done') this.announce(this.say('ui.command.failed', { code: outcome.code }), 'assertive');
  }

  #giveBack(): void {
    const devices = this.#restorable;
    const detail: RestoreDetail = { devices };
    const event = new CustomEvent('meeting-notice-restore', {
      detail,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    if (this.dispatchEvent(event)) this.devices?.release(devices, devices);
  }

  #named(devices: readonly Device[]): string {
    const names = devices.map((device) => this.say(`ui.device.${device}`));
    return this.#listed(names);
  }

  #listed(names: readonly string[]): string {
    return new Intl.ListFormat(this.texts?.locale ?? 'en', { type: 'conjunction' }).format(names);
  }
}

const statusStyles = `
:host { display: block; }
section { display: grid; gap: 0.6rem; justify-items: start; }
.captured { font-weight: 600; }
.attention { color: var(--_caution); font-weight: 600; }
.captured.on { color: var(--_recording); }
.hold {
  inline-size: 100%;
  padding: 0.5em 0.75em;
  border-radius: calc(var(--_radius) * 0.75);
  background: var(--_caution-surface);
  color: var(--_caution);
}
ul { display: grid; gap: 0.6rem; inline-size: 100%; }
ul:empty { display: none; }
li {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.4rem 1rem;
}
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.consent, .bots { color: var(--_muted); }
`;
