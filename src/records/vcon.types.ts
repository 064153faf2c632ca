import type { RecordingId } from '../participants/participants.types.ts';
import type { Correction, Transcript } from '../transcript/transcript.types.ts';
import type { PublicKey } from './ledger.types.ts';

/** A recording's file, where whoever gets the vCon may fetch it. */
export interface VconMedia {
  readonly url: string;
  /** As vCon has it: `sha512-` and the hash of the file, base64url. */
  readonly contentHash: string;
  readonly mediatype: string;
  readonly filename?: string;
}

/** What a ledger does not hold and a vCon may. */
export interface VconOptions {
  /** When this vCon is made, RFC 3339; by default the time of the last record that was read. */
  readonly createdAt?: string;
  readonly subject?: string;
  /** Asked for each recording that is not erased. */
  readonly mediaOf?: (recordingId: RecordingId) => VconMedia | undefined;
  readonly transcripts?: readonly Transcript[];
  /** Who made the transcripts; vCon asks for a name. */
  readonly transcriptVendor?: string;
  /** Where the notice document can be read. */
  readonly noticeUrl?: string;
  /** Until when consents hold, RFC 3339; by default until they are withdrawn. */
  readonly expiresAt?: string;
}

/** Somebody of the conversation. */
export interface VconParty {
  readonly name?: string;
  /** A name is as the meeting has it; nobody has checked it. */
  readonly validation?: 'none';
  readonly uuid: string;
}

/** One recording. */
export interface VconDialog {
  readonly type: 'recording';
  readonly start: string;
  /** Seconds that it ran. */
  readonly duration?: number;
  readonly parties: readonly number[];
  readonly originator?: number;
  readonly party_history: readonly {
    readonly party: number;
    readonly time: string;
    readonly event: 'join' | 'drop' | 'hold' | 'unhold';
  }[];
  readonly url?: string;
  readonly content_hash?: string;
  readonly mediatype?: string;
  readonly filename?: string;
}

/** One segment, as the body of a transcript has it. */
export interface VconSegment {
  readonly id: string;
  /** The place in `parties`; `null` for a speaker who is not known. */
  readonly party: number | null;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  readonly language?: string;
  readonly corrections?: readonly (Omit<Correction, 'by' | 'speaker'> & {
    readonly by: number | null;
    readonly party?: number | null;
  })[];
}

/** A transcript, as an analysis of its dialog. */
export interface VconAnalysis {
  readonly type: 'transcript';
  readonly dialog: number;
  readonly vendor: string;
  readonly schema: 'meeting-notice-transcript-1';
  readonly mediatype: 'application/json';
  readonly encoding: 'json';
  readonly body: {
    readonly transcriptId: string;
    readonly language?: string;
    readonly segments: readonly VconSegment[];
  };
}

/** What one party consented to in one dialog. */
export interface VconConsent {
  readonly purpose: 'consent';
  readonly type: 'consent';
  readonly version: 'draft-howe-vcon-consent-00';
  readonly start: string;
  readonly expiration: string | null;
  readonly party: number;
  readonly dialog: number;
  readonly terms_of_service?: string;
  readonly consents: readonly {
    readonly purpose: string;
    readonly status: 'granted' | 'denied';
    readonly timestamp: string;
  }[];
  readonly proof: readonly {
    readonly type: 'jws';
    readonly value: string;
    readonly timestamp: string;
    /** The party's own client, or the authority that wrote the record. */
    readonly signer: 'party' | 'authority';
    readonly key?: PublicKey;
  }[];
}

/** A meeting as a vCon (draft-ietf-vcon-vcon-core-04), in its unsigned form. */
export interface Vcon {
  readonly vcon: '0.4.0';
  readonly uuid: string;
  readonly created_at: string;
  readonly extensions: readonly ['consent'];
  readonly subject?: string;
  readonly parties: readonly VconParty[];
  readonly dialog: readonly VconDialog[];
  readonly analysis: readonly VconAnalysis[];
  readonly attachments: readonly VconConsent[];
}
