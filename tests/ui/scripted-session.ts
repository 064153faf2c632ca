import type { Clock } from '../../src/core/clock.ts';
import type { Notice } from '../../src/notice/notice.types.ts';
import type {
  AnswerOutcome,
  CommandOutcome,
  RequestOutcome,
  RosterPage,
  Session,
  SessionSnapshot,
} from '../../src/session/session.types.ts';

export const calm: SessionSnapshot = {
  connection: 'connected',
  authorityId: 'hana',
  vouches: 'origin',
  admission: 'admitted',
  notices: [],
  prompt: null,
  indicators: { recording: 'off' },
  recordings: [],
  hold: null,
  restorable: [],
  self: { id: 'bo', role: 'participant', consents: {}, captured: false, because: undefined },
  attention: { enabled: false, active: false, inattentive: false },
  policy: undefined,
  counts: null,
};

export const asked: Notice = {
  noticeId: 'n1',
  purpose: 'recording',
  purposes: ['recording'],
  kind: 'prompt',
  consent: 'explicit',
  text: {
    title: 'May this meeting be recorded?',
    body: 'Hana asks to record. It is kept on her device.',
    consequences: { agree: 'Your microphone and camera are in it.', refuse: 'You stay, and are left out.' },
    moreUrl: 'https://example.test/notice',
    locale: 'en',
    dir: 'ltr',
    version: '1',
    hash: '0'.repeat(64),
  },
  choices: [
    { id: 'agree', label: 'I agree', effect: 'captured', answers: { recording: 'given' } },
    { id: 'refuse', label: 'I refuse', effect: 'excluded', answers: { recording: 'refused' } },
  ],
  phase: 'open',
  shown: false,
  requestedBy: { participantId: 'hana', name: 'Hana' },
  recordingId: 'r1',
};

interface Outcomes {
  answer?: AnswerOutcome;
  command?: CommandOutcome;
  request?: RequestOutcome;
  roster?: RosterPage;
}

/** A session that shows what a test says, and writes down what it is told to do. */
export function scriptedSession(
  first: Partial<SessionSnapshot> = {},
  outcomes: Outcomes = {},
): { session: Session; calls: unknown[][]; show(next: Partial<SessionSnapshot>): void; listeners(): number } {
  let snapshot: SessionSnapshot = { ...calm, ...first };
  const listeners = new Set<() => void>();
  const calls: unknown[][] = [];
  const answer = outcomes.answer ?? { outcome: 'recorded', receiptId: 'receipt' };
  const results: Readonly<Record<string, unknown>> = {
    answer: Promise.resolve(answer),
    withdrawConsent: Promise.resolve(answer),
    requestRecording: Promise.resolve(outcomes.request ?? { outcome: 'started', recordingId: 'r1' }),
    roster: outcomes.roster ?? { counts: { present: 0, captured: 0, consents: {} }, rows: [] },
  };
  const reading = {
    getSnapshot: () => snapshot,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const session = new Proxy(reading as unknown as Session, {
    get(target, name: string) {
      if (name in reading) return Reflect.get(target, name);
      return (...parameters: unknown[]) => {
        if (name !== 'roster') calls.push([name, ...parameters]);
        return results[name] ?? Promise.resolve(outcomes.command ?? { outcome: 'done' });
      };
    },
  });
  return {
    session,
    calls,
    show(next) {
      snapshot = { ...snapshot, ...next };
      for (const listener of listeners) listener();
    },
    listeners: () => listeners.size,
  };
}

/** A clock that stands until it is told to move. */
export function standingClock(): Clock & { moveBy(ms: number): void } {
  let now = 0;
  let nextId = 1;
  const timers = new Map<number, { at: number; fn: () => void }>();
  return {
    now: () => now,
    setTimeout(fn, timeoutMs) {
      timers.set(nextId, { at: now + timeoutMs, fn });
      return nextId++;
    },
    clearTimeout: (id) => timers.delete(id),
    moveBy(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1].at;
        due[1].fn();
      }
      now = end;
    },
  };
}

/** Puts an element into the page, with its session, and gives back what is in its shadow. */
export function put<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  session: Session,
  more: Partial<HTMLElementTagNameMap[Name]> = {},
): { element: HTMLElementTagNameMap[Name]; root: ShadowRoot; find(selector: string): HTMLElement } {
  const element = document.createElement(name);
  Object.assign(element, { session, ...more });
  document.body.append(element);
  const root = element.shadowRoot as ShadowRoot;
  return {
    element,
    root,
    find(selector) {
      const found = root.querySelector<HTMLElement>(selector);
      if (!found) throw new Error(`nothing is ${selector}`);
      return found;
    },
  };
}

/** What is written and not hidden, one entry an element. */
export function visible(root: ShadowRoot, selector: string): string[] {
  return [...root.querySelectorAll<HTMLElement>(selector)]
    .filter((element) => !element.closest('[hidden]'))
    .map((element) => element.textContent ?? '');
}
