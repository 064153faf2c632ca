export type { LedgerStore } from './records/ledger.types.ts';
export type { Lock } from './records/lock.ts';
export { folderLock } from './records/node/folder-lock.ts';
export { folderBlobs, folderKeys } from './records/node/folder-vault.ts';
export { type JsonLinesStore, jsonLinesStore } from './records/node/json-lines-store.ts';
export type { BlobStore, Bytes, FoundKey, KeptText, KeyStore } from './records/vault.types.ts';
