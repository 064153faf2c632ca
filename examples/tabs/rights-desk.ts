import type { HookMap, Session } from 'meeting-notice';
import { workerClock } from 'meeting-notice/browser';
import type { RightOutcome } from 'meeting-notice/records';
import type { OpenLedger } from './ledger.ts';

type Segment = HookMap['transcriptSegment']['segment'];

type Said =
  | { readonly ask: string; readonly from: string }
  | { readonly answer: string; readonly outcome: RightOutcome };

interface DeskOptions {
  readonly room: string;
  /** Whose page this is. */
  readonly id: string;
  erase(recordingId: string): Promise<void>;
}

const answerWithinMs = 15_000;

const channelOf = (room: string) => new BroadcastChannel(`meeting-notice-demo/${room}/rights`);

/**
 * Where people ask for all that is held about them (GDPR Art. 15): answered by the page that decides for the meeting, from its
 * ledger and from the transcripts that it has seen written, and on that ledger. Whoever asks is who they say they are, as
 * everywhere on this machine; a real service asks its transport.
 */
export function openRightsDesk(session: Session, ledger: OpenLedger, options: DeskOptions): void {
  const spoken = spokenIn(session);
  const channel = channelOf(options.room);
  channel.onmessage = async ({ data }: MessageEvent<Said>) => {
    if (!('ask' in data) || session.getSnapshot().authorityId !== options.id) return;
    const outcome = await allHeld(data.from, ledger, spoken, options).catch(failed);
    channel.postMessage({ answer: data.ask, outcome });
  };
}

const failed = (error: unknown): RightOutcome => {
  console.error(error);
  return { outcome: 'denied', code: 'ledger/store-failed' };
};

/** Asks whoever decides for the meeting; `undefined` where nobody answers. */
export function askForAllHeld(room: string, from: string): Promise<RightOutcome | undefined> {
  const channel = channelOf(room);
  const ask = crypto.randomUUID();
  return new Promise((done) => {
    const end = (outcome?: RightOutcome) => {
      clearTimeout(timer);
      channel.close();
      done(outcome);
    };
    const timer = setTimeout(end, answerWithinMs);
    channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('answer' in data && data.answer === ask) end(data.outcome);
    };
    channel.postMessage({ ask, from });
  });
}

/** What was told in final form, by recording and by segment. */
type Spoken = ReadonlyMap<string, { readonly transcriptId: string; readonly segments: ReadonlyMap<string, Segment> }>;

function spokenIn(session: Session): Spoken {
  const spoken = new Map<string, { transcriptId: string; segments: Map<string, Segment> }>();
  session.on('transcriptSegment', ({ transcriptId, recordingId, segment }) => {
    const { segments } = spoken.get(recordingId) ?? { segments: new Map<string, Segment>() };
    spoken.set(recordingId, { transcriptId, segments });
    if (segment.text === '') segments.delete(segment.id);
    else if (segment.final) segments.set(segment.id, segment);
  });
  session.on('transcriptChanged', ({ recordingId, status }) => {
    if (status === 'erased') spoken.delete(recordingId);
  });
  return spoken;
}

/** The words are sealed for as long as the answer is made, and kept nowhere. */
async function allHeld(
  participantId: string,
  ledger: OpenLedger,
  spoken: Spoken,
  { room: meetingId, erase }: DeskOptions,
): Promise<RightOutcome> {
  const { createRights, createVault, keepTranscript, memoryBlobs, memoryKeys } = await import('meeting-notice/records');
  const vault = createVault({ keys: memoryKeys(), blobs: memoryBlobs() });
  for (const [recordingId, { transcriptId, segments }] of spoken)
    await keepTranscript({ vault, ledger }, meetingId, { transcriptId, recordingId, segments: [...segments.values()] });
  const { writerOf } = ledger;
  const rights = createRights({ ledger, vault, writerOf, storage: { erase }, clock: workerClock() });
  const right = 'access';
  return rights.exercise({ meetingId, right, participantId, askedBy: participantId, identifiedBy: 'session' });
}
