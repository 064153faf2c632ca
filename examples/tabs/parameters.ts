import type { Channel, Role } from 'meeting-notice';
import { type MediaSource, toneFor } from './own-media.ts';
import { type DemoPolicy, demoPolicy } from './policies.ts';

/** Who this client is, and in which meeting: from its address, or from the door. */
export interface Parameters {
  readonly room: string;
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly channel: Channel;
  readonly source: MediaSource;
  readonly toneHz: number;
  readonly policy: DemoPolicy;
  readonly isTest: boolean;
}

const roles: readonly string[] = ['host', 'co-host', 'participant'];

/** `name` and `source` are what a person chose at the door; a reload finds them again. */
export interface AtDoor {
  readonly id: string;
  readonly name: string;
  readonly source: MediaSource;
}

const keyOf = (room: string): string => `meeting-notice-demo/${room}`;

export function rememberDoor(room: string, chosen: AtDoor): void {
  sessionStorage.setItem(keyOf(room), JSON.stringify(chosen));
}

export function forgetDoor(room: string): void {
  sessionStorage.removeItem(keyOf(room));
}

function rememberedDoor(room: string): AtDoor | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(room)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** What the address and the door say; `undefined` if nobody has said who this is. */
export function parametersFrom(address: URL, door?: AtDoor): Parameters | undefined {
  const { searchParams } = address;
  const room = searchParams.get('room') ?? 'demo';
  const given = searchParams.get('name');
  const chosen = door ?? (given === null ? rememberedDoor(room) : undefined);
  const name = chosen?.name ?? given;
  if (!name) return undefined;
  const role = searchParams.get('role') ?? '';
  return {
    room,
    name,
    id: chosen?.id ?? searchParams.get('id') ?? name.toLowerCase(),
    role: roles.includes(role) ? (role as Role) : 'participant',
    channel: searchParams.get('channel') === 'phone' ? 'phone' : 'app',
    source: chosen?.source ?? (searchParams.get('fake') === '1' ? 'generated' : 'camera'),
    toneHz: Number(searchParams.get('tone')) || toneFor(name),
    policy: demoPolicy(searchParams.get('policy')),
    isTest: searchParams.get('test') === '1',
  };
}
