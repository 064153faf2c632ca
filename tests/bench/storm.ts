import { setTimeout as passes } from 'node:timers/promises';
import { createAuthority } from '../../src/authority/standalone.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Endpoint } from '../../src/participants/participants.types.ts';
import { fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { times } from '../../src/transport/times.ts';
import type { Transport, TransportListener } from '../../src/transport/transport.types.ts';
import { type Figure, type Scale, withCommas } from './figure.ts';
import { hostId, idAt } from './large-meeting.ts';

const scales = {
  full: { people: 10_000, withinMs: 1000, afterMs: 12_000 },
  quick: { people: 100, withinMs: 100, afterMs: 1500 },
} as const;
const sliceMs = 10;

/** The longest time without a word, and when the last one came. */
class Silence {
  longestMs = 0;
  #heardAt = performance.now();

  heard(): void {
    this.longestMs = Math.max(this.longestMs, performance.now() - this.#heardAt);
    this.#heardAt = performance.now();
  }
}

/** A server's end of a transport whose other ends are played here: each confirms what it is told of itself. */
function serversEnd(heard: (message: Message, to: 'all' | readonly Endpoint[]) => void) {
  const here = new Set<Endpoint>();
  let listener: TransportListener | undefined;
  const transport: Transport = {
    selfId: 'server',
    vouches: 'sender-and-role',
    participantOf: (endpoint) => (endpoint === 'server' || here.has(endpoint) ? endpoint : undefined),
    roleOf: (id) => (id === 'server' ? 'authority' : id === hostId ? 'host' : 'participant'),
    present: () => [...here],
    send: (data, to) => heard(JSON.parse(data) as Message, to),
    receive(listening) {
      listener = listening;
      listener.state('open');
      return () => {
        listener = undefined;
      };
    },
  };
  return {
    transport,
    says: (from: Endpoint, message: Message) => listener?.message(messageText(message), from),
    comes(id: Endpoint): void {
      here.add(id);
      listener?.joined(id, {});
      listener?.message(messageText({ t: 'hello', id: `hello-${id}`, name: `Name of ${id}`, devices: true }), id);
    },
  };
}

/** Whether an authority that everyone storms into goes on to be heard, on the clock and event loop of this machine. */
export async function measureStorm(scale: Scale): Promise<Figure[]> {
  const { people, withinMs, afterMs } = scales[scale];
  let silence = { host: new Silence(), participant: new Silence() };
  const witness = idAt(0);
  const prompted = new Set<Endpoint>();
  const problems = new Set<string>();
  let isAsked = false;
  let epoch = { number: 1, id: 'server', incarnation: 'unknown' };
  const end = serversEnd((message, to) => {
    if (to === 'all' || to.includes(hostId)) silence.host.heard();
    if (to === 'all' || to.includes(witness)) silence.participant.heard();
    if (message.t === 'meeting') epoch = message.epoch;
    if (message.t === 'ack') isAsked = true;
    if (message.t !== 'personal' || to === 'all') return;
    for (const endpoint of to) {
      if (message.personal.notices.length > 0) prompted.add(endpoint);
      setImmediate(() => end.says(endpoint, { t: 'got', epoch: message.epoch, n: message.n }));
    }
  });
  const { capture } = fakeAdapter({ clock: systemClock });
  const authority = createAuthority({
    meetingId: 'storm',
    transport: end.transport,
    policy: 'gdpr',
    ...(capture && { capture }),
    onProblem: ({ code }) => void problems.add(code),
  });
  await authority.start();
  end.comes(hostId);
  end.comes(witness);
  // As a client does: again until it is acknowledged.
  for (let tries = 0; !isAsked && tries < 50; tries += 1) {
    end.says(hostId, { t: 'command', id: 'ask', epoch, command: { do: 'requestRecording', storage: 'cloud' } });
    await passes(100);
  }
  if (!isAsked) throw new Error('the request for a recording was not acknowledged');
  await passes(200);

  silence = { host: new Silence(), participant: new Silence() };
  const startedAt = performance.now();
  let come = 1;
  while (come < people) {
    const due = Math.min(people, Math.ceil(((performance.now() - startedAt) / withinMs) * people));
    for (; come < due; come += 1) end.comes(idAt(come));
    await passes(sliceMs);
  }
  const stormMs = performance.now() - startedAt;
  await passes(afterMs);
  silence.host.heard();
  silence.participant.heard();
  await authority.stop();
  if (problems.size > 0)
    throw new Error(`the authority was told what it does not believe: ${[...problems].join(', ')}`);

  const { longestMs: hostMs } = silence.host;
  const { longestMs: participantMs } = silence.participant;
  return [
    {
      figure: `${withCommas(people)} join within ${withinMs / 1000} s: longest silence of the authority`,
      measured: `${Math.round(hostMs)} ms to hosts, ${Math.round(participantMs)} to others`,
      target: `≤ ${times.askThereHostsMs} and ${times.askThereMs} ms (when clients ask)`,
      isMet: hostMs <= times.askThereHostsMs && participantMs <= times.askThereMs && prompted.size >= people,
      how: `real clock and event loop, a recording on; joined in ${(stormMs / 1000).toFixed(2)} s, ${withCommas(prompted.size)} were prompted`,
    },
  ];
}
