import { describe, expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { defaultDocument } from '../../src/notice/default-document.ts';
import { parseDocument } from '../../src/notice/document.parse.ts';
import { extendDocument, shortDocument } from '../../src/notice/document.ts';
import { documentHash } from '../../src/notice/document-hash.ts';
import { german } from '../../src/notice/german.ts';

const small = {
  version: '3',
  locale: 'en',
  dir: 'ltr',
  title: 'Your data',
  controller: { name: 'Host Org', contact: 'privacy@host-org.example' },
  intro: 'What happens.',
  kinds: [
    {
      id: 'recording',
      name: 'Recording',
      what: 'Sound and picture.',
      examples: ['voice'],
      usedFor: ['minutes', 'training'],
      purposes: ['recording'],
      source: 'collected',
      retention: '30 days',
      recipients: ['the hosts'],
    },
  ],
  never: ['It is not sold.'],
  rights: [{ right: 'Access', how: 'Ask.' }],
} as const;

const parsed = parseDocument(small);

/** The code and the pointer of the error that `input` ends in. */
function faultOf(input: unknown): unknown {
  try {
    return parseDocument(input);
  } catch (error) {
    return isNoticeError(error, 'document/invalid') ? [error.pointer, error.retryable] : error;
  }
}

describe('parseDocument', () => {
  test('takes a document as it is, and freezes it', () => {
    expect(parsed).toEqual(small);
    expect([parsed, parsed.kinds, parsed.kinds[0]?.usedFor, parsed.controller].every(Object.isFrozen)).toBe(true);
  });

  test('takes the default document', () => {
    expect(parseDocument(JSON.parse(JSON.stringify(defaultDocument)))).toEqual(defaultDocument);
  });

  test.each([
    ['nothing', undefined, ''],
    ['a text', 'x', ''],
    ['a missing title', { ...small, title: undefined }, '/title'],
    ['a blank title', { ...small, title: ' \u200b' }, '/title'],
    ['a version with spaces', { ...small, version: 'a b' }, '/version'],
    ['a locale that is none', { ...small, locale: '"><script>' }, '/locale'],
    ['a direction that is none', { ...small, dir: 'up' }, '/dir'],
    ['a controller without a name', { ...small, controller: { contact: 'c' } }, '/controller/name'],
    ['no kinds', { ...small, kinds: [] }, '/kinds'],
    ['a kind twice', { ...small, kinds: [small.kinds[0], small.kinds[0]] }, '/kinds'],
    ['an unknown source', { ...small, kinds: [{ ...small.kinds[0], source: 'guessed' }] }, '/kinds/0/source'],
    ['a kind without a use', { ...small, kinds: [{ ...small.kinds[0], usedFor: [] }] }, '/kinds/0/usedFor'],
    [
      'an example that is no text',
      { ...small, kinds: [{ ...small.kinds[0], examples: ['a', 1] }] },
      '/kinds/0/examples/1',
    ],
    ['a misspelt field', { ...small, 'retent/ion~': '30 days' }, '/retent~1ion~0'],
  ])('refuses %s, and says where', (_, input, pointer) => {
    expect(faultOf(input)).toEqual([pointer, false]);
  });
});

describe('what is said of a document that is none', () => {
  const said = (make: () => unknown): string => {
    try {
      return JSON.stringify(make());
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('is what was expected, in words', () => {
    const { title: _, ...untitled } = small;
    expect([
      said(() => parseDocument({})),
      said(() => parseDocument(untitled)),
      said(() => parseDocument({ ...small, title: 5 })),
      said(() => parseDocument({ ...small, controler: {} })),
      said(() => parseDocument({ ...small, kinds: [{ ...small.kinds[0], source: 'colected' }] })),
      said(() => parseDocument({ ...small, never: 'sold' })),
    ]).toEqual([
      'document/version: is missing',
      'document/title: is missing',
      'document/title: expected a text, got 5',
      'document/controler: unknown field; did you mean "controller"? (known: version, locale, dir, title, controller, intro, kinds, never, keeping, settings, rights)',
      'document/kinds/0/source: expected one of "given", "collected", "chosen-to-give", "obtained-from-others", got "colected"; did you mean "collected"?',
      'document/never: expected a list, got "sold"',
    ]);
  });

  test('names the kind that is not there', () => {
    expect([
      said(() => extendDocument(parsed, { kinds: [{ id: 'recordng', retention: '7 days' }] })),
      said(() => extendDocument(parsed, { withoutKinds: ['recordng'] })),
      said(() => extendDocument(parsed, { withoutKinds: ['x'] })),
    ]).toEqual([
      'document/kinds/0: there is no kind "recordng", and a new one is given whole; did you mean "recording"?',
      'document/withoutKinds/0: there is no kind "recordng"; did you mean "recording"?',
      'document/withoutKinds/0: there is no kind "x"; there are recording',
    ]);
  });
});

describe('extendDocument', () => {
  test('says who is responsible, changes a kind in part, adds and removes others', () => {
    const notes = { ...small.kinds[0], id: 'notes', name: 'AI notes', purposes: ['ai-notes'] };
    const { version, ...document } = extendDocument(parsed, {
      controller: { name: 'Other Org', contact: 'https://other.example' },
      kinds: [{ id: 'recording', retention: '7 days' }, notes],
    });
    expect(document).toEqual({
      ...Object.fromEntries(Object.entries(small).filter(([key]) => key !== 'version')),
      controller: { name: 'Other Org', contact: 'https://other.example' },
      kinds: [{ ...small.kinds[0], retention: '7 days' }, notes],
    });
    expect(version).toMatch(/^3\+[0-9a-f]{8}$/);
    expect(extendDocument(defaultDocument, { withoutKinds: ['attention'] }).kinds.map(({ id }) => id)).toEqual(
      defaultDocument.kinds.map(({ id }) => id).filter((id) => id !== 'attention'),
    );
  });

  test('[G6] gives other words another version, and the same words the same', () => {
    const versionWith = (intro: string) => extendDocument(parsed, { intro }).version;
    expect(versionWith('a')).toBe(versionWith('a'));
    expect(versionWith('a')).not.toBe(versionWith('b'));
    expect(extendDocument(parsed, { intro: 'a', version: '4' }).version).toBe('4');
  });

  test('refuses what makes no document, a new kind that is not whole among it', () => {
    const fault = (changes: object) => {
      try {
        return extendDocument(parsed, changes);
      } catch (error) {
        return isNoticeError(error, 'document/invalid') && error.pointer;
      }
    };
    expect(fault({ kinds: [{ id: 'notes', name: 'AI notes' }] })).toBe('/kinds/1/what');
    expect(fault({ withoutKinds: ['recording'] })).toBe('/kinds');
    expect(fault({ titel: 'x' })).toBe('/titel');
  });
});

describe('documentHash', () => {
  test('does not depend on the order of fields, and changes with any word', () => {
    const backwards = parseDocument(Object.fromEntries(Object.entries(small).reverse()));
    expect(documentHash(backwards)).toBe(documentHash(parsed));
    expect(documentHash(parsed)).toMatch(/^[0-9a-f]{64}$/);
    const hashes = [
      parsed,
      extendDocument(parsed, { version: '3', never: ['It is never sold.'] }),
      { ...parsed, version: '4' },
    ];
    expect(new Set(hashes.map(documentHash)).size).toBe(3);
  });
});

describe('shortDocument', () => {
  test('is what matters to the purposes asked for, as plain text', () => {
    expect(shortDocument(parsed, ['recording'])).toBe(
      [
        'Who is responsible: Host Org (privacy@host-org.example)',
        '',
        'Recording: Sound and picture.',
        'Used for: minutes; training',
        'Where it comes from: It is collected while you are in the meeting',
        'How long it is kept: 30 days',
        'Who gets it: the hosts',
        '',
        'It is not sold.',
      ].join('\n'),
    );
  });

  test('leaves out kinds of other purposes', () => {
    expect(shortDocument(defaultDocument, ['attention-tracking'])).not.toContain('Transcript:');
    expect(shortDocument(parsed, ['ai-notes'])).toBe(
      'Who is responsible: Host Org (privacy@host-org.example)\n\nIt is not sold.',
    );
  });

  test('has the headings of the catalogue', () => {
    expect(shortDocument(parsed, ['recording'], german)).toContain('Wer verantwortlich ist: Host Org');
  });
});

describe('the default document keeps the requirements', () => {
  const all = (part: unknown) => JSON.stringify(part);
  const kind = (id: string) => defaultDocument.kinds.find((each) => each.id === id);

  test.each([
    ['R1: the host is responsible for asking', defaultDocument.intro, /host is responsible for asking you first/],
    [
      'R2: a local recording is outside the provider’s control',
      kind('recording'),
      /outside the provider’s control.*cannot read it, transcribe it or delete it/,
    ],
    [
      'R3: a transcript is treated as its recording',
      kind('transcript'),
      /treated exactly as its recording.*deleted together with it/,
    ],
    ['R4: a caller withdraws by a key', defaultDocument.rights, /press 2 on the phone/],
    [
      'R5: the provider does not look into recordings, and access is on record',
      kind('recording'),
      /does not look into it unless the host asks.*on record/,
    ],
    [
      'R6: attention is seen by hosts alone, after more than 30 seconds, while a host shares',
      kind('attention'),
      /Only while a host shares the screen.*more than 30 seconds.*the hosts of the meeting, and nobody else/,
    ],
    [
      'R7: used only as stated',
      defaultDocument.intro,
      /Nothing on this page is used for any other purpose than the one stated/,
    ],
    [
      'R7: never sold, no advertising, statistics only aggregated',
      defaultDocument.never,
      /never sold.*never used for advertising.*[Ss]tatistics are only made of many meetings/,
    ],
    ['R8: to the nearest city at most', kind('region'), /never more exact than the nearest city.*the notice/],
    [
      'R9: what one can set',
      defaultDocument.settings,
      /camera and microphone off.*waiting room.*share the screen.*chat is kept/,
    ],
    [
      'R11: deleted or anonymised, else isolated',
      defaultDocument.keeping,
      /while there is a need.*earlier if you ask.*deleted or anonymised.*set apart until it can be deleted/,
    ],
  ])('%s', (_, part, sentence) => {
    expect(all(part)).toMatch(sentence);
  });

  test('R7: every source that data can have, and every kind with what, examples, uses, retention and recipients', () => {
    expect(new Set(defaultDocument.kinds.map(({ source }) => source))).toEqual(
      new Set(['given', 'collected', 'chosen-to-give', 'obtained-from-others']),
    );
    const bare = defaultDocument.kinds.filter(
      ({ examples, usedFor, recipients }) => !examples.length || !usedFor.length || !recipients.length,
    );
    expect(bare).toEqual([]);
  });

  test('R10: withdrawal leaves earlier processing lawful, and each right of the GDPR is there with a way to use it', () => {
    expect(defaultDocument.rights.map(({ right }) => /\(GDPR Art\. (.+)\)$/.exec(right)?.[1])).toEqual([
      '7(3)',
      '15',
      '16',
      '17',
      '18',
      '20',
      '21',
      '77',
    ]);
    expect(defaultDocument.rights[0]?.how).toContain('What was done before stays lawful.');
  });
});
