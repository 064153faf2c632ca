import type { Epoch } from '../../src/participants/participants.types.ts';
import type { SessionSnapshot } from '../../src/session/session.types.ts';
import type { NetworkMessage } from '../../src/transport/in-memory.types.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { type Client, meeting } from '../session/meeting.ts';

export type Wire = NetworkMessage;

/** What follows from one message at once is less than this, among five clients. */
const mostSteps = 5000;

/** Who is in the recording, as the recorder itself has it. */
const people = ['hana', 'bo', 'cy'] as const;

/**
 * A meeting that is recorded, on a network that vouches for senders and roles. hana's client decides; bo and cy follow;
 * mallory is a participant who may put anything on the wire, and eve a co-host who may too.
 */
export async function attacked() {
  let ids = 0;
  const randomId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const all = meeting({ vouches: 'sender-and-role', randomId, keepsHooks: false });
  const { clock, network, passes } = all;
  const heard: Wire[] = [];
  network.tap((message) => {
    if (heard.length < 400) heard.push(message);
  });
  const clients: Record<string, Client> = {};
  clients['hana'] = await all.joins('hana', { role: 'host' });
  for (const id of ['bo', 'cy', 'mallory']) clients[id] = await all.joins(id);
  clients['eve'] = await all.joins('eve', { role: 'co-host', recorder: false });
  const { hana, bo, cy, mallory, eve } = clients as Record<'hana' | 'bo' | 'cy' | 'mallory' | 'eve', Client>;
  const requested = hana.session.requestRecording({ storage: 'cloud' });
  await passes();
  void hana.session.requestPurpose({ purpose: 'live-captions', provider: 'Acme' });
  for (const { session } of [bo, cy, eve]) void session.giveConsent('recording');
  void mallory.session.refuseConsent('recording');
  await passes(6000);
  const outcome = await requested;
  if (outcome.outcome !== 'started') throw new Error(`nothing is recorded: ${JSON.stringify(outcome)}`);

  const [epoch] = heard.flatMap(({ from, data }) =>
    from === 'hana' ? ((JSON.parse(data) as { epoch?: Epoch }).epoch ?? []) : [],
  );
  if (!epoch) throw new Error('nobody decides');

  const failures = new Map<string, number>();
  for (const { session } of [hana, bo, cy]) {
    session.on('protocolFailed', ({ code }) => failures.set(code, (failures.get(code) ?? 0) + 1));
    session.on('listenerFailed', () => failures.set('listenerFailed', 1));
  }
  return {
    ...all,
    hana,
    bo,
    cy,
    recordingId: outcome.recordingId,
    /** Under which hana decides. */
    epoch,
    /** Real messages of this meeting, of every kind that it has. */
    heard,
    /** `protocolFailed`, by its code. */
    failures,
    get failureCount(): number {
      let sum = 0;
      for (const count of failures.values()) sum += count;
      return sum;
    },
    /** Puts a message on the wire, and lets everything happen that follows from it at once. */
    hears(message: Wire): void {
      network.inject(message);
      for (let step = 0; clock.runOne(); step += 1) if (step > mostSteps) throw new Error('it is answered without end');
    },
    says(message: Message | object, to: string, from = 'mallory'): void {
      this.hears({ from, to, data: messageText(message as Message) });
    },
    /** The snapshots, which are the same objects for as long as nothing in them has changed. */
    snapshots: (): SessionSnapshot[] => [hana, bo, cy].map(({ session }) => session.getSnapshot()),
    captured: (): boolean[] => people.map((id) => hana.adapter.recorder.holds(id)),
  };
}

export type Attacked = Awaited<ReturnType<typeof attacked>>;

/** What a participant may change by what they say of themselves: who is a bot, the host's counts, and what a host is told. */
export const othersView = ({ bots: _, counts: __, notifications: ___, ...view }: SessionSnapshot) => view;
