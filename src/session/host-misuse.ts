import {
  checkKind,
  checkSignal,
  checkText,
  checkTexts,
  longestName,
  longestText,
  misuse,
  mostSides,
  takenNames,
} from '../core/misuse.ts';
import type { Segment, SpokenWord } from '../transcript/transcript.types.ts';
import type { RequestPurpose } from './purpose-commands.types.ts';
import type { RecordsCommands } from './records-commands.types.ts';
import type { RequestRecording, RosterQuery } from './session.types.ts';

type SpeakerCorrection = Parameters<RecordsCommands['correctSpeaker']>[0];

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function checkReason(command: string, reason: string | undefined, what = 'reason'): void {
  if (reason === undefined) return;
  checkKind(`${command}: ${what}`, 'string', reason);
  if (reason.length <= longestText) return;
  throw new TypeError(`${command}: ${what} must be at most ${longestText} letters long, not ${reason.length}.`);
}

function checkSides(only: readonly string[]): void {
  const what = 'requestRecording: only';
  checkTexts(what, only, 'pat');
  if (!(only.length > 0 && only.length <= mostSides)) throw misuse(what, `1 to ${mostSides} ids`, only);
}

/** @throws TypeError for what is no name of a purpose. */
export function checkPurpose(what: string, purpose: unknown): void {
  checkText(what, purpose, 'live-captions');
  const name = purpose as string;
  if (takenNames.includes(name)) throw misuse(what, "a name such as 'live-captions'", name);
  if (name.length > longestName) throw misuse(what, `at most ${longestName} letters long`, name);
}

function checkSpoken(where: string, word: SpokenWord): SpokenWord {
  if (!isObject(word)) throw misuse(where, 'an object', word);
  const { text, startMs, endMs } = word;
  checkKind(`${where}text`, 'string', text);
  checkKind(`${where}startMs`, 'number', startMs);
  checkKind(`${where}endMs`, 'number', endMs);
  return { text, startMs, endMs };
}

/** Whether what the commands of a host were given can be meant. Each throws a TypeError if not. */
export const hostChecks = {
  request(request: RequestRecording): void {
    if (!isObject(request))
      throw misuse('requestRecording: request', "an object such as { storage: 'cloud' }", request);
    const { storage, transcript, reason, only, signal } = request;
    if (storage !== 'cloud' && storage !== 'local') {
      throw misuse('requestRecording: storage', "'cloud' or 'local'", storage);
    }
    if (transcript !== undefined) checkKind('requestRecording: transcript', 'boolean', transcript);
    checkReason('requestRecording', reason);
    if (only !== undefined) checkSides(only);
    checkSignal(signal);
  },
  purpose(request: RequestPurpose): void {
    const expected = "an object such as { purpose: 'live-captions' }";
    if (!isObject(request)) throw misuse('requestPurpose: request', expected, request);
    const { purpose, recordingId, provider, reason } = request;
    checkPurpose('requestPurpose: purpose', purpose);
    hostChecks.recording('requestPurpose', recordingId);
    checkReason('requestPurpose', provider, 'provider');
    checkReason('requestPurpose', reason);
  },
  failed(how: { readonly failed?: boolean } | undefined): boolean {
    if (how === undefined) return false;
    if (!isObject(how)) throw misuse('stopTranscript: how', 'an object such as { failed: true }', how);
    if (how.failed !== undefined) checkKind('stopTranscript: failed', 'boolean', how.failed);
    return how.failed === true;
  },
  start(options: { readonly reason: string }): void {
    const expected = "an object such as { reason: 'the others are away' }";
    if (!isObject(options)) throw misuse('startWithoutWaiting: options', expected, options);
    // An empty one is refused by whoever decides, as one of spaces is.
    if (options.reason !== '') checkText('startWithoutWaiting: reason', options.reason, 'the others are away');
    checkReason('startWithoutWaiting', options.reason);
  },
  recording(command: string, recordingId: unknown): void {
    if (recordingId !== undefined) checkText(`${command}: recordingId`, recordingId, '0123456789abcdef');
  },
  correction(correction: SpeakerCorrection): SpeakerCorrection {
    if (!isObject(correction))
      throw misuse('correctSpeaker: correction', "an object such as { speaker: 'bo', … }", correction);
    const { recordingId, segmentId, speaker } = correction;
    hostChecks.recording('correctSpeaker', recordingId ?? null);
    checkText('correctSpeaker: segmentId', segmentId, 's1');
    if (speaker !== null) checkText('correctSpeaker: speaker', speaker, 'bo');
    return correction;
  },
  people(command: string, participantIds: unknown): void {
    checkTexts(`${command}: participantIds`, participantIds, 'bo');
  },
  person(to: unknown): void {
    checkText('handOver: to', to, 'bo');
  },
  /** A copy of what was handed in, with nothing else in it. Whether its times make sense is the meeting's business. */
  segment(segment: Segment): Segment {
    if (!isObject(segment)) throw misuse('feedSegment: segment', "an object such as { speaker: 'bo', … }", segment);
    const { id, speaker, startMs, endMs, text, final, language, words } = segment;
    if (id !== undefined) checkText('feedSegment: id', id, 's1');
    if (speaker !== null) checkText('feedSegment: speaker', speaker, 'bo');
    checkSpoken('feedSegment: ', segment);
    checkKind('feedSegment: final', 'boolean', final);
    if (language !== undefined) checkText('feedSegment: language', language, 'en');
    if (words !== undefined && !Array.isArray(words)) throw misuse('feedSegment: words', 'a list', words);
    const spoken = words?.map((word, place) => checkSpoken(`feedSegment: words[${place}].`, word));
    return {
      speaker,
      startMs,
      endMs,
      text,
      final,
      ...(id !== undefined && { id }),
      ...(language !== undefined && { language }),
      ...(spoken && { words: spoken }),
    };
  },
  roster(query: RosterQuery = {}): void {
    if (!isObject(query)) throw misuse('roster: query', "an object such as { consent: 'refused' }", query);
    for (const name of ['consent', 'purpose', 'after'] as const) {
      if (query[name] !== undefined) checkText(`roster: ${name}`, query[name], name === 'after' ? 'bo' : 'recording');
    }
    const { limit } = query;
    if (limit !== undefined && !(limit > 0)) throw misuse('roster: limit', 'a number from 1', limit);
  },
};
