import { english } from './english.ts';
import type { TextCatalogue } from './texts.types.ts';

/** The default words with what is said back to a caller who pressed a key: loaded with it. */
export const answeredEnglish: TextCatalogue = {
  ...english,
  texts: {
    ...english.texts,
    'cue.answered.given': 'You agreed.',
    'cue.answered.acknowledged': 'You chose to continue.',
    'cue.answered.refused': 'You refused.',
    'cue.answered.unconfirmed': 'Your answer has not arrived yet. It is sent again until it has.',
    'cue.answered.moot': 'There is nothing to answer any more.',
    'cue.answered.too-early': 'Your answer does not count yet: the question was not heard to its end.',
    'cue.change.refuse': 'Press 2 to change your mind, star to hear this again.',
    'cue.change.agree': 'Press 1 to change your mind, star to hear this again.',
  },
};
