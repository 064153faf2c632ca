import type { NotificationInput, NotificationSettings } from '../notifications/notifications.types.ts';
import {
  attentionDisplays,
  digestSecondsRange,
  mustBeLearned,
  notificationKinds,
  notificationLevels,
} from '../notifications/settings.rules.ts';
import { make, setText } from './markup.ts';

type Name = keyof NotificationSettings;
type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

interface Field {
  readonly name: Name;
  readonly words: string;
  /** What the words of each option begin with. */
  readonly options: string;
  readonly values: readonly NotificationSettings[Name][];
}

const { least, most } = digestSecondsRange;

const levels: readonly Field[] = notificationKinds.map((name) => ({
  name,
  words: `ui.notifications.kind.${name}`,
  options: 'ui.notifications.level',
  values: notificationLevels.filter((level) => !mustBeLearned(name) || level === 'normal' || level === 'alert'),
}));

const others: readonly Field[] = [
  {
    name: 'doNotDisturb',
    words: 'ui.notifications.disturb',
    options: 'ui.notifications.disturb',
    values: [false, 'while-sharing', true],
  },
  {
    name: 'attentionDisplay',
    words: 'ui.notifications.display',
    options: 'ui.notifications.display',
    values: attentionDisplays,
  },
];

/** The form of a host's settings: a field a setting, each kept as soon as it is changed. */
export class NotificationSettingsForm {
  readonly #say: Say;
  readonly #labels = new Map<Name, HTMLLabelElement>();
  readonly #selects = new Map<Name, HTMLSelectElement>();
  readonly #legend = make('legend');
  readonly #seconds = make('input', {
    type: 'number',
    id: 'digestSeconds',
    min: String(least),
    max: String(most),
    inputmode: 'numeric',
    'aria-describedby': 'outcome',
  });
  readonly #outcome = make('p', { id: 'outcome', part: 'outcome', class: 'outcome', role: 'status' });
  readonly element: HTMLFormElement;

  /** `changed` is told of each change, and answers with what went wrong, if anything did. */
  constructor(say: Say, changed: (input: NotificationInput) => string | undefined) {
    this.#say = say;
    const change = (input: NotificationInput) =>
      setText(this.#outcome, changed(input) ?? say('ui.notifications.saved'));
    const row = (name: Name, control: HTMLElement) => {
      const label = make('label', { for: name });
      this.#labels.set(name, label);
      return make('div', { class: 'field' }, [label, control]);
    };
    const selected = (field: Field) => {
      const select = make('select', { id: field.name });
      this.#selects.set(field.name, select);
      select.addEventListener('change', () => change({ [field.name]: field.values[select.selectedIndex] }));
      return row(field.name, select);
    };
    this.#seconds.addEventListener('change', () => {
      const seconds = Number(this.#seconds.value);
      const isValid = this.#seconds.value !== '' && seconds >= least && seconds <= most;
      this.#seconds.setAttribute('aria-invalid', String(!isValid));
      if (isValid) change({ digestSeconds: seconds });
      else setText(this.#outcome, say('ui.notifications.range', { least, most }));
    });
    this.element = make('form', { part: 'settings' }, [
      make('fieldset', {}, [this.#legend, ...levels.map(selected)]),
      ...others.map(selected),
      row('digestSeconds', this.#seconds),
      this.#outcome,
    ]);
    this.element.addEventListener('submit', (event) => event.preventDefault());
  }

  /** Shows what is in force; what is being typed is left alone. */
  show(settings: NotificationSettings, focused: Element | null): void {
    setText(this.#legend, this.#say('ui.notifications.levels'));
    for (const field of [...levels, ...others]) this.#showSelect(field, settings);
    const label = this.#labels.get('digestSeconds');
    if (label) setText(label, this.#say('ui.notifications.seconds'));
    const { digestSeconds } = settings;
    if (focused !== this.#seconds && this.#seconds.getAttribute('aria-invalid') !== 'true') {
      this.#seconds.value = String(digestSeconds);
    }
  }

  #showSelect({ name, words, options, values }: Field, settings: NotificationSettings): void {
    const select = this.#selects.get(name);
    const label = this.#labels.get(name);
    if (!select || !label) return;
    setText(label, this.#say(words));
    if (select.options.length === 0) select.append(...values.map(() => make('option')));
    for (const [place, value] of values.entries()) {
      const option = select.options[place];
      if (option) setText(option, this.#say(`${options}.${value}`));
    }
    select.selectedIndex = values.indexOf(settings[name]);
  }
}
