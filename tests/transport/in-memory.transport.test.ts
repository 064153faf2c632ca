import { describe, expect, test } from 'vitest';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { transportContract } from '../../src/testing/transport-contract.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';
import type { NetworkMessage, NetworkOptions } from '../../src/transport/in-memory.types.ts';
import type { Transport } from '../../src/transport/transport.types.ts';

describe('the in-memory transport keeps the contract', () => {
  const make = (options?: NetworkOptions) => () => {
    const network = inMemoryNetwork(options);
    return { connect: network.connect, close: () => {} };
  };
  for (const { name, run } of transportContract({ make: make() })) test(name, run);
  for (const { name, run } of transportContract({ make: make({ latencyMs: [0, 3], seed: 4 }) })) {
    test(`with latency: ${name}`, run);
  }
  for (const { name, run } of transportContract({ make: make({ vouches: 'sender-and-role' }) })) {
    test(`vouching for roles: ${name}`, run);
  }
});

/** Joins everyone and records, in order, what each is told. */
function meeting(options: NetworkOptions = {}) {
  const clock = simulatedClock();
  const network = inMemoryNetwork({ clock, ...options });
  const told: string[] = [];
  const ends = new Map<string, () => void>();
  const join = (participantId: string, endpoint?: string): Transport => {
    const transport = network.connect({ participantId, role: 'participant', ...(endpoint && { endpoint }) });
    const name = transport.selfId;
    const end = transport.receive({
      message: (data, from) => told.push(`${clock.now()} ${name}: ${data} from ${from}`),
      joined: (id) => told.push(`${clock.now()} ${name}: ${id} joined`),
      left: (id) => told.push(`${clock.now()} ${name}: ${id} left`),
      state: (state) => told.push(`${clock.now()} ${name}: ${state}`),
    });
    ends.set(name, end);
    return transport;
  };
  const run = (ms = 0): string[] => {
    clock.runFor(ms);
    return told.splice(0);
  };
  return { clock, network, join, run, end: (name: string) => ends.get(name)?.() };
}

const send = (transport: Transport, count: number): void => {
  for (let number = 1; number <= count; number += 1) void transport.send(`m${number}`, 'all');
};

describe('the in-memory network', () => {
  test('lets messages wait, and delivers, repeats or drops each by hand, in any order', () => {
    const { network, join, run } = meeting();
    const ann = join('ann');
    join('bo');
    run();
    network.queue();
    send(ann, 4);
    expect(run()).toEqual([]);
    const [first, second, third] = network.waiting as NetworkMessage[];
    network.deliver(third as NetworkMessage);
    network.deliver(first as NetworkMessage, { stays: true });
    network.drop(second as NetworkMessage);
    expect(run()).toEqual(['0 bo: m3 from ann', '0 bo: m1 from ann']);
    expect(network.waiting.map(({ data }) => data)).toEqual(['m1', 'm4']);
    expect(() => network.drop(second as NetworkMessage)).toThrow(/does not wait/);
    network.flow();
    send(ann, 1);
    expect(run()).toEqual(['0 bo: m1 from ann', '0 bo: m4 from ann', '0 bo: m1 from ann']);
    expect(network.waiting).toEqual([]);
  });

  test('a message that waits does not cross a partition, and what is sent meanwhile is lost', () => {
    const { network, join, run } = meeting();
    const ann = join('ann');
    join('bo');
    run();
    network.queue();
    send(ann, 1);
    network.partition([['ann'], ['bo']]);
    send(ann, 1);
    expect(network.waiting).toHaveLength(1);
    network.flow();
    expect(run()).toEqual([]);
  });

  test('delivers at once and in order where nothing else is asked for', () => {
    const { network, join, run } = meeting();
    const ann = join('ann');
    join('bo');
    expect(run()).toEqual(['0 ann: open', '0 bo: open', '0 ann: bo joined', '0 bo: ann joined']);
    send(ann, 3);
    expect(run()).toEqual(['0 bo: m1 from ann', '0 bo: m2 from ann', '0 bo: m3 from ann']);
    expect(network.messages).toBe(3);
  });

  test('a listener that throws keeps nothing from the others who are told the same', () => {
    const { network, join, run } = meeting();
    const ann = join('ann');
    join('bo');
    const bad = network.connect({ participantId: 'bad', role: 'participant' });
    bad.receive({
      message: () => {
        throw new Error('broken');
      },
      joined: () => {},
      left: () => {},
      state: () => {},
    });
    join('cy');
    run();
    send(ann, 2);
    const thrown: unknown[] = [];
    const heard: string[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      try {
        heard.push(...run());
      } catch (error) {
        thrown.push(error);
      }
    }
    expect(thrown).toHaveLength(2);
    const to = (name: string) => heard.filter((line) => line.startsWith(`0 ${name}:`));
    expect([to('bo'), to('cy')]).toEqual(
      ['bo', 'cy'].map((name) => [`0 ${name}: m1 from ann`, `0 ${name}: m2 from ann`]),
    );
  });

  test('names a participant without the SDK, who never speaks, and lets them leave', () => {
    const { network, run, clock } = meeting();
    const heard: unknown[] = [];
    network.connect({ participantId: 'old', role: 'participant', channel: 'room-system', sdk: false });
    const hana = network.connect({ participantId: 'hana', role: 'host' });
    hana.receive({
      message: () => {},
      joined: (id, facts) => heard.push([id, facts]),
      left: (id) => heard.push([id, 'left']),
      state: () => {},
    });
    run();
    network.leave('old');
    run();
    expect(heard).toEqual([
      ['old', { channel: 'room-system', sdk: false }],
      ['old', 'left'],
    ]);
    expect(clock.now()).toBe(0);
  });

  test('a lost connection drops both ways and is told to nobody but its owner', () => {
    const { network, join, run } = meeting();
    const [ann, bo] = [join('ann'), join('bo')];
    run();
    network.disconnect('bo');
    void ann.send('to bo', 'all');
    void bo.send('from bo', 'all');
    expect(run()).toEqual(['0 bo: interrupted']);
    expect(ann.present()).toEqual(['bo']);
    join('cy');
    run();
    network.reconnect('bo');
    expect(run()).toEqual(['0 bo: open', '0 bo: cy joined']);
    void ann.send('again', 'all');
    expect(run()).toContain('0 bo: again from ann');
  });

  test('a message under way when the connection is lost does not arrive', () => {
    const { network, join, run } = meeting({ latencyMs: [10, 10] });
    const ann = join('ann');
    join('bo');
    run(100);
    void ann.send('under way', 'all');
    run(5);
    network.disconnect('bo');
    expect(run(100)).toEqual(['105 bo: interrupted']);
  });

  test('a crashed endpoint is named until its participant opens another', () => {
    const { network, join, run } = meeting();
    const ann = join('ann');
    const bo = join('bo');
    run();
    network.crash('bo');
    void bo.send('from beyond', 'all');
    void ann.send('to the dead', 'all');
    expect(run()).toEqual([]);
    expect(ann.present()).toEqual(['bo']);
    const again = join('bo');
    expect(again.selfId).toBe('bo#2');
    expect(run()).toEqual([
      '0 bo#2: open',
      '0 ann: bo#2 joined',
      '0 bo#2: ann joined',
      '0 bo#2: bo joined',
      '0 ann: bo left',
      '0 bo#2: bo left',
    ]);
    expect(ann.present()).toEqual(['bo#2']);
  });

  test('a partition keeps groups apart until it heals; who is there stays known to all', () => {
    const { network, join, run, end } = meeting();
    const ann = join('ann');
    join('bo');
    join('cy');
    run();
    network.partition([['ann', 'bo'], ['cy']]);
    void ann.send('hello', 'all');
    expect(run()).toEqual(['0 bo: hello from ann']);
    end('bo');
    join('di');
    expect(run()).toEqual([
      '0 ann: bo left',
      '0 cy: bo left',
      '0 di: open',
      '0 ann: di joined',
      '0 cy: di joined',
      '0 di: ann joined',
      '0 di: cy joined',
    ]);
    void ann.send('di?', 'all');
    expect(run()).toEqual([]);
    network.heal();
    void ann.send('cy?', ['cy']);
    expect(run()).toEqual(['0 cy: cy? from ann']);
  });

  test('keeps the order of one pair under latency, unless messages may be reordered', () => {
    const arrivals = (reorder: boolean): string[] => {
      const { join, run } = meeting({ latencyMs: [0, 50], seed: 3, reorder });
      const ann = join('ann');
      join('bo');
      run(200);
      send(ann, 20);
      return run(200).map((line) => /m\d+/.exec(line)?.[0] ?? line);
    };
    const inOrder = Array.from({ length: 20 }, (_, index) => `m${index + 1}`);
    expect(arrivals(false)).toEqual(inOrder);
    expect(arrivals(true)).not.toEqual(inOrder);
    expect(arrivals(true).sort()).toEqual([...inOrder].sort());
  });

  test('loses and repeats the same messages for the same seed', () => {
    const heard = (seed: number): string[] => {
      const { join, run } = meeting({ loss: 0.3, duplicate: 0.3, seed });
      const ann = join('ann');
      join('bo');
      run();
      send(ann, 40);
      return run();
    };
    expect(heard(7)).toEqual(heard(7));
    expect(heard(7)).not.toEqual(heard(8));
    expect(new Set(heard(7)).size).toBeLessThan(40);
    expect(heard(7).length).toBeGreaterThan(new Set(heard(7)).size);
  });

  test('never loses who has joined or left', () => {
    const { join, run, end } = meeting({ loss: 1, duplicate: 1, reorder: true });
    join('ann');
    join('bo');
    run(100);
    end('bo');
    expect(run(100).map((line) => line.replace(/^\d+ /, ''))).toEqual(['ann: bo left']);
  });

  test('shows a tap every message, and loses those it drops', () => {
    const { network, join, run } = meeting();
    const ann = join('ann');
    join('bo');
    run();
    const seen: unknown[] = [];
    const end = network.tap((message) => {
      seen.push(message);
      return message.data === 'm2' ? 'drop' : undefined;
    });
    send(ann, 2);
    expect(run()).toEqual(['0 bo: m1 from ann']);
    end();
    send(ann, 2);
    expect(run()).toHaveLength(2);
    expect(seen).toEqual([
      { from: 'ann', to: 'bo', data: 'm1' },
      { from: 'ann', to: 'bo', data: 'm2' },
    ]);
  });

  test('puts a forged message on the wire', () => {
    const { network, join, run } = meeting();
    join('ann');
    join('bo');
    run();
    network.inject({ from: 'bo', to: 'ann', data: 'I am bo' });
    expect(run()).toEqual(['0 ann: I am bo from bo']);
  });
});
