import { describe, expect, test } from 'vitest';
import type { Epoch } from '../../src/participants/participants.types.ts';
import type { CaptureFact } from '../../src/recording/capture.types.ts';
import { simulatedCapture } from '../../src/simulator/simulated-capture.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { SimulatedProcess } from '../../src/simulator/simulated-process.ts';
import { simulatedRecorder } from '../../src/simulator/simulated-recorder.ts';

const epoch = (number: number): Epoch => ({ number, id: 'hana', incarnation: 'x' });

function recorder({ startMs = 0, canExclude = true, lease = true } = {}) {
  const clock = simulatedClock();
  const told: string[] = [];
  const facts: CaptureFact[] = [];
  const made = simulatedRecorder(
    clock,
    { startMs, canExclude, lease },
    { status: (id, status, storage) => told.push(`${id} ${status} ${storage}`), included: () => {} },
  );
  made.subscribe((fact) => facts.push(fact));
  const start = (recordingId = 'r', number = 1, signal = new AbortController().signal) =>
    made.start({ recordingId, storage: 'cloud', epoch: epoch(number), leaseMs: 10_000, signal });
  return { clock, told, facts, recorder: made, start };
}

describe('the simulated recorder', () => {
  test('[G1] holds nobody until they are included, and nobody while it is paused', async () => {
    const { recorder: made, start } = recorder();
    await start();
    expect(made.takes('bo')).toEqual([]);
    made.include('r', ['bo'], true);
    expect(made.takes('bo')).toEqual(['r']);
    made.turn('r', 'paused');
    expect(made.takes('bo')).toEqual([]);
    made.turn('r', 'on');
    made.include('r', ['bo'], false);
    expect(made.takes('bo')).toEqual([]);
    expect(made.snapshot()).toEqual({ captures: [{ recordingId: 'r', status: 'on', included: [] }] });
  });

  test('that cannot leave anybody out holds whoever is there, and refuses to include', async () => {
    const { recorder: made, start } = recorder({ canExclude: false });
    await start();
    expect(made.takes('anybody')).toEqual(['r']);
    expect(() => made.include('r', ['bo'], true)).toThrow(/takes whoever is on air/);
  });

  test('takes its time to start, begins once however often it is told, and not where it was aborted', async () => {
    const { clock, told, recorder: made, start } = recorder({ startMs: 500 });
    const controller = new AbortController();
    const [first, again] = [start(), start()];
    const aborted = start('other', 1, controller.signal).catch((error: Error) => error.message);
    controller.abort();
    expect([made.has('r'), told]).toEqual([true, []]);
    clock.runFor(500);
    await Promise.all([first, again]);
    expect([told, await aborted]).toEqual([['r on cloud'], 'the start was aborted']);
  });

  test('[G8] refuses a lower epoch than it has heard of, also by a fence', async () => {
    const { recorder: made, start } = recorder();
    await start('r', 3);
    await expect(start('s', 2)).rejects.toThrow(/higher epoch/);
    expect(() => made.renew('r', epoch(2), 1000)).toThrow(/higher epoch/);
    made.fence(epoch(5));
    expect(() => made.renew('r', epoch(4), 1000)).toThrow(/higher epoch/);
    made.renew('r', epoch(5), 1000);
  });

  test('[G2] ends by itself when its lease runs out, and says so', async () => {
    const { clock, told, facts, recorder: made, start } = recorder();
    await start();
    clock.runFor(9000);
    made.renew('r', epoch(1), 10_000);
    clock.runFor(9999);
    expect(made.has('r')).toBe(true);
    clock.runFor(1);
    expect([told.at(-1), facts]).toEqual([
      'r off cloud',
      [{ fact: 'ended', recordingId: 'r', code: 'capture/lease-lost' }],
    ]);
    const without = recorder({ lease: false });
    await without.start();
    without.clock.runFor(3_600_000);
    expect(without.recorder.has('r')).toBe(true);
  });

  test('stops once, says so, and is asked about nothing that it does not record', async () => {
    const { facts, recorder: made, start } = recorder();
    await start();
    made.stop('r');
    made.stop('r');
    expect(facts).toEqual([{ fact: 'stopped', recordingId: 'r' }]);
    expect(() => made.turn('r', 'paused')).toThrow(/nothing is recorded as r/);
    await start('s');
    made.crash('recorder/gone');
    expect(facts.at(-1)).toEqual({ fact: 'ended', recordingId: 's', code: 'recorder/gone' });
  });

  test('begins nothing once it is gone, not even what was on its way', async () => {
    const { clock, recorder: made, start } = recorder({ startMs: 3000 });
    const begun = start();
    made.crash();
    clock.runFor(10_000);
    await expect(begun).rejects.toThrow(/the recorder is gone/);
    expect([made.has('r'), made.isOn]).toEqual([false, false]);
  });
});

test('a client reaches a recorder only while it is connected, and what fails or hangs does so at every call', async () => {
  const { clock, recorder: made } = recorder();
  const process = new SimulatedProcess(clock);
  let state: 'connected' | 'disconnected' | 'gone' = 'connected';
  const options = {
    startMs: 0,
    fails: ['pause' as const],
    hangs: ['stop' as const],
    canExclude: true,
    canPause: true,
    lease: true,
  };
  const capture = simulatedCapture({ process, cloud: made, local: recorder().recorder, options, state: () => state });
  const { signal } = new AbortController();
  await capture.start({ recordingId: 'r', storage: 'cloud', epoch: epoch(1), leaseMs: 10_000, signal });
  await expect(capture.pause('r')).rejects.toThrow();
  state = 'disconnected';
  await expect(capture.include('r', ['bo'])).rejects.toThrow();
  state = 'connected';
  let ended = false;
  const stopping = capture.stop('r').then(() => {
    ended = true;
  });
  clock.runFor(60_000);
  await Promise.race([stopping, new Promise((resolve) => setImmediate(resolve))]);
  expect(ended).toBe(false);
});
