import type { Modules } from '../../src/authority/modules.ts';
import type { NoticeDocument } from '../../src/notice/document.types.ts';
import type { TextCatalogue } from '../../src/notice/texts.types.ts';
import type { HostNotificationOptions } from '../../src/notifications/notifications.types.ts';
import type { Channel, Role, Vouches } from '../../src/participants/participants.types.ts';
import type { PolicyInput, PresetName } from '../../src/policy/policy.types.ts';
import type { Ledger } from '../../src/records/ledger.types.ts';
import type { MeetingRecords } from '../../src/records/meeting-records.types.ts';
import type { RecordingStorage } from '../../src/records/retention.types.ts';
import type { CuePlayer } from '../../src/session/cue-player.types.ts';
import { everything } from '../../src/session/everything.ts';
import { createSessionWith } from '../../src/session/session.ts';
import type { Session } from '../../src/session/session.types.ts';
import { simulatedClock } from '../../src/simulator/simulated-clock.ts';
import { type FakeAdapter, type FakeRecorderOptions, fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { inMemoryNetwork } from '../../src/transport/in-memory.transport.ts';
import type { MeetingAdapter, SeenCapture } from '../../src/transport/transport.types.ts';
import { type Machine, machineWith } from './machine.ts';

export interface Coming {
  readonly role?: Role;
  readonly channel?: Channel;
  readonly name?: string;
  /** A second device of a person has another. */
  readonly endpoint?: string;
  readonly policy?: PolicyInput | PresetName;
  readonly document?: NoticeDocument;
  readonly texts?: TextCatalogue;
  /** `confirmed`: the test says what is on screen. Default `assumed`. */
  readonly presents?: 'confirmed' | 'assumed';
  /** Of a host's; `false`: none. */
  readonly recorder?: FakeRecorderOptions | false;
  /** The recorder of another's platform, which this client reaches too. */
  readonly reaches?: Client;
  readonly notifications?: HostNotificationOptions;
  /** Of a host's: where facts of consent are kept. */
  readonly ledger?: Ledger;
  /** Of a host's: what carries out rights and erasures. */
  readonly records?: MeetingRecords;
  readonly storage?: RecordingStorage;
  readonly inspect?: (event: unknown) => void;
  readonly cues?: CuePlayer;
  /** `false`: no device controller. */
  readonly devices?: false;
  /** In place of what the adapter brings. */
  readonly plugs?: Pick<MeetingAdapter, 'capture' | 'devices' | 'focus'>;
  /** Parts of its authority that are loaded late; by default all are at hand. */
  readonly modules?: Modules;
}

/** One device of a person: its session, its adapter, and every hook it was told of. */
export interface Client {
  readonly session: Session;
  readonly adapter: FakeAdapter;
  readonly told: (hook: string) => readonly unknown[];
  readonly machine: Machine;
}

/** What a client's platform is like, where it is not what its adapter says. */
function platformOf(adapter: FakeAdapter, { reaches, devices, plugs, storage }: Coming): MeetingAdapter {
  const { devices: controller, capture, ...platform } = adapter;
  const reached = reaches ? reaches.adapter.capture : capture;
  return {
    ...platform,
    ...(devices !== false && { devices: controller }),
    ...(reached && { capture: reached }),
    ...plugs,
    ...(storage && { storage }),
  };
}

interface MeetingOptions {
  readonly vouches?: Vouches;
  readonly randomId?: () => string;
  /** `false` where so many are told that `told` would be the greater part of what is in memory. */
  readonly keepsHooks?: boolean;
}

/** Real sessions, on as many devices as wanted, over one network and one simulated clock. */
export function meeting({ vouches, randomId, keepsHooks = true }: MeetingOptions = {}) {
  const clock = simulatedClock();
  const network = inMemoryNetwork({ clock, ...(vouches && { vouches }) });
  const clients: Client[] = [];

  /** Lets everything happen that is due within a time. */
  async function passes(ms = 0): Promise<void> {
    const end = clock.now() + ms;
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (clock.runOne()) continue;
      const next = clock.nextAt();
      if (next === undefined || next > end) break;
      clock.advanceTo(next);
    }
    clock.advanceTo(end);
  }

  /** A client that has not joined yet. */
  function comes(id: string, coming: Coming = {}): Client {
    const {
      role = 'participant',
      endpoint,
      policy,
      channel,
      name,
      document,
      texts,
      presents = 'assumed',
      recorder = {},
    } = coming;
    const connected = network.connect({
      participantId: id,
      role,
      ...(channel && { channel }),
      ...(endpoint !== undefined && { endpoint }),
    });
    const { clock: own, transport, machine } = machineWith(clock, connected);
    const adapter = fakeAdapter({
      meetingId: 'weekly',
      self: { id, role, ...(channel && { channel }), ...(name !== undefined && { name }) },
      transport,
      clock: own,
      recorder: role === 'participant' ? false : recorder,
    });
    const session = createSessionWith(
      {
        adapter: platformOf(adapter, coming),
        clock: own,
        presents,
        ...(policy !== undefined && { policy }),
        ...(document && { document }),
        ...(coming.notifications && { notifications: coming.notifications }),
        ...(coming.ledger && { ledger: coming.ledger }),
        ...(coming.records && { records: coming.records }),
        ...(texts && { texts }),
        ...(coming.inspect && { inspect: coming.inspect }),
        ...(coming.cues && { cues: coming.cues }),
        ...(randomId && { randomId }),
      },
      { loaded: coming.modules ? { ...everything, modules: coming.modules } : everything },
    );
    const hooks: { hook: string; payload: unknown }[] = [];
    if (keepsHooks) session.onAny((hook) => void hooks.push(hook));
    const told = (name: string) => hooks.filter(({ hook }) => hook === name).map(({ payload }) => payload);
    const client = { session, adapter, told, machine };
    clients.push(client);
    return client;
  }

  return {
    clock,
    network,
    passes,
    comes,
    async joins(id: string, coming: Coming = {}): Promise<Client> {
      const client = comes(id, coming);
      void client.session.join();
      await passes();
      return client;
    },
    /** What a promise comes to within a time; `undefined` where it is still open. */
    async within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
      let settled: T | undefined;
      void promise.then((value) => {
        settled = value;
      });
      await passes(ms);
      return settled;
    },
    /** What the platform does by itself, as everybody's adapter sees it. */
    async sees(capture: SeenCapture): Promise<void> {
      for (const { adapter } of clients) adapter.seesCapture(capture);
      await passes();
    },
  };
}
