import { allModules } from '../../src/authority/all-modules.ts';
import { decidingAuthority } from '../../src/authority/authority.ts';
import type { DecidingOptions } from '../../src/authority/authority.types.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import { Mailbox } from '../../src/core/mailbox.ts';
import type { Endpoint } from '../../src/participants/participants.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { fakeAdapter } from '../../src/testing/fake-adapter.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { messageText, parseMessage } from '../../src/transport/messages.parse.ts';
import type { ClientMessage, Message } from '../../src/transport/messages.types.ts';

export const hostId = 'host';

/** The id of the participant at a place, as long as those that platforms give. */
export const idAt = (place: number): string => `participant-${String(place).padStart(8, '0')}`;

interface LargeMeetingOptions {
  readonly people: number;
  /** Where the authority's messages go. */
  readonly send?: (message: Message, to: 'all' | readonly Endpoint[]) => void;
}

/** Real timers, and one instant that lasts: an authority whose own timer is late takes nothing before it has asked. */
function lastingInstant(): Clock {
  const now = systemClock.now();
  return { ...systemClock, now: () => now };
}

/**
 * An authority with a host and many participants, who speak to it in the text that travels. A recording can be asked
 * for: under `all-party` it waits for everyone's answer, so that answers change nothing else.
 */
export async function largeMeeting({ people, send = () => {} }: LargeMeetingOptions) {
  const clock = lastingInstant();
  const { capture } = fakeAdapter({ clock });
  let problem: unknown;
  const mailbox = new Mailbox((error) => {
    problem = error;
  });
  const epoch = { number: 1, id: hostId, incarnation: 'bench' };
  let ids = 0;
  const options: DecidingOptions = {
    meetingId: 'bench',
    epoch,
    send,
    roleOf: (id) => (id === hostId ? 'host' : 'participant'),
    capture,
    policy: parsePolicy('all-party'),
    clock,
    mailbox,
    randomId() {
      ids += 1;
      return `id-${ids}`;
    },
    left: new Set(),
    ask: () => {},
    doubt: (code) => {
      problem = new Error(code);
    },
  };
  const authority = decidingAuthority(options, allModules());
  // It speaks once its recorder has told what it runs.
  await new Promise((resolve) => setImmediate(resolve));

  /** What `from` has sent arrives: it is decoded, checked, applied and told. */
  function hears(from: Endpoint, text: string): void {
    const { message, code } = parseMessage(text, forHosts);
    if (!message) throw new Error(code);
    mailbox.post(() => authority.receive(message as ClientMessage, from));
    if (problem) throw problem;
  }

  function joins(id: string): void {
    mailbox.post(() => authority.joined(id, id, {}));
    hears(id, messageText({ t: 'hello', id: `hello-${id}`, name: `Name of ${id}`, devices: true }));
  }

  joins(hostId);
  for (let place = 0; place < people; place += 1) joins(idAt(place));
  return {
    epoch,
    hears,
    joins,
    /** The host asks to record. */
    asks(): void {
      hears(
        hostId,
        messageText({ t: 'command', id: 'ask', epoch, command: { do: 'requestRecording', storage: 'cloud' } }),
      );
    },
  };
}
