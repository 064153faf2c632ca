import { describe, expect, test } from 'vitest';
import type { HostNotification, HostNotificationOptions } from '../../src/notifications/notifications.types.ts';
import { simulate } from '../../src/simulator/simulation.ts';
import { type Client, type Coming, meeting } from './meeting.ts';

const names: Readonly<Record<string, string>> = { bo: 'Bo', cy: 'Cy', di: 'Di', ed: 'Ed' };
const listOf = ({ session }: Client) => session.getSnapshot().notifications;
const summaries = (client: Client) => listOf(client)?.map(({ kind, summary }) => `${kind}: ${summary}`);
const heard = ({ told }: Client) =>
  (told('hostNotified') as HostNotification[]).map(({ level, summary }) => `${level}: ${summary}`);

/** Hana's meeting, with these people, and a recording that was asked for. */
async function asked(ids: readonly string[], host: Coming = {}) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party', ...host });
  const people: Record<string, Client> = {};
  for (const id of ids) people[id] = await all.joins(id, { name: names[id] ?? id });
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(500);
  const person = (id: string) => (people[id] as Client).session;
  return { ...all, hana, person, clients: people };
}

describe('what a host is told', () => {
  test('the first refusal at once, what follows together at the end of the window, with how many are still to answer', async () => {
    const { hana, person, passes } = await asked(['bo', 'cy', 'di', 'ed']);
    void person('bo').refuseConsent('recording');
    await passes(1000);
    expect(heard(hana)).toEqual(['normal: Bo refused. 3 still to answer.']);
    void person('cy').refuseConsent('recording');
    await passes(1000);
    void person('di').refuseConsent('recording');
    await passes(1000);
    expect(heard(hana).length).toBe(1);
    await passes(10_000);
    expect(heard(hana)).toContain('normal: 2 people refused: Cy and Di. 1 still to answer.');
    expect(
      listOf(hana)
        ?.filter(({ kind }) => kind === 'refused')
        .map(({ items }) => items.map((each) => each.participantId)),
    ).toEqual([['cy', 'di'], ['bo']]);
  });

  test('who has not answered after a window, in one notification that changes in its place and goes when all have', async () => {
    const { hana, person, passes } = await asked(['bo', 'cy']);
    expect([summaries(hana), heard(hana)]).toEqual([['pending: No answer yet from 2 people: Bo and Cy.'], []]);
    const [first] = listOf(hana) ?? [];
    await passes(10_000);
    expect(heard(hana)).toEqual(['normal: No answer yet from 2 people: Bo and Cy.']);
    void person('bo').giveConsent('recording');
    await passes(1000);
    expect([summaries(hana), listOf(hana)?.[0]?.id]).toEqual([['pending: No answer yet from Cy.'], first?.id]);
    void person('cy').giveConsent('recording');
    await passes(1000);
    expect([summaries(hana), heard(hana).length]).toEqual([[], 1]);
  });

  test('who withdraws, who lets the time run out, and who joins late', async () => {
    const { hana, person, passes, joins } = await asked(['bo', 'cy']);
    void person('bo').giveConsent('recording');
    await passes(61_000);
    await joins('di', { name: 'Di' });
    await passes(1000);
    void person('bo').withdrawConsent('recording');
    await passes(1000);
    expect(heard(hana).filter((each) => !each.includes('No answer yet'))).toEqual([
      'normal: Cy did not answer in time.',
      'normal: Di joined late and is being asked.',
      'normal: Bo withdrew. 1 still to answer.',
    ]);
  });

  test('[G10] a recording that fails and one of the platform, as alerts, whatever is set', async () => {
    const all = meeting();
    const notifications: HostNotificationOptions = { initial: { all: 'off', doNotDisturb: true } };
    const hana = await all.joins('hana', { role: 'host', policy: 'gdpr', notifications });
    hana.adapter.recorder.fails('start');
    await all.joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    await all.sees({ platformId: 'p', active: true });
    await all.passes(1000);
    expect((hana.told('hostNotified') as HostNotification[]).map(({ kind, level }) => [kind, level])).toEqual([
      ['recording-failed', 'normal'],
      ['capture-seen', 'normal'],
    ]);
    expect(listOf(hana)?.map(({ kind }) => kind)).toEqual(['capture-seen', 'recording-failed']);
  });

  test('[G10] each capture of the platform at once, however long digests are', async () => {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', notifications: { initial: { digestSeconds: 3600 } } });
    for (const platformId of ['p', 'q', 'r']) await all.sees({ platformId, active: true });
    expect((hana.told('hostNotified') as HostNotification[]).map(({ level }) => level)).toEqual([
      'alert',
      'alert',
      'alert',
    ]);
  });

  test('[G10] who becomes a host while the platform records learns of it', async () => {
    const all = meeting({ vouches: 'sender-and-role' });
    await all.joins('hana', { role: 'host' });
    const bo = await all.joins('bo');
    await all.sees({ platformId: 'p', active: true });
    await all.passes(1000);
    expect([listOf(bo), bo.told('hostNotified')]).toEqual([null, []]);
    all.network.connect({ participantId: 'bo', role: 'co-host', endpoint: 'unused' });
    await all.passes(10_000);
    expect((bo.told('hostNotified') as HostNotification[]).map(({ kind }) => kind)).toEqual(['capture-seen']);
    expect(listOf(bo)?.map(({ kind }) => kind)).toEqual(['capture-seen']);
    all.network.connect({ participantId: 'bo', role: 'participant', endpoint: 'unused again' });
    await all.passes(10_000);
    expect([listOf(bo), bo.session.getNotifications()]).toEqual([null, null]);
  });

  test('nothing of what was before a host came', async () => {
    const { person, passes, joins } = await asked(['bo', 'cy']);
    void person('bo').refuseConsent('recording');
    await passes(1000);
    const cora = await joins('cora', { role: 'co-host' });
    await passes(2000);
    expect([summaries(cora), heard(cora)]).toEqual([['pending: No answer yet from Cy.'], []]);
  });
});

describe('how loudly a host is told', () => {
  test('quiet and do-not-disturb go to the list alone, off goes nowhere, an alert says so', async () => {
    const { hana, person, passes } = await asked(['bo', 'cy', 'di'], {
      notifications: { initial: { pending: 'off' } },
    });
    hana.session.setNotifications({ refused: 'quiet' });
    void person('bo').refuseConsent('recording');
    await passes(11_000);
    hana.session.setNotifications({ refused: 'normal', doNotDisturb: true });
    void person('cy').refuseConsent('recording');
    await passes(11_000);
    expect([summaries(hana), heard(hana)]).toEqual([
      ['refused: Cy refused. 1 still to answer.', 'refused: Bo refused. 2 still to answer.'],
      [],
    ]);
    hana.session.setNotifications({ refused: 'alert' });
    void person('di').refuseConsent('recording');
    await passes(1000);
    expect(heard(hana)).toEqual(['alert: Di refused.']);
  });

  test('while this host shares the screen, where they want that, and not while nobody does', async () => {
    const notifications: HostNotificationOptions = {
      initial: { doNotDisturb: 'while-sharing', digestSeconds: 1, pending: 'off' },
    };
    const { hana, person, passes } = await asked(['bo', 'cy', 'di'], { notifications });
    hana.adapter.shares(true);
    void person('bo').refuseConsent('recording');
    await passes(2000);
    hana.adapter.shares(false);
    void person('cy').refuseConsent('recording');
    await passes(2000);
    expect([listOf(hana)?.map(({ level }) => level), heard(hana)]).toEqual([
      ['normal', 'quiet'],
      ['normal: Cy refused. 1 still to answer.'],
    ]);
  });

  test('what is dismissed is gone, and an id that is not there changes nothing', async () => {
    const { hana, person, passes } = await asked(['bo', 'cy']);
    void person('bo').refuseConsent('recording');
    await passes(1000);
    const id = listOf(hana)?.find(({ kind }) => kind === 'refused')?.id ?? '';
    const before = hana.session.getSnapshot();
    hana.session.dismissNotification('nonsense');
    expect(hana.session.getSnapshot()).toBe(before);
    hana.session.dismissNotification(id);
    expect(summaries(hana)).toEqual(['pending: No answer yet from Cy.']);
    expect(() => hana.session.dismissNotification(3 as never)).toThrow(TypeError);
  });

  test('is answered with the settings in force, and is denied to participants and outside of a meeting', async () => {
    const all = meeting();
    const hana = all.comes('hana', { role: 'host', notifications: { initial: { refused: 'quiet' } } });
    expect([hana.session.setNotifications({}), hana.session.getNotifications()]).toEqual([
      { outcome: 'denied', code: 'session/not-joined' },
      null,
    ]);
    void hana.session.join();
    await all.passes();
    const bo = await all.joins('bo', { notifications: { initial: { refused: 'loud' as never } } });
    const answer = hana.session.setNotifications({ all: 'off', attention: 'alert', digestSeconds: 60 });
    expect(answer).toEqual({
      pending: 'off',
      refused: 'off',
      withdrawn: 'off',
      expired: 'off',
      'late-joiner': 'off',
      'recording-failed': 'normal',
      'capture-seen': 'normal',
      attention: 'alert',
      'transcript-ready': 'off',
      'right-exercised': 'off',
      attentionDisplay: 'icons',
      doNotDisturb: false,
      digestSeconds: 60,
    });
    expect([hana.session.getNotifications(), hana.session.getSnapshot().notificationSettings]).toEqual([
      answer,
      answer,
    ]);
    expect(() => hana.session.setNotifications({ refused: 'loud' as never })).toThrow(TypeError);
    expect([bo.session.setNotifications({ all: 'off' }), bo.session.getNotifications(), listOf(bo)]).toEqual([
      { outcome: 'denied', code: 'session/not-permitted' },
      null,
      null,
    ]);
  });

  test("options of a host's that cannot be meant reject join", async () => {
    const wrong: readonly HostNotificationOptions[] = [
      { initial: { refused: 'loud' as never } },
      { store: {} as never },
    ];
    for (const notifications of wrong) {
      const { session } = meeting().comes('hana', { role: 'host', notifications });
      await expect(session.join()).rejects.toThrow(TypeError);
    }
  });
});

describe('settings from one session to the next', () => {
  const once = async (id: string, notifications: HostNotificationOptions, use?: (client: Client) => unknown) => {
    const all = meeting();
    const client = await all.joins(id, { role: 'host', notifications });
    use?.(client);
    await all.passes(1000);
    return client.session.getNotifications();
  };

  test('what a host has chosen is kept for that host, under what the integrator begins with', async () => {
    const store = new Map<string, string>();
    await once('hana', { store }, ({ session }) => session.setNotifications({ refused: 'off', digestSeconds: 60 }));
    expect(await once('hana', { store, initial: { refused: 'alert', expired: 'quiet' } })).toMatchObject({
      refused: 'off',
      expired: 'quiet',
      digestSeconds: 60,
    });
    expect(await once('cora', { store })).toMatchObject({ refused: 'normal', digestSeconds: 10 });
  });

  test('[G9] a store that throws, hangs or lies leaves the settings of the session as they are chosen', async () => {
    const fail = (): never => {
      throw new Error('broken');
    };
    const stores: readonly HostNotificationOptions['store'][] = [
      { get: fail, set: fail },
      { get: () => new Promise(() => {}), set: () => Promise.reject(new Error('full')) },
      { get: () => '{"recording-failed":"off","digestSeconds":0}', set: fail },
    ];
    for (const store of stores) {
      const settings = await once('hana', { ...(store && { store }) }, ({ session }) => {
        session.setNotifications({ refused: 'off' });
      });
      expect(settings).toMatchObject({ refused: 'off', digestSeconds: 10 });
      expect(['normal', 'alert']).toContain(settings?.['recording-failed']);
    }
  });

  test('a session that has left and joins again keeps them, and begins with an empty list', async () => {
    const { hana, person, passes } = await asked(['bo', 'cy']);
    hana.session.setNotifications({ expired: 'off' });
    void person('bo').refuseConsent('recording');
    await passes(1000);
    void hana.session.leave();
    await passes(1000);
    const left = listOf(hana);
    void hana.session.join();
    await passes(1000);
    expect([left, listOf(hana), hana.session.getNotifications()?.expired]).toEqual([[], [], 'off']);
  });
});

test('hosts are told who has not answered, refused or withdrew a purpose that lives without a recording', async () => {
  const simulation = simulate({
    meeting: { policy: 'all-party' },
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }, { id: 'cy' }],
    steps: [],
    until: '1h',
  });
  await simulation.as('hana').requestsPurpose('live-captions');
  await simulation.waits('20s');
  await simulation.as('bo').givesConsent('live-captions');
  await simulation.as('cy').refusesConsent('live-captions');
  await simulation.waits('5s');
  await simulation.as('bo').withdrawsConsent('live-captions');
  await simulation.waits('15s');
  const told = simulation
    .hooks('hana')
    .filter(({ hook }) => hook === 'hostNotified')
    .map(({ payload }) => payload as { kind: string; items: { participantId: string }[] })
    .map(({ kind, items }) => `${kind}: ${items.map(({ participantId }) => participantId).join()}`);
  expect(told).toEqual(expect.arrayContaining(['pending: bo,cy', 'refused: cy', 'withdrawn: bo']));
});
