import type { AdapterFact } from '../transport/transport.types.ts';
import type {
  AdapterBench,
  AdapterCheck,
  AdapterContractOptions,
  AdapterPart,
  AdapterUnderTest,
} from './adapter-contract.types.ts';
import { captureChecks } from './capture-checks.ts';
import { type ContractCheck, statementsAbout } from './contract.ts';
import { deviceChecks } from './device-checks.ts';
import { meetingChecks } from './meeting-checks.ts';

const checks: Readonly<Record<string, AdapterCheck>> = {
  ...meetingChecks,
  ...captureChecks,
  ...deviceChecks,
};

/**
 * What every adapter must do, as named checks, for any test framework
 * (`for (const { name, run } of adapterContract({ make, has })) test(name, run)`). Each check makes an adapter of its
 * own. Only what `has` names is checked, and the first check fails where the adapter has more or less. Its transport
 * has a contract of its own: `transportContract`.
 */
export function adapterContract(options: AdapterContractOptions): readonly ContractCheck[] {
  const { make, has } = options;
  const statements = statementsAbout('adapter', options);

  async function within(task: (under: AdapterUnderTest, bench: AdapterBench) => void | Promise<void>): Promise<void> {
    const under = await make();
    const ends: (() => void)[] = [];
    const listen: AdapterBench['listen'] = () => {
      const facts: AdapterFact[] = [];
      const end = under.adapter.subscribe((fact) => facts.push(fact));
      ends.push(end);
      return { facts, end };
    };
    try {
      const platform = under as AdapterUnderTest & AdapterBench['platform'];
      await task(under, { ...statements, adapter: under.adapter, platform, listen });
    } finally {
      for (const end of ends) end();
      await under.close?.();
    }
  }

  const chosen = Object.entries(checks).filter(([, { needs }]) => needs.every((part) => has.includes(part)));
  return [
    {
      name: 'has what it is said to have, and nothing else',
      run: () => within((under) => statements.mustEqual(partsOf(under), [...new Set(has)].sort(), 'its parts')),
    },
    ...chosen.map(([name, check]) => ({ name, run: () => within((_, bench) => check.run(bench)) })),
  ];
}

function partsOf(under: AdapterUnderTest): AdapterPart[] {
  const { capture, devices, focus } = under.adapter;
  const all: Readonly<Record<AdapterPart, boolean>> = {
    capture: capture !== undefined,
    'capture.exclude': capture?.capabilities.exclude === true,
    'capture.pause': capture?.capabilities.pause === true,
    'capture.lease': capture?.capabilities.lease === true,
    devices: devices !== undefined,
    focus: focus !== undefined,
    participants: under.joins !== undefined && under.leaves !== undefined,
    sharing: under.shares !== undefined,
    'seen-captures': under.recordsByItself !== undefined,
    keys: under.pressesKey !== undefined,
  };
  return (Object.keys(all) as AdapterPart[]).filter((part) => all[part]).sort();
}
