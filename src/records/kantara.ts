import { derivedUuid } from '../core/ids.ts';
import type { ReceiptWanted, RecordDetails } from './consent-record.types.ts';
import type { ConsentHistory, ConsentStep, MeetingHistory } from './history.types.ts';
import { kindsFor } from './purpose-terms.ts';
import { checkDetails } from './record-details.ts';

/** One purpose that was agreed to, as Kantara's receipt has it. */
export interface KantaraPurpose {
  readonly purpose: string;
  readonly purposeCategory: readonly string[];
  readonly consentType: 'EXPLICIT' | 'IMPLICIT';
  readonly piiCategory: readonly string[];
  readonly primaryPurpose: boolean;
  readonly termination: string;
  readonly thirdPartyDisclosure: boolean;
  readonly thirdPartyName?: string;
}

/** A consent receipt of the Kantara Initiative's Consent Receipt Specification 1.1. */
export interface KantaraReceipt {
  readonly version: 'KI-CR-v1.1.0';
  readonly jurisdiction: string;
  /** Seconds since 1970. */
  readonly consentTimestamp: number;
  readonly collectionMethod: string;
  readonly consentReceiptID: string;
  readonly publicKey?: string;
  readonly language: string;
  readonly piiPrincipalId: string;
  readonly piiControllers: readonly {
    readonly piiController: string;
    readonly onBehalf: boolean;
    readonly contact: string;
    readonly address: RecordDetails['controller']['address'];
    readonly email: string;
    readonly phone: string;
  }[];
  readonly policyUrl: string;
  readonly services: readonly { readonly service: string; readonly purposes: readonly KantaraPurpose[] }[];
  readonly sensitive: boolean;
  readonly spiCat: readonly string[];
}

interface Agreed {
  readonly consent: ConsentHistory;
  readonly step: ConsentStep;
}

/**
 * One person's receipt for what they agree to now. It knows no refusal, no withdrawal and no history: `undefined` where
 * nothing is agreed to. One service is one recording.
 * @throws TypeError for details that lack something.
 */
export function kantaraReceipt(
  history: MeetingHistory,
  { participantId, recordingId }: ReceiptWanted,
  details: RecordDetails,
): KantaraReceipt | undefined {
  checkDetails('kantaraReceipt', details);
  const { controller, document, jurisdiction, noticeUrl } = details;
  const agreed = history.recordings
    .filter((recording) => recordingId === undefined || recording.recordingId === recordingId)
    .flatMap(({ people }) => people.filter((person) => person.participantId === participantId))
    .flatMap(({ consents }) => consents.flatMap(agreedTo));
  const last = agreed.reduce<Agreed | undefined>((a, b) => (a && a.step.n >= b.step.n ? a : b), undefined);
  if (last === undefined) return undefined;
  const key = last.step.signature?.key ?? last.step.key;
  const { name, contact, address, email, phone } = controller;
  return {
    version: 'KI-CR-v1.1.0',
    jurisdiction,
    consentTimestamp: Math.floor(Date.parse(last.step.at) / 1000),
    collectionMethod: last.step.byAsking ? 'Asked for the recording in the meeting' : 'Notice in the meeting',
    consentReceiptID: derivedUuid('kantara', history.meetingId, participantId, recordingId ?? '', last.step.hash),
    ...(key && { publicKey: JSON.stringify(key) }),
    language: last.step.text?.locale ?? document.locale,
    piiPrincipalId: participantId,
    piiControllers: [{ piiController: name, onBehalf: false, contact, address, email, phone }],
    policyUrl: noticeUrl,
    services: [...new Set(agreed.map(({ consent }) => consent.recordingId))].map((id) => ({
      service: `Recording ${id} of meeting ${history.meetingId}`,
      purposes: agreed.filter(({ consent }) => consent.recordingId === id).map((each) => purposeOf(each, details)),
    })),
    sensitive: false,
    spiCat: [],
  };
}

/** The step by which a consent is agreed to, if it is now. */
function agreedTo(consent: ConsentHistory): readonly Agreed[] {
  if (consent.consent !== 'given' && consent.consent !== 'acknowledged') return [];
  const step = consent.steps.findLast((each) => each.applied && each.consent === consent.consent);
  return step ? [{ consent, step }] : [];
}

function purposeOf({ consent, step }: Agreed, { document }: RecordDetails): KantaraPurpose {
  const kinds = kindsFor(document, consent.purpose);
  const recipients = [...new Set(kinds.flatMap((kind) => kind.recipients))];
  const [main] = kinds;
  return {
    purpose: main?.usedFor.join('; ') || consent.purpose,
    // Kantara's own list of categories; what is recorded at a meeting is the service itself.
    purposeCategory: ['1 - Core Function'],
    consentType: step.consent === 'given' ? 'EXPLICIT' : 'IMPLICIT',
    piiCategory: kinds.map(({ name }) => name),
    primaryPurpose: consent.purpose === 'recording',
    termination: main?.retention ?? 'When the recording ends, or consent is withdrawn',
    ...(recipients.length > 0
      ? { thirdPartyDisclosure: true, thirdPartyName: recipients.join('; ') }
      : { thirdPartyDisclosure: false }),
  };
}
