import type { Status } from '../../participants/participants.types.ts';
import type { Happened, HookLine } from '../history.types.ts';
import type { SimulatedParticipant } from '../parsed.types.ts';
import type { SimulationResult } from '../simulation.types.ts';

export type Sign = 'prompt' | 'banner' | 'agreed' | 'refused' | 'withdrew' | 'expired';

/** A stretch of time in which something was so. */
interface Stretch<T> {
  readonly what: T;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What one participant's lane shows. */
export interface Lane {
  readonly participant: SimulatedParticipant;
  readonly present: readonly Stretch<'connected' | 'disconnected'>[];
  /** What their client says of the recording. */
  readonly indicator: readonly Stretch<Exclude<Status, 'off'>>[];
  readonly captures: readonly Stretch<string>[];
  readonly signs: readonly { readonly sign: Sign; readonly at: number }[];
}

/** One lane a participant, in the order of the scenario. */
export function lanesOf({ scenario, history, lines, summary, untilMs }: SimulationResult): Lane[] {
  return scenario.participants.map((participant) => {
    const { id } = participant;
    const own = lines.filter((line) => line.participant === id);
    return {
      participant,
      present: presenceOf(history, id, untilMs),
      indicator: indicatorOf(own, untilMs),
      captures: summary.captures
        .filter(({ participantId }) => participantId === id)
        .map(({ recordingId, fromMs, toMs }) => ({ what: recordingId, fromMs, toMs })),
      signs: own.flatMap((line) => {
        const sign = signOf(line);
        return sign ? [{ sign, at: line.at }] : [];
      }),
    };
  });
}

function presenceOf(history: readonly Happened[], id: string, untilMs: number): Lane['present'] {
  const changes = history.flatMap((event) => {
    if (event.kind !== 'presence' || event.participant !== id) return [];
    const { state, at } = event;
    const isHere = state === 'joined' || state === 'reconnected' ? ('connected' as const) : undefined;
    return [{ at, what: state === 'disconnected' ? ('disconnected' as const) : isHere }];
  });
  return stretches(changes, untilMs);
}

function indicatorOf(own: readonly HookLine[], untilMs: number): Lane['indicator'] {
  const changes = own.flatMap(({ at, hook, payload }) => {
    if (hook !== 'indicatorChanged') return [];
    const { purpose, status } = payload as { purpose: string; status: Status };
    return purpose === 'recording' ? [{ at, what: status === 'off' ? undefined : status }] : [];
  });
  return stretches(changes, untilMs);
}

function stretches<T>(changes: readonly { at: number; what: T | undefined }[], untilMs: number): Stretch<T>[] {
  return changes.flatMap(({ at, what }, place) => {
    const toMs = changes[place + 1]?.at ?? untilMs;
    return what === undefined || toMs <= at ? [] : [{ what, fromMs: at, toMs }];
  });
}

function signOf({ hook, payload, participant }: HookLine): Sign | undefined {
  if (hook === 'noticeRaised') return (payload as { kind: 'prompt' | 'banner' }).kind;
  if (hook !== 'consentChanged') return undefined;
  const { participantId, consent } = payload as { participantId: string; consent: string };
  if (participantId !== participant) return undefined;
  switch (consent) {
    case 'given':
    case 'acknowledged':
      return 'agreed';
    case 'refused':
      return 'refused';
    case 'withdrawn':
      return 'withdrew';
    case 'expired':
      return 'expired';
    default:
      return undefined;
  }
}
