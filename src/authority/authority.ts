import { Timers } from '../core/timers.ts';
import { sameEpoch } from '../participants/epoch.rules.ts';
import type { Endpoint, ParticipantId } from '../participants/participants.types.ts';
import type { ClientMessage, MeetingState } from '../transport/messages.types.ts';
import { times } from '../transport/times.ts';
import { Acknowledgements } from './acknowledgements.ts';
import { AnswerDesk } from './answer-desk.ts';
import { Attendance } from './attendance.ts';
import { AttentionDesk } from './attention-desk.ts';
import type { AuthorityContext, DecidingAuthority, DecidingOptions } from './authority.types.ts';
import { AwaitedCommands } from './awaited-commands.ts';
import { CommandDesk } from './command-desk.ts';
import { applyInheritance, canMove, endedElsewhere, exportState, stopUntilEnded } from './hand-over.ts';
import { meetingState } from './meeting-state.ts';
import { type Modules, recordsDeskOf } from './modules.ts';
import { isHosting, People, type Person, roleAmongPeople, type Seat } from './people.ts';
import { PersonalStates } from './personal-states.ts';
import { PolicyDesk } from './policy-desk.ts';
import { Publisher } from './publisher.ts';
import { Recordings } from './recordings.ts';
import type { Answered } from './records-desk.types.ts';
import { Strays } from './strays.ts';
import { TranscriptDesk } from './transcript-desk.ts';
import { Wake } from './wake.ts';
import { Withdrawals } from './withdrawals.ts';

/** Makes an authority, with what it must begin with at hand. It speaks at once: a new epoch makes every client say hello. */
export function decidingAuthority(options: DecidingOptions, modules: Modules): DecidingAuthority {
  const people = new People();
  const timers = new Timers(options.clock, options.mailbox);
  const startedAt = options.clock.now();
  const changed = {
    meeting: () => publisher.meetingChanged(),
    person(id: ParticipantId) {
      publisher.personChanged(id);
      transcripts.personChanged(id);
    },
    everyone: () => {
      for (const person of people.all) changed.person(person.id);
    },
    released: (id: ParticipantId) => withdrawals.released(id),
  };
  const context: AuthorityContext = {
    options,
    people,
    timers,
    // Small whole numbers, which engines keep in their field.
    now: () => Math.floor(options.clock.now() - startedAt),
    post: (task) => options.mailbox.post(() => !state.isClosed && task()),
    isHandingOver: () => state.isFrozen,
    changed,
  };
  const state = { isClosed: false, isFrozen: false, hasLeft: false };
  const policies = new PolicyDesk(context);
  const recordings = new Recordings(context, policies.policy, modules);
  const personal: PersonalStates = new PersonalStates(context, recordings, (id) => records?.rightsOf(id));
  const attendance = new Attendance(context, recordings);
  const attention = new AttentionDesk(context, policies);
  const ledger =
    options.ledger && new (modules.have('ledger').LedgerDesk)(context, options.ledger, () => publisher.tellHead());
  const transcripts = new TranscriptDesk(context, recordings, policies, modules);
  const records = ledger && recordsDeskOf(modules, options)?.({ context, recordings, personal, transcripts, ledger });
  const commands = new CommandDesk(context, recordings, policies, attention, transcripts, ledger, records);
  const desks = [policies, attention, transcripts, commands];
  const publisher = new Publisher({
    options,
    people,
    now: context.now,
    meeting,
    personal: (id) => (ledger ? ledger.told(id, personal.of(id)) : personal.of(id)),
    row: (id) => personal.row(id),
    ledgerHead: () => ledger?.head,
  });
  const withdrawals = new Withdrawals(recordings);
  const acknowledgements = new Acknowledgements(options, publisher, ledger);
  const acknowledge = (seat: Seat, id: string, outcome: Answered) => {
    flush();
    acknowledgements.send(seat, id, outcome);
  };
  const awaited = new AwaitedCommands({ context, modules, receive, acknowledge });
  const answers = new AnswerDesk({ recordings, personal, withdrawals, ledger, acknowledgements, flush });
  const parts = { context, recordings, policies, commands, attention, transcripts, ledger };
  /** Endpoints that the transport vouches for as servers: nobody in the meeting, and trusted with what an engine hears. */
  const servers = new Set<Endpoint>();
  const wake = new Wake(context, () => flush());
  const strays = new Strays(context, recordings, () => policies.policy);

  function meeting(): MeetingState {
    ledger?.recordings(recordings.states, recordings.lives);
    ledger?.transcripts(transcripts.views);
    return meetingState(recordings.states, people, policies.policy, attention.state, {
      transcripts: transcripts.views,
      erasures: records?.erasures,
      kept: ledger !== undefined,
      closed: state.hasLeft,
    });
  }

  function refreshRole(person: Person): void {
    if (!people.takeRole(person, roleAmongPeople(options.roleOf(person.id)))) return;
    changed.meeting();
    changed.person(person.id);
  }

  function heard(seat: Seat, message: ClientMessage): void {
    seat.heardAt = context.now();
    const { person } = seat;
    refreshRole(person);
    // Whoever says hello knows nothing yet: they are back once they have heard what is done with them (G1, G2).
    if (!person.absent || message.t === 'hello') return;
    person.absent = false;
    recordings.enter(person);
  }

  function hello(seat: Seat, message: Extract<ClientMessage, { t: 'hello' }>): void {
    const isFirst = seat.said === 'nothing';
    people.hello(seat, message);
    attention.shares(seat, message.sharing === true);
    timers.clear(`hello ${seat.endpoint}`);
    if (seat.person.channel === 'bot') changed.meeting();
    if (policies.personChanged(seat.person)) recordings.tighten(policies.policy);
    if (isFirst) recordings.enter(seat.person);
    // They may have decided, and not have stopped what they captured.
    if (isFirst && isHosting(seat.person)) strays.ask();
    flush();
    publisher.welcome(seat, message.id);
  }

  function receive(message: ClientMessage, from: Endpoint): void {
    const seat = people.seat(from);
    if (seat && state.isFrozen) seat.heardAt = context.now();
    // What the platform does is no part of what is handed over: it is heard at any time.
    if (state.isClosed || ((state.isFrozen || wake.isAsking()) && message.t !== 'seen')) return;
    if (!seat) {
      if (servers.has(from) && message.t === 'command' && message.command.do === 'feedSegment')
        acknowledgements.send({ endpoint: from }, message.id, transcripts.feed(message.command, from));
      else if (message.t !== 'hello') options.doubt('protocol/unknown-sender', from);
      return;
    }
    heard(seat, message);
    if (message.t === 'hello') {
      hello(seat, message);
      return;
    }
    if (seat.said !== 'hello') return;
    switch (message.t) {
      case 'answer':
        answers.answer(seat, message);
        break;
      case 'shown':
        answers.shown(seat, message);
        break;
      case 'signed':
        ledger?.receipts.signed(seat, message);
        break;
      case 'got':
        publisher.confirmed(seat, message.n, message.held);
        recordings.decide([seat.person.id]);
        break;
      case 'alive':
      case 'again':
      case 'there?':
        publisher.asked(seat, message);
        break;
      case 'command':
        // Never replayed to another authority than it was meant for.
        if (sameEpoch(message.epoch, options.epoch) && !awaited.putsAside(seat, message))
          acknowledge(seat, message.id, commands.take(seat, message.id, message.command));
        break;
      case 'segments?':
        if (!transcripts.asked(seat, message)) options.doubt('session/not-permitted', from);
        break;
      case 'seen':
      case 'ended':
        if (!isHosting(seat.person)) options.doubt('session/not-permitted', from);
        else if (message.t === 'seen') recordings.seen.see(message.captures);
        else endedElsewhere(context, recordings, message.recordingId);
        break;
      default:
        break;
    }
  }

  function tick(): void {
    timers.set('tick', times.tickMs, tick);
    const now = context.now();
    const isAsking = wake.isAsking();
    wake.ticked(now);
    attendance.watch(publisher.aliveMs);
    // Whoever becomes a host is seen to be one when they next speak.
    for (const person of [...people.hosting]) refreshRole(person);
    if (!isAsking && !strays.isAsking) publisher.tick(now);
    transcripts.tick();
  }

  function flush(): void {
    const isQuiet = wake.isAsking() || strays.isAsking;
    transcripts.settle(isQuiet);
    records?.settle();
    if (!isQuiet) speak();
  }

  function speak(): void {
    acknowledgements.sendSettled(withdrawals);
    publisher.flush();
  }

  const unsubscribe = options.capture?.subscribe((fact) => context.post(() => recordings.own?.captureTold(fact)));
  const stopFlushing = options.mailbox.afterEach(() => {
    if (!state.isClosed) flush();
  });

  const authority: DecidingAuthority = {
    epoch: options.epoch,
    parts: [...desks, state, people, timers, recordings, personal, publisher, withdrawals, wake],
    joined(endpoint, participantId, facts) {
      // A server that decides is nobody in the meeting.
      if (options.roleOf(participantId) === 'authority') {
        servers.add(endpoint);
        return;
      }
      const { seat, isNew } = people.enter(endpoint, participantId, {
        role: roleAmongPeople(options.roleOf(participantId)),
        channel: facts.channel,
        sdk: facts.sdk ?? true,
        at: context.now(),
      });
      if (seat.said === 'hello') return;
      changed.meeting();
      if (isNew || facts.sdk === false) {
        recordings.enter(seat.person);
        if (policies.personChanged(seat.person)) recordings.tighten(policies.policy);
      }
      attendance.awaitHello(seat);
    },
    left(endpoint) {
      timers.clear(`hello ${endpoint}`);
      servers.delete(endpoint);
      attention.left(endpoint);
      transcripts.left(endpoint);
      const left = people.leave(endpoint);
      if (!left) return;
      changed.meeting();
      changed.person(left.seat.person.id);
      if (!left.gone) return;
      publisher.forget(left.seat);
      ledger?.left(left.seat.person.id);
      recordings.leave(left.seat.person, true);
    },
    suspend: (endpoint) => attendance.suspend(endpoint),
    gathered: () => recordings.gathered(),
    receive: (message, from) => strays.whenAnswered(() => receive(message, from)),
    exportState: (to) => exportState(parts, to, attendance.unheard(publisher.aliveMs)),
    freeze(frozen) {
      state.isFrozen = frozen;
      if (frozen) return;
      ledger?.goOn();
      attendance.awaitHellos();
      recordings.decide([]);
    },
    stopWhatCannotMove(to) {
      const { own } = recordings;
      if (own?.isRunning && !canMove(own, people.seat(to))) own.stop('stopped', 'platform', 'authority/handed-over');
    },
    stopAll(code) {
      if (recordings.own) recordings.end('stopped', 'platform', code);
      return recordings.own === undefined && !strays.isAsking;
    },
    close(how, stopped) {
      if (state.isClosed) return;
      if (how === 'closed') {
        state.hasLeft = true;
        attention.end();
        transcripts.close();
        recordings.purposes?.endAll('platform', 'authority/left');
        publisher.meetingChanged();
        speak();
      }
      records?.close();
      ledger?.close(how);
      state.isClosed = true;
      unsubscribe?.();
      stopFlushing();
      const { own } = recordings;
      // Another authority decides: whatever this one captures ends, even if nobody waits for it any more.
      const isOurs = own?.isRunning && own.request.isReachable;
      if (isOurs && how === 'superseded') stopUntilEnded(options, own, stopped);
      own?.dispose();
      timers.clearAll();
    },
  };

  applyInheritance(parts);
  strays.begin();
  strays.whenAnswered(() => attendance.awaitHellos());
  publisher.meetingChanged();
  timers.set('tick', times.tickMs, tick);
  return authority;
}
