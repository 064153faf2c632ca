/** A policy that says everything a policy can say. */
const rules = {
  consent: 'explicit',
  start: 'at-once',
  untilAnswered: 'hold',
  onLateJoin: 'lobby',
  onRefusal: 'leave',
  onCannotBeAsked: 'block',
  timeoutMs: 45_000,
  onTimeout: 'remind',
  remindEveryMs: 20_000,
  graceMs: 5000,
  holds: ['microphone', 'chat'],
  storage: ['cloud'],
  captureTimeoutMs: 8000,
};

export const everyPolicy = {
  extends: { extends: 'gdpr', recording: { timeoutMs: null, holds: [] }, locked: ['regions'] },
  regions: 'required',
  recording: rules,
  transcription: { ...rules, readers: 'everyone' },
  attention: {
    allowed: true,
    enabled: false,
    enabledBy: ['admin'],
    armedBy: 'anyone',
    thresholdMs: 60_000,
    consent: 'acknowledge',
  },
  purposes: { 'ai-notes': { ...rules, follows: 'transcription' }, 'live-streaming': {} },
  retention: { recordingDays: 7, then: 'isolate' },
  locked: ['recording', 'recording.consent', 'purposes.ai-notes', 'purposes.ai-notes.follows'],
};
