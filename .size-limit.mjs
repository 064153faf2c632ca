/**
 * What is loaded only on demand (the authority, the region table, notice documents) stays outside the count,
 * as it stays outside a participant's first load.
 */
const onDemandStaysOutside = {
  name: 'on-demand-stays-outside',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

const firstLoad = (config) => ({
  ...config,
  format: 'esm',
  plugins: [...(config.plugins ?? []), onDemandStaysOutside],
});

/**
 * Chunks of their own that a host's client loads only where it needs them: another language, regions, an inspector, a document, a
 * ledger, what carries out rights where records are kept, transcripts, purposes of the open set; or never: a caller's keys, what tells a participant of attention tracking, what
 * signs answers, what a right is exercised with, and what reads transcripts.
 */
const chunksOfTheirOwn = {
  name: 'chunks-of-their-own',
  setup(build) {
    build.onResolve(
      {
        filter:
          /(german|law|prompt-inspection|keypad|attention-tracker|answer-signer|transcript-side|open-words|document\.parse|ledger-desk|open-purposes|own-transcript|records-desk|right-asker)\.js$/,
      },
      ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined),
    );
  },
};

const deciding = (config) => ({ ...config, format: 'esm', plugins: [...(config.plugins ?? []), chunksOfTheirOwn] });

export default [
  {
    name: "a participant's client",
    path: 'dist/index.js',
    import: '{ createSession }',
    gzip: true,
    limit: '28 kB',
    modifyEsbuildConfig: firstLoad,
  },
  {
    name: "a host's client, with the authority",
    path: 'dist/index.js',
    import: '{ createSession }',
    gzip: true,
    limit: '89.6 kB',
    modifyEsbuildConfig: deciding,
  },
  {
    name: 'the ledger: records, receipts, stores, verification, dependencies included',
    path: 'dist/records.js',
    import: '{ createLedger, indexedDbStore, makeKeys, receiptOf, signAnswer, verifyLedger, verifyReceipt }',
    gzip: true,
    // Peer dependencies are left out of a count unless it is said otherwise.
    modifyEsbuildConfig: (config) => ({ ...config, format: 'esm', external: [] }),
  },
  { name: 'the web components, dependencies included', path: 'dist/ui.js', gzip: true, modifyEsbuildConfig: firstLoad },
];
