/** What decides about one device. The lock and the hold are locks of their own: neither ends the other (G13). */
export interface DeviceFacts {
  /** The person's own switch. */
  readonly on: boolean;
  /** A moderator keeps it off. */
  readonly locked: boolean;
  /** A consent hold keeps it off. */
  readonly held: boolean;
  /** Switched off by the person while it was held: the end of the hold gives it back no more. */
  readonly declined: boolean;
}

/** What happens to one device. */
export type DeviceEvent =
  | { readonly type: 'switched-on' }
  | { readonly type: 'switched-off' }
  | { readonly type: 'locked' }
  | { readonly type: 'unlocked' }
  | { readonly type: 'held' }
  | { readonly type: 'released'; readonly restore: boolean };

export const deviceAtStart: DeviceFacts = { on: false, locked: false, held: false, declined: false };

/** Whether the device sends. */
export const isSending = ({ on, locked, held }: DeviceFacts): boolean => on && !locked && !held;

/**
 * The facts after an event; the very same ones if it changes nothing. A lock and a hold turn the switch off, as a mute
 * does, and the end of a lock turns nothing on: only the person does, by the switch, or by the answer that ends a hold.
 * What is locked then is not given back, nor later.
 */
export function factsAfter(facts: DeviceFacts, event: DeviceEvent): DeviceFacts {
  const { locked, held, declined } = facts;
  switch (event.type) {
    case 'switched-on':
      return locked || held ? facts : changed(facts, { on: true });
    case 'switched-off':
      return changed(facts, { on: false, declined: held });
    case 'locked':
      return changed(facts, { on: false, locked: true });
    case 'unlocked':
      return changed(facts, { locked: false });
    case 'held':
      return changed(facts, { on: false, held: true });
    case 'released':
      return changed(facts, { on: facts.on || (event.restore && !locked && !declined), held: false, declined: false });
  }
}

function changed(facts: DeviceFacts, change: Partial<DeviceFacts>): DeviceFacts {
  const after = { ...facts, ...change };
  const isSame = (Object.keys(after) as (keyof DeviceFacts)[]).every((fact) => after[fact] === facts[fact]);
  return isSame ? facts : after;
}
