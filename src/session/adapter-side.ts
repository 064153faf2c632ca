import type { RecordingId } from '../participants/participants.types.ts';
import { seenRecordingId } from '../recording/seen.rules.ts';
import type { Segment, TranscriptStatus } from '../transcript/transcript.types.ts';
import { transcriptsIn } from '../transport/transcript-messages.parse.ts';
import type { AdapterFact, MeetingAdapter, SeenCapture } from '../transport/transport.types.ts';
import type { Client } from './client.ts';
import type { Cues } from './cues.ts';
import type { Notices } from './notices.ts';
import { noticeSeenHere, SeenHere, seenOf } from './seen-here.ts';

/** The platform's id of what it writes down unasked: the same on every client. */
const unasked = 'transcript';

/** While a transcript of the meeting's own is so, what a platform has heard belongs to it. */
const taking: readonly TranscriptStatus[] = ['transcribing', 'paused', 'processing'];

export interface AdapterParts {
  readonly client: Client;
  readonly notices: Notices;
  readonly cues: Cues;
  /** The version of the words. */
  readonly version: string;
  readonly pressKey: (key: string) => void;
  readonly shares: (active: boolean) => void;
  readonly recordingEnded: (recordingId: RecordingId, isConfirmed: boolean) => void;
}

/**
 * What a client makes of what its platform does by itself, as its adapter says: captures that nobody asked for (G10), a
 * caller's keys, a shared screen, what was said. Loaded where there is an adapter.
 */
export class AdapterSide {
  readonly #parts: AdapterParts;
  readonly #seen: SeenHere;
  #stopLooking: (() => void) | undefined;

  constructor(parts: AdapterParts) {
    this.#parts = parts;
    this.#seen = new SeenHere(parts.client.context.meetingId);
  }

  /** Hears from now on; the function it returns ends that. */
  open(adapter: MeetingAdapter): () => void {
    const { client } = this.#parts;
    const end = adapter.subscribe((fact) => client.mailbox.post(() => client.isOpen && this.#hear(fact)));
    const { captures, sharing } = adapter.snapshot();
    for (const capture of captures) this.#see(capture);
    if (sharing) this.#shares(true);
    return () => {
      end();
      this.#seen.clear();
      this.#look();
    };
  }

  /** Another authority is followed: told of what is seen here. */
  followed(): void {
    const { client } = this.#parts;
    const { captures } = this.#seen;
    if (client.isHosting && captures.length > 0) client.context.tellAuthority({ t: 'seen', captures });
  }

  #hear(fact: AdapterFact): void {
    if (fact.fact === 'key') this.#parts.pressKey(fact.key);
    if (fact.fact === 'capture-seen') this.#see(fact);
    if (fact.fact === 'sharing') this.#shares(fact.active);
    if (fact.fact === 'segment') this.#takePiece(fact.segment);
    if (fact.fact === 'joined' || fact.fact === 'left') this.#meet(fact);
  }

  /** Where no transport tells a host who is there, their platform does: people whom nobody can ask from here (G1). */
  #meet(fact: Extract<AdapterFact, { fact: 'joined' | 'left' }>): void {
    const { solo, self } = this.#parts.client.binding;
    const { endpoint } = fact;
    if (!solo?.listener || self.role === 'participant' || endpoint === self.id) return;
    const others = solo.present()?.filter((each) => each !== endpoint) ?? [];
    const isHere = fact.fact === 'joined';
    solo.present = () => (isHere ? [...others, endpoint] : others);
    if (!isHere) solo.listener.left(endpoint);
    else {
      solo.listener.joined(endpoint, { ...(fact.channel && { channel: fact.channel }), sdk: false });
    }
  }

  /** What was heard for the meeting's own transcript is handed to whoever decides; captions that run are only shown; anything else is a capture seen (G10). */
  #takePiece(segment: unknown): void {
    const { client } = this.#parts;
    const meeting = client.context.meeting();
    // Whose it is shows with the meeting's state; what comes after that tells.
    if (!meeting) return;
    const isOurs = transcriptsIn(meeting.transcripts).some(({ status }) => taking.includes(status));
    const isSeen = this.#seen.captures.some(({ platformId }) => platformId === unasked);
    const isAsked = isOurs || client.watch.status('live-captions') === 'on';
    if (isSeen === isAsked) this.#see({ platformId: unasked, active: !isAsked });
    if (isOurs) void client.host?.commands.feedSegment(segment as Segment);
  }

  /** For as long as anything is seen. */
  #look(): void {
    if (this.#seen.isEmpty) {
      this.#stopLooking?.();
      this.#stopLooking = undefined;
    } else this.#stopLooking ??= this.#parts.client.mailbox.afterEach(() => this.#lookAgain());
  }

  /** What was taken for a capture of the platform's may have turned out to be one of the meeting's own. */
  #lookAgain(): void {
    const { client } = this.#parts;
    for (const capture of this.#seen.captures) if (this.#isOwn(capture)) client.mailbox.post(() => this.#see(capture));
  }

  #isOwn({ recordingId }: SeenCapture): boolean {
    return recordingId !== undefined && this.#parts.client.watch.isOwn(recordingId);
  }

  #shares(active: boolean): void {
    const { client } = this.#parts;
    this.#parts.shares(active);
    void client.requests.command({ do: 'reportSharing', active });
  }

  /** Each client believes its own adapter: the indicator is on at once (G10). */
  #see(capture: SeenCapture): void {
    const { client, notices, cues, version } = this.#parts;
    // One of the meeting's own is nothing seen, even if it was taken for that before anybody here knew it.
    const isOwn = this.#isOwn(capture);
    const begun = this.#seen.take(isOwn ? { ...capture, active: false } : capture);
    this.#look();
    client.watch.see(this.#seen.states);
    if (begun) {
      client.host?.news.captureSeen(begun);
      cues.seen(begun);
      if (!client.follower.followed) {
        notices.raiseLocal(noticeSeenHere(begun, client.follower.meeting?.policy, version));
      }
    }
    if (!capture.active || isOwn) this.#closeUnseen(seenRecordingId(client.context.meetingId, capture.platformId));
    if (client.isHosting && !(isOwn && capture.active)) {
      client.context.tellAuthority({ t: 'seen', captures: [seenOf(capture)] });
    }
  }

  /** Where no authority closes the notice of a capture that is over, this client does. */
  #closeUnseen(ended: RecordingId): void {
    const { client, notices, recordingEnded } = this.#parts;
    if (!client.watch.get(ended)) recordingEnded(ended, true);
    for (const { noticeId, recordingId } of notices.all) {
      if (client.follower.followed && !notices.isLocal(noticeId)) continue;
      if (!client.watch.get(recordingId)) notices.close(noticeId, 'capture-ended');
    }
  }
}

/** What is loaded for it. */
export interface AdapterModule {
  readonly createAdapterSide: (parts: AdapterParts) => AdapterSide;
}

export const createAdapterSide = (parts: AdapterParts): AdapterSide => new AdapterSide(parts);
