import { browserCues } from 'meeting-notice/browser';

/** What is heard of a context, between it and the loudspeaker. */
const audio = new AudioContext();
const ear = new AnalyserNode(audio, { fftSize: 2048 });
ear.connect(audio.destination);
Object.defineProperty(audio, 'destination', { value: ear });

let loudest = 0;
const samples = new Float32Array(ear.fftSize);
setInterval(() => {
  ear.getFloatTimeDomainData(samples);
  for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
}, 20);

// By itself, and told by the console: a test that evaluated anything here would be a gesture to the browser.
browserCues({ audioContext: audio, speech: false }).play(
  {
    cueId: 'a',
    cue: 'started',
    purpose: 'recording',
    purposes: ['recording'],
    announcement: { text: 'This meeting is being recorded.', locale: 'en' },
    playInMs: 30_000,
    recordingId: 'r',
  },
  (result) => console.log(`${result}, ${loudest > 0.05 ? 'heard' : 'silent'}`),
);
