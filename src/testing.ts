export type { LedgerStore } from './records/ledger.types.ts';
export type { CaptureCall } from './simulator/scenario.types.ts';
export { adapterContract } from './testing/adapter-contract.ts';
export type { AdapterContractOptions, AdapterPart, AdapterUnderTest } from './testing/adapter-contract.types.ts';
export type { ContractCheck, Patience } from './testing/contract.ts';
export {
  type FakeAdapter,
  type FakeAdapterOptions,
  type FakeAdapterWithRecorder,
  type FakeRecorder,
  type FakeRecorderOptions,
  fakeAdapter,
} from './testing/fake-adapter.ts';
export {
  type CalledCommand,
  type FixedOutcomes,
  type FixedSession,
  fixedSession,
  type SnapshotPart,
} from './testing/fixed-session.ts';
export {
  type LedgerStoreContractOptions,
  type LedgerStoreUnderTest,
  ledgerStoreContract,
} from './testing/ledger-store-contract.ts';
export {
  type TransportContractOptions,
  type TransportUnderTest,
  transportContract,
} from './testing/transport-contract.ts';
