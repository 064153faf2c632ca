import { systemClock } from '../core/clock.ts';
import { randomId } from '../core/ids.ts';
import { Mailbox } from '../core/mailbox.ts';
import { checkKind, checkMethods, checkText, misuse, ports } from '../core/misuse.ts';
import { Timers } from '../core/timers.ts';
import { compareEpochs, highestEpoch, isPlausibleEpoch, nextEpoch } from '../participants/epoch.rules.ts';
import type { Channel, Endpoint, Epoch, RecordingId } from '../participants/participants.types.ts';
import { regionLaw } from '../policy/law.ts';
import { parsePolicy } from '../policy/policy.parse.ts';
import { steadyCapture } from '../recording/steady-capture.ts';
import { Chunks } from '../transport/chunks.ts';
import { forHosts } from '../transport/host-messages.parse.ts';
import type { ClientMessage, Message } from '../transport/messages.types.ts';
import { textsOf } from '../transport/texts.ts';
import { times } from '../transport/times.ts';
import { allModules } from './all-modules.ts';
import { decidingAuthority } from './authority.ts';
import type { DecidingAuthority, DecidingOptions, Inheritance } from './authority.types.ts';
import { EpochHints } from './epoch-hints.ts';
import { parseHandedOver } from './hand-over.parse.ts';
import type { Authority, AuthorityOptions } from './standalone.types.ts';

/** How often it looks whether what it captured has ended, when it stops. */
const stoppingMs = 100;

/** @throws TypeError */
function checkOptions(options: AuthorityOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw misuse('createAuthority: options', "an object such as { meetingId: 'weekly', transport }", options);
  }
  const { meetingId, transport, noticeVersion, onProblem } = options;
  checkText('createAuthority: meetingId', meetingId, 'weekly');
  if (transport === undefined) throw misuse('createAuthority: transport', 'a Transport', transport);
  for (const name of ['transport', 'capture', 'ledger', 'clock'] as const) {
    checkMethods(`createAuthority: ${name}`, ports[name], options[name]);
  }
  checkMethods('createAuthority: records', ['begin'], options.records);
  if (noticeVersion !== undefined) checkText('createAuthority: noticeVersion', noticeVersion, '2030-01-01');
  if (onProblem !== undefined) checkKind('createAuthority: onProblem', 'function', onProblem);
}

/**
 * An authority of its own, for a server or any other process that hosts trust to decide.
 * @throws NoticeError `policy/invalid`, with its JSON pointer; TypeError when the options cannot be meant.
 */
export function createAuthority(options: AuthorityOptions): Authority {
  checkOptions(options);
  const { meetingId, transport, capture, noticeVersion, records, clock = systemClock, onProblem } = options;
  const ledger = records?.ledger ?? options.ledger;
  const policy = options.policy === undefined ? undefined : parsePolicy(options.policy);
  const adminPolicy = options.adminPolicy == null ? undefined : parsePolicy(options.adminPolicy, { admin: true });
  const { selfId } = transport;
  const ownId = transport.participantOf(selfId) ?? selfId;
  const doubt = (code: string, from: Endpoint) => onProblem?.({ code, from });
  const mailbox = new Mailbox(() => doubt('session/task-threw', selfId));
  const timers = new Timers(clock, mailbox);
  const modules = allModules();
  const facts = new Map<Endpoint, { channel?: Channel; sdk?: boolean }>();
  const answered = new Set<Endpoint>();
  const left = new Set<RecordingId>();
  let highest: Epoch | undefined;
  /** The highest that a participant has named, before this one decides. */
  let hint: Epoch | undefined;
  let deciding: DecidingAuthority | undefined;
  let decided: (() => void) | undefined;
  let starting: Promise<void> | undefined;
  let close: (() => void) | undefined;

  function send(message: Message, to: 'all' | readonly Endpoint[]): void {
    const others = to === 'all' ? to : to.filter((endpoint) => endpoint !== selfId);
    if (others.length === 0) return;
    const failed = () => doubt('transport/send-failed', selfId);
    const texts = textsOf(message);
    if (!texts) doubt('protocol/too-long', selfId);
    try {
      for (const text of texts ?? []) {
        const sent = transport.send(text, others);
        if (sent instanceof Promise) sent.catch(failed);
      }
    } catch {
      failed();
    }
  }

  /** Whether the transport vouches for the sender as somebody whose word about epochs counts. */
  function mayDecide(from: Endpoint): boolean {
    const id = transport.participantOf(from);
    const role = id === undefined ? undefined : transport.roleOf(id);
    return role !== undefined && role !== 'participant';
  }

  const chunks = new Chunks(mayDecide, forHosts);
  const hints = new EpochHints({
    timers,
    now: () => clock.now(),
    authority: () => deciding,
    highest: () => highest,
    participantOf: (endpoint) => transport.participantOf(endpoint),
    ask(holder) {
      const endpoints = (transport.present() ?? []).filter((each) => transport.participantOf(each) === holder);
      send({ t: 'hello', id: randomId(), devices: false }, endpoints);
    },
    renew(over, isStuck) {
      const state = parseHandedOver(deciding?.exportState(undefined) ?? '');
      if (!deciding || (!state && !isStuck)) return false;
      const from = deciding.epoch;
      deciding.close(state ? 'handed-over' : 'superseded');
      deciding = undefined;
      hint = over;
      decide(state && { how: 'hand-over', state, from });
      return true;
    },
    doubt,
  });

  function heard(epoch: Epoch, from: Endpoint): void {
    if (!isPlausibleEpoch(epoch, highest)) {
      doubt('protocol/implausible-epoch', from);
      return;
    }
    highest = highestEpoch(epoch, highest);
    if (!deciding || compareEpochs(epoch, deciding.epoch) <= 0) return;
    // A host's client decides meanwhile: it is followed up, as this one is there for the hosts.
    deciding.close('superseded');
    deciding = undefined;
    decide();
  }

  /** A participant's word about epochs is a hint. */
  function hinted(epoch: Epoch, from: Endpoint): void {
    if (deciding) hints.heard(epoch, from);
    else if (isPlausibleEpoch(epoch, highest)) hint = highestEpoch(epoch, hint);
  }

  function decide(before?: Inheritance): void {
    timers.clear('election');
    if (deciding || !close) return;
    const options = {
      meetingId,
      epoch: nextEpoch(highestEpoch(highest, hint), ownId, randomId()),
      send,
      roleOf: (id) => transport.roleOf(id),
      capture: capture && steadyCapture(capture),
      policy,
      adminPolicy,
      law: regionLaw,
      noticeVersion,
      ledger,
      records,
      clock,
      mailbox,
      randomId,
      ask,
      doubt,
      before,
      left,
    } satisfies DecidingOptions;
    deciding = decidingAuthority(options, modules);
    for (const endpoint of transport.present() ?? []) joined(endpoint);
    deciding.gathered();
    decided?.();
  }

  function joined(endpoint: Endpoint): void {
    const id = transport.participantOf(endpoint);
    if (id !== undefined && endpoint !== selfId) deciding?.joined(endpoint, id, facts.get(endpoint) ?? {});
  }

  function receive(data: string, from: Endpoint): void {
    const parsed = chunks.read(data, from);
    if (!parsed) return;
    const { message, code } = parsed;
    if (!message || transport.participantOf(from) === undefined) {
      doubt(code ?? 'protocol/unknown-sender', from);
      return;
    }
    if (message.t === 'hello' && mayDecide(from)) {
      send({ t: 'highest', epoch: deciding?.epoch ?? highest ?? null, re: message.id }, [from]);
    }
    if (message.t === 'highest') {
      answered.add(from);
      if (message.epoch && mayDecide(from)) heard(message.epoch, from);
      else if (message.epoch) hinted(message.epoch, from);
      if (!deciding && transport.present()?.every((endpoint) => answered.has(endpoint))) decide();
    } else if ('epoch' in message && message.t !== 'command' && message.t !== 'alive' && mayDecide(from)) {
      heard(message.epoch, from);
    }
    deciding?.receive(message as ClientMessage, from);
  }

  /** Asks everyone for the highest epoch that they have heard of. */
  const ask = () => send({ t: 'hello', id: randomId(), devices: false }, 'all');

  /** Opens the transport, and asks. */
  function open(): void {
    const post = (task: () => void) => mailbox.post(() => close && task());
    close = transport.receive({
      message: (data, from) => post(() => receive(data, from)),
      joined: (endpoint, said) =>
        post(() => {
          facts.set(endpoint, said);
          joined(endpoint);
        }),
      left: (endpoint) =>
        post(() => {
          facts.delete(endpoint);
          deciding?.left(endpoint);
        }),
      state: () => {},
    });
    ask();
    if (transport.present()?.length === 0) decide();
    else timers.set('election', times.electionMs, () => decide());
  }

  function whenStopped(done: () => void): void {
    if (!deciding || deciding.stopAll('authority/left')) {
      deciding?.close('closed');
      deciding = undefined;
      close?.();
      close = undefined;
      timers.clearAll();
      done();
    } else timers.set('stopping', stoppingMs, () => whenStopped(done));
  }

  return {
    start() {
      starting ??= new Promise((resolve) => {
        decided = resolve;
        mailbox.post(open);
      });
      return starting;
    },
    stop() {
      starting = undefined;
      return new Promise((resolve) => mailbox.post(() => whenStopped(resolve)));
    },
  };
}
