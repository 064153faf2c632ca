import { expect, test } from 'vitest';
import { readHistory } from '../../src/records/history.ts';
import { keptTranscript } from '../../src/records/kept-transcript.ts';
import { createLedger } from '../../src/records/ledger.ts';
import { createMeetingRecords } from '../../src/records/meeting-records.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { memoryBlobs, memoryKeys } from '../../src/records/memory-stores.ts';
import { createVault } from '../../src/records/vault.ts';
import { meetingVcon } from '../../src/records/vcon.ts';
import { verifyLedger } from '../../src/records/verify.ts';
import { writeTranscriptJson } from '../../src/transcript/transcript.parse.ts';
import { writeWebVtt } from '../../src/transcript/webvtt.ts';
import { meeting } from './meeting.ts';

/** Lets hashes, signatures and ciphers settle too: no simulated clock drives them. */
async function settles(all: ReturnType<typeof meeting>, ms = 500): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await all.passes(ms / 20);
  }
}

/** One sentence, a word every 200 ms. */
const sentence = (id: string, speaker: string, startMs: number, text: string) => {
  const words = text
    .split(' ')
    .map((word, place) => ({ text: word, startMs: startMs + place * 200, endMs: startMs + place * 200 + 180 }));
  return { id, speaker, startMs, endMs: words.at(-1)?.endMs ?? startMs, text, final: true, words } as const;
};

test('[G5] [G6] of whoever withdraws in mid-sentence no later word is in the WebVTT, the JSON or the vCon, and the ledger verifies', async () => {
  const all = meeting();
  const store = memoryStore();
  const ledger = createLedger({ store, clock: all.clock });
  const vault = createVault({ keys: memoryKeys(), blobs: memoryBlobs() });
  const records = createMeetingRecords({ ledger, vault, clock: all.clock });
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', records });
  const [bo, cy] = [await all.joins('bo'), await all.joins('cy')];
  await settles(all);
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await settles(all);
  for (const { session } of [bo, cy])
    void session.answer(session.getSnapshot().prompt?.noticeId ?? '', { recording: 'given', transcription: 'given' });
  await settles(all, 2000);
  const { recordingId } = hana.told('recordingStarted')[0] as { recordingId: string };

  // Eight words of bo's, a fifth of a second each, of which four are over when he withdraws.
  const spokenFrom = all.clock.now();
  await all.passes(4 * 200 - 10);
  void bo.session.withdrawConsent('transcription');
  await settles(all, 4000);
  const [started] = (await readHistory(ledger.records('weekly'))).recordings;
  const since = spokenFrom - Date.parse(started?.startedAt ?? '');
  void hana.session.feedSegment(sentence('1', 'bo', since, 'my first four words but never my salary'));
  void hana.session.feedSegment(sentence('2', 'cy', since + 1800, 'thank you for that'));
  void hana.session.feedSegment(sentence('3', 'bo', since + 2400, 'nor anything else'));
  await settles(all, 3000);
  void hana.session.stopRecording();
  await settles(all, 20_000);
  void hana.session.leave();
  await settles(all);

  const transcript = await keptTranscript(vault, recordingId);
  if (!transcript) throw new Error('no transcript was kept');
  const history = await readHistory(ledger.records('weekly'));
  const files = {
    webVtt: writeWebVtt(transcript),
    json: writeTranscriptJson(transcript),
    vcon: JSON.stringify(meetingVcon(history, { transcripts: [transcript] })),
  };
  const has = (words: string) => Object.values(files).map((file) => file.includes(words));
  expect({
    before: has('my first four words'),
    other: has('thank you for that'),
    after: ['but', 'never', 'salary', 'nor', 'anything'].map((word) => has(word)),
  }).toEqual({
    before: [true, true, true],
    other: [true, true, true],
    after: Array(5).fill([false, false, false]),
  });
  const { held, findings, answers } = await verifyLedger(store.read('weekly'));
  expect({ held, findings, unsigned: answers.unsigned, invalid: answers.invalid }).toEqual({
    held: true,
    findings: [],
    unsigned: [],
    invalid: [],
  });
});
