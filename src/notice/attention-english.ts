import type { TextCatalogue } from './texts.types.ts';

/** The English words for attention tracking: loaded with what tells a participant of it. */
export const attentionEnglish: TextCatalogue['texts'] = {
  'title.ask.attention': 'Do you agree to attention tracking?',
  'title.before.attention': 'Attention tracking is about to be on in this meeting.',
  'title.running.attention': 'Attention tracking is on in this meeting.',
  'body.what.attention':
    'While a host shares the screen, hosts see a small clock beside your name if the meeting is not the active window on your device for longer than a set time (30 seconds or more). They see no other app and nothing of what you do.',
  'body.stays-here': 'Your answer about attention tracking stays on your device. Nobody else sees it.',
  'choice.decline.attention': 'Do not track me',
  'consequence.captured.attention': 'Hosts can see the clock beside your name.',
  'consequence.excluded.attention': 'No clock appears beside your name.',
};

/** A catalogue that has words for attention tracking, if only in English. */
export const withAttention = (catalogue: TextCatalogue): TextCatalogue => ({
  ...catalogue,
  texts: { ...attentionEnglish, ...catalogue.texts },
});
