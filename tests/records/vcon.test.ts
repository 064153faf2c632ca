import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { historyOf, readHistory } from '../../src/records/history.ts';
import type { LedgerFact } from '../../src/records/ledger.types.ts';
import { meetingVcon } from '../../src/records/vcon.ts';
import type { Vcon } from '../../src/records/vcon.types.ts';
import type { Transcript } from '../../src/transcript/transcript.types.ts';
import { first, jwsOver, keyOf, ledgerOf, second, seen, weeklyMeeting } from './meeting-ledger.ts';
import { vconSchema } from './schemas/vcon.ts';
import { complaintsOf } from './valid.ts';

/** Up to the end of the meeting: nothing is erased yet. */
const meeting = ledgerOf(weeklyMeeting.filter(([at]) => at < 2550));
const everything = ledgerOf(weeklyMeeting);
const nameOf = (id: string) => ({ bo: 'Bo Lind', cy: 'Cy Ito' })[id];

const transcript: Transcript = {
  transcriptId: 't-1',
  recordingId: first,
  language: 'en',
  segments: [
    { id: 's-1', speaker: 'hana', startMs: 0, endMs: 900, text: 'Good morning.', final: true, language: 'en' },
    { id: 's-2', speaker: 'bo', startMs: 1000, endMs: 2000, text: 'I am still here.', final: true },
    { id: 's-3', speaker: null, startMs: 2000, endMs: 2500, text: 'Hello.', final: true },
    {
      id: 's-4',
      speaker: 'hana',
      startMs: 3000,
      endMs: 4000,
      text: 'Hear, hear.',
      final: true,
      corrections: [
        { by: 'hana', at: '2026-11-24T15:40:00.000Z', text: 'Here, here.' },
        { by: 'cy', at: '2026-11-24T15:41:00.000Z', speaker: 'cy' },
      ],
    },
  ],
};

const mediaOf = (recordingId: string) => ({
  url: `https://media.example/${recordingId}.webm`,
  contentHash: `sha512-${createHash('sha512').update(recordingId).digest('base64url')}`,
  mediatype: 'video/webm',
});

const told = async (records = meeting, more: Parameters<typeof meetingVcon>[1] = {}): Promise<Vcon> =>
  meetingVcon(await readHistory(records, { nameOf }), more);

/** Every place that a vCon points to, and how many there are. */
function danglingIn({ parties, dialog, analysis, attachments }: Vcon): string[] {
  const outOf = (all: readonly unknown[], name: string, ...places: readonly (number | null | undefined)[]) =>
    places.filter((place) => typeof place === 'number' && place >= all.length).map((place) => `${name} ${place}`);
  return [
    ...dialog.flatMap((each) =>
      outOf(parties, 'party', each.originator, ...each.parties, ...each.party_history.map(({ party }) => party)),
    ),
    ...analysis.flatMap((each) => [
      ...outOf(dialog, 'dialog', each.dialog),
      ...outOf(parties, 'party', ...each.body.segments.map(({ party }) => party)),
    ]),
    ...attachments.flatMap((each) => [...outOf(dialog, 'dialog', each.dialog), ...outOf(parties, 'party', each.party)]),
  ];
}

const consentLines = ({ attachments, parties }: Vcon): string[] =>
  attachments.map(
    ({ party, dialog, consents, proof }) =>
      `${dialog} ${parties[party]?.name ?? party}: ${consents.map(({ purpose, status }) => `${purpose} ${status}`).join(', ')} (${proof.map(({ signer }) => signer).join(' ')})`,
  );

describe('meetingVcon', () => {
  test('is a vCon of the drafts that it names, with every place it points to', async () => {
    const made = [
      await told(),
      await told(everything),
      await told(meeting, {
        transcripts: [transcript],
        transcriptVendor: 'Example Speech',
        subject: 'Weekly',
        createdAt: '2026-11-25T08:00:00Z',
        expiresAt: '2026-12-24T00:00:00Z',
        noticeUrl: 'https://host-org.example/notices/recording',
        mediaOf,
      }),
      meetingVcon(historyOf(await readHistory(meeting), 'cy'), { transcripts: [transcript] }),
    ];
    expect(made.map((vcon) => complaintsOf(vconSchema, vcon))).toEqual(made.map(() => []));
    expect(made.flatMap(danglingIn)).toEqual([]);
  });

  test('has a dialog for each recording that ran: who was in it, when they came and went, how long it ran', async () => {
    const { dialog, parties } = await told(meeting, { mediaOf });
    expect(parties.map(({ name, validation }) => [name, validation])).toEqual([
      ['Hana Novak', 'none'],
      ['Bo Lind', 'none'],
      ['Cy Ito', 'none'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(dialog).toEqual([
      {
        type: 'recording',
        start: '2026-11-24T15:01:02.000Z',
        duration: 1678,
        parties: [0, 1, 2],
        party_history: [
          { party: 0, time: '2026-11-24T15:01:02.000Z', event: 'join' },
          { party: 1, time: '2026-11-24T15:01:02.000Z', event: 'join' },
          { party: 2, time: '2026-11-24T15:01:02.000Z', event: 'join' },
          { party: 1, time: '2026-11-24T15:05:01.000Z', event: 'drop' },
          { party: 0, time: '2026-11-24T15:10:00.000Z', event: 'hold' },
          { party: 2, time: '2026-11-24T15:10:00.000Z', event: 'hold' },
          { party: 0, time: '2026-11-24T15:11:00.000Z', event: 'unhold' },
          { party: 2, time: '2026-11-24T15:11:00.000Z', event: 'unhold' },
          { party: 0, time: '2026-11-24T15:30:00.000Z', event: 'drop' },
          { party: 2, time: '2026-11-24T15:30:00.000Z', event: 'drop' },
        ],
        url: `https://media.example/${first}.webm`,
        content_hash: mediaOf(first).contentHash,
        mediatype: 'video/webm',
      },
      {
        type: 'recording',
        start: '2026-11-24T15:40:00.000Z',
        duration: 100,
        parties: [2],
        party_history: [
          { party: 2, time: '2026-11-24T15:40:00.000Z', event: 'join' },
          { party: 2, time: '2026-11-24T15:41:40.000Z', event: 'drop' },
        ],
        url: `https://media.example/${seen}.webm`,
        content_hash: mediaOf(seen).contentHash,
        mediatype: 'video/webm',
      },
    ]);
  });

  test('[G6] says of each who was asked what they granted and denied; silence is no grant', async () => {
    expect(consentLines(await told())).toEqual([
      '0 Hana Novak: recording granted, transcription granted (authority authority)',
      '0 Bo Lind: recording denied, transcription denied (authority authority)',
      '0 Cy Ito: recording granted, transcription denied (authority party authority)',
      '0 3: recording denied, transcription denied (authority authority)',
      '1 Cy Ito: recording granted (authority)',
    ]);
    const unanswered = await told(ledgerOf(weeklyMeeting.filter(([, { fact }]) => fact !== 'expired')));
    expect(consentLines(unanswered)[3]).toBe('0 3: recording denied, transcription denied (authority authority)');
  });

  test('whoever was only told has no consent on it', async () => {
    const person = { recordingId: first, participantId: 'bo' };
    const records = ledgerOf([
      [0, { fact: 'requested', recordingId: first, purposes: ['recording'], by: 'platform' }],
      [0, { fact: 'started', recordingId: first, by: 'platform' }],
      [0, { ...person, fact: 'asked', purposes: ['recording'], noticeId: 'n', consent: 'notice' }],
      [1, { ...person, fact: 'shown', noticeId: 'n' }],
      [1, { ...person, fact: 'captured', because: 'clear' }],
    ]);
    const vcon = await told(records);
    expect([vcon.dialog.length, vcon.dialog[0]?.duration, vcon.attachments]).toEqual([1, undefined, []]);
  });

  test('[G6] carries the signatures: the person’s over their answer, the authority’s over the record', async () => {
    const { attachments } = await told();
    const record = meeting.find(({ fact }) => fact.fact === 'refused' && fact.participantId === 'cy');
    expect(attachments[2]?.proof.slice(1)).toEqual([
      {
        type: 'jws',
        value: jwsOver('cy cy-refused-transcription'),
        timestamp: '2026-11-24T15:00:12.000Z',
        signer: 'party',
        key: keyOf('cy'),
      },
      {
        type: 'jws',
        value: record?.jws,
        timestamp: '2026-11-24T15:00:12.000Z',
        signer: 'authority',
        key: keyOf('the authority'),
      },
    ]);
  });

  test('has the transcript as an analysis, corrections beside what was heard', async () => {
    const { analysis } = await told(meeting, { transcripts: [transcript] });
    expect(analysis).toEqual([
      {
        type: 'transcript',
        dialog: 0,
        vendor: 'meeting-notice',
        schema: 'meeting-notice-transcript-1',
        mediatype: 'application/json',
        encoding: 'json',
        body: {
          transcriptId: 't-1',
          language: 'en',
          segments: [
            { id: 's-1', party: 0, startMs: 0, endMs: 900, text: 'Good morning.', language: 'en' },
            { id: 's-2', party: 1, startMs: 1000, endMs: 2000, text: 'I am still here.' },
            { id: 's-3', party: null, startMs: 2000, endMs: 2500, text: 'Hello.' },
            {
              id: 's-4',
              party: 0,
              startMs: 3000,
              endMs: 4000,
              text: 'Hear, hear.',
              corrections: [
                { by: 0, at: '2026-11-24T15:40:00.000Z', text: 'Here, here.' },
                { by: 2, at: '2026-11-24T15:41:00.000Z', party: 2 },
              ],
            },
          ],
        },
      },
    ]);
  });

  test('[G5] has nothing that was erased: no file, no transcript, and not the words of whom alone it was erased', async () => {
    const vcon = await told(everything, { mediaOf });
    expect(vcon.dialog.map(({ url }) => url)).toEqual([undefined, `https://media.example/${seen}.webm`]);
    const history = await readHistory(everything);
    expect(() => meetingVcon(history, { transcripts: [transcript] })).toThrow(
      new TypeError('transcript must be one that is neither erased, anonymised nor isolated, not "t-1".'),
    );
    const ofBo = (fact: 'erasing' | 'erased'): LedgerFact => ({
      fact,
      recordingId: first,
      kept: ['transcript'],
      because: 'right',
      participantId: 'bo',
    });
    for (const fact of ['anonymised', 'isolated'] as const) {
      const set: LedgerFact = { fact, recordingId: first, kept: ['recording', 'transcript'], because: 'retention' };
      const apart = await readHistory(ledgerOf([...weeklyMeeting.filter(([at]) => at < 2550), [2560, set]]));
      expect(meetingVcon(apart, { mediaOf }).dialog[0]?.url).toBe(undefined);
      expect(() => meetingVcon(apart, { transcripts: [transcript] })).toThrow(TypeError);
    }
    const partly = ledgerOf([
      ...weeklyMeeting.filter(([at]) => at < 2550),
      [2560, ofBo('erasing')],
      [2570, ofBo('erased')],
    ]);
    // Nobody knows of s-3 that it is not theirs; s-5 was said to be theirs.
    const corrections = [{ by: 'hana', at: '2026-11-24T15:40:00.000Z', speaker: 'bo' }];
    const later = { id: 's-5', speaker: 'cy', startMs: 5000, endMs: 5100, text: 'Mine.', final: true, corrections };
    const transcripts = [{ ...transcript, segments: [...transcript.segments, later] }];
    const { analysis } = await told(partly, { transcripts });
    expect(analysis[0]?.body.segments.map(({ id }) => id)).toEqual(['s-1', 's-4']);
  });

  test('of one person has nobody else’s words, and refuses the transcript of a recording that never ran', async () => {
    const own = historyOf(await readHistory(meeting, { nameOf }), 'hana');
    const { analysis, parties } = meetingVcon(own, { transcripts: [transcript] });
    expect(parties.map(({ name }) => name)).toEqual(['Hana Novak']);
    expect(analysis[0]?.body.segments.map(({ id }) => id)).toEqual(['s-1']);
    const cys = meetingVcon(historyOf(await readHistory(meeting), 'cy'), { transcripts: [transcript] });
    expect(cys.analysis[0]?.body.segments.map(({ id }) => id)).toEqual(['s-4']);
    await expect(told(meeting, { transcripts: [{ ...transcript, recordingId: second }] })).rejects.toThrow(
      new TypeError(`transcript must be one of a recording that ran in this meeting, not "${second}".`),
    );
  });
});

test('the schema that vCons are held against refuses what is none', async () => {
  const vcon = await told(meeting, { transcripts: [transcript], mediaOf });
  const [dialog] = vcon.dialog;
  const [consent] = vcon.attachments;
  const changed = [
    { ...vcon, uuid: 'weekly' },
    { ...vcon, created_at: undefined },
    { ...vcon, attention: [] },
    { ...vcon, dialog: [{ ...dialog, content_hash: undefined }] },
    { ...vcon, dialog: [{ ...dialog, party_history: [{ party: 0, time: dialog?.start, event: 'gaze' }] }] },
    { ...vcon, analysis: [{ ...vcon.analysis[0], vendor: undefined }] },
    { ...vcon, attachments: [{ ...consent, expiration: undefined }] },
    { ...vcon, attachments: [{ ...consent, consents: [{ purpose: 'recording', status: 'given' }] }] },
    { ...vcon, attachments: [{ ...consent, proof: [{ type: 'jws' }] }] },
  ];
  expect(changed.filter((each) => complaintsOf(vconSchema, each).length === 0)).toEqual([]);
});
