import * as v from 'valibot';
import { longestName, longestText, mostSides, takenNames } from '../core/misuse.ts';
import { count, duration, flag, listOf, oneOf, shape, text, textUpTo } from '../core/shape.ts';
import { hookNames } from '../hooks/hook-names.ts';
import type { NotificationInput } from '../notifications/notifications.types.ts';
import { attentionDisplays, digestSecondsRange, notificationLevels } from '../notifications/settings.rules.ts';
import { everyRight } from '../records/rights.rules.ts';
import type { Verb } from './scenario.types.ts';

export const devices = ['microphone', 'camera', 'screen', 'chat'] as const;
export const storages = ['cloud', 'local'] as const;

const device = oneOf(devices);
const storage = oneOf(storages);
const { least, most } = digestSecondsRange;
const outOfRange = `expected a number of seconds from ${least} to ${most}`;
const number = v.number(outOfRange);
const words = textUpTo(longestText);
const newPurpose = v.pipe(
  textUpTo(longestName),
  v.check((name) => !takenNames.includes(name), "expected a name such as 'live-captions'"),
);
const people = v.union([text, listOf(text)], 'expected an id or a list of ids');
const maybe = <S extends v.GenericSchema>(schema: S) => v.exactOptional(schema);
const some = v.pipe(listOf(text), v.minLength(1, 'expected at least one purpose'));
const aFew = `expected from 1 to ${mostSides} ids`;
const sides = v.pipe(listOf(text), v.minLength(1, aFew), v.maxLength(mostSides, aFew));
const answered = { purpose: maybe(text), purposes: maybe(some) };
const ofWhom = { device, whom: text };
const level = maybe(oneOf(notificationLevels));
const notificationSettings = shape({
  all: level,
  pending: level,
  refused: level,
  withdrawn: level,
  expired: level,
  'late-joiner': level,
  'recording-failed': level,
  'capture-seen': level,
  attention: level,
  'transcript-ready': level,
  'right-exercised': level,
  attentionDisplay: maybe(oneOf(attentionDisplays)),
  doNotDisturb: maybe(v.union([flag, v.literal('while-sharing')], 'expected true, false or "while-sharing"')),
  digestSeconds: maybe(v.pipe(number, v.minValue(least, outOfRange), v.maxValue(most, outOfRange))),
} satisfies Record<keyof NotificationInput, unknown>);
const waiting = { from: text, to: text, nth: maybe(count(1)) };

/** The fields of every verb, beside `at`, `who` and `does`; in this order they are the arguments of an actor's method. */
export const verbs = {
  joins: {},
  leaves: {},
  requestsRecording: {
    storage: maybe(storage),
    transcript: maybe(flag),
    reason: maybe(words),
    only: maybe(sides),
  },
  pausesRecording: {},
  resumesRecording: {},
  stopsRecording: {},
  startsRecording: { storage: maybe(storage) },
  acknowledges: answered,
  givesConsent: answered,
  refusesConsent: answered,
  withdrawsConsent: answered,
  requestsTranscript: {},
  stopsTranscript: { failed: maybe(flag) },
  requestsPurpose: { purpose: newPurpose, provider: maybe(words), reason: maybe(words) },
  endsPurpose: { purpose: newPurpose },
  says: { text },
  erasesRecording: {},
  enablesAttentionTracking: {},
  disablesAttentionTracking: {},
  startsSharing: {},
  stopsSharing: {},
  losesFocus: {},
  regainsFocus: {},
  losesConnection: {},
  reconnects: {},
  sleeps: { for: duration },
  clockJumps: { by: duration },
  crashes: {},
  handsOver: { to: text },
  setsNotifications: { settings: notificationSettings },
  exercisesRight: { right: oneOf(everyRight) },
  declaresRegion: { region: text },
  switchesOn: { device },
  switchesOff: { device },
  moderatorLocks: ofWhom,
  moderatorUnlocks: ofWhom,
  admits: { whom: people },
  pressesKey: { key: text },
  startsWithoutWaiting: { reason: words },
  reminds: { whom: maybe(people) },
  reviewsConsent: { purpose: text },
  confirmsShown: {},
  confirmsCue: { result: oneOf(['played', 'blocked']) },
  partitions: { groups: listOf(listOf(text)), oneWay: maybe(flag) },
  heals: {},
  queues: {},
  delivers: waiting,
  repeats: waiting,
  drops: waiting,
  flows: {},
} satisfies Record<Verb, v.ObjectEntries>;

export const verbNames = Object.keys(verbs) as readonly Verb[];

/** Who is not a participant, and what each may do. */
export const actorsBeside: Readonly<Record<string, readonly Verb[]>> = Object.assign(Object.create(null), {
  platform: ['startsRecording', 'stopsRecording'],
  network: ['partitions', 'heals', 'queues', 'delivers', 'repeats', 'drops', 'flows'],
});

/** What an expectation may name: every hook, and a step that was denied. */
export const expectedHooks = [...hookNames, 'stepDenied'] as const;
