import { EpochHints } from '../authority/epoch-hints.ts';
import { type HostNews, hostSummary } from '../notice/host-text.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import { compareEpochs, isPlausibleEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint } from '../participants/participants.types.ts';
import { forHosts } from '../transport/host-messages.parse.ts';
import type { Message } from '../transport/messages.types.ts';
import { textsOf } from '../transport/texts.ts';
import type { Binding } from './binding.ts';
import type { Follower } from './follower.ts';
import { type AuthorityModule, Governing } from './governing.ts';
import { hostChecks } from './host-misuse.ts';
import { HostView } from './host-view.ts';
import type { Introduction } from './introduction.ts';
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
  readonly policy: unknown;
  readonly adminPolicy: unknown;
  readonly noticeVersion: string | undefined;
  readonly inspect: ((event: unknown) => void) | undefined;
  readonly load: () => AuthorityModule | Promise<AuthorityModule>;
}

/** What only a host's client has: it may come to decide, it sees everyone, and has words for what a host must learn. */
export interface HostSide {
  readonly governing: Governing;
  readonly succession: Succession;
  readonly roster: RosterStream;
  readonly view: HostView;
  /** Somebody has named the highest epoch that they have heard of. */
  heardHighest(message: HighestMessage, from: Endpoint): void;
  /** What a host's commands may be given. */
  readonly checks: typeof hostChecks;
  /** What a host is told, in a sentence. */
  summary(news: HostNews, catalogue: TextCatalogue): string;
}

/** Loaded when a client is a host's, so that a participant's never holds it. */
export function createHostSide(parts: HostParts): HostSide {
  const { context, follower, binding, wire, introduction, policy, adminPolicy, noticeVersion, inspect, load } = parts;
  const { transport, capture } = binding;
  wire.textsOf = textsOf;
  wire.reads(forHosts);
  const view = new HostView(context);
  const governing = new Governing(context, follower, {
    transport,
    capture,
    policy,
    adminPolicy,
    noticeVersion,
    inspect,
    load,
    send: (message, to) => wire.send(message, to),
    ask: () => introduction.ask('all'),
    knows: (id) => view.knows(id),
    factsOf: (endpoint) => wire.factsOf(endpoint),
    doubt: (code, from) => wire.report(code, from),
  });
  const succession = new Succession(context, follower, {
    present: () => transport.present(),
    roleOf: (id) => transport.roleOf(id),
    hasSdk: (endpoint) => wire.factsOf(endpoint).sdk !== false,
    decide: (epoch, how) => governing.decide(epoch, how),
  });
  const hints = new EpochHints({
    timers: context.timers,
    now: () => context.clock.now(),
    authority: () => governing.authority,
    highest: () => follower.highest,
    participantOf: (endpoint) => wire.participantOf(endpoint),
    ask: (holder) =>
      introduction.ask((transport.present() ?? []).filter((endpoint) => wire.participantOf(endpoint) === holder)),
    renew: (over) => governing.renew(over),
    doubt: (code, from) => wire.report(code, from),
  });
  const roster = new RosterStream(context, (rows, removed, whole) => view.take(rows, removed, whole));

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
    succession.begin(introduction.id);
  }

  return { governing, succession, roster, view, checks: hostChecks, summary: hostSummary, heardHighest };
}

/** What is loaded for it. */
export interface HostModule {
  readonly createHostSide: (parts: HostParts) => HostSide;
}
