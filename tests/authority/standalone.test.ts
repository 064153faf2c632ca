import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../src/authority/standalone.ts';
import { fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { meeting } from '../session/meeting.ts';

/** A meeting that a server decides for, with its own recorder, on a network that vouches for senders and roles. */
function served() {
  const all = meeting({ vouches: 'sender-and-role' });
  const { clock, network } = all;
  const server = fakeAdapter({ clock });
  const transport = network.connect({ participantId: 'server', role: 'authority' });
  const problems: string[] = [];
  const authority = createAuthority({
    meetingId: 'weekly',
    transport,
    clock,
    ...(server.capture && { capture: server.capture }),
    policy: 'gdpr',
    onProblem: ({ code }) => problems.push(code),
  });
  return { ...all, server, authority, problems };
}

describe('an authority of its own', () => {
  test('decides at once in an empty meeting, and records with its own recorder whoever agrees', async () => {
    const { authority, within, joins, passes, server, problems } = served();
    expect(
      await within(
        0,
        authority.start().then(() => 'decides'),
      ),
    ).toBe('decides');
    const hana = await joins('hana', { role: 'host', recorder: false });
    const bo = await joins('bo');
    const cy = await joins('cy');
    await passes(3000);
    expect([hana, bo].map(({ session }) => session.getSnapshot().authorityId)).toEqual(['server', 'server']);
    expect(hana.session.roster().rows.map(({ participantId }) => participantId)).toEqual(['hana', 'bo', 'cy']);
    const requested = hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    void bo.session.giveConsent('recording');
    void cy.session.refuseConsent('recording');
    await passes(100);
    expect(await within(0, requested)).toMatchObject({ outcome: 'started' });
    expect(['hana', 'bo', 'cy'].map((id) => server.recorder.holds(id))).toEqual([true, true, false]);
    expect(await within(100, hana.session.handOver('hana'))).toEqual({
      outcome: 'denied',
      code: 'session/not-available',
    });
    expect(problems).toEqual([]);
  });

  test('[G8] takes over from a host’s client, which stops what it captured; no host takes over from it', async () => {
    const { authority, joins, passes, network, within } = served();
    const hana = await joins('hana', { role: 'host', policy: 'gdpr' });
    await joins('bo');
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    expect(hana.adapter.recorder.holds('hana')).toBe(true);
    const started = authority.start().then(() => 'decides');
    expect(await within(3000, started)).toBe('decides');
    await passes(5000);
    expect([hana.session.getSnapshot().authorityId, hana.adapter.recorder.holds('hana')]).toEqual(['server', false]);
    expect(hana.session.status('recording')).toBe('off');
    network.disconnect('server');
    await passes(60_000);
    expect([hana.session.getSnapshot().authorityId, hana.session.getSnapshot().connection]).toEqual(['server', 'lost']);
  });

  test.each(['hears', 'does not hear'])(
    '[G8] that comes again without its memory, and %s what the clients it finds have heard of, is followed',
    async (hears) => {
      const { authority, joins, passes, within, network, clock } = served();
      await within(0, authority.start());
      const bo = await joins('bo');
      await passes(3000);
      network.crash('server');
      network.tap(({ from, data }) => {
        const isLost = hears !== 'hears' && from === 'bo' && data.includes('"re":');
        return isLost ? 'drop' : undefined;
      });
      const transport = network.connect({ participantId: 'server', role: 'authority' });
      const again = createAuthority({ meetingId: 'weekly', transport, clock, policy: 'gdpr' });
      await within(3000, again.start());
      await passes(15_000);
      const hana = await joins('hana', { role: 'host', recorder: false });
      await passes(3000);
      expect([bo, hana].map(({ session }) => session.getSnapshot().connection)).toEqual(['connected', 'connected']);
      expect(bo.session.getSnapshot().authorityId).toBe('server');
    },
  );

  test('[G2] that stops ends what it captures, and everyone knows that it is off', async () => {
    const { authority, joins, passes, within, server } = served();
    await within(0, authority.start());
    const hana = await joins('hana', { role: 'host', recorder: false });
    await passes(3000);
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    expect([hana.session.status('recording'), server.recorder.holds('hana')]).toEqual(['on', true]);
    await within(1000, authority.stop());
    await passes(100);
    expect([hana.session.status('recording'), server.recorder.holds('hana')]).toEqual(['off', false]);
  });

  test('refuses a policy that makes no sense when it is made, by its pointer', () => {
    const { network } = meeting();
    const transport = network.connect({ participantId: 'server', role: 'authority' });
    const policy = { recording: { timeoutMs: null } };
    expect(() => createAuthority({ meetingId: 'weekly', transport, policy })).toThrow(/policy\/recording\/timeoutMs/);
  });
});
