import { describe, expect, it } from 'vitest';
import { didYouMean, nearestOf } from '../../src/core/nearest.ts';

const words = ['recording', 'transcription', 'attention', 'purposes', 'retention', 'locked', 'on'];

describe('nearestOf', () => {
  it.each([
    ['the word itself', 'recording', 'recording'],
    ['a letter left out', 'recordng', 'recording'],
    ['a letter too many', 'purpposes', 'purposes'],
    ['a wrong letter', 'lacked', 'locked'],
    ['two letters in the wrong order', 'lokced', 'locked'],
    ['capitals', 'RECORDING', 'recording'],
    ['a third of a long word wrong', 'tranzzziption', 'transcription'],
    ['the nearer of two', 'rettention', 'retention'],
    ['another word than any', 'zzz', undefined],
    ['too much of a short word wrong', 'lxxxed', undefined],
    ['a word of which nothing would be left', 'xy', undefined],
    ['nothing', '', undefined],
  ])('finds what was meant by %s: %j', (_, mistyped, meant) => {
    expect(nearestOf(mistyped, words)).toBe(meant);
  });

  it('finds the first of those that are as near', () => {
    expect([nearestOf('cat', ['bat', 'hat']), nearestOf('cat', ['hat', 'bat'])]).toEqual(['bat', 'hat']);
  });

  it('finds nothing among no words', () => {
    expect(nearestOf('recording', [])).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('asks for the word that was meant, or says nothing', () => {
    expect([didYouMean('recordng', words), didYouMean('zzz', words)]).toEqual(['; did you mean "recording"?', '']);
  });

  it('quotes the word as JSON does', () => {
    expect(didYouMean('say "hi', ['say "hi"'])).toBe('; did you mean "say \\"hi\\""?');
  });
});
