import type { Clock } from '../core/clock.ts';
import type { HookMap } from '../hooks/hooks.types.ts';
import type { CuePlayer } from '../session/cue-player.types.ts';

/** How a page plays cues. */
export interface BrowserCuesOptions {
  readonly clock?: Clock;
  readonly document?: Document;
  /** The page's own; it is never closed here. Without it one is made at the first cue. */
  readonly audioContext?: AudioContext;
  /**
   * Whether cues are also spoken, where there is a voice for their language. The person's choice, but on a phone and in
   * a room, where words are always spoken. Default true.
   */
  readonly speech?: boolean;
}

/**
 * Plays cues one after the other: a short tone, distinct for each kind, then the words. They go to the speakers of this
 * device alone, never into a recorder. A person may do without the words; nobody can do without the tone (G7).
 *
 * `blocked` is confirmed for a cue that was not heard: the browser wants a gesture first, it came too late, a later one
 * has made it untrue, or its words are needed and no voice could say them. After the next gesture the last one that is
 * still true and that the browser had held back is played, and confirmed again.
 */
export interface BrowserCues extends CuePlayer {
  /** Words are `optional` where that is not said: whoever writes them on the page too has told them. */
  play(
    cue: HookMap['cueRequested'],
    confirm: (result: 'played' | 'blocked') => void,
    words?: 'needed' | 'optional',
  ): void;
  /** The person's choice; counts from the next cue on. */
  setSpeech(on: boolean): void;
  /** Ends what waits, and gives the sound back. A later cue begins anew. */
  close(): void;
}
