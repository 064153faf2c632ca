import type { BrowserContext } from 'playwright-core';

interface JoinedWindow {
  sayToOthers(name: string, data: unknown): Promise<void>;
  hearFromOthers?(name: string, data: unknown): void;
}

declare const window: JoinedWindow & Window & typeof globalThis;

/** Joins each page's BroadcastChannels to those of the other browsers, as if all were tabs of one. The pages know nothing of it. */
export class JoinedChannels {
  readonly #contexts = new Set<BrowserContext>();

  /** Before a page is opened there. */
  async add(context: BrowserContext): Promise<void> {
    this.#contexts.add(context);
    await context.exposeBinding('sayToOthers', (_from, name: string, data: unknown) =>
      this.#carry(context, name, data),
    );
    await context.addInitScript(join);
  }

  async #carry(from: BrowserContext, name: string, data: unknown): Promise<void> {
    const others = [...this.#contexts].filter((context) => context !== from);
    const heard = others
      .flatMap((context) => context.pages())
      .map((page) => page.evaluate(([channel, said]) => window.hearFromOthers?.(channel, said), [name, data] as const));
    // A page that is gone hears nothing.
    await Promise.allSettled(heard);
  }
}

/** Runs in each page before anything of it does. */
function join(): void {
  const open = new Set<BroadcastChannel>();
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      open.add(this);
    }
    override postMessage(data: unknown): void {
      super.postMessage(data);
      void window.sayToOthers(this.name, data);
    }
    override close(): void {
      open.delete(this);
      super.close();
    }
  };
  window.hearFromOthers = (name, data) => {
    for (const channel of [...open]) {
      if (channel.name === name) channel.dispatchEvent(new MessageEvent('message', { data }));
    }
  };
}
