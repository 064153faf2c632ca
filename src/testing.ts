export {
  type ContractCheck,
  type TransportContractOptions,
  type TransportUnderTest,
  transportContract,
} from './testing/transport-contract.ts';
