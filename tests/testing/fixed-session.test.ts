import { describe, expect, test } from 'vitest';
import type { Notice } from '../../src/notice/notice.types.ts';
import { createSession } from '../../src/session/session.ts';
import { fixedSession } from '../../src/testing/fixed-session.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';

const prompt: Notice = {
  noticeId: 'n1',
  purpose: 'recording',
  purposes: ['recording'],
  kind: 'prompt',
  consent: 'explicit',
  text: { title: 'T', body: 'B', consequences: {}, locale: 'en', dir: 'ltr', version: '1', hash: '0'.repeat(64) },
  choices: [],
  phase: 'open',
  shown: false,
  requestedBy: 'unknown',
  recordingId: 'r1',
};
const banner: Notice = { ...prompt, noticeId: 'n2', kind: 'banner' };

describe('a fixed session', () => {
  test('shows a participant in a meeting where nothing runs, unless told otherwise', () => {
    const session = fixedSession();
    expect(session.getSnapshot()).toEqual({
      connection: 'connected',
      authorityId: 'host',
      vouches: 'origin',
      admission: 'admitted',
      notices: [],
      prompt: null,
      indicators: { recording: 'off', transcription: 'off', 'attention-tracking': 'off' },
      recordings: [],
      hold: null,
      restorable: [],
      self: { id: 'self', role: 'participant', consents: {}, captured: false, because: undefined },
      attention: { enabled: false, active: false, inattentive: false },
      transcripts: [],
      erasures: [],
      policy: undefined,
      bots: [],
      counts: null,
      notifications: null,
      notificationSettings: null,
    });
    expect([session.status('recording'), session.status('ai-notes')]).toEqual(['off', 'off']);
  });

  test('lays what it is given over that, field by field in what has fields of its own', () => {
    const session = fixedSession({
      indicators: { recording: 'on' },
      self: { role: 'host', consents: { recording: 'given' } },
      attention: { enabled: true },
      restorable: ['camera'],
    });
    session.show({ self: { captured: true, consents: { transcription: 'refused' } }, restorable: [] });
    const { indicators, self, attention, restorable } = session.getSnapshot();
    expect({ indicators, self, attention, restorable }).toEqual({
      indicators: { recording: 'on', transcription: 'off', 'attention-tracking': 'paused' },
      self: {
        id: 'self',
        role: 'host',
        consents: { recording: 'given', transcription: 'refused' },
        captured: true,
        because: undefined,
      },
      attention: { enabled: true, active: false, inattentive: false },
      restorable: [],
    });
    expect(session.status('recording')).toBe('on');
  });

  test('keeps the prompt and the notices together, whichever it is given', () => {
    const shown = (...[part]: Parameters<typeof fixedSession>) => {
      const { prompt: now, notices } = fixedSession(part).getSnapshot();
      return { now: now?.noticeId, notices: notices.map(({ noticeId }) => noticeId) };
    };
    expect(shown({ prompt })).toEqual({ now: 'n1', notices: ['n1'] });
    expect(shown({ notices: [banner, prompt] })).toEqual({ now: 'n1', notices: ['n2', 'n1'] });
    expect(shown({ notices: [prompt], prompt: null })).toEqual({ now: undefined, notices: ['n1'] });
    const session = fixedSession({ notices: [banner, prompt] });
    session.show({ prompt: null });
    expect(session.getSnapshot().notices).toEqual([banner]);
  });

  test('gives the same frozen snapshot until it shows another, and tells subscribers then', () => {
    const session = fixedSession();
    const first = session.getSnapshot();
    const told: unknown[] = [];
    const end = session.subscribe(() => told.push(session.getSnapshot().connection));
    expect(session.getSnapshot()).toBe(first);
    expect(Object.isFrozen(first) && Object.isFrozen(first.self)).toBe(true);
    session.show({ connection: 'lost' });
    end();
    session.show({ connection: 'connected' });
    expect(told).toEqual(['lost']);
  });

  test('writes down every command with what it was given, in order, and nothing that only reads', async () => {
    const session = fixedSession({ prompt });
    session.getSnapshot();
    session.status('recording');
    session.roster();
    await session.join();
    session.confirmShown('n1');
    await session.answer('n1', { recording: 'given' });
    await session.withdrawConsent('recording');
    await session.requestRecording({ storage: 'cloud' });
    await session.stopRecording();
    await session.stopRecording('r1');
    session.pressKey('1');
    expect(session.calls).toEqual([
      { command: 'join', with: [] },
      { command: 'confirmShown', with: ['n1'] },
      { command: 'answer', with: ['n1', { recording: 'given' }] },
      { command: 'withdrawConsent', with: ['recording'] },
      { command: 'requestRecording', with: [{ storage: 'cloud' }] },
      { command: 'stopRecording', with: [] },
      { command: 'stopRecording', with: ['r1'] },
      { command: 'pressKey', with: ['1'] },
    ]);
  });

  test('answers commands with success, or with what the test wants', async () => {
    const willing = fixedSession();
    expect([
      await willing.answer('n1', {}),
      await willing.requestRecording({ storage: 'local' }),
      await willing.remind(),
      willing.roster(),
    ]).toEqual([
      { outcome: 'recorded', receiptId: 'receipt' },
      { outcome: 'started', recordingId: 'recording' },
      { outcome: 'done' },
      { counts: { present: 0, captured: 0, consents: {} }, rows: [] },
    ]);
    const denied = { outcome: 'denied', code: 'session/not-permitted' } as const;
    const counts = { present: 2, captured: 1, consents: { given: 1 } };
    const unwilling = fixedSession({ counts }, { answer: denied, requestRecording: denied, command: denied });
    expect([
      await unwilling.giveConsent('recording'),
      await unwilling.requestRecording({ storage: 'local' }),
      await unwilling.pauseRecording(),
      unwilling.roster().counts,
    ]).toEqual([denied, denied, denied, counts]);
  });

  test('refuses a hook that is none, to listen to and to deliver', () => {
    const session = fixedSession();
    const misspelt = 'noticeRaise' as 'noticeRaised';
    const meant = new TypeError('There is no hook "noticeRaise"; did you mean "noticeRaised"?');
    expect(() => session.on(misspelt, () => {})).toThrow(meant);
    expect(() => session.emit(misspelt, undefined as never)).toThrow(meant);
  });

  test('delivers hooks as a session does: to on, once and onAny, until the listener goes, past one that throws', async () => {
    const session = fixedSession();
    const told: unknown[] = [];
    const gone = new AbortController();
    session.on('indicatorChanged', () => {
      throw new Error('a listener that throws');
    });
    session.on('indicatorChanged', ({ status }) => told.push(['on', status]), { signal: gone.signal });
    session.onAny(({ hook }) => told.push(['any', hook]));
    const first = session.once('indicatorChanged');
    session.emit('indicatorChanged', { purpose: 'recording', status: 'asking' });
    gone.abort();
    session.emit('indicatorChanged', { purpose: 'recording', status: 'on' });
    expect(await first).toEqual({ purpose: 'recording', status: 'asking' });
    expect(told).toEqual([
      ['on', 'asking'],
      ['any', 'indicatorChanged'],
      ['any', 'listenerFailed'],
      ['any', 'indicatorChanged'],
      ['any', 'listenerFailed'],
    ]);
  });

  test('has every command that a session has', () => {
    const self = { id: 'ann', role: 'host' } as const;
    const transport = inMemoryNetwork().connect({ participantId: 'ann', role: 'host' });
    const real = createSession({ meetingId: 'm', self, transport });
    expect(Object.keys(fixedSession()).sort()).toEqual([...Object.keys(real), 'calls', 'emit', 'show'].sort());
  });
});
