export function made<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text: string): HTMLElementTagNameMap[Tag] {
  return Object.assign(document.createElement(tag), { textContent: text });
}

export function withChildren(tag: keyof HTMLElementTagNameMap, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.append(...children);
  return element;
}

export const term = (words: string, content: HTMLElement): [HTMLElement, HTMLElement] => [made('dt', words), content];

export function pressable(words: string, press: () => void): HTMLButtonElement {
  const button = Object.assign(made('button', words), { type: 'button' });
  button.addEventListener('click', press);
  return button;
}

export function saveJson(words: string, download: string, content: () => unknown): HTMLButtonElement {
  return pressable(words, () => {
    const href = URL.createObjectURL(new Blob([JSON.stringify(content(), null, 2)], { type: 'application/json' }));
    Object.assign(document.createElement('a'), { href, download }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  });
}
