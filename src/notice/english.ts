import type { TextCatalogue } from './texts.types.ts';

/**
 * The words by default, and for every key that another catalogue lacks. Short sentences, one fact each, nothing vague
 * and nothing that pushes (EDPB Guidelines 03/2022). `version` is raised when a meaning changes: a consent names it.
 *
 * Keys: `purpose.` names · `title.` and `body.` of a notice · `choice.` its labels · `consequence.` what choosing does ·
 * `cue.` what is spoken. What only a host is told (`host.`) comes with a host's client, what only a caller hears
 * (`cue.keys.`, `cue.answered.`, `cue.change.`) with what their keys do, what the purposes of the open set take with the first of them, the headings of the notice document
 * (`document.`) with its pages, the words of the web components (`ui.`) with `./ui`.
 */
export const english: TextCatalogue = {
  locale: 'en',
  dir: 'ltr',
  version: '1',
  texts: {
    'purpose.recording': 'recording',
    'purpose.transcription': 'transcript',
    'purpose.attention-tracking': 'attention tracking',
    'purpose.live-streaming': 'live stream',
    'purpose.live-captions': 'live captions',
    'purpose.ai-notes': 'AI notes',

    'title.ask.recording': 'Do you agree to be recorded?',
    'title.ask.recording-and-transcript': 'Do you agree to be recorded, with a transcript?',
    'title.ask.transcription': 'Do you agree to a transcript of what you say?',
    'title.ask.other': 'Do you agree to this: {purposes}?',
    'title.before.recording': 'This meeting is about to be recorded.',
    'title.before.recording-and-transcript': 'This meeting is about to be recorded, with a transcript.',
    'title.before.transcription': 'A transcript of this meeting is about to be made.',
    'title.before.other': 'About to start in this meeting: {purposes}.',
    'title.running.recording': 'This meeting is being recorded.',
    'title.running.recording-and-transcript': 'This meeting is being recorded, with a transcript.',
    'title.running.transcription': 'A transcript of this meeting is being made.',
    'title.running.other': 'Running in this meeting: {purposes}.',

    'body.also': 'Also part of it: {purposes}.',
    'body.who.person': 'Asked for by {name}.',
    'body.who.unnamed': 'Asked for by someone in this meeting.',
    'body.who.platform': 'The meeting platform asks for this by itself.',
    'body.who.platform.running': 'The meeting platform started this by itself.',
    'body.who.unknown': 'It is not known who asked for this.',
    'body.who.unknown.running': 'It is not known who started this.',
    'body.reason': 'Reason given: “{reason}”',
    'body.before': 'It has not started yet.',
    'body.running': 'It is already running.',
    'body.what.recording': 'The recording can hold your voice, your picture and what you share.',
    'body.what.transcription':
      'The transcript holds what you say, in writing, with your name. It is read, kept and deleted exactly as the recording is.',
    'body.what.other': 'It can use what you say, show and write in this meeting.',
    'body.storage.cloud': 'It is stored in the meeting provider’s cloud.',
    'body.storage.local':
      'It is stored on the host’s own device. The meeting provider has no control over it and cannot delete it for you.',
    'body.storage.unknown': 'It is not known where it is stored.',
    'body.hosts-see': 'The hosts see your answer.',
    'body.change': 'You can change your answer at any time.',
    'body.change.recording':
      'You can change your answer at any time. What was recorded of you before then stays in the recording.',

    'choice.agree': 'Agree',
    'choice.agree.both': 'Agree to both',
    'choice.agree.all': 'Agree to all',
    'choice.agree.only': 'Agree to {purposes} only',
    'choice.refuse': 'Refuse',
    'choice.refuse.both': 'Refuse both',
    'choice.refuse.all': 'Refuse all',
    'choice.continue': 'Continue',
    'choice.decline.excluded': 'Leave me out',
    'choice.decline.held': 'Keep my devices off',
    'choice.decline.leaves': 'Leave the meeting',
    'choice.decline.vetoes': 'Stop it for everyone',
    'choice.decline.none': 'I object',

    'consequence.captured.recording': 'You are in the recording: your voice, your picture and what you share.',
    'consequence.captured.transcription': 'What you say is in the transcript.',
    'consequence.captured.other': 'You are included in: {purposes}.',
    'consequence.stay': 'You stay in the meeting.',
    'consequence.excluded.recording': 'Your voice, your picture and what you share are left out of the recording.',
    'consequence.excluded.transcription': 'What you say is left out of the transcript.',
    'consequence.excluded.other': 'You are left out of: {purposes}.',
    'consequence.held':
      'You stay in the meeting and can follow it. What could be recorded of you, such as your microphone and camera, stays off while this runs.',
    'consequence.leaves': 'You are asked to leave the meeting. You are not included while you are still here.',
    'consequence.vetoes': 'This does not start, for anyone. One refusal is enough.',
    'consequence.vetoes.running': 'This stops, for everyone. One refusal is enough.',
    'consequence.none':
      'The hosts are told. This cannot leave out one person: keep your microphone and camera off or leave the meeting if you do not want to be in it.',
    'consequence.before-stays': 'What was recorded of you before stays in the recording.',

    'cue.paused.recording': 'The recording is paused.',
    'cue.paused.other': 'Paused: {purposes}.',
    'cue.resumed.recording': 'The recording goes on. This meeting is being recorded.',
    'cue.resumed.other': 'Going on: {purposes}.',
    'cue.stopped.recording': 'The recording has ended.',
    'cue.stopped.other': 'Ended: {purposes}.',
    'cue.ended-unexpectedly.recording': 'The recording failed. It is not running.',
    'cue.ended-unexpectedly.other': 'Failed and not running: {purposes}.',
    'cue.asking.others': 'Everyone is being asked about: {purposes}.',
    'cue.reminder.missing': 'Reminder: your answer is missing.',
    'cue.reminder.told': 'Reminder: there is a notice about {purposes} in this meeting.',
    'cue.answer.screen': 'Please answer on your screen.',
  },
};
