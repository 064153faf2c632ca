import { durationMs } from '../core/durations.ts';
import { scenarioInvalid } from '../core/errors.ts';
import type { ParticipantId } from '../participants/participants.types.ts';
import type { Session } from '../session/session.types.ts';
import { brokenExpectations } from './expectations.ts';
import { brokenGuarantees } from './guarantees/guarantees.ts';
import type { HookLine } from './history.types.ts';
import { keptWords } from './kept-words.ts';
import type { Act, Scenario, Step } from './parsed.types.ts';
import { parseAct, parseScenario } from './scenario.parse.ts';
import type { Verb } from './scenario.types.ts';
import { SimulatedMeeting } from './simulated-meeting.ts';
import type { Actor, Broken, Simulation, SimulationResult } from './simulation.types.ts';
import { captureSpans } from './spans.ts';
import { verbNames, verbs } from './verbs.ts';

/**
 * A simulated meeting: real sessions and a real authority over a simulated network, clock and recorder.
 * @throws NoticeError `scenario/invalid` or `policy/invalid`, with the JSON pointer of what is wrong.
 */
export function simulate(input: unknown): Simulation {
  const scenario = parseScenario(input);
  const meeting = new SimulatedMeeting(scenario);
  const people = scenario.participants.map(({ id }) => id);
  let begun: Promise<void> | undefined;
  const begin = (): Promise<void> => (begun ??= meeting.begin());

  async function does(act: Act, step: number): Promise<void> {
    await begin();
    await meeting.act(act, step);
  }

  return {
    as: (who) => actorFor(async (act) => does(parseAct({ ...act, who }, people, `/${act.does}`), -1)),
    session: (id: ParticipantId): Session | undefined => meeting.clients.get(id)?.session,
    async waits(duration) {
      const ms = durationMs(duration);
      if (ms === undefined)
        throw new TypeError(`waits: expected a time such as "31s", not ${JSON.stringify(duration)}.`);
      await begin();
      await meeting.goTo(meeting.clock.now() + ms);
    },
    hooks: (id): readonly HookLine[] => meeting.lines.filter((line) => id === undefined || line.participant === id),
    guarantees: (): readonly Broken[] => brokenGuarantees(meeting.history, scenario, meeting.clock.now()),
    async run(): Promise<SimulationResult> {
      await begin();
      for (const [place, step] of stepsOf(scenario).entries()) {
        if (step.atMs > scenario.untilMs) break;
        await meeting.goTo(step.atMs);
        await meeting.act(step, place);
      }
      await meeting.goTo(scenario.untilMs);
      return resultOf(scenario, meeting);
    },
  };
}

/** Joins in file order, then steps in file order, at each instant. */
function stepsOf(scenario: Scenario): Step[] {
  const joins: Step[] = scenario.participants
    .filter(({ joinsAtMs }) => joinsAtMs > 0)
    .map(({ id, joinsAtMs }) => ({ who: id, does: 'joins', atMs: joinsAtMs }));
  return [...joins, ...scenario.steps].sort((a, b) => a.atMs - b.atMs);
}

function resultOf(scenario: Scenario, meeting: SimulatedMeeting): SimulationResult {
  const { history, lines, network } = meeting;
  const guarantees = brokenGuarantees(history, scenario);
  return {
    scenario,
    lines,
    history,
    untilMs: scenario.untilMs,
    summary: {
      guarantees: guarantees.length > 0 ? 'broken' : 'held',
      hooks: lines.length,
      messages: network.messages,
      captures: captureSpans(history, scenario.untilMs),
      transcript: keptWords(history),
    },
    broken: [...guarantees, ...brokenExpectations(scenario.expect, lines, history)],
  };
}

/** One method a verb; its arguments are the verb's fields, in order, or one object of them. */
function actorFor(does: (act: Omit<Act, 'who'>) => Promise<void>): Actor {
  const methods = verbNames.map((verb: Verb) => {
    const fields = Object.keys(verbs[verb]);
    const method = (...values: readonly unknown[]): Promise<void> => {
      const [first] = values;
      const isNamed = values.length === 1 && typeof first === 'object' && first !== null && !Array.isArray(first);
      if (values.length > fields.length && !isNamed) {
        throw scenarioInvalid(`/${verb}`, `takes ${fields.join(', ') || 'nothing'}`);
      }
      const named = isNamed ? first : Object.fromEntries(values.map((value, place) => [fields[place], value]));
      return does({ does: verb, ...named } as Omit<Act, 'who'>);
    };
    return [verb, method] as const;
  });
  return Object.fromEntries(methods) as Actor;
}
