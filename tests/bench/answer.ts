import { messageText, parseMessage } from '../../src/transport/messages.parse.ts';
import type { AnswerMessage, Message } from '../../src/transport/messages.types.ts';
import { type Figure, median, type Scale, timed, withCommas } from './figure.ts';
import { idAt, largeMeeting } from './large-meeting.ts';

const scales = {
  full: { people: [10, 1000, 100_000], answers: 4000, rounds: 15 },
  quick: { people: [10, 100], answers: 50, rounds: 3 },
} as const;

interface Round {
  readonly plainMs: number;
  readonly answerMs: number;
}

/** A meeting in which everyone was asked and shown the notice, and who answers by turns, to and fro. */
function answering(people: number, answers: number) {
  let noticeId = '';
  let recordingId = '';
  const meeting = largeMeeting({
    people,
    send(message: Message) {
      const [notice] = message.t === 'personal' ? message.personal.notices : [];
      if (notice) ({ noticeId, recordingId } = notice);
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
    const plainMs = timed(() => {
      for (const [from, text] of texts) {
        plain.set(from, (parseMessage(text).message as AnswerMessage).answers['recording'] ?? '');
      }
    });
    const answerMs = timed(() => {
      for (const [from, text] of texts) meeting.hears(from, text);
    });
    return { plainMs, answerMs };
  };
}

/** What an answer costs on the authority, beside taking the same message apart and keeping it in a map. */
export function measureAnswer(scale: Scale): Figure[] {
  const { people, answers, rounds } = scales[scale];
  const meetings = people.map((count) => answering(count, answers));
  // By turns, so that whatever else the machine does meets all of them; the first rounds warm up.
  const taken = Array.from({ length: rounds + 2 }, () => meetings.map((round) => round())).slice(2);
  const column = (place: number) => taken.map((row) => row[place] as Round);
  const microseconds = (place: number) => (median(column(place).map(({ answerMs }) => answerMs)) / answers) * 1000;
  const ratio = median(column(0).map(({ answerMs, plainMs }) => answerMs / plainMs));
  const last = people.length - 1;
  const growth = median(taken.map((row) => (row[last]?.answerMs ?? 0) / (row[0]?.answerMs ?? 1)));
  const costs = people.map((count, place) => `${withCommas(count)}: ${microseconds(place).toFixed(1)} µs`).join(', ');
  return [
    {
      figure: 'an answer on the authority, told to its sender and the hosts',
      measured: `${ratio.toFixed(1)}x`,
      target: '≤ 2x of the plain message',
      isMet: ratio <= 2,
      how: `plain: \`JSON.parse\`, the schema and \`Map.set\`; ${answers} answers by turns, median of ${rounds}`,
    },
    {
      figure: `the same from ${withCommas(people[0])} to ${withCommas(people[last] ?? 0)} participants`,
      measured: `${growth.toFixed(1)}x`,
      target: '≤ 2x (flat)',
      isMet: growth <= 2,
      how: costs,
    },
  ];
}
