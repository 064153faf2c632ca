export type { LedgerStore } from './records/ledger.types.ts';
export { type JsonLinesStore, jsonLinesStore } from './records/node/json-lines-store.ts';
