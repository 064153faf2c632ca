import { describe, expect, test } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import type { SessionOptions } from '../../src/session/session.types.ts';
import { fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { meeting } from './meeting.ts';

describe('a session', () => {
  test('is inert until it joins: it says nothing, sets no timer, knows nothing and does nothing', async () => {
    const { network, clock, comes, passes } = meeting();
    const { session } = comes('hana', { role: 'host' });
    await passes();
    expect([network.messages, clock.nextAt()]).toEqual([0, undefined]);
    expect(session.getSnapshot()).toEqual({
      connection: 'idle',
      authorityId: undefined,
      vouches: undefined,
      admission: 'admitted',
      notices: [],
      prompt: null,
      indicators: { recording: 'unknown', transcription: 'unknown', 'attention-tracking': 'unknown' },
      recordings: [],
      hold: null,
      restorable: [],
      self: { id: 'hana', role: 'host', consents: {}, captured: false, because: undefined },
      attention: { enabled: false, active: false, inattentive: false },
      transcripts: [],
      erasures: [],
      policy: undefined,
      bots: [],
      counts: null,
      notifications: null,
      notificationSettings: null,
    });
    expect(['recording', 'transcription', 'ai-notes'].map((purpose) => session.status(purpose))).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
    const notJoined = { outcome: 'denied', code: 'session/not-joined' };
    expect(await session.requestRecording({ storage: 'cloud' })).toEqual(notJoined);
    expect(await session.stopRecording()).toEqual(notJoined);
    expect(await session.declareRegion('DE')).toEqual(notJoined);
    expect(await session.giveConsent('recording')).toEqual({ outcome: 'denied', code: 'consent/not-asked' });
  });

  test('[G2] [G9] has joined after 5 s without any answer, knows nothing then, and learns it when a host comes', async () => {
    const { comes, joins, passes, within } = meeting();
    const bo = comes('bo');
    const joined = bo.session.join().then(() => 'joined');
    expect(await within(4999, joined)).toBeUndefined();
    expect(await within(1, joined)).toBe('joined');
    expect([bo.session.getSnapshot().connection, bo.session.status('recording')]).toEqual(['joining', 'unknown']);
    await joins('hana', { role: 'host' });
    await passes(3000);
    expect([bo.session.getSnapshot().connection, bo.session.status('recording')]).toEqual(['connected', 'off']);
  });

  test('[G8] a participant says hello to who may decide, and to everyone once they have answered twice to nobody', async () => {
    const { network, comes, joins, passes } = meeting();
    await joins('hana', { role: 'host' });
    await joins('cora', { role: 'co-host' });
    for (const id of ['bo', 'cy']) await joins(id);
    const hellos: string[] = [];
    let isLost = false;
    network.tap(({ from, to, data }) => {
      if (from === 'dee' && JSON.parse(data).t === 'hello') hellos.push(to);
      return isLost ? 'drop' : undefined;
    });
    const dee = comes('dee');
    void dee.session.join();
    await passes();
    expect([...new Set(hellos), dee.session.getSnapshot().connection]).toEqual(['hana', 'cora', 'connected']);
    void dee.session.leave();
    await passes(100);
    hellos.length = 0;
    isLost = true;
    void dee.session.join();
    await passes(1900);
    expect([...new Set(hellos)]).toEqual(['hana', 'cora']);
    hellos.length = 0;
    await passes(200);
    expect(hellos).toEqual(['hana', 'cora', 'bo', 'cy']);
  });

  test('[G8] a participant who knows of nobody who may decide says hello to everyone', async () => {
    const { network, comes, passes } = meeting();
    for (const id of ['bo', 'cy']) void comes(id).session.join();
    await passes(100);
    const hellos: string[] = [];
    network.tap(({ from, to, data }) => {
      if (from === 'dee' && JSON.parse(data).t === 'hello') hellos.push(to);
    });
    void comes('dee').session.join();
    await passes();
    expect([...new Set(hellos)]).toEqual(['bo', 'cy']);
  });

  test('joins once and leaves once, however often it is told to, and may join again', async () => {
    const { comes, joins, passes, within } = meeting();
    await joins('hana', { role: 'host' });
    const { session, told } = comes('bo');
    const first = session.join();
    expect(session.join()).toBe(first);
    await within(0, first);
    const left = session.leave();
    expect(session.leave()).toBe(left);
    await within(0, left);
    await within(0, session.leave());
    expect(session.getSnapshot().connection).toBe('left');
    await within(0, session.join());
    await passes(100);
    expect(session.getSnapshot().connection).toBe('connected');
    expect(told('connectionChanged').map((each) => (each as { connection: string }).connection)).toEqual([
      'joining',
      'connected',
      'left',
      'joining',
      'connected',
    ]);
  });

  test('whose joining is aborted has left, and says why; it may join again', async () => {
    const { comes, joins, within } = meeting();
    const controller = new AbortController();
    const { session } = comes('bo');
    const failed = (signal: AbortSignal) => session.join({ signal }).catch((error: unknown) => error);
    const joining = failed(controller.signal);
    await within(100, joining);
    controller.abort('the user went back');
    expect(await within(100, joining)).toMatchObject({ code: 'session/aborted', cause: 'the user went back' });
    expect(session.getSnapshot().connection).toBe('left');
    expect(await within(100, failed(AbortSignal.abort('at once')))).toMatchObject({ code: 'session/aborted' });
    await joins('hana', { role: 'host' });
    await within(2000, session.join());
    expect(session.getSnapshot().connection).toBe('connected');
  });

  test('[G9] that leaves while it joins has left, and what was joining ends; it may join again at once', async () => {
    const { comes, joins, within, passes } = meeting();
    await joins('hana', { role: 'host' });
    const { session, told } = comes('bo');
    const [first, left, second] = [session.join(), session.leave(), session.join()];
    expect(
      await within(
        10,
        Promise.all([first, left, second]).then(() => 'all'),
      ),
    ).toBe('all');
    expect(session.getSnapshot().connection).toBe('connected');
    await within(10, session.leave());
    const alone = meeting();
    const cy = alone.comes('cy');
    const joining = cy.session.join().then(() => cy.session.getSnapshot().connection);
    await alone.passes(1000);
    void cy.session.leave();
    expect(await alone.within(0, joining)).toBe('left');
    await passes();
    expect(told('connectionChanged')).toHaveLength(3);
  });

  test('that has joined stays, whatever becomes of the signal that it joined with', async () => {
    const { comes, joins, within, passes } = meeting();
    await joins('hana', { role: 'host' });
    const controller = new AbortController();
    const { session } = comes('bo');
    await within(10, session.join({ signal: controller.signal }));
    controller.abort();
    await passes(1000);
    expect(session.getSnapshot().connection).toBe('connected');
  });

  test('of a host whose policy makes no sense says so when it joins, and has said nothing to anybody', async () => {
    const { network } = meeting();
    const transport = network.connect({ participantId: 'hana', role: 'host' });
    const self = { id: 'hana', role: 'host' } as const;
    const policy = { recording: { consent: 'explicit', timeoutMs: null } } as const;
    const session = createSession({ meetingId: 'weekly', self, transport, policy });
    await expect(session.join()).rejects.toMatchObject({
      code: 'policy/invalid',
      pointer: '/recording/timeoutMs',
    });
    expect([network.messages, session.getSnapshot().connection]).toEqual([0, 'idle']);
  });

  test('that cannot be meant is a TypeError at once', () => {
    const self = { id: 'bo', role: 'participant' } as const;
    const { capabilities: _, ...withoutCapabilities } = { ...fakeAdapter().capture };
    const wrong: readonly [unknown, RegExp][] = [
      [undefined, /options must be an object/],
      [{ self }, /meetingId must be a string such as 'weekly', not undefined/],
      [{ meetingId: 'weekly' }, /self\.id must be a string such as 'bo', not undefined/],
      [{ meetingId: 'weekly', self: { id: '', role: 'host' } }, /self\.id must be a string such as 'bo', not ""/],
      [
        { meetingId: 'weekly', self: { id: 'bo', role: 'admin' } },
        /self\.role must be one of host, co-host, participant, not "admin"/,
      ],
      [{ meetingId: 'weekly', self, transport: 'x' }, /transport must have the method send\(\)/],
      [{ meetingId: 'weekly', self, capture: {} }, /capture must have the method snapshot\(\)/],
      [{ meetingId: 'weekly', self, devices: { state: () => ({}) } }, /devices must have the method subscribe\(\)/],
      [{ adapter: {} }, /adapter must have the method self\(\)/],
      [{ meetingId: 'weekly', self: { ...self, channel: 'fax' } }, /self\.channel must be one of app, .*, not "fax"/],
      [{ meetingId: 'weekly', self: { ...self, region: 49 } }, /self\.region must be a string, not 49/],
      [{ meetingId: 'weekly', self: { ...self, name: 7 } }, /self\.name must be a string, not 7/],
      [{ meetingId: 'weekly', self, focus: {} }, /focus must have the method state\(\)/],
      [{ meetingId: 'weekly', self, clock: {} }, /clock must have the method now\(\)/],
      [
        { meetingId: 'weekly', self, capture: withoutCapabilities },
        /capture\.capabilities must be an object, not undefined/,
      ],
      [{ meetingId: 'weekly', self, cues: () => {} }, /cues must have the method play\(\)/],
      [{ meetingId: 'weekly', self, locale: 5 }, /locale must be a string, not 5/],
      [{ meetingId: 'weekly', self, texts: { locale: 'en' } }, /texts must be a function or \{ locale, dir/],
      [{ meetingId: 'weekly', self, texts: 'de' }, /texts must be a function or \{ locale, dir/],
      [{ meetingId: 'weekly', self, presents: 'always' }, /presents must be one of confirmed, assumed, not "always"/],
      [{ meetingId: 'weekly', self, inspect: true }, /inspect must be a function, not true/],
      [{ meetingId: 'weekly', self, randomId: 'x' }, /randomId must be a function, not "x"/],
      [{ meetingId: 'weekly', self, polcy: 'gdpr' }, /unknown option "polcy"; did you mean "policy"\?/],
    ];
    for (const [options, message] of wrong) {
      expect(() => createSession(options as SessionOptions)).toThrow(TypeError);
      expect(() => createSession(options as SessionOptions)).toThrow(message);
    }
  });
});

test('[G1] a participant whose UI comes late finds the prompt in the snapshot, and shows it', async () => {
  const { joins, passes } = meeting();
  const hana = await joins('hana', { role: 'host' });
  const bo = await joins('bo', { presents: 'confirmed' });
  void hana.session.requestRecording({ storage: 'cloud' });
  await passes(5000);
  /** As plain as a component can be: it draws what the snapshot holds, now and whenever it is told. */
  const drawn: (string | undefined)[] = [];
  const draw = () => {
    const { prompt } = bo.session.getSnapshot();
    if (prompt && !prompt.shown) bo.session.confirmShown(prompt.noticeId);
    drawn.push(prompt?.text.title);
  };
  draw();
  const unmount = bo.session.subscribe(draw);
  expect(drawn[0]).toMatch(/record/i);
  await passes();
  const agreed = bo.session.giveConsent('recording');
  await passes();
  expect([(await agreed).outcome, drawn.at(-1), bo.session.getSnapshot().self.captured]).toEqual([
    'recorded',
    undefined,
    true,
  ]);
  unmount();
});

test.each(['notice-only', 'acknowledge', 'all-party', 'gdpr'] as const)(
  '[G1] a client whose UI never says that it showed a notice is never captured, and cannot agree, under %s',
  async (policy) => {
    const { joins, passes, within } = meeting();
    const hana = await joins('hana', { role: 'host', policy });
    const bo = await joins('bo', { presents: 'confirmed' });
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(1000);
    expect(bo.session.getSnapshot().notices).toMatchObject([{ shown: false }]);
    const denied = { outcome: 'denied', code: 'notice/not-shown' };
    expect(await within(1000, bo.session.giveConsent('recording'))).toEqual(denied);
    expect(await within(1000, bo.session.acknowledge('recording'))).toEqual(denied);
    await passes(90_000);
    expect([hana.adapter.recorder.holds('bo'), bo.session.getSnapshot().self.captured]).toEqual([false, false]);
    expect(bo.told('captureChanged')).not.toContainEqual(
      expect.objectContaining({ participantId: 'bo', captured: true }),
    );
  },
);

test('[G2] a status is a word, whatever purpose it is asked of', async () => {
  const { joins } = meeting();
  const { session } = await joins('hana', { role: 'host' });
  expect(['recording', 'constructor', '__proto__', 'toString'].map((purpose) => session.status(purpose))).toEqual([
    'off',
    'off',
    'off',
    'off',
  ]);
});
