import type { CommandOutcome, Session } from 'meeting-notice';
import type { Client } from './client.ts';

interface AttentionPlaces {
  readonly share: HTMLElement;
  readonly track: HTMLElement;
  readonly about: HTMLElement;
}

function aboutOf({ enabled, active }: { enabled: boolean; active: boolean }): string {
  if (!enabled) return 'Off. Nobody’s attention is tracked, shared screen or not.';
  if (!active) return 'Everyone is told. It works while you share your screen.';
  const where = parent === window ? '' : ' Side by side on one page nobody can tell: join from another tab.';
  return `A clock appears beside the name of anyone who has had this meeting out of focus for over 30 seconds.${where}`;
}

/** A host’s own buttons: to share the screen, and to track attention while that is shared. */
export function workAttention(client: Client, { share, track, about }: AttentionPlaces): void {
  const { session } = client;
  const show = (): void => {
    const { attention } = session.getSnapshot();
    const isSharing = client.isSharing();
    dressToggle(share, isSharing ? 'Stop sharing' : 'Share my screen', isSharing);
    dressToggle(track, `Attention tracking: ${attention.enabled ? 'on' : 'off'}`, attention.enabled);
    about.textContent = aboutOf(attention);
  };
  const run = async (act: () => Promise<CommandOutcome | undefined>): Promise<void> => {
    const outcome = await act();
    show();
    if (outcome && outcome.outcome !== 'done') about.textContent = `That did not work (${outcome.code}).`;
  };
  share.addEventListener('click', () => void run(() => client.setSharing(!client.isSharing())));
  track.addEventListener('click', () => void run(() => toggleTracking(session)));
  client.onSharing(show);
  session.on('attentionTrackingChanged', show);
  show();
}

function toggleTracking(session: Session): Promise<CommandOutcome> {
  const { enabled } = session.getSnapshot().attention;
  return enabled ? session.disableAttentionTracking() : session.enableAttentionTracking();
}

function dressToggle(button: HTMLElement, words: string, isOn: boolean): void {
  button.textContent = words;
  button.setAttribute('aria-pressed', String(isOn));
}
