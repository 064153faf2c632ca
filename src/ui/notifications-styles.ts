import { rowStyles } from './row-styles.ts';

/** The list of notifications, and its settings: one column that fits a narrow pane. */
export const notificationsStyles = `
:host { display: block; }
section { display: grid; gap: 0.6rem; }
${rowStyles}li p { flex: 1 1 12rem; }
[data-level='alert'] { padding-inline-start: 0.6rem; border-inline-start: 4px solid var(--_recording); }
[data-level='alert'] strong { color: var(--_recording); }
summary { min-block-size: 44px; align-content: center; font-weight: 600; cursor: pointer; }
form, fieldset { display: grid; gap: 0.6rem; min-inline-size: 0; }
legend { padding: 0; font-weight: 600; }
.field {
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(8rem, 12rem);
  align-items: center;
  gap: 0.3rem 1rem;
}
label { font-size: 0.9em; overflow-wrap: anywhere; }
input, select {
  inline-size: 100%;
  min-block-size: 44px;
  padding: 0.4em 0.7em;
  border: 1px solid var(--_edge);
  border-radius: calc(var(--_radius) * 0.75);
  background: var(--_surface);
}
input[aria-invalid='true'] { border-width: 2px; border-color: var(--_recording); }
.outcome:empty { display: none; }
@media (max-width: 24rem) { .field { grid-template-columns: minmax(0, 1fr); } }
@media (forced-colors: active) { input, select { border-color: ButtonText; } }
`;
