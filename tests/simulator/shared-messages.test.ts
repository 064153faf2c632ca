import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScenario } from '../../src/simulator/scenario.parse.ts';
import { SimulatedMeeting } from '../../src/simulator/simulated-meeting.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import type { InMemoryNetwork } from '../../src/transport/in-memory.types.ts';
import { forEveryone, parseMessage } from '../../src/transport/messages.parse.ts';

/** Every message as it was sent, and as whoever took it has left it for the next who is told the same. */
function messagesOf(network: InMemoryNetwork): { readonly sent: unknown; readonly left: unknown }[] {
  const taken: { sent: unknown; left: unknown }[] = [];
  const { connect } = network;
  const connected: InMemoryNetwork['connect'] = (who) => {
    const transport = connect(who);
    const schemas = who.role === 'participant' ? forEveryone : forHosts;
    return {
      ...transport,
      receive: (listener) =>
        transport.receive({
          ...listener,
          message(data, from) {
            listener.message(data, from);
            const { message } = parseMessage(data, schemas);
            if (message) taken.push({ sent: JSON.parse(data), left: { v: 1, ...message } });
          },
        }),
    };
  };
  Object.assign(network, { connect: connected });
  return taken;
}

test.each([
  'a-whole-meeting',
  'change-of-mind',
  'connection-lost-and-found',
  'host-vanishes-co-host-takes-over',
  'late-joiner-held',
  'orderly-hand-over',
])('[G9] nobody changes a message that others are told too: %s', async (name) => {
  const file = new URL(`../../examples/scenarios/${name}.json`, import.meta.url);
  const scenario = parseScenario(JSON.parse(readFileSync(file, 'utf8')));
  const meeting = new SimulatedMeeting(scenario);
  const taken = messagesOf(meeting.network);
  await meeting.begin();
  for (const [place, step] of scenario.steps.entries()) {
    await meeting.goTo(step.atMs);
    await meeting.act(step, place);
  }
  await meeting.goTo(scenario.untilMs);
  expect(taken.length).toBeGreaterThan(20);
  for (const { sent, left } of taken) expect(left).toEqual(sent);
});
