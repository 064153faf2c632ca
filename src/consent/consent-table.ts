import { consentMachine } from './consent.machine.ts';
import type { Consent, ConsentEvent } from './consent.types.ts';

/** The states of the chart; their places are what the roster's rows hold. */
export const consentStates = Object.keys(consentMachine.config.states ?? {}) as ('unasked' | Consent)[];

type Row = Readonly<Partial<Record<ConsentEvent['type'], number>>>;

const places = new Map(consentStates.map((state, place) => [state as string, place]));

/** The chart as a table, place by place: the next place for each event that moves it. */
export const consentTable: readonly Row[] = consentStates.map((state) =>
  Object.fromEntries(
    Object.entries(consentMachine.config.states?.[state]?.on ?? {}).map(([event, target]) => [
      event,
      places.get(target as string),
    ]),
  ),
);

export const unaskedPlace = places.get('unasked') as number;
