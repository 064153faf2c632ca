import fc from 'fast-check';

/** Every run of the properties tries the same cases; `FAST_CHECK_SEED=… npm test` tries others. */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED']), verbose: 1 });
