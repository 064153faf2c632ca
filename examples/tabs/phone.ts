import type { CuePlayer, HookMap } from 'meeting-notice';
import type { BrowserCues } from 'meeting-notice/browser';

/**
 * What a caller hears: the announcement, spoken by the browser, and written on the page for who cannot listen now.
 * A caller who has heard nothing has been told nothing: `blocked` is passed on, and the next key plays it.
 */
export function phoneCues(player: BrowserCues, heard: HTMLElement, silent: HTMLElement): CuePlayer {
  return {
    play(cue: HookMap['cueRequested'], confirm) {
      heard.textContent = cue.announcement.text;
      player.play(cue, (result) => {
        silent.hidden = result === 'played';
        confirm(result);
      });
    },
  };
}
