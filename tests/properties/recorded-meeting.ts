import { brokenGuarantees } from '../../src/simulator/guarantees/guarantees.ts';
import type { Happened, HookLine } from '../../src/simulator/history.types.ts';
import type { Scenario } from '../../src/simulator/parsed.types.ts';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { SimulatedMeeting } from '../../src/simulator/simulated-meeting.ts';
import type { Broken } from '../../src/simulator/simulation.types.ts';

/** One message as it was sent to one endpoint, lost ones included; participants in place of their endpoints. */
export interface RecordedMessage {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export interface Recorded {
  readonly scenario: Scenario;
  readonly history: readonly Happened[];
  readonly lines: readonly HookLine[];
  readonly messages: readonly RecordedMessage[];
  readonly broken: readonly Broken[];
}

const participantOf = (endpoint: string): string => endpoint.replace(/#\d+$/, '');

/** What `simulate()` runs, with every message on record. */
export async function recorded(input: Record<string, unknown>): Promise<Recorded> {
  const scenario = parseScenario(input);
  const meeting = new SimulatedMeeting(scenario);
  const messages: RecordedMessage[] = [];
  meeting.network.tap(({ from, to, data }) => {
    messages.push({ at: meeting.clock.now(), from: participantOf(from), to: participantOf(to), text: data });
  });
  await meeting.begin();
  const joins = scenario.participants
    .filter(({ joinsAtMs }) => joinsAtMs > 0)
    .map(({ id, joinsAtMs }) => ({ who: id, does: 'joins' as const, atMs: joinsAtMs }));
  const steps = [...joins, ...scenario.steps].sort((one, other) => one.atMs - other.atMs);
  for (const [place, step] of steps.entries()) {
    await meeting.goTo(step.atMs);
    await meeting.act(step, place);
  }
  await meeting.goTo(scenario.untilMs);
  const { history, lines } = meeting;
  return { scenario, history, lines, messages, broken: brokenGuarantees(history, scenario) };
}
