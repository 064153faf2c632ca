/**
 * The prompt: readable from 320 CSS pixels on, whatever the zoom. All choices have one size and one style, and where
 * there is any room, all of them are in sight at once: the words scroll, the choices do not.
 */
export const promptStyles = `
:host { display: contents; }
dialog {
  inline-size: min(36rem, calc(100vw - 1.5rem));
  max-block-size: calc(100vh - 1.5rem);
  max-block-size: calc(100dvh - 1.5rem);
  margin: auto;
  padding: 0;
  overflow: auto;
  border: 1px solid var(--_edge);
  border-radius: calc(var(--_radius) * 1.5);
  background: var(--_surface);
  color: var(--_text);
  box-shadow: 0 1.5rem 4rem rgb(0 0 0 / 0.35);
  text-align: start;
}
dialog[open] { display: flex; flex-direction: column; animation: rise 160ms ease-out; }
dialog::backdrop { background: rgb(10 12 18 / 0.55); }
.words {
  --_pad: clamp(1rem, 4vw, 1.75rem);
  flex: 0 1 auto;
  min-block-size: 4rem;
  padding: var(--_pad) var(--_pad) 0.75rem;
  overflow: auto;
  overscroll-behavior: contain;
}
h2 { margin-block-end: 0.6em; font-size: 1.25em; }
h2:focus { outline: none; }
#body { display: grid; gap: 0.35em; font-size: 0.95em; }
.words a { display: inline-block; margin-block-start: 0.75em; font-size: 0.9em; min-block-size: 24px; }
.choices {
  flex: none;
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.5rem), 1fr));
  gap: 0.75rem;
  padding: 0.9rem clamp(1rem, 4vw, 1.75rem) 0;
  border-block-start: 1px solid var(--_border);
}
/* More than two stand under each other, so that none is set apart. */
.choices:has(> :nth-child(3)) { grid-template-columns: 1fr; }
.option { display: grid; grid-row: span 2; grid-template-rows: subgrid; row-gap: 0.4rem; }
.choice { inline-size: 100%; padding: 0.7em 1em; border-width: 2px; }
.choice[data-chosen] { border-color: var(--_accent); opacity: 1; }
.consequence { padding-inline: 0.25em; font-size: 0.84em; line-height: 1.35; color: var(--_muted); }
.note, #time { flex: none; padding-inline: clamp(1rem, 4vw, 1.75rem); margin-block-start: 0.6rem; }
.note { color: var(--_caution); font-weight: 600; }
.note:empty { margin: 0; }
dialog::after { content: ''; flex: none; block-size: clamp(0.9rem, 3vw, 1.5rem); }
@keyframes rise { from { opacity: 0; transform: translateY(0.75rem); } }
/* No room to hold the choices in place: everything scrolls as one. */
@media (max-height: 22rem) {
  dialog { overflow: auto; overscroll-behavior: contain; }
  dialog[open] { display: block; }
  .words { overflow: visible; }
}
@media (forced-colors: active) { .choice[data-chosen] { border-color: Highlight; } }
`;
