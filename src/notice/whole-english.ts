import { withAttention } from './attention-english.ts';
import { callerEnglish } from './caller-english.ts';
import { documentEnglish } from './document-english.ts';
import { hostEnglish } from './host-english.ts';
import { openEnglish } from './open-words.ts';
import type { TextCatalogue } from './texts.types.ts';

/** All the English words but those of the web components (`uiEnglish` of ./ui): what a catalogue of another language translates. */
export const wholeEnglish: TextCatalogue = withAttention({
  ...documentEnglish,
  texts: { ...documentEnglish.texts, ...hostEnglish.texts, ...callerEnglish.texts, ...openEnglish },
});
