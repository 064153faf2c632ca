import { make, makeButton, setText } from './markup.ts';
import { NoticeElement } from './notice-element.ts';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const named: Readonly<Record<string, string>> = { '*': 'star', '#': 'pound' };
/** How many of the last keys the display keeps. */
const kept = 8;

/**
 * `<meeting-notice-keypad>`: the keypad of a caller whose session runs in this page. Each key goes to
 * `session.pressKey`; typing digits while the keypad has the focus does the same.
 *
 * Parts: `display`, `keys`, `key`.
 */
export class MeetingNoticeKeypad extends NoticeElement {
  readonly #display = make('output', { part: 'display', class: 'display' });
  readonly #keys = make('div', { part: 'keys', class: 'keys', role: 'group' });
  #pressed = '';

  constructor() {
    super(keypadStyles);
    this.#keys.append(
      ...keys.map((key) => makeButton({ part: 'key', text: key, 'data-key': key }, () => this.press(key))),
    );
    this.shadow.append(this.#display, this.#keys);
    this.shadow.addEventListener('keydown', (event) => {
      const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
      if (!ctrlKey && !metaKey && !altKey && keys.some((known) => known === key)) this.press(key);
    });
  }

  /** Presses one key, as the caller would. */
  press(key: string): void {
    this.#pressed = `${this.#pressed}${key}`.slice(-kept);
    setText(this.#display, this.#pressed);
    this.session?.pressKey(key);
  }

  protected override render(): void {
    this.#keys.setAttribute('aria-label', this.say('ui.keypad.label'));
    this.#display.setAttribute('aria-label', this.say('ui.keypad.pressed'));
    for (const button of this.#keys.children) {
      const name = named[button.textContent ?? ''];
      if (name) button.setAttribute('aria-label', this.say(`ui.keypad.${name}`));
    }
  }
}

const keypadStyles = `
:host { display: block; max-inline-size: 16rem; }
.display {
  display: block;
  min-block-size: 2.2em;
  padding: 0.25em 0.5em;
  font-size: 1.25em;
  font-variant-numeric: tabular-nums;
  letter-spacing: 0.15em;
  text-align: center;
}
.keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.5rem; }
button { min-block-size: 52px; border-radius: 999px; font-size: 1.2em; font-variant-numeric: tabular-nums; }
button:active { background: var(--_accent); color: var(--_surface); }
`;
