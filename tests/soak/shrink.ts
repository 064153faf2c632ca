type Scenario = Record<string, unknown>;

/** Whether a scenario is still one that fails as the first did. */
export type Fails = (scenario: Scenario) => Promise<boolean>;

/**
 * A smaller scenario that fails the same: one thing after the other is left out, and stays out if it still fails.
 * It ends when nothing more can be left out, or after `most` runs.
 */
export async function shrunk(scenario: Scenario, fails: Fails, most = 2000): Promise<Scenario> {
  let smallest = scenario;
  let runs = 0;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const smaller of smallerThan(smallest)) {
      runs += 1;
      if (runs > most) return smallest;
      if (!(await fails(smaller))) continue;
      smallest = smaller;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** Everything that is one thing less: first the most that can be left out at once. */
function* smallerThan(scenario: Scenario): Generator<Scenario> {
  const steps = listOf(scenario, 'steps');
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length; from += size) {
      yield { ...scenario, steps: steps.filter((_, place) => place < from || place >= from + size) };
    }
  }
  const people = listOf(scenario, 'participants');
  for (const { id } of people) {
    const names = (step: Scenario) => Object.values(step).flat(3).includes(id);
    yield {
      ...scenario,
      participants: people.filter((person) => person['id'] !== id),
      steps: steps.filter((step) => !names(step)),
    };
  }
  for (const key of ['network', 'capture']) {
    if (key in scenario) yield without(scenario, key);
    for (const field of Object.keys(objectOf(scenario, key))) {
      yield { ...scenario, [key]: without(objectOf(scenario, key), field) };
    }
  }
  for (const [place, person] of people.entries()) {
    for (const field of Object.keys(person).filter((each) => each !== 'id' && person[each] !== 'host')) {
      yield { ...scenario, participants: people.with(place, without(person, field)) };
    }
  }
  const meeting = objectOf(scenario, 'meeting');
  if ('adminPolicy' in meeting) yield { ...scenario, meeting: without(meeting, 'adminPolicy') };
  const policy = objectOf(meeting, 'policy');
  const recording = objectOf(policy, 'recording');
  for (const field of Object.keys(recording)) {
    yield { ...scenario, meeting: { ...meeting, policy: { ...policy, recording: without(recording, field) } } };
  }
}

const without = (from: Scenario, key: string): Scenario =>
  Object.fromEntries(Object.entries(from).filter(([each]) => each !== key));

const objectOf = (of: Scenario, key: string): Scenario => (of[key] ?? {}) as Scenario;

const listOf = (of: Scenario, key: string): Scenario[] => (of[key] ?? []) as Scenario[];
