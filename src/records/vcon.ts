import { derivedUuid } from '../core/ids.ts';
import { misuse } from '../core/misuse.ts';
import type { ByPurpose, ParticipantId } from '../participants/participants.types.ts';
import { speakersOf } from '../transcript/kept-segment.rules.ts';
import type { KeptSegment, Transcript } from '../transcript/transcript.types.ts';
import type {
  ConsentHistory,
  ConsentStep,
  MeetingHistory,
  PersonInRecording,
  RecordingHistory,
  RecordingStep,
} from './history.types.ts';
import type { Kept } from './ledger.types.ts';
import { segmentsOf, transcriptWithout } from './share.rules.ts';
import type { Vcon, VconAnalysis, VconConsent, VconDialog, VconOptions, VconSegment } from './vcon.types.ts';

/** A recording that ran, and its place in `dialog`. */
interface Placed {
  readonly recording: RecordingHistory;
  readonly dialog: number;
}

/** Where each person stands in `parties`. */
type Places = ReadonlyMap<ParticipantId, number>;

/**
 * A meeting as an IETF vCon: one dialog for each recording that ran, its transcript in `analysis`, and for each person in it
 * a consent attachment with the signatures. Both texts (draft-ietf-vcon-vcon-core-04, draft-howe-vcon-consent-00) are
 * drafts: what this gives follows them, outside semver. Sign it (JWS) before it leaves your domain.
 * @throws TypeError for a transcript of a recording that did not run, or one that was erased, anonymised or isolated (G5, G12).
 */
export function meetingVcon(history: MeetingHistory, options: VconOptions = {}): Vcon {
  const { createdAt = history.head.at, subject, transcripts = [] } = options;
  const places = placesOf(history);
  const placed = history.recordings
    .filter(({ startedAt }) => startedAt !== undefined)
    .map((recording, dialog) => ({ recording, dialog }));
  return {
    vcon: '0.4.0',
    uuid: derivedUuid('vcon', history.meetingId, history.head.hash),
    created_at: createdAt,
    extensions: ['consent'],
    ...(subject !== undefined && { subject }),
    parties: [...places.keys()].map((participantId) => {
      const name = history.names.get(participantId);
      const uuid = derivedUuid('person', history.meetingId, participantId);
      return { ...(name !== undefined && { name, validation: 'none' as const }), uuid };
    }),
    dialog: placed.map(({ recording }) => dialogOf(recording, places, options)),
    analysis: transcripts.map((transcript) => analysisOf(transcript, placed, history, options)),
    attachments: placed.flatMap((each) =>
      each.recording.people.flatMap((who) => consentOf(who, each, places, options)),
    ),
  };
}

function placesOf({ recordings }: MeetingHistory): Places {
  const ids = new Set(recordings.flatMap(({ people }) => people.map(({ participantId }) => participantId)));
  return new Map([...ids].map((id, place) => [id, place]));
}

const placeOf = (places: Places, id: ParticipantId | null): number | null =>
  (id === null ? undefined : places.get(id)) ?? null;

/** What is set apart until it can be deleted is not handed out either, nor what is anonymous named. */
const gone: readonly RecordingStep['fact'][] = ['erased', 'anonymised', 'isolated'];

/** Whether that is erased, anonymised or isolated, for all or for this person. */
const isGone = ({ steps }: RecordingHistory, kept: Kept, of?: ParticipantId): boolean =>
  steps.some(
    (step) => gone.includes(step.fact) && step.kept?.includes(kept) && (step.about === undefined || step.about === of),
  );

function dialogOf(recording: RecordingHistory, places: Places, { mediaOf }: VconOptions): VconDialog {
  const { recordingId, startedAt, people, requests } = recording;
  const heard = people.filter(({ captured }) => captured.length > 0);
  const parties = heard.flatMap(({ participantId }) => places.get(participantId) ?? []);
  const by = requests[0]?.by;
  const originator = typeof by === 'object' ? places.get(by.participantId) : undefined;
  const duration = runSeconds(recording);
  const media = isGone(recording, 'recording') ? undefined : mediaOf?.(recordingId);
  return {
    type: 'recording',
    start: startedAt as string,
    ...(duration !== undefined && { duration }),
    parties,
    ...(originator !== undefined && originator !== parties[0] && { originator }),
    party_history: heard.flatMap((person) => comingAndGoing(person, places)).sort(inTime),
    ...(media && {
      url: media.url,
      content_hash: media.contentHash,
      mediatype: media.mediatype,
      ...(media.filename !== undefined && { filename: media.filename }),
    }),
  };
}

const inTime = (a: { readonly time: string }, b: { readonly time: string }): number =>
  Date.parse(a.time) - Date.parse(b.time);

/** How long it ran, pauses left out; unknown while no record says that it ended. */
function runSeconds({ steps, endedAt }: RecordingHistory): number | undefined {
  if (endedAt === undefined) return undefined;
  let ranMs = 0;
  let since: number | undefined;
  for (const { fact, at } of steps) {
    if (fact === 'started' || fact === 'resumed') since ??= Date.parse(at);
    if ((fact === 'paused' || fact === 'ended') && since !== undefined) {
      ranMs += Date.parse(at) - since;
      since = undefined;
    }
  }
  return ranMs / 1000;
}

function comingAndGoing({ participantId, captured }: PersonInRecording, places: Places): VconDialog['party_history'] {
  const party = places.get(participantId) as number;
  return captured.flatMap(({ from, to }, index) => {
    const wasHeld = captured[index - 1]?.to?.because === 'paused';
    return [
      { party, time: from.at, event: wasHeld ? 'unhold' : 'join' } as const,
      ...(to ? [{ party, time: to.at, event: to.because === 'paused' ? 'hold' : 'drop' } as const] : []),
    ];
  });
}

function analysisOf(
  transcript: Transcript,
  placed: readonly Placed[],
  history: MeetingHistory,
  { transcriptVendor = 'meeting-notice' }: VconOptions,
): VconAnalysis {
  const { transcriptId, recordingId, language } = transcript;
  const places = placesOf(history);
  const of = placed.find(({ recording }) => recording.recordingId === recordingId);
  if (of === undefined) throw misuse('transcript', 'one of a recording that ran in this meeting', recordingId);
  if (isGone(of.recording, 'transcript'))
    throw misuse('transcript', 'one that is neither erased, anonymised nor isolated', transcriptId);
  const goneOf = new Set(of.recording.steps.flatMap(({ about }) => about ?? []));
  const left = [...goneOf].filter((id) => isGone(of.recording, 'transcript', id)).reduce(transcriptWithout, transcript);
  // The words of somebody that the history does not know are not this export's.
  const kept =
    history.of === undefined
      ? left.segments.filter((segment) => speakersOf(segment).every((id) => places.has(id)))
      : segmentsOf(left, history.of);
  return {
    type: 'transcript',
    dialog: of.dialog,
    vendor: transcriptVendor,
    schema: 'meeting-notice-transcript-1',
    mediatype: 'application/json',
    encoding: 'json',
    body: {
      transcriptId,
      ...(language !== undefined && { language }),
      segments: kept.map((segment) => segmentOf(segment, places)),
    },
  };
}

function segmentOf(
  { id, speaker, startMs, endMs, text, language, corrections }: KeptSegment,
  places: Places,
): VconSegment {
  return {
    id,
    party: placeOf(places, speaker),
    startMs,
    endMs,
    text,
    ...(language !== undefined && { language }),
    ...(corrections && {
      corrections: corrections.map(({ by, at, text: corrected, speaker: meant }) => ({
        by: placeOf(places, by),
        at,
        ...(corrected !== undefined && { text: corrected }),
        ...(meant !== undefined && { party: placeOf(places, meant) }),
      })),
    }),
  };
}

/** The draft's words for purposes that it names; others keep their own. */
const purposes: ByPurpose<string> = { 'ai-notes': 'analysis', 'live-streaming': 'sharing' };

/** The attachment of one party, where anything was asked of them; whoever was only told, or could not be asked, has none. */
function consentOf(
  person: PersonInRecording,
  { dialog }: Placed,
  places: Places,
  { noticeUrl, expiresAt }: VconOptions,
): readonly VconConsent[] {
  const decided = person.consents.flatMap((consent) => {
    const step = decisiveStep(consent);
    return step ? [{ consent, step }] : [];
  });
  const last = decided
    .map(({ step }) => step)
    .sort((a, b) => a.n - b.n)
    .at(-1);
  if (last === undefined) return [];
  return [
    {
      purpose: 'consent',
      type: 'consent',
      version: 'draft-howe-vcon-consent-00',
      start: last.at,
      expiration: expiresAt ?? null,
      party: places.get(person.participantId) as number,
      dialog,
      ...(noticeUrl !== undefined && { terms_of_service: noticeUrl }),
      consents: decided.map(({ consent: { purpose, consent }, step }) => ({
        purpose: Object.hasOwn(purposes, purpose) ? (purposes[purpose] as string) : purpose,
        status: consent === 'given' || consent === 'acknowledged' ? 'granted' : 'denied',
        timestamp: step.at,
      })),
      proof: decided.flatMap(({ step }) => proofOf(step)),
    },
  ];
}

/** The step that a consent rests on now. Silence is no agreement, but being told is no question. */
function decisiveStep({ consent, asks, steps }: ConsentHistory): ConsentStep | undefined {
  const wasAsked = consent !== 'cannot-be-asked' && (asks !== 'notice' || !['requested', 'shown'].includes(consent));
  return wasAsked ? steps.findLast((step) => step.applied && step.consent === consent) : undefined;
}

function proofOf({ at, jws, key, signature }: ConsentStep): VconConsent['proof'] {
  const timestamp = at;
  return [
    ...(signature
      ? [{ type: 'jws', value: signature.jws, timestamp, signer: 'party', key: signature.key } as const]
      : []),
    { type: 'jws', value: jws, timestamp, signer: 'authority', ...(key && { key }) },
  ];
}
