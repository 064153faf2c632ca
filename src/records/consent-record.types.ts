import type { NoticeDocument } from '../notice/document.types.ts';
import type { ByPurpose, ParticipantId, RecordingId, Region } from '../participants/participants.types.ts';

/** Who is responsible (GDPR Art. 4(7)), as the standards ask for it. */
export interface Controller {
  /** An IRI that stands for them, such as `https://host-org.example/#controller`. */
  readonly id: string;
  readonly name: string;
  /** Who answers, such as an office or a data protection officer. */
  readonly contact: string;
  readonly email: string;
  readonly phone: string;
  /** In the names of schema.org's `PostalAddress`. */
  readonly address: {
    readonly streetAddress?: string;
    readonly postalCode?: string;
    readonly addressLocality?: string;
    readonly addressRegion?: string;
    readonly addressCountry: string;
  };
}

/** What a consent is for, in terms of the W3C Data Privacy Vocabulary: IRIs, or `dpv:`, `pd:` and `eu-gdpr:` names. */
export interface PurposeTerms {
  readonly purpose: string;
  readonly processing: readonly string[];
  readonly personalData: readonly string[];
}

/** What the ledger does not hold and a consent record must say: who is responsible, and what the notice said. */
export interface RecordDetails {
  readonly controller: Controller;
  /** The notice document that was in force: data kinds, purposes, retention, recipients, contact. */
  readonly document: NoticeDocument;
  /** Where that document can be read. */
  readonly noticeUrl: string;
  /** Where a person withdraws or exercises a right after the meeting. */
  readonly withdrawUrl: string;
  /** Under whose law: `IE`, `DE-BY`. */
  readonly jurisdiction: Region;
  /** Where recordings are stored. */
  readonly storageRegion: Region;
  /** For how many days; `null` where no number is set and the notice's words stand alone. */
  readonly retentionDays: number | null;
  /** The lawful basis where it is not consent: an IRI, or an `eu-gdpr:` or `dpv:` name. */
  readonly legalBasis?: string;
  /** Terms for purposes of one's own, or in place of the library's. */
  readonly terms?: ByPurpose<PurposeTerms>;
}

/** Whose receipt. */
export interface ReceiptWanted {
  readonly participantId: ParticipantId;
  /** One recording; by default all that the history has of this person. */
  readonly recordingId?: RecordingId;
  /** When the receipt is made, RFC 3339; by default the time of the last record that was read. */
  readonly issuedAt?: string;
}
