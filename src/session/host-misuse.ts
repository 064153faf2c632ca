import { checkKind, checkSignal, checkText, checkTexts, longestText, misuse } from '../core/misuse.ts';
import type { RequestRecording, RosterQuery } from './session.types.ts';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function checkReason(command: string, reason: string | undefined): void {
  if (reason === undefined) return;
  checkKind(`${command}: reason`, 'string', reason);
  if (reason.length <= longestText) return;
  throw new TypeError(`${command}: reason must be at most ${longestText} letters long, not ${reason.length}.`);
}

/** Whether what the commands of a host were given can be meant. Each throws a TypeError if not. */
export const hostChecks = {
  request(request: RequestRecording): void {
    if (!isObject(request))
      throw misuse('requestRecording: request', "an object such as { storage: 'cloud' }", request);
    const { storage, transcript, reason, signal } = request;
    if (storage !== 'cloud' && storage !== 'local') {
      throw misuse('requestRecording: storage', "'cloud' or 'local'", storage);
    }
    if (transcript !== undefined) checkKind('requestRecording: transcript', 'boolean', transcript);
    checkReason('requestRecording', reason);
    checkSignal(signal);
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
  people(command: string, participantIds: unknown): void {
    checkTexts(`${command}: participantIds`, participantIds, 'bo');
  },
  person(to: unknown): void {
    checkText('handOver: to', to, 'bo');
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
