import { english } from '../notice/english.ts';
import { formatText } from '../notice/texts.ts';
import type { NotificationKind } from '../hooks/hooks.types.ts';
import type { Notice } from '../notice/notice.types.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import type { Self } from '../participants/participants.types.ts';
import { seenRecordingId } from '../recording/seen.rules.ts';
import type { RecordingState } from '../transport/messages.types.ts';
import type { AdapterFact, SeenCapture } from '../transport/transport.types.ts';
import { Answering } from './answering.ts';
import type { Client, ClientEvents } from './client.ts';
import { Cues } from './cues.ts';
import { Notices } from './notices.ts';
import { policyHold } from './own-state.ts';
import type { SessionOptions, SessionSnapshot } from './session.types.ts';
import { idleSnapshot, sharedSnapshot } from './snapshot.ts';

/** What a session shows: notices, cues and the snapshot; and what its person does with them. */
export class Surface {
  readonly document: { readonly version: string; readonly hash: string } | undefined;
  readonly #options: SessionOptions;
  readonly #self: Self;
  catalogue: TextCatalogue = english;
  snapshot: SessionSnapshot;
  #client!: Client;
  #notices!: Notices;
  #cues!: Cues;
  answering!: Answering;
  readonly #seen = new Map<string, SeenCapture>();
  #unsubscribe: (() => void)[] = [];

  constructor(options: SessionOptions, self: Self) {
    this.#options = options;
    this.#self = self;
    this.document = undefined;
    this.snapshot = idleSnapshot({ id: self.id, role: self.role, consents: {}, captured: false, because: undefined });
  }

  wire(client: Client): ClientEvents {
    this.#client = client;
    const { presents = 'confirmed' } = this.#options;
    this.#notices = new Notices(client.context, {
      catalogue: () => this.catalogue,
      document: this.document,
      inspect: this.#options.inspect,
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
    this.answering = new Answering(client, this.#notices);
    this.#cues = new Cues(client.context, {
      catalogue: () => this.catalogue,
      asks: (recordingId) => this.#asks(recordingId),
      requested: (cue) => this.#options.cues?.play(cue, (result) => client.mailbox.post(() => this.confirmCue(cue.cueId, result))),
    });
    return {
      notices: this.#notices,
      cues: {
        moved: (before, now) => {
          this.#cues.moved(before, now);
          this.#alertHost(before, now);
        },
      },
      acknowledged: (id, outcome) => this.answering.acknowledged(id, outcome),
      recordingEnded: (recordingId) => this.#recordingEnded(recordingId),
      followed: () => this.#tellSeen(),
    };
  }

  /** The transport is open: what the adapter and the devices say is heard from now on. */
  opened(): void {
    const { adapter, devices } = this.#client.binding;
    const post = (task: () => void) => this.#client.mailbox.post(() => this.#client.isOpen && task());
    if (devices) {
      this.#unsubscribe.push(
        devices.subscribe((state) => post(() => this.#client.holds.switchedOn(state) && this.#client.context.changed())),
      );
    }
    if (!adapter) return;
    this.#unsubscribe.push(adapter.subscribe((fact) => post(() => this.#hear(fact))));
    for (const capture of adapter.snapshot().captures) this.#see(capture);
  }

  left(): void {
    for (const unsubscribe of this.#unsubscribe.splice(0)) unsubscribe();
    this.#notices.closeAll('left');
    this.#client.holds.endAll('left');
    this.#seen.clear();
  }

  reword(catalogue: TextCatalogue): void {
    this.catalogue = catalogue;
    this.#notices.reword();
  }

  pressKey(key: string): void {
    const meaning = this.#lastKeys()?.[key];
    if (meaning === 'repeat') this.#cues.repeat();
    if (meaning === 'agree') void this.#pressed('agree');
    if (meaning === 'refuse') void this.#pressed('refuse');
  }

  confirmCue(cueId: string, result: 'played' | 'blocked'): void {
    const cue = this.#cues.get(cueId);
    if (!cue || result !== 'played') return;
    const { channel } = this.#self;
    if (channel === 'phone' || channel === 'room-system') this.answering.played(cue.recordingId);
  }

  /** Makes the snapshot new where anything changed, then tells what led to it. */
  settle(): void {
    let isNew = false;
    if (this.#client.isDirty) {
      this.#client.isDirty = false;
      const before = this.snapshot;
      this.snapshot = sharedSnapshot(before, this.#build());
      isNew = this.snapshot !== before;
    }
    this.#client.hooks.deliver(isNew);
  }

  #build(): SessionSnapshot {
    const client = this.#client;
    const { meeting, personal, followed } = client.follower;
    const { hold } = { hold: client.holds.current };
    const isIn = client.connection !== 'left' && client.connection !== 'idle';
    return {
      connection: client.connection,
      authorityId: followed?.epoch.id,
      vouches: isIn ? client.binding.transport.vouches : undefined,
      admission: personal?.admission.admission ?? 'admitted',
      notices: this.#notices.all,
      prompt: this.#notices.prompt,
      indicators: Object.fromEntries(client.watch.purposes.map((purpose) => [purpose, client.watch.status(purpose)])),
      recordings: client.watch.recordings.map((each) => ({
        recordingId: each.recordingId,
        purposes: each.purposes,
        status: client.watch.isLost ? ('unknown' as const) : each.status,
        storage: each.storage,
        requestedBy: each.by,
        ...(each.reason !== undefined && { reason: each.reason }),
      })),
      hold: hold && { devices: hold.devices, because: hold.because, restore: hold.restore },
      restorable: client.holds.offered,
      self: {
        id: this.#self.id,
        role: this.#role(),
        consents: client.own.consents(personal),
        ...client.own.captured(personal),
      },
      attention: { ...(meeting?.attention ?? { enabled: false, active: false }), inattentive: false },
      policy: meeting?.policy,
      counts: client.isHosting && client.isWelcome ? client.hosts.counts : null,
    };
  }

  #role(): Self['role'] {
    const role = this.#client.binding.isLocalOnly ? undefined : this.#client.binding.transport.roleOf(this.#self.id);
    return role === undefined || role === 'authority' ? this.#self.role : role;
  }

  /** Whether this person is asked, and not only told. */
  #asks(recordingId: string): boolean {
    const { meeting, personal } = this.#client.follower;
    const recording = this.#client.watch.get(recordingId);
    if (!recording || meeting?.policy.recording.consent === 'notice') return false;
    if (typeof recording.by === 'object' && recording.by.participantId === this.#self.id) return false;
    if (this.#self.channel === 'bot' || this.#self.channel === 'room-system') return false;
    const own = personal?.consents.filter((each) => each.recordingId === recordingId) ?? [];
    return own.length === 0 || own.some(({ consent }) => consent === 'requested' || consent === 'shown');
  }

  #recordingEnded(recordingId: string): void {
    this.answering.recordingEnded(recordingId);
    const { holds } = this.#client;
    if (holds.recordingOf(policyHold) === recordingId) holds.end(policyHold, 'capture-ended');
    for (const notice of this.#notices.all) {
      if (notice.recordingId === recordingId) this.#notices.close(notice.noticeId, 'capture-ended');
    }
  }

  #remind(notice: Notice): void {
    const recording = this.#client.watch.get(notice.recordingId);
    if (recording) this.#cues.remind(recording, notice.purposes);
  }

  #lastKeys() {
    return this.#cues.last?.announcement.keys;
  }

  /** A key answers for everything that is asked; refusing later is withdrawing. */
  #pressed(meaning: 'agree' | 'refuse'): Promise<unknown> {
    const prompt = this.#notices.prompt;
    if (prompt) {
      const agreed = prompt.consent === 'acknowledge' ? 'acknowledged' : 'given';
      const answer = meaning === 'agree' ? agreed : 'refused';
      const answers = Object.fromEntries(prompt.purposes.map((purpose) => [purpose, answer] as const));
      return this.answering.answerNotice(prompt.noticeId, answers);
    }
    return this.answering.answerPurpose('recording', meaning === 'agree' ? 'given' : 'withdrawn');
  }

  #hear(fact: AdapterFact): void {
    if (fact.fact === 'key') this.pressKey(fact.key);
    if (fact.fact === 'capture-seen') this.#see(fact);
  }

  /** Each client believes its own adapter: the indicator is on at once (G10). */
  #see({ platformId, active, storage, startedBy, recordingId }: SeenCapture): void {
    if (recordingId !== undefined && this.#client.watch.isOwn(recordingId)) return;
    const capture: SeenCapture = {
      platformId,
      active,
      ...(storage && { storage }),
      ...(startedBy !== undefined && { startedBy }),
      ...(recordingId !== undefined && { recordingId }),
    };
    const isNew = active && !this.#seen.has(platformId);
    if (active) this.#seen.set(platformId, capture);
    else this.#seen.delete(platformId);
    const states = [...this.#seen.values()].map((each) => this.#seenState(each));
    this.#client.watch.see(states);
    if (isNew) for (const state of states) if (state.recordingId === this.#seenId(capture)) this.#cues.seen(state);
    if (this.#client.isHosting) this.#tell([capture]);
  }

  #tellSeen(): void {
    if (this.#client.isHosting && this.#seen.size > 0) this.#tell([...this.#seen.values()]);
  }

  #tell(captures: SeenCapture[]): void {
    this.#client.context.tellAuthority({ t: 'seen', captures });
  }

  #seenId(capture: SeenCapture): string {
    return seenRecordingId(this.#client.context.meetingId, capture.platformId);
  }

  #seenState(capture: SeenCapture): RecordingState {
    return {
      recordingId: this.#seenId(capture),
      purposes: ['recording'],
      status: 'on',
      by: capture.startedBy === undefined ? 'platform' : { participantId: capture.startedBy },
      started: true,
      seen: true,
      endsBy: 'platform',
      ...(capture.storage && { storage: capture.storage }),
    };
  }

  /** What a host must learn, however their notifications are set. */
  #alertHost(before: RecordingState | undefined, now: RecordingState): void {
    if (!this.#client.isHosting) return;
    if (now.seen && now.status === 'on' && !before) this.#alert('capture-seen', now);
    if (now.ended?.outcome === 'failed' && !before?.ended) this.#alert('recording-failed', now);
  }

  #alert(kind: NotificationKind, { recordingId }: RecordingState): void {
    this.#client.hooks.announce('hostNotified', {
      id: this.#client.context.randomId(),
      kind,
      level: 'alert',
      summary: formatText(this.catalogue, `notification.${kind}`, { count: 1 }),
      items: [{ recordingId }],
    });
  }
}

