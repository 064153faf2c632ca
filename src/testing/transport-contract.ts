import { isNoticeError } from '../core/errors.ts';
import type { Channel, Endpoint, ParticipantId, Role } from '../participants/participants.types.ts';
import type { Transport } from '../transport/transport.types.ts';
import { type ContractCheck, type Patience, statementsAbout } from './contract.ts';

/** A fresh meeting's carrier, for one check. */
export interface TransportUnderTest {
  /** A transport for this participant, not yet open; a second call for the same participant is another endpoint. */
  connect(who: {
    readonly participantId: ParticipantId;
    readonly role: Role;
    readonly channel?: Channel;
  }): Transport | Promise<Transport>;
  /** Gives back what the check used. */
  close(): void | Promise<void>;
}

/** How the transport under test is made. */
export interface TransportContractOptions extends Patience {
  make(): TransportUnderTest | Promise<TransportUnderTest>;
}

const { must, mustEqual } = statementsAbout('transport');

interface Heard {
  readonly messages: { readonly data: string; readonly from: Endpoint }[];
  readonly joined: Endpoint[];
  readonly left: Endpoint[];
  readonly states: string[];
  readonly facts: Map<Endpoint, { channel?: Channel; sdk?: boolean }>;
}

interface Client {
  readonly transport: Transport;
  readonly heard: Heard;
  end(): void;
}

interface Bench {
  connect(participantId: ParticipantId, role?: Role, channel?: Channel): Promise<Transport>;
  /** Connected, open, and told of everyone opened before. */
  join(participantId: ParticipantId, role?: Role, channel?: Channel): Promise<Client>;
  until(what: string, holds: () => boolean): Promise<void>;
  quiet(): Promise<void>;
}

function listen(transport: Transport): Client {
  const heard: Heard = { messages: [], joined: [], left: [], states: [], facts: new Map() };
  const end = transport.receive({
    message: (data, from) => heard.messages.push({ data, from }),
    joined: (id, facts) => {
      heard.joined.push(id);
      heard.facts.set(id, facts);
    },
    left: (id) => heard.left.push(id),
    state: (state) => heard.states.push(state),
  });
  return { transport, heard, end };
}

const shown = (error: unknown): string => (isNoticeError(error) ? error.code : String(error));

async function mustBeClosed(when: string, send: () => void | Promise<void>): Promise<void> {
  const expected = `send ${when} must throw or reject with a NoticeError \`transport/closed\``;
  try {
    await send();
  } catch (error) {
    must(isNoticeError(error, 'transport/closed'), `${expected}, and fails with ${shown(error)}`);
    return;
  }
  must(false, `${expected}, and succeeds`);
}

const checks: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  'is inert until receive is called': async ({ connect, join, quiet }) => {
    const silent = await connect('bo');
    const hana = await join('hana', 'host');
    await quiet();
    mustEqual(hana.heard.joined, [], 'nobody has joined');
    mustEqual(hana.transport.present(), [], 'nobody is present');
    await mustBeClosed('before receive', () => silent.send('early', 'all'));
  },
  'says that it is open': async ({ join }) => {
    const { heard } = await join('hana', 'host');
    mustEqual(heard.states, ['open'], 'its states');
  },
  'tells the newcomer of everyone there, and everyone of the newcomer, once': async ({ join, quiet }) => {
    const hana = await join('hana', 'host');
    const bo = await join('bo');
    const cy = await join('cy');
    await quiet();
    const ids = { hana: hana.transport.selfId, bo: bo.transport.selfId, cy: cy.transport.selfId };
    mustEqual(hana.heard.joined, [ids.bo, ids.cy], 'the host is told');
    mustEqual([...cy.heard.joined].sort(), [ids.hana, ids.bo].sort(), 'the newcomer is told');
    mustEqual([...(cy.transport.present() ?? cy.heard.joined)].sort(), [ids.hana, ids.bo].sort(), 'present');
  },
  'says by which channel somebody has joined': async ({ join }) => {
    const hana = await join('hana', 'host');
    const phone = await join('bo', 'participant', 'phone');
    mustEqual(hana.heard.facts.get(phone.transport.selfId)?.channel, 'phone', 'the channel');
  },
  'delivers to everyone but the sender': async ({ join, until, quiet }) => {
    const [hana, bo, cy] = [await join('hana', 'host'), await join('bo'), await join('cy')];
    await bo.transport.send('to all', 'all');
    await until('the message has arrived', () => hana.heard.messages.length + cy.heard.messages.length >= 2);
    await quiet();
    const message = { data: 'to all', from: bo.transport.selfId };
    mustEqual(
      [hana, bo, cy].map(({ heard }) => heard.messages),
      [[message], [], [message]],
      'what each has heard',
    );
  },
  'delivers to the named endpoints alone': async ({ join, until, quiet }) => {
    const [hana, bo, cy] = [await join('hana', 'host'), await join('bo'), await join('cy')];
    await hana.transport.send('to cy', [cy.transport.selfId]);
    await until('the message has arrived', () => cy.heard.messages.length > 0);
    await quiet();
    const message = { data: 'to cy', from: hana.transport.selfId };
    mustEqual(
      [hana, bo, cy].map(({ heard }) => heard.messages),
      [[], [], [message]],
      'what each has heard',
    );
  },
  'delivers text as it was sent, up to 4 KiB': async ({ join, until }) => {
    const [hana, bo] = [await join('hana', 'host'), await join('bo')];
    const data = `${JSON.stringify({ text: 'é 会議 👋 "\\ \u0000' })}${'x'.repeat(4000)}`;
    await hana.transport.send(data, 'all');
    await until('the message has arrived', () => bo.heard.messages.length > 0);
    mustEqual(bo.heard.messages[0]?.data, data, 'the text');
  },
  'names the participant behind an endpoint, also once they have left': async ({ join, until }) => {
    const [hana, bo] = [await join('hana', 'host'), await join('bo')];
    const endpoint = bo.transport.selfId;
    mustEqual(hana.transport.participantOf(endpoint), 'bo', 'the participant');
    mustEqual(bo.transport.participantOf(endpoint), 'bo', 'oneself');
    mustEqual(hana.transport.participantOf('no such endpoint'), undefined, 'nobody');
    bo.end();
    await until('bo has left', () => hana.heard.left.length > 0);
    mustEqual(hana.transport.participantOf(endpoint), 'bo', 'the participant who has left');
  },
  'knows roles, where it vouches for them or trusts everyone': async ({ join }) => {
    const [hana, bo] = [await join('hana', 'host'), await join('bo')];
    const isVouched = bo.transport.vouches !== 'sender';
    mustEqual(bo.transport.roleOf('hana'), isVouched ? 'host' : bo.transport.roleOf('hana'), 'the host');
    mustEqual(hana.transport.roleOf('bo'), isVouched ? 'participant' : hana.transport.roleOf('bo'), 'the participant');
    mustEqual(hana.transport.roleOf('nobody'), undefined, 'nobody');
  },
  'never calls a listener while send is running, nor one message inside another': async ({ connect, until }) => {
    const [hana, bo] = [await connect('hana', 'host'), await connect('bo')];
    let depth = 0;
    let deepest = 0;
    let heard = 0;
    const answering = (transport: Transport): void => {
      transport.receive({
        message: (data) => {
          depth += 1;
          deepest = Math.max(deepest, depth);
          heard += 1;
          if (data.length < 6) void transport.send(`${data}.`, 'all');
          depth -= 1;
        },
        joined: () => {},
        left: () => {},
        state: () => {},
      });
    };
    answering(hana);
    answering(bo);
    await until('both are there', () => hana.present()?.length === 1 && bo.present()?.length === 1);
    depth += 1;
    const sent = hana.send('', 'all');
    depth -= 1;
    await sent;
    await until('the conversation has ended', () => heard >= 7);
    mustEqual(deepest, 1, 'calls of a listener at a time, one inside another or inside send');
  },
  'tells the others who has left, and delivers nothing after the end': async ({ join, until, quiet }) => {
    const [hana, bo] = [await join('hana', 'host'), await join('bo')];
    bo.end();
    bo.end();
    await until('bo has left', () => hana.heard.left.length > 0);
    await hana.transport.send('too late', 'all');
    await quiet();
    mustEqual(hana.heard.left, [bo.transport.selfId], 'who has left');
    mustEqual(hana.transport.present() ?? [], [], 'who is present');
    mustEqual(bo.heard.messages, [], 'what is heard after the end');
    await mustBeClosed('after the end', () => bo.transport.send('too late', 'all'));
  },
  'opens again after its end': async ({ join, until }) => {
    const [hana, bo] = [await join('hana', 'host'), await join('bo')];
    bo.end();
    await until('bo has left', () => hana.heard.left.length === 1);
    const again = listen(bo.transport);
    await until('bo is back', () => hana.heard.joined.length === 2 && again.heard.joined.length === 1);
    await hana.transport.send('welcome back', 'all');
    await until('the message has arrived', () => again.heard.messages.length === 1);
    mustEqual(bo.heard.messages, [], 'what the first listener has heard');
    again.end();
  },
  'gives a second tab of one participant an endpoint of its own': async ({ join, until }) => {
    const [hana, one, two] = [await join('hana', 'host'), await join('bo'), await join('bo')];
    must(one.transport.selfId !== two.transport.selfId, 'two tabs have one endpoint');
    mustEqual(hana.transport.participantOf(two.transport.selfId), 'bo', 'the participant of the second tab');
    await one.transport.send('from one tab to the other', [two.transport.selfId]);
    await until('the message has arrived', () => two.heard.messages.length === 1);
    one.end();
    await until('the first has left', () => hana.heard.left.length === 1);
    mustEqual(hana.transport.present() ?? [two.transport.selfId], [two.transport.selfId], 'who is left');
  },
};

/**
 * What every transport must do, as named checks: hand each to your test framework
 * (`for (const { name, run } of transportContract({ make })) test(name, run)`). Each check makes a meeting of its own.
 */
export function transportContract(options: TransportContractOptions): readonly ContractCheck[] {
  const { make } = options;
  const { until, quiet } = statementsAbout('transport', options);

  return Object.entries(checks).map(([name, check]) => ({
    name,
    async run() {
      const meeting = await make();
      const clients: Client[] = [];
      const connect: Bench['connect'] = async (participantId, role = 'participant', channel) =>
        meeting.connect({ participantId, role, ...(channel !== undefined && { channel }) });
      const join: Bench['join'] = async (...who) => {
        const client = listen(await connect(...who));
        await until('the transport is open', () => client.heard.states.includes('open'));
        for (const other of clients) {
          await until('the two know of each other', () => knows(client, other) && knows(other, client));
        }
        clients.push(client);
        return client;
      };
      try {
        await check({ connect, join, until, quiet });
      } finally {
        for (const { end } of clients) end();
        await meeting.close();
      }
    },
  }));
}

const knows = (client: Client, other: Client): boolean => client.heard.joined.includes(other.transport.selfId);
