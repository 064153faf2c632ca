import type { ConsentAsked } from '../consent/consent.types.ts';
import { frozen } from '../core/frozen.ts';
import type { Purpose, Storage } from '../participants/participants.types.ts';
import type { ChoiceEffect } from './notice.types.ts';
import { refusalWords, storageWords, type TitleForm, titleWords, whoWords } from './notice-words.ts';
import { formatPurposes, formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What is to be made heard, and to whom. */
export interface CueToSay {
  readonly cue: 'asking' | 'started' | 'paused' | 'resumed' | 'stopped' | 'ended-unexpectedly' | 'reminder';
  readonly purposes: readonly Purpose[];
  readonly storage?: Storage;
  /** The person whose request it was, where one is known. */
  readonly byName?: string;
  /** A caller without a screen: the whole notice is spoken, and answered by keys (R4). */
  readonly phone: boolean;
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
}

/** The keys that answer a question. */
export const keysToAnswer = { '1': 'agree', '2': 'refuse', '*': 'repeat' } as const;
/** The keys of who can only refuse: nothing is asked, or it was agreed to. */
export const keysToRefuse = { '2': 'refuse', '*': 'repeat' } as const;

/** What is said for a cue: short beside a screen, the notice and its keys on a phone. Deep-frozen. */
export function announcementFor(input: CueToSay, catalogue: TextCatalogue): SpokenCue {
  const answering = answeringBy(input, catalogue);
  const sentences = [...cueSentences(input, catalogue), ...(answering?.sentences ?? [])];
  return frozen({
    text: sentences.join(' '),
    locale: catalogue.locale,
    ...(answering?.keys && { keys: { ...answering.keys } }),
  });
}

function cueSentences(input: CueToSay, catalogue: TextCatalogue): readonly string[] {
  const { cue, purposes, asks, consent } = input;
  const listed = () => ({ purposes: formatPurposes(catalogue, purposes) });
  switch (cue) {
    case 'started':
      return noticeSentences(input, 'running', catalogue);
    case 'asking':
      if (asks) return noticeSentences(input, askingForm(input), catalogue);
      return consent === 'notice' || consent === 'acknowledge'
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
  const { purposes, storage, phone, running } = input;
  const { title, also } = titleWords(catalogue, form, purposes);
  return [
    title,
    ...(also === undefined ? [] : [also]),
    ...requester(input, catalogue),
    ...(form === 'ask' && running !== undefined
      ? [formatText(catalogue, running ? 'body.running' : 'body.before')]
      : []),
    ...(phone && storage ? storageWords(catalogue, purposes, storage) : []),
  ];
}

function requester({ byName }: CueToSay, catalogue: TextCatalogue): readonly string[] {
  return byName === undefined ? [] : [whoWords(catalogue, byName)];
}

/** How to answer; nothing for who cannot, and where there is nothing to answer. */
function answeringBy(input: CueToSay, catalogue: TextCatalogue) {
  const { cue, asks, phone, consent, refusal, purposes, running = false } = input;
  const say = (key: string) => formatText(catalogue, key);
  if (asks && !phone) return { sentences: [say('cue.answer.screen')], keys: undefined };
  if (asks) {
    const asked = consent ?? 'explicit';
    const consequence = refusal && refusalWords(catalogue, refusal, purposes, running);
    const sentences = [
      ...(consequence ? [formatText(catalogue, 'cue.if-refused', { consequence })] : []),
      say('body.change'),
      say(asked === 'notice' ? 'cue.keys.told' : `cue.keys.${asked}`),
    ];
    return { sentences, keys: asked === 'notice' ? keysToRefuse : keysToAnswer };
  }
  const isToldNow = cue === 'asking' || cue === 'started' || cue === 'resumed';
  // Withdrawing is as easy as giving (GDPR Art. 7(3)): who is told while it begins is told the key.
  return phone && consent !== undefined && isToldNow
    ? { sentences: [say('cue.keys.told')], keys: keysToRefuse }
    : undefined;
}
