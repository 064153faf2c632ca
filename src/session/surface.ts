import { frozen } from '../core/frozen.ts';
import { keepIdentity } from '../core/identity.ts';
import { documentHash } from '../notice/document-hash.ts';
import { english } from '../notice/english.ts';
import type { Notice } from '../notice/notice.types.ts';
import { refusalEffect } from '../notice/refusal.rules.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { Self } from '../participants/participants.types.ts';
import { purposePolicy } from '../policy/purpose.rules.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import { Answering } from './answering.ts';
import { Attention, type TrackerModule } from './attention.ts';
import type { Client } from './client.ts';
import type { ClientEvents } from './client.types.ts';
import { Cues, type Listener, tells } from './cues.ts';
import { type ExtraModules, Extras } from './extras.ts';
import { inspectNotices } from './load-inspection.ts';
import { Notices } from './notices.ts';
import { policyHold } from './own-state.ts';
import type { SessionOptions, SessionSnapshot } from './session.types.ts';
import { type SignerModule, Signing } from './signing.ts';
import { type TranscriptModule, Transcripts } from './transcripts.ts';

/** The version of the words where no document names another; the authority's is the same. */
const defaultNoticeVersion = '1';

/** What is loaded once it is needed. */
interface SurfaceModules extends ExtraModules {
  readonly loadTracker: () => TrackerModule | Promise<TrackerModule>;
  readonly loadSigner: () => SignerModule | Promise<SignerModule>;
  readonly loadTranscriptSide: () => TranscriptModule | Promise<TranscriptModule>;
}

/** What a session shows: notices, cues and the snapshot; and what its person does with them. */
export class Surface {
  readonly document: { readonly version: string; readonly hash: string } | undefined;
  readonly #options: SessionOptions;
  readonly #self: Self;
  readonly #load: SurfaceModules;
  catalogue: TextCatalogue = english;
  snapshot!: SessionSnapshot;
  #client!: Client;
  #notices!: Notices;
  #cues!: Cues;
  extras!: Extras;
  answering!: Answering;
  attention!: Attention;
  #transcripts!: Transcripts;
  #unsubscribe: (() => void)[] = [];

  constructor(options: SessionOptions, self: Self, load: SurfaceModules) {
    this.#options = options;
    this.#load = load;
    this.#self = self;
    const { document } = options;
    this.document = document && { version: document.version, hash: documentHash(document) };
  }

  wire(client: Client): ClientEvents {
    const version = this.document?.version ?? defaultNoticeVersion;
    this.#client = client;
    const { presents = 'confirmed', inspect } = this.#options;
    this.#notices = new Notices(client.context, {
      catalogue: ({ purposes }) =>
        purposes.includes('attention-tracking') ? this.attention.words(this.catalogue) : this.catalogue,
      open: (data) => this.extras.words(data),
      document: this.document,
      stepped: inspect && inspectNotices(inspect),
      raised: (notice) => {
        client.hooks.announce('noticeRaised', notice);
        this.answering.raised(notice);
        if (presents === 'assumed') client.mailbox.post(() => this.answering.shown(notice.noticeId));
      },
      reminded: (notice) => this.#remind(notice),
      closed: ({ noticeId, purpose, recordingId }, because) => {
        client.hooks.announce('noticeClosed', { noticeId, purpose, recordingId, because });
        this.answering.closed(noticeId, because);
      },
    });
    this.attention = new Attention({
      context: client.context,
      focus: client.binding.focus,
      load: this.#load.loadTracker,
      version,
      transport: client.binding.transport,
      heardAt: () => client.follower.heardAt,
      // Whoever shares looks at what they share.
      hasContact: () => client.hasContact && !client.introduction.isSharing,
      signal: client.introduction,
      send: (command, done) => client.requests.send(command, done),
      indicate: () => client.watch.tellIndicators(),
      notices: this.#notices,
    });
    this.#transcripts = new Transcripts(client.context, client.wire, this.#load.loadTranscriptSide);
    const signing = new Signing(client, this.#options.keys, this.#load.loadSigner);
    this.answering = new Answering(client, this.#notices, this.attention);
    this.#cues = new Cues(client.context, {
      catalogue: () => this.catalogue,
      callerWords: () => this.extras.callerWords,
      listener: (recording) => this.#listener(recording),
      requested: (cue) =>
        this.#options.cues?.play(
          cue,
          (result) => client.mailbox.post(() => this.confirmCue(cue.cueId, result)),
          this.#hearsNotices ? 'needed' : 'optional',
        ),
    });
    this.extras = new Extras({
      client,
      notices: this.#notices,
      answering: this.answering,
      cues: this.#cues,
      catalogue: () => this.catalogue,
      version,
      listener: (recording) => this.#listener(recording),
      shares: (active) => this.shares(active),
      recordingEnded: (recordingId, isConfirmed) => this.#recordingEnded(recordingId, isConfirmed),
      load: this.#load,
    });
    this.snapshot = frozen(this.#build());
    return {
      notices: this.#notices,
      signing,
      cues: this.#cues,
      acknowledged: (id, outcome) => this.answering.acknowledged(id, outcome),
      recordingEnded: (recordingId, isConfirmed) => this.#recordingEnded(recordingId, isConfirmed),
      greeting: () => this.answering.holdAgain(),
      welcomed: () => this.answering.welcomed(),
      followed: () => this.extras.adapter?.followed(),
      attended: () => {
        this.attention.follow();
        this.#transcripts.follow();
      },
      attentionStatus: () => this.attention.status,
      addressed: (message, from) => {
        if (message.t === 'attention?') this.attention.asked(message, from);
        else if (message.t === 'receipts') signing.take(message);
        else this.#transcripts.take(message);
      },
      settle: () => this.settle(),
    };
  }

  /** The transport is open: what the adapter and the devices say is heard from now on. */
  opened(): void {
    const { adapter, devices } = this.#client.binding;
    const post = (task: () => void) => this.#client.mailbox.post(() => this.#client.isOpen && task());
    const { holds, context } = this.#client;
    const side = this.extras.adapter;
    if (adapter && side) this.#unsubscribe.push(side.open(adapter));
    if (devices) {
      this.#unsubscribe.push(devices.subscribe((state) => post(() => holds.switchedOn(state) && context.changed())));
    }
  }

  left(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) this.#client.mailbox.post(unsubscribe);
    this.attention.left();
    this.#transcripts.left();
    this.#client.introduction.isSharing = false;
    this.#client.introduction.canTell = false;
    this.#notices.closeAll('left');
    this.#client.holds.endAll('left');
  }

  /** Whether this client's own person shares their screen. */
  shares(active: boolean): void {
    this.#client.mailbox.post(() => {
      this.#client.introduction.isSharing = active;
      this.attention.follow();
    });
  }

  reword(catalogue: TextCatalogue): void {
    this.catalogue = catalogue;
    this.#notices.reword();
    this.#client.host?.notifications.reword();
  }

  confirmCue(cueId: string, result: 'played' | 'blocked'): void {
    const cue = this.#cues.get(cueId);
    if (!cue || result !== 'played') return;
    this.extras.heard(cueId);
    if (!tells.includes(cue.cue)) return;
    if (this.#hearsNotices) this.answering.played(cue.recordingId, cue.purposes);
  }

  /** Without a screen of one's own, what is heard is the notice. */
  get #hearsNotices(): boolean {
    const { channel } = this.#self;
    return channel === 'phone' || channel === 'room-system';
  }

  /** Makes the snapshot new where anything changed, then tells what led to it. */
  settle(): void {
    const before = this.snapshot;
    if (this.#client.isDirty) {
      this.#client.isDirty = false;
      this.snapshot = frozen(keepIdentity(before, this.#build()));
    }
    this.#client.hooks.deliver(this.snapshot !== before);
  }

  #build(): SessionSnapshot {
    const client = this.#client;
    const { meeting, personal, followed } = client.follower;
    // Before it has joined a session asks nothing of its transport.
    const isIn = client.connection !== 'left' && client.connection !== 'idle';
    const host = client.host && client.isHosting ? client.host : undefined;
    return {
      connection: client.connection,
      authorityId: followed?.epoch.id,
      vouches: isIn ? client.binding.transport.vouches : undefined,
      admission: personal?.admission.admission ?? 'admitted',
      notices: this.#notices.all,
      prompt: this.#notices.prompt,
      indicators: Object.fromEntries(client.watch.purposes.map((purpose) => [purpose, client.watch.status(purpose)])),
      recordings: client.watch.recordings
        .filter(({ purposes }) => purposes.includes('recording'))
        .map((each) => ({
          recordingId: each.recordingId,
          purposes: each.purposes,
          status: client.watch.isLost ? ('unknown' as const) : each.status,
          storage: each.storage,
          requestedBy: each.by,
          ...(each.reason !== undefined && { reason: each.reason }),
          ...(each.only && { only: each.only }),
        })),
      hold: client.holds.current,
      restorable: client.holds.offered,
      self: {
        id: this.#self.id,
        role: isIn ? this.#role() : this.#self.role,
        consents: { ...client.own.consents(personal), ...this.attention.consents },
        ...client.own.captured(personal),
      },
      attention: this.attention.view,
      transcripts: this.#transcripts.views,
      erasures: meeting?.erasures ?? [],
      policy: meeting?.policy,
      bots: meeting?.bots ?? [],
      counts: (client.follower.isWelcome && host?.view.counts) || null,
      notifications: host?.notifications.list ?? null,
      notificationSettings: host?.notifications.settings ?? null,
    };
  }

  #role(): Self['role'] {
    const role = this.#client.binding.solo ? undefined : this.#client.binding.transport.roleOf(this.#self.id);
    return role === undefined || role === 'authority' ? this.#self.role : role;
  }

  /** What this person is asked of a recording, and what refusing does: the requester, rooms and bots are only told. */
  #listener(recording: RecordingState): Listener {
    const { meeting, personal } = this.#client.follower;
    const isRequester = typeof recording.by === 'object' && recording.by.participantId === this.#self.id;
    const cannot = this.#self.channel === 'bot' || this.#self.channel === 'room-system';
    const side = recording.only && (recording.only.includes(this.#self.id) ? 'own' : 'other');
    if (cannot || isRequester || side === 'other') return { asks: false, ...(side && { side }) };
    const [main = 'recording'] = recording.purposes;
    const rules = meeting && purposePolicy(meeting.policy, main);
    const { consent = 'explicit', onRefusal = 'exclude' } = rules ?? {};
    const own = personal?.consents.filter((each) => each.recordingId === recording.recordingId) ?? [];
    const isOpen = own.length === 0 || own.some((each) => each.consent === 'requested' || each.consent === 'shown');
    return {
      asks: consent !== 'notice' && isOpen,
      consent,
      refusal: refusalEffect(onRefusal, recording.seen === true && !recording.controlled),
      ...(side && { side, isTold: this.answering.hasHeard(recording.recordingId) }),
    };
  }

  #recordingEnded(recordingId: string, isConfirmed: boolean): void {
    this.answering.recordingEnded(recordingId, isConfirmed);
    const { holds, own } = this.#client;
    own.over(recordingId);
    if (holds.recordingOf(policyHold) === recordingId) holds.end(policyHold, 'capture-ended');
    for (const notice of this.#notices.all) {
      if (notice.recordingId === recordingId) this.#notices.close(notice.noticeId, 'capture-ended');
    }
  }

  #remind(notice: Notice): void {
    const recording = this.#client.watch.get(notice.recordingId);
    if (recording) this.#cues.remind(recording, notice.purposes);
  }
}
