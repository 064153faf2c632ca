export type { CaptureSpan, Happened, HookLine } from './simulator/history.types.ts';
export type { ScenarioInput } from './simulator/scenario.types.ts';
export { simulate } from './simulator/simulation.ts';
export type { Actor, Broken, Simulation, SimulationResult, Summary } from './simulator/simulation.types.ts';
