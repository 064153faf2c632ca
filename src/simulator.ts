export type {
  CaptureSpan,
  DeniedHook,
  DeviceCause,
  Happened,
  HistoryEvent,
  HookLine,
  StepOutcome,
} from './simulator/history.types.ts';
export type { KeptWords } from './simulator/kept-words.ts';
export type {
  Act,
  Expectation,
  Scenario,
  SimulatedCapture,
  SimulatedParticipant,
  Step,
  Window,
} from './simulator/parsed.types.ts';
export type {
  CaptureCall,
  CapturedExpectation,
  CaptureInput,
  Duration,
  ExpectationInput,
  HookExpectation,
  NetworkInput,
  ParticipantInput,
  PurposeOrPurposes,
  ScenarioInput,
  StatusExpectation,
  StepInput,
  Verb,
  Verbs,
  WaitingMessage,
} from './simulator/scenario.types.ts';
export { simulate } from './simulator/simulation.ts';
export type { Actor, Broken, Simulation, SimulationResult, Summary } from './simulator/simulation.types.ts';
