import type { Consent, ConsentAsked } from '../consent/consent.types.ts';
import { stricterAsked } from './consent.rules.ts';
import type { ConsentHistory, ConsentStep } from './history.types.ts';
import { dateTime, type JsonLdNode, personIri } from './json-ld.ts';

/** What each step is in DPV. That a notice was shown is no state there: the notice itself says so. */
const states: Readonly<Record<Exclude<Consent, 'shown'>, string>> = {
  requested: 'dpv:ConsentRequested',
  given: 'dpv:ConsentGiven',
  acknowledged: 'dpv:ConsentGiven',
  refused: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  expired: 'dpv:ConsentExpired',
  'cannot-be-asked': 'dpv:ConsentUnknown',
};

const methods: Readonly<Record<Exclude<Consent, 'shown'>, string>> = {
  requested: 'Asked with a notice in the meeting',
  given: 'Chose to agree in the notice; the choices are of equal weight and none is preselected',
  acknowledged: 'Chose to continue after the notice',
  refused: 'Chose to refuse',
  withdrawn: 'Withdrew in the meeting',
  expired: 'Did not answer in time; silence is not agreement',
  'cannot-be-asked': 'Could not be asked',
};

/** Who says so: the controller of what it did, and of what did not come; the person of every answer. */
const byController: readonly Consent[] = ['requested', 'expired', 'cannot-be-asked'];

/** The states that a consent went through, in order; answers that were not applied are none. */
export function consentStatuses(meetingId: string, consent: ConsentHistory, controllerId: string): JsonLdNode[] {
  const statuses: JsonLdNode[] = [];
  let asks: ConsentAsked | undefined;
  // Whoever was asked, or asked themselves, is told as well; that is no request for consent.
  const isAnswered = consent.asks !== 'notice' || consent.steps.some(({ byAsking }) => byAsking);
  let holds = false;
  for (const step of consent.steps) {
    const { consent: state } = step;
    asks = stricterAsked(asks, step.asks);
    if (!step.applied || state === 'shown' || (step.asks === 'notice' && isAnswered)) continue;
    const isConsent = state === 'given' || state === 'acknowledged';
    const by = byController.includes(state) ? controllerId : personIri(meetingId, consent.participantId);
    statuses.push({
      '@type': isConsent ? [holds ? 'dpv:RenewedConsentGiven' : states[state], kindOf(step, asks)] : states[state],
      'dpv:isIndicatedBy': { '@id': by },
      'dpv:isIndicatedAtTime': dateTime(step.at),
      'dpv:hasIndicationMethod': step.byAsking ? 'Asked for it' : methods[state],
      ...(isConsent && { 'dpv:hasDuration': { '@type': 'dpv:UntilEventDuration', 'rdf:value': endOf(consent) } }),
      ...proofOf(step),
    });
    if (isConsent) holds = true;
    else if (state !== 'requested') holds = false;
  }
  return statuses;
}

/** Continue is no agreement of its own: it is implied by staying. */
function kindOf(step: ConsentStep, asks: ConsentAsked | undefined): string {
  if (step.consent === 'acknowledged') return 'dpv:ImpliedConsent';
  return step.byAsking || asks !== 'explicit' ? 'dpv:ExpressedConsent' : 'dpv:ExplicitlyExpressedConsent';
}

const endOf = ({ recordingId, purpose }: ConsentHistory): string =>
  `${purpose} of ${recordingId} ends, or consent is withdrawn`;

/** The ledger's record by its hash (RFC 6920), and the person's own signature where there is one. */
const proofOf = ({ hash, signature }: ConsentStep): JsonLdNode => ({
  'dct:source': { '@id': `ni:///sha-256;${hash}` },
  ...(signature && {
    'dpv:hasTechnicalMeasure': { '@type': 'dpv:DigitalSignatures', 'rdf:value': signature.jws },
  }),
});
