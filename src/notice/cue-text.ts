import type { ConsentAsked } from '../consent/consent.types.ts';
import { frozen } from '../core/frozen.ts';
import type { Purpose, Storage } from '../participants/participants.types.ts';
import type { ChoiceEffect } from './notice.types.ts';
import { type TitleForm, titleWords, whoWords } from './notice-words.ts';
import { formatPurposes, formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What is to be made heard, and to whom. */
export interface CueToSay {
  readonly cue: 'asking' | 'started' | 'paused' | 'resumed' | 'stopped' | 'ended-unexpectedly' | 'reminder';
  readonly purposes: readonly Purpose[];
  readonly storage?: Storage;
  /** The person whose request it was, where one is known. */
  readonly byName?: string;
  /** Whether an answer is wanted now. */
  readonly asks: boolean;
  /** What the policy asks of this person. Absent and not asked: nobody here can answer, and no keys are named. */
  readonly consent?: ConsentAsked;
  /** Whether capture runs already; absent where the cue itself says so. */
  readonly running?: boolean;
  /** What refusing does; spoken to a caller who is asked. */
  readonly refusal?: ChoiceEffect;
}

/** The spoken form of a cue; `keys` are those that its text names. */
export interface SpokenCue {
  readonly text: string;
  readonly locale: string;
  readonly keys?: Readonly<Record<string, 'agree' | 'refuse' | 'repeat'>>;
  /** The tone comes after the words. */
  readonly tone?: 'after';
}

/** What a caller hears besides, and the keys that it names; loaded for callers. */
export type CallerWords = (
  input: CueToSay,
  catalogue: TextCatalogue,
) => Pick<SpokenCue, 'keys'> & { readonly sentences: readonly string[] };

/** What is said for a cue: short beside a screen, with `callerWords` the whole notice and its keys. Deep-frozen. */
export function announcementFor(input: CueToSay, catalogue: TextCatalogue, callerWords?: CallerWords): SpokenCue {
  const caller = callerWords?.(input, catalogue);
  const onScreen = input.asks ? [formatText(catalogue, 'cue.answer.screen')] : [];
  const sentences = [...cueSentences(input, catalogue), ...(caller?.sentences ?? onScreen)];
  return frozen({
    text: sentences.join(' '),
    locale: catalogue.locale,
    ...(caller?.keys && { keys: caller.keys }),
  });
}

/** Whether a cue tells the notice, and not only what has become of it. */
export const tellsNotice = ({ cue, asks, consent }: CueToSay): boolean =>
  cue === 'started' ||
  (asks && (cue === 'asking' || cue === 'reminder')) ||
  (cue === 'asking' && (consent === 'notice' || consent === 'acknowledge'));

function cueSentences(input: CueToSay, catalogue: TextCatalogue): readonly string[] {
  const { cue, purposes, asks } = input;
  const listed = () => ({ purposes: formatPurposes(catalogue, purposes) });
  switch (cue) {
    case 'started':
      return noticeSentences(input, 'running', catalogue);
    case 'asking':
      if (asks) return noticeSentences(input, askingForm(input), catalogue);
      return tellsNotice(input)
        ? noticeSentences(input, input.running ? 'running' : 'before', catalogue)
        : [formatText(catalogue, 'cue.asking.others', listed()), ...requester(input, catalogue)];
    case 'reminder':
      return asks
        ? [formatText(catalogue, 'cue.reminder.missing'), ...noticeSentences(input, askingForm(input), catalogue)]
        : [formatText(catalogue, 'cue.reminder.told', listed())];
    default:
      return [formatText(catalogue, `cue.${cue}.${purposes.includes('recording') ? 'recording' : 'other'}`, listed())];
  }
}

function askingForm({ consent = 'explicit', running }: CueToSay): TitleForm {
  if (consent === 'explicit') return 'ask';
  return running ? 'running' : 'before';
}

function noticeSentences(input: CueToSay, form: TitleForm, catalogue: TextCatalogue): readonly string[] {
  const { purposes, running } = input;
  const { title, also } = titleWords(catalogue, form, purposes);
  return [
    title,
    ...(also === undefined ? [] : [also]),
    ...requester(input, catalogue),
    ...(form === 'ask' && running !== undefined
      ? [formatText(catalogue, running ? 'body.running' : 'body.before')]
      : []),
  ];
}

function requester({ byName }: CueToSay, catalogue: TextCatalogue): readonly string[] {
  return byName === undefined ? [] : [whoWords(catalogue, byName)];
}
