import type { CuePlayer, HookMap } from 'meeting-notice';
import type { BrowserCues } from 'meeting-notice/browser';

/** Where it is written. What was answered has a place of its own: the start of the recording may follow at once. */
interface PhonePlaces {
  readonly heard: HTMLElement;
  readonly answered: HTMLElement;
  readonly silent: HTMLElement;
}

/**
 * What a caller hears: the announcement, spoken by the browser, and written on the page for who cannot listen now. Since
 * it is written, the words need not be spoken for the caller to have been told; a real line would need them.
 * A caller who has heard nothing has been told nothing: `blocked` is passed on, and the next key plays it.
 */
export function phoneCues(player: BrowserCues, { heard, answered, silent }: PhonePlaces): CuePlayer {
  return {
    play(cue: HookMap['cueRequested'], confirm) {
      const place = cue.cue === 'answered' ? answered : heard;
      place.textContent = cue.announcement.text;
      if (cue.cue === 'asking' || cue.cue === 'reminder') answered.textContent = '';
      place.parentElement?.scrollTo({ top: place.offsetTop });
      player.play(cue, (result) => {
        silent.hidden = result === 'played';
        confirm(result);
      });
    },
  };
}
