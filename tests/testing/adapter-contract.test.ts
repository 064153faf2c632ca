import { describe, expect, test } from 'vitest';
import type { CaptureController } from '../../src/recording/capture.types.ts';
import { adapterContract } from '../../src/testing/adapter-contract.ts';
import type { AdapterPart, AdapterUnderTest } from '../../src/testing/adapter-contract.types.ts';
import { type FakeAdapter, type FakeAdapterOptions, fakeAdapter } from '../../src/testing/fake-adapter.ts';
import type { AdapterFact, MeetingAdapter } from '../../src/transport/transport.types.ts';

const platformParts: readonly AdapterPart[] = ['participants', 'sharing', 'seen-captures', 'keys'];
const everything: readonly AdapterPart[] = [
  ...platformParts,
  'capture',
  'capture.exclude',
  'capture.pause',
  'capture.lease',
  'devices',
  'focus',
];

const driven = (fake: FakeAdapter, adapter: MeetingAdapter = fake): AdapterUnderTest => ({
  adapter,
  joins: (endpoint) => fake.joins(endpoint),
  leaves: (endpoint) => fake.leaves(endpoint),
  shares: (active) => fake.shares(active),
  recordsByItself: (active) => fake.seesCapture({ platformId: 'platform-1', active }),
  pressesKey: (key) => fake.pressesKey(key),
});

describe('the fake adapter keeps the contract', () => {
  const make = (options?: FakeAdapterOptions) => () => driven(fakeAdapter(options));
  for (const { name, run } of adapterContract({ make: make(), has: everything })) test(name, run);
  const slow = adapterContract({ make: make({ recorder: { startMs: 5 } }), has: everything });
  for (const { name, run } of slow.filter((check) => check.name.startsWith('the recorder'))) {
    test(`with a start that takes its time: ${name}`, run);
  }
  const poor = make({ recorder: { exclude: false, pause: false, lease: false } });
  const poorHas = everything.filter((part) => !part.startsWith('capture.'));
  for (const { name, run } of adapterContract({ make: poor, has: poorHas })) {
    test(`with a recorder that can do little: ${name}`, run);
  }
  const none = adapterContract({
    make: make({ recorder: false }),
    has: everything.filter((part) => !part.startsWith('capture')),
  });
  for (const { name, run } of none) test(`without a recorder: ${name}`, run);
});

/** What fails of an adapter that is not as it should be. */
async function failuresOf(
  broken: (fake: FakeAdapter) => MeetingAdapter,
  has: readonly AdapterPart[] = everything,
): Promise<string[]> {
  const checks = adapterContract({ make: () => driven(...wrapped(broken)), has, patienceMs: 60, quietMs: 2 });
  const failed: string[] = [];
  for (const { name, run } of checks) {
    const error = await run().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error !== undefined) failed.push(name);
  }
  return failed;
}

function wrapped(broken: (fake: FakeAdapter) => MeetingAdapter): [FakeAdapter, MeetingAdapter] {
  const fake = fakeAdapter();
  return [fake, broken(fake)];
}

/** The fake adapter with a recorder of which some calls are others. */
const withCapture = (change: (own: CaptureController) => Partial<CaptureController>) => (fake: FakeAdapter) => {
  const own = fake.capture as CaptureController;
  return { ...fake, capture: { ...own, ...change(own) } };
};

const withDevices =
  (change: (own: FakeAdapter['devices']) => Partial<FakeAdapter['devices']>) => (fake: FakeAdapter) => ({
    ...fake,
    devices: { ...fake.devices, ...change(fake.devices) },
  });

describe('the contract finds out an adapter that', () => {
  test('is named by nobody', async () => {
    expect(await failuresOf((fake) => ({ ...fake, meetingId: '' }))).toEqual([
      'names its meeting and its person, the same each time',
    ]);
  });

  test('has less than is said, or more', async () => {
    const name = 'has what it is said to have, and nothing else';
    expect(await failuresOf(({ devices: _devices, ...fake }) => fake, [...platformParts])).toEqual([name]);
    expect(
      await failuresOf(
        (fake) => fake,
        everything.filter((part) => part !== 'keys'),
      ),
    ).toEqual([name]);
  });

  test('goes on telling who has unsubscribed', async () => {
    const failed = await failuresOf((fake) => ({
      ...fake,
      subscribe: (listener) => {
        fake.subscribe(listener);
        return () => {};
      },
    }));
    expect(failed).toEqual([
      'tells nothing to a listener that has gone: who joins',
      'tells nothing to a listener that has gone: sharing',
      'tells nothing to a listener that has gone: captures seen',
      'tells nothing to a listener that has gone: keys',
    ]);
  });

  test('[G2] tells of a capture but does not show it to who asks later', async () => {
    expect(
      await failuresOf((fake) => ({ ...fake, snapshot: () => ({ captures: [], sharing: fake.snapshot().sharing }) })),
    ).toEqual(['shows a capture of the platform to who asks later, until it has ended']);
  });

  test('tells each thing twice, or the wrong endpoint', async () => {
    const twice = (fake: FakeAdapter): MeetingAdapter => ({
      ...fake,
      subscribe: (listener) =>
        fake.subscribe((fact) => {
          listener(fact);
          listener(fact);
        }),
    });
    expect(await failuresOf(twice)).toEqual(
      expect.arrayContaining(['tells who joins and who leaves, by endpoint', 'tells each key once, as it is pressed']),
    );
    const renamed = (fact: AdapterFact): AdapterFact => (fact.fact === 'left' ? { ...fact, endpoint: 'bo' } : fact);
    const wrong = (fake: FakeAdapter): MeetingAdapter => ({
      ...fake,
      subscribe: (listener) => fake.subscribe((fact) => listener(renamed(fact))),
    });
    expect(await failuresOf(wrong)).toEqual(['tells who joins and who leaves, by endpoint']);
  });

  test.each<[string, (own: CaptureController) => Partial<CaptureController>, string]>([
    [
      '[G9] never ends its start',
      () => ({ start: () => new Promise(() => {}) }),
      'start ends by itself or in time, and then it runs',
    ],
    [
      '[G1] begins with somebody included',
      (own) => ({
        start: async (command) => {
          await own.start(command);
          if (own.capabilities.exclude) await own.include(command.recordingId, ['bo']);
        },
      }),
      'starts with nobody included',
    ],
    ['[G1] leaves nobody out', () => ({ exclude: async () => {} }), 'includes and excludes whom it is told, once'],
    [
      'cannot be stopped twice',
      (own) => {
        const stopped = new Set<string>();
        return {
          stop: async (id) => {
            if (stopped.has(id)) throw new Error('stopped already');
            stopped.add(id);
            await own.stop(id);
          },
        };
      },
      'stop ends it, and may be said again, or of what never ran',
    ],
    [
      '[G8] forgets its fence',
      () => ({ fence: async () => {} }),
      'after a fence, a lower epoch starts nothing and the same one does',
    ],
    ['only says that it paused', () => ({ pause: async () => {} }), 'pauses and resumes, each once'],
    [
      '[G8] outlives its lease',
      (own) => ({ start: (command) => own.start({ ...command, leaseMs: 10_000 }) }),
      'ends by itself when nobody renews its lease, and says so',
    ],
    [
      '[G8] lets anybody renew',
      (own) => ({
        renew: async (id, _epoch, leaseMs) => own.renew(id, { number: 9, id: 'x', incarnation: 'x' }, leaseMs),
      }),
      'goes on while its lease is renewed, and takes no lower epoch’s word for it',
    ],
    [
      'starts what was given up',
      (own) => ({ start: (command) => own.start({ ...command, signal: new AbortController().signal }) }),
      'a start that was given up before it began is rejected, and nothing runs',
    ],
  ])('has a recorder that %s', async (_, change, name) => {
    expect(await failuresOf(withCapture(change))).toContain(`the recorder: ${name}`);
  });

  test.each<[string, (own: FakeAdapter['devices']) => Partial<FakeAdapter['devices']>, string]>([
    [
      '[G13] gives back what it was not told to',
      (own) => ({ release: (devices) => own.release(devices, devices) }),
      'a release gives back what it is told to, and nothing more',
    ],
    ['[G13] holds nothing', () => ({ hold: () => {} }), 'a hold switches off what it holds, at once, and nothing else'],
    ['tells nobody', () => ({ subscribe: () => () => {} }), 'a change is told to who listens, and not to who has gone'],
  ])('has devices that: %s', async (_, change, name) => {
    expect(await failuresOf(withDevices(change))).toContain(`the devices: ${name}`);
  });

  test('finds nothing in the fake adapter as it is', async () => {
    expect(await failuresOf((fake) => fake)).toEqual([]);
  });
});
