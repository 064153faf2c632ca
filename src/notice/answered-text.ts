import type { ConsentAsked } from '../consent/consent.types.ts';
import { frozen } from '../core/frozen.ts';
import type { Purpose } from '../participants/participants.types.ts';
import { callerEnglish } from './caller-english.ts';
import { keysToAnswer, keysToRefuse } from './caller-text.ts';
import type { SpokenCue } from './cue-text.ts';
import type { ChoiceEffect } from './notice.types.ts';
import { refusalWords } from './notice-words.ts';
import { formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What came of a key: the answer that counts now, or why none does. */
export type KeyAnswer = 'given' | 'acknowledged' | 'refused' | 'unconfirmed' | 'moot' | 'too-early';

/** What is to be said back to who pressed a key. */
export interface Answered {
  readonly answer: KeyAnswer;
  readonly purposes: readonly Purpose[];
  /** Whether capture had begun by then. */
  readonly running: boolean;
  readonly consent?: ConsentAsked;
  /** What refusing does; absent where it is not known any more. */
  readonly refusal?: ChoiceEffect;
}

const keysToAgree = { '1': 'agree', '*': 'repeat' } as const;

/** Words for callers alone. */
export const sayToCaller = (key: string, catalogue: TextCatalogue): string =>
  formatText(catalogue, key, {}, callerEnglish);

/** What a caller hears of their own answer: what it is, what it does, and the key that changes it. Deep-frozen. */
export function answeredAnnouncement(answered: Answered, catalogue: TextCatalogue): SpokenCue {
  const { answer, purposes, running, refusal } = answered;
  const say = (key: string) => sayToCaller(key, catalogue);
  const isRefused = answer === 'refused';
  const next = changeOf(answered);
  const sentences = [
    say(`cue.answered.${answer}`),
    ...(isRefused && refusal ? [refusalWords(catalogue, refusal, purposes, running)] : []),
    ...(isRefused && running && purposes.includes('recording') ? [say('consequence.before-stays')] : []),
    ...(next ? [say(next.words)] : []),
  ];
  return frozen({
    text: sentences.join(' '),
    locale: catalogue.locale,
    ...(next && { keys: { ...next.keys } }),
  });
}

/** The way back, where there is one: a refusal that ends the recording, or one's stay, is no longer taken back by a key. */
function changeOf({ answer, consent, refusal }: Answered) {
  if (answer === 'given' || answer === 'acknowledged') return { words: 'cue.change.refuse', keys: keysToRefuse };
  const asked = consent === 'acknowledge' ? consent : 'explicit';
  if (answer === 'too-early') return { words: `cue.keys.${asked}`, keys: keysToAnswer };
  const stays = refusal === 'excluded' || refusal === 'held' || refusal === 'none';
  return answer === 'refused' && stays ? { words: 'cue.change.agree', keys: keysToAgree } : undefined;
}
