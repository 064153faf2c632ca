import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../src/authority/standalone.ts';
import type { AuthorityOptions } from '../../src/authority/standalone.types.ts';
import type { Role } from '../../src/participants/participants.types.ts';
import { createMeetingRecords } from '../../src/records/meeting-records.ts';
import { type FakeRecorderOptions, fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { Chunks } from '../../src/transport/chunks.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { textsOf } from '../../src/transport/texts.ts';
import type { Transport, TransportListener } from '../../src/transport/transport.types.ts';
import { fixture } from '../records/meeting-fixture.ts';
import { meeting } from '../session/meeting.ts';
import { desk, recorderInHand } from './recorder-in-hand.ts';

/** A meeting that a server decides for, with its own recorder, on a network that vouches for senders and roles. */
function served(more: Partial<AuthorityOptions> = {}, recorder: FakeRecorderOptions = {}) {
  const all = meeting({ vouches: 'sender-and-role' });
  const { clock, network } = all;
  const server = fakeAdapter({ clock, recorder });
  const transport = network.connect({ participantId: 'server', role: 'authority' });
  const problems: string[] = [];
  const authority = createAuthority({
    meetingId: 'weekly',
    transport,
    clock,
    ...(server.capture && { capture: server.capture }),
    policy: 'gdpr',
    onProblem: ({ code }) => problems.push(code),
    ...more,
  });
  return { ...all, server, authority, problems };
}

describe('an authority of its own', () => {
  test('[G6] carries out rights with the records that it was given, and answers who asks alone', async () => {
    const kept = fixture();
    const { authority, joins, passes, problems } = served({ records: createMeetingRecords(kept) });
    void authority.start();
    const hana = await joins('hana', { role: 'host', recorder: false });
    const bo = await joins('bo');
    await passes(3000);
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(100);
    void bo.session.giveConsent('recording');
    await passes(2000);
    const asked = bo.session.exerciseRight({ right: 'access' });
    for (let turn = 0; turn < 20; turn += 1) await passes(10);
    expect(await asked).toMatchObject({ outcome: 'done', document: { participantId: 'bo', recordings: [{}] } });
    expect(hana.told('hostNotified')).toMatchObject([{ kind: 'right-exercised' }]);
    expect(problems).toEqual([]);
  });

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

  test('[G2] a host who gives up asking, as nothing that it says arrives, does not read off while it has them in it', async () => {
    const { authority, joins, passes, network, server } = served({ policy: 'notice-only' });
    void authority.start();
    const hana = await joins('hana', { role: 'host', recorder: false });
    await passes(5000);
    network.tap(({ from }) => (from === 'server' ? 'drop' : undefined));
    const asked = hana.session.requestRecording({ storage: 'cloud' });
    const read = new Set<string>();
    for (let second = 0; second < 25; second += 1) {
      await passes(1000);
      expect(server.recorder.holds('hana')).toBe(true);
      read.add(hana.session.status('recording'));
    }
    expect(await asked).toMatchObject({ outcome: 'failed', code: 'authority/unreachable' });
    expect([...read]).toEqual(['asking', 'unknown']);
  });

  test('[G2] nobody whom a recorder has that nothing can stop reads off, whatever epoch the server goes on under', async () => {
    const { authority, joins, passes, network, server } = served({ policy: 'notice-only' }, { lease: false });
    void authority.start();
    const hana = await joins('hana', { role: 'host', recorder: false });
    const bo = await joins('bo');
    await passes(5000);
    void hana.session.requestRecording({ storage: 'cloud' });
    await passes(2000);
    server.recorder.fails('stop', 'snapshot', 'fence', 'exclude');
    void hana.session.stopRecording();
    await passes(2000);
    const epoch = { number: 500, id: 'hana', incarnation: 'z' };
    network.inject({ from: 'bo', to: 'server', data: messageText({ t: 'highest', epoch }) });
    const read = new Set<string>();
    for (let second = 0; second < 120; second += 1) {
      await passes(1000);
      read.add(`${hana.session.status('recording')} ${bo.session.status('recording')}`);
    }
    expect([server.recorder.holds('bo'), [...read]]).toEqual([true, ['unknown unknown']]);
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

/** A server whose transport is the test: who is there, with which role, and what comes in. */
function serverInHand(
  options: Partial<AuthorityOptions> & {
    readonly there?: Readonly<Record<string, Role>>;
    /** The transport cannot know who is there. */
    readonly isBlind?: boolean;
    readonly named?: string;
  } = {},
) {
  const { there = {}, isBlind = false, named, ...more } = options;
  const { clock, passes } = desk();
  const recorder = recorderInHand();
  const people = new Map(Object.entries(there));
  const chunks = new Chunks(() => true, forHosts);
  const sent: { readonly message: Message; readonly to: 'all' | readonly string[] }[] = [];
  const problems: string[] = [];
  const line: {
    listener?: TransportListener;
    opened: number;
    closed: number;
    /** Sending does. */
    fails?: 'throws' | 'rejects';
    /** Asked for the role of this one, the transport throws. */
    unknowable?: string;
  } = { opened: 0, closed: 0 };
  const transport: Transport = {
    selfId: 'server-1',
    vouches: 'sender-and-role',
    participantOf: (endpoint) => (endpoint === 'server-1' ? named : people.has(endpoint) ? endpoint : undefined),
    send(data, to) {
      if (line.fails === 'throws') throw new Error('x');
      if (line.fails === 'rejects') return Promise.reject(new Error('x'));
      const message = chunks.read(data, 'server-1')?.message;
      if (message) sent.push({ message, to });
      return undefined;
    },
    present: () => (isBlind ? undefined : [...people.keys()]),
    receive(listener) {
      line.listener = listener;
      line.opened += 1;
      return () => {
        line.closed += 1;
      };
    },
    roleOf(id) {
      if (id === line.unknowable) throw new Error('x');
      return people.get(id);
    },
  };
  const authority = createAuthority({
    meetingId: 'weekly',
    transport,
    clock,
    capture: recorder.capture,
    policy: 'gdpr',
    onProblem: ({ code, from }) => problems.push(`${code} ${from}`),
    ...more,
  });
  let decidedTimes = 0;
  const of = <T extends Message['t']>(t: T) =>
    sent.flatMap(({ message, to }) =>
      message.t === t ? [{ message: message as Extract<Message, { t: T }>, to }] : [],
    );
  return {
    authority,
    recorder,
    people,
    line,
    sent,
    problems,
    passes,
    of,
    start() {
      void authority.start().then(() => {
        decidedTimes += 1;
      });
      return passes();
    },
    decidedTimes: () => decidedTimes,
    says(from: string, message: Message) {
      for (const text of textsOf(message) ?? []) line.listener?.message(text, from);
    },
    writes: (from: string, text: string) => line.listener?.message(text, from),
    comes(id: string, role: Role = 'participant', facts: Parameters<TransportListener['joined']>[1] = {}) {
      people.set(id, role);
      line.listener?.joined(id, facts);
    },
    goes(id: string) {
      people.delete(id);
      line.listener?.left(id);
    },
    /** The epoch under which it spoke last. */
    epoch: () => of('meeting').at(-1)?.message.epoch,
    personal: (id: string) =>
      of('personal')
        .filter(({ to }) => to.includes(id))
        .at(-1)?.message.personal,
  };
}
const epochOf = (number: number, id = 'cora') => ({ number, id, incarnation: 'y' });
const helloOf = (id: string) => ({ t: 'hello', id, devices: true }) as const;
const beaconOf = (number: number, id = 'cora') =>
  ({ t: 'beacon', epoch: epochOf(number, id), seq: 0, aliveMs: 5000 }) as const;

describe('a start', () => {
  test('[G8] asks everyone, and decides at once where nobody is there, under the first epoch and its own name', async () => {
    const { start, of, epoch, decidedTimes, authority, passes } = serverInHand();
    await start();
    expect([of('hello').map(({ to, message }) => [to, message.devices]), epoch(), decidedTimes()]).toEqual([
      [['all', false]],
      { number: 1, id: 'server-1', incarnation: expect.any(String) },
      1,
    ]);
    expect(authority.start()).toBe(authority.start());
    await passes(10_000);
    expect([of('hello').length, new Set(of('meeting').map(({ message }) => message.epoch.number)).size]).toEqual([
      1, 1,
    ]);
    const named = serverInHand({ named: 'server' });
    await named.start();
    expect(named.epoch()?.id).toBe('server');
  });

  test('[G8] waits for everyone who is there, and decides over the highest that any of them has heard of', async () => {
    const { start, says, epoch, decidedTimes, passes } = serverInHand({
      there: { cora: 'co-host', bo: 'participant' },
    });
    await start();
    says('cora', { t: 'highest', epoch: epochOf(4), re: 'x' });
    says('cora', { t: 'highest', epoch: epochOf(3), re: 'x' });
    await passes(1900);
    expect([epoch(), decidedTimes()]).toEqual([undefined, 0]);
    says('bo', { t: 'highest', epoch: epochOf(6), re: 'x' });
    await passes();
    expect([epoch()?.number, decidedTimes()]).toEqual([7, 1]);
  });

  test.each([
    ['who says nothing', false],
    ['where it cannot know who is there', true],
  ])('[G9] waits 2 s at most %s', async (_, isBlind) => {
    const { start, decidedTimes, says, passes, problems } = serverInHand({
      isBlind,
      there: { bo: 'participant', cy: 'participant' },
    });
    await start();
    says('bo', { t: 'highest', epoch: null, re: 'x' });
    await passes(1900);
    expect(decidedTimes()).toBe(0);
    await passes(200);
    expect([decidedTimes(), problems]).toEqual([1, []]);
  });

  test('[G8] believes no epoch that nobody can have come to', async () => {
    const { start, says, epoch, problems, passes } = serverInHand({ there: { cora: 'host', bo: 'participant' } });
    await start();
    says('cora', { t: 'highest', epoch: epochOf(2 ** 31 + 5), re: 'x' });
    says('bo', { t: 'highest', epoch: epochOf(2 ** 31 + 5), re: 'x' });
    await passes();
    expect([epoch()?.number, problems]).toEqual([1, ['protocol/implausible-epoch cora']]);
  });

  test('[G8] lets in who is there already, as the transport has said of them, and not itself', async () => {
    const { start, people, comes, goes, says, of, passes, problems } = serverInHand({
      there: { hana: 'host' },
      named: 'server',
    });
    await start();
    people.set('server-1', 'host');
    comes('cy');
    goes('cy');
    comes('rec', 'participant', { channel: 'bot' });
    await passes(2100);
    says('hana', helloOf('h'));
    await passes();
    const roster = of('roster')
      .at(-1)
      ?.message.rows.map(({ participantId, channel }) => `${participantId} ${channel}`);
    expect([roster, problems]).toEqual([['hana app', 'rec bot'], []]);
  });

  test('stands on its policy, the administrator’s, the law, and the version of its words', async () => {
    const { start, says, of, comes, personal, passes } = serverInHand({
      policy: 'notice-only',
      adminPolicy: { extends: 'notice-only', recording: { timeoutMs: 12_000 }, locked: ['recording.timeoutMs'] },
      noticeVersion: '7',
    });
    const policy = () => of('meeting').at(-1)?.message.meeting.policy.recording;
    await start();
    comes('hana', 'host');
    says('hana', helloOf('h'));
    expect([policy()?.consent, policy()?.timeoutMs]).toEqual(['notice', 12_000]);
    says('hana', { ...helloOf('i'), region: 'US-NY' });
    await passes();
    expect(policy()?.consent).toBe('notice');
    says('hana', { ...helloOf('j'), region: 'DE' });
    await passes();
    expect(policy()?.consent).toBe('explicit');
    const other = serverInHand({ noticeVersion: '8' });
    await other.start();
    for (const each of [{ comes, says }, other]) {
      each.comes('bo');
      each.says('bo', helloOf('k'));
      each.comes('hana', 'host');
      each.says('hana', helloOf('l'));
      each.says('hana', { t: 'seen', captures: [{ platformId: 'p', active: true }] });
    }
    await passes();
    const ids = [personal('bo'), other.personal('bo')].map((each) => each?.notices[0]?.noticeId);
    expect([ids[0] !== undefined, ids[0] === ids[1]]).toEqual([true, false]);
  });
});

test('[G4] only an administrator’s policy turns attention on from the start', () => {
  const policy = { attention: { enabled: true } } as const;
  expect(() => serverInHand({ policy })).toThrow(/policy\/attention\/enabled/);
  expect(() => serverInHand({ adminPolicy: policy })).not.toThrow();
  expect(() => serverInHand({ adminPolicy: null })).not.toThrow();
});

describe('another who decides', () => {
  test('[G8] is followed up by a higher epoch, once a host’s client is heard to decide', async () => {
    const { start, comes, says, epoch, passes, recorder } = serverInHand();
    await start();
    comes('hana', 'host');
    says('hana', helloOf('h'));
    says('hana', {
      t: 'command',
      id: 'c',
      epoch: epoch() ?? epochOf(0),
      command: { do: 'requestRecording', storage: 'cloud' },
    });
    await passes();
    comes('cora', 'co-host');
    recorder.told();
    says('cora', beaconOf(5));
    await passes();
    expect(epoch()?.number).toBe(6);
    expect(recorder.told().map((call) => call.split(' ')[0])).toEqual(['stop', 'fence']);
    says('cora', beaconOf(6, 'aaa'));
    says('cora', beaconOf(2));
    await passes();
    expect(epoch()?.number).toBe(6);
  });

  test('[G8] is no participant, nor one whom the transport gives no role', async () => {
    const { start, comes, says, epoch, people, passes } = serverInHand();
    await start();
    for (const id of ['bo', 'cy']) comes(id);
    people.set('cy', undefined as unknown as Role);
    for (const id of ['bo', 'cy']) says(id, beaconOf(5));
    await passes(100);
    expect(epoch()?.number).toBe(1);
  });

  test('[G8] is not known by what clients say of the epoch they follow', async () => {
    const { start, comes, says, epoch, passes } = serverInHand();
    await start();
    comes('cora', 'co-host');
    says('cora', helloOf('h'));
    says('cora', { t: 'alive', epoch: epochOf(9), seq: 0 });
    says('cora', { t: 'command', id: 'c', epoch: epochOf(9), command: { do: 'requestRecording', storage: 'cloud' } });
    await passes();
    expect(epoch()?.number).toBe(1);
  });

  test('[G8] of whom a participant alone has heard is asked, and gone on over, as if handed over to itself', async () => {
    const { start, comes, says, epoch, of, passes, sent } = serverInHand();
    await start();
    comes('cora', 'co-host');
    comes('bo');
    for (const id of ['cora', 'bo']) says(id, helloOf(id));
    sent.splice(0);
    says('bo', { t: 'highest', epoch: epochOf(5) });
    await passes();
    expect(of('hello').map(({ to }) => to)).toEqual([['cora']]);
    await passes(6100);
    expect([epoch()?.number, of('meeting').at(-1)?.message.after?.number]).toEqual([6, 1]);
    // Whoever left it out meanwhile says hello to it again.
    says('bo', helloOf('again'));
    await passes();
    expect(of('personal').some(({ message }) => message.re === 'again')).toBe(true);
  });

  test('[G8] of whom a participant alone has heard is gone on over once in a minute, for one word of theirs', async () => {
    const { start, comes, says, epoch, of, passes } = serverInHand();
    await start();
    comes('bo');
    says('bo', helloOf('h'));
    const hears = async (number: number) => {
      says('bo', { t: 'highest', epoch: epochOf(number, 'gone') });
      await passes(6100);
      return epoch()?.number;
    };
    expect([await hears(5), await hears(9)]).toEqual([6, 6]);
    await passes(55_000);
    expect(await hears(9)).toBe(10);
    // Nobody is asked who is not there.
    expect(of('hello').map(({ to }) => to)).toEqual(['all']);
  });

  test('[G8] is gone on over when the recorder has no call to answer any more', async () => {
    const { start, comes, says, epoch, recorder, passes } = serverInHand();
    await start();
    comes('hana', 'host');
    comes('bo');
    for (const id of ['hana', 'bo']) says(id, helloOf(id));
    recorder.keeps('start');
    const command = { do: 'requestRecording', storage: 'cloud' } as const;
    says('hana', { t: 'command', id: 'c', epoch: epoch() ?? epochOf(0), command });
    says('bo', { t: 'highest', epoch: epochOf(5, 'gone') });
    await passes(7000);
    expect(epoch()?.number).toBe(1);
    recorder.does('start');
    await passes(500);
    expect(epoch()?.number).toBe(6);
  });

  test('[G8] is told by which epoch it decides, or what it has heard of, when a host says hello', async () => {
    const { start, comes, says, of, passes } = serverInHand({ there: { cora: 'co-host', bo: 'participant' } });
    await start();
    const told = () => of('highest').map(({ message, to }) => [message.epoch?.number ?? null, message.re, to]);
    says('cora', helloOf('a'));
    says('bo', helloOf('b'));
    says('cora', { t: 'highest', epoch: epochOf(4), re: 'x' });
    says('cora', helloOf('c'));
    expect(told()).toEqual([
      [null, 'a', ['cora']],
      [4, 'c', ['cora']],
    ]);
    await passes(2100);
    comes('bo');
    says('bo', helloOf('d'));
    says('cora', helloOf('e'));
    expect(told().slice(2)).toEqual([[5, 'e', ['cora']]]);
  });
});

describe('what is wrong', () => {
  test('[G8] with what comes in is dropped and told, with who sent it', async () => {
    const { start, writes, says, problems, comes } = serverInHand();
    await start();
    comes('bo');
    writes('bo', 'no message');
    says('nobody', helloOf('h'));
    says('bo', { t: 'alive', epoch: epochOf(1), seq: 0 });
    says('bo', { t: 'chunk', id: 'c', part: 0, parts: 2, text: 'x' });
    expect(problems).toEqual([
      'protocol/not-json bo',
      'protocol/unknown-sender nobody',
      'protocol/not-an-authority bo',
    ]);
  });

  test('[G8] a part of a message of a host’s client waits for the others', async () => {
    const { start, says, problems, comes } = serverInHand();
    await start();
    comes('cora', 'co-host');
    says('cora', { t: 'chunk', id: 'c', part: 0, parts: 2, text: 'x' });
    expect(problems).toEqual([]);
  });

  test.each(['throws', 'rejects'] as const)('[G9] with sending is told, where the transport %s', async (fails) => {
    const { start, line, problems, passes } = serverInHand();
    line.fails = fails;
    await start();
    await passes();
    expect(new Set(problems)).toEqual(new Set(['transport/send-failed server-1']));
  });

  test('[G9] with a word that is too long for anybody is told, and nothing of it is sent', async () => {
    const purposes = Object.fromEntries(Array.from({ length: 4000 }, (_, place) => [`purpose-${place}`, {}]));
    const { start, problems, of } = serverInHand({ policy: { extends: 'gdpr', purposes } });
    await start();
    expect([new Set(problems), of('meeting')]).toEqual([new Set(['protocol/too-long server-1']), []]);
  });

  test('[G9] with a task of its own is told, and the next one still runs', async () => {
    const { start, line, problems, comes, says, of } = serverInHand();
    await start();
    line.unknowable = 'x';
    comes('x');
    expect(problems).toEqual(['session/task-threw server-1']);
    comes('bo');
    says('bo', helloOf('h'));
    expect(of('personal').length).toBeGreaterThan(0);
  });

  test('[G9] is nobody’s trouble where nobody listens', async () => {
    const { start, writes, decidedTimes, comes } = serverInHand({ onProblem: undefined as never });
    await start();
    comes('bo');
    writes('bo', 'no message');
    expect(decidedTimes()).toBe(1);
  });
});

describe('a stop', () => {
  test('[G2] waits until what it captures has ended, says that nobody decides any more, and closes the transport', async () => {
    const { start, authority, comes, says, of, epoch, recorder, passes, line, sent } = serverInHand();
    await start();
    comes('hana', 'host');
    says('hana', helloOf('h'));
    says('hana', {
      t: 'command',
      id: 'c',
      epoch: epoch() ?? epochOf(0),
      command: { do: 'requestRecording', storage: 'cloud' },
    });
    await passes();
    recorder.keeps('stop');
    let stopped = 0;
    void authority.stop().then(() => {
      stopped += 1;
    });
    await passes(5000);
    expect([stopped, line.closed, of('meeting').at(-1)?.message.meeting.closed]).toEqual([0, 0, undefined]);
    recorder.does('stop');
    await passes(100);
    const { closed, recordings } = of('meeting').at(-1)?.message.meeting ?? {};
    expect([stopped, line.closed, closed]).toEqual([1, 1, true]);
    expect(recordings?.[0]).toMatchObject({ status: 'off', ended: { code: 'authority/left' } });
    // Nothing is heard or said after that.
    sent.splice(0);
    says('hana', helloOf('i'));
    await passes(20_000);
    expect(sent).toEqual([]);
  });

  test('is done where nothing was started, and a later start opens the transport anew', async () => {
    const { start, authority, line, decidedTimes, passes, epoch } = serverInHand();
    await authority.stop();
    expect([line.opened, line.closed]).toEqual([0, 0]);
    await start();
    const before = epoch();
    await authority.stop();
    await authority.stop();
    await start();
    await passes();
    expect([line.opened, line.closed, decidedTimes()]).toEqual([2, 1, 2]);
    expect(epoch()?.incarnation).not.toBe(before?.incarnation);
  });

  test('[G9] while it still asks ends that', async () => {
    const { start, authority, passes, decidedTimes, line } = serverInHand({ there: { bo: 'participant' } });
    await start();
    await authority.stop();
    await passes(5000);
    expect([decidedTimes(), line.closed]).toEqual([0, 1]);
  });
});

test('[G1] who leaves is gone, and what was known of them with them', async () => {
  const { start, comes, goes, says, of, passes } = serverInHand();
  await start();
  comes('hana', 'host');
  says('hana', helloOf('h'));
  comes('x', 'participant', { channel: 'bot' });
  goes('x');
  expect(of('roster').at(-1)?.message.removed).toEqual(['x']);
  comes('x');
  await passes();
  expect(of('roster').at(-1)?.message.rows).toMatchObject([{ participantId: 'x', channel: 'app' }]);
});
