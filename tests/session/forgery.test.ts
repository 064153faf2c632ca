import { describe, expect, test } from 'vitest';
import type { Epoch } from '../../src/participants/participants.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { meeting } from './meeting.ts';

/** A meeting on a network that vouches for senders and roles; mallory is in it, and may put anything on the wire. */
async function recorded() {
  const all = meeting({ vouches: 'sender-and-role' });
  const decided: Epoch[] = [];
  all.network.tap(
    ({ from, data }) =>
      void (from === 'hana' && data.includes('"t":"meeting"') && decided.push(JSON.parse(data).epoch)),
  );
  const hana = await all.joins('hana', { role: 'host' });
  const bo = await all.joins('bo');
  const mallory = await all.joins('mallory');
  const requested = hana.session.requestRecording({ storage: 'cloud' });
  await all.passes();
  void bo.session.giveConsent('recording');
  void mallory.session.refuseConsent('recording');
  await all.passes();
  const outcome = await requested;
  const recordingId = 'recordingId' in outcome ? outcome.recordingId : '';
  const epochs: Message[] = [];
  return {
    ...all,
    hana,
    bo,
    mallory,
    recordingId,
    epochs,
    decided,
    async says(message: Message | object, to: string, from = 'mallory'): Promise<void> {
      all.network.inject({ from, to, data: messageText(message as Message) });
      await all.passes();
    },
  };
}

/** What must not change, whatever is said: everyone's snapshot, and who is in the recording. */
const stateOf = ({ hana, bo, mallory }: Awaited<ReturnType<typeof recorded>>) => ({
  snapshots: [hana, bo, mallory].map(({ session }) => session.getSnapshot()),
  holds: ['hana', 'bo', 'mallory'].map((id) => hana.adapter.recorder.holds(id)),
});

const lastFailure = (client: { told: (hook: string) => readonly unknown[] }) => client.told('protocolFailed').at(-1);

describe('[G8] forged', () => {
  const forgedEpoch = { number: 500, id: 'mallory', incarnation: 'x' };
  const meetingState = {
    recordings: [],
    policy: parsePolicy('notice-only'),
    succession: [],
    attention: { enabled: false, active: false },
  };

  test.each([
    ['beacon', { t: 'beacon', epoch: forgedEpoch, seq: 9, aliveMs: 5000 }],
    ['meeting', { t: 'meeting', epoch: forgedEpoch, seq: 9, aliveMs: 5000, meeting: meetingState }],
    ['ack', { t: 'ack', epoch: forgedEpoch, id: 'x', outcome: { outcome: 'done' } }],
    ['hand-over', { t: 'hand-over', epoch: forgedEpoch, text: '{}' }],
    ['roster', { t: 'roster', epoch: forgedEpoch, seq: 1, part: 0, parts: 1, whole: true, rows: [], removed: [] }],
  ])('a participant’s %s is dropped and counted, and changes nothing', async (_, message) => {
    const all = await recorded();
    const before = stateOf(all);
    // What is for hosts alone is no message to others.
    const forBo = ['hand-over', 'roster'].includes(message.t) ? 'protocol/not-a-message' : 'protocol/not-an-authority';
    for (const [to, code] of [
      [all.bo, forBo],
      [all.hana, 'protocol/not-an-authority'],
    ] as const) {
      await all.says(message, to.adapter.self().id);
      await all.says(message, to.adapter.self().id);
      expect(lastFailure(to)).toEqual({ code, from: 'mallory', count: 2 });
    }
    expect(stateOf(all)).toEqual(before);
  });

  test('an authority’s message in the name of another’s epoch is dropped, whoever sends it', async () => {
    const all = await recorded();
    const cora = await all.joins('cora', { role: 'co-host' });
    const before = stateOf(all);
    const epoch = { number: 900, id: 'hana', incarnation: 'x' };
    await all.says({ t: 'beacon', epoch, seq: 9, aliveMs: 5000 }, 'bo', 'cora');
    expect(lastFailure(all.bo)).toEqual({ code: 'protocol/not-an-authority', from: 'cora', count: 1 });
    expect(stateOf(all)).toEqual(before);
    expect(cora.told('protocolFailed')).toEqual([]);
  });

  test('a co-host’s epoch that jumps too far is dropped and counted', async () => {
    const all = await recorded();
    await all.joins('cora', { role: 'co-host' });
    const before = stateOf(all);
    const epoch = { number: 5000, id: 'cora', incarnation: 'x' };
    await all.says({ t: 'meeting', epoch, seq: 9, aliveMs: 5000, meeting: meetingState }, 'bo', 'cora');
    expect(lastFailure(all.bo)).toEqual({ code: 'protocol/implausible-epoch', from: 'cora', count: 1 });
    expect(stateOf(all)).toEqual(before);
  });

  test('a host’s command from a participant is denied by whoever decides', async () => {
    const all = await recorded();
    const { hana, network } = all;
    const denied: string[] = [];
    network.tap(({ data, to }) => void (to === 'mallory' && data.includes('"ack"') && denied.push(data)));
    const before = stateOf(all);
    const epoch = all.decided[0] as Epoch;
    const commands = [
      { do: 'stopRecording' },
      { do: 'pauseRecording' },
      { do: 'requestTranscript' },
      { do: 'admit', participantIds: ['mallory'] },
      { do: 'handOver', to: 'mallory' },
      { do: 'startWithoutWaiting', reason: 'x' },
    ];
    for (const [place, command] of commands.entries()) {
      await all.says({ t: 'command', id: `c${place}`, epoch, command }, 'hana');
    }
    expect(denied.map((data) => (JSON.parse(data) as { outcome: unknown }).outcome)).toEqual(
      commands.map(() => ({ outcome: 'denied', code: 'session/not-permitted' })),
    );
    expect(stateOf(all)).toEqual(before);
    expect(hana.session.status('recording')).toBe('on');
  });

  test('an answer counts for who the transport says sent it, and for nobody else', async () => {
    const all = await recorded();
    const { hana, bo, recordingId } = all;
    await all.says(
      { t: 'answer', id: 'z', recordingId, revision: 99, answers: { recording: 'withdrawn' }, participantId: 'bo' },
      'hana',
    );
    expect([hana.adapter.recorder.holds('bo'), bo.session.getSnapshot().self.consents['recording']]).toEqual([
      true,
      'given',
    ]);
  });

  test('an answer to a notice that was never raised, and one about nothing that lives, change nothing', async () => {
    const all = await recorded();
    const cy = await all.joins('cy', { presents: 'confirmed' });
    await all.passes(3000);
    const before = [stateOf(all), cy.session.getSnapshot()];
    const given = { revision: 1, answers: { recording: 'given' } };
    await all.says({ t: 'answer', id: 'y', noticeId: 'never', recordingId: all.recordingId, ...given }, 'hana', 'cy');
    await all.says({ t: 'answer', id: 'x', recordingId: 'another', ...given }, 'hana', 'cy');
    expect(all.hana.adapter.recorder.holds('cy')).toBe(false);
    expect([stateOf(all), cy.session.getSnapshot()]).toEqual(before);
  });

  test('a capture seen by a participant’s word alone is nothing to the others', async () => {
    const all = await recorded();
    const before = stateOf(all);
    await all.says({ t: 'seen', captures: [{ platformId: 'p', active: true }] }, 'hana');
    expect(stateOf(all)).toEqual(before);
  });

  test('what is from nobody the transport knows is dropped and counted', async () => {
    const all = await recorded();
    const before = stateOf(all);
    await all.says({ t: 'hello', id: 'h', devices: true }, 'hana', 'nobody');
    expect(lastFailure(all.hana)).toMatchObject({ code: 'protocol/unknown-sender', from: 'nobody' });
    expect(stateOf(all)).toEqual(before);
  });

  test('a participant’s word of a higher epoch does not make a host stop', async () => {
    const all = await recorded();
    const before = stateOf(all);
    await all.says({ t: 'highest', epoch: { number: 400, id: 'hana', incarnation: 'zz' } }, 'hana');
    expect(all.hana.session.status('recording')).toBe('on');
    expect(stateOf(all).holds).toEqual(before.holds);
  });

  test('a role that one gives oneself is only a wish: the transport’s word counts', async () => {
    const { joins, network, clock, passes, within } = meeting({ vouches: 'sender-and-role' });
    const hana = await joins('hana', { role: 'host' });
    const { createSession } = await import('../../src/session/session.ts');
    const transport = network.connect({ participantId: 'mallory', role: 'participant' });
    const session = createSession({ meetingId: 'weekly', self: { id: 'mallory', role: 'host' }, transport, clock });
    void session.join();
    await passes(3000);
    expect(session.getSnapshot().self.role).toBe('participant');
    expect(await within(10, session.requestRecording({ storage: 'cloud' }))).toEqual({
      outcome: 'denied',
      code: 'session/not-permitted',
    });
    expect(hana.session.roster().rows.map(({ participantId, role }) => [participantId, role])).toEqual([
      ['hana', 'host'],
      ['mallory', 'participant'],
    ]);
  });
});
