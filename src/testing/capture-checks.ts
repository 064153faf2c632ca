import type { Epoch } from '../participants/participants.types.ts';
import type { CaptureController, CaptureFact, StartCapture } from '../recording/capture.types.ts';
import type { AdapterBench, AdapterCheck, AdapterPart } from './adapter-contract.types.ts';

const recordingId = 'contract-recording';
const epoch = (number: number): Epoch => ({ number, id: 'hana', incarnation: 'contract' });

interface CaptureBench extends AdapterBench {
  readonly capture: CaptureController;
  /** Starts, in time. */
  start(more?: Partial<StartCapture>): Promise<void>;
  running(): Promise<readonly { recordingId: string; status: string; included: readonly string[] }[]>;
}

/** A check of the recorder; whatever it leaves running is stopped. */
function check(parts: readonly AdapterPart[], run: (bench: CaptureBench) => Promise<void>): AdapterCheck {
  return {
    needs: ['capture', ...parts],
    async run(bench) {
      const { capture } = bench.adapter;
      if (!capture) throw new Error('The adapter has no recorder.');
      const command = (more: Partial<StartCapture>): StartCapture => ({
        recordingId,
        storage: capture.capabilities.storage[0] ?? 'cloud',
        epoch: epoch(5),
        leaseMs: 10_000,
        signal: new AbortController().signal,
        ...more,
      });
      try {
        await run({
          ...bench,
          capture,
          start: (more = {}) => bench.inTime('start has ended', capture.start(command(more))),
          running: async () => (await bench.inTime('snapshot has ended', capture.snapshot())).captures,
        });
      } finally {
        await capture.stop(recordingId).catch(() => {});
      }
    },
  };
}

/** What every recorder must do. */
export const captureChecks: Readonly<Record<string, AdapterCheck>> = {
  'the recorder: nothing runs before it is started': check([], async ({ running, mustEqual }) => {
    mustEqual(await running(), [], 'what runs');
  }),
  'the recorder: start ends by itself or in time, and then it runs': check(
    [],
    async ({ start, running, mustEqual }) => {
      await start();
      const states = (await running()).map((each) => [each.recordingId, each.status]);
      mustEqual(states, [[recordingId, 'on']], 'what runs');
    },
  ),
  'the recorder: starts with nobody included': check(['capture.exclude'], async ({ start, running, mustEqual }) => {
    await start();
    mustEqual((await running())[0]?.included, [], 'who is included');
  }),
  'the recorder: includes and excludes whom it is told, once': check(
    ['capture.exclude'],
    async ({ capture, start, running, inTime, mustEqual }) => {
      const included = async () => [...((await running())[0]?.included ?? [])].sort();
      await start();
      await inTime('include has ended', capture.include(recordingId, ['bo', 'cy']));
      await inTime('include has ended again', capture.include(recordingId, ['bo']));
      mustEqual(await included(), ['bo', 'cy'], 'who is included');
      await inTime('exclude has ended', capture.exclude(recordingId, ['bo']));
      await inTime('exclude has ended again', capture.exclude(recordingId, ['bo', 'nobody']));
      mustEqual(await included(), ['cy'], 'who is still included');
    },
  ),
  'the recorder: a second start of the same recording is the first one, with whom it includes': check(
    [],
    async ({ capture, start, running, inTime, mustEqual }) => {
      await start();
      if (capture.capabilities.exclude) await inTime('include has ended', capture.include(recordingId, ['bo']));
      const before = await running();
      await start();
      mustEqual(await running(), before, 'what runs');
    },
  ),
  'the recorder: a start that was given up before it began is rejected, and nothing runs': check(
    [],
    async ({ start, running, mustReject, mustEqual }) => {
      const given = new AbortController();
      given.abort();
      await mustReject('start with an aborted signal', start({ signal: given.signal }));
      mustEqual(await running(), [], 'what runs');
    },
  ),
  'the recorder: stop ends it, and may be said again, or of what never ran': check(
    [],
    async ({ capture, start, running, inTime, mustEqual }) => {
      await inTime('stop of what never ran has ended', capture.stop('contract-never'));
      await start();
      await inTime('stop has ended', capture.stop(recordingId));
      mustEqual(await running(), [], 'what runs');
      await inTime('a second stop has ended', capture.stop(recordingId));
      mustEqual(await running(), [], 'what runs afterwards');
    },
  ),
  'the recorder: after a fence, a lower epoch starts nothing and the same one does': check(
    [],
    async ({ capture, start, running, inTime, mustReject, mustEqual }) => {
      await inTime('fence has ended', capture.fence(epoch(7)));
      await mustReject('start of a lower epoch', start({ epoch: epoch(6) }));
      mustEqual(await running(), [], 'what runs');
      await inTime(
        'fence by a lower epoch has ended',
        capture.fence(epoch(3)).catch(() => {}),
      );
      await mustReject('start of a lower epoch, after a fence that was lower still', start({ epoch: epoch(6) }));
      await start({ epoch: epoch(7) });
      mustEqual((await running()).length, 1, 'how many run');
    },
  ),
  'the recorder: pauses and resumes, each once': check(
    ['capture.pause'],
    async ({ capture, start, running, inTime, mustEqual }) => {
      const status = async () => (await running()).map((each) => each.status);
      await start();
      await inTime('pause has ended', capture.pause(recordingId));
      await inTime('pause has ended again', capture.pause(recordingId));
      mustEqual(await status(), ['paused'], 'its status');
      await inTime('resume has ended', capture.resume(recordingId));
      await inTime('resume has ended again', capture.resume(recordingId));
      mustEqual(await status(), ['on'], 'its status afterwards');
    },
  ),
  'the recorder: ends by itself when nobody renews its lease, and says so': check(
    ['capture.lease'],
    async ({ capture, start, running, until, must, mustEqual }) => {
      const facts: CaptureFact[] = [];
      const end = capture.subscribe((fact) => facts.push(fact));
      await start({ leaseMs: 40 });
      await until('it has said that it ended', () => facts.length > 0);
      end();
      const [fact] = facts;
      must(fact?.fact === 'ended' && fact.recordingId === recordingId, `the fact is that it ended, not ${fact?.fact}`);
      must(fact?.fact === 'ended' && fact.code !== '', 'it says why');
      mustEqual(await running(), [], 'what runs');
    },
  ),
  'the recorder: goes on while its lease is renewed, and takes no lower epoch’s word for it': check(
    ['capture.lease'],
    async ({ capture, start, running, inTime, mustReject, quiet, mustEqual }) => {
      await start({ leaseMs: 10_000 });
      await inTime('renew has ended', capture.renew(recordingId, epoch(5), 10_000));
      await mustReject('renew by a lower epoch', capture.renew(recordingId, epoch(4), 1));
      await quiet();
      mustEqual((await running()).length, 1, 'how many run');
    },
  ),
  'the recorder: tells nothing to a listener that has gone': check(
    ['capture.lease'],
    async ({ capture, start, until, mustEqual }) => {
      const [stays, goes]: [CaptureFact[], CaptureFact[]] = [[], []];
      const endStaying = capture.subscribe((fact) => stays.push(fact));
      const end = capture.subscribe((fact) => goes.push(fact));
      end();
      end();
      await start({ leaseMs: 40 });
      await until('who stays is told', () => stays.length > 0);
      endStaying();
      mustEqual(goes, [], 'what who has gone is told');
    },
  ),
};
