import { describe, expect, test } from 'vitest';
import type { CommandOutcome, Session } from '../../src/session/session.types.ts';
import { type Coming, meeting } from './meeting.ts';

const done = { outcome: 'done' };
const denied = (code: string) => ({ outcome: 'denied', code });

/** A host with this policy and recorder, and a guest. */
async function hosted(coming: Coming = {}) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', ...coming });
  const bo = await all.joins('bo');
  const says = (outcome: Promise<CommandOutcome>) => all.within(1000, outcome);
  return { ...all, hana, bo, says };
}

describe('a command', () => {
  test('of a host’s is denied to a participant by their own client', async () => {
    const { bo, within } = await hosted();
    const commands: ((session: Session) => Promise<unknown>)[] = [
      (session) => session.requestRecording({ storage: 'cloud' }),
      (session) => session.pauseRecording(),
      (session) => session.resumeRecording(),
      (session) => session.stopRecording(),
      (session) => session.startWithoutWaiting({ reason: 'x' }),
      (session) => session.remind(),
      (session) => session.requestTranscript(),
      (session) => session.stopTranscript(),
      (session) => session.admit(['bo']),
      (session) => session.handOver('bo'),
    ];
    for (const command of commands) {
      expect(await within(100, command(bo.session))).toEqual(denied('session/not-permitted'));
    }
  });

  test('about a recording is denied by its code where none is asked for or runs', async () => {
    const { hana, bo, says } = await hosted();
    expect(await says(hana.session.pauseRecording())).toEqual(denied('recording/not-running'));
    expect(await says(hana.session.resumeRecording())).toEqual(denied('recording/not-running'));
    expect(await says(hana.session.stopRecording())).toEqual(denied('recording/not-running'));
    expect(await says(hana.session.startWithoutWaiting({ reason: 'x' }))).toEqual(denied('recording/not-asking'));
    expect(await says(hana.session.remind())).toEqual(denied('recording/not-asking'));
    expect(await says(hana.session.requestTranscript())).toEqual(denied('transcript/needs-recording'));
    expect(await says(hana.session.stopTranscript())).toEqual(denied('transcript/not-running'));
    expect(await says(bo.session.reviewConsent('recording'))).toEqual(denied('recording/not-running'));
    expect(await says(hana.session.handOver('bo'))).toEqual(denied('authority/not-a-host'));
    expect(await says(hana.session.handOver('nobody'))).toEqual(denied('authority/not-a-host'));
    expect(await says(hana.session.admit(['bo', 'nobody']))).toEqual(done);
  });

  test('that does what is done already is done; one about another recording is not', async () => {
    const { hana, says, passes } = await hosted({ policy: 'gdpr' });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes();
    for (const command of ['pauseRecording', 'pauseRecording', 'resumeRecording', 'resumeRecording'] as const) {
      expect([command, await says(hana.session[command]())]).toEqual([command, done]);
    }
    expect(await says(hana.session.stopRecording('another'))).toEqual(denied('recording/not-running'));
    expect(await says(hana.session.startWithoutWaiting({ reason: 'x' }))).toEqual(denied('recording/not-asking'));
    expect(await says(hana.session.requestTranscript())).toEqual(done);
    expect(await says(hana.session.requestTranscript())).toEqual(denied('transcript/busy'));
    expect(await says(hana.session.stopTranscript())).toEqual(done);
    expect(await says(hana.session.stopRecording())).toEqual(done);
    expect(await says(hana.session.stopRecording())).toEqual(denied('recording/not-running'));
  });

  test('of wrong types is a TypeError at once, which says what was expected', async () => {
    const { hana, bo } = await hosted();
    const any = (session: Session) => session as unknown as Record<string, (...given: unknown[]) => unknown>;
    const wrong: readonly [string, unknown[], RegExp][] = [
      ['requestRecording', [{ storage: 'disk' }], /storage must be 'cloud' or 'local', not "disk"/],
      ['requestRecording', [], /request must be an object such as .*, not undefined/],
      ['requestRecording', [{ storage: 'cloud', transcript: 'yes' }], /transcript must be a boolean, not "yes"/],
      ['requestRecording', [{ storage: 'cloud', reason: 7 }], /reason must be a string, not 7/],
      ['requestRecording', [{ storage: 'cloud', signal: 5 }], /signal must have the method addEventListener\(\)/],
      ['pauseRecording', [5], /pauseRecording: recordingId must be a string such as .*, not 5/],
      ['roster', [5], /query must be an object such as .*, not 5/],
      ['roster', [{ limit: 'all' }], /limit must be a number from 1, not "all"/],
      ['status', [5], /status: purpose must be a string, not 5/],
      ['confirmShown', [5], /confirmShown: noticeId must be a string, not 5/],
      ['confirmCue', [5, 'played'], /confirmCue: cueId must be a string, not 5/],
      ['confirmCue', ['c', 'maybe'], /confirmCue: result must be one of played, blocked, not "maybe"/],
      ['pressKey', [1], /pressKey: key must be a string, not 1/],
      ['on', ['noticeRaised', () => {}, { signal: 5 }], /signal must have the method addEventListener\(\)/],
      ['once', ['noticeRaised', { signal: 5 }], /signal must have the method addEventListener\(\)/],
      ['stopTranscript', ['failed'], /how must be an object such as \{ failed: true \}, not "failed"/],
      ['stopTranscript', [{ failed: 1 }], /failed must be a boolean, not 1/],
      ['startWithoutWaiting', [], /options must be an object such as .*, not undefined/],
      ['startWithoutWaiting', [{ reason: 7 }], /reason must be a string/],
      ['remind', ['bo'], /participantIds must be a list such as \['bo'\], not "bo"/],
      ['remind', [[7]], /participantIds\[0\] must be a string such as 'bo', not 7/],
      ['declareRegion', [undefined], /region must be a string such as 'US-CA', not undefined/],
      ['admit', ['bo'], /participantIds must be a list/],
      ['handOver', [''], /to must be a string such as 'bo', not ""/],
      ['reviewConsent', [null], /purpose must be a string such as 'recording', not null/],
    ];
    for (const [name, given, message] of wrong) {
      expect(() => any(hana.session)[name]?.(...given), name).toThrow(TypeError);
      expect(() => any(hana.session)[name]?.(...given), name).toThrow(message);
    }
    const answers: readonly [string, unknown[], RegExp][] = [
      ['answer', ['n', 'given'], /answers must be an object such as \{ recording: 'given' \}, not "given"/],
      ['answer', ['n', { recording: 'yes' }], /answers.recording must be one of given, .*, not "yes"/],
      ['answer', [5, {}], /answer: noticeId must be a string/],
      ['giveConsent', [7], /purpose must be a string/],
      ['withdrawConsent', [''], /purpose must be a string/],
    ];
    for (const [name, given, message] of answers) {
      await expect(any(bo.session)[name]?.(...given), name).rejects.toThrow(TypeError);
      await expect(any(bo.session)[name]?.(...given), name).rejects.toThrow(message);
    }
  });

  test('[G9] that nobody hears is given up after 10 s', async () => {
    const { joins, network, within } = await hosted();
    const cora = await joins('cora', { role: 'co-host' });
    network.tap(({ from }) => (from === 'cora' ? 'drop' : undefined));
    const paused = cora.session.pauseRecording();
    expect(await within(9000, paused)).toBeUndefined();
    expect(await within(3000, paused)).toEqual({ outcome: 'failed', code: 'authority/unreachable' });
  });
});

describe('a request for a recording', () => {
  const asks = async (coming: Coming = {}) => {
    const all = await hosted(coming);
    const requested = all.hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(10);
    return { ...all, outcome: (ms: number) => all.within(ms, requested) };
  };
  const recordingId = expect.stringMatching(/^[0-9a-f]{16}$/);

  test('ends as started when its recorder has begun', async () => {
    const { bo, outcome } = await asks();
    expect(await outcome(10)).toBeUndefined();
    void bo.session.giveConsent('recording');
    expect(await outcome(10)).toEqual({ outcome: 'started', recordingId });
  });

  test.each([
    ['refused', { extends: 'all-party', recording: { onRefusal: 'exclude' } }],
    ['vetoed', { extends: 'all-party', recording: { onRefusal: 'veto' } }],
  ] as const)('ends as %s where that is what the people said', async (said, policy) => {
    const { hana, bo, outcome } = await asks({ policy });
    void hana.session.withdrawConsent('recording');
    void bo.session.refuseConsent('recording');
    expect(await outcome(100)).toEqual({ outcome: said, recordingId });
  });

  test('[G9] ends as expired when nobody who could be captured has answered in time', async () => {
    const { hana, outcome } = await asks({ policy: 'all-party' });
    void hana.session.withdrawConsent('recording');
    expect((await outcome(61_000))?.outcome).toMatch(/^(expired|refused)$/);
  });

  test('ends as cancelled when its host stops it, or its signal aborts', async () => {
    const { hana, outcome } = await asks();
    void hana.session.stopRecording();
    expect(await outcome(10)).toEqual({ outcome: 'cancelled', recordingId });
    const other = await hosted();
    const controller = new AbortController();
    const requested = other.hana.session.requestRecording({ storage: 'cloud', signal: controller.signal });
    await other.passes(10);
    controller.abort();
    expect(await other.within(10, requested)).toEqual({ outcome: 'cancelled', recordingId });
    const aborted = other.hana.session.requestRecording({ storage: 'cloud', signal: AbortSignal.abort() });
    expect(await other.within(10, aborted)).toEqual({ outcome: 'cancelled', recordingId });
    expect(other.hana.session.status('recording')).toBe('off');
  });

  test('is cancelled when its requester leaves while they ask', async () => {
    const all = await asks();
    await all.joins('cora', { role: 'co-host' });
    void all.hana.session.leave();
    expect(await all.outcome(5000)).toEqual({ outcome: 'cancelled', recordingId });
  });

  test('that has started goes on, whatever becomes of its signal', async () => {
    const { hana, bo, passes, within } = await hosted();
    const controller = new AbortController();
    const requested = hana.session.requestRecording({ storage: 'cloud', signal: controller.signal });
    await passes();
    void bo.session.giveConsent('recording');
    expect(await within(10, requested)).toMatchObject({ outcome: 'started' });
    controller.abort();
    await passes(1000);
    expect(hana.session.status('recording')).toBe('on');
  });

  test('[G9] ends as failed, with its code, when the recorder fails or hangs; and may be tried again', async () => {
    const { hana, bo, outcome, within, passes } = await asks();
    hana.adapter.recorder.fails('start');
    void bo.session.giveConsent('recording');
    expect(await outcome(10)).toEqual({ outcome: 'failed', recordingId, code: 'capture/failed', retryable: true });
    hana.adapter.recorder.fails();
    hana.adapter.recorder.hangs('start');
    const again = hana.session.requestRecording({ storage: 'cloud' });
    await passes();
    void bo.session.giveConsent('recording');
    expect(await within(9000, again)).toBeUndefined();
    expect(await within(30_000, again)).toEqual({
      outcome: 'failed',
      recordingId,
      code: 'capture/timed-out',
      retryable: true,
    });
  });

  test('is denied while another lives, and that is no consent to it', async () => {
    const { hana, joins, within, outcome } = await asks();
    const cora = await joins('cora', { role: 'co-host' });
    expect(await within(10, cora.session.requestRecording({ storage: 'cloud' }))).toEqual(denied('recording/busy'));
    expect(await within(10, hana.session.requestRecording({ storage: 'local' }))).toEqual(denied('recording/busy'));
    expect(cora.session.getSnapshot().self.consents['recording']).toBe('shown');
    expect(await outcome(10)).toBeUndefined();
  });

  test.each([
    [{ recorder: false }, 'cloud', false, 'capture/unavailable'],
    [{ recorder: { exclude: false } }, 'cloud', false, 'policy/needs-exclude'],
    [
      { recorder: { pause: false }, policy: { recording: { onLateJoin: 'pause' } } },
      'cloud',
      false,
      'policy/needs-pause',
    ],
    [{ policy: { recording: { storage: ['cloud'] } } }, 'local', false, 'policy/storage-not-allowed'],
    [{}, 'local', true, 'transcript/needs-cloud'],
  ] as const)(
    'is denied where it cannot be done: %j, %s, transcript %s: %s',
    async (coming, storage, transcript, code) => {
      const { hana, within } = await hosted(coming as Coming);
      const outcome = await within(10, hana.session.requestRecording({ storage, transcript }));
      expect(outcome).toEqual(denied(code));
      expect(hana.session.status('recording')).toBe('off');
    },
  );

  test('that cannot be paused says so', async () => {
    const { hana, bo, says, passes } = await asks({ recorder: { pause: false } });
    void bo.session.giveConsent('recording');
    await passes();
    expect(await says(hana.session.pauseRecording())).toEqual(denied('capture/cannot-pause'));
  });

  test('[G1] is blocked while somebody is there whom the policy lets nobody record with', async () => {
    const { joins, hana, says, outcome } = await asks({
      policy: { extends: 'all-party', recording: { onCannotBeAsked: 'block' } },
    });
    await joins('room', { channel: 'room-system' });
    expect(await says(hana.session.startWithoutWaiting({ reason: 'x' }))).toEqual(denied('recording/blocked'));
    expect(await outcome(120_000)).toEqual({
      outcome: 'failed',
      recordingId,
      code: 'recording/blocked',
      retryable: false,
    });
  });
});
