import { callerEnglish } from './caller-english.ts';
import { type CallerWords, type CueToSay, tellsNotice } from './cue-text.ts';
import { refusalWords, storageWords } from './notice-words.ts';
import { formatText } from './texts.ts';

/** The keys that answer a question. */
export const keysToAnswer = { '1': 'agree', '2': 'refuse', '*': 'repeat' } as const;
/** The keys of who can only refuse: nothing is asked, or it was agreed to. */
export const keysToRefuse = { '2': 'refuse', '*': 'repeat' } as const;

/** A caller without a screen hears the whole notice, and answers by keys (R4); none are named to who cannot answer. */
export const callerWords: CallerWords = (input, catalogue) => {
  const { cue, asks, consent, refusal, purposes, storage, running = false } = input;
  const say = (key: string, params = {}) => formatText(catalogue, key, params, callerEnglish);
  const stored = tellsNotice(input) && storage ? storageWords(catalogue, purposes, storage) : [];
  if (!asks) {
    const isTold = consent !== undefined && isToldNow(cue);
    return isTold ? { sentences: [...stored, say('cue.keys.told')], keys: { ...keysToRefuse } } : { sentences: stored };
  }
  const asked = consent ?? 'explicit';
  const consequence = refusal && refusalWords(catalogue, refusal, purposes, running);
  return {
    sentences: [
      ...stored,
      ...(consequence ? [say('cue.if-refused', { consequence })] : []),
      say('body.change'),
      say(asked === 'notice' ? 'cue.keys.told' : `cue.keys.${asked}`),
    ],
    keys: { ...(asked === 'notice' ? keysToRefuse : keysToAnswer) },
  };
};

/** Withdrawing is as easy as giving (GDPR Art. 7(3)): who is told while it begins is told the key. */
const isToldNow = (cue: CueToSay['cue']): boolean => cue === 'asking' || cue === 'started' || cue === 'resumed';
