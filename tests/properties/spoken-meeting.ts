import type { HookLine } from '../../src/simulator/history.types.ts';
import { simulate } from '../../src/simulator/simulation.ts';
import type { Simulation, SimulationResult } from '../../src/simulator/simulation.types.ts';
import { seededRandom } from '../../src/transport/seeded-random.ts';

/** One word that was really spoken: by whom, and when, in milliseconds of the meeting. */
export interface SpokenTruth {
  /** All who spoke at once; the engine names a speaker only where it was one. */
  readonly speakers: readonly string[];
  /** The engine says who it was. */
  readonly isKnown: boolean;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A meeting in which people spoke: what happened, and every word by its text, which no other has. */
export interface SpokenMeeting {
  readonly seed: number;
  readonly result: SimulationResult;
  readonly words: ReadonlyMap<string, SpokenTruth>;
}

type Random = () => number;

/** One thing to do at a time: by a person or the network, or by the speech engine. */
interface Doing {
  readonly atMs: number;
  readonly run: (world: World) => unknown;
}

interface Word {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

interface World {
  readonly simulation: Simulation;
  readonly lines: () => readonly HookLine[];
}

const untilMs = 170_000;
const quietFromMs = 100_000;
const everyone = ['hana', 'ida', 'bo', 'cy', 'pat'] as const;
const hosts = ['hana', 'ida'] as const;
const policies = ['all-party', 'all-party', 'gdpr', 'notice-only', 'acknowledge'] as const;

export const policyOf = (seed: number): (typeof policies)[number] => policies[seed % policies.length] as 'all-party';

/** What people and the network do: requests, answers, withdrawals, pauses, hand-overs, erasures, faults. */
function acts(random: Random): Doing[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const between = (leastMs: number, mostMs: number) => leastMs + Math.floor(random() * (mostMs - leastMs));
  const act = (atMs: number, who: string, does: string, fields: object = {}): Doing => ({
    atMs,
    run: ({ simulation }) => simulation.as(who)[does as 'leaves']({ ...fields }),
  });
  const purpose = () => ({ purpose: pick(['recording', 'transcription']) });
  const answers = (fromMs: number, toMs: number): Doing[] =>
    everyone.flatMap((who) =>
      ['recording', 'transcription'].flatMap((each) =>
        random() < 0.85
          ? [
              act(between(fromMs, toMs), who, pick(['givesConsent', 'givesConsent', 'givesConsent', 'acknowledges']), {
                purpose: each,
              }),
            ]
          : [],
      ),
    );
  const request = (atMs: number) =>
    act(atMs, pick(hosts), 'requestsRecording', {
      storage: 'cloud',
      transcript: random() < 0.7,
      ...(random() < 0.15 && { only: [pick(everyone), 'bo'].filter((id, at, all) => all.indexOf(id) === at) }),
    });
  const kinds: readonly ((atMs: number) => Doing)[] = [
    (atMs) => act(atMs, pick(everyone), pick(['withdrawsConsent', 'refusesConsent']), purpose()),
    (atMs) => act(atMs, pick(everyone), pick(['withdrawsConsent', 'refusesConsent']), purpose()),
    (atMs) => act(atMs, pick(everyone), 'givesConsent', purpose()),
    (atMs) => act(atMs, pick(everyone), pick(['givesConsent', 'acknowledges']), purpose()),
    (atMs) => act(atMs, 'pat', 'pressesKey', { key: pick(['1', '1', '2']) }),
    (atMs) => act(atMs, pick(hosts), pick(['pausesRecording', 'resumesRecording', 'resumesRecording'])),
    (atMs) => act(atMs, pick(hosts), pick(['requestsTranscript', 'requestsTranscript', 'stopsTranscript'])),
    (atMs) => act(atMs, pick(hosts), 'stopsRecording'),
    (atMs) => act(atMs, pick(hosts), 'erasesRecording'),
    (atMs) => act(atMs, pick(hosts), 'handsOver', { to: pick(hosts) }),
    (atMs) => act(atMs, pick(['bo', 'cy', 'ida']), pick(['leaves', 'joins', 'losesConnection', 'reconnects'])),
    (atMs) => act(atMs, pick(everyone), pick(['crashes', 'reconnects', 'reconnects'])),
    request,
    request,
    (atMs) => {
      const inOne = everyone.filter(() => random() < 0.6);
      const groups = [inOne, everyone.filter((id) => !inOne.includes(id))];
      return act(atMs, 'network', 'partitions', { groups, oneWay: random() < 0.3 });
    },
    (atMs) => act(atMs, 'network', 'heals'),
  ];
  const isStill = random() < 0.25;
  return [
    act(1000, 'hana', 'requestsRecording', { storage: 'cloud', transcript: random() < 0.8 }),
    act(between(1500, 4000), pick(hosts), 'requestsTranscript'),
    ...answers(2500, 9000),
    ...answers(45_000, 60_000),
    ...Array.from({ length: isStill ? 3 : 6 + Math.floor(random() * 14) }, () =>
      pick(kinds)(between(6000, quietFromMs)),
    ),
    act(quietFromMs, 'network', 'heals'),
    ...everyone.map((who) => act(quietFromMs + 1000, who, 'reconnects')),
    ...everyone.map((who) => act(quietFromMs + 1000, who, 'joins')),
    act(quietFromMs + 8000, 'hana', 'stopsRecording'),
    ...(random() < 0.5 ? [act(quietFromMs + 18_000, pick(hosts), 'erasesRecording')] : []),
  ];
}

/** Hands in what was heard, through the client of each who believes that they decide. */
function feed(
  { simulation, lines }: World,
  piece: {
    readonly words: readonly Word[];
    readonly id: string;
    readonly speaker: string | null;
    readonly tellsWords: boolean;
  },
  final: boolean,
): void {
  for (const host of hosts) {
    const session = simulation.session(host);
    const { authorityId, transcripts = [] } = session?.getSnapshot() ?? {};
    const [transcript] = transcripts;
    if (!session || authorityId !== host || !transcript) continue;
    const { recordingId } = transcript;
    const started = lines().find(
      ({ hook, payload }) =>
        hook === 'recordingStarted' && (payload as { recordingId: string }).recordingId === recordingId,
    );
    if (!started) continue;
    const words = piece.words
      .map(({ text, startMs, endMs }) => ({ text, startMs: startMs - started.at, endMs: endMs - started.at }))
      .filter(({ startMs }) => startMs >= 0);
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) continue;
    void session.feedSegment({
      id: piece.id,
      speaker: piece.speaker,
      startMs: first.startMs,
      endMs: last.endMs,
      text: words.map(({ text }) => text).join(' '),
      final,
      ...(piece.tellsWords && { words }),
    });
  }
}

/** What is spoken, and how an engine hands it in: late, in parts, in any order, and more than once. */
function speech(random: Random, words: Map<string, SpokenTruth>): Doing[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const upTo = (most: number) => Math.floor(random() * most);
  return Array.from({ length: 60 }, (_, place): Doing[] => {
    const speakers = random() < 0.85 ? [pick(everyone)] : [...new Set([pick(everyone), pick(everyone)])];
    const isKnown = speakers.length === 1 && random() < 0.95;
    let at = 4000 + upTo(quietFromMs + 8000 - 4000);
    const spoken = Array.from({ length: 1 + upTo(6) }, (_, index): Word => {
      const startMs = at + upTo(random() < 0.2 ? 3000 : 100);
      at = startMs + 60 + upTo(500);
      const word = { text: `w${place}.${index}`, startMs, endMs: at };
      words.set(word.text, { speakers, isKnown, fromMs: startMs, toMs: at });
      return word;
    });
    const piece = {
      id: `piece-${place}`,
      words: spoken,
      speaker: isKnown ? (speakers[0] as string) : null,
      tellsWords: random() < 0.7,
    };
    const heardAtMs = at + upTo(random() < 0.2 ? 12_000 : 1500);
    const parts = random() < 0.4 ? [1 + upTo(spoken.length)] : [];
    return [
      ...parts.map((count) => ({
        atMs: (spoken[count - 1] as Word).endMs + upTo(400),
        run: (world: World) => feed(world, { ...piece, words: spoken.slice(0, count) }, false),
      })),
      ...Array.from({ length: random() < 0.2 ? 2 : 1 }, () => ({
        atMs: heardAtMs + upTo(300),
        run: (world: World) => feed(world, piece, true),
      })),
    ];
  }).flat();
}

/** The meeting of a seed, the same for the same seed: simulated from its first word to a minute of quiet at its end. */
export async function spokenMeeting(seed: number): Promise<SpokenMeeting> {
  const random = seededRandom(seed * 9176 + 5);
  const isFaulty = random() < 0.6;
  const words = new Map<string, SpokenTruth>();
  const simulation = simulate({
    meeting: {
      policy: { extends: policyOf(seed), transcription: { readers: random() < 0.5 ? 'hosts' : 'everyone' } },
    },
    participants: [
      { id: 'hana', role: 'host' },
      { id: 'ida', role: 'co-host' },
      { id: 'bo' },
      { id: 'cy', ...(random() < 0.3 && { joins: '15s' }) },
      { id: 'pat', channel: 'phone' },
    ],
    network: {
      latencyMs: [5, 150],
      seed,
      ...(isFaulty && { loss: [0, 0.05, 0.2][seed % 3], duplicate: 0.1, reorder: random() < 0.6 }),
    },
    capture: { startMs: [0, 500, 2500][seed % 3] },
    steps: [],
    until: `${untilMs}ms`,
  });
  const world: World = { simulation, lines: () => simulation.hooks() };
  const doings = [...acts(random), ...speech(random, words)].sort((a, b) => a.atMs - b.atMs);
  let nowMs = 0;
  for (const { atMs, run } of doings) {
    if (atMs > nowMs) await simulation.waits(`${atMs - nowMs}ms`);
    nowMs = Math.max(nowMs, atMs);
    await run(world);
  }
  await simulation.waits(`${untilMs - nowMs}ms`);
  return { seed, result: await simulation.run(), words };
}
