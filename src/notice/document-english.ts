import { english } from './english.ts';
import type { TextCatalogue } from './texts.types.ts';

/** The default words with the headings of the notice document: loaded with its pages, not with a session. */
export const documentEnglish: TextCatalogue = {
  ...english,
  texts: {
    ...english.texts,
    'document.controller': 'Who is responsible',
    'document.contact': 'Contact',
    'document.kinds': 'What data there is',
    'document.what': 'What it is',
    'document.examples': 'Examples',
    'document.used-for': 'Used for',
    'document.source': 'Where it comes from',
    'document.source.given': 'You give it',
    'document.source.collected': 'It is collected while you are in the meeting',
    'document.source.chosen-to-give': 'You may give it if you choose to',
    'document.source.obtained-from-others': 'Others give it',
    'document.retention': 'How long it is kept',
    'document.recipients': 'Who gets it',
    'document.keeping': 'How long data is kept',
    'document.settings': 'What you can set yourself',
    'document.never': 'What is never done',
    'document.rights': 'Your rights',
    'document.right': 'Right',
    'document.how': 'How to use it',
    'document.version': 'Version {version}',
  },
};
