import type { AttentionTracking } from '../attention/attention.types.ts';
import type { AttentionChange } from '../hooks/hooks.types.ts';
import { sameEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, Epoch, ParticipantId } from '../participants/participants.types.ts';
import type { RosterRow } from '../recording/recording.types.ts';
import type { AttentionEdge, MeetingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import type { SessionContext } from './session-context.ts';

const frameMs = 16;
/** How long who is silent is asked again, at growing intervals. */
const askedForMs = 4 * times.repeatMs;

/** What one endpoint has said last. */
interface Said {
  n: number;
  /** Since when, on this client's clock; `undefined` where it said that it is attentive. */
  sinceAt: number | undefined;
}

export interface BoardOptions {
  readonly context: SessionContext;
  readonly wire: BoardWire;
  /** Whether a person is a participant who is heard: of who is not, nothing is known. */
  readonly isTracked: (id: ParticipantId) => boolean;
  /** What is told of the icons, one batch a frame. */
  readonly drawn: (changes: readonly AttentionChange[]) => void;
  /** The same, whatever this host wants to be shown; and how many are inattentive. */
  readonly changed: (changes: readonly AttentionChange[], inattentive: number) => void;
}

/** What the board asks of the transport, by its word alone. */
export interface BoardWire {
  participantOf(endpoint: Endpoint): ParticipantId | undefined;
  roleOf(endpoint: Endpoint): string | undefined;
  report(code: string, from: Endpoint): void;
}

/**
 * Who is inattentive, on one host's own client: from edges that each participant's client sends it, for as long as the
 * share that they name is on. Nothing of it is kept, sent on, or seen by an inspector (G4).
 */
export class AttentionBoard {
  readonly #options: BoardOptions;
  readonly #endpoints = new Map<Endpoint, ParticipantId>();
  /** By person, what each of their endpoints has said; `undefined` for nothing. */
  readonly #said = new Map<ParticipantId, Map<Endpoint, Said | undefined>>();
  /** Since when each is inattentive, as far as it was told. */
  readonly #shown = new Map<ParticipantId, number>();
  readonly #changed = new Set<ParticipantId>();
  /** Of whom something was forgotten while they were not heard: asked when they are. */
  readonly #forgotten = new Set<ParticipantId>();
  /** Who is asked again. */
  readonly #silent = new Set<Endpoint>();
  #share: string | undefined;
  /** The share before, and when it ended: what was said of it then is still on its way. */
  #past: { readonly share: string; readonly at: number } | undefined;
  #hasContact = false;
  #hasIcons = true;
  #epoch: Epoch | undefined;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** How many are inattentive. */
  get count(): number {
    return this.#shown.size;
  }

  isInattentive(id: ParticipantId): boolean {
    return this.#shown.has(id);
  }

  /** Whether the host wants to be shown icons: with another word, those that are on are told, or taken back. */
  wantIcons(areWanted: boolean): void {
    if (areWanted === this.#hasIcons) return;
    this.#hasIcons = areWanted;
    const changes = [...this.#shown].map(([id, sinceAt]) => this.#change(id, areWanted ? sinceAt : undefined));
    if (changes.length > 0) this.#options.drawn(changes);
  }

  /** What this host's roster shows of somebody: nothing of who is attentive, or refused. */
  signalOf({ participantId, role, channel, present, focus }: RosterRow): 'inattentive' | 'unavailable' | undefined {
    if (!this.#hasIcons || this.#share === undefined || role !== 'participant' || channel === 'bot') return;
    if (this.isInattentive(participantId)) return 'inattentive';
    return present && focus && channel === 'app' ? undefined : 'unavailable';
  }

  /** The share that is on, and who decides: with another of either it starts from nothing. */
  follow({ tracking, epoch, hasContact }: { tracking: AttentionTracking; epoch: Epoch; hasContact: boolean }): void {
    const now = this.#options.context.clock.now();
    if (this.#past && hasContact && !this.#hasContact) this.#past = { share: this.#past.share, at: now };
    this.#hasContact = hasContact;
    const share = hasContact && this.#options.context.isHosting() && tracking.active ? tracking.share : undefined;
    if (share === this.#share && this.#epoch && sameEpoch(epoch, this.#epoch)) return;
    if (this.#share !== undefined && share !== this.#share) this.#past = { share: this.#share, at: now };
    this.#share = share;
    this.#epoch = epoch;
    this.#changed.clear();
    for (const id of this.#shown.keys()) this.#changed.add(id);
    for (const all of this.#said.values()) for (const endpoint of all.keys()) all.set(endpoint, undefined);
    this.#tellSoon();
    this.#silent.clear();
    this.#options.context.timers.clear('attention asks');
    if (share === undefined) return;
    this.#tellOf('all');
    this.#askAgain([...this.#endpoints.keys()]);
  }

  /** Somebody's client says that they are inattentive, or are so no more. */
  take(edge: AttentionEdge, from: Endpoint): void {
    const { wire, context } = this.#options;
    const id = wire.participantOf(from);
    const epoch = context.followed()?.epoch;
    if (id === undefined || wire.roleOf(from) !== 'participant') {
      wire.report('attention/not-tracked', from);
      return;
    }
    if (this.#mayCross(edge)) return;
    const isFuture = epoch === undefined || edge.epoch.number > epoch.number;
    if (isFuture || edge.share !== this.#share || this.#isTooSoon(edge)) {
      wire.report('attention/not-armed', from);
      return;
    }
    this.joined(from);
    const all = this.#said.get(id);
    const known = all?.get(from);
    this.#silent.delete(from);
    this.#tellOf([from], edge.n);
    if (known && known.n >= edge.n) return;
    const sinceAt = edge.inattentive ? context.clock.now() - edge.sinceMs : undefined;
    all?.set(from, { n: edge.n, sinceAt });
    this.look(id);
  }

  /** Somebody is heard, or not heard, or has another endpoint: looked at anew. */
  look(id: ParticipantId): void {
    if (this.#share === undefined && !this.#shown.has(id)) return;
    this.#changed.add(id);
    this.#tellSoon();
  }

  /** The transport has named an endpoint. */
  joined(endpoint: Endpoint): void {
    const id = this.#options.wire.participantOf(endpoint);
    if (id === undefined || this.#endpoints.has(endpoint)) return;
    this.#endpoints.set(endpoint, id);
    const all = this.#said.get(id) ?? new Map<Endpoint, Said | undefined>();
    this.#said.set(id, all.set(endpoint, undefined));
    if (this.#shown.has(id)) this.look(id);
  }

  left(endpoint: Endpoint): void {
    const id = this.#endpoints.get(endpoint);
    if (id === undefined) return;
    this.#endpoints.delete(endpoint);
    this.#silent.delete(endpoint);
    const all = this.#said.get(id);
    all?.delete(endpoint);
    if (all?.size === 0) {
      this.#said.delete(id);
      this.#forgotten.delete(id);
    }
    if (this.#shown.has(id) || all?.size) this.look(id);
  }

  forget(): void {
    this.#endpoints.clear();
    this.#said.clear();
    this.#shown.clear();
    this.#changed.clear();
    this.#forgotten.clear();
    this.#silent.clear();
    this.#options.context.timers.clear('attention asks');
    this.#share = undefined;
    this.#past = undefined;
    this.#hasContact = false;
    this.#epoch = undefined;
  }

  /** Asks a few times more, of whoever has said nothing: nobody who is attentive answers, so that a loss does not show. */
  #askAgain(endpoints: readonly Endpoint[], afterMs: number = times.repeatMs): void {
    const { timers } = this.#options.context;
    for (const endpoint of endpoints) this.#silent.add(endpoint);
    timers.set('attention asks', afterMs, () => {
      if (this.#silent.size > 0) this.#tellOf([...this.#silent]);
      if (afterMs < askedForMs) this.#askAgain([], afterMs * 2);
      else this.#silent.clear();
    });
  }

  /** Asks for what is the case now, or says which edge is here. */
  #tellOf(to: 'all' | readonly Endpoint[], got?: number): void {
    const followed = this.#options.context.followed();
    if (!followed) return;
    this.#options.context.tell({ t: 'attention?', epoch: followed.epoch, ...(got !== undefined && { got }) }, to);
  }

  /** What nobody here can judge, or what was sent before its sender could know that the share was over, is nobody's fault. */
  #mayCross({ share, epoch }: AttentionEdge): boolean {
    if (!this.#hasContact || epoch.number < (this.#epoch?.number ?? 0)) return true;
    if (share === this.#share || share !== this.#past?.share) return false;
    return this.#options.context.clock.now() - this.#past.at <= times.giveUpMs;
  }

  /** No client may say so earlier than the policy allows. */
  #isTooSoon({ inattentive, sinceMs }: AttentionEdge): boolean {
    const policy = this.#options.context.meeting()?.policy.attention as MeetingState['policy']['attention'] | undefined;
    return inattentive && sinceMs <= (policy?.thresholdMs ?? 0);
  }

  #tellSoon(): void {
    const { timers } = this.#options.context;
    if (this.#changed.size > 0 && !timers.has('attention board')) {
      timers.set('attention board', frameMs, () => this.#tell());
    }
  }

  #tell(): void {
    const { changed, drawn } = this.#options;
    const changes: AttentionChange[] = [];
    for (const participantId of this.#changed) {
      this.#attend(participantId);
      const sinceAt = this.#sinceOf(participantId);
      const inattentive = sinceAt !== undefined;
      if (inattentive === this.#shown.has(participantId)) continue;
      if (inattentive) this.#shown.set(participantId, sinceAt);
      else this.#shown.delete(participantId);
      changes.push(this.#change(participantId, sinceAt));
    }
    this.#changed.clear();
    if (changes.length === 0) return;
    if (this.#hasIcons) drawn(changes);
    changed(changes, this.#shown.size);
  }

  #change(participantId: ParticipantId, sinceAt: number | undefined): AttentionChange {
    const inattentive = sinceAt !== undefined;
    const sinceMs = inattentive ? Math.max(0, this.#options.context.clock.now() - sinceAt) : 0;
    return { participantId, inattentive, sinceMs };
  }

  /** What somebody said counts for as long as they are heard: whoever is heard again says what is the case then. */
  #attend(id: ParticipantId): void {
    const all = this.#said.get(id);
    if (!all) return;
    if (this.#options.isTracked(id)) {
      if (!this.#forgotten.delete(id)) return;
      const endpoints = [...all.keys()];
      this.#tellOf(endpoints);
      this.#askAgain(endpoints);
      return;
    }
    for (const [endpoint, said] of all) {
      if (!said) continue;
      all.set(endpoint, undefined);
      this.#forgotten.add(id);
    }
  }

  /** A person is inattentive when all their sessions say so: since the last of them. */
  #sinceOf(id: ParticipantId): number | undefined {
    const all = this.#said.get(id);
    if (!all || !this.#options.isTracked(id)) return undefined;
    let since = Number.NEGATIVE_INFINITY;
    for (const said of all.values()) {
      if (said?.sinceAt === undefined) return undefined;
      since = Math.max(since, said.sinceAt);
    }
    return since;
  }
}
