import type { Policy, PresetName, PurposePolicy } from './policy.types.ts';

const defaults: PurposePolicy = {
  consent: 'explicit',
  start: 'when-everyone-answered',
  untilAnswered: 'exclude',
  onLateJoin: 'exclude',
  onRefusal: 'exclude',
  onCannotBeAsked: 'exclude',
  timeoutMs: 60_000,
  onTimeout: 'refused',
  remindEveryMs: 30_000,
  graceMs: 0,
  holds: ['microphone', 'camera', 'screen'],
  storage: ['cloud', 'local'],
  captureTimeoutMs: 10_000,
};

function preset(recording: Partial<PurposePolicy>, attentionConsent: Policy['attention']['consent']): Policy {
  const all = { ...defaults, ...recording };
  return {
    regions: 'declared',
    recording: all,
    transcription: { ...all, readers: 'hosts' },
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
  };
}

/** The policies that have a name; every other is written over one of them. */
export const presets: Readonly<Record<PresetName, Policy>> = {
  'notice-only': preset(
    { consent: 'notice', start: 'at-once', onCannotBeAsked: 'announce', timeoutMs: null },
    'notice',
  ),
  acknowledge: preset(
    {
      consent: 'acknowledge',
      start: 'at-once',
      untilAnswered: 'hold',
      onLateJoin: 'hold',
      onRefusal: 'leave',
      onCannotBeAsked: 'announce',
      timeoutMs: null,
      onTimeout: 'remind',
    },
    'acknowledge',
  ),
  'all-party': preset({}, 'notice'),
  gdpr: preset({ start: 'at-once' }, 'explicit'),
};

/** What a policy is written over where it does not say. */
export const defaultPreset: PresetName = 'all-party';

export const presetNames = Object.keys(presets) as PresetName[];
