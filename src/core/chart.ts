/**
 * A flat statechart as plain data: what XState is given, and what a client steps through without it. Each event names
 * the state it leads to.
 */
export interface FlatChart<State extends string, Event extends string> {
  readonly id: string;
  readonly initial: State;
  readonly states: Readonly<
    Record<
      State,
      {
        readonly tags?: readonly string[];
        readonly on?: { readonly [E in Event]?: State };
        readonly type?: 'final';
      }
    >
  >;
}

/** The state after `event`; an event that the state does not know leaves it as it is. */
export const stateAfter = <State extends string, Event extends string>(
  chart: FlatChart<State, Event>,
  state: State,
  event: Event,
): State => chart.states[state].on?.[event] ?? state;

export const hasTag = <State extends string>(chart: FlatChart<State, string>, state: State, tag: string): boolean =>
  chart.states[state].tags?.includes(tag) ?? false;
