import * as v from 'valibot';
import { isNoticeError, scenarioInvalid } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import {
  count,
  flag,
  listOf,
  oneOf,
  range,
  read as readShape,
  record,
  shape,
  share,
  text,
  time,
} from '../core/shape.ts';
import { parsePolicy } from '../policy/policy.parse.ts';
import type { PolicyInput, PresetName } from '../policy/policy.types.ts';
import type { Act, Expectation, Scenario, SimulatedParticipant, Step } from './parsed.types.ts';
import type { Verb } from './scenario.types.ts';
import { actorsBeside, expectedHooks, verbNames, verbs } from './verbs.ts';

/** @throws NoticeError `scenario/invalid`, at this pointer or below it. */
const read = <S extends v.GenericSchema>(schema: S, value: unknown, pointer: string): v.InferOutput<S> =>
  readShape(schema, value, (below, expected) =>
    scenarioInvalid(`${pointer}${below}`, expected === isMissing ? missing(schema, value, below) : expected),
  );

const isMissing = 'is missing';

/** A field that is not there may be there under a name that nobody knows. */
function missing(schema: v.GenericSchema, value: unknown, pointer: string): string {
  const [field = '', ...owner] = pointer.split('/').reverse();
  const strangers = (v.safeParse(schema, value).issues ?? []).flatMap(({ message, path = [] }) => {
    const keys = path.map(({ key }) => String(key)).reverse();
    return message.startsWith('unknown field') && keys.length === owner.length ? keys.slice(0, 1) : [];
  });
  return `${isMissing}${didYouMean(field, strangers).replace('did you mean', 'is it')}`;
}

const captureCalls = ['start', 'renew', 'pause', 'resume', 'stop', 'include', 'exclude', 'fence', 'snapshot'] as const;

const participant = shape({
  id: text,
  role: v.optional(oneOf(['participant', 'host', 'co-host']), 'participant'),
  name: v.exactOptional(text),
  region: v.exactOptional(text),
  joins: v.exactOptional(time),
  channel: v.optional(oneOf(['app', 'phone', 'room-system', 'bot']), 'app'),
  presents: v.optional(oneOf(['at-once', 'never']), 'at-once'),
  sdk: v.optional(flag, true),
});

const network = shape({
  latencyMs: v.exactOptional(range),
  loss: v.exactOptional(share),
  duplicate: v.exactOptional(share),
  reorder: v.exactOptional(flag),
  seed: v.optional(count(), 1),
});

const capture = shape({
  startMs: v.optional(count(), 0),
  fails: v.optional(listOf(oneOf(captureCalls)), []),
  hangs: v.optional(listOf(oneOf(captureCalls)), []),
  canExclude: v.optional(flag, true),
  canPause: v.optional(flag, true),
  lease: v.optional(flag, true),
  crashesAt: v.exactOptional(time),
  takes: v.exactOptional(shape(Object.fromEntries(captureCalls.map((call) => [call, v.exactOptional(time)])))),
  cutOff: v.exactOptional(v.strictTuple([time, time], 'expected two times, from and to')),
});

/** Read further where a field decides what the others may be. */
const later = v.unknown();

const scenario = shape({
  $schema: v.exactOptional(text),
  about: v.optional(v.string(), ''),
  meeting: v.optional(
    shape({
      id: v.optional(text, 'meeting'),
      policy: v.optional(later),
      adminPolicy: v.optional(later),
      records: v.exactOptional(flag),
    }),
    {},
  ),
  participants: v.pipe(listOf(participant), v.minLength(1, 'expected at least one participant')),
  network: v.exactOptional(network),
  capture: v.optional(capture, {}),
  steps: listOf(later),
  until: time,
  expect: v.optional(listOf(later), []),
});

const verb = v.looseObject({ does: oneOf(verbNames) }, isMissing);
const within = { from: v.exactOptional(time), to: v.exactOptional(time) };
const expectations = {
  hook: shape({
    participant: text,
    hook: oneOf(expectedHooks),
    with: v.exactOptional(record),
    ...within,
    times: v.exactOptional(count()),
  }),
  status: shape({
    status: oneOf(['off', 'asking', 'on', 'paused', 'unknown']),
    purpose: text,
    participant: text,
    at: time,
  }),
  captured: shape({ captured: text, purpose: oneOf(['recording']), ...within, ms: range }),
} as const;

function policyAt(value: unknown, pointer: string, admin = false): PresetName | PolicyInput {
  try {
    parsePolicy(value, { admin });
  } catch (error) {
    if (!isNoticeError(error, 'policy/invalid')) throw error;
    throw scenarioInvalid(`${pointer}${error.pointer ?? ''}`, error.message.replace(/^policy[^:]*: /, ''));
  }
  return value as PresetName | PolicyInput;
}

/** Refuses an id that nobody in the scenario has. */
function mustBeKnown(id: string, known: readonly string[], pointer: string): void {
  if (known.includes(id)) return;
  throw scenarioInvalid(
    pointer,
    `nobody here is called ${JSON.stringify(id)}${didYouMean(id, known)} (known: ${known.join(', ')})`,
  );
}

function participantsOf(parsed: readonly v.InferOutput<typeof participant>[], untilMs: number): SimulatedParticipant[] {
  const seen = new Set<string>();
  return parsed.map(({ joins, ...rest }, index) => {
    const pointer = `/participants/${index}/id`;
    if (seen.has(rest.id)) throw scenarioInvalid(pointer, `${JSON.stringify(rest.id)} is there twice`);
    if (rest.id === '*' || rest.id in actorsBeside) {
      throw scenarioInvalid(pointer, `${JSON.stringify(rest.id)} is no name for a participant`);
    }
    seen.add(rest.id);
    return { ...rest, joinsAtMs: inTime(joins ?? 0, untilMs, `/participants/${index}/joins`) };
  });
}

function verbOf(value: unknown, pointer: string): Verb {
  read(v.looseObject({}, 'expected an object'), value, pointer);
  return read(verb, value, pointer).does;
}

function mustSuit(who: string, does: Verb, people: readonly string[], pointer: string): void {
  const special = actorsBeside[who];
  if (special) {
    if (special.includes(does)) return;
    throw scenarioInvalid(`${pointer}/does`, `${JSON.stringify(who)} can only ${special.join(' or ')}`);
  }
  mustBeKnown(who, [...people, ...Object.keys(actorsBeside)], `${pointer}/who`);
  const owner = Object.keys(actorsBeside).find((name) => actorsBeside[name]?.includes(does));
  if (owner !== undefined && does !== 'stopsRecording') {
    throw scenarioInvalid(`${pointer}/who`, `only ${JSON.stringify(owner)} ${does}`);
  }
}

/** The ids that a step names, with where each stands. */
function* namedIn(step: Readonly<Record<string, unknown>>): Generator<[string, string]> {
  for (const field of ['from', 'to', 'whom', 'groups', 'only']) {
    const queue: [unknown, string][] = [[step[field], `/${field}`]];
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      const [value, pointer] = entry;
      if (typeof value === 'string') yield [value, pointer];
      else if (Array.isArray(value)) value.forEach((item, index) => void queue.push([item, `${pointer}/${index}`]));
    }
  }
}

/**
 * What somebody does, without when: `who`, `does` and the verb's own fields.
 *
 * @throws NoticeError `scenario/invalid` with a JSON pointer below `pointer`.
 */
export function parseAct(value: unknown, people: readonly string[], pointer: string): Act {
  const does = verbOf(value, pointer);
  const act = read(shape({ who: text, does: text, ...verbs[does] }), value, pointer);
  mustSuit(act.who, does, people, pointer);
  for (const [id, at] of namedIn(act)) mustBeKnown(id, people, `${pointer}${at}`);
  if (verbs[does] === verbs.givesConsent && 'purpose' in act === 'purposes' in act) {
    throw scenarioInvalid(pointer, 'expected either "purpose" or "purposes"');
  }
  return act as unknown as Act;
}

/** Refuses a time that never comes. */
function inTime(atMs: number, untilMs: number, pointer: string): number {
  if (atMs <= untilMs) return atMs;
  throw scenarioInvalid(pointer, `is ${atMs - untilMs} ms after "until", when the scenario ends`);
}

function parseStep(value: unknown, people: readonly string[], untilMs: number, pointer: string): Step {
  const does = verbOf(value, pointer);
  const { at, ...act } = read(shape({ at: time, who: text, does: text, ...verbs[does] }), value, pointer);
  return { ...parseAct(act, people, pointer), atMs: inTime(at, untilMs, `${pointer}/at`) };
}

function parseExpectation(value: unknown, people: readonly string[], untilMs: number, pointer: string): Expectation {
  const given = read(v.looseObject({}, 'expected an object'), value, pointer);
  const window = (from: number | undefined, to: number | undefined) => {
    if (to !== undefined && (from ?? 0) > to) throw scenarioInvalid(`${pointer}/to`, 'is before "from"');
    return { fromMs: inTime(from ?? 0, untilMs, `${pointer}/from`), toMs: to ?? untilMs };
  };
  const known = (id: string, field: string): void => mustBeKnown(id, people, `${pointer}/${field}`);
  if ('hook' in given) {
    const { from, to, ...rest } = read(expectations.hook, value, pointer);
    if (rest.participant !== '*') known(rest.participant, 'participant');
    return { kind: 'hook', ...rest, ...window(from, to) };
  }
  if ('status' in given) {
    const { at, ...rest } = read(expectations.status, value, pointer);
    known(rest.participant, 'participant');
    return { kind: 'status', ...rest, atMs: inTime(at, untilMs, `${pointer}/at`) };
  }
  if ('captured' in given) {
    const { from, to, captured, ms } = read(expectations.captured, value, pointer);
    known(captured, 'captured');
    return { kind: 'captured', captured, ms, ...window(from, to) };
  }
  throw scenarioInvalid(pointer, 'expected "hook", "status" or "captured"');
}

/**
 * A scenario as it is written, checked and with nothing left open.
 *
 * @throws NoticeError `scenario/invalid` with the JSON pointer of what is wrong and what was expected there.
 */
export function parseScenario(input: unknown): Scenario {
  const parsed = read(scenario, input, '');
  const participants = participantsOf(parsed.participants, parsed.until);
  const people = participants.map(({ id }) => id);
  const { policy = 'all-party', adminPolicy = null, id, records } = parsed.meeting;
  const steps = parsed.steps.map((step, index) => parseStep(step, people, parsed.until, `/steps/${index}`));
  const { crashesAt, takes, cutOff, ...recorder } = parsed.capture;
  return {
    about: parsed.about,
    meeting: {
      id,
      policy: policyAt(policy, '/meeting/policy'),
      adminPolicy: adminPolicy === null ? null : policyAt(adminPolicy, '/meeting/adminPolicy', true),
      records: records ?? steps.some(({ does }) => does === 'exercisesRight'),
    },
    participants,
    network: parsed.network,
    capture: {
      ...recorder,
      ...(takes && { takesMs: takes }),
      ...(crashesAt !== undefined && { crashesAtMs: crashesAt }),
      ...(cutOff && { cutOffMs: cutOff }),
    },
    steps,
    untilMs: parsed.until,
    expect: parsed.expect.map((entry, index) => parseExpectation(entry, people, parsed.until, `/expect/${index}`)),
  };
}
