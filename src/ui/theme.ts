const sheets = new Map<string, CSSStyleSheet>();

/**
 * Gives a shadow root its styles as constructed sheets, which a strict `style-src` allows.
 * One sheet per text, shared by all instances.
 */
export function adoptStyles(root: ShadowRoot, ...texts: readonly string[]): void {
  root.adoptedStyleSheets = texts.map((text) => {
    const known = sheets.get(text);
    if (known) return known;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
    return sheet;
  });
}

/**
 * What all elements share. Each `--meeting-notice-…` property may be set by the page; light or dark follows the
 * page's own `color-scheme`.
 */
export const themeStyles = `
:host {
  --_text: var(--meeting-notice-text, light-dark(#171a21, #f2f4f8));
  --_muted: var(--meeting-notice-muted, light-dark(#525a69, #b7bdca));
  --_surface: var(--meeting-notice-surface, light-dark(#ffffff, #1c2029));
  --_raised: var(--meeting-notice-raised, light-dark(#f2f4f8, #282d38));
  --_border: var(--meeting-notice-border, light-dark(#d5d9e2, #3d4452));
  --_edge: var(--meeting-notice-edge, light-dark(#7c8494, #858da0));
  --_accent: var(--meeting-notice-accent, light-dark(#2a55c8, #a3bcff));
  --_recording: var(--meeting-notice-recording, light-dark(#b8142a, #ff9a9f));
  --_recording-surface: var(--meeting-notice-recording-surface, light-dark(#fdecee, #431a20));
  --_caution: var(--meeting-notice-caution, light-dark(#7a4a00, #f5c877));
  --_caution-surface: var(--meeting-notice-caution-surface, light-dark(#fdf3e0, #3a2c12));
  --_good: var(--meeting-notice-good, light-dark(#136a3c, #86d9a8));
  --_radius: var(--meeting-notice-radius, 12px);
  color: var(--_text);
  font-family: var(--meeting-notice-font, system-ui, sans-serif);
  font-size: var(--meeting-notice-size, 1rem);
  line-height: 1.45;
}
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, ul, dl, dd, fieldset { margin: 0; padding: 0; border: 0; }
ul { list-style: none; }
h2, h3 { font-size: 1em; line-height: 1.3; text-wrap: balance; }
p { text-wrap: pretty; overflow-wrap: anywhere; }
svg { flex: none; inline-size: 1em; block-size: 1em; }
button, input, select { font: inherit; color: inherit; }
button {
  min-block-size: 44px;
  padding: 0.5em 1em;
  border: 1px solid var(--_edge);
  border-radius: calc(var(--_radius) * 0.75);
  background: var(--_surface);
  font-weight: 600;
  line-height: 1.25;
  cursor: pointer;
  transition: background-color 120ms ease, border-color 120ms ease;
}
button:hover { background: var(--_raised); border-color: var(--_text); }
button[aria-disabled='true'] { opacity: 0.65; cursor: default; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
a { color: var(--_accent); text-underline-offset: 0.2em; }
.buttons:not(:has(> button:not([hidden]))) { display: none; }
.muted { color: var(--_muted); font-size: 0.9em; }
.unseen {
  /* Fixed, so that it lengthens no page that scrolls. */
  position: fixed;
  inset-block-start: 0;
  inset-inline-start: 0;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  button { border-color: ButtonText; }
  button[aria-disabled='true'] { color: GrayText; border-color: GrayText; opacity: 1; }
}
`;
