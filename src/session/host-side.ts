import { EpochHints } from '../authority/epoch-hints.ts';
import { type HostNews, hostSummary } from '../notice/host-text.ts';
import type { TextCatalogue } from '../notice/texts.types.ts';
import { textsOf } from '../transport/texts.ts';
import type { Binding } from './binding.ts';
import type { Follower } from './follower.ts';
import { type AuthorityModule, Governing } from './governing.ts';
import { HostView } from './host-view.ts';
import type { Introduction } from './introduction.ts';
import type { SessionContext } from './session-context.ts';
import { Succession } from './succession.ts';
import type { Wire } from './wire.ts';

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
  readonly hints: EpochHints;
  readonly view: HostView;
  /** What a host is told, in a sentence. */
  summary(news: HostNews, catalogue: TextCatalogue): string;
}

/** Loaded when a client is a host's, so that a participant's never holds it. */
export function createHostSide(parts: HostParts): HostSide {
  const { context, follower, binding, wire, introduction, policy, adminPolicy, noticeVersion, inspect, load } = parts;
  const { transport, capture } = binding;
  wire.textsOf = textsOf;
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
  return { governing, succession, hints, view: new HostView(context), summary: hostSummary };
}

/** What is loaded for it. */
export interface HostModule {
  readonly createHostSide: (parts: HostParts) => HostSide;
}
