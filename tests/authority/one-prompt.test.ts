import { describe, expect, test } from 'vitest';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import { type NoticeOf, type PromptBefore, withOnePrompt } from '../../src/authority/one-prompt.ts';
import type { NoticeData } from '../../src/notice/notice.types.ts';
import { askedRecording } from './asked-recording.ts';

const hana = { participantId: 'hana' };

/** A prompt for one life, and that life. */
function part(purpose: string, more: Partial<NoticeData> = {}, life: { seen?: boolean } = {}): NoticeOf {
  const recordingId = `life of ${purpose}`;
  const notice: NoticeData = {
    noticeId: `notice of ${purpose}`,
    recordingId,
    purposes: [purpose],
    kind: 'prompt',
    consent: 'explicit',
    refusal: 'excluded',
    running: false,
    requestedBy: hana,
    reminded: 0,
    ...more,
  };
  return { live: askedRecording({ recordingId, purposes: notice.purposes, ...life }), notice };
}

const banner = (purpose: string, life?: { seen?: boolean }) => part(purpose, { kind: 'banner' }, life);

const before = (more: Partial<PromptBefore> = {}): PromptBefore => ({
  standing: undefined,
  lives: [],
  version: '1',
  ...more,
});

const noticesOf = (...parts: readonly NoticeOf[]) => withOnePrompt(parts, before());
const purposesOf = (notices: readonly NoticeData[]) => notices.map(({ kind, purposes }) => [kind, ...purposes]);

describe('what stands before one person', () => {
  test('is what there is, where nothing is asked', () => {
    const [one, other] = [banner('recording'), banner('live-captions')];
    expect([noticesOf(), noticesOf(one, other)]).toEqual([[], [one.notice, other.notice]]);
  });

  test('is the one prompt as it is, where there is one', () => {
    const asked = part('recording', { answerInMs: 9000, reminded: 1, reason: 'minutes', storage: 'cloud' });
    expect(noticesOf(asked)).toEqual([asked.notice]);
    expect([...asked.live.raised.keys()]).toEqual([]);
  });

  test('[G1] is one prompt for all that the same person asks, and each life remembers what it asked', () => {
    const captions = part('live-captions', { storage: 'cloud' });
    const notes = part('ai-notes');
    const [one, ...more] = noticesOf(captions, notes);
    expect([one, more]).toEqual([
      {
        noticeId: expect.any(String),
        recordingId: 'life of live-captions',
        purposes: ['live-captions', 'ai-notes'],
        kind: 'prompt',
        consent: 'explicit',
        refusal: 'excluded',
        running: false,
        requestedBy: hana,
        storage: 'cloud',
        reminded: 0,
      },
      [],
    ]);
    for (const { live } of [captions, notes]) expect([...live.raised]).toEqual([[one?.noticeId, one]]);
  });

  test('[G6] has an id of what it asks, how strictly, and in which words', () => {
    const id = (more: Partial<NoticeData> = {}, version = '1', purpose = 'ai-notes') => {
      const parts = [part('live-captions', { consent: 'notice' }), part(purpose, { consent: 'notice', ...more })];
      return withOnePrompt(parts, before({ version }))[0]?.noticeId;
    };
    const ids = [id(), id({ consent: 'explicit' }), id({}, '2'), id({}, '1', 'signing')];
    expect([id({ reminded: 4, answerInMs: 1000, reason: 'x' }), new Set(ids).size]).toEqual([id(), 4]);
    expect(ids).not.toContain('notice of live-captions');
  });

  test('[G1] asks as the strictest of them does, for the shortest time, in the words of each', () => {
    const [one] = noticesOf(
      part('live-captions', { consent: 'notice', answerInMs: 9000, reminded: 1, providers: { a: 'A' } }),
      part('ai-notes', { consent: 'explicit', answerInMs: 7000, reason: 'minutes' }),
      part('signing', { consent: 'acknowledge', reminded: 2, providers: { b: 'B' } }),
    );
    expect(one).toMatchObject({
      purposes: ['live-captions', 'ai-notes', 'signing'],
      consent: 'explicit',
      answerInMs: 7000,
      reminded: 2,
      reason: 'minutes',
      providers: { a: 'A', b: 'B' },
    });
  });

  test('has the time of the one of them that has a time', () => {
    expect(noticesOf(part('live-captions'), part('ai-notes', { answerInMs: 7000 }))).toMatchObject([
      { answerInMs: 7000 },
    ]);
    expect(noticesOf(part('live-captions', { answerInMs: 7000 }), part('ai-notes'))).toMatchObject([
      { answerInMs: 7000 },
    ]);
  });

  test.each<[string, Partial<NoticeData>, Partial<NoticeData>, boolean]>([
    ['another person asks', {}, { requestedBy: { participantId: 'cora' } }, false],
    ['the platform asks', {}, { requestedBy: 'platform' }, false],
    ['the platform asks, and nobody knows who', { requestedBy: 'platform' }, { requestedBy: 'unknown' }, false],
    ['the platform asks for both', { requestedBy: 'platform' }, { requestedBy: 'platform' }, true],
    ['they were named otherwise', {}, { requestedBy: { participantId: 'hana', name: 'Hana' } }, true],
    ['refusing does something else', {}, { refusal: 'leaves' }, false],
    ['one of them runs', {}, { running: true }, false],
    ['both of them run', { running: true }, { running: true }, true],
    ['they have two reasons', { reason: 'minutes' }, { reason: 'a talk' }, false],
    ['they have one reason', { reason: 'minutes' }, { reason: 'minutes' }, true],
    ['the first has a reason', { reason: 'minutes' }, {}, true],
    ['the second has a reason', {}, { reason: 'minutes' }, true],
  ])('[G1] asks together only what its words are true of: %s', (_, one, other, isTogether) => {
    const together = [['prompt', 'live-captions', 'ai-notes']];
    const first = [['prompt', 'live-captions']];
    expect(purposesOf(noticesOf(part('live-captions', one), part('ai-notes', other)))).toEqual(
      isTogether ? together : first,
    );
  });

  test('[G1] is never two prompts: the next comes once the first is answered', () => {
    const other = part('ai-notes', { requestedBy: { participantId: 'cora' } });
    const captions = part('live-captions');
    expect(noticesOf(banner('recording'), captions, banner('signing'), other)).toEqual([
      banner('recording').notice,
      captions.notice,
      banner('signing').notice,
    ]);
    expect(noticesOf(banner('recording'), other)).toEqual([banner('recording').notice, other.notice]);
  });

  test('is where the first of those that it asks for stood, among banners', () => {
    const all = [banner('recording'), part('live-captions'), banner('signing'), part('ai-notes')];
    expect(purposesOf(noticesOf(...all))).toEqual([
      ['banner', 'recording'],
      ['prompt', 'live-captions', 'ai-notes'],
      ['banner', 'signing'],
    ]);
  });
});

describe('a prompt for several lives that stands', () => {
  /** The prompt for captions and notes, and whose lives it is of. */
  function standing(more: Partial<NoticeData> = {}) {
    const parts = [part('live-captions', more), part('ai-notes', more)];
    const [notice] = noticesOf(...parts) as [NoticeData];
    return { parts, notice, lives: parts.map(({ live }) => live) };
  }

  const next = (notice: NoticeData, lives: readonly LiveRecording[], ...parts: readonly NoticeOf[]) =>
    withOnePrompt(parts, before({ standing: notice, lives }));

  test('stays until all of it is answered, with the time and the reminders of what is open', () => {
    const { parts, notice, lives } = standing({ answerInMs: 9000 });
    const [captions, notes] = parts as [NoticeOf, NoticeOf];
    expect(next(notice, lives, captions, notes)).toEqual([notice]);
    expect(next(notice, lives, part('ai-notes', { answerInMs: 4000, reminded: 2 }))).toEqual([
      { ...notice, answerInMs: 4000, reminded: 2 },
    ]);
    const { answerInMs: _, ...timeless } = notice;
    const [told] = next(notice, lives, part('ai-notes', { running: true }));
    expect(told).toEqual({ ...timeless, running: true });
    expect(told).not.toHaveProperty('answerInMs');
  });

  test('[G1] serves for what is asked less strictly, and gives way to what is asked more strictly', () => {
    const { notice, lives } = standing({ consent: 'acknowledge' });
    const milder = part('ai-notes', { consent: 'notice' });
    expect(next(notice, lives, milder)).toEqual([notice]);
    const stricter = part('ai-notes', { consent: 'explicit' });
    expect(next(notice, lives, stricter)).toEqual([stricter.notice]);
    expect(next(notice, lives, milder, part('live-captions', { consent: 'explicit' }))).toMatchObject([
      { purposes: ['ai-notes', 'live-captions'], consent: 'explicit' },
    ]);
  });

  test('[G1] gives way to one that asks for more', () => {
    const { parts, notice, lives } = standing();
    const signing = part('signing');
    const [told] = next(notice, [...lives, signing.live], ...parts, signing);
    expect(told?.purposes).toEqual(['live-captions', 'ai-notes', 'signing']);
    expect(told?.noticeId).not.toBe(notice.noticeId);
    const both = part('ai-notes', { purposes: ['ai-notes', 'signing'] });
    expect(next(notice, [...lives, both.live], both)).toEqual([both.notice]);
  });

  test('[G1] gives way once something that it asks for lives no more', () => {
    const { parts, notice, lives } = standing();
    const [captions, notes] = parts as [NoticeOf, NoticeOf];
    expect(next(notice, lives.slice(1), notes)).toEqual([notes.notice]);
    expect(next(notice, lives.slice(0, 1), captions)).toEqual([captions.notice]);
    expect(next(notice, [], captions)).toEqual([captions.notice]);
  });

  test('has no banner beside it of what it asks for: whoever has answered a part is told once all is answered', () => {
    const { notice, lives } = standing();
    const shown = next(notice, lives, banner('live-captions'), part('ai-notes'), banner('recording'));
    expect(shown).toEqual([notice, banner('recording').notice]);
    const both = part('ai-notes', { kind: 'banner', purposes: ['recording', 'ai-notes'] });
    expect(next(notice, lives, part('live-captions'), both)).toEqual([notice]);
  });
});

describe('a capture of the platform’s own', () => {
  const seen = { seen: true };

  test('[G10] that is asked about first is asked about alone; what is the meeting’s own waits', () => {
    const platform = part('recording', {}, seen);
    const captions = part('live-captions');
    expect(noticesOf(platform, captions, banner('signing'))).toEqual([platform.notice, banner('signing').notice]);
    expect([...platform.live.raised.keys(), ...captions.live.raised.keys()]).toEqual([]);
  });

  test('[G10] has no notice of its own beside a prompt that stands before it', () => {
    const captions = part('live-captions');
    expect(noticesOf(captions, part('recording', {}, seen))).toEqual([captions.notice]);
    expect(noticesOf(captions, banner('recording', seen))).toEqual([captions.notice]);
    expect(noticesOf(banner('recording', seen), captions)).toEqual([banner('recording').notice, captions.notice]);
  });

  test('[G10] is told of beside what is asked for the same purpose', () => {
    const own = part('recording');
    expect(noticesOf(banner('recording', seen), own)).toEqual([banner('recording').notice, own.notice]);
    const platform = part('recording', {}, seen);
    expect(noticesOf(platform, banner('recording'))).toEqual([platform.notice, banner('recording').notice]);
  });
});
