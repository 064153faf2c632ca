import type { Session } from '../../src/session/session.types.ts';
import type { Act } from '../../src/simulator/parsed.types.ts';

/** Something that somebody does once, as soon as they can or at any time after. */
export interface Deed {
  readonly act: Act;
  /** Whether it can be done now, by what this person's own client shows. */
  readonly canBeDone: (session: Session) => boolean;
}

const anytime = (): boolean => true;
const isAsked = (session: Session): boolean => session.getSnapshot().notices.some(({ kind }) => kind === 'prompt');
const isOn = (session: Session): boolean => session.status('recording') === 'on';
const purpose = 'recording';

/** Who may be there. */
export const people = [
  { id: 'hana', role: 'host' },
  { id: 'cora', role: 'co-host' },
  { id: 'bo', role: 'participant' },
  { id: 'dee', role: 'participant' },
] as const;

/** What each does, in this order: a recording is asked for, answered by everyone, withdrawn from by one, and stopped. */
export const deeds: Readonly<Record<string, readonly Deed[]>> = {
  hana: [
    { act: { who: 'hana', does: 'requestsRecording', storage: 'cloud' }, canBeDone: anytime },
    { act: { who: 'hana', does: 'stopsRecording' }, canBeDone: isOn },
  ],
  cora: [{ act: { who: 'cora', does: 'givesConsent', purpose }, canBeDone: isAsked }],
  bo: [{ act: { who: 'bo', does: 'givesConsent', purpose }, canBeDone: isAsked }],
  dee: [
    { act: { who: 'dee', does: 'givesConsent', purpose }, canBeDone: isAsked },
    { act: { who: 'dee', does: 'withdrawsConsent', purpose }, canBeDone: isOn },
  ],
};
