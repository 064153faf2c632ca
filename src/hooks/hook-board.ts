import { EventEmitter } from 'eventemitter3';
import { aborted } from '../core/errors.ts';
import { frozen } from '../core/frozen.ts';
import { checkSignal } from '../core/misuse.ts';
import { checkHook, checkListener } from './hook-names.ts';
import type { AnyHook, HookMap, HookName } from './hooks.types.ts';

type Listener = (payload: unknown) => void;

/**
 * Delivers hooks, in the order of their causes, each after the snapshot that contains it. A listener that throws is
 * reported (`listenerFailed`) and stops nobody else; what a listener causes is delivered after what is under way.
 * The rules stand in docs/hooks.md, each with a test of the same words.
 */
export class HookBoard {
  readonly #emitter = new EventEmitter();
  readonly #any = new Set<(hook: AnyHook) => void>();
  readonly #subscribers = new Set<() => void>();
  #queue: AnyHook[] = [];
  #isSnapshotNew = false;
  #delivering = false;

  /** Keeps a hook until the snapshot is new. */
  announce<H extends HookName>(hook: H, payload: HookMap[H]): void {
    // What a listener threw is its own.
    const each = { hook, payload } as unknown as AnyHook;
    this.#queue.push(hook === 'listenerFailed' ? each : frozen(each));
  }

  /** Tells of a new snapshot, then of every hook that led to it. `false` when nothing was told. */
  deliver(isSnapshotNew: boolean): void {
    this.#isSnapshotNew ||= isSnapshotNew;
    if (this.#delivering) return;
    this.#delivering = true;
    while (this.#isSnapshotNew || this.#queue.length > 0) {
      const hooks = this.#queue;
      const subscribers = this.#isSnapshotNew ? [...this.#subscribers] : [];
      this.#isSnapshotNew = false;
      for (const subscriber of subscribers) this.#isolate('subscribe', subscriber);
      this.#queue = [];
      for (const each of hooks) this.#deliver(each);
    }
    this.#delivering = false;
  }

  subscribe(listener: () => void): () => void {
    checkListener(listener);
    // A function of its own, so that the same listener twice is two subscriptions.
    const own = () => listener();
    this.#subscribers.add(own);
    return () => this.#subscribers.delete(own);
  }

  on<H extends HookName>(hook: H, listener: (payload: HookMap[H]) => void, signal?: AbortSignal): () => void {
    checkHook(hook);
    checkListener(listener);
    checkSignal(signal);
    if (signal?.aborted) return () => {};
    const own = (payload: HookMap[H]) => listener(payload);
    this.#emitter.on(hook, own as Listener);
    const off = () => {
      this.#emitter.off(hook, own as Listener);
      signal?.removeEventListener('abort', off);
    };
    signal?.addEventListener('abort', off, { once: true });
    return off;
  }

  once<H extends HookName>(hook: H, signal?: AbortSignal): Promise<HookMap[H]> {
    checkHook(hook);
    checkSignal(signal);
    return new Promise((resolve, reject) => {
      const abort = () => reject(aborted(signal?.reason));
      if (signal?.aborted) return abort();
      const off = this.on(
        hook,
        (payload) => {
          off();
          signal?.removeEventListener('abort', abort);
          resolve(payload);
        },
        signal,
      );
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  onAny(listener: (hook: AnyHook) => void): () => void {
    checkListener(listener);
    const own = (hook: AnyHook) => listener(hook);
    this.#any.add(own);
    return () => this.#any.delete(own);
  }

  #deliver(each: AnyHook): void {
    const any = [...this.#any];
    for (const listener of this.#emitter.listeners(each.hook) as ((payload: unknown) => void)[]) {
      this.#isolate(each.hook, () => listener(each.payload));
    }
    for (const listener of any) this.#isolate(each.hook, () => listener(each));
  }

  #isolate(hook: string, listener: () => unknown): void {
    const failed = (error: unknown) => {
      // A failing `listenerFailed` listener is not reported: it would report itself for ever.
      if (hook !== 'listenerFailed') this.announce('listenerFailed', { hook, code: 'listener/threw', error });
    };
    try {
      const result = listener();
      // Not waited for; but what it comes to must end no process.
      if (result instanceof Promise) {
        result.catch((error) => {
          failed(error);
          this.deliver(false);
        });
      }
    } catch (error) {
      failed(error);
    }
  }
}
