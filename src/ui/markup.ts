type Attributes = Readonly<Record<string, string | boolean | undefined>>;

const setAll = (element: Element, attributes: Attributes): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
};

/** A new element. `text` is set as text, never as HTML; style attributes are not for here (strict CSP). */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { text, ...attributes }: Attributes & { readonly text?: string } = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAll(element, attributes);
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

/** A push button; pressing it does nothing while it says `aria-disabled`, so that it stays focusable. */
export function makeButton(
  attributes: Attributes & { readonly text?: string },
  press: () => void,
  children: readonly Node[] = [],
): HTMLButtonElement {
  const part = `button ${attributes['part'] ?? ''}`.trim();
  const button = make('button', { type: 'button', ...attributes, part }, children);
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') press();
  });
  return button;
}

/** A picture of 16 by 16 units in the current text colour, hidden from assistive technology. */
export function makeShape(d: string): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  setAll(svg, { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', focusable: 'false' });
  const path = document.createElementNS(namespace, 'path');
  setAll(path, { d, fill: 'currentColor', 'fill-rule': 'evenodd' });
  svg.append(path);
  return svg;
}

/** Writes only what changed, so that screen readers and selections are left alone. */
export function setText(element: Node, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** One paragraph a line. */
export function showLines(element: Element, text: string): void {
  const lines = text.split('\n');
  const shown = [...element.children].map((line) => line.textContent);
  if (lines.length === shown.length && lines.every((line, index) => line === shown[index])) return;
  element.replaceChildren(...lines.map((line) => make('p', { text: line })));
}
