import type { Notice } from '../../../src/notice/notice.types.ts';
import { defaultSettings } from '../../../src/notifications/settings.rules.ts';
import type { SessionSnapshot } from '../../../src/session/session.types.ts';
import '../../../src/ui.ts';
import { asked, calm, scriptedSession } from '../../ui/scripted-session.ts';

type ElementName = Extract<keyof HTMLElementTagNameMap, `meeting-notice-${string}`>;

const banner: Notice = {
  ...asked,
  noticeId: 'b1',
  kind: 'banner',
  consent: 'notice',
  text: { ...asked.text, title: 'This meeting is recorded', consequences: {} },
  choices: [{ id: 'leave', label: 'Leave me out', effect: 'excluded', answers: { recording: 'refused' } }],
};

const three: Notice = {
  ...asked,
  purposes: ['recording', 'transcription'],
  reason: 'Minutes for the people who cannot be here',
  choices: [
    {
      id: 'both',
      label: 'I agree to both',
      effect: 'captured',
      answers: { recording: 'given', transcription: 'given' },
    },
    {
      id: 'recording',
      label: 'I agree to the recording only',
      effect: 'captured',
      answers: { recording: 'given', transcription: 'refused' },
    },
    {
      id: 'refuse',
      label: 'I refuse both',
      effect: 'excluded',
      answers: { recording: 'refused', transcription: 'refused' },
    },
  ],
  text: {
    ...asked.text,
    consequences: {
      both: 'Your microphone and camera are in the recording, your words in the transcript.',
      recording: 'Your microphone and camera are in the recording, your words are not in the transcript.',
      refuse: 'You stay in the meeting, and are left out of both.',
    },
  },
};

const asking: Partial<SessionSnapshot> = {
  indicators: { recording: 'asking', transcription: 'asking' },
  recordings: [
    {
      recordingId: 'r1',
      purposes: ['recording', 'transcription'],
      status: 'asking',
      storage: 'local',
      requestedBy: { participantId: 'hana', name: 'Hana' },
    },
  ],
};

const counts = { present: 4, captured: 1, consents: { given: 1, refused: 1, shown: 1, 'cannot-be-asked': 1 } };
const about = { role: 'participant', channel: 'app', present: true, admission: 'admitted', captured: false } as const;
const roster = {
  counts,
  rows: [
    { ...about, participantId: 'bo', name: 'Bo Bergström', consents: { recording: 'given' }, captured: true },
    { ...about, participantId: 'cy', name: 'Cy', consents: { recording: 'refused' } },
    { ...about, participantId: 'di', name: 'Di', consents: { recording: 'shown' }, attention: 'inattentive' },
    {
      ...about,
      participantId: 'ed',
      channel: 'phone',
      consents: { recording: 'cannot-be-asked' },
      attention: 'unavailable',
    },
  ],
} as const;

const on: Partial<SessionSnapshot> = {
  ...asking,
  indicators: { recording: 'on', transcription: 'paused' },
  self: {
    ...calm.self,
    captured: true,
    because: 'clear',
    consents: { recording: 'given', transcription: 'refused' },
  },
};

const host: SessionSnapshot['self'] = { ...calm.self, id: 'hana', role: 'host' };

const told = { items: [], at: 0 } as const;

interface Scene {
  readonly snapshot: Partial<SessionSnapshot>;
  readonly shows: ElementName[];
  /** Of the indicator. */
  readonly purpose?: string;
}

const scenes: Readonly<Record<string, Scene>> = {
  prompt: { snapshot: { ...asking, prompt: asked, notices: [asked] }, shows: ['meeting-notice-prompt'] },
  'prompt-for-two': {
    snapshot: { ...asking, prompt: three, notices: [three] },
    shows: ['meeting-notice-prompt', 'meeting-notice-indicator'],
  },
  'running-for-a-guest': {
    snapshot: {
      ...on,
      notices: [banner],
      hold: { devices: ['microphone'], because: 'refused', restore: ['microphone'] },
    },
    shows: ['meeting-notice-banner', 'meeting-notice-indicator', 'meeting-notice-status', 'meeting-notice-keypad'],
  },
  'asking-for-a-host': {
    snapshot: { ...asking, self: host, counts },
    shows: ['meeting-notice-indicator', 'meeting-notice-controls', 'meeting-notice-roster'],
  },
  'told-to-a-host': {
    snapshot: {
      self: host,
      counts,
      notificationSettings: defaultSettings,
      notifications: [
        {
          ...told,
          id: 'n2',
          kind: 'recording-failed',
          level: 'alert',
          summary: 'The recording failed (capture/failed).',
        },
        {
          ...told,
          id: 'n1',
          kind: 'refused',
          level: 'normal',
          summary: '3 people refused: Bo, Cy and Di. 2 still to answer.',
        },
      ],
    },
    shows: ['meeting-notice-notifications'],
  },
  tracked: {
    snapshot: {
      attention: { enabled: true, active: true, inattentive: true },
      self: { ...calm.self, consents: { 'attention-tracking': 'given' } },
    },
    shows: ['meeting-notice-indicator', 'meeting-notice-status'],
    purpose: 'attention-tracking',
  },
  'off-for-a-host': { snapshot: { self: host }, shows: ['meeting-notice-controls', 'meeting-notice-status'] },
};

const scene = scenes[new URL(location.href).searchParams.get('scene') ?? ''];
const scripted = scriptedSession(scene?.snapshot, { roster });
for (const name of scene?.shows ?? []) {
  const element = document.createElement(name);
  element.session = scripted.session;
  if (scene?.purpose !== undefined) element.setAttribute('purpose', scene.purpose);
  document.getElementById('here')?.append(element);
  for (const details of element.shadowRoot?.querySelectorAll('details') ?? []) details.open = true;
}
Object.assign(window, { scripted });
