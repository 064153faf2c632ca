import type { Happened } from '../history.types.ts';
import type { Scenario } from '../parsed.types.ts';
import type { Broken } from '../simulation.types.ts';
import { brokenG1 } from './g1-announced.ts';
import { brokenPurposes } from './g1-purposes.ts';
import { brokenG2 } from './g2-indicator.ts';
import { brokenPurposeIndicators } from './g2-purposes.ts';
import { brokenG3 } from './g3-withdrawal.ts';
import { brokenG4 } from './g4-attention.ts';
import { brokenG5 } from './g5-transcript.ts';
import { brokenG7 } from './g7-not-silenced.ts';
import { brokenG8 } from './g8-agreement.ts';
import { brokenG9 } from './g9-no-stall.ts';
import { brokenG10 } from './g10-platform.ts';
import { brokenG11 } from './g11-strictest.ts';
import { brokenG13 } from './g13-holds.ts';
import { brokenPurposeHolds } from './g13-purposes.ts';

/**
 * What of the guarantees a history shows to be broken, `nowMs` after its start; each judged from outside, with nothing of the
 * product's rules.
 */
export function brokenGuarantees(history: readonly Happened[], scenario: Scenario, nowMs = scenario.untilMs): Broken[] {
  const checks = [
    brokenG1,
    brokenPurposes,
    brokenG2,
    brokenPurposeIndicators,
    brokenG3,
    brokenG4,
    brokenG5,
    brokenG7,
    brokenG8,
    brokenG9,
    brokenG10,
    brokenG11,
    brokenG13,
    brokenPurposeHolds,
  ];
  return checks.flatMap((check) => check(history, scenario, nowMs));
}
