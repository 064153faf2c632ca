import { browserCapture, browserDevices } from 'meeting-notice/browser';
import { adapterContract } from 'meeting-notice/testing';

/** One person's media: a tone, and a canvas that is never drawn on. */
function media(audio: AudioContext): MediaStream {
  const out = audio.createMediaStreamDestination();
  new OscillatorNode(audio).connect(out);
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
  canvas.getContext('2d');
  return new MediaStream([...canvas.captureStream(5).getTracks(), ...out.stream.getTracks()]);
}

const checks = adapterContract({
  has: ['capture', 'capture.exclude', 'capture.pause', 'capture.lease', 'devices'],
  make() {
    const audio = new AudioContext();
    const capture = browserCapture({ size: { width: 160, height: 90 }, timesliceMs: 200 });
    const devices = browserDevices({ initial: { microphone: true, camera: true, chat: true } });
    for (const id of ['bo', 'cy']) capture.setParticipant(id, { stream: media(audio) });
    devices.attach('microphone', media(audio).getAudioTracks());
    devices.attach('camera', media(audio).getVideoTracks());
    return {
      adapter: {
        meetingId: 'weekly',
        self: () => ({ id: 'hana', role: 'host' }),
        capture,
        devices,
        snapshot: () => ({ captures: [], sharing: false }),
        subscribe: () => () => {},
      },
      close: () => audio.close(),
    };
  },
});

/** Runs every check of the contract, one after the other: what each comes to. */
async function kept(): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const { name, run } of checks) {
    results[name] = await Promise.resolve(run()).then(
      () => 'kept',
      (error) => String(error),
    );
  }
  return results;
}

declare global {
  interface Window {
    kept: typeof kept;
  }
}

window.kept = kept;
