import type { HostModule, HostParts, HostSide } from './host-side.ts';

interface HostingOptions extends HostParts {
  readonly loadHostSide: () => HostModule | Promise<HostModule>;
}

/** The host's side of a client: loaded once the client is a host's, be it from the start or later. */
export class Hosting {
  side: HostSide | undefined;
  readonly #options: HostingOptions;
  #isLoading = false;

  constructor(options: HostingOptions) {
    this.#options = options;
  }

  /** Has the host's side, if this client is a host's; a promise while it is loaded. It is tried once. */
  ensure(): Promise<void> | undefined {
    const { context, wire, loadHostSide } = this.#options;
    if (this.side || this.#isLoading || !context.isHosting()) return undefined;
    const loaded = loadHostSide();
    if (!(loaded instanceof Promise)) {
      this.#take(loaded);
      return undefined;
    }
    this.#isLoading = true;
    return loaded.then(
      (module) => context.mailbox.post(() => this.#take(module)),
      () => context.mailbox.post(() => wire.report('authority/not-loaded', wire.selfId)),
    );
  }

  /** A role may change at any time: has what a host needs, or gives up what only a host may do. */
  followRole(): void {
    if (this.#options.context.isHosting()) void this.ensure();
    else this.#resign();
  }

  #resign(): void {
    this.side?.governing.resign();
    this.side?.notifications.retractAttention();
  }

  #take({ createHostSide }: HostModule): void {
    const { context } = this.#options;
    this.side = createHostSide(this.#options);
    const followed = context.followed();
    // Whoever became a host in mid-meeting asks for what hosts are told.
    if (followed) context.tellAuthority({ t: 'again', epoch: followed.epoch, stream: 'hosts' });
  }
}
