import { describe, expect, test } from 'vitest';
import { type Coming, meeting } from '../session/meeting.ts';

const holding = {
  extends: 'gdpr',
  recording: { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold' },
} as const;
const unable = {
  extends: 'gdpr',
  recording: { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'leave', onCannotBeAsked: 'block' },
} as const;

/** A meeting in which hana asks for a recording that holds whoever has not answered. */
async function asked(coming: Coming, bo: Coming = {}, lost: (data: string) => boolean = () => false) {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', ...coming });
  const client = await all.joins('bo', bo);
  all.network.tap(({ from, data }) => (from === 'bo' && lost(data) ? 'drop' : undefined));
  const requested = hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(100);
  return { ...all, hana, bo: client, requested, recorder: hana.adapter.recorder };
}

const isGot = (data: string) => data.includes('"t":"got"');

describe('a start that waits for holds', () => {
  test('[G1] begins when each is confirmed, and nobody who is held is in it', async () => {
    const { hana, bo, recorder } = await asked({ policy: holding });
    expect([hana, bo].map(({ session }) => session.status('recording'))).toEqual(['on', 'on']);
    expect([bo.session.getSnapshot().hold?.because, recorder.holds('bo')]).toEqual(['unanswered', false]);
  });

  test('[G1] [G9] waits 3 s at most, and goes on without who has not confirmed', async () => {
    const { hana, recorder, passes } = await asked({ policy: holding }, {}, isGot);
    expect(hana.session.status('recording')).toBe('asking');
    await passes(2800);
    expect(hana.session.status('recording')).toBe('asking');
    await passes(200);
    expect([hana.session.status('recording'), recorder.holds('bo')]).toEqual(['on', false]);
  });

  test('[G1] does not wait for who has no device controller: they are left out', async () => {
    const { hana, recorder } = await asked({ policy: holding }, { devices: false });
    expect([hana.session.status('recording'), recorder.holds('bo')]).toEqual(['on', false]);
  });

  test('[G1] [G9] fails where the recorder cannot leave out who has not confirmed', async () => {
    const { requested, within } = await asked({ policy: unable, recorder: { exclude: false } }, {}, isGot);
    expect(await within(3000, requested)).toMatchObject({ outcome: 'failed', code: 'hold/not-confirmed' });
  });
});

describe('a recorder that cannot leave anybody out', () => {
  async function running(recorder = {}) {
    const all = await asked({ policy: unable, recorder: { exclude: false, ...recorder } });
    void all.bo.session.giveConsent('recording');
    await all.passes(1000);
    return all;
  }

  test('[G1] is paused while somebody is absent, and goes on when they are heard', async () => {
    const { hana, network, passes, recorder } = await running();
    expect(recorder.holds('bo')).toBe(true);
    network.partition([['hana'], ['bo']]);
    await passes(17_000);
    expect([hana.session.status('recording'), recorder.holds('bo')]).toEqual(['paused', false]);
    network.heal();
    await passes(8000);
    expect([hana.session.status('recording'), recorder.holds('bo')]).toEqual(['on', true]);
  });

  test('[G1] is stopped while somebody is absent, where it cannot pause', async () => {
    const policy = { extends: 'gdpr', recording: { ...unable.recording, onCannotBeAsked: 'announce' } } as const;
    const all = await asked({ policy, recorder: { exclude: false, pause: false } });
    void all.bo.session.giveConsent('recording');
    await all.passes(1000);
    expect(all.recorder.holds('bo')).toBe(true);
    all.network.partition([['hana'], ['bo']]);
    await all.passes(17_000);
    expect([all.hana.session.status('recording'), all.recorder.holds('bo')]).toEqual(['off', false]);
  });

  test('[G1] is paused by a withdrawal until the hold is there, and who is asked to leave is held until they have left', async () => {
    const { bo, hana, passes, network } = await running();
    network.tap(({ from, data }) => (from === 'bo' && isGot(data) ? 'drop' : undefined));
    void bo.session.withdrawConsent('recording');
    await passes(500);
    expect([hana.session.status('recording'), bo.session.getSnapshot().hold !== null]).toEqual(['paused', true]);
    void bo.session.leave();
    await passes(500);
    expect(hana.session.status('recording')).toBe('on');
  });
});

describe('named by the transport, and silent', () => {
  async function named(sdk?: false) {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party' });
    await all.passes(10_000);
    const bo = all.network.connect({ participantId: 'bo', role: 'participant', ...(sdk === false && { sdk }) });
    if (sdk === undefined) bo.receive({ message: () => {}, joined: () => {}, left: () => {}, state: () => {} });
    await all.passes();
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(100);
    const consent = () => hana.session.roster().rows.find((row) => row.participantId === 'bo')?.consents['recording'];
    return { ...all, hana, consent };
  }

  test('[G1] [G9] is waited for and left out for 2 s, then cannot be asked, and keeps nobody waiting', async () => {
    const { hana, consent, passes } = await named();
    await passes(1800);
    expect([hana.session.status('recording'), consent()]).toEqual(['asking', undefined]);
    await passes(200);
    expect([hana.session.status('recording'), consent()]).toEqual(['on', 'cannot-be-asked']);
    expect(hana.adapter.recorder.holds('bo')).toBe(false);
  });

  test('[G9] is not waited for at all where the transport says that no client of this library is there', async () => {
    const { hana, consent } = await named(false);
    expect([hana.session.status('recording'), consent()]).toEqual(['on', 'cannot-be-asked']);
  });

  test('[G1] is a late joiner if they say hello after all: asked, and left out until they answer', async () => {
    const { hana, passes, joins } = await named();
    await passes(3000);
    const bo = await joins('bo', { endpoint: 'bo-2' });
    await passes(500);
    expect([bo.session.getSnapshot().prompt?.kind, hana.adapter.recorder.holds('bo')]).toEqual(['prompt', false]);
    void bo.session.giveConsent('recording');
    await passes(500);
    expect(hana.adapter.recorder.holds('bo')).toBe(true);
  });
});
