import { expect, test } from 'vitest';
import { describeLab } from './lab.ts';
import type {} from './pages/capture.ts';

describeLab('a recording in the page', { at: 'capture', given: 'lab' }, (lab) => {
  test('[G1] holds a person from their include to their exclude, and nobody before the first include', async () => {
    const parts = await lab.page().evaluate(async () => {
      const { browserCapture, command, partsOf, passes, small, Synthetic } = window.lab;
      const [red, green] = [[220, 20, 20] as const, [20, 200, 20] as const];
      const capture = browserCapture(small);
      capture.setParticipant('ann', { stream: new Synthetic(440, `rgb(${red})`).stream, name: 'Ann' });
      capture.setParticipant('bo', { stream: new Synthetic(1320, `rgb(${green})`).stream, name: 'Bo' });
      await capture.start(command());
      await passes(600);
      const includedAt = performance.now();
      await capture.include('r1', ['ann', 'bo']);
      await passes(1000);
      const excludingAt = performance.now();
      await capture.exclude('r1', ['bo']);
      const excludedAt = performance.now();
      await passes(1000);
      const endedAt = performance.now();
      await capture.stop('r1');
      const { part } = await partsOf(capture.files()[0], [440, 1320], [red, green]);
      return {
        before: await part(60_000, endedAt - includedAt + 50),
        between: await part(endedAt - includedAt - 300, endedAt - excludingAt + 100),
        after: await part(endedAt - excludedAt - 80, 80),
      };
    });
    expect(parts).toEqual({
      before: { heard: ['never', 'never'], seen: ['never', 'never'] },
      between: { heard: ['all', 'all'], seen: ['all', 'all'] },
      after: { heard: ['all', 'never'], seen: ['all', 'never'] },
    });
  });

  test('[G1] has nothing of what a person did while they were excluded, once they are included again', async () => {
    const whole = await lab.page().evaluate(async () => {
      const { browserCapture, command, partsOf, passes, small, Synthetic } = window.lab;
      const [green, blue] = [[20, 200, 20] as const, [30, 30, 230] as const];
      const capture = browserCapture(small);
      const bo = new Synthetic(1320, `rgb(${green})`);
      capture.setParticipant('bo', { stream: bo.stream });
      await capture.start(command());
      await capture.include('r1', ['bo']);
      await passes(500);
      await capture.exclude('r1', ['bo']);
      bo.become(2640, `rgb(${blue})`);
      await passes(700);
      bo.become(1320, `rgb(${green})`);
      await passes(250);
      const againAt = performance.now();
      await capture.include('r1', ['bo']);
      await passes(800);
      const endedAt = performance.now();
      await capture.stop('r1');
      const { part } = await partsOf(capture.files()[0], [1320, 2640], [green, blue]);
      return { whole: await part(60_000, 50), again: await part(endedAt - againAt - 300, 80) };
    });
    expect({ heard: whole.whole.heard[1], seen: whole.whole.seen[1] }).toEqual({ heard: 'never', seen: 'never' });
    expect(whole.again).toEqual({ heard: ['all', 'never'], seen: ['all', 'never'] });
  });

  test('[G1] has nothing of the time it was paused, in length, sound or picture', async () => {
    const result = await lab.page().evaluate(async () => {
      const { browserCapture, command, partsOf, passes, small, Synthetic } = window.lab;
      const [red, blue] = [[220, 20, 20] as const, [30, 30, 230] as const];
      const capture = browserCapture(small);
      const ann = new Synthetic(440, `rgb(${red})`);
      capture.setParticipant('ann', { stream: ann.stream });
      const startedAt = performance.now();
      await capture.start(command());
      await capture.include('r1', ['ann']);
      await passes(700);
      const pausingAt = performance.now();
      await capture.pause('r1');
      const paused = await capture.snapshot();
      ann.become(1100, `rgb(${blue})`);
      await passes(1200);
      ann.become(440, `rgb(${red})`);
      await passes(250);
      const resumedAt = performance.now();
      await capture.resume('r1');
      await passes(900);
      const endedAt = performance.now();
      await capture.stop('r1');
      const [file] = capture.files();
      const { durationMs, part } = await partsOf(file, [440, 1100], [red, blue]);
      const longestMs = pausingAt - startedAt + endedAt - resumedAt;
      return {
        paused,
        whole: await part(60_000, 50),
        resumed: await part(endedAt - resumedAt - 300, 80),
        isWithoutPause: durationMs <= longestMs + 100 && durationMs > longestMs - 600,
        saysSo: Math.abs((file?.durationMs ?? 0) - durationMs) < 250,
      };
    });
    expect(result.paused).toEqual({ captures: [{ recordingId: 'r1', status: 'paused', included: ['ann'] }] });
    expect({ heard: result.whole.heard[1], seen: result.whole.seen[1] }).toEqual({ heard: 'never', seen: 'never' });
    expect(result.resumed).toEqual({ heard: ['all', 'never'], seen: ['all', 'never'] });
    expect({ isWithoutPause: result.isWithoutPause, saysSo: result.saysSo }).toEqual({
      isWithoutPause: true,
      saysSo: true,
    });
  });

  test('[G1] records what comes over a peer connection, and no longer after the person is gone', async () => {
    const parts = await lab.page().evaluate(async () => {
      const { browserCapture, command, overPeerConnection, partsOf, passes, small, Synthetic } = window.lab;
      const red = [220, 20, 20] as const;
      const capture = browserCapture(small);
      const stream = await overPeerConnection(new Synthetic(440, `rgb(${red})`).stream);
      await capture.start(command());
      await capture.include('r1', ['ann']);
      capture.setParticipant('ann', { stream, name: 'Ann' });
      await passes(1500);
      const leavingAt = performance.now();
      capture.removeParticipant('ann');
      await passes(800);
      const endedAt = performance.now();
      await capture.stop('r1');
      const { part } = await partsOf(capture.files()[0], [440], [red]);
      return {
        here: await part(endedAt - leavingAt + 600, endedAt - leavingAt + 100),
        gone: await part(endedAt - leavingAt - 120, 80),
      };
    });
    expect(parts).toEqual({
      here: { heard: ['all'], seen: ['all'] },
      gone: { heard: ['never'], seen: ['never'] },
    });
  });

  test('shows the name and an avatar of whoever is included without a picture', async () => {
    const parts = await lab.page().evaluate(async () => {
      const { browserCapture, command, partsOf, passes, small, Synthetic } = window.lab;
      const ann = new Synthetic(440, 'rgb(220 20 20)');
      const capture = browserCapture(small);
      capture.setParticipant('a', { stream: new MediaStream(ann.stream.getAudioTracks()), name: 'Ann Example' });
      await capture.start(command());
      await capture.include('r1', ['a']);
      await passes(1000);
      await capture.stop('r1');
      // hsl(97 45% 35%), the colour of id "a".
      const avatar = [84, 129, 49];
      return (await partsOf(capture.files()[0], [440], [avatar])).part(500, 80);
    });
    expect(parts).toEqual({ heard: ['all'], seen: ['all'] });
  });

  test('[G2] ends by itself when its lease is not renewed, and closes its file', async () => {
    const result = await lab.page().evaluate(async () => {
      const { browserCapture, command, nextFact, outcome, partsOf, passes, small, Synthetic, watchResources } =
        window.lab;
      const ann = new Synthetic(440, 'rgb(220 20 20)');
      const resources = watchResources();
      const capture = browserCapture(small);
      capture.setParticipant('ann', { stream: ann.stream });
      const ended = nextFact(capture);
      await capture.start(command({ leaseMs: 800 }));
      await capture.include('r1', ['ann']);
      await passes(500);
      await capture.renew('r1', command().epoch, 800);
      await passes(500);
      const renewed = await capture.snapshot();
      const fact = await ended;
      const [file] = capture.files();
      const { durationMs } = await partsOf(file, [440], []);
      return {
        renewed,
        fact,
        after: await capture.snapshot(),
        file: { ended: file?.ended, keptIn: file?.keptIn, name: file?.name, isWhole: durationMs > 1000 },
        late: durationMs > 1800,
        resources: resources(),
        renewing: await outcome(capture.renew('r1', command().epoch, 800)),
        starting: await outcome(capture.start(command())),
        stopping: await outcome(capture.stop('r1')),
      };
    });
    expect(result).toEqual({
      renewed: { captures: [{ recordingId: 'r1', status: 'on', included: ['ann'] }] },
      fact: { fact: 'ended', recordingId: 'r1', code: 'capture/lease-lost' },
      after: { captures: [] },
      file: { ended: 'capture/lease-lost', keptIn: 'origin', name: 'recording-r1.webm', isWhole: true },
      late: false,
      resources: { contexts: 0, tracks: 0 },
      renewing: 'capture/failed',
      starting: 'capture/failed',
      stopping: 'done',
    });
  });

  test('[G8] takes start and renew of the highest epoch it has seen, and goes on through a fence', async () => {
    const result = await lab.page().evaluate(async () => {
      const { browserCapture, command, nextFact, outcome, small } = window.lab;
      const capture = browserCapture(small);
      await capture.fence({ number: 2, id: 'hana', incarnation: 'a' });
      const low = await outcome(capture.start(command({ number: 1 })));
      const right = await outcome(capture.start(command({ number: 2 })));
      await capture.fence({ number: 3, id: 'bo', incarnation: 'b' });
      await capture.fence({ number: 1, id: 'hana', incarnation: 'a' });
      const renewing = await outcome(capture.renew('r1', command({ number: 2 }).epoch, 1000));
      const running = (await capture.snapshot()).captures.length;
      const fact = nextFact(capture);
      await capture.stop('r1');
      return { low, right, renewing, running, fact: await fact };
    });
    expect(result).toEqual({
      low: 'capture/fenced',
      right: 'done',
      renewing: 'capture/fenced',
      running: 1,
      fact: { fact: 'stopped', recordingId: 'r1' },
    });
  });

  test('[G9] leaves nothing running and nothing behind when a start fails, and may be started again', async () => {
    const result = await lab.page().evaluate(async () => {
      const { browserCapture, command, foldersLeft, outcome, passes, small, watchResources } = window.lab;
      const resources = watchResources();
      const facts: unknown[] = [];
      const capture = browserCapture(small);
      capture.subscribe((fact) => facts.push(fact));
      const { start } = MediaRecorder.prototype;
      MediaRecorder.prototype.start = () => {
        throw new DOMException('no encoder', 'NotSupportedError');
      };
      const broken = await outcome(capture.start(command()));
      MediaRecorder.prototype.start = () => undefined;
      const abort = new AbortController();
      const starting = outcome(capture.start(command({ signal: abort.signal })));
      setTimeout(() => abort.abort(), 100);
      const aborted = await starting;
      const stopped = outcome(capture.start(command()));
      await passes(100);
      const taken = resources();
      await capture.stop('r1');
      const codes = { broken, aborted, stopped: await stopped };
      MediaRecorder.prototype.start = start;
      const after = {
        ...resources(),
        snapshot: await capture.snapshot(),
        folders: await foldersLeft(),
        facts: [...facts],
      };
      const again = await outcome(capture.start(command()));
      await capture.stop('r1');
      return { codes, taken, after, again };
    });
    expect(result).toEqual({
      codes: { broken: 'capture/failed', aborted: 'session/aborted', stopped: 'session/aborted' },
      taken: { contexts: 1, tracks: 2 },
      after: {
        contexts: 0,
        tracks: 0,
        snapshot: { captures: [] },
        folders: [],
        facts: [],
      },
      again: 'done',
    });
  });

  test('refuses what it cannot do with what to do instead', async () => {
    const messages = await lab.page().evaluate(async () => {
      const { browserCapture, command, small } = window.lab;
      const message = (call: Promise<unknown>) => call.then(String, (error: Error) => error.message);
      return {
        cloud: await message(browserCapture(small).start(command({ storage: 'cloud' }))),
        type: await message(browserCapture({ ...small, mimeType: 'video/quicktime' }).start(command())),
        include: await message(browserCapture(small).include('r1', ['ann'])),
        exclude: await message(browserCapture(small).exclude('r1', ['ann'])),
      };
    });
    expect(messages).toEqual({
      cloud:
        'This recorder keeps recordings on this device only; request storage "local", or use the platform\'s recorder.',
      type: 'This browser does not record "video/quicktime"; leave mimeType out to take what it can.',
      include: 'The recorder failed to include: "r1" is not running',
      exclude: 'undefined',
    });
  });

  test.each([
    ['capture/storage-full', 'QuotaExceededError'],
    ['capture/storage-failed', 'InvalidStateError'],
  ])('says %s when a chunk cannot be written, and keeps what it has in the page', async (code, error) => {
    const result = await lab.page().evaluate(async (error) => {
      const { browserCapture, command, nextFact, partsOf, passes, small, Synthetic } = window.lab;
      const capture = browserCapture(small);
      capture.setParticipant('ann', { stream: new Synthetic(440, 'rgb(220 20 20)').stream });
      const ended = nextFact(capture);
      await capture.start(command());
      await capture.include('r1', ['ann']);
      await passes(1000);
      FileSystemWritableFileStream.prototype.write = () => Promise.reject(new DOMException('no more', error));
      const fact = await ended;
      const { durationMs, part } = await partsOf(capture.files()[0], [440], []);
      return { fact, isWhole: durationMs > 1000, ...(await part(400, 100)) };
    }, error);
    expect(result).toEqual({
      fact: { fact: 'ended', recordingId: 'r1', code },
      isWhole: true,
      heard: ['all'],
      seen: [],
    });
  });

  test.each([
    ['capture/audio-closed', 'closes its audio context'],
    ['capture/tracks-ended', 'ends its tracks'],
    ['capture/recorder-failed', 'breaks its recorder'],
  ])('[G2] says %s by itself when the browser %s', async (code) => {
    const result = await lab.page().evaluate(async (code) => {
      const { browserCapture, command, nextFact, small } = window.lab;
      const recorders: MediaRecorder[] = [];
      window.MediaRecorder = class extends MediaRecorder {
        constructor(stream: MediaStream, options?: MediaRecorderOptions) {
          super(stream, options);
          recorders.push(this);
        }
      };
      const audioContext = new AudioContext();
      const capture = browserCapture({ ...small, audioContext });
      const ended = nextFact(capture);
      await capture.start(command());
      if (code === 'capture/audio-closed') await audioContext.close();
      if (code === 'capture/tracks-ended') for (const track of recorders[0]?.stream.getTracks() ?? []) track.stop();
      if (code === 'capture/recorder-failed') recorders[0]?.dispatchEvent(new Event('error'));
      return { fact: await ended, after: await capture.snapshot(), files: capture.files().map(({ ended }) => ended) };
    }, code);
    expect(result).toEqual({
      fact: { fact: 'ended', recordingId: 'r1', code },
      after: { captures: [] },
      files: [code],
    });
  });

  test('is kept in the page where the origin has no private files, and has a length that players can show', async () => {
    const result = await lab.page().evaluate(async () => {
      const { browserCapture, command, passes, small } = window.lab;
      Object.defineProperty(navigator.storage, 'getDirectory', { value: undefined });
      const capture = browserCapture(small);
      await capture.start(command());
      await passes(1000);
      await capture.stop('r1');
      const [file] = capture.files();
      if (!file) throw new Error('nothing was recorded');
      const blob = await file.read();
      const video = document.createElement('video');
      video.src = URL.createObjectURL(blob);
      await new Promise((resolve) => video.addEventListener('loadedmetadata', resolve));
      const isLength = Math.abs(video.duration * 1000 - file.durationMs) < 2;
      await file.remove();
      return {
        keptIn: file.keptIn,
        isLength,
        isLongEnough: file.durationMs >= 1000,
        isSize: Math.abs(blob.size - file.sizeBytes) < 20,
        left: capture.files().length,
      };
    });
    expect(result).toEqual({ keptIn: 'page', isLength: true, isLongEnough: true, isSize: true, left: 0 });
  });

  test('[G12] is found again after its page has crashed, but not while it is running, and can be erased', async () => {
    await lab.page().evaluate(async () => {
      const { browserCapture, command, passes, small, Synthetic } = window.lab;
      const capture = browserCapture(small);
      capture.setParticipant('ann', { stream: new Synthetic(440, 'rgb(220 20 20)').stream });
      await capture.start(command());
      await capture.include('r1', ['ann']);
      await passes(1200);
    });
    const other = await lab.page().context().newPage();
    await other.goto(lab.page().url());
    await other.waitForFunction(() => 'lab' in window);
    const during = await other.evaluate(async () => (await window.lab.browserCapture().recover()).length);
    await lab.page().close();
    // The browser lets go of a closed page's lock a moment after it says that the page is closed.
    const locksHeld = () => other.evaluate(async () => ((await navigator.locks.query()).held ?? []).length);
    await expect.poll(locksHeld, { timeout: 10_000 }).toBe(0);
    const after = await other.evaluate(async () => {
      const { browserCapture, foldersLeft, partsOf } = window.lab;
      const capture = browserCapture();
      const [file] = await capture.recover();
      const again = await capture.recover();
      const { durationMs, part } = await partsOf(file, [440], []);
      const { heard } = await part(400, 100);
      const found = { ended: file?.ended, recordingId: file?.recordingId, heard, isLong: durationMs > 800 };
      await file?.remove();
      return { found, again: again.length, files: capture.files().length, folders: await foldersLeft() };
    });
    expect({ during, ...after }).toEqual({
      during: 0,
      found: { ended: 'capture/page-ended', recordingId: 'r1', heard: ['all'], isLong: true },
      again: 1,
      files: 0,
      folders: [],
    });
  });
});
