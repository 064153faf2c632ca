import { expect, test } from 'vitest';
import { exportLive, importLive } from '../../src/authority/live-hand-over.ts';
import { LiveRecording } from '../../src/authority/live-recording.ts';
import { presets } from '../../src/policy/presets.ts';

/** As it travels. */
const travels = <T>(handed: T): T => JSON.parse(JSON.stringify(handed));

const state = {
  recordingId: 'r',
  purposes: ['recording', 'ai-notes'],
  by: { participantId: 'hana' },
  seen: false,
} as const;

test('[G8] who asked for each purpose, and whose side alone is recorded, is handed over', () => {
  const more = {
    only: ['bo'],
    asked: [['ai-notes', { by: { participantId: 'cora' }, provider: 'Notes Inc.' }]],
  } as const;
  const groups = [['recording', 'ai-notes']];
  const handed = travels(exportLive(new LiveRecording({ ...state, ...more, groups }, presets.gdpr), 1000));
  expect(handed.live).toStrictEqual({ ...state, ...more, groups });
  const taken = importLive(handed, presets.gdpr, 5000);
  expect(travels(exportLive(taken, 5000))).toStrictEqual(handed);
});

test('[G8] nothing is said of what there is not', () => {
  const { live } = travels(exportLive(new LiveRecording(state, presets.gdpr), 0));
  expect(Object.keys(live).toSorted()).toEqual(['by', 'groups', 'purposes', 'recordingId', 'seen']);
});
