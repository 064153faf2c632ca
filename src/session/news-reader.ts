import type { NotificationKind } from '../notice/notice.types.ts';
import type { NotificationItem } from '../notifications/notifications.types.ts';
import { answerNews, answersOver, isUnanswered, lifeOf } from '../notifications/roster-news.rules.ts';
import type { ParticipantId, RecordingId, Status } from '../participants/participants.types.ts';
import { purposePolicy } from '../policy/purpose.rules.ts';
import type { RosterRow } from '../recording/recording.types.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { TranscriptView } from '../transport/transcript-messages.types.ts';
import type { NotificationDesk } from './notification-desk.ts';
import type { SessionContext } from './session-context.ts';

type RowKind = Extract<NotificationKind, 'refused' | 'withdrawn' | 'expired' | 'late-joiner'>;

/** What is new for a host: read off the roster's rows and the meeting's recordings, and handed to the desk. */
export class NewsReader {
  readonly #context: SessionContext;
  readonly #desk: NotificationDesk;
  /** Who was asked and has not answered, and for which recording. */
  readonly #unanswered = new Map<ParticipantId, RecordingId>();
  /** Who came while these recordings ran, and was not asked yet. */
  readonly #newcomers = new Map<ParticipantId, readonly RecordingId[]>();
  readonly #fresh = new Map<RowKind, Map<string, NotificationItem>>();
  /** Transcripts that the host knows to be ready; none before they have looked. */
  #ready: ReadonlySet<string> | undefined;
  /** Recordings that the host has learned of: a capture seen is told once, whoever tells of it first. */
  readonly #learned = new Set<RecordingId>();
  /** Requests about somebody's data that the host has heard of. */
  readonly #requests = new Set<string>();

  constructor(context: SessionContext, desk: NotificationDesk) {
    this.#context = context;
    this.#desk = desk;
  }

  /** One row is another; on the first look at a meeting nothing is news. */
  row(before: RosterRow | undefined, row: RosterRow, isFirstLook: boolean): void {
    if (row.participantId === this.#context.self.id) return;
    const { participantId } = row;
    const recordingId = lifeOf(row);
    const policy = this.#context.meeting()?.policy;
    const isOpen = isUnanswered(row, (purpose) => (policy ? purposePolicy(policy, purpose).consent : 'explicit'));
    if (isOpen && recordingId !== undefined) this.#unanswered.set(participantId, recordingId);
    else this.#unanswered.delete(participantId);
    this.#takeRights(row, isFirstLook);
    if (isFirstLook) return;
    this.#takeNewcomer(before, row, isOpen);
    if (recordingId === undefined) return;
    const key = `${participantId} ${recordingId}`;
    for (const kind of answersOver(row)) {
      this.#fresh.get(kind)?.delete(key);
      this.#desk.drop(kind, key);
    }
    for (const kind of answerNews(before, row)) this.#note(kind, { participantId, recordingId });
  }

  gone(id: ParticipantId): void {
    this.#unanswered.delete(id);
    this.#newcomers.delete(id);
  }

  /** All rows of one message have been taken: what they said is told together. */
  rowsTaken(): void {
    this.#desk.unanswered = this.#unanswered.size;
    for (const [kind, items] of this.#fresh) if (items.size > 0) this.#desk.raise(kind, items);
    this.#fresh.clear();
    this.#tellPending();
  }

  /** What a host must learn, however their notifications are set. */
  recordingMoved(before: RecordingState | undefined, now: RecordingState): void {
    if (!this.#context.isHosting() || !now.purposes.includes('recording')) return;
    if (now.seen && now.status !== 'off') this.captureSeen(now);
    // Nobody knows that it has ended: a stop came to nothing, or its authority is gone.
    const isLoose = now.status === 'unknown' && before?.status !== 'unknown';
    const hasFailed = now.ended?.outcome === 'failed' && !before?.ended && before?.status !== 'unknown';
    if (isLoose || hasFailed) this.#learn('recording-failed', now);
    if (now.status === 'off') this.#learned.delete(now.recordingId);
    this.#tellPending();
  }

  /** Once a capture, whoever tells of it first: one's own adapter, or the authority (G10). */
  captureSeen(recording: RecordingState): void {
    if (!this.#context.isHosting() || this.#learned.has(recording.recordingId)) return;
    this.#learned.add(recording.recordingId);
    this.#learn('capture-seen', recording);
  }

  /** A transcript that was not ready before is; what a host finds ready when they come is no news. */
  transcripts(views: readonly TranscriptView[]): void {
    const ready = views.filter(({ status }) => status === 'ready');
    const news = ready.filter(({ transcriptId }) => this.#ready && !this.#ready.has(transcriptId));
    this.#ready = new Set([...(this.#ready ?? []), ...ready.map(({ transcriptId }) => transcriptId)]);
    for (const { recordingId } of news) this.#desk.raise('transcript-ready', new Map([[recordingId, { recordingId }]]));
  }

  forget(): void {
    this.#ready = undefined;
    for (const each of [this.#unanswered, this.#newcomers, this.#fresh, this.#learned, this.#requests]) each.clear();
    this.#desk.unanswered = 0;
    this.#desk.forget();
  }

  #learn(kind: 'capture-seen' | 'recording-failed', { recordingId, ended }: RecordingState): void {
    const code = ended?.code;
    this.#desk.raise(kind, new Map([[recordingId, { recordingId }]]), code === undefined ? {} : { code });
  }

  /** Who comes while a recording runs is late once they are asked, be it a moment after they came. */
  #takeNewcomer(before: RosterRow | undefined, row: RosterRow, isOpen: boolean): void {
    const { participantId, recordingId } = row;
    if (row.present && !before?.present) this.#newcomers.set(participantId, this.#recordings('on', 'paused'));
    if (!isOpen || recordingId === undefined || !this.#newcomers.get(participantId)?.includes(recordingId)) return;
    this.#newcomers.delete(participantId);
    this.#note('late-joiner', { participantId, recordingId });
  }

  /** Once a request: when it was received, or when this host came to decide on it. */
  #takeRights({ participantId, rights = [] }: RosterRow, isFirstLook: boolean): void {
    for (const { requestId, status } of rights) {
      if (this.#requests.has(requestId)) continue;
      this.#requests.add(requestId);
      const isNews = !isFirstLook || status === 'received' || status === 'identified';
      if (isNews) this.#desk.raise('right-exercised', new Map([[requestId, { participantId }]]));
    }
  }

  #note(kind: RowKind, item: { readonly participantId: ParticipantId; readonly recordingId: RecordingId }): void {
    const items = this.#fresh.get(kind) ?? new Map<string, NotificationItem>();
    this.#fresh.set(kind, items.set(`${item.participantId} ${item.recordingId}`, item));
  }

  #tellPending(): void {
    const asking = this.#recordings('asking');
    const pending = [...this.#unanswered].filter(([, recordingId]) => asking.includes(recordingId)).map(([id]) => id);
    this.#desk.pending(new Set(pending));
  }

  #recordings(...statuses: readonly Status[]): readonly RecordingId[] {
    const recordings = this.#context.meeting()?.recordings ?? [];
    return recordings.filter(({ status }) => statuses.includes(status)).map(({ recordingId }) => recordingId);
  }
}
