import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { defaultPreset, presetNames } from '../../src/policy/presets.ts';

/** The table of the contract, cell by cell. */
const table = {
  'notice-only': {
    recording: {
      consent: 'notice',
      start: 'at-once',
      untilAnswered: 'exclude',
      onLateJoin: 'exclude',
      onRefusal: 'exclude',
      onCannotBeAsked: 'announce',
      timeoutMs: null,
      onTimeout: 'refused',
    },
    attentionConsent: 'notice',
  },
  acknowledge: {
    recording: {
      consent: 'acknowledge',
      start: 'at-once',
      untilAnswered: 'hold',
      onLateJoin: 'hold',
      onRefusal: 'leave',
      onCannotBeAsked: 'announce',
      timeoutMs: null,
      onTimeout: 'remind',
    },
    attentionConsent: 'acknowledge',
  },
  'all-party': {
    recording: {
      consent: 'explicit',
      start: 'when-everyone-answered',
      untilAnswered: 'exclude',
      onLateJoin: 'exclude',
      onRefusal: 'exclude',
      onCannotBeAsked: 'exclude',
      timeoutMs: 60_000,
      onTimeout: 'refused',
    },
    attentionConsent: 'notice',
  },
  gdpr: {
    recording: {
      consent: 'explicit',
      start: 'at-once',
      untilAnswered: 'exclude',
      onLateJoin: 'exclude',
      onRefusal: 'exclude',
      onCannotBeAsked: 'exclude',
      timeoutMs: 60_000,
      onTimeout: 'refused',
    },
    attentionConsent: 'explicit',
  },
} as const;

/** What the contract says of all of them. */
const ofAll = {
  remindEveryMs: 30_000,
  graceMs: 0,
  holds: ['microphone', 'camera', 'screen'],
  storage: ['cloud', 'local'],
  captureTimeoutMs: 10_000,
};

const rows = Object.entries(table);
const cells = rows.flatMap(([name, { recording }]) =>
  Object.entries(recording).map(([field, value]) => ({ name, field, value })),
);

describe('the presets', () => {
  it('are those of the contract, and all-party where nothing is said', () => {
    expect(presetNames).toEqual(Object.keys(table));
    expect(defaultPreset).toBe('all-party');
    expect(parsePolicy({})).toEqual(parsePolicy('all-party'));
  });

  it.each(cells)('$name: $field is $value, for the recording and for its transcript', ({ name, field, value }) => {
    const { recording, transcription } = parsePolicy(name);
    expect([recording, transcription].map((rules) => (rules as object as Record<string, unknown>)[field])).toEqual([
      value,
      value,
    ]);
  });

  it.each(rows)(
    '%s is as the table says, and for the rest as all of them are',
    (name, { recording, attentionConsent }) => {
      expect(parsePolicy(name)).toEqual({
        regions: 'declared',
        recording: { ...recording, ...ofAll },
        transcription: { ...recording, ...ofAll, readers: 'hosts' },
        attention: {
          allowed: true,
          enabled: false,
          enabledBy: ['host', 'admin'],
          armedBy: 'host',
          thresholdMs: 30_000,
          consent: attentionConsent,
        },
        purposes: {},
        retention: { recordingDays: 30, then: 'delete' },
        locked: [],
      });
    },
  );
});
