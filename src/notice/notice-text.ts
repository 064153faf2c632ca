import type { Answer } from '../consent/consent.types.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { frozen } from '../core/frozen.ts';
import { sha256Hex } from '../core/sha256.ts';
import type { ByPurpose, Purpose } from '../participants/participants.types.ts';
import type { NoticeChoice, NoticeData, NoticeText } from './notice.types.ts';
import {
  declineWords,
  isAttentionOnly,
  isKept,
  refusalWords,
  sentencesOf,
  storageWords,
  titleWords,
  whoWords,
} from './notice-words.ts';
import type { OpenWordsModule } from './open-words.ts';
import { formatPurposes, formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** The notice document that a notice points to, as a consent names it. */
export interface DocumentShown {
  readonly version: string;
  readonly hash: string;
}

interface Option extends NoticeChoice {
  readonly consequence: string;
}

/**
 * The words of one notice: plain text, lines parted by `\n`. It says who asks and why, whether it runs already, what
 * is taken and where it is kept, and what each choice does (GDPR Arts. 7(2), 7(3), 13; R1, R2).
 *
 * `version` is the catalogue's, and with a document `<catalogue>+<document>`. `hash` is the SHA-256 of the canonical
 * JSON (RFC 8785) of `{ title, body, choices: [{ id, label, consequence }], moreUrl, locale, dir, version, document }`,
 * with the document's hash as `document`, so that what a consent was given to can be proved later. Deep-frozen.
 * `what` has the words of purposes of the open set, and of one side alone.
 */
export function noticeText(
  data: NoticeData,
  catalogue: TextCatalogue,
  document?: DocumentShown,
  what?: OpenWordsModule['openWords'],
): NoticeText {
  const { locale, dir, moreUrl } = catalogue;
  const { title, also } = titleWords(catalogue, titleForm(data), purposesOf(data));
  const body = bodyLines(data, catalogue, also, what).join('\n');
  const version = document ? `${catalogue.version}+${document.version}` : catalogue.version;
  const choices = optionsOf(data, catalogue).map(({ id, label, consequence }) => ({ id, label, consequence }));
  const shown = { title, body, choices, moreUrl, locale, dir, version, document: document?.hash };
  return frozen({
    title,
    body,
    consequences: Object.fromEntries(choices.map(({ id, consequence }) => [id, consequence])),
    ...(moreUrl !== undefined && { moreUrl }),
    locale,
    dir,
    version,
    hash: sha256Hex(canonicalJson(shown)),
  });
}

/**
 * The ways to answer a notice, of equal weight and none preselected. A prompt that asks for consent: `agree`, with
 * several purposes also `agree:<purposes>` for less than all, and `refuse`. One that asks for "Continue": `continue`,
 * and `refuse` or `leave`. A banner: `withdraw`; none where only another side is recorded. Deep-frozen.
 */
export function noticeChoices(data: NoticeData, catalogue: TextCatalogue): readonly NoticeChoice[] {
  return frozen(optionsOf(data, catalogue).map(({ id, label, effect, answers }) => ({ id, label, effect, answers })));
}

const purposesOf = (data: NoticeData): readonly Purpose[] => [...new Set(data.purposes)];

function titleForm({ kind, consent, running }: NoticeData): 'ask' | 'before' | 'running' {
  if (kind === 'prompt' && consent === 'explicit') return 'ask';
  return running ? 'running' : 'before';
}

function bodyLines(
  data: NoticeData,
  catalogue: TextCatalogue,
  also: string | undefined,
  what: OpenWordsModule['openWords'] = (own, all, _, side) =>
    side === 'other' ? [] : sentencesOf(own, 'body.what', all),
): readonly string[] {
  const purposes = purposesOf(data);
  const isPrompt = data.kind === 'prompt';
  const say = (key: string) => formatText(catalogue, key);
  return [
    requesterLine(data, catalogue),
    ...(data.reason ? [formatText(catalogue, 'body.reason', { reason: data.reason })] : []),
    // A banner's title says it.
    ...(isPrompt ? [say(data.running ? 'body.running' : 'body.before')] : []),
    ...(also === undefined ? [] : [also]),
    ...what(catalogue, purposes, data.providers, data.side),
    ...storageWords(catalogue, purposes, data.storage),
    ...(isPrompt && !isAttentionOnly(purposes) ? [say('body.hosts-see')] : []),
    ...(purposes.includes('attention-tracking') ? [say('body.stays-here')] : []),
    ...(isPrompt ? [say(isKept(purposes) ? 'body.change.recording' : 'body.change')] : []),
  ];
}

function requesterLine({ requestedBy, running }: NoticeData, catalogue: TextCatalogue): string {
  if (typeof requestedBy === 'object') return whoWords(catalogue, requestedBy.name);
  return formatText(catalogue, `body.who.${requestedBy}${running ? '.running' : ''}`);
}

function optionsOf(data: NoticeData, catalogue: TextCatalogue): readonly Option[] {
  if (data.side === 'other') return [];
  if (data.kind === 'banner') return [withdrawing(data, catalogue)];
  return data.consent === 'explicit' ? consenting(data, catalogue) : continuing(data, catalogue);
}

function withdrawing(data: NoticeData, catalogue: TextCatalogue): Option {
  const purposes = purposesOf(data);
  const refusal = refusalWords(catalogue, data.refusal, purposes, data.running);
  const stays = data.running && isKept(purposes) ? ` ${formatText(catalogue, 'consequence.before-stays')}` : '';
  return {
    id: 'withdraw',
    label: declineWords(catalogue, data.refusal, purposes),
    effect: data.refusal,
    answers: answersOf(purposes, 'withdrawn'),
    consequence: refusal + stays,
  };
}

function continuing(data: NoticeData, catalogue: TextCatalogue): readonly Option[] {
  const purposes = purposesOf(data);
  return [
    {
      id: 'continue',
      label: formatText(catalogue, 'choice.continue'),
      effect: 'captured',
      answers: answersOf(purposes, 'acknowledged'),
      consequence: sentencesOf(catalogue, 'consequence.captured', purposes).join(' '),
    },
    {
      id: data.refusal === 'leaves' ? 'leave' : 'refuse',
      label: declineWords(catalogue, data.refusal, purposes),
      effect: data.refusal,
      answers: answersOf(purposes, 'refused'),
      consequence: refusalWords(catalogue, data.refusal, purposes, data.running),
    },
  ];
}

function consenting(data: NoticeData, catalogue: TextCatalogue): readonly Option[] {
  const purposes = purposesOf(data);
  const howMany = purposes.length === 1 ? '' : purposes.length === 2 ? '.both' : '.all';
  return [
    {
      id: 'agree',
      label: formatText(catalogue, `choice.agree${howMany}`),
      effect: 'captured',
      answers: answersOf(purposes, 'given'),
      consequence: sentencesOf(catalogue, 'consequence.captured', purposes).join(' '),
    },
    ...partsOf(purposes).map((part) => agreeingTo(part, purposes, catalogue)),
    {
      id: 'refuse',
      label: formatText(catalogue, `choice.refuse${howMany}`),
      effect: data.refusal,
      answers: answersOf(purposes, 'refused'),
      consequence: refusalWords(catalogue, data.refusal, purposes, data.running),
    },
  ];
}

function agreeingTo(part: readonly Purpose[], purposes: readonly Purpose[], catalogue: TextCatalogue): Option {
  const rest = purposes.filter((purpose) => !part.includes(purpose));
  return {
    id: `agree:${part.join('+')}`,
    label: formatText(catalogue, 'choice.agree.only', { purposes: formatPurposes(catalogue, part) }),
    effect: 'captured',
    answers: { ...answersOf(part, 'given'), ...answersOf(rest, 'refused') },
    consequence: [
      ...sentencesOf(catalogue, 'consequence.captured', part),
      ...sentencesOf(catalogue, 'consequence.excluded', rest),
    ].join(' '),
  };
}

/**
 * What one may agree to short of all: nothing without the recording where one is asked for, as the others are made
 * of it (G5), then that with each single other one. All else stays open to `session.answer`.
 */
function partsOf(purposes: readonly Purpose[]): readonly (readonly Purpose[])[] {
  const base = purposes.filter((purpose) => purpose === 'recording');
  const rest = purposes.filter((purpose) => purpose !== 'recording');
  const parts = [...(base.length > 0 ? [base] : []), ...rest.map((purpose) => [...base, purpose])];
  return parts.filter((part) => part.length < purposes.length);
}

function answersOf(purposes: readonly Purpose[], answer: Answer): ByPurpose<Answer> {
  return Object.fromEntries(purposes.map((purpose) => [purpose, answer]));
}
