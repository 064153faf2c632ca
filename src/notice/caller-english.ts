import { english } from './english.ts';
import type { TextCatalogue } from './texts.types.ts';

/** The default words with what only callers hear, which key does what and what it has done: loaded for them. */
export const callerEnglish: TextCatalogue = {
  ...english,
  texts: {
    ...english.texts,
    'cue.if-refused': 'If you refuse: {consequence}',
    'cue.keys.explicit': 'Press 1 to agree, 2 to refuse, star to hear this again.',
    'cue.keys.acknowledge': 'Press 1 to continue, 2 to refuse, star to hear this again.',
    'cue.keys.told': 'Press 2 to refuse, star to hear this again.',
    'cue.answered.given': 'You agreed.',
    'cue.answered.acknowledged': 'You chose to continue.',
    'cue.answered.refused': 'You refused.',
    'cue.answered.unconfirmed': 'Your answer has not arrived yet. It is sent again until it has.',
    'cue.answered.moot': 'There is nothing to answer any more.',
    'cue.answered.too-early': 'Your answer does not count yet: the question was not heard to its end.',
    'cue.side.own': 'Your side is recorded, from the tone on.',
    'cue.side.other': 'What you say is not recorded.',
    'cue.change.refuse': 'Press 2 to change your mind, star to hear this again.',
    'cue.change.agree': 'Press 1 to change your mind, star to hear this again.',
  },
};
