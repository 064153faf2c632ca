import { rowStyles } from './row-styles.ts';

/** The roster: one line a person where there is room, the consent always in words. */
export const rosterStyles = `
:host { display: block; }
section { display: grid; gap: 0.6rem; }
.counts { font-weight: 600; }
ul { display: grid; }
${rowStyles}.clock { display: inline-flex; margin-inline-end: 0.35em; vertical-align: -0.15em; font-size: 1.15em; color: var(--_caution); }
.consent { font-size: 0.9em; color: var(--_muted); }
[data-consent='given'] .consent, [data-consent='acknowledged'] .consent { color: var(--_good); }
[data-consent='requested'] .consent, [data-consent='shown'] .consent { color: var(--_caution); }
[data-consent='refused'] .consent, [data-consent='withdrawn'] .consent, [data-consent='expired'] .consent {
  color: var(--_recording);
}
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
form { display: grid; gap: 0.5rem; padding: 0.75rem; border: 1px solid var(--_border); border-radius: var(--_radius); }
input {
  inline-size: 100%;
  min-block-size: 44px;
  padding: 0.4em 0.7em;
  border: 1px solid var(--_edge);
  border-radius: calc(var(--_radius) * 0.75);
  background: var(--_surface);
}
.outcome:empty { display: none; }
`;
