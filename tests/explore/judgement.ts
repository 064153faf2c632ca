import type { Happened } from '../../src/simulator/history.types.ts';

/**
 * What of the past the guarantees are judged by: the last of each kind of event for each person and thing. For what they
 * measure a time from, the time too.
 */
export class Judgement {
  readonly #last = new Map<string, string>();
  #taken = 0;

  take(history: readonly Happened[]): void {
    for (; this.#taken < history.length; this.#taken += 1) this.#note(history[this.#taken] as Happened);
  }

  get text(): string {
    return [...this.#last]
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join();
  }

  #note(event: Happened): void {
    switch (event.kind) {
      case 'hook':
        this.#noteHook(event);
        return;
      case 'step':
        this.#last.set(`step ${event.act.who} ${event.act.does}`, JSON.stringify([event.about, event.at]));
        this.#last.set(`word ${event.act.who}`, event.act.does);
        return;
      case 'outcome':
        this.#last.set(`outcome ${event.act.who} ${event.act.does}`, JSON.stringify(event.outcome));
        return;
      case 'shown':
        this.#last.set(`shown ${event.participant} ${event.noticeId}`, '');
        return;
      case 'captured':
        this.#last.set(`captured ${event.participant} ${event.recordingId}`, `${event.captured} ${event.at}`);
        return;
      case 'recorder':
        this.#last.set(`recorder ${event.recordingId}`, `${event.status} ${event.at}`);
        return;
      case 'device':
        this.#last.set(`device ${event.participant} ${event.device}`, `${event.on} ${event.because}`);
        return;
      case 'hold':
        this.#last.set(`hold ${event.participant}`, `${event.held}`);
        return;
      case 'presence':
        this.#last.set(`presence ${event.participant}`, `${event.state} ${event.at}`);
        return;
      default:
    }
  }

  #noteHook({ participant, hook, at }: Extract<Happened, { kind: 'hook' }>): void {
    const { payload } = hook;
    switch (hook.hook) {
      case 'indicatorChanged':
        this.#last.set(`reads ${participant} ${hook.payload.purpose}`, hook.payload.status);
        return;
      case 'connectionChanged':
        this.#last.set(`connection ${participant}`, `${JSON.stringify(payload)} ${at}`);
        return;
      case 'noticeRaised':
        this.#last.set(`notice ${participant} ${hook.payload.noticeId}`, 'raised');
        this.#last.set(`told ${participant} ${hook.payload.recordingId}`, '');
        return;
      case 'noticeClosed':
        this.#last.set(`notice ${participant} ${hook.payload.noticeId}`, 'closed');
        return;
      case 'cueRequested':
        this.#last.set(`told ${participant} ${hook.payload.recordingId}`, '');
        return;
      case 'consentChanged':
        this.#last.set(`consent ${participant} ${hook.payload.participantId}`, JSON.stringify(payload));
        return;
      case 'recordingStopped':
      case 'recordingFailed':
        this.#last.set(`over ${participant} ${hook.payload.recordingId}`, '');
        return;
      case 'protocolFailed':
        this.#last.set(`failed ${participant} ${hook.payload.code}`, '');
        return;
      default:
    }
  }
}
