/** The style of the printable record: the reader's own colours on a screen, black on white on paper. */
export const recordStyle = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word;
  color: CanvasText; background: Canvas; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 2px solid; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
dl { margin: 0.5rem 0; }
dl div { display: grid; grid-template-columns: 14rem 1fr; gap: 0 1rem; }
dt { font-weight: 600; }
dd { margin: 0; min-width: 0; }
dd ul { margin: 0; padding-inline-start: 1.25rem; }
.wide { overflow-x: auto; margin: 0.75rem 0; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.25rem 0.5rem; text-align: start; vertical-align: top; }
tbody th { font-weight: 400; width: 4rem; }
td time { white-space: nowrap; }
code { font-size: 0.875em; overflow-wrap: anywhere; }
blockquote { margin: 0.5rem 0; padding-inline-start: 1rem; border-inline-start: 4px solid; }
blockquote p { margin: 0.25rem 0; }
footer { margin-top: 2.5rem; border-top: 1px solid; }
@media (max-width: 40rem) {
  dl div { display: block; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; color: #000; background: #fff; }
  h2, h3 { break-after: avoid; }
  .wide { overflow: visible; }
  td { overflow-wrap: anywhere; }
  td time { white-space: normal; }
  tr, dl div, blockquote { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
}
@page { margin: 18mm; }
`;
