import type { HookMap } from '../hooks/hooks.types.ts';

/**
 * What plays cues; `browserCues` of `./browser` is one. What it confirms is passed to `session.confirmCue`. On a phone
 * and in a room the words are the notice: they are `needed`, and a cue is `played` only once they were said (G1).
 */
export interface CuePlayer {
  play(
    cue: HookMap['cueRequested'],
    confirm: (result: 'played' | 'blocked') => void,
    words: 'needed' | 'optional',
  ): void;
}
