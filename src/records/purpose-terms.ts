import type { DataKind, NoticeDocument } from '../notice/document.types.ts';
import type { ByPurpose, Purpose } from '../participants/participants.types.ts';
import type { PurposeTerms } from './consent-record.types.ts';

const voice = 'pd:VoiceCommunicationRecording';
const kept = 'dpv:RecordManagement';
const live = 'dpv:ServiceProvision';

/** What this library's own purposes are in terms of DPV and its extension for personal data. */
const own: ByPurpose<PurposeTerms> = {
  recording: {
    purpose: kept,
    processing: ['dpv:Record', 'dpv:Store'],
    personalData: [voice, 'pd:Picture', 'pd:Name'],
  },
  transcription: { purpose: kept, processing: ['dpv:Derive', 'dpv:Store'], personalData: [voice, 'pd:Name'] },
  'ai-notes': { purpose: kept, processing: ['dpv:Derive', 'dpv:Store'], personalData: [voice, 'pd:Name'] },
  'live-captions': { purpose: live, processing: ['dpv:Derive', 'dpv:Display'], personalData: [voice, 'pd:Name'] },
  'live-streaming': {
    purpose: live,
    processing: ['dpv:Disseminate'],
    personalData: [voice, 'pd:Picture', 'pd:Name'],
  },
};

const unknown: PurposeTerms = { purpose: live, processing: ['dpv:Use'], personalData: [voice] };

/** The terms for a purpose: the integrator's, the library's, or what little can be said of any. */
export const termsOf = (purpose: Purpose, given: ByPurpose<PurposeTerms> = {}): PurposeTerms =>
  [given, own].find((terms) => Object.hasOwn(terms, purpose))?.[purpose] ?? unknown;

/**
 * What a consent to a purpose is about: the kinds of data that serve it alone. What several purposes need (a name, how one
 * is connected) is there whatever is answered, and stands in only where there is nothing of its own.
 */
export function kindsFor(document: NoticeDocument, purpose: Purpose): readonly DataKind[] {
  const serving = document.kinds.filter((kind) => kind.purposes.includes(purpose));
  const own = serving.filter((kind) => kind.purposes.every((each) => each === purpose));
  return own.length > 0 ? own : serving;
}
