import type { ByPurpose, Purpose, Storage } from '../participants/participants.types.ts';
import type { ChoiceEffect } from './notice.types.ts';
import { formatPurposes, formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What a title can name in a sentence of its own; the other purposes of a notice are listed after it. */
type Subject = 'recording' | 'recording-and-transcript' | 'transcription' | 'attention' | 'other';

/** A title that asks, one for what is about to start, one for what runs. */
export type TitleForm = 'ask' | 'before' | 'running';

const named: ByPurpose<string> = {
  recording: 'recording',
  transcription: 'transcription',
  'attention-tracking': 'attention',
};

/** Recordings and transcripts are kept somewhere; the rest leaves nothing behind, or says so itself. */
export const isKept = (purposes: readonly Purpose[]): boolean =>
  purposes.includes('recording') || purposes.includes('transcription');

export const isAttentionOnly = (purposes: readonly Purpose[]): boolean =>
  purposes.every((purpose) => purpose === 'attention-tracking');

/** The title, and a line for each purpose that it does not name. */
export function titleWords(
  catalogue: TextCatalogue,
  form: TitleForm,
  purposes: readonly Purpose[],
): { readonly title: string; readonly also: string | undefined } {
  const { subject, also } = subjectOf(purposes);
  return {
    title: formatText(catalogue, `title.${form}.${subject}`, { purposes: formatPurposes(catalogue, purposes) }),
    also:
      also.length > 0 ? formatText(catalogue, 'body.also', { purposes: formatPurposes(catalogue, also) }) : undefined,
  };
}

function subjectOf(purposes: readonly Purpose[]): { readonly subject: Subject; readonly also: readonly Purpose[] } {
  const without = (...said: readonly Purpose[]) => purposes.filter((purpose) => !said.includes(purpose));
  const [recording, transcription] = [purposes.includes('recording'), purposes.includes('transcription')];
  if (recording && transcription)
    return { subject: 'recording-and-transcript', also: without('recording', 'transcription') };
  if (recording) return { subject: 'recording', also: without('recording') };
  if (transcription) return { subject: 'transcription', also: without('transcription') };
  if (isAttentionOnly(purposes)) return { subject: 'attention', also: [] };
  return { subject: 'other', also: [] };
}

/** One sentence a purpose: the texts `<area>.recording`, `.transcription`, `.attention`, and `.other` for the rest. */
export function sentencesOf(catalogue: TextCatalogue, area: string, purposes: readonly Purpose[]): readonly string[] {
  const others = purposes.filter((purpose) => !Object.hasOwn(named, purpose));
  return [
    ...Object.keys(named)
      .filter((purpose) => purposes.includes(purpose))
      .map((purpose) => formatText(catalogue, `${area}.${named[purpose]}`)),
    ...(others.length > 0
      ? [formatText(catalogue, `${area}.other`, { purposes: formatPurposes(catalogue, others) })]
      : []),
  ];
}

/** Whether any has no sentence of its own among the words that every client has. */
export const isOpen = (purposes: readonly Purpose[]): boolean =>
  purposes.some((purpose) => !Object.hasOwn(named, purpose));

/** Whether a text of somebody's own has anything to read in it. */
export const isReadable = (text: string | undefined): text is string => text !== undefined && /[^\s\p{C}]/u.test(text);

/** Who asked, if a name that can be read is known. */
export function whoWords(catalogue: TextCatalogue, name: string | undefined): string {
  return isReadable(name)
    ? formatText(catalogue, 'body.who.person', { name })
    : formatText(catalogue, 'body.who.unnamed');
}

/** Where it is kept (R2); nothing for what is not kept. */
export function storageWords(
  catalogue: TextCatalogue,
  purposes: readonly Purpose[],
  storage: Storage | undefined,
): readonly string[] {
  return isKept(purposes) ? [formatText(catalogue, `body.storage.${storage ?? 'unknown'}`)] : [];
}

/** What not agreeing, or withdrawing, does here. */
export function refusalWords(
  catalogue: TextCatalogue,
  effect: ChoiceEffect,
  purposes: readonly Purpose[],
  running: boolean,
): string {
  const say = (key: string) => formatText(catalogue, key);
  const stays = () => [say('consequence.stay'), ...sentencesOf(catalogue, 'consequence.excluded', purposes)].join(' ');
  switch (effect) {
    case 'excluded':
      return stays();
    case 'held':
    case 'leaves':
      return say(`consequence.${effect}`);
    case 'vetoes':
      return say(running ? 'consequence.vetoes.running' : 'consequence.vetoes');
    default:
      return isAttentionOnly(purposes) ? stays() : say('consequence.none');
  }
}

/** How not agreeing, or withdrawing, is called: by what it does. */
export function declineWords(catalogue: TextCatalogue, effect: ChoiceEffect, purposes: readonly Purpose[]): string {
  const isOwnAlone = effect !== 'held' && effect !== 'leaves' && effect !== 'vetoes';
  if (isOwnAlone && isAttentionOnly(purposes)) return formatText(catalogue, 'choice.decline.attention');
  return formatText(catalogue, `choice.decline.${effect === 'captured' ? 'none' : effect}`);
}
