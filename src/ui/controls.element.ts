import type { Status, Storage } from '../participants/participants.types.ts';
import type { CommandOutcome, RequestOutcome, Session, SessionSnapshot } from '../session/session.types.ts';
import { make, makeButton, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';

type Act = 'pause' | 'resume' | 'stop' | 'cancel';

/** What a host may do while the recording is in this status. */
const actsAt: Readonly<Record<Status, readonly Act[]>> = {
  off: [],
  asking: ['cancel'],
  on: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  unknown: ['stop'],
};

/**
 * `<meeting-notice-controls>`: for hosts, to ask for a recording and to pause, resume, stop or cancel it. What came of
 * each is said in words. `storages` limits what is offered to what the recorder can do; a transcript is offered only of
 * a cloud recording (R3). Hidden for everyone else.
 *
 * Parts: `controls`, `request`, `ask`, `act`, `outcome`.
 */
export class MeetingNoticeControls extends NoticeElement {
  #storages: readonly Storage[] = ['cloud', 'local'];

  readonly #storage = make('select', { id: 'storage', name: 'storage' });
  readonly #storageLabel = make('label', { for: 'storage' });
  readonly #transcript = make('input', { type: 'checkbox', id: 'transcript' });
  readonly #transcriptLabel = make('label', { for: 'transcript' });
  readonly #reason = make('input', { type: 'text', id: 'reason', maxlength: '200', autocomplete: 'off' });
  readonly #reasonLabel = make('label', { for: 'reason' });
  readonly #ask = make('button', { type: 'submit', part: 'button ask', class: 'ask' });
  readonly #storageField = make('div', { class: 'field' }, [this.#storageLabel, this.#storage]);
  readonly #transcriptField = make('div', { class: 'check' }, [this.#transcript, this.#transcriptLabel]);
  readonly #form = make('form', { part: 'request' }, [
    this.#storageField,
    this.#transcriptField,
    make('div', { class: 'field' }, [this.#reasonLabel, this.#reason]),
    this.#ask,
  ]);
  readonly #acts: Readonly<Record<Act, HTMLButtonElement>> = {
    pause: makeButton({ part: 'act' }, () => void this.#act('pause')),
    resume: makeButton({ part: 'act' }, () => void this.#act('resume')),
    stop: makeButton({ part: 'act' }, () => void this.#act('stop')),
    cancel: makeButton({ part: 'act' }, () => void this.#act('cancel')),
  };
  readonly #outcome = make('p', { part: 'outcome', class: 'outcome', role: 'status' });
  readonly #controls = make('section', { part: 'controls' }, [
    this.#form,
    make('div', { class: 'buttons acts' }, Object.values(this.#acts)),
    this.#outcome,
  ]);

  constructor() {
    super(controlsStyles);
    this.#controls.hidden = true;
    this.shadow.append(this.#controls);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#request();
    });
    this.#storage.addEventListener('change', () => this.update());
  }

  /** Where the recorder can keep a recording; the policy may allow less. */
  get storages(): readonly Storage[] {
    return this.#storages;
  }

  set storages(storages: readonly Storage[]) {
    this.#storages = storages;
    this.update();
  }

  protected override render(snapshot: SessionSnapshot): void {
    this.#controls.hidden = snapshot.self.role === 'participant';
    const status = snapshot.indicators.recording ?? 'unknown';
    this.#form.hidden = status !== 'off';
    for (const [act, button] of Object.entries(this.#acts)) {
      button.hidden = !actsAt[status].includes(act as Act);
      setText(button, this.say(`ui.controls.${act}`));
    }
    this.#showStorages(snapshot);
    setText(this.#storageLabel, this.say('ui.controls.storage'));
    setText(this.#transcriptLabel, this.say('ui.controls.transcript'));
    setText(this.#reasonLabel, this.say('ui.controls.reason'));
    setText(this.#ask, this.say('ui.controls.ask'));
  }

  #showStorages({ policy }: SessionSnapshot): void {
    const allowed = policy?.recording.storage ?? this.#storages;
    const offered = this.#storages.filter((storage) => allowed.includes(storage));
    const shown = [...this.#storage.options].map(({ value }) => value);
    if (shown.join() !== offered.join()) {
      const chosen = this.#storage.value;
      this.#storage.replaceChildren(...offered.map((value) => make('option', { value })));
      if (offered.some((storage) => storage === chosen)) this.#storage.value = chosen;
    }
    for (const option of this.#storage.options) setText(option, this.say(`ui.storage.${option.value}`));
    this.#storageField.hidden = offered.length < 2;
    this.#transcriptField.hidden = this.#storage.value !== 'cloud';
  }

  async #request(): Promise<void> {
    const { session } = this;
    if (!session) return;
    const storage = this.#storage.value as Storage;
    const reason = this.#reason.value.trim();
    setText(this.#outcome, this.say('ui.request.asking'));
    const outcome = await session.requestRecording({
      storage,
      ...(storage === 'cloud' && this.#transcript.checked ? { transcript: true } : {}),
      ...(reason ? { reason } : {}),
    });
    setText(this.#outcome, this.#requestWords(outcome));
  }

  async #act(act: Act): Promise<void> {
    const { session } = this;
    if (!session) return;
    const outcome = await this.#command(act, session);
    const code = outcome.outcome === 'done' ? '' : outcome.code;
    setText(this.#outcome, this.say(code ? 'ui.command.failed' : `ui.controls.${act}.done`, { code }));
  }

  #command(act: Act, session: Session): Promise<CommandOutcome> {
    if (act === 'pause') return session.pauseRecording();
    if (act === 'resume') return session.resumeRecording();
    return session.stopRecording();
  }

  #requestWords(outcome: RequestOutcome): string {
    const code = 'code' in outcome ? outcome.code : '';
    return this.say(`ui.request.${outcome.outcome}`, { code });
  }
}

const controlsStyles = `
:host { display: block; }
section { display: grid; gap: 0.6rem; }
form { display: grid; gap: 0.6rem; }
.field { display: grid; gap: 0.2rem; }
label { font-size: 0.9em; }
.check { display: flex; align-items: center; gap: 0.5rem; min-block-size: 32px; }
.check input { inline-size: 20px; block-size: 20px; }
input[type='text'], select {
  inline-size: 100%;
  min-block-size: 44px;
  padding: 0.4em 0.7em;
  border: 1px solid var(--_edge);
  border-radius: calc(var(--_radius) * 0.75);
  background: var(--_surface);
}
.ask { border-color: var(--_recording); color: var(--_recording); }
.ask::before {
  content: '';
  display: inline-block;
  inline-size: 0.7em;
  block-size: 0.7em;
  margin-inline-end: 0.5em;
  border: 0.35em solid currentColor;
  border-radius: 50%;
}
.acts { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.acts button { flex: 1 1 auto; }
.outcome:empty { display: none; }
@media (forced-colors: active) { input[type='text'], select { border-color: ButtonText; } }
`;
