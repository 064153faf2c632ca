import { expect, test } from 'vitest';
import type { Channel } from '../../src/participants/participants.types.ts';
import type { CuePlayer } from '../../src/session/cue-player.types.ts';
import { meeting } from './meeting.ts';

/** Plays every tone, and has no voice. */
const tonesOnly: CuePlayer = { play: (_cue, confirm, words) => confirm(words === 'needed' ? 'blocked' : 'played') };
/** Says every word. */
const withVoice: CuePlayer = { play: (_cue, confirm) => confirm('played') };

/** Whether Pat, who has no screen to be told on, is in a recording that everyone is told of. */
async function isCaptured(channel: Channel, cues: CuePlayer): Promise<boolean> {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host', policy: 'notice-only' });
  const pat = await joins('pat', { channel, cues, presents: 'confirmed' });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(60_000);
  return pat.session.getSnapshot().self.captured;
}

test('[G1] a phone caller or a room is captured once the words were heard, and never for a tone', async () => {
  const captured = [];
  for (const channel of ['phone', 'room-system'] as const)
    captured.push([channel, await isCaptured(channel, tonesOnly), await isCaptured(channel, withVoice)]);
  expect(captured).toEqual([
    ['phone', false, true],
    ['room-system', false, true],
  ]);
});
