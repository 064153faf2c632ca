import type { Endpoint } from '../../src/participants/participants.types.ts';
import { messageText } from '../../src/transport/messages.parse.ts';
import type { Message } from '../../src/transport/messages.types.ts';
import { type Figure, type Scale, whyMissed, withCommas } from './figure.ts';
import { heapInUse } from './heap.ts';
import { hostId, idAt, largeMeeting } from './large-meeting.ts';

const scales = { full: 100_000, quick: 500 } as const;
const mostBytes = 200;

/** A text as it comes out of a message: in one piece, so that nothing of it is made later. */
const received = (text: string): string => JSON.parse(JSON.stringify(text));

/** What the authority keeps of each participant, beside the id: after joining, and after everyone was asked and answered. */
export async function measureMemory(scale: Scale): Promise<Figure[]> {
  const people = scales[scale];
  const ids = Array.from({ length: people }, (_, place) => received(idAt(place)));
  const asked = { noticeId: '', recordingId: '' };
  const meeting = await largeMeeting({ people: 0, send: confirm });

  /** A client carries out what it is told, and says so. */
  function confirm(message: Message, to: 'all' | readonly Endpoint[]): void {
    if (message.t !== 'personal' || to === 'all' || to.includes(hostId)) return;
    const [notice] = message.personal.notices;
    if (notice) Object.assign(asked, { noticeId: notice.noticeId, recordingId: notice.recordingId });
    for (const endpoint of to) meeting.hears(endpoint, messageText({ t: 'got', epoch: meeting.epoch, n: message.n }));
  }

  const before = heapInUse();
  const perPerson = (): number => (heapInUse() - before) / people;

  for (const id of ids) meeting.joins(id);
  const joined = perPerson();

  meeting.asks();
  const { noticeId, recordingId } = asked;
  // One never answers, so that the request stays open.
  const [, ...answerers] = ids;
  for (const id of answerers) {
    meeting.hears(id, messageText({ t: 'shown', id: `shown-${id}`, noticeId }));
    const answer = { t: 'answer', id: `answer-${id}`, noticeId, recordingId, revision: 1 } as const;
    meeting.hears(id, messageText({ ...answer, answers: { recording: 'given' } }));
  }
  const answered = perPerson();
  const how = `heap after collection, names included and ids not, ${withCommas(people)} participants`;
  return [
    {
      figure: 'a participant on the authority: that they are here',
      measured: `${withCommas(joined)} bytes`,
      target: `≤ ${mostBytes} bytes`,
      isMet: joined <= mostBytes,
      decision: whyMissed,
      how: `${how} who joined`,
    },
    {
      figure: 'a participant on the authority: all that it keeps',
      measured: `${withCommas(answered)} bytes`,
      target: `≤ ${mostBytes} bytes`,
      isMet: answered <= mostBytes,
      decision: whyMissed,
      how: `${how} who were asked, shown the notice and answered`,
    },
  ];
}
