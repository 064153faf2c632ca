import type { ByPurpose, Purpose } from '../participants/participants.types.ts';
import type { Side } from './notice.types.ts';
import { isReadable, sentencesOf } from './notice-words.ts';
import { formatPurposes, formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What says what purposes take: loaded where one of the open set is asked for, or one side alone is recorded. */
export interface OpenWordsModule {
  readonly openWords: typeof openWords;
}

/** The English words for what purposes of the open set take, and for whose side is recorded. */
export const openEnglish: TextCatalogue['texts'] = {
  'body.what.live-streaming': 'Your voice, your picture and what you share go out live to people outside this meeting.',
  'body.what.live-captions': 'What you say is shown as text while you speak. The text is not kept.',
  'body.what.ai-notes': 'Software listens and writes notes of what is said. They can name you.',
  'body.side.own': 'Your side is recorded. Whoever is not asked is not.',
  'body.side.other': 'Your side is not recorded.',
  'body.provider': 'Named as provider of {purposes}: {provider}.',
};

/** Open purposes whose words are known. */
const described: readonly Purpose[] = ['live-streaming', 'live-captions', 'ai-notes'];

/** What is taken, a sentence for each purpose that is known and one for the others, and of whose side; and who provides what. */
export function openWords(
  own: TextCatalogue,
  purposes: readonly Purpose[],
  providers: ByPurpose<string> = {},
  side?: Side,
): readonly string[] {
  const catalogue = { ...own, texts: { ...openEnglish, ...own.texts } };
  if (side === 'other') return [formatText(catalogue, 'body.side.other')];
  const known = described.filter((purpose) => purposes.includes(purpose));
  const others = purposes.filter((purpose) => !known.includes(purpose));
  return [
    ...sentencesOf(catalogue, 'body.what', others),
    ...known.map((purpose) => formatText(catalogue, `body.what.${purpose}`)),
    ...(side ? [formatText(catalogue, 'body.side.own')] : []),
    ...purposes.flatMap((purpose) => {
      const provider = Object.hasOwn(providers, purpose) ? providers[purpose] : undefined;
      const named = () => ({ purposes: formatPurposes(catalogue, [purpose]), provider: provider as string });
      return isReadable(provider) ? [formatText(catalogue, 'body.provider', named())] : [];
    }),
  ];
}
