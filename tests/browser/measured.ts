/** The sound of a recording, decoded by the browser. */
export async function soundOf(blob: Blob): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, 1, 48_000);
  return context.decodeAudioData(await blob.arrayBuffer());
}

/** How loud one tone is between two times, in seconds: 1 for a full sine, by Goertzel's algorithm. */
export function loudness(sound: AudioBuffer, hertz: number, fromS: number, toS: number): number {
  const from = Math.max(0, Math.round(fromS * sound.sampleRate));
  const samples = sound.getChannelData(0).subarray(from, Math.round(toS * sound.sampleRate));
  const turn = (2 * Math.PI * hertz) / sound.sampleRate;
  const factor = 2 * Math.cos(turn);
  let last = 0;
  let beforeLast = 0;
  for (const [index, sample] of samples.entries()) {
    // Hann's window: without it one tone leaks into the next.
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length);
    [last, beforeLast] = [sample * window + factor * last - beforeLast, last];
  }
  const power = last ** 2 + beforeLast ** 2 - factor * last * beforeLast;
  return (4 * Math.sqrt(Math.max(0, power))) / Math.max(1, samples.length);
}

/** The pictures of a recording at these times, in seconds. */
export async function stills(blob: Blob, times: readonly number[]): Promise<ImageData[]> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(blob);
  await once(video, 'loadeddata');
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('no canvas');
  const images: ImageData[] = [];
  for (const time of times) {
    const sought = once(video, 'seeked');
    video.currentTime = time;
    await sought;
    pen.drawImage(video, 0, 0, 160, 90);
    images.push(pen.getImageData(0, 0, 160, 90));
  }
  URL.revokeObjectURL(video.src);
  return images;
}

/** Which part of a picture is (nearly) of this colour, 0 to 1. */
export function portionOf({ data }: ImageData, [red = 0, green = 0, blue = 0]: readonly number[]): number {
  let near = 0;
  for (let at = 0; at < data.length; at += 4) {
    const distance = Math.hypot((data[at] ?? 0) - red, (data[at + 1] ?? 0) - green, (data[at + 2] ?? 0) - blue);
    if (distance < 90) near += 1;
  }
  return near / (data.length / 4);
}

function once(target: EventTarget, name: string): Promise<Event> {
  return new Promise((resolve, reject) => {
    target.addEventListener(name, resolve, { once: true });
    target.addEventListener('error', () => reject(new Error(`no ${name}`)), { once: true });
  });
}
