import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, test } from 'vitest';
import type { Channel, Endpoint, ParticipantId, Role } from '../../src/participants/participants.types.ts';
import type * as Testing from '../../src/testing.ts';
import type { Transport } from '../../src/transport/transport.types.ts';

const folder = mkdtempSync(join(resolve('.'), 'test-results-integrating-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is built: errors are known by their class, of which there is one. */
const built = (entry: string): string => pathToFileURL(resolve(`dist/${entry}.js`)).href;
const { transportContract } = (await import(built('testing'))) as typeof Testing;

/** The transport that the page writes. */
async function roomTransport(room: unknown): Promise<Transport> {
  const blocks = readFileSync('docs/integrating.md', 'utf8').matchAll(/```ts\n([\s\S]*?)```/g);
  const code = [...blocks].map(([, block = '']) => block).find((block) => block.includes('roomTransport(')) ?? '';
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const file = join(folder, 'transport.mjs');
  writeFileSync(file, outputText.replaceAll("'meeting-notice'", `'${built('index')}'`));
  const module = (await import(pathToFileURL(file).href)) as { roomTransport(room: unknown): Transport };
  return module.roomTransport(room);
}

interface Peer {
  readonly endpoint: Endpoint;
  readonly participantId: ParticipantId;
  readonly role: Role;
  readonly channel?: Channel;
}

interface Listener {
  joined(peer: Peer): void;
  left(peer: Peer): void;
  message(text: string, from: Peer): void;
}

/** A server's room, in this process. */
function rooms() {
  const inside = new Map<Endpoint, { readonly peer: Peer; readonly listener: Listener }>();
  let count = 0;
  return (who: Omit<Peer, 'endpoint'>) => {
    count += 1;
    const me: Peer = { ...who, endpoint: `${who.participantId}-${count}` };
    return {
      me,
      people: () => [...inside.values()].map(({ peer }) => peer),
      send(text: string, to: readonly Endpoint[]) {
        for (const endpoint of to) queueMicrotask(() => inside.get(endpoint)?.listener.message(text, me));
      },
      listen(listener: Listener) {
        for (const other of inside.values()) other.listener.joined(me);
        inside.set(me.endpoint, { peer: me, listener });
        return () => {
          if (!inside.delete(me.endpoint)) return;
          for (const other of inside.values()) other.listener.left(me);
        };
      },
    };
  };
}

describe('the transport of docs/integrating.md keeps the contract', () => {
  const make = () => {
    const enter = rooms();
    return { connect: (who: Omit<Peer, 'endpoint'>) => roomTransport(enter(who)), close: () => {} };
  };
  for (const { name, run } of transportContract({ make })) test(name, run);
});
