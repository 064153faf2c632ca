import { describe, expect, test } from 'vitest';
import { isNoticeError } from '../../src/core/errors.ts';
import { transportContract } from '../../src/testing/transport-contract.ts';
import { broadcastChannelTransport } from '../../src/transport/broadcast-channel.transport.ts';

let meetings = 0;

describe('the BroadcastChannel transport keeps the contract', () => {
  const make = () => {
    meetings += 1;
    const meetingId = `contract-${meetings}`;
    return {
      connect: (who: Pick<Parameters<typeof broadcastChannelTransport>[0], 'participantId' | 'role' | 'channel'>) =>
        broadcastChannelTransport({ meetingId, ...who }),
      close: () => {},
    };
  };
  for (const { name, run } of transportContract({ make })) test(name, run);
});

/** A channel whose messages the test delivers. */
function fakeChannels() {
  const open = new Set<FakeChannel>();
  class FakeChannel extends EventTarget {
    readonly name: string;
    constructor(name: string) {
      super();
      this.name = name;
      open.add(this);
    }
    postMessage(data: unknown): void {
      for (const other of open) {
        if (other !== this && other.name === this.name) {
          queueMicrotask(() => other.dispatchEvent(new MessageEvent('message', { data })));
        }
      }
    }
    close(): void {
      open.delete(this);
    }
  }
  return { open, BroadcastChannel: FakeChannel as unknown as typeof globalThis.BroadcastChannel };
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

describe('the BroadcastChannel transport', () => {
  test('says plainly where there is no BroadcastChannel', () => {
    const without = () =>
      broadcastChannelTransport({
        meetingId: 'm',
        participantId: 'bo',
        role: 'participant',
        BroadcastChannel: 'none' as unknown as typeof globalThis.BroadcastChannel,
      });
    expect(without).toThrow(expect.objectContaining({ code: 'transport/unsupported' }));
  });

  test('keeps two meetings apart, and closes its channel', async () => {
    const { open, BroadcastChannel } = fakeChannels();
    const heard: string[] = [];
    const join = (meetingId: string, participantId: string) => {
      const transport = broadcastChannelTransport({ meetingId, participantId, role: 'participant', BroadcastChannel });
      const end = transport.receive({
        message: (data) => heard.push(`${participantId} hears ${data}`),
        joined: (id) => heard.push(`${participantId} meets ${transport.participantOf(id)}`),
        left: () => {},
        state: () => {},
      });
      return { transport, end };
    };
    const [ann, bo] = [join('one', 'ann'), join('two', 'bo')];
    await settle();
    void ann.transport.send('hello', 'all');
    await settle();
    expect(heard).toEqual([]);
    ann.end();
    bo.end();
    expect(open.size).toBe(0);
  });

  test('takes nothing for its own that is not', async () => {
    const { BroadcastChannel } = fakeChannels();
    const heard: unknown[] = [];
    const transport = broadcastChannelTransport({
      meetingId: 'm',
      participantId: 'bo',
      role: 'host',
      BroadcastChannel,
    });
    transport.receive({
      message: (data) => heard.push(data),
      joined: (id) => heard.push(id),
      left: (id) => heard.push(id),
      state: () => {},
    });
    const stranger = new BroadcastChannel('meeting-notice:m');
    const peer = { participantId: 'eve', role: 'participant' };
    for (const foreign of [
      { kind: 'message', from: 'e', to: 'all', data: 'x', peer },
      'no json',
      'null',
      JSON.stringify({ kind: 'message', from: 'e', to: 'all', data: 'x' }),
      JSON.stringify({ kind: 'shout', from: 'e', to: 'all', data: 'x', peer }),
      JSON.stringify({ kind: 'message', from: 'e', to: [7], data: 'x', peer }),
      JSON.stringify({ kind: 'message', from: 'e', to: 'all', data: 'x', peer: { ...peer, role: 'king' } }),
    ]) {
      stranger.postMessage(foreign);
    }
    await settle();
    expect(heard).toEqual([]);
    stranger.postMessage(JSON.stringify({ kind: 'message', from: 'e', to: 'all', data: 'x', peer }));
    await settle();
    expect(heard).toEqual(['e', 'x']);
  });

  test('says bye when the page goes, and is new when it comes back from the cache', async () => {
    const { BroadcastChannel } = fakeChannels();
    const page = globalThis as unknown as EventTarget & { onpagehide?: null };
    page.onpagehide = null;
    const listeners = new EventTarget();
    const original = { add: page.addEventListener, remove: page.removeEventListener };
    page.addEventListener = listeners.addEventListener.bind(listeners);
    page.removeEventListener = listeners.removeEventListener.bind(listeners);
    try {
      const heard: string[] = [];
      const join = (participantId: string) => {
        const transport = broadcastChannelTransport({
          meetingId: 'm',
          participantId,
          role: 'participant',
          BroadcastChannel,
        });
        return transport.receive({
          message: () => {},
          joined: (id) => heard.push(`${participantId}: ${transport.participantOf(id)} joined`),
          left: (id) => heard.push(`${participantId}: ${transport.participantOf(id)} left`),
          state: () => {},
        });
      };
      join('bo');
      await settle();
      const watcher = (() => {
        const own = new EventTarget();
        page.addEventListener = own.addEventListener.bind(own);
        return join('ann');
      })();
      await settle();
      heard.length = 0;
      listeners.dispatchEvent(new Event('pagehide'));
      await settle();
      listeners.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
      await settle();
      expect(heard).toEqual(['ann: bo left', 'ann: bo joined']);
      watcher();
    } finally {
      page.addEventListener = original.add;
      page.removeEventListener = original.remove;
      delete page.onpagehide;
    }
  });

  test('refuses to send once it has ended', async () => {
    const { BroadcastChannel } = fakeChannels();
    const transport = broadcastChannelTransport({
      meetingId: 'm',
      participantId: 'bo',
      role: 'host',
      BroadcastChannel,
    });
    const end = transport.receive({ message: () => {}, joined: () => {}, left: () => {}, state: () => {} });
    end();
    try {
      await transport.send('x', 'all');
      expect.unreachable();
    } catch (error) {
      expect(isNoticeError(error, 'transport/closed')).toBe(true);
    }
  });
});
