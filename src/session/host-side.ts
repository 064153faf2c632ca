import { EpochHints } from '../authority/epoch-hints.ts';
import { checkMethods } from '../core/misuse.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { HostNotificationOptions } from '../notifications/notifications.types.ts';
import { compareEpochs, isPlausibleEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import type { Ledger } from '../records/ledger.types.ts';
import type { MeetingRecords } from '../records/meeting-records.types.ts';
import { forHosts } from '../transport/host-messages.parse.ts';
import type { Message, RecordingState } from '../transport/messages.types.ts';
import { textsOf } from '../transport/texts.ts';
import { transcriptsIn } from '../transport/transcript-messages.parse.ts';
import { AttentionBoard } from './attention-board.ts';
import { AwaitedRecordings } from './awaited-recordings.ts';
import type { Binding } from './binding.ts';
import { CommandPost } from './command-post.ts';
import type { Follower } from './follower.ts';
import { Governing } from './governing.ts';
import type { AuthorityModule } from './governing.types.ts';
import type { HostCommands } from './host-command-names.ts';
import { hostCommands } from './host-commands.ts';
import { hostChecks } from './host-misuse.ts';
import { HostView } from './host-view.ts';
import type { Introduction } from './introduction.ts';
import { NewsReader } from './news-reader.ts';
import { NotificationDesk } from './notification-desk.ts';
import type { Requests } from './requests.ts';
import { RosterStream } from './roster-stream.ts';
import type { SessionContext } from './session-context.ts';
import { Succession } from './succession.ts';
import type { Wire } from './wire.ts';

type HighestMessage = Extract<Message, { t: 'highest' }>;

/** What the host's side of a client stands on. */
export interface HostParts {
  readonly context: SessionContext;
  readonly follower: Follower;
  readonly binding: Binding;
  readonly wire: Wire;
  readonly introduction: Introduction;
  readonly policy?: unknown;
  readonly adminPolicy?: unknown;
  readonly noticeVersion: string | undefined;
  readonly ledger?: Ledger | undefined;
  readonly records?: MeetingRecords | undefined;
  readonly inspect?: ((event: unknown) => void) | undefined;
  readonly requests: Requests;
  readonly load: (takesOver?: boolean) => AuthorityModule | Promise<AuthorityModule>;
  readonly catalogue: () => TextCatalogue;
  readonly notifications?: HostNotificationOptions | undefined;
  /** Of the recordings that live now. */
  readonly watch: { readonly recordings: readonly RecordingState[]; tellIndicators(): void };
}

/** What only a host's client has: it may come to decide, it sees everyone, and tells its host what is new. */
export interface HostSide {
  readonly governing: Governing;
  /** What a host hands in is looked at, and the policy read, before anything is said with it. Rejects with what is wrong with it. */
  checkOptions(): Promise<void>;
  readonly succession: Succession;
  readonly roster: RosterStream;
  readonly view: HostView;
  readonly board: AttentionBoard;
  joined(endpoint: Endpoint): void;
  left(endpoint: Endpoint): void;
  /** Attention tracking, who decides, or contact with them may be another now. */
  attend(hasContact: boolean): void;
  forget(): void;
  /** Somebody has named the highest epoch that they have heard of. */
  heardHighest(message: HighestMessage, from: Endpoint): void;
  /** What a question about the roster may be. */
  readonly checks: Pick<typeof hostChecks, 'roster'>;
  /** What only hosts may say. */
  readonly commands: HostCommands;
  readonly notifications: NotificationDesk;
  readonly news: NewsReader;
}

/** Loaded when a client is a host's, so that a participant's never holds it. */
export function createHostSide(parts: HostParts): HostSide {
  const { context, follower, binding, wire, introduction, policy, adminPolicy, noticeVersion, inspect, load } = parts;
  const { transport, capture } = binding;
  wire.textsOf = textsOf;
  wire.reads(forHosts);
  const view: HostView = new HostView(context, (row) => board.signalOf(row));
  const governing = new Governing(context, follower, {
    transport,
    capture,
    policy,
    adminPolicy,
    noticeVersion,
    ledger: parts.records?.ledger ?? parts.ledger,
    records: parts.records,
    storage: binding.adapter?.storage,
    inspect,
    load,
    send: (message, to) => wire.send(message, to),
    ask: () => context.tell(introduction.hello(), 'all'),
    knows: (id) => view.knows(id),
    factsOf: (endpoint) => wire.factsOf(endpoint),
    doubt: (code, from) => wire.report(code, from),
  });
  const succession = new Succession(context, follower, {
    present: () => transport.present(),
    roleOf: (id) => transport.roleOf(id),
    hasSdk: (endpoint) => wire.factsOf(endpoint).sdk !== false,
    decide: (epoch, how) => governing.decide(epoch, how),
    helloId: () => introduction.id,
  });
  const hints = new EpochHints({
    timers: context.timers,
    now: () => context.clock.now(),
    authority: () => governing.authority,
    highest: () => follower.highest,
    participantOf: (endpoint) => wire.participantOf(endpoint),
    ask: (holder) =>
      context.tell(
        introduction.hello(),
        (transport.present() ?? []).filter((endpoint) => wire.participantOf(endpoint) === holder),
      ),
    renew: (over, isStuck) => governing.renew(over, isStuck),
    doubt: (code, from) => wire.report(code, from),
  });
  const board = new AttentionBoard({
    context,
    wire,
    isTracked: (id) => view.isTracked(id),
    drawn: (changes) => context.hooks.announce('attentionIndicatorChanged', { changes }),
    changed: (changes, count) => {
      notifications.attention(changes, count);
      context.changed();
    },
  });
  const notifications: NotificationDesk = new NotificationDesk({
    context,
    options: parts.notifications,
    catalogue: parts.catalogue,
    isSharing: () => introduction.isSharing,
    nameOf: (id) => view.nameOf(id),
    tracked: () => view.tracked,
    wantIcons: (areWanted) => board.wantIcons(areWanted),
  });
  const news = new NewsReader(context, notifications);
  view.listener = news;
  // Whoever became a host in mid-meeting learns of what runs.
  for (const recording of parts.watch.recordings) news.recordingMoved(undefined, recording);
  const roster = new RosterStream(context, (rows, removed, whole) => {
    view.take(rows, removed, whole);
    for (const { participantId } of rows) board.look(participantId);
  });
  for (const endpoint of transport.present() ?? []) board.joined(endpoint);

  function heardHighest(message: HighestMessage, from: Endpoint): void {
    if (message.epoch && !isPlausibleEpoch(message.epoch, follower.highest)) {
      wire.report('protocol/implausible-epoch', from);
      return;
    }
    succession.heardHighest(message, from);
    if (!message.epoch) return;
    if (!wire.mayDecide(from)) {
      hints.heard(message.epoch, from);
      return;
    }
    const { authority } = governing;
    if (!authority || compareEpochs(follower.highest, authority.epoch) <= 0) return;
    // A host knows of a higher epoch: whoever holds it decides.
    governing.superseded(message.epoch, false);
    follower.followed = undefined;
    introduction.say();
    succession.begin();
  }

  const awaited = new AwaitedRecordings(context, parts.requests, {
    decides: () => governing.authority !== undefined,
    tellIndicators: () => parts.watch.tellIndicators(),
  });

  return {
    governing,
    async checkOptions() {
      checkMethods('createSession: records', ['begin'], parts.records);
      if (!context.isHosting() || (policy == null && adminPolicy == null)) return;
      const module = await load();
      if (policy != null) module.parse(policy, false);
      if (adminPolicy != null) module.parse(adminPolicy, true);
    },
    succession,
    roster,
    view,
    board,
    checks: hostChecks,
    commands: hostCommands(new CommandPost(parts), awaited, context.meeting),
    notifications,
    news,
    heardHighest,
    joined(endpoint) {
      governing.joined(endpoint);
      board.joined(endpoint);
    },
    left(endpoint) {
      governing.left(endpoint);
      board.left(endpoint);
    },
    attend(hasContact) {
      const epoch = context.followed()?.epoch;
      const tracking = context.meeting()?.attention;
      if (epoch && tracking) board.follow({ tracking, epoch, hasContact });
      const meeting = context.meeting();
      if (meeting) news.transcripts(transcriptsIn(meeting.transcripts));
    },
    forget() {
      view.forget();
      board.forget();
      news.forget();
    },
  };
}

/** What is loaded for it. */
export interface HostModule {
  readonly createHostSide: (parts: HostParts) => HostSide;
}
