import { initialsOf } from 'meeting-notice/browser';

export type MediaSource = 'camera' | 'generated';

/** What a person sends: one audio and one video track, from the real devices or drawn and played here. */
export interface OwnMedia {
  readonly stream: MediaStream;
  /** What each of the two comes from. */
  readonly source: { readonly audio: MediaSource; readonly video: MediaSource | 'none' };
  stop(): void;
}

export interface Wishes {
  readonly name: string;
  readonly source: MediaSource;
  /** A phone sends no picture. */
  readonly video: boolean;
  readonly toneHz: number;
}

/** Of what is drawn, in pixels. */
export const width = 384;
export const height = 216;
const framesPerSecond = 8;
/** A tone and a colour for each of the first eight; more than that share. */
export const tonesHz = [220, 330, 440, 587, 262, 392, 523, 659];
const hues = [222, 168, 22, 280, 345, 195, 48, 130];

function hashOf(text: string): number {
  return [...text].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);
}

/** A tone of one's own, so that a recording tells by ear who is in it. */
export const toneFor = (name: string): number => tonesHz[hashOf(name) % tonesHz.length] ?? 440;

/** A colour that goes with the tone, in degrees. */
function hueFor(toneHz: number): number {
  return hues[tonesHz.indexOf(toneHz)] ?? Math.round(toneHz) % 360;
}

function draw(context: CanvasRenderingContext2D, name: string, hue: number, seconds: number): void {
  const sky = context.createLinearGradient(0, 0, width, height);
  sky.addColorStop(0, `hsl(${hue} 45% 30%)`);
  sky.addColorStop(1, `hsl(${(hue + 40) % 360} 50% 18%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);

  context.strokeStyle = `hsl(${hue} 80% 75% / 0.55)`;
  context.lineWidth = 3;
  context.beginPath();
  for (let x = 0; x <= width; x += 8) {
    const y = height * 0.82 + Math.sin(x / 55 + seconds * 3) * 14 * Math.sin(seconds * 0.9 + x / 200);
    if (x === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();

  const [x, y, radius] = [width / 2, height * 0.44, 54 + Math.sin(seconds * 2) * 3];
  context.fillStyle = `hsl(${hue} 55% 46%)`;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(
    x + Math.cos(seconds * 1.4) * (radius + 12),
    y + Math.sin(seconds * 1.4) * (radius + 12),
    7,
    0,
    Math.PI * 2,
  );
  context.fill();
  context.font = '600 46px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(initialsOf(name), x, y + 4);
}

/** What goes out in place of a device's. */
export interface SentTrack {
  readonly track: MediaStreamTrack;
  stop(): void;
}

/** A picture that is drawn again and again. */
export function drawnTrack(draw: (context: CanvasRenderingContext2D, seconds: number) => void): SentTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (!context || !track) throw new Error('This browser cannot draw a picture to send.');
  const since = performance.now();
  const paint = () => draw(context, (performance.now() - since) / 1000);
  paint();
  // Not requestAnimationFrame: a frame scrolled out of view still takes part in the meeting.
  const timer = setInterval(paint, 1000 / framesPerSecond);
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

function generatedPicture({ name, toneHz }: Wishes): SentTrack {
  return drawnTrack((context, seconds) => draw(context, name, hueFor(toneHz), seconds));
}

function generatedTone(toneHz: number): SentTrack {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: toneHz });
  const quiet = new GainNode(context, { gain: 0.08 });
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  tone.connect(quiet).connect(out);
  tone.start();
  const [track] = out.stream.getAudioTracks();
  if (!track) throw new Error('This browser cannot make a tone to send.');
  // Sound may need a gesture first; until then the tone is silence.
  const wake = () => void context.resume();
  const gestures = ['pointerdown', 'keydown'] as const;
  wake();
  for (const gesture of gestures) addEventListener(gesture, wake);
  return {
    track,
    stop() {
      for (const gesture of gestures) removeEventListener(gesture, wake);
      track.stop();
      void context.close();
    },
  };
}

/** The real devices, or as many of them as there are and may be used. */
async function devicesOf(video: boolean): Promise<{ audio?: MediaStreamTrack; video?: MediaStreamTrack }> {
  const tries: MediaStreamConstraints[] = video
    ? [{ audio: true, video: { width: 640, height: 360 } }, { video: { width: 640, height: 360 } }, { audio: true }]
    : [{ audio: true }];
  for (const constraints of tries) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia(constraints);
      const [audioTrack] = stream.getAudioTracks();
      const [videoTrack] = stream.getVideoTracks();
      return { ...(audioTrack && { audio: audioTrack }), ...(videoTrack && { video: videoTrack }) };
    } catch {
      // Refused, missing or in use: the next best is tried.
    }
  }
  return {};
}

/** Opens what this person sends. It does not fail: what cannot be had from a device is generated. */
export async function openMedia(wishes: Wishes): Promise<OwnMedia> {
  const { source, video, toneHz } = wishes;
  const real = source === 'camera' && navigator.mediaDevices ? await devicesOf(video) : {};
  const sound = real.audio ? { track: real.audio, stop: () => real.audio?.stop() } : generatedTone(toneHz);
  const picture = real.video
    ? { track: real.video, stop: () => real.video?.stop() }
    : video
      ? generatedPicture(wishes)
      : undefined;
  return {
    stream: new MediaStream([sound.track, ...(picture ? [picture.track] : [])]),
    source: {
      audio: real.audio ? 'camera' : 'generated',
      video: real.video ? 'camera' : picture ? 'generated' : 'none',
    },
    stop() {
      sound.stop();
      picture?.stop();
    },
  };
}
