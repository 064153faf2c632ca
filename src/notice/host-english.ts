import { english } from './english.ts';
import type { TextCatalogue } from './texts.types.ts';

/** The default words with what only a host is told (plural forms as `Intl.PluralRules` names them): for a host's client. */
export const hostEnglish: TextCatalogue = {
  ...english,
  texts: {
    ...english.texts,
    'host.unnamed.one': 'Someone',
    'host.unnamed.other': 'names not known',
    'host.and-more': '{count} more',
    'host.pending.one': 'No answer yet from {names}.',
    'host.pending.other': 'No answer yet from {count} people: {names}.',
    'host.refused.one': '{names} refused.',
    'host.refused.other': '{count} people refused: {names}.',
    'host.withdrawn.one': '{names} withdrew.',
    'host.withdrawn.other': '{count} people withdrew: {names}.',
    'host.expired.one': '{names} did not answer in time.',
    'host.expired.other': '{count} people did not answer in time: {names}.',
    'host.late-joiner.one': '{names} joined late and is being asked.',
    'host.late-joiner.other': '{count} people joined late and are being asked: {names}.',
    'host.recording-failed': 'The recording failed.',
    'host.recording-failed.code': 'The recording failed ({code}).',
    'host.capture-seen':
      'The meeting platform is recording, and nobody asked for it here. Everyone is shown the notice.',
    'host.attention.one': 'The meeting is not the active window of {names}.',
    'host.attention.other': 'The meeting is not the active window of {count} people: {names}.',
    'host.away': '{count} of {total} away',
    'host.unanswered.one': '{count} still to answer.',
    'host.unanswered.other': '{count} still to answer.',
    'host.transcript-ready': 'The transcript is ready.',
    'host.right-exercised.one': '{names} made a request about their data.',
    'host.right-exercised.other': '{count} people made a request about their data: {names}.',
  },
};
