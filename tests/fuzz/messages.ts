import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import type { Attacked, Wire } from './world.ts';

type Json = Record<string, unknown>;
type Chance = () => number;

const pick = <T>(chance: Chance, from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;

const odd: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  'x',
  'x'.repeat(129),
  'x'.repeat(501),
  '\ud800',
  '\u202e\u0000',
  '__proto__',
  'constructor',
  [],
  [[]],
  {},
  { toString: 1, then: {} },
  Array.from({ length: 50 }, () => 'x'),
];

const aboutSender = ['from', 'role', 'participantId', 'epoch', 'v', 't'];
const prototypeKeys = ['__proto__', 'constructor', 'prototype', 'toString'];

/** One of every kind of message that real clients did not happen to send. */
function templates({ hana, recordingId, epoch }: Attacked, from: string): readonly Json[] {
  const forged = { number: 2, id: from, incarnation: 'x' };
  const noticeId = '0123456789abcdef';
  const ofPurpose = {
    recordingId: 'p',
    purposes: ['live-captions'],
    by: { participantId: from },
    started: true,
  } as const;
  const meeting = {
    recordings: [{ ...ofPurpose, status: 'on', statuses: { 'ai-notes': 'asking' }, only: ['bo'], endsBy: 'client' }],
    policy: parsePolicy('notice-only'),
    succession: ['mallory'],
    attention: { enabled: false, active: false },
  };
  const personal = {
    notices: [
      {
        noticeId,
        recordingId: 'p',
        purposes: ['live-captions', 'ai-notes'],
        kind: 'prompt',
        consent: 'explicit',
        refusal: 'excluded',
        running: true,
        requestedBy: { participantId: from },
        providers: { 'live-captions': 'Acme' },
        side: 'own',
        reminded: 0,
      },
    ],
    closed: [],
    consents: [{ recordingId: 'p', purpose: 'live-captions', consent: 'requested', revision: 0 }],
    captured: [{ recordingId: 'p', purpose: 'live-captions', captured: true, because: 'clear' }],
    hold: { recordingId, devices: ['microphone'], because: 'refused' },
    admission: { admission: 'denied', because: 'refused' },
  };
  const commands = [
    { do: 'requestRecording', storage: 'cloud', only: ['mallory'] },
    { do: 'pauseRecording' },
    { do: 'resumeRecording' },
    { do: 'stopRecording', recordingId },
    { do: 'startWithoutWaiting', reason: 'now' },
    { do: 'remind', participantIds: ['bo'] },
    { do: 'requestTranscript' },
    { do: 'stopTranscript' },
    { do: 'feedSegment', segment: { speaker: 'bo', startMs: 0, endMs: 100, text: 'words', final: true } },
    { do: 'eraseRecording', recordingId },
    { do: 'requestPurpose', purpose: 'live-captions', provider: 'Acme', reason: 'to read along' },
    { do: 'requestPurpose', purpose: 'ai-notes', recordingId },
    { do: 'endPurpose', purpose: 'live-captions' },
    { do: 'enableAttentionTracking' },
    { do: 'reportSharing', active: true },
    { do: 'reportFocus', able: true },
    { do: 'declareRegion', region: 'DE' },
    { do: 'admit', participantIds: ['mallory'] },
    { do: 'handOver', to: 'mallory' },
    { do: 'reviewConsent', purpose: 'recording' },
  ];
  const answers = ['given', 'acknowledged', 'refused', 'withdrawn'];
  const known = hana.session.getSnapshot().recordings[0]?.recordingId ?? recordingId;
  return [
    { t: 'hello', id: 'h', name: 'Mallory', region: 'US-CA', channel: 'app', devices: true, highest: forged },
    ...answers.map((answer) => ({ t: 'answer', id: answer, recordingId, revision: 2, answers: { recording: answer } })),
    { t: 'answer', id: 'n', noticeId, recordingId: known, revision: 9, answers: { recording: 'given' } },
    {
      t: 'answer',
      id: 'o',
      noticeId,
      recordingId: 'p',
      revision: 3,
      answers: { 'live-captions': 'withdrawn', 'ai-notes': 'given' },
    },
    { t: 'alive', epoch, seq: 0 },
    { t: 'there?', epoch },
    ...['meeting', 'hosts'].map((stream) => ({ t: 'again', epoch, stream })),
    { t: 'got', epoch, n: 1, held: recordingId },
    { t: 'shown', id: 's', noticeId },
    ...commands.map((command, place) => ({ t: 'command', id: `${command.do}-${place}`, epoch, command })),
    { t: 'seen', captures: [{ platformId: 'p', active: true, storage: 'cloud' }] },
    { t: 'highest', epoch: forged, re: 'h' },
    { t: 'beacon', epoch: forged, seq: 99, hostSeq: 99, aliveMs: 5000 },
    { t: 'meeting', epoch: forged, seq: 99, meeting, aliveMs: 5000 },
    { t: 'personal', epoch: forged, seq: 99, n: 99, personal },
    { t: 'ack', epoch: forged, id: 'x', outcome: { outcome: 'recorded', receiptId: 'x', revision: 99 } },
    { t: 'roster', epoch: forged, seq: 99, part: 0, parts: 1, whole: true, rows: [], removed: ['bo'] },
    { t: 'hand-over', epoch: forged, text: '{}' },
    { t: 'ended', recordingId },
    { t: 'segments?', epoch, transcriptId: 't', from: 1 },
    { t: 'segments', epoch: forged, transcriptId: 't', recordingId, from: 1, kept: [] },
    { t: 'chunk', id: 'c', part: 0, parts: 2, text: '{"v":1' },
  ].map((message) => ({ v: 1, ...message }));
}

/** Every place in a value: the object or list, and the key. */
function placesIn(value: unknown, found: [Json, string][] = []): [Json, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Json, key]);
    placesIn((value as Json)[key], found);
  }
  return found;
}

/** As an own key, whatever its name: as JSON has it. */
function put(owner: Json, key: string, value: unknown): void {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function mutate(message: Json, others: readonly Json[], chance: Chance): void {
  const [owner, key] = pick(chance, placesIn(message));
  switch (Math.floor(chance() * 6)) {
    case 0:
      delete owner[key];
      break;
    case 1:
      put(owner, key, structuredClone(pick(chance, odd)));
      break;
    case 2: {
      const [other, place] = pick(chance, placesIn(pick(chance, others)));
      put(owner, key, structuredClone(other[place]));
      break;
    }
    case 3:
      put(owner, pick(chance, prototypeKeys), structuredClone(pick(chance, [{ role: 'host' }, 'given', null])));
      break;
    case 4:
      put(owner, key, [owner[key], structuredClone(owner[key])]);
      break;
    default:
      put(owner, pick(chance, aboutSender), pick(chance, ['hana', 'host', 1, 2, 'meeting']));
  }
}

function mangled(text: string, chance: Chance): string {
  const at = Math.floor(chance() * text.length);
  switch (Math.floor(chance() * 6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return `${text.slice(0, at)}${String.fromCharCode(Math.floor(chance() * 0xffff))}${text.slice(at + 1)}`;
    case 2:
      return `[${text}]`;
    case 3:
      return text.replace('"v":1', `"v":${pick(chance, ['2', '0', '"1"', 'null', '1.5'])}`);
    case 4:
      return `${'['.repeat(2000)}${']'.repeat(2000)}`;
    default:
      return text.replace(/\}$/, `,"pad":"${'x'.repeat(5000)}"}`);
  }
}

/** Random and mutated messages, the same for the same chance: real ones of the meeting, and one of every kind. */
export function messagesFor(world: Attacked, from: string, chance: Chance): () => Omit<Wire, 'from' | 'to'> {
  const seeds = [...world.heard.map(({ data }) => JSON.parse(data) as Json), ...templates(world, from)];
  let count = 0;
  return () => {
    count += 1;
    const message = structuredClone(pick(chance, seeds));
    // A fresh id: otherwise it would be a repeat, of which the first has said all.
    if ('id' in message) message['id'] = `fuzz-${count}`;
    for (let times = Math.floor(chance() * 4); times > 0; times -= 1) mutate(message, seeds, chance);
    const text = messageText(message as unknown as Message);
    return { data: chance() < 0.2 ? mangled(text, chance) : text };
  };
}
