import type { AnyHook, Session } from 'meeting-notice';

const kept = 100;

function lineOf({ hook, payload }: AnyHook): string {
  const facts = Object.entries(payload)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .filter(([key]) => !key.endsWith('Id') || key === 'participantId')
    .map(([key, value]) => `${key}=${value}`);
  return [hook, ...facts].join(' ');
}

/** Shows each hook of a session as it fires, the newest first: for who wants to see what an integrator gets. */
export function logHooks(session: Session, list: HTMLElement): () => void {
  return session.onAny((hook) => {
    const line = document.createElement('li');
    line.textContent = `${new Date().toLocaleTimeString()} ${lineOf(hook)}`;
    list.prepend(line);
    while (list.children.length > kept) list.lastElementChild?.remove();
  });
}
