import type { Happened } from '../../src/simulator/history.types.ts';
import type { SpokenMeeting, SpokenTruth } from './spoken-meeting.ts';

/** A time during which something holds, both ends in milliseconds. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

type Step = Extract<Happened, { kind: 'step' }>;

const purposes = ['recording', 'transcription'] as const;
/** From when on nobody counts as here who is not heard: three times 5 s, the way of messages, and what a hand-over adds. */
const absentAfterMs = 30_000;

/** How long the word that somebody has left may be on its way. */
const onItsWayMs = 1000;

const enough: Readonly<Record<string, readonly string[]>> = {
  'notice-only': ['shown', 'acknowledges', 'givesConsent', 'agrees'],
  acknowledge: ['acknowledges', 'givesConsent', 'agrees'],
  'all-party': ['givesConsent', 'agrees'],
  gdpr: ['givesConsent', 'agrees'],
};

/** What somebody did about one purpose of one recording: from then on they may be clear, or are not. */
interface Said {
  readonly atMs: number;
  readonly who: string;
  /** `undefined`: whichever lives. */
  readonly recordingId: string | undefined;
  readonly purpose: string;
  /** `effectiveMs`: when the meeting is known to have known. */
  readonly is: 'agreed' | { readonly effectiveMs: number };
}

/** Whatever anybody did that may make them clear, and that takes it back, as it was seen from beside them. */
function saidIn(history: readonly Happened[], policy: string): Said[] {
  const counts = enough[policy] ?? [];
  const said: Said[] = [];
  const keys = new Map<string, Readonly<Record<string, string>>>();
  const decides = new Map<string, boolean>();
  const pending = new Map<unknown, Step>();
  /** Declines that whoever decides may not know of yet. */
  const onTheirWay: { who: string; recordingId: string; purpose: string; atMs: number; told: boolean }[] = [];
  const declined = (who: string, recordingId: string, purpose: string, atMs: number, effectiveMs: number) =>
    said.push({ who, recordingId, purpose, atMs, is: { effectiveMs } });

  const takeStep = (step: Step): void => {
    const { act, at, about } = step;
    if (act.does === 'requestsRecording' || act.does === 'requestsTranscript') pending.set(act, step);
    if (act.does === 'pressesKey') {
      const meaning = keys.get(act.who)?.[act.key];
      // A key answers whatever is asked.
      if (meaning !== 'agree' || !counts.includes('agrees')) return;
      for (const { recordingId } of about)
        for (const purpose of purposes) said.push({ who: act.who, recordingId, purpose, atMs: at, is: 'agreed' });
      return;
    }
    if (!('purpose' in act) || typeof act.purpose !== 'string') return;
    const { purpose } = act;
    if (counts.includes(act.does))
      for (const { recordingId } of about) said.push({ who: act.who, recordingId, purpose, atMs: at, is: 'agreed' });
    const [only, ...more] = about;
    if ((act.does !== 'refusesConsent' && act.does !== 'withdrawsConsent') || !only || more.length > 0) return;
    pending.set(act, step);
    onTheirWay.push({ who: act.who, recordingId: only.recordingId, purpose, atMs: at, told: false });
  };

  const takeOutcome = ({ act, outcome, at }: Extract<Happened, { kind: 'outcome' }>): void => {
    const step = pending.get(act);
    if (!step) return;
    pending.delete(act);
    if (act.does === 'requestsTranscript' && outcome.outcome === 'done')
      said.push({ who: act.who, recordingId: undefined, purpose: 'transcription', atMs: step.at, is: 'agreed' });
    if (act.does === 'requestsRecording' && outcome.recordingId !== undefined) {
      if (act.only && !act.only.includes(act.who)) return;
      const { recordingId } = outcome;
      for (const purpose of act.transcript ? purposes : ['recording'])
        said.push({ who: act.who, recordingId, purpose, atMs: step.at, is: 'agreed' });
    }
    const [only] = step.about;
    if ('purpose' in act && typeof act.purpose === 'string' && outcome.outcome === 'recorded' && only) {
      if (act.does === 'refusesConsent' || act.does === 'withdrawsConsent')
        declined(act.who, only.recordingId, act.purpose, step.at, at);
    }
  };

  const takeHook = ({ participant, hook, at }: Extract<Happened, { kind: 'hook' }>): void => {
    if (hook.hook === 'noticeRaised' && typeof hook.payload.requestedBy === 'object') {
      // Who asked and was gone before they were told so.
      const { requestedBy, recordingId, purposes: asked, side } = hook.payload;
      const who = requestedBy.participantId;
      if (asked.includes('recording') && side === undefined)
        for (const purpose of asked) said.push({ who, recordingId, purpose, atMs: at, is: 'agreed' });
    }
    if (hook.hook === 'connectionChanged') decides.set(participant, hook.payload.authorityId === participant);
    if (hook.hook === 'cueRequested')
      keys.set(participant, { ...keys.get(participant), ...hook.payload.announcement.keys });
    if (hook.hook !== 'consentChanged' || !decides.get(participant)) return;
    const { participantId, recordingId, purpose, consent } = hook.payload;
    if (consent !== 'withdrawn' && consent !== 'refused') return;
    // Whoever decides has heard of it, whether or not the answer's own client knows so.
    for (const each of onTheirWay) {
      if (each.told || each.who !== participantId || each.recordingId !== recordingId || each.purpose !== purpose)
        continue;
      each.told = true;
      declined(each.who, recordingId, purpose, each.atMs, at);
    }
  };

  for (const event of history) {
    if (event.kind === 'shown' && counts.includes('shown')) {
      for (const purpose of event.purposes)
        said.push({ who: event.participant, recordingId: event.recordingId, purpose, atMs: event.at, is: 'agreed' });
    }
    if (event.kind === 'step') takeStep(event);
    if (event.kind === 'outcome') takeOutcome(event);
    if (event.kind === 'hook') takeHook(event);
  }
  return said;
}

/** When each person may have been in the meeting: who is only not heard still is, for a while. */
function presenceIn(history: readonly Happened[]): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  const since = new Map<string, number>();
  const end = (who: string, toMs: number) => {
    const fromMs = since.get(who);
    since.delete(who);
    if (fromMs !== undefined) spans.set(who, [...(spans.get(who) ?? []), { fromMs, toMs }]);
  };
  for (const event of history) {
    if (event.kind !== 'presence') continue;
    const { participant, state, at } = event;
    if (state === 'left') end(participant, at + onItsWayMs);
    else if (state === 'disconnected' || state === 'crashed') end(participant, at + absentAfterMs);
    else since.set(participant, since.get(participant) ?? at);
  }
  for (const who of [...since.keys()]) end(who, Number.POSITIVE_INFINITY);
  return spans;
}

/** When a recorder in the cloud took each recording. */
function runningIn(history: readonly Happened[]): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  const since = new Map<string, number>();
  for (const event of history) {
    if (event.kind !== 'recorder' || event.recorder !== 'cloud') continue;
    const { recordingId, status, at } = event;
    const fromMs = since.get(recordingId);
    if (status === 'on') since.set(recordingId, fromMs ?? at);
    else if (fromMs !== undefined) {
      since.delete(recordingId);
      spans.set(recordingId, [...(spans.get(recordingId) ?? []), { fromMs, toMs: at }]);
    }
  }
  for (const [recordingId, fromMs] of since)
    spans.set(recordingId, [...(spans.get(recordingId) ?? []), { fromMs, toMs: Number.POSITIVE_INFINITY }]);
  return spans;
}

const isWithin = ({ fromMs, toMs }: SpokenTruth, spans: readonly Span[] = []): boolean =>
  spans.some((span) => span.fromMs <= fromMs && toMs <= span.toMs);

/** Why a word of this recording may not be kept, if so. */
type Judge = (word: SpokenTruth, recordingId: string) => string | undefined;

function judgeOf({ result: { history }, seed }: SpokenMeeting, policy: string): Judge {
  const said = saidIn(history, policy);
  const present = presenceIn(history);
  const running = runningIn(history);
  const others = new Map<string, readonly string[]>();
  for (const event of history) {
    if (event.kind !== 'outcome' || event.act.does !== 'requestsRecording' || !event.act.only) continue;
    if (event.outcome.recordingId !== undefined) others.set(event.outcome.recordingId, event.act.only);
  }
  const unclear = (who: string, purpose: string, recordingId: string, word: SpokenTruth): string | undefined => {
    const own = said.filter(
      (each) => each.who === who && each.purpose === purpose && (each.recordingId ?? recordingId) === recordingId,
    );
    if (!own.some(({ is, atMs }) => is === 'agreed' && atMs <= word.fromMs))
      return `${who} had not agreed to ${purpose}`;
    for (const { is, atMs } of own) {
      if (is === 'agreed') continue;
      const again = Math.min(
        ...own.filter((each) => each.is === 'agreed' && each.atMs > atMs).map((each) => each.atMs),
      );
      if (is.effectiveMs < word.toMs && word.fromMs < again)
        return `${who} had taken back ${purpose} at ${is.effectiveMs}`;
    }
    return undefined;
  };
  return (word, recordingId) => {
    if (!isWithin(word, running.get(recordingId))) return `nothing was recorded then (seed ${seed})`;
    for (const who of word.speakers) {
      if (!isWithin(word, present.get(who))) {
        // Of whom the engine knows nothing, it heard only who was there.
        if (word.isKnown) return `${who} was not there`;
        continue;
      }
      const only = others.get(recordingId);
      if (only && !only.includes(who)) return `the side of ${who} is not recorded`;
      for (const purpose of purposes) {
        const why = unclear(who, purpose, recordingId, word);
        if (why !== undefined) return why;
      }
    }
    return undefined;
  };
}

/** What is wrong with what anybody was told of transcripts over a whole meeting; a plain reading of its history. */
export function forbiddenWords(meeting: SpokenMeeting, policy: string): string[] {
  const judge = judgeOf(meeting, policy);
  const faults: string[] = [];
  /** What each reader keeps: by reader and transcript, then by segment. */
  const kept = new Map<string, Map<string, string>>();
  const recordingOf = new Map<string, string>();
  const erased = new Set<string>();
  /** Whom nobody hears: what they erase by themselves, nobody else knows of. */
  const away = new Set<string>();
  let isWhole = true;
  for (const event of meeting.result.history) {
    if (event.kind === 'presence' && (event.state === 'left' || event.state === 'crashed')) {
      for (const key of kept.keys()) if (key.startsWith(`${event.participant} `)) kept.delete(key);
    }
    if (event.kind === 'network') isWhole = event.groups.length === 0;
    if (event.kind === 'presence') {
      if (event.state === 'joined' || event.state === 'reconnected') away.delete(event.participant);
      else away.add(event.participant);
    }
    if (event.kind === 'outcome' && event.act.does === 'erasesRecording' && event.outcome.outcome === 'done') {
      if (!isWhole || away.has(event.act.who)) continue;
      const { act } = event;
      const lastStarted = meeting.result.lines.findLast(
        ({ participant, hook, at }) => participant === act.who && hook === 'recordingStarted' && at <= event.at,
      );
      const { recordingId } = (lastStarted?.payload ?? {}) as { recordingId?: string };
      if (recordingId !== undefined) erased.add(recordingId);
    }
    if (event.kind !== 'hook') continue;
    const { participant, hook, at } = event;
    if (hook.hook === 'transcriptChanged' && hook.payload.status === 'erased')
      kept.delete(`${participant} ${hook.payload.transcriptId}`);
    if (hook.hook !== 'transcriptSegment') continue;
    const { segment, transcriptId, recordingId } = hook.payload;
    recordingOf.set(transcriptId, recordingId);
    const key = `${participant} ${transcriptId}`;
    kept.set(key, (kept.get(key) ?? new Map()).set(segment.id, segment.text));
    for (const text of segment.text.split(' ').filter((each) => each !== '')) {
      const word = meeting.words.get(text);
      const why = word ? judge(word, recordingId) : 'nobody said it';
      if (why !== undefined)
        faults.push(`${participant} is told at ${at} of ${text} (${word?.fromMs} to ${word?.toMs}): ${why}`);
    }
  }
  for (const [key, segments] of kept) {
    const [reader = '', transcriptId = ''] = key.split(' ');
    const isErased = erased.has(recordingOf.get(transcriptId) ?? '');
    if (isErased && [...segments.values()].some((text) => text !== ''))
      faults.push(`${reader} still has ${transcriptId}, of a recording that was erased`);
  }
  return faults;
}
