import { derivedUuid } from '../core/ids.ts';
import { misuse } from '../core/misuse.ts';
import type { DataKind, DataSource } from '../notice/document.types.ts';
import type { ReceiptWanted, RecordDetails } from './consent-record.types.ts';
import { consentStatuses } from './consent-status.ts';
import type { CaptureSpan, ConsentHistory, MeetingHistory } from './history.types.ts';
import { dateTime, inLanguage, iriOf, type JsonLdNode, jsonLdContext, personIri, wordsIri } from './json-ld.ts';
import { kindsFor, termsOf } from './purpose-terms.ts';
import { checkDetails } from './record-details.ts';

/** GDPR Arts. 7(3), 15 to 18, 20, 21: what this library lets people exercise (R10). */
const rights = ['A7-3', 'A15', 'A16', 'A17', 'A18', 'A20', 'A21'].map((article) => ({ '@id': `eu-gdpr:${article}` }));

const sources: Readonly<Record<DataSource, string>> = {
  given: 'dpv:DataSubjectDataSource',
  'chosen-to-give': 'dpv:DataSubjectDataSource',
  collected: 'dpv:DataControllerDataSource',
  'obtained-from-others': 'dpv:ThirdPartyDataSource',
};

/**
 * Consent records of ISO/IEC TS 27560:2023 as JSON-LD with terms of the W3C Data Privacy Vocabulary, one for each person,
 * recording and purpose: whoever agrees to one purpose and refuses another has a record of each.
 * @throws TypeError for details that lack something.
 */
export function consentRecords(history: MeetingHistory, details: RecordDetails): JsonLdNode {
  checkDetails('consentRecords', details);
  return { '@context': jsonLdContext, '@graph': consentsOf(history).map((each) => record(history, each, details)) };
}

/**
 * One person's consent receipt of the same standard: their copy of their own records.
 * @throws TypeError where the history has no consent of this person, and for details that lack something.
 */
export function consentReceipt(history: MeetingHistory, wanted: ReceiptWanted, details: RecordDetails): JsonLdNode {
  checkDetails('consentReceipt', details);
  const { participantId, recordingId, issuedAt = history.head.at } = wanted;
  const own = consentsOf(history).filter(
    (each) => each.participantId === participantId && (recordingId === undefined || each.recordingId === recordingId),
  );
  if (own.length === 0) throw misuse('participantId', 'somebody whose consent is on record', participantId);
  const id = derivedUuid('receipt', history.meetingId, participantId, recordingId ?? '', history.head.hash);
  return {
    '@context': jsonLdContext,
    '@id': `urn:uuid:${id}`,
    '@type': 'dpv:ConsentReceipt',
    'dct:identifier': id,
    'dct:conformsTo': conformsTo('receipt', details),
    'dct:created': dateTime(issuedAt),
    'dpv:hasRecordOfActivity': own.map((each) => record(history, each, details)),
  };
}

/** A consent, and from when to when its person was in what it was for. */
interface ConsentOf extends ConsentHistory {
  readonly spans: readonly CaptureSpan[];
}

const consentsOf = ({ recordings }: MeetingHistory): readonly ConsentOf[] =>
  recordings.flatMap(({ people, purposes }) =>
    people.flatMap(({ consents, captured, parts }) =>
      consents.map((consent) => {
        const { purpose } = consent;
        // A purpose without a recording takes people as a recording does.
        const isMain = purpose === (purposes.includes('recording') ? 'recording' : purposes[0]);
        return { ...consent, spans: isMain ? captured : (parts.find((part) => part.purpose === purpose)?.spans ?? []) };
      }),
    ),
  );

/** Of the two profiles the one for the GDPR, unless the processing rests on something else. */
function conformsTo(kind: 'record' | 'receipt', { legalBasis = 'eu-gdpr:' }: RecordDetails): JsonLdNode {
  const isGdpr = /^eu-gdpr:|^https:\/\/w3id\.org\/dpv\/legal\/eu\/gdpr#/.test(legalBasis);
  return { '@id': `https://w3id.org/dpv/schema/dpv-27560#${kind}${isGdpr ? '-eu-gdpr' : ''}` };
}

function record(history: MeetingHistory, consent: ConsentOf, details: RecordDetails): JsonLdNode {
  const { meetingId } = history;
  const { participantId, recordingId, purpose, steps } = consent;
  const { controller, jurisdiction, withdrawUrl } = details;
  const id = derivedUuid('record', meetingId, recordingId, participantId, purpose);
  const [begun, last] = [steps[0], steps.at(-1)];
  return {
    '@id': `urn:uuid:${id}`,
    '@type': 'dpv:ConsentRecord',
    'dct:identifier': id,
    'dct:conformsTo': conformsTo('record', details),
    ...(begun && last && { 'dct:created': dateTime(begun.at), 'dct:modified': dateTime(last.at) }),
    'dpv:hasDataSubject': {
      '@id': personIri(meetingId, participantId),
      '@type': 'dpv:DataSubject',
      'dct:identifier': participantId,
      ...(history.names.has(participantId) && { 'dpv:hasName': history.names.get(participantId) }),
    },
    'dpv:hasDataController': {
      '@id': controller.id,
      '@type': 'dpv:DataController',
      'dpv:hasName': controller.name,
      'dpv:hasAddress': addressLine(controller.address),
      'dpv:hasContact': [controller.contact, controller.email, controller.phone],
    },
    'dpv:hasJurisdiction': { '@id': `loc:${jurisdiction}` },
    'dpv:hasNotice': notices(consent, details),
    'dpv:hasProcess': process(meetingId, consent, details),
    'dpv:hasConsentControl': { '@type': 'dpv:WithdrawConsent', 'dpv:isExercisedAt': { '@id': withdrawUrl } },
    'dpv:hasRight': rights,
    'dpv:hasConsentStatus': consentStatuses(meetingId, consent, controller.id),
  };
}

function addressLine(address: RecordDetails['controller']['address']): string {
  const { streetAddress, postalCode, addressLocality, addressRegion, addressCountry } = address;
  return [streetAddress, postalCode, addressLocality, addressRegion, addressCountry].filter(Boolean).join(', ');
}

/** Each text that was on this person's screen, by its own hash; where it is known, in its own words. */
function notices({ steps }: ConsentHistory, { noticeUrl }: RecordDetails): readonly JsonLdNode[] {
  const page = { '@id': noticeUrl };
  const shown = new Map(steps.flatMap((step) => (step.text ? [[step.text.hash, step] as const] : [])));
  const isUsed = (hash: string) => steps.some(({ text, answerId }) => text?.hash === hash && answerId !== undefined);
  const read = [...shown].map(([hash, { text, words }]) => ({
    '@id': wordsIri(hash),
    '@type': 'dpv:ConsentNotice',
    'dct:isPartOf': page,
    'dct:language': text?.locale,
    'dcat:version': text?.version,
    ...(words && {
      'dct:title': inLanguage(words.title, text?.locale ?? ''),
      'dct:description': inLanguage(words.body, text?.locale ?? ''),
    }),
    'dpv:hasNoticeStatus': { '@id': isUsed(hash) ? 'dpv:NoticeUsed' : 'dpv:NoticeCommunicated' },
  }));
  // Whoever asked to record, and whoever was never shown a notice, still has the document behind it.
  return read.length > 0 ? read : [{ ...page, '@type': 'dpv:ConsentNotice' }];
}

function process(meetingId: string, consent: ConsentOf, details: RecordDetails): JsonLdNode {
  const { participantId, purpose, recordingId, spans } = consent;
  const { controller, document, storageRegion, retentionDays, terms } = details;
  const { purpose: aim, processing, personalData } = termsOf(purpose, terms);
  const kinds = kindsFor(document, purpose);
  const recipients = [...new Set(kinds.flatMap((kind) => kind.recipients))];
  return {
    '@id': iriOf('process', meetingId, recordingId, participantId, purpose),
    '@type': 'dpv:Process',
    'dct:identifier': `${recordingId}: ${purpose}`,
    ...(spans.length > 0 && { 'dct:temporal': spans.map(period) }),
    'dpv:hasPurpose': { '@id': aim, 'dct:title': purpose },
    'dpv:hasProcessing': processing.map((term) => ({ '@id': term })),
    'dpv:hasPersonalData': [
      ...personalData.map((term) => ({ '@id': term })),
      ...kinds.map((kind) => dataKind(kind, details)),
    ],
    'dpv:hasLegalBasis': { '@id': details.legalBasis ?? basisOf(consent) },
    'dpv:hasRecipient': [
      { '@id': controller.id },
      ...recipients.map((name) => ({ '@type': 'dpv:Recipient', 'dpv:hasName': name })),
    ],
    'dpv:hasStorageCondition': [
      { '@type': 'dpv:StorageLocation', 'dpv:hasLocation': { '@id': `loc:${storageRegion}` } },
      ...(retentionDays === null ? [] : [storedFor(retentionDays)]),
      { '@type': 'dpv:StorageDeletion', 'dpv:hasProcessing': { '@id': 'dpv:Erase' } },
    ],
  };
}

const period = ({ from, to }: CaptureSpan): JsonLdNode => ({
  '@type': 'dct:PeriodOfTime',
  'dcat:startDate': dateTime(from.at),
  ...(to && { 'dcat:endDate': dateTime(to.at) }),
});

/** Only a person who is asked to agree gives consent as the GDPR has it; one who is told is taken to go along. */
const basisOf = ({ asks, steps }: ConsentHistory): string =>
  asks === undefined || asks === 'explicit' || steps.some(({ byAsking }) => byAsking)
    ? 'eu-gdpr:A6-1-a'
    : 'dpv:ImpliedConsent';

const storedFor = (days: number): JsonLdNode => ({
  '@type': 'dpv:StorageDuration',
  'dpv:hasDuration': { '@type': 'dpv:TemporalDuration', 'rdf:value': `P${days}D` },
});

/** One kind of data as the notice document names it; how long it is kept, in its own words. */
function dataKind(kind: DataKind, { noticeUrl, document }: RecordDetails): JsonLdNode {
  return {
    '@id': iriOf('kind', noticeUrl, document.version, document.locale, kind.id),
    '@type': 'dpv:PersonalData',
    'dct:identifier': kind.id,
    'dct:title': inLanguage(kind.name, document.locale),
    'dpv:hasDataSource': { '@id': sources[kind.source] },
    'dpv:hasStorageCondition': {
      '@type': 'dpv:StorageDuration',
      'dct:description': inLanguage(kind.retention, document.locale),
    },
  };
}
