import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withAttention } from '../../src/notice/attention-english.ts';
import { english as withoutAttention } from '../../src/notice/english.ts';
import { german } from '../../src/notice/german.ts';
import type { NoticeData } from '../../src/notice/notice.types.ts';
import { noticeChoices, noticeText } from '../../src/notice/notice-text.ts';
import { openWords } from '../../src/notice/open-words.ts';
import type { TextCatalogue } from '../../src/notice/texts.types.ts';
import { everyNotice, oneNotice } from './every-notice.ts';

const english = withAttention(withoutAttention);

const arabic: TextCatalogue = {
  locale: 'ar',
  dir: 'rtl',
  version: '3',
  texts: { 'title.ask.recording': 'هل توافق على تسجيلك؟', 'body.who.person': 'طلب ذلك {name}.' },
};

const shown = (data: Partial<NoticeData>, catalogue = english) => {
  const notice = { ...oneNotice, ...data };
  const { title, body, consequences } = noticeText(notice, catalogue);
  const choices = noticeChoices(notice, catalogue).map(({ id, label, effect, answers }) => [
    id,
    label,
    effect,
    answers,
  ]);
  return { title, body: body.split('\n'), consequences, choices };
};

describe('a prompt that asks for consent', () => {
  test('[G1] says who asks, why, what is taken, where it is kept, and what each answer does', () => {
    expect(shown({ reason: 'To train new colleagues' })).toEqual({
      title: 'Do you agree to be recorded?',
      body: [
        'Asked for by Hana.',
        'Reason given: “To train new colleagues”',
        'It has not started yet.',
        'The recording can hold your voice, your picture and what you share.',
        'It is stored in the meeting provider’s cloud.',
        'The hosts see your answer.',
        'You can change your answer at any time. What was recorded of you before then stays in the recording.',
      ],
      consequences: {
        agree: 'You are in the recording: your voice, your picture and what you share.',
        refuse: 'You stay in the meeting. Your voice, your picture and what you share are left out of the recording.',
      },
      choices: [
        ['agree', 'Agree', 'captured', { recording: 'given' }],
        ['refuse', 'Refuse', 'excluded', { recording: 'refused' }],
      ],
    });
  });

  test('says that a local recording is on the host’s own device, outside the provider’s control (R2)', () => {
    expect(shown({ storage: 'local' }).body).toContain(
      'It is stored on the host’s own device. The meeting provider has no control over it and cannot delete it for you.',
    );
  });

  test('[G5] lets a transcript be refused on its own, and not be had without its recording (R3)', () => {
    const { title, body, choices, consequences } = shown({ purposes: ['recording', 'transcription'], running: true });
    expect(title).toBe('Do you agree to be recorded, with a transcript?');
    expect(body).toContain('It is already running.');
    expect(body).toContain(
      'The transcript holds what you say, in writing, with your name. It is read, kept and deleted exactly as the recording is.',
    );
    expect(choices).toEqual([
      ['agree', 'Agree to both', 'captured', { recording: 'given', transcription: 'given' }],
      ['agree:recording', 'Agree to recording only', 'captured', { recording: 'given', transcription: 'refused' }],
      ['refuse', 'Refuse both', 'excluded', { recording: 'refused', transcription: 'refused' }],
    ]);
    expect(consequences['agree:recording']).toBe(
      'You are in the recording: your voice, your picture and what you share. What you say is left out of the transcript.',
    );
  });

  test('offers each further purpose of the open set on top of the recording', () => {
    const { body, choices } = shown({ purposes: ['recording', 'ai-notes', 'sign-language'] });
    expect(body).toContain('Also part of it: AI notes and sign language.');
    expect(choices.map(([id, label]) => [id, label])).toEqual([
      ['agree', 'Agree to all'],
      ['agree:recording', 'Agree to recording only'],
      ['agree:recording+ai-notes', 'Agree to recording and AI notes only'],
      ['agree:recording+sign-language', 'Agree to recording and sign language only'],
      ['refuse', 'Refuse all'],
    ]);
  });

  test('offers purposes that stand alone one by one', () => {
    expect(shown({ purposes: ['ai-notes', 'live-streaming'] }).choices.map(([id]) => id)).toEqual([
      'agree',
      'agree:ai-notes',
      'agree:live-streaming',
      'refuse',
    ]);
  });

  test('[G4] says that the answer about attention tracking stays on the device, and that a refusal does not show (R6)', () => {
    const { storage: _, ...kept } = oneNotice;
    const { body, consequences } = shown({ ...kept, purposes: ['attention-tracking'], refusal: 'none' });
    expect(body).toContain('Your answer about attention tracking stays on your device. Nobody else sees it.');
    expect(body).not.toContain('The hosts see your answer.');
    expect(consequences).toEqual({
      agree: 'Hosts can see the clock beside your name.',
      refuse: 'You stay in the meeting. No clock appears beside your name.',
    });
  });
});

describe('a prompt that asks for "Continue" (R1)', () => {
  test('offers it, and a way out that is called what it does', () => {
    const { title, choices } = shown({ consent: 'acknowledge', refusal: 'leaves', running: true });
    expect(title).toBe('This meeting is being recorded.');
    expect(choices).toEqual([
      ['continue', 'Continue', 'captured', { recording: 'acknowledged' }],
      ['leave', 'Leave the meeting', 'leaves', { recording: 'refused' }],
    ]);
  });

  test.each([
    ['excluded', 'refuse', 'Leave me out'],
    ['held', 'refuse', 'Keep my devices off'],
    ['leaves', 'leave', 'Leave the meeting'],
    ['vetoes', 'refuse', 'Stop it for everyone'],
    ['none', 'refuse', 'I object'],
  ] as const)('calls a refusal by which one is %s "%s": %s', (refusal, id, label) => {
    expect(shown({ consent: 'acknowledge', refusal }).choices[1]).toEqual([
      id,
      label,
      refusal,
      { recording: 'refused' },
    ]);
  });
});

describe('a banner', () => {
  test('[G3] offers one press to be left out, and says what stays', () => {
    expect(shown({ kind: 'banner', consent: 'notice', running: true, requestedBy: 'platform' })).toEqual({
      title: 'This meeting is being recorded.',
      body: [
        'The meeting platform started this by itself.',
        'The recording can hold your voice, your picture and what you share.',
        'It is stored in the meeting provider’s cloud.',
      ],
      consequences: {
        withdraw:
          'You stay in the meeting. Your voice, your picture and what you share are left out of the recording. ' +
          'What was recorded of you before stays in the recording.',
      },
      choices: [['withdraw', 'Leave me out', 'excluded', { recording: 'withdrawn' }]],
    });
  });

  test('[G10] does not promise to leave out whom no recorder can leave out', () => {
    expect(
      shown({ kind: 'banner', consent: 'notice', running: true, requestedBy: 'unknown', refusal: 'none' }).consequences,
    ).toEqual({
      withdraw:
        'The hosts are told. This cannot leave out one person: keep your microphone and camera off or leave the ' +
        'meeting if you do not want to be in it. What was recorded of you before stays in the recording.',
    });
  });
});

describe('who asks', () => {
  test.each([
    [{ participantId: 'p', name: 'Hana' }, false, 'Asked for by Hana.'],
    [{ participantId: 'p', name: ' \u200b' }, false, 'Asked for by someone in this meeting.'],
    [{ participantId: 'p' }, true, 'Asked for by someone in this meeting.'],
    ['platform', false, 'The meeting platform asks for this by itself.'],
    ['platform', true, 'The meeting platform started this by itself.'],
    ['unknown', false, 'It is not known who asked for this.'],
    ['unknown', true, 'It is not known who started this.'],
  ] as const)('%o, running: %s: %s', (requestedBy, running, line) => {
    expect(shown({ requestedBy, running }).body[0]).toBe(line);
  });

  test('is a name as text, and set apart in a right-to-left language', () => {
    const requestedBy = { participantId: 'p', name: '<b onclick="x()">\n\nIt is off.</b>' };
    expect(shown({ requestedBy }).body[0]).toBe('Asked for by <b onclick="x()"> It is off.</b>.');
    const { title, body } = shown({}, arabic);
    expect([title, body[0]]).toEqual(['هل توافق على تسجيلك؟', 'طلب ذلك \u2068Hana\u2069.']);
  });
});

test('[G1] what a purpose of the open set takes is said in general until its own words are there', () => {
  const data: NoticeData = {
    ...oneNotice,
    purposes: ['recording', 'live-captions', 'sign-language'],
    providers: { 'live-captions': 'Acme', 'sign-language': ' ' },
  };
  const lines = (what?: typeof openWords, catalogue = english) =>
    noticeText(data, catalogue, undefined, what).body.split('\n').slice(3, 7);
  expect(lines()).toEqual([
    'The recording can hold your voice, your picture and what you share.',
    'It can use what you say, show and write in this meeting.',
    'It is stored in the meeting provider’s cloud.',
    'The hosts see your answer.',
  ]);
  expect(lines(openWords)).toEqual([
    'The recording can hold your voice, your picture and what you share.',
    'It can use what you say, show and write in this meeting.',
    'What you say is shown as text while you speak. The text is not kept.',
    'Named as provider of live captions: Acme.',
  ]);
  expect(lines(openWords, german)[2]).toBe(
    'Was Sie sagen, wird als Text angezeigt, während Sie sprechen. Der Text wird nicht aufbewahrt.',
  );
});

describe.each([
  ['English', english],
  ['German', german],
  ['a right-to-left language', arabic],
])('every notice in %s', (_, catalogue) => {
  const notices = everyNotice().map((data) => ({
    data,
    text: noticeText(data, catalogue, undefined, openWords),
    choices: noticeChoices(data, catalogue),
  }));
  const failing = (fails: (notice: (typeof notices)[number]) => boolean) => notices.filter(fails).slice(0, 3);

  test('has a title, lines that are never empty, and a direction', () => {
    expect(failing(({ text }) => [text.title, ...text.body.split('\n')].some((line) => line.trim() === ''))).toEqual(
      [],
    );
    expect(failing(({ text }) => text.dir !== catalogue.dir || text.locale !== catalogue.locale)).toEqual([]);
  });

  test('offers distinct choices, each with a consequence of its own and nothing that makes one weigh more', () => {
    const fields = ['answers', 'effect', 'id', 'label'];
    expect(
      failing(({ data, text, choices }) => {
        const consequences = choices.map(({ id }) => text.consequences[id]);
        return (
          choices.length < (data.kind === 'banner' ? 1 : 2) ||
          new Set(choices.map(({ id }) => id)).size !== choices.length ||
          new Set(choices.map(({ label }) => label)).size !== choices.length ||
          new Set(consequences).size !== choices.length ||
          consequences.some((consequence) => !consequence?.trim()) ||
          Object.keys(text.consequences).length !== choices.length ||
          choices.some((choice) => !choice.label.trim() || choice.label.length > 80) ||
          choices.some((choice) => String(Object.keys(choice).sort()) !== String(fields))
        );
      }),
    ).toEqual([]);
  });

  test('answers every purpose with each choice, and always lets all be refused', () => {
    expect(
      failing(({ data, choices }) => {
        const asked = String([...data.purposes].sort());
        const isComplete = choices.every(({ answers }) => String(Object.keys(answers).sort()) === asked);
        const refuses = choices.some(({ answers }) =>
          Object.values(answers).every((answer) => answer === 'refused' || answer === 'withdrawn'),
        );
        return !isComplete || !refuses;
      }),
    ).toEqual([]);
  });

  test('says the effect of refusing that the policy has, and no other', () => {
    expect(failing(({ data, choices }) => choices.at(-1)?.effect !== data.refusal)).toEqual([]);
  });
});

describe('the hash of a notice', () => {
  test('[G6] is the SHA-256 of the canonical JSON of all that is shown', () => {
    const document = { version: '4', hash: 'd'.repeat(64) };
    const text = noticeText(
      { ...oneNotice, reason: 'Minutes' },
      { ...english, moreUrl: 'https://example.org/n' },
      document,
    );
    const json =
      `{"body":${JSON.stringify(text.body)},` +
      `"choices":[{"consequence":${JSON.stringify(text.consequences['agree'])},"id":"agree","label":"Agree"},` +
      `{"consequence":${JSON.stringify(text.consequences['refuse'])},"id":"refuse","label":"Refuse"}],` +
      `"dir":"ltr","document":"${document.hash}","locale":"en","moreUrl":"https://example.org/n",` +
      `"title":"Do you agree to be recorded?","version":"1+4"}`;
    expect(text.version).toBe('1+4');
    expect(text.hash).toBe(createHash('sha256').update(json).digest('hex'));
  });

  test('is the same each time', () => {
    expect(
      everyNotice().filter((data) => noticeText(data, english).hash !== noticeText({ ...data }, english).hash),
    ).toEqual([]);
  });

  test('does not depend on the time left, on reminders or on the ids', () => {
    const later = { ...oneNotice, noticeId: 'n2', recordingId: 'r2', answerInMs: 5000, reminded: 2 };
    expect(noticeText(later, english)).toEqual(noticeText(oneNotice, english));
  });

  test('differs wherever anything shown differs', () => {
    const hashes = new Map<string, string>();
    const clashes: unknown[] = [];
    for (const catalogue of [english, german])
      for (const data of everyNotice()) {
        const { hash, ...text } = noticeText(data, catalogue);
        const all = JSON.stringify([text, noticeChoices(data, catalogue).map(({ id, label }) => [id, label])]);
        if ((hashes.get(hash) ?? all) !== all) clashes.push(data);
        hashes.set(hash, all);
      }
    expect(clashes).toEqual([]);
    expect(new Set(hashes.values()).size).toBe(hashes.size);
  });

  test('differs for another label, consequence, version, language, link or document alone', () => {
    const texts = (key: string, text: string) => ({ ...english, texts: { ...english.texts, [key]: text } });
    const catalogues: readonly TextCatalogue[] = [
      english,
      texts('choice.agree', 'Yes'),
      texts('consequence.stay', 'You stay here.'),
      { ...english, version: '2' },
      { ...english, locale: 'en-GB' },
      { ...english, dir: 'rtl' },
      { ...english, moreUrl: 'https://example.org/n' },
    ];
    const hashes = [
      ...catalogues.map((catalogue) => noticeText(oneNotice, catalogue).hash),
      noticeText(oneNotice, english, { version: '1', hash: 'a' }).hash,
      noticeText(oneNotice, english, { version: '1', hash: 'b' }).hash,
      noticeText(oneNotice, english, { version: '2', hash: 'b' }).hash,
    ];
    expect(new Set(hashes).size).toBe(10);
  });
});

test('texts and choices cannot be changed by whoever shows them', () => {
  const parts = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];
  const data = { ...oneNotice, purposes: ['recording', 'transcription'] };
  const all = [...parts(noticeText(data, english)), ...parts(noticeChoices(data, english))];
  expect(all.filter((part) => !Object.isFrozen(part))).toEqual([]);
  expect(all.length).toBe(9);
});

test('a purpose named like a part of every object is only a name', () => {
  const data = { ...oneNotice, purposes: ['__proto__', 'constructor'] };
  expect(noticeText(data, english).title).toBe('Do you agree to this: __proto__ and constructor?');
  expect(Object.entries(noticeChoices(data, english)[1]?.answers ?? {})).toEqual([
    ['__proto__', 'given'],
    ['constructor', 'refused'],
  ]);
});
