import { applyAnswer } from '../../src/authority/answers.ts';
import { LiveRecording } from '../../src/authority/live-recording.ts';
import type { Consent } from '../../src/consent/consent.types.ts';
import { HookBoard } from '../../src/hooks/hook-board.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import { forHosts } from '../../src/transport/host-messages.parse.ts';
import { messageText, parseMessage } from '../../src/transport/messages.parse.ts';
import type { AnswerMessage, Message } from '../../src/transport/messages.types.ts';
import { type Figure, median, type Scale, timed, whyMissed, withCommas } from './figure.ts';
import { growOld } from './heap.ts';
import { hostId, idAt, largeMeeting } from './large-meeting.ts';

const scales = {
  full: { people: [10, 1000, 100_000], answers: 4000, rounds: 15 },
  quick: { people: [10, 100], answers: 50, rounds: 3 },
} as const;

interface Round {
  /** `JSON.parse`, the schema and `Map.set`. */
  readonly plainMs: number;
  /** Decoded, checked, applied to the rosters, and one hook told. */
  readonly decidedMs: number;
  /** All that the authority does with it: what changed is told to its sender and to hosts, and the answer acknowledged. */
  readonly toldMs: number;
}

/** A recording of its own, in which everyone was shown the notice. */
function shownTo(people: number, recordingId: string, noticeId: string): LiveRecording {
  const live = new LiveRecording(
    { recordingId, purposes: ['recording'], storage: 'cloud', by: { participantId: hostId }, seen: false },
    parsePolicy('all-party'),
  );
  live.raised.set(noticeId, { kind: 'prompt', consent: 'explicit', purposes: ['recording'] });
  for (let place = 0; place < people; place += 1) {
    live.main.enter(idAt(place), false);
    live.main.apply(idAt(place), { type: 'consent.requested' });
    live.main.apply(idAt(place), { type: 'notice.shown' });
  }
  return live;
}

/** A meeting in which everyone was asked and shown the notice, and who answers by turns, to and fro. */
async function answering(people: number, answers: number) {
  let noticeId = '';
  let recordingId = '';
  let recorded = 0;
  const meeting = await largeMeeting({
    people,
    send(message: Message) {
      const [notice] = message.t === 'personal' ? message.personal.notices : [];
      if (notice) ({ noticeId, recordingId } = notice);
      if (message.t === 'ack' && message.outcome.outcome === 'recorded') recorded += 1;
    },
  });
  meeting.asks();
  for (let place = 0; place < people; place += 1) {
    meeting.hears(idAt(place), messageText({ t: 'shown', id: `shown-${place}`, noticeId }));
  }
  // One never answers, so that the request stays open.
  const answerers = people - 1;
  // Spread over the whole meeting, as answers are.
  const stride = answerers % 7919 === 0 ? 1 : 7919;
  const plain = new Map<string, string>();
  const live = shownTo(people, recordingId, noticeId);
  const hooks = new HookBoard();
  let heard = 0;
  hooks.on('consentChanged', () => {
    heard += 1;
  });
  let given = 0;

  function nextAnswer(): readonly [string, string] {
    const turn = Math.floor(given / answerers);
    const from = idAt((given * stride) % answerers);
    given += 1;
    const answer = { t: 'answer', id: `answer-${given}`, noticeId, recordingId, revision: turn + 1 } as const;
    return [from, messageText({ ...answer, answers: { recording: turn % 2 === 0 ? 'given' : 'refused' } })];
  }

  return (): Round => {
    const texts = Array.from({ length: answers }, nextAnswer);
    growOld();
    const plainMs = timed(() => {
      for (const [from, text] of texts) {
        plain.set(from, (parseMessage(text, forHosts).message as AnswerMessage).answers['recording'] ?? '');
      }
    });
    growOld();
    const decidedMs = timed(() => {
      for (const [from, text] of texts) {
        applyAnswer(live, from, parseMessage(text, forHosts).message as AnswerMessage);
        const consent = live.main.consentOf(from) as Consent;
        hooks.announce('consentChanged', { participantId: from, purpose: 'recording', consent, recordingId });
        hooks.deliver(false);
      }
    });
    growOld();
    const toldMs = timed(() => {
      for (const [from, text] of texts) meeting.hears(from, text);
    });
    if (heard !== given || recorded !== given) {
      throw new Error(`${given} answers were given, ${heard} heard of, and ${recorded} acknowledged`);
    }
    return { plainMs, decidedMs, toldMs };
  };
}

/** What an answer costs on the authority, beside taking the same message apart and keeping it in a map. */
export async function measureAnswer(scale: Scale): Promise<Figure[]> {
  const { people, answers, rounds } = scales[scale];
  const meetings = await Promise.all(people.map((count) => answering(count, answers)));
  // By turns, so that whatever else the machine does meets all of them; the first rounds warm up.
  const taken = Array.from({ length: rounds + 2 }, () => meetings.map((round) => round())).slice(2);
  const last = people.length - 1;
  const ratio = (what: 'decidedMs' | 'toldMs') => median(taken.map(([first]) => over(first, what, first, 'plainMs')));
  const growth = median(taken.map((row) => over(row[last], 'toldMs', row[0], 'toldMs')));
  const microseconds = (place: number, what: keyof Round) =>
    (median(taken.map((row) => row[place]?.[what] ?? Number.NaN)) / answers) * 1000;
  const costs = (what: keyof Round) =>
    people.map((count, place) => `${withCommas(count)}: ${microseconds(place, what).toFixed(1)} µs`).join(', ');
  const plain = `plain: \`JSON.parse\`, the schema and \`Map.set\`, ${microseconds(0, 'plainMs').toFixed(1)} µs`;
  const decided = ratio('decidedMs');
  const told = ratio('toldMs');
  return [
    {
      figure: 'an answer decided: decoded, checked, applied, one hook',
      measured: `${decided.toFixed(1)}x`,
      target: '≤ 2x of the plain message',
      isMet: decided <= 2,
      how: `${plain}; ${costs('decidedMs')}; the receipt's id is worked out as it is told`,
    },
    {
      figure: 'an answer on the authority: decided, told to its sender and hosts, acknowledged',
      measured: `${told.toFixed(1)}x`,
      target: '≤ 2x of the plain message',
      isMet: told <= 2,
      decision: whyMissed,
      how: `median of ${rounds} times ${answers} answers, by turns with the plain ones; processor time; no collection moves the messages`,
    },
    {
      figure: `the same from ${withCommas(people[0])} to ${withCommas(people[last] ?? 0)} participants`,
      measured: `${growth.toFixed(1)}x`,
      target: '≤ 2x (flat)',
      isMet: growth <= 2,
      how: costs('toldMs'),
    },
  ];
}

const over = (a: Round | undefined, one: keyof Round, b: Round | undefined, other: keyof Round): number =>
  (a?.[one] ?? Number.NaN) / (b?.[other] ?? Number.NaN);
