import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { keepTranscript } from '../../src/records/kept-transcript.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { memoryBlobs } from '../../src/records/memory-stores.ts';
import { createRetention } from '../../src/records/retention.ts';
import { createRights } from '../../src/records/rights.ts';
import { createVault } from '../../src/records/vault.ts';
import type { BlobStore, KeyStore } from '../../src/records/vault.types.ts';
import { copied, days, type Fixture, fixture, meetingId, recordedMeeting } from '../records/meeting-fixture.ts';

const recordings = ['a000000000000001', 'a000000000000002'] as const;
type Id = (typeof recordings)[number];

/** What may happen, in any order. `dies`: the process is killed at that call of a store during what follows. */
type Act = { readonly dies?: number | undefined } & (
  | { readonly act: 'keep' | 'erase'; readonly id: Id }
  | { readonly act: 'hold' | 'lift'; readonly id: Id; readonly by: 'court' | 'auditor' }
  | { readonly act: 'run' | 'two-runs' | 'rights-run' | 'again' }
  | { readonly act: 'days'; readonly count: number }
  | { readonly act: 'delete' | 'restrict' | 'unrestrict'; readonly who: 'bo' | 'cy' }
  | { readonly act: 'storage-fails'; readonly times: number }
);

const id = fc.constantFrom(...recordings);
const dies = fc.option(fc.nat(25), { nil: undefined, freq: 2 });
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constantFrom('keep' as const, 'erase' as const), id, dies }),
  fc.record({
    act: fc.constantFrom('hold' as const, 'lift' as const),
    id,
    by: fc.constantFrom('court' as const, 'auditor' as const),
    dies,
  }),
  fc.record({
    act: fc.constantFrom('run' as const, 'run' as const, 'two-runs' as const, 'rights-run' as const, 'again' as const),
    dies,
  }),
  fc.record({ act: fc.constant('days' as const), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    act: fc.constantFrom('delete' as const, 'restrict' as const, 'unrestrict' as const),
    who: fc.constantFrom('bo' as const, 'cy' as const),
    dies,
  }),
  fc.record({ act: fc.constant('storage-fails' as const), times: fc.integer({ min: 1, max: 4 }) }),
);

/** A world of stores that outlive each process, and a history that is written down from outside. */
class World {
  readonly parts: Fixture = fixture();
  readonly #then: 'delete' | 'anonymise' | 'isolate';
  readonly #backup = copied(memoryBlobs());
  /** What stood at the time a hold was acknowledged, and must stand while it does. */
  readonly #held = new Map<Id, Map<string, { readonly hadMedia: boolean }>>();
  /** Whose restriction was acknowledged, and which media stood then that nobody had begun to erase. */
  readonly #restricted = new Map<string, readonly Id[]>();
  readonly #lastKept = new Map<Id, string>();
  #callsLeft = Number.POSITIVE_INFINITY;
  #texts = 0;

  constructor(then: 'delete' | 'anonymise' | 'isolate') {
    this.#then = then;
  }

  async start(): Promise<void> {
    Object.assign(this.parts, { vault: createVault({ keys: this.parts.keys, blobs: this.#backup.blobs }) });
    for (const [place, each] of recordings.entries())
      await recordedMeeting(this.parts, { id: each, number: place + 1 });
    this.parts.ledger.beforeKeep = () => this.#call();
    this.parts.ledger.afterKeep = () => this.#call();
  }

  async do(step: Act): Promise<void> {
    const { clock, storage } = this.parts;
    if (step.act === 'days') return clock.advanceTo(clock.now() + days(step.count));
    if (step.act === 'storage-fails') {
      storage.failures = step.times;
      return;
    }
    this.#callsLeft = step.dies ?? Number.POSITIVE_INFINITY;
    try {
      await this.#done(step);
    } catch (error) {
      const isKilled = this.#callsLeft <= 0;
      if (!isKilled && !isNoticeError(error)) throw error;
    }
    this.#callsLeft = Number.POSITIVE_INFINITY;
  }

  /** One process: everything of it is new but the stores. */
  #process() {
    const { ledger, clock, keys, storage } = this.parts;
    const alive: { keys: KeyStore; blobs: BlobStore } = {
      keys: this.#mortal(keys, ['keep', 'find', 'destroy']),
      blobs: this.#mortal(this.#backup.blobs, ['put', 'get', 'delete']),
    };
    const vault = createVault(alive);
    const mortalStorage = this.#mortal(storage, ['erase', 'isolate', 'mayErase', 'markOut']);
    const options = { ledger, clock, vault, storage: mortalStorage };
    const policy = { recordingDays: 30, then: this.#then };
    return { vault, retention: createRetention({ ...options, policy, attempts: 1 }), rights: createRights(options) };
  }

  async #done(step: Act): Promise<void> {
    const { vault, retention, rights } = this.#process();
    const { ledger, storage } = this.parts;
    switch (step.act) {
      case 'keep': {
        this.#texts += 1;
        const said = (speaker: string) => ({
          id: `${speaker}-${this.#texts}`,
          speaker,
          startMs: this.#texts,
          endMs: this.#texts + 1,
          text: `${speaker}-words-${this.#texts}`,
          final: true,
        });
        const transcript = {
          transcriptId: 't',
          recordingId: step.id,
          segments: [said('bo'), said('cy'), said('hana')],
        };
        await keepTranscript({ vault, ledger }, meetingId, transcript);
        this.#lastKept.set(step.id, `hana-words-${this.#texts}`);
        break;
      }
      case 'erase':
        await retention.erase({ meetingId, recordingId: step.id });
        break;
      case 'hold':
        await retention.setLegalHold({ meetingId, recordingId: step.id, by: step.by, reason: 'case' });
        this.#holdsOf(step.id).set(step.by, { hadMedia: storage.media.has(step.id) });
        break;
      case 'lift':
        // Lifted or not, from here on it is no longer relied on.
        this.#holdsOf(step.id).delete(step.by);
        await retention.liftLegalHold({ meetingId, recordingId: step.id, by: step.by, reason: 'over' });
        break;
      case 'run':
        await retention.run();
        break;
      case 'two-runs':
        await Promise.all([retention.run(), this.#process().retention.run()]);
        break;
      case 'again':
        await retention.eraseAgain();
        break;
      case 'rights-run':
        await rights.run();
        break;
      case 'delete': {
        const { who } = step;
        await rights.exercise({
          meetingId,
          right: 'deletion',
          participantId: who,
          askedBy: who,
          identifiedBy: 'session',
        });
        break;
      }
      case 'restrict': {
        const { who } = step;
        const asked = { meetingId, right: 'restriction', participantId: who, askedBy: who } as const;
        const outcome = await rights.exercise({ ...asked, identifiedBy: 'session' });
        if (outcome.outcome === 'done')
          this.#restricted.set(
            who,
            recordings.filter((each) => this.#isWhole(each)),
          );
        break;
      }
      case 'unrestrict':
        // Ended or not, from here on it is no longer relied on.
        this.#restricted.delete(step.who);
        for (const { requestId, right, participantId, status } of await rights.requests(meetingId)) {
          if (right !== 'restriction' || participantId !== step.who) continue;
          const reason = 'the person was told';
          if (status === 'done') await rights.end({ meetingId, requestId, reason });
          else await rights.refuse({ meetingId, requestId, code: 'rights/taken-back', reason });
        }
        break;
      default:
    }
  }

  /** Its media are there, and nothing on the ledger says that they are to go. */
  #isWhole(recordingId: Id): boolean {
    const isGoing = this.factsOf(recordingId).some(
      ({ fact, ...more }) => fact === 'erasing' && !('participantId' in more),
    );
    return this.parts.storage.media.has(recordingId) && !isGoing;
  }

  #holdsOf(recordingId: Id) {
    const holds = this.#held.get(recordingId) ?? new Map();
    this.#held.set(recordingId, holds);
    return holds;
  }

  #call(): void {
    this.#callsLeft -= 1;
    if (this.#callsLeft <= 0) throw new Error('killed');
  }

  /** Dies before the call that is its last, or right after what that call did. */
  #mortal<T extends object>(store: T, methods: readonly (keyof T)[]): T {
    const wrapped = Object.create(store) as T;
    for (const method of methods) {
      const call = (store[method] as (...args: unknown[]) => Promise<unknown>).bind(store);
      wrapped[method] = (async (...args: unknown[]) => {
        this.#callsLeft -= 1;
        if (this.#callsLeft <= -1) throw new Error('killed');
        const answer = await call(...args);
        if (this.#callsLeft <= 0) throw new Error('killed');
        return answer;
      }) as T[keyof T];
    }
    return wrapped;
  }

  /** Every text that anybody can still open, of a recording, from any backup that was ever made of it. */
  async openable(recordingId: Id): Promise<readonly string[]> {
    const texts: string[] = [];
    for (const [of, kind, bytes] of this.#backup.copies) {
      if (of !== recordingId) continue;
      const blobs = memoryBlobs();
      await blobs.put(of, kind, bytes);
      const text = await createVault({ keys: this.parts.keys, blobs })
        .open(of, kind)
        .catch(() => undefined);
      if (text !== undefined) texts.push(text);
    }
    return texts;
  }

  factsOf(recordingId: Id): readonly LedgerFact[] {
    return this.parts.ledger
      .facts(meetingId)
      .filter((fact) => 'recordingId' in fact && fact.recordingId === recordingId);
  }

  async check(): Promise<void> {
    for (const recordingId of recordings) {
      const facts = this.factsOf(recordingId);
      const ofWhole = facts.filter((fact) => 'kept' in fact && !('participantId' in fact && fact.participantId));
      const isGone = ofWhole.some(({ fact }) => fact === 'erased' || fact === 'anonymised');
      const openable = await this.openable(recordingId);
      if (isGone) {
        expect(openable).toEqual([]);
        expect(this.parts.storage.media.has(recordingId)).toBe(false);
      }
      expect(ofWhole.filter(({ fact }) => fact === 'erased' || fact === 'anonymised').length).toBeLessThanOrEqual(1);
      for (const who of ['bo', 'cy']) {
        const isOut = facts.some((fact) => fact.fact === 'erased' && fact.participantId === who);
        const theirs = openable.filter(
          (text) => text.includes(`"speaker":"${who}"`) || text.includes(`${who}-words`) || text.startsWith('Bo:'),
        );
        if (isOut) expect(theirs).toEqual([]);
      }
      const isLeft = !ofWhole.some(({ fact }) => fact !== 'isolated' && fact !== 'access-refused');
      const last = this.#lastKept.get(recordingId);
      if (isLeft && last !== undefined) {
        const now = await this.parts.vault.open(recordingId, 'transcript');
        expect(now).toContain('hana-words');
      }
      for (const { hadMedia } of this.#holdsOf(recordingId).values())
        expect(this.parts.storage.media.has(recordingId)).toBe(hadMedia);
      for (const [, whole] of this.#restricted)
        if (whole.includes(recordingId)) expect(this.parts.storage.media.has(recordingId)).toBe(true);
      await this.#checkHeldText(recordingId, openable.length);
    }
  }

  readonly #heldTexts = new Map<Id, number>();

  /** While a hold stands, what opened when it was set, opens: only more may be kept. */
  async #checkHeldText(recordingId: Id, openable: number): Promise<void> {
    if (this.#holdsOf(recordingId).size === 0) this.#heldTexts.delete(recordingId);
    else {
      expect(openable).toBeGreaterThanOrEqual(this.#heldTexts.get(recordingId) ?? 0);
      this.#heldTexts.set(recordingId, openable);
    }
  }
}

async function lives(then: 'delete' | 'anonymise' | 'isolate', acts: readonly Act[]): Promise<World> {
  const world = new World(then);
  await world.start();
  for (const act of acts) {
    await world.do(act);
    await world.check();
  }
  return world;
}

describe('[G12] no schedule of keeping, erasing, holding, restricting, running and crashing', () => {
  const thens = fc.constantFrom('delete' as const, 'anonymise' as const, 'isolate' as const);

  test('leaves a word of what is erased openable, in any backup, or breaks a legal hold or a restriction', {
    timeout: 120_000,
  }, async () => {
    const acts = fc.array(anyAct, { minLength: 3, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(thens, acts, async (then, schedule) => {
        await lives(then, schedule);
      }),
      { numRuns: Number(process.env['KEPT_WORDS_RUNS'] ?? 250) },
    );
  });

  test('keeps what is due from being erased for ever: once all works again, one run does it', {
    timeout: 120_000,
  }, async () => {
    const acts = fc.array(anyAct, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(acts, async (schedule) => {
        const world = await lives('delete', schedule);
        for (const by of ['court', 'auditor'] as const)
          for (const each of recordings) await world.do({ act: 'lift', id: each, by });
        for (const who of ['bo', 'cy'] as const) await world.do({ act: 'unrestrict', who });
        world.parts.storage.failures = 0;
        await world.do({ act: 'days', count: 31 });
        await world.do({ act: 'run' });
        await world.check();
        for (const each of recordings) {
          expect(world.factsOf(each).filter(({ fact }) => fact === 'erased').length).toBeGreaterThanOrEqual(1);
          expect(await world.openable(each)).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
