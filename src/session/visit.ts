import { aborted } from '../core/errors.ts';
import { english } from '../notice/english.ts';
import { answerOf } from '../notice/texts.ts';
import { times } from '../transport/times.ts';
import type { Client } from './client.ts';
import { loadCatalogues } from './load-catalogues.ts';
import { loadDocumentReader } from './load-document-reader.ts';
import { loadWorkerTimers } from './load-worker-timers.ts';
import type { SessionOptions } from './session.types.ts';
import type { Surface } from './surface.ts';

/** How a session joins and leaves: what it needs is loaded and checked, then the transport is opened; and back in order. */
export class Visit {
  readonly #client: Client;
  readonly #surface: Surface;
  readonly #options: SessionOptions;
  /** Nothing is loaded, and nothing checked beforehand. */
  readonly #isAtHand: boolean;
  #close: (() => void) | undefined;
  #joining: Promise<void> | undefined;
  #leaving: Promise<void> | undefined;
  /** Raised by each leaving: a join begun before it opens nothing any more. */
  #count = 0;
  #entered: (() => void) | undefined;

  constructor(client: Client, surface: Surface, options: SessionOptions, isAtHand: boolean) {
    this.#client = client;
    this.#surface = surface;
    this.#options = options;
    this.#isAtHand = isAtHand;
  }

  join(signal: AbortSignal | undefined): Promise<void> {
    if (this.#joining) return this.#joining;
    const own = this.#count;
    const entering = (this.#leaving ?? Promise.resolve())
      .then(() => this.#enter(own, signal))
      .catch((error) => {
        if (this.#joining === entering) this.#joining = undefined;
        throw error;
      });
    this.#joining = entering;
    return entering;
  }

  leave(): Promise<void> {
    this.#leaving ??= this.#leave().finally(() => {
      this.#leaving = undefined;
    });
    return this.#leaving;
  }

  async #enter(own: number, signal: AbortSignal | undefined): Promise<void> {
    const [client, surface] = [this.#client, this.#surface];
    const hosting = client.hosting.ensure();
    if (hosting) await hosting;
    if (!this.#isAtHand) await Promise.all([this.#checkDocument(), client.host?.checkOptions()]);
    const ready = surface.extras.ready();
    if (ready) await ready;
    client.host?.notifications.checkOptions();
    if (signal?.aborted) throw aborted(signal.reason);
    if (own !== this.#count) return;
    Promise.all([this.#loadWords(), this.#options.clock ?? loadWorkerTimers(client.context.clock)]).catch((error) =>
      client.mailbox.post(() => {
        throw error;
      }),
    );
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        this.#entered = undefined;
        this.#leave().then(() => reject(aborted(signal?.reason)), reject);
      };
      const settled = () => {
        client.timers.clear('first status');
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      this.#entered = settled;
      signal?.addEventListener('abort', abort, { once: true });
      client.mailbox.post(() => {
        this.#close = client.open();
        client.timers.set('first status', times.firstStatusMs, settled);
        client.introduction.whenAnswered(settled);
        // Last: what is plugged in may throw (G9).
        surface.opened();
      });
    });
  }

  async #leave(): Promise<void> {
    const client = this.#client;
    this.#count += 1;
    this.#joining = undefined;
    if (client.connection === 'idle' || client.connection === 'left') return;
    await client.host?.governing.leave();
    client.mailbox.post(() => {
      this.#surface.left();
      client.requests.failAll('session/left');
      this.#close?.();
      client.close();
      client.setConnection('left');
      this.#surface.settle();
    });
    this.#entered?.();
  }

  /** A document that is none says so, before anybody agrees to it; no notice waits for what cannot be loaded (G9). */
  async #checkDocument(): Promise<void> {
    const { document } = this.#options;
    if (document === undefined) return;
    const parse = await answerOf(loadDocumentReader, this.#client.context.clock);
    parse?.(document);
  }

  async #loadWords(): Promise<void> {
    const { texts, locale = english.locale } = this.#options;
    if (texts === undefined && locale === english.locale) return;
    const { loadCatalogue } = await loadCatalogues();
    const catalogue = await loadCatalogue(texts, locale, this.#client.context.clock);
    this.#client.mailbox.post(() => this.#surface.reword(catalogue));
  }
}
