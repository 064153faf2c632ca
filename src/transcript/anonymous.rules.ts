import type { ParticipantId } from '../participants/participants.types.ts';
import { speakerOf } from './kept-segment.rules.ts';
import type { Correction, KeptSegment, SpokenWord } from './transcript.types.ts';

/** What somebody is called in the meeting; each is taken out of what was said. */
export type NamesOf = ReadonlyMap<ParticipantId, readonly string[]>;

/**
 * Segments without names: whoever spoke is `Speaker 1`, `Speaker 2` … in the order of their first words, each segment has a
 * number for its id, and what a person is called is replaced in the texts, as whole words. What is said about somebody
 * in other words stays.
 */
export function anonymous(segments: readonly KeptSegment[], names: NamesOf = new Map()): readonly KeptSegment[] {
  const aliases = new Map<ParticipantId, string>();
  const aliasOf = (id: ParticipantId): string => {
    const alias = aliases.get(id) ?? `Speaker ${aliases.size + 1}`;
    aliases.set(id, alias);
    return alias;
  };
  const speaking = (id: ParticipantId | null) => (id === null ? null : aliasOf(id));
  for (const segment of segments) speaking(speakerOf(segment));
  const withoutNames = replacing(names, aliasOf);
  const corrected = ({ by, at, text, speaker }: Correction): Correction => ({
    by: aliasOf(by),
    at,
    ...(text !== undefined && { text: withoutNames(text) }),
    ...(speaker !== undefined && { speaker: speaking(speaker) }),
  });
  return segments.map(({ speaker, startMs, endMs, text, final, language, words, corrections }, place) => ({
    id: `${place + 1}`,
    speaker: speaking(speaker),
    startMs,
    endMs,
    text: withoutNames(text),
    final,
    ...(language !== undefined && { language }),
    // A name may reach over several words: where there was one, words are not told apart any more.
    ...(words !== undefined && [text, spokenIn(words)].every((each) => withoutNames(each) === each) && { words }),
    ...(corrections !== undefined && { corrections: corrections.map(corrected) }),
  }));
}

const spokenIn = (words: readonly SpokenWord[]): string => words.map(({ text }) => text).join(' ');
/** An engine may write the same letters in another way, and a name over two lines. */
const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase().replace(/\s+/gu, ' ');

function replacing(names: NamesOf, aliasOf: (id: ParticipantId) => string): (text: string) => string {
  const called = [...names].flatMap(([id, each]) => each.map((name) => [plain(name), id] as const));
  const idOf = new Map(called.filter(([name]) => name !== ''));
  if (idOf.size === 0) return (text) => text;
  // The longest first: a full name before the first name in it.
  const longestFirst = [...idOf.keys()].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const either = escaped.map((name) => name.replaceAll(' ', '\\s+')).join('|');
  const name = new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => {
    const composed = text.normalize('NFC');
    const without = composed.replace(name, (found) => aliasOf(idOf.get(plain(found)) ?? found));
    return without === composed ? text : without;
  };
}
