import { type BrowserCapture, browserCapture, type RecordedFile } from 'meeting-notice/browser';
import type { CaptureFact } from '../../../src/recording/capture.types.ts';
import { loudness, portionOf, soundOf, stills } from '../measured.ts';
import { type Presence, presence } from '../presence.ts';

const epoch = { number: 1, id: 'hana', incarnation: 'a' };
const small = { size: { width: 320, height: 180 }, timesliceMs: 200 };

/** A person made of one tone and one colour, both of which can be changed. */
class Synthetic {
  readonly stream: MediaStream;
  readonly #context = new AudioContext();
  readonly #oscillator: OscillatorNode;
  readonly #timer: number;
  #colour: string;

  constructor(hertz: number, colour: string) {
    this.#colour = colour;
    const out = this.#context.createMediaStreamDestination();
    this.#oscillator = new OscillatorNode(this.#context, { frequency: hertz });
    this.#oscillator.connect(new GainNode(this.#context, { gain: 0.3 })).connect(out);
    this.#oscillator.start();
    const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const paint = () => {
      if (!pen) return;
      pen.fillStyle = this.#colour;
      pen.fillRect(0, 0, 160, 90);
    };
    paint();
    this.#timer = window.setInterval(paint, 50);
    this.stream = new MediaStream([...canvas.captureStream(20).getTracks(), ...out.stream.getTracks()]);
  }

  become(hertz: number, colour: string): void {
    this.#oscillator.frequency.value = hertz;
    this.#colour = colour;
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    for (const track of this.stream.getTracks()) track.stop();
    await this.#context.close();
  }
}

/** The same media as it comes out of a real peer connection at the other side. */
async function overPeerConnection(stream: MediaStream): Promise<MediaStream> {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined);
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined);
  const received = new MediaStream();
  const complete = new Promise<void>((resolve) => {
    far.ontrack = ({ track }) => {
      received.addTrack(track);
      if (received.getTracks().length === stream.getTracks().length) resolve();
    };
  });
  for (const track of stream.getTracks()) near.addTrack(track, stream);
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
  await complete;
  return received;
}

function command(more: { leaseMs?: number; signal?: AbortSignal; number?: number; storage?: 'local' | 'cloud' } = {}) {
  return {
    recordingId: 'r1',
    storage: more.storage ?? 'local',
    epoch: { ...epoch, number: more.number ?? 1 },
    leaseMs: more.leaseMs ?? 60_000,
    signal: more.signal ?? new AbortController().signal,
  };
}

const passes = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What a call comes to: `done`, or the code of its error. */
const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

/**
 * Where in a part of a file each tone is heard and each colour seen. Parts are counted in milliseconds back from the
 * end of the file, where the clock of the page and that of the file are known to meet.
 */
async function partsOf(
  file: RecordedFile | undefined,
  tones: readonly number[],
  colours: readonly (readonly number[])[],
) {
  if (!file) throw new Error('nothing was recorded');
  const blob = await file.read();
  const sound = await soundOf(blob);
  const durationMs = sound.duration * 1000;
  return {
    durationMs,
    part: async (fromEndMs: number, toEndMs: number): Promise<{ heard: Presence[]; seen: Presence[] }> => {
      const from = Math.max(0, durationMs - fromEndMs) / 1000;
      const to = (durationMs - toEndMs) / 1000;
      const times = Array.from({ length: Math.floor((to - from) * 10) + 1 }, (_, index) => from + index / 10);
      const images = await stills(blob, times);
      const slices = times.slice(0, -1);
      return {
        heard: tones.map((hertz) =>
          presence(
            slices.map((at) => loudness(sound, hertz, at, at + 0.1)),
            0.1,
            0.01,
          ),
        ),
        seen: colours.map((colour) =>
          presence(
            images.map((image) => portionOf(image, colour)),
            0.05,
            0,
          ),
        ),
      };
    },
  };
}

/** From now on remembers what is taken of the browser; the function returned tells what was not given back. */
function watchResources(): () => { contexts: number; tracks: number } {
  const contexts: AudioContext[] = [];
  const tracks: MediaStreamTrack[] = [];
  const { captureStream } = HTMLCanvasElement.prototype;
  window.AudioContext = class extends window.AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
    override createMediaStreamDestination() {
      const out = super.createMediaStreamDestination();
      tracks.push(...out.stream.getTracks());
      return out;
    }
  };
  HTMLCanvasElement.prototype.captureStream = function (...parameters) {
    const stream = captureStream.apply(this, parameters);
    tracks.push(...stream.getTracks());
    return stream;
  };
  return () => ({
    contexts: contexts.filter(({ state }) => state !== 'closed').length,
    tracks: tracks.filter(({ readyState }) => readyState !== 'ended').length,
  });
}

/** The folders that recordings have in the origin's private file system. */
async function foldersLeft(): Promise<string[]> {
  const names: string[] = [];
  try {
    const root = await navigator.storage.getDirectory();
    for await (const name of (await root.getDirectoryHandle('meeting-notice-recordings')).keys()) names.push(name);
  } catch {
    // Nothing was ever written.
  }
  return names;
}

function nextFact(capture: BrowserCapture): Promise<CaptureFact> {
  return new Promise((resolve) => {
    const stop = capture.subscribe((fact) => {
      stop();
      resolve(fact);
    });
  });
}

const lab = {
  browserCapture,
  command,
  foldersLeft,
  nextFact,
  outcome,
  overPeerConnection,
  partsOf,
  passes,
  small,
  Synthetic,
  watchResources,
};

declare global {
  interface Window {
    lab: typeof lab;
  }
}

window.lab = lab;
