import { allModules } from '../../src/authority/all-modules.ts';
import { decidingAuthority } from '../../src/authority/authority.ts';
import type { DecidingOptions } from '../../src/authority/authority.types.ts';
import type { Modules } from '../../src/authority/modules.ts';
import type { Answer } from '../../src/consent/consent.types.ts';
import type { Channel, Endpoint, Role } from '../../src/participants/participants.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { PolicyInput, PresetName } from '../../src/policy/policy.types.ts';
import type { CaptureCapabilities } from '../../src/recording/capture.types.ts';
import type { Command } from '../../src/transport/command.types.ts';
import type {
  AcknowledgedOutcome,
  AuthorityMessage,
  ClientMessage,
  HelloMessage,
  MeetingState,
  PersonalState,
  RecordingState,
} from '../../src/transport/messages.types.ts';
import { desk, recorderInHand } from './recorder-in-hand.ts';

export const epoch = { number: 7, id: 'hana', incarnation: 'x' };

interface Coming {
  readonly role?: Role;
  /** Where it is not the id. */
  readonly endpoint?: string;
  readonly channel?: Channel;
  readonly sdk?: boolean;
  readonly hello?: Partial<HelloMessage> | false;
}

interface Deciding extends Partial<Omit<DecidingOptions, 'policy'>> {
  readonly policy?: PolicyInput | PresetName;
  readonly can?: Partial<CaptureCapabilities>;
  /** By default all are at hand. */
  readonly modules?: Modules;
}

/** An authority by itself: the test is the clients, the transport and the recorder. */
export function decides({ policy = 'gdpr', can, modules = allModules(), ...more }: Deciding = {}) {
  const { clock, mailbox, errors, passes } = desk();
  const recorder = recorderInHand(can);
  const roles = new Map<string, Role | 'authority'>();
  const sent: { readonly message: AuthorityMessage; readonly to: 'all' | readonly Endpoint[] }[] = [];
  const doubts: string[] = [];
  let asks = 0;
  let ids = 0;
  const options: DecidingOptions = {
    meetingId: 'weekly',
    epoch,
    send: (message, to) => void sent.push({ message: message as AuthorityMessage, to }),
    roleOf: (id) => roles.get(id),
    capture: recorder.capture,
    policy: parsePolicy(policy),
    clock,
    mailbox,
    randomId: () => `id-${++ids}`,
    left: new Set(),
    ask: () => {
      asks += 1;
    },
    doubt: (code, from) => void doubts.push(`${code} ${from}`),
    ...more,
  };
  const authority = decidingAuthority(options, modules);
  let from = 0;

  const does = (task: () => void): void => mailbox.post(task);
  const says = (endpoint: Endpoint, message: ClientMessage): void => does(() => authority.receive(message, endpoint));
  const isTo = (to: 'all' | readonly Endpoint[], endpoint: Endpoint) => to === 'all' || to.includes(endpoint);
  const last = <T extends AuthorityMessage['t']>(t: T, endpoint: Endpoint) =>
    sent.findLast(({ message, to }) => message.t === t && isTo(to, endpoint))?.message as
      | Extract<AuthorityMessage, { t: T }>
      | undefined;
  const outcomeOf = (id: string): AcknowledgedOutcome | undefined => {
    for (const { message } of sent) if (message.t === 'ack' && message.id === id) return message.outcome;
    return undefined;
  };
  const hello = (endpoint: Endpoint, said: Partial<HelloMessage> = {}): void =>
    says(endpoint, { t: 'hello', id: `hello-${++ids}`, devices: true, ...said });
  const meeting = (): MeetingState | undefined => last('meeting', 'everyone')?.meeting;
  const personal = (endpoint: Endpoint): PersonalState | undefined => last('personal', endpoint)?.personal;

  const all = {
    authority,
    recorder,
    roles,
    clock,
    errors,
    doubts,
    sent,
    passes,
    does,
    says,
    hello,
    outcomeOf,
    personal,
    asks: () => asks,
    /** Everything sent since the last look. */
    told: () => {
      const now = sent.slice(from);
      from = sent.length;
      return now;
    },
    /** Somebody's device is named by the transport, and says hello unless it is not to. */
    joins(id: string, { role = 'participant', endpoint = id, channel, sdk, hello: said = {} }: Coming = {}): void {
      roles.set(id, role);
      const facts = { ...(channel && { channel }), ...(sdk !== undefined && { sdk }) };
      does(() => authority.joined(endpoint, id, facts));
      if (said !== false) hello(endpoint, said);
    },
    leaves: (endpoint: Endpoint) => does(() => authority.left(endpoint)),
    /** The outcome of a command, if it is acknowledged at once. */
    commands(endpoint: Endpoint, command: Command, id = `command-${++ids}`): AcknowledgedOutcome | undefined {
      says(endpoint, { t: 'command', id, epoch, command });
      return outcomeOf(id);
    },
    /** What stands before somebody is on their screen. */
    isShown(endpoint: Endpoint): AcknowledgedOutcome | undefined {
      const [notice] = personal(endpoint)?.notices ?? [];
      const id = `shown-${++ids}`;
      says(endpoint, { t: 'shown', id, noticeId: notice?.noticeId ?? 'none' });
      return outcomeOf(id);
    },
    /** Answers everything that stands open (or withdraws), having seen it; the id of the answer. */
    answers(
      endpoint: Endpoint,
      answer: Answer,
      more: { recordingId?: string; purposes?: readonly string[] } = {},
    ): string {
      const notice = personal(endpoint)?.notices.find(({ kind }) => kind === 'prompt');
      const { recordingId = notice?.recordingId ?? all.recording()?.recordingId ?? 'none' } = more;
      const purposes = more.purposes ?? notice?.purposes ?? ['recording'];
      const id = `answer-${++ids}`;
      says(endpoint, {
        t: 'answer',
        id,
        recordingId,
        revision: ++ids,
        answers: Object.fromEntries(purposes.map((purpose) => [purpose, answer])),
        ...(notice && { noticeId: notice.noticeId, shown: true as const }),
      });
      return id;
    },
    /** A personal state has been carried out, with its hold. */
    carriesOut(endpoint: Endpoint): void {
      const told = last('personal', endpoint);
      const held = told?.personal.hold?.recordingId;
      says(endpoint, { t: 'got', epoch, n: told?.n ?? 0, ...(held !== undefined && { held }) });
    },
    /** Says that it is there, at a time so that it is not absent. */
    isThere: (...endpoints: readonly Endpoint[]) => {
      for (const endpoint of endpoints) says(endpoint, { t: 'alive', epoch, seq: 1000 });
    },
    meeting,
    /** The first recording that everyone is told of. */
    recording: (): RecordingState | undefined => meeting()?.recordings[0],
    statuses: () => meeting()?.recordings.map(({ status }) => status),
    /** The last row of somebody that a host was told. */
    row: (id: string) => {
      for (const { message } of sent.toReversed()) {
        if (message.t !== 'roster') continue;
        const row = message.rows.find(({ participantId }) => participantId === id);
        if (row) return row;
      }
      return undefined;
    },
    /** hana asks for a recording. */
    requests(more: Partial<Extract<Command, { do: 'requestRecording' }>> = {}): AcknowledgedOutcome | undefined {
      return all.commands('hana', { do: 'requestRecording', storage: 'cloud', ...more });
    },
    /** Goes on, while these clients say every two seconds that they are there. */
    async goesOn(ms: number, ...endpoints: readonly Endpoint[]): Promise<void> {
      for (let left = ms; left > 0; left -= 2000) {
        all.isThere(...endpoints);
        await passes(Math.min(2000, left));
      }
    },
  };
  return all;
}
