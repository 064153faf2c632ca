import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { HookBoard } from '../../src/hooks/hook-board.ts';
import type { HookMap } from '../../src/hooks/hooks.types.ts';
import { failed, throws } from './failing-listener.ts';

const lost: HookMap['connectionChanged'] = { connection: 'lost', authorityId: undefined };
const joining: HookMap['connectionChanged'] = { connection: 'joining', authorityId: undefined };
const doubted: HookMap['protocolFailed'] = { code: 'protocol/not-json', count: 1 };

/** A board, and all that it tells in order: `snapshot`, or a hook and its payload. */
function listenedTo() {
  const board = new HookBoard();
  const told: unknown[] = [];
  board.subscribe(() => told.push('snapshot'));
  board.onAny(({ hook, payload }) => told.push([hook, payload]));
  return { board, told };
}

describe('what is announced', () => {
  test('is kept until it is delivered, and then told once', () => {
    const { board, told } = listenedTo();
    board.announce('connectionChanged', lost);
    board.announce('protocolFailed', doubted);
    expect(told).toEqual([]);
    board.deliver(false);
    board.deliver(false);
    expect(told).toEqual([
      ['connectionChanged', lost],
      ['protocolFailed', doubted],
    ]);
  });

  test('by a listener is told in the same delivery, after what is under way', () => {
    const { board, told } = listenedTo();
    board.on('connectionChanged', ({ connection }) => {
      if (connection === 'lost') board.announce('connectionChanged', joining);
    });
    board.announce('connectionChanged', lost);
    board.announce('protocolFailed', doubted);
    board.deliver(false);
    expect(told).toEqual([
      ['connectionChanged', lost],
      ['protocolFailed', doubted],
      ['connectionChanged', joining],
    ]);
  });

  test('by a `subscribe` listener is told after what was announced before', () => {
    const { board, told } = listenedTo();
    board.subscribe(() => board.announce('connectionChanged', joining));
    board.announce('protocolFailed', doubted);
    board.deliver(true);
    expect(told).toEqual(['snapshot', ['protocolFailed', doubted], ['connectionChanged', joining]]);
  });

  test('waits for the delivery under way to end, even if a listener asks for another', () => {
    const { board, told } = listenedTo();
    board.on('connectionChanged', ({ connection }) => {
      if (connection !== 'lost') return;
      board.announce('connectionChanged', joining);
      board.deliver(false);
      told.push('listener ends');
    });
    board.announce('connectionChanged', lost);
    board.deliver(false);
    expect(told).toEqual(['listener ends', ['connectionChanged', lost], ['connectionChanged', joining]]);
  });
});

describe('a delivery', () => {
  test('tells of a new snapshot whether or not there are hooks, and of none where it is the old one', () => {
    const { board, told } = listenedTo();
    board.deliver(true);
    board.announce('protocolFailed', doubted);
    board.deliver(false);
    board.announce('connectionChanged', lost);
    board.deliver(true);
    expect(told).toEqual(['snapshot', ['protocolFailed', doubted], 'snapshot', ['connectionChanged', lost]]);
  });

  test('tells a listener of its own hook alone, with the payload itself', () => {
    const board = new HookBoard();
    const told: unknown[] = [];
    board.on('connectionChanged', (payload) => told.push(payload));
    board.announce('protocolFailed', doubted);
    board.announce('connectionChanged', lost);
    board.deliver(true);
    expect(told).toHaveLength(1);
    expect(told[0]).toBe(lost);
  });

  test('[G9] is followed by others, whichever of its listeners throws', () => {
    const { board, told } = listenedTo();
    board.subscribe(throws);
    board.onAny(throws);
    board.on('connectionChanged', throws);
    board.announce('connectionChanged', lost);
    board.deliver(true);
    told.splice(0);
    board.announce('protocolFailed', doubted);
    board.deliver(false);
    expect(told).toEqual([
      ['protocolFailed', doubted],
      ['listenerFailed', failed('protocolFailed')],
    ]);
  });
});

describe('a listener that throws', () => {
  test('[G9] is reported after the hooks under way, once for each time', () => {
    const { board, told } = listenedTo();
    board.on('connectionChanged', throws);
    board.announce('connectionChanged', lost);
    board.announce('connectionChanged', joining);
    board.deliver(false);
    expect(told).toEqual([
      ['connectionChanged', lost],
      ['connectionChanged', joining],
      ['listenerFailed', failed('connectionChanged')],
      ['listenerFailed', failed('connectionChanged')],
    ]);
  });

  test('[G9] at `listenerFailed` is not reported, by `on` or by `onAny`', () => {
    const { board, told } = listenedTo();
    board.on('listenerFailed', throws);
    board.onAny(({ hook }) => hook === 'listenerFailed' && throws());
    board.subscribe(throws);
    board.deliver(true);
    expect(told).toEqual(['snapshot', ['listenerFailed', failed('subscribe')]]);
  });
});

describe('the end of a subscription', () => {
  test('may come twice, and ends no other', () => {
    const { board, told } = listenedTo();
    const tells = () => told.push('extra');
    for (const end of [board.subscribe(tells), board.onAny(tells), board.on('connectionChanged', tells)]) {
      end();
      end();
    }
    board.announce('connectionChanged', lost);
    board.deliver(true);
    expect(told).toEqual(['snapshot', ['connectionChanged', lost]]);
  });

  test('lets go of its signal, and so does a signal that aborts', () => {
    const board = new HookBoard();
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = () => getEventListeners(signal, 'abort').length;
    const end = board.on('connectionChanged', () => {}, signal);
    board.on('connectionChanged', () => {}, signal);
    expect(waiting()).toBe(2);
    end();
    expect(waiting()).toBe(1);
    controller.abort();
    expect(waiting()).toBe(0);
  });

  test('of one that never began, as its signal was aborted before, does nothing', () => {
    const { board, told } = listenedTo();
    const end = board.on('connectionChanged', () => told.push('never'), AbortSignal.abort());
    board.announce('connectionChanged', lost);
    board.deliver(false);
    end();
    board.announce('connectionChanged', joining);
    board.deliver(false);
    expect(told).toEqual([
      ['connectionChanged', lost],
      ['connectionChanged', joining],
    ]);
  });
});
