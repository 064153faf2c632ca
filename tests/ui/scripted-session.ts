import type { Clock } from '../../src/core/clock.ts';
import type { Notice } from '../../src/notice/notice.types.ts';
import type { Session } from '../../src/session/session.types.ts';
import {
  type FixedOutcomes,
  type FixedSession,
  fixedSession,
  type SnapshotPart,
} from '../../src/testing/fixed-session.ts';

export const calm = {
  authorityId: 'hana',
  indicators: { recording: 'off' },
  self: { id: 'bo', role: 'participant', consents: {}, captured: false, because: undefined },
} as const satisfies SnapshotPart;

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

/** The session that `./testing` ships for components, of `bo`; what it was told to do, a row a command; who listens. */
export function scriptedSession(
  first: SnapshotPart = {},
  outcomes: FixedOutcomes = {},
): {
  session: Session;
  emit: FixedSession['emit'];
  said(): unknown[][];
  forget(): void;
  show(next: SnapshotPart): void;
  listeners(): number;
} {
  const fixed = fixedSession({ ...calm, ...first }, outcomes);
  let forgotten = 0;
  let listening = 0;
  const session: Session = {
    ...fixed,
    subscribe(listener) {
      listening += 1;
      const end = fixed.subscribe(listener);
      return () => {
        listening -= 1;
        end();
      };
    },
  };
  return {
    session,
    emit: fixed.emit,
    said: () => fixed.calls.slice(forgotten).map(({ command, with: given }) => [command, ...given]),
    forget() {
      forgotten = fixed.calls.length;
    },
    show: (next) => fixed.show(next),
    listeners: () => listening,
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
