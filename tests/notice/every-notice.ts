import type { ConsentAsked } from '../../src/consent/consent.types.ts';
import type { Answered } from '../../src/notice/answered-text.ts';
import { callerWords } from '../../src/notice/caller-text.ts';
import { announcementFor, type CueToSay, type SpokenCue } from '../../src/notice/cue-text.ts';
import type { HostNews } from '../../src/notice/host-text.ts';
import type { ChoiceEffect, NoticeData, NotificationKind, RequestedBy } from '../../src/notice/notice.types.ts';
import type { TextCatalogue } from '../../src/notice/texts.types.ts';
import type { Purpose, Storage } from '../../src/participants/participants.types.ts';

const flags = [true, false] as const;
const consents: readonly ConsentAsked[] = ['notice', 'acknowledge', 'explicit'];
const effects: readonly ChoiceEffect[] = ['captured', 'excluded', 'held', 'leaves', 'vetoes', 'none'];
const storages: readonly (Storage | undefined)[] = ['cloud', 'local', undefined];
const requesters: readonly RequestedBy[] = [
  { participantId: 'hana', name: 'Hana' },
  { participantId: 'hana' },
  'platform',
  'unknown',
];

export const purposeSets: readonly (readonly Purpose[])[] = [
  ['recording'],
  ['recording', 'transcription'],
  ['transcription'],
  ['attention-tracking'],
  ['ai-notes'],
  ['recording', 'ai-notes'],
  ['recording', 'transcription', 'live-streaming', 'live-captions'],
  ['recording', 'attention-tracking'],
  ['sign-language', 'ai-notes'],
];

export const oneNotice: NoticeData = {
  noticeId: 'n1',
  recordingId: 'r1',
  purposes: ['recording'],
  kind: 'prompt',
  consent: 'explicit',
  refusal: 'excluded',
  running: false,
  requestedBy: { participantId: 'hana', name: 'Hana' },
  storage: 'cloud',
  reminded: 0,
};

/** Every notice that the types allow, over these purposes; with a reason where a person asks by name. */
export function everyNotice(): readonly NoticeData[] {
  const found: NoticeData[] = [];
  for (const purposes of purposeSets)
    for (const kind of ['prompt', 'banner'] as const)
      for (const consent of consents)
        for (const refusal of effects)
          for (const running of flags)
            for (const requestedBy of requesters)
              for (const storage of storages) {
                const base = { ...oneNotice, purposes, kind, consent, refusal, running, requestedBy };
                const { storage: _, ...bare } = base;
                const data = storage ? { ...bare, storage } : bare;
                found.push(
                  data,
                  ...(requestedBy === requesters[0]
                    ? [
                        { ...data, reason: 'To train new colleagues', providers: { [purposes[0] as string]: 'Acme' } },
                        { ...data, side: 'own' as const },
                      ]
                    : []),
                );
              }
  return found;
}

/** A cue, and whether it is for a caller or beside a screen. */
export type SomeonesCue = CueToSay & { readonly phone: boolean };

export const spoken = ({ phone, ...cue }: SomeonesCue, catalogue: TextCatalogue): SpokenCue =>
  announcementFor(cue, catalogue, phone ? callerWords : undefined);

export function everyCue(): readonly SomeonesCue[] {
  const cues = ['asking', 'started', 'paused', 'resumed', 'stopped', 'ended-unexpectedly', 'reminder'] as const;
  const found: SomeonesCue[] = [];
  for (const cue of cues)
    for (const purposes of purposeSets)
      for (const phone of flags)
        for (const asks of flags)
          for (const consent of [undefined, ...consents])
            for (const running of [undefined, ...flags])
              for (const refusal of [undefined, ...effects])
                found.push({
                  cue,
                  purposes,
                  phone,
                  asks,
                  storage: 'cloud',
                  byName: 'Hana',
                  ...(consent && { consent }),
                  ...(running !== undefined && { running }),
                  ...(refusal && { refusal }),
                });
  return found;
}

export function everyNews(): readonly HostNews[] {
  const kinds: readonly NotificationKind[] = [
    'pending',
    'refused',
    'withdrawn',
    'expired',
    'late-joiner',
    'recording-failed',
    'capture-seen',
    'attention',
    'transcript-ready',
    'right-exercised',
  ];
  return kinds.flatMap((kind) => [
    { kind },
    { kind, code: 'capture/failed' },
    { kind, names: ['Bo'] },
    { kind, others: 3 },
    { kind, others: 3, total: 31 },
    { kind, names: ['Bo'], unanswered: 1 },
    { kind, names: ['Bo'], unanswered: 2 },
    { kind, names: ['Bo', 'Cy', 'Di', 'Ed', 'Flo'], others: 1 },
  ]);
}

export function everyAnswered(): readonly Answered[] {
  const answers = ['given', 'acknowledged', 'refused', 'unconfirmed', 'moot', 'too-early'] as const;
  const found: Answered[] = [];
  for (const answer of answers)
    for (const purposes of purposeSets)
      for (const running of flags)
        for (const consent of [undefined, ...consents])
          for (const refusal of [undefined, ...effects])
            found.push({ answer, purposes, running, ...(consent && { consent }), ...(refusal && { refusal }) });
  return found;
}
