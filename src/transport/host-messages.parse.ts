import * as v from 'valibot';
import { everyAnswer } from '../consent/answer.rules.ts';
import { mostSides } from '../core/misuse.ts';
import { forEveryone, type MessageSchemas, schemasOf } from './messages.parse.ts';
import { signedMessage } from './receipt-messages.parse.ts';
import { admission, because, channel, consent, count, epoch, id, longText, purpose, storage } from './state.parse.ts';
import { segment, segmentMessages } from './transcript-messages.parse.ts';

/** Whose side is recorded: few, as everyone is told who they are. */
const sides = v.pipe(v.array(id), v.minLength(1), v.maxLength(mostSides));

const command = v.variant('do', [
  v.object({
    do: v.literal('requestRecording'),
    storage,
    transcript: v.exactOptional(v.boolean()),
    reason: v.exactOptional(longText),
    only: v.exactOptional(sides),
  }),
  v.object({
    do: v.picklist(['pauseRecording', 'resumeRecording', 'stopRecording']),
    recordingId: v.exactOptional(id),
  }),
  v.object({ do: v.literal('startWithoutWaiting'), reason: longText }),
  v.object({ do: v.literal('remind'), participantIds: v.exactOptional(v.array(id)) }),
  v.object({ do: v.literal('requestTranscript') }),
  v.object({ do: v.literal('stopTranscript'), failed: v.exactOptional(v.boolean()) }),
  v.object({ do: v.literal('feedSegment'), segment, transcriptId: v.exactOptional(id) }),
  v.object({ do: v.literal('eraseRecording'), recordingId: id }),
  v.object({ do: v.literal('correctSpeaker'), recordingId: id, segmentId: longText, speaker: v.nullable(id) }),
  v.object({
    do: v.literal('exerciseRight'),
    // Which rights there are, whoever carries them out says.
    right: id,
    participantId: v.exactOptional(id),
    correction: v.exactOptional(v.object({ recordingId: id, segmentId: longText, text: longText })),
  }),
  v.object({
    do: v.literal('requestPurpose'),
    purpose,
    recordingId: v.exactOptional(id),
    provider: v.exactOptional(longText),
    reason: v.exactOptional(longText),
  }),
  v.object({ do: v.literal('endPurpose'), purpose }),
  v.object({ do: v.literal('declareRegion'), region: id }),
  v.object({ do: v.literal('admit'), participantIds: v.array(id) }),
  v.object({ do: v.literal('handOver'), to: id }),
  v.object({ do: v.literal('reviewConsent'), purpose: id }),
  v.object({ do: v.picklist(['enableAttentionTracking', 'disableAttentionTracking']) }),
  v.object({ do: v.literal('reportSharing'), active: v.boolean() }),
  v.object({ do: v.literal('reportFocus'), able: v.boolean() }),
]);

const textShown = v.object({ version: id, locale: id, hash: id });

const answers = v.record(purpose, v.picklist(everyAnswer));

const seenCapture = v.object({
  platformId: id,
  active: v.boolean(),
  paused: v.exactOptional(v.boolean()),
  controllable: v.exactOptional(v.boolean()),
  storage: v.exactOptional(storage),
  startedBy: v.exactOptional(id),
  recordingId: v.exactOptional(id),
});

const rosterRow = v.object({
  participantId: id,
  name: v.exactOptional(longText),
  role: v.picklist(['host', 'co-host', 'participant']),
  channel,
  present: v.boolean(),
  focus: v.exactOptional(v.literal(true)),
  admission,
  recordingId: v.exactOptional(id),
  consents: v.record(purpose, consent),
  captured: v.boolean(),
  because: v.exactOptional(because),
  others: v.exactOptional(v.array(v.object({ recordingId: id, purpose, captured: v.boolean(), because }))),
  rights: v.exactOptional(
    v.array(v.object({ requestId: id, right: id, status: id, dueAt: id, code: v.exactOptional(id) })),
  ),
});

/** What a host's client reads: what clients say to whoever decides, and what is for hosts. */
export const forHosts: MessageSchemas = new Map([
  ...forEveryone,
  ...schemasOf(segmentMessages),
  ...schemasOf([
    signedMessage,
    v.object({
      t: v.literal('answer'),
      id,
      noticeId: v.exactOptional(id),
      recordingId: id,
      revision: count,
      answers,
      shown: v.exactOptional(v.literal(true)),
      text: v.exactOptional(textShown),
    }),
    v.object({ t: v.literal('alive'), epoch, seq: count }),
    v.object({ t: v.literal('there?'), epoch }),
    v.object({ t: v.literal('again'), epoch, stream: v.picklist(['meeting', 'hosts']) }),
    v.object({ t: v.literal('got'), epoch, n: count, held: v.exactOptional(id) }),
    v.object({ t: v.literal('shown'), id, noticeId: id, text: v.exactOptional(textShown) }),
    v.object({ t: v.literal('command'), id, epoch, command }),
    v.object({ t: v.literal('seen'), captures: v.array(seenCapture) }),
    v.object({ t: v.literal('ended'), recordingId: id }),
    v.object({ t: v.literal('attention'), epoch, share: id, n: count, inattentive: v.boolean(), sinceMs: count }),
    v.object({ t: v.literal('highest'), epoch: v.nullable(epoch), re: v.exactOptional(id) }),
    v.object({
      t: v.literal('roster'),
      epoch,
      seq: count,
      part: count,
      parts: count,
      whole: v.boolean(),
      rows: v.array(rosterRow),
      removed: v.array(id),
    }),
    v.object({ t: v.literal('hand-over'), epoch, text: v.string() }),
  ]),
]);
