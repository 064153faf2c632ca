import { describe, expect, test } from 'vitest';
import type { PolicyInput } from '../../src/policy/policy.types.ts';
import type { SeenCapture } from '../../src/transport/transport.types.ts';
import { decides } from './deciding.ts';

/** A meeting of hana, who decides, and bo, in which a recording is asked for. */
async function asked(recording: PolicyInput['recording'] = {}, more: Parameters<typeof decides>[0] = {}) {
  const all = decides({ policy: { extends: 'gdpr', recording }, ...more });
  all.joins('hana', { role: 'host', hello: { name: 'Hana' } });
  all.joins('bo');
  const outcome = all.requests();
  await all.passes();
  const recordingId = outcome?.outcome === 'accepted' ? (outcome.recordingId as string) : 'none';
  const captured = (id: string) => all.personal(id)?.captured.map((each) => [each.captured, each.because]);
  const kinds = (id: string) => all.personal(id)?.notices.map(({ kind }) => kind);
  return { ...all, recordingId, captured, kinds };
}
const platformRecords = (more: Partial<SeenCapture> = {}) =>
  ({ t: 'seen', captures: [{ platformId: 'p', active: true, ...more }] }) as const;

describe('what somebody is told about themselves', () => {
  test('[G1] is nothing but that they are in, while nothing is asked', () => {
    const { joins, personal, row } = decides();
    joins('hana', { role: 'host', hello: { name: 'Hana' } });
    expect(personal('hana')).toEqual({
      notices: [],
      closed: [],
      consents: [],
      captured: [],
      hold: null,
      admission: { admission: 'admitted', because: 'admitted' },
    });
    expect(row('hana')).toEqual({
      participantId: 'hana',
      name: 'Hana',
      role: 'host',
      channel: 'app',
      present: true,
      admission: 'admitted',
      consents: {},
      captured: false,
    });
  });

  test('[G1] is what they are asked, what they said and whether they are captured; hosts see the same of them', async () => {
    const { answers, personal, passes, row, recordingId, captured } = await asked();
    expect(captured('bo')).toEqual([[false, 'unanswered']]);
    answers('bo', 'given');
    await passes();
    const revision = personal('bo')?.consents[0]?.revision;
    expect(personal('bo')).toMatchObject({
      notices: [{ recordingId, kind: 'banner' }],
      consents: [{ recordingId, purpose: 'recording', consent: 'given', revision: expect.any(Number) }],
      captured: [{ recordingId, captured: true, because: 'clear' }],
    });
    expect(revision).toBeGreaterThan(0);
    expect(row('bo')).toEqual({
      participantId: 'bo',
      role: 'participant',
      channel: 'app',
      present: true,
      admission: 'admitted',
      recordingId,
      consents: { recording: 'given' },
      captured: true,
      because: 'clear',
    });
  });

  test('[G5] is told purpose by purpose', async () => {
    const { commands, personal, row, answers } = await asked();
    answers('bo', 'given');
    commands('hana', { do: 'requestTranscript' });
    expect(personal('bo')?.consents.map(({ purpose, consent }) => [purpose, consent])).toEqual([
      ['recording', 'given'],
      ['transcription', 'requested'],
    ]);
    expect(row('bo')?.consents).toEqual({ recording: 'given', transcription: 'requested' });
    commands('hana', { do: 'stopTranscript' });
    expect([personal('bo')?.consents.length, row('bo')?.consents]).toEqual([1, { recording: 'given' }]);
  });

  test('[G1] of a bot is nothing: it is shown, never asked, never captured', async () => {
    const { joins, personal, row, recordingId } = await asked();
    joins('rec', { channel: 'bot' });
    expect(personal('rec')).toMatchObject({ notices: [], consents: [], captured: [], hold: null });
    expect(row('rec')).toEqual({
      participantId: 'rec',
      role: 'participant',
      channel: 'bot',
      present: true,
      admission: 'admitted',
      recordingId,
      consents: {},
      captured: false,
    });
  });

  test('[G2] says that they are not captured before the recorder has begun, nor while it is paused', async () => {
    const all = decides();
    all.recorder.keeps('start', 'include');
    all.joins('hana', { role: 'host' });
    all.requests();
    const captured = () => all.personal('hana')?.captured.map((each) => [each.captured, each.because]);
    await all.passes();
    expect(captured()).toEqual([[false, 'unanswered']]);
    all.recorder.does('start');
    await all.passes();
    expect(captured()).toEqual([[true, 'clear']]);
    all.commands('hana', { do: 'pauseRecording' });
    await all.passes();
    expect(captured()).toEqual([[false, 'paused']]);
  });

  test('[G2] says that they are captured for as long as the recorder has not let go of them', async () => {
    const { recorder, answers, passes, captured } = await asked();
    answers('bo', 'given');
    await passes();
    recorder.keeps('exclude');
    answers('bo', 'withdrawn');
    await passes();
    expect(captured('bo')).toEqual([[true, 'withdrawn']]);
    recorder.does('exclude');
    await passes();
    expect(captured('bo')).toEqual([[false, 'withdrawn']]);
  });

  test('[G1] says where they wait, and for which recording', async () => {
    const { joins, personal, recordingId, answers, captured } = await asked({ onLateJoin: 'lobby' });
    joins('cy');
    expect([personal('cy')?.admission, captured('cy')]).toEqual([
      { admission: 'waiting', because: 'unanswered', recordingId },
      [[false, 'not-admitted']],
    ]);
    answers('cy', 'given');
    expect(personal('cy')?.admission).toEqual({ admission: 'admitted', because: 'admitted' });
  });

  test('[G13] says which devices are held, for the first recording that holds any', async () => {
    const { personal, recordingId, says, answers } = await asked({ untilAnswered: 'hold', holds: ['chat'] });
    const hold = { recordingId, devices: ['chat'], because: 'unanswered' };
    expect(personal('bo')?.hold).toMatchObject(hold);
    says('hana', platformRecords());
    expect(personal('bo')?.hold).toMatchObject(hold);
    answers('bo', 'given');
    expect(personal('bo')?.hold).toBeNull();
  });
});

describe('who is asked to leave', () => {
  const leaves = { onRefusal: 'leave', timeoutMs: 20_000 } as const;

  test('[G3] is who said no, after 30 s, and is asked no more once they agree after all', async () => {
    const { answers, personal, recordingId, commands } = await asked(leaves);
    expect(personal('bo')).not.toHaveProperty('leave');
    answers('bo', 'refused');
    expect(personal('bo')?.leave).toEqual({ because: 'refused', recordingId, leaveInMs: 30_000 });
    answers('bo', 'withdrawn');
    expect(personal('bo')?.leave?.because).toBe('withdrawn');
    commands('bo', { do: 'reviewConsent', purpose: 'recording' });
    answers('bo', 'given');
    expect(personal('bo')).not.toHaveProperty('leave');
  });

  test('[G9] is who let their time run out', async () => {
    const { personal, goesOn } = await asked(leaves);
    await goesOn(21_000, 'hana', 'bo');
    expect(personal('bo')?.leave?.because).toBe('expired');
    expect(personal('hana')).not.toHaveProperty('leave');
  });

  test('[G1] at once is who waits outside and said no', async () => {
    const { joins, answers, personal, recordingId } = await asked({ ...leaves, onLateJoin: 'lobby' });
    joins('cy');
    answers('cy', 'refused');
    expect([personal('cy')?.leave, personal('cy')?.admission.admission]).toEqual([
      { because: 'denied', recordingId, leaveInMs: 0 },
      'denied',
    ]);
  });

  test('[G3] is nobody where a refusal does something else', async () => {
    const { answers, personal } = await asked();
    answers('bo', 'refused');
    expect(personal('bo')).not.toHaveProperty('leave');
  });
});

describe('notices that are gone', () => {
  test('[G9] are named with why, the last four of them', async () => {
    const all = decides({ policy: 'all-party' });
    all.joins('hana', { role: 'host' });
    all.joins('bo');
    const ids: (string | undefined)[] = [];
    for (let time = 0; time < 6; time += 1) {
      all.requests();
      ids.push(all.personal('bo')?.notices[0]?.noticeId);
      all.commands('hana', { do: 'stopRecording' });
      await all.passes();
    }
    expect(new Set(ids).size).toBe(6);
    expect(all.personal('bo')?.closed).toEqual(
      ids.slice(-4).map((noticeId) => ({ noticeId, because: 'capture-ended' })),
    );
  });

  test('[G9] are gone no more once they stand again', async () => {
    const { answers, commands, personal, passes } = await asked();
    const [prompt] = personal('bo')?.notices ?? [];
    answers('bo', 'refused');
    await passes();
    expect(personal('bo')?.closed).toEqual([{ noticeId: prompt?.noticeId, because: 'refused' }]);
    commands('bo', { do: 'reviewConsent', purpose: 'recording' });
    expect(personal('bo')).toMatchObject({ notices: [{ noticeId: prompt?.noticeId }] });
    expect(personal('bo')?.closed.map(({ noticeId }) => noticeId)).not.toContain(prompt?.noticeId);
    answers('bo', 'given');
    expect(personal('bo')?.closed.at(-1)).toEqual({ noticeId: prompt?.noticeId, because: 'answered' });
  });

  test('[G9] are told by the recording that each was about', async () => {
    const { says, answers, personal, goesOn } = await asked({ timeoutMs: null });
    answers('bo', 'given');
    says('hana', platformRecords());
    expect(personal('bo')?.notices.map(({ kind }) => kind)).toEqual(['banner', 'prompt']);
    const seenPrompt = personal('bo')?.notices[1]?.noticeId;
    answers('bo', 'refused');
    await goesOn(100);
    expect(personal('bo')?.closed.find(({ noticeId }) => noticeId === seenPrompt)?.because).toBe('refused');
  });

  test('[G8] of who has left are forgotten', async () => {
    const { answers, leaves, joins, personal } = await asked();
    answers('bo', 'refused');
    expect(personal('bo')?.closed.length).toBe(1);
    leaves('bo');
    joins('bo');
    expect(personal('bo')?.closed).toEqual([]);
  });
});

describe('a capture of the platform’s own', () => {
  test('[G10] captures everyone unless it is paused, and asks at once as one that runs', () => {
    const { joins, says, personal, row } = decides();
    joins('hana', { role: 'host' });
    joins('bo');
    joins('rec', { channel: 'bot' });
    says('hana', platformRecords());
    const captured = () => personal('bo')?.captured.map((each) => [each.captured, each.because]);
    expect([captured(), row('bo')?.captured, row('bo')?.because, personal('rec')?.captured]).toEqual([
      [[true, 'platform']],
      true,
      'platform',
      [],
    ]);
    expect(personal('bo')?.notices).toMatchObject([{ kind: 'prompt', running: true, refusal: 'none' }]);
    says('hana', platformRecords({ paused: true }));
    expect(captured()).toEqual([[false, 'paused']]);
  });

  test('[G10] has no prompt of its own while another stands: what is answered there serves for both', async () => {
    const { says, kinds, answers, personal, passes, recordingId } = await asked();
    says('hana', platformRecords());
    expect([kinds('bo'), personal('bo')?.notices[0]?.recordingId]).toEqual([['prompt'], recordingId]);
    answers('bo', 'refused');
    await passes();
    expect(kinds('bo')).toEqual(['banner']);
    expect(personal('bo')?.consents.map(({ consent }) => consent)).toEqual(['refused', 'refused']);
  });

  test('[G10] has a banner of its own beside that of a recording', async () => {
    const { says, kinds } = await asked({ consent: 'notice' });
    expect(kinds('bo')).toEqual(['banner']);
    says('hana', platformRecords());
    expect(kinds('bo')).toEqual(['banner', 'banner']);
  });

  test('[G10] holds nobody’s devices: nothing would be kept out of it', () => {
    const all = decides({ policy: { extends: 'gdpr', recording: { untilAnswered: 'exclude' } } });
    all.joins('hana', { role: 'host' });
    all.joins('bo');
    all.says('hana', platformRecords());
    expect(all.personal('bo')?.hold).toBeNull();
  });
});

test('[G1] words of another version are another notice', async () => {
  const ids = await Promise.all(
    [undefined, '1', '2'].flatMap((noticeVersion) =>
      [false, true].map(async (isSeen) => {
        const all = decides({ noticeVersion });
        all.joins('hana', { role: 'host' });
        all.joins('bo');
        if (isSeen) all.says('hana', platformRecords());
        else all.commands('hana', { do: 'requestRecording', storage: 'cloud' }, 'same');
        return all.personal('bo')?.notices[0]?.noticeId;
      }),
    ),
  );
  expect([ids[0] === ids[2], ids[1] === ids[3], ids[0] === ids[4], ids[1] === ids[5]]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
