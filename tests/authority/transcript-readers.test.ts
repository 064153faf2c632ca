import { describe, expect, test } from 'vitest';
import { OwnTranscript } from '../../src/authority/own-transcript.ts';
import type { Person, Seat } from '../../src/authority/people.ts';
import { RecordingTime } from '../../src/authority/recording-time.ts';
import { TranscriptReaders } from '../../src/authority/transcript-readers.ts';
import type { Role } from '../../src/participants/participants.types.ts';
import { parsePolicy } from '../../src/policy/policy.parse.ts';
import type { Segment } from '../../src/transcript/transcript.types.ts';
import { authorityContext } from './authority-context.ts';

const epoch = { number: 1, id: 'hana', incarnation: 'a' };

const heard = (id: string, more: Partial<Segment> = {}): Segment => ({
  id,
  speaker: 'bo',
  startMs: 0,
  endMs: 0,
  text: id,
  final: true,
  ...more,
});

/** hana, a host with two devices, cora, a co-host, and bo: who of them is sent which segments. */
function readers(who: 'hosts' | 'everyone' = 'hosts') {
  const sent: { readonly to: readonly string[] }[] = [];
  const { context, clock } = authorityContext({
    send: (message, to) => void sent.push({ to: to as readonly string[], ...message }),
  });
  const policy = parsePolicy({ extends: 'gdpr', transcription: { readers: who } });
  const own = new TranscriptReaders(context, () => policy);
  const comes = (endpoint: string, id = endpoint, role: Role = 'participant', says = true) => {
    const { seat } = context.people.enter(endpoint, id, { role, channel: 'app', sdk: true, at: 0 });
    if (says) context.people.hello(seat, { t: 'hello', id: endpoint, devices: true });
    return seat;
  };
  comes('hana', 'hana', 'host');
  comes('phone', 'hana', 'host');
  comes('cora', 'cora', 'co-host');
  comes('bo');
  const made = (transcriptId: string) => {
    const time = new RecordingTime('r', () => clock.now());
    const transcript = new OwnTranscript(transcriptId, time, []);
    time.begins();
    transcript.stands('bo', true, true);
    for (const event of ['transcript.requested', 'recording.started', 'consent.settled'] as const) {
      transcript.happens(event);
    }
    return transcript;
  };
  const transcript = made('t');
  const told = () => sent.splice(0);
  return {
    own,
    comes,
    made,
    transcript,
    told,
    leaves: (endpoint: string) => {
      context.people.leave(endpoint);
      own.left(endpoint);
    },
    person: (id: string) => context.people.person(id) as Person,
    passes: (ms: number) => clock.runFor(ms),
    tells: (...segments: readonly Segment[]) => {
      for (const each of segments) own.tell(transcript, transcript.take(each));
    },
    /** Whether somebody who asks from a number on is let read, and what they are sent. */
    asks: (endpoint: string, from: number, what = transcript) => {
      const seat = context.people.seat(endpoint) as Seat;
      const query = { t: 'segments?', epoch, transcriptId: what.transcriptId, from } as const;
      return [own.asked(seat, what, query), told()];
    },
  };
}

const hosts = ['hana', 'phone', 'cora'];
const segments = (to: readonly string[], from: number, ids: readonly string[], more = {}) => ({
  t: 'segments',
  to,
  epoch,
  transcriptId: 't',
  recordingId: 'r',
  from,
  kept: ids.map((id) => heard(id)),
  ...more,
});

describe('[G8] a segment', () => {
  test('is told to each client of each who may read, numbered as they come', () => {
    const { tells, told, own, transcript } = readers();
    tells(heard('a'), heard('b'));
    own.tell(transcript, { kept: [], interim: [] });
    expect(told()).toStrictEqual([segments(hosts, 1, ['a']), segments(hosts, 2, ['b'])]);
  });

  test('that may still change has no number, and goes with what has', () => {
    const { tells, told, own, transcript } = readers();
    const interim = { ...heard('b'), final: false } as never;
    tells(heard('a'));
    told();
    own.tell(transcript, { kept: [], interim: [interim] });
    const { kept } = transcript.take(heard('c'));
    own.tell(transcript, { kept, interim: [interim] });
    expect(told()).toStrictEqual([
      segments(hosts, 2, [], { interim: [interim] }),
      segments(hosts, 2, ['c'], { interim: [interim] }),
    ]);
  });

  test('is told to everyone where the policy has everyone read', () => {
    const { tells, told } = readers('everyone');
    tells(heard('a'));
    expect(told()).toEqual([segments([...hosts, 'bo'], 1, ['a'])]);
  });

  test.each(['hosts', 'everyone'] as const)(
    '[G5] is told to nobody who has not said hello, or is not let in: %s',
    (who) => {
      const { tells, told, comes, person, leaves } = readers(who);
      comes('cora on a tablet', 'cora', 'co-host', false);
      comes('dee', 'dee', 'co-host');
      person('dee').admission = 'waiting';
      leaves('bo');
      tells(heard('a'));
      expect(told()).toEqual([segments(hosts, 1, ['a'])]);
    },
  );

  test('is sent to nobody where nobody reads', () => {
    const { tells, told, leaves } = readers();
    for (const endpoint of hosts) leaves(endpoint);
    tells(heard('a'));
    expect(told()).toEqual([]);
  });
});

describe('[G8] who misses segments', () => {
  test('has them again from where they say, but from before they came', () => {
    const { tells, told, asks, comes, own, transcript } = readers();
    own.begin(transcript);
    tells(heard('a'), heard('b'));
    comes('dee', 'dee', 'co-host');
    tells(heard('c'), heard('d'));
    told();
    const all = [1, 2, 4, 5, 0].map((from) => [asks('hana', from), asks('dee', from)]);
    expect(all).toEqual([
      [
        [true, [segments(['hana'], 1, ['a', 'b', 'c', 'd'], { re: 1 })]],
        [true, [segments(['dee'], 3, ['c', 'd'], { re: 1 })]],
      ],
      [
        [true, [segments(['hana'], 2, ['b', 'c', 'd'], { re: 2 })]],
        [true, [segments(['dee'], 3, ['c', 'd'], { re: 2 })]],
      ],
      [
        [true, [segments(['hana'], 4, ['d'], { re: 4 })]],
        [true, [segments(['dee'], 4, ['d'], { re: 4 })]],
      ],
      [
        [true, [segments(['hana'], 5, [], { re: 5 })]],
        [true, [segments(['dee'], 5, [], { re: 5 })]],
      ],
      [
        [true, [segments(['hana'], 1, ['a', 'b', 'c', 'd'], { re: 0 })]],
        [true, [segments(['dee'], 3, ['c', 'd'], { re: 0 })]],
      ],
    ]);
  });

  test('was there from its beginning, if they were, though nothing was told then', () => {
    const { own, transcript, asks } = readers();
    own.begin(transcript);
    transcript.take(heard('a'));
    expect(asks('hana', 1)).toEqual([true, [segments(['hana'], 1, ['a'], { re: 1 })]]);
    const late = readers();
    late.transcript.take(heard('a'));
    expect(late.asks('hana', 1)).toEqual([true, [segments(['hana'], 2, [], { re: 1 })]]);
  });

  test('has 32 at once', () => {
    const { tells, told, asks } = readers();
    const ids = Array.from({ length: 40 }, (_, place) => `s${place}`);
    tells(...ids.map((id) => heard(id)));
    told();
    expect(asks('cora', 3)).toEqual([true, [segments(['cora'], 3, ids.slice(2, 34), { re: 3 })]]);
  });

  test('[G5] who has left and comes back reads from there on', () => {
    const { tells, told, asks, comes, leaves } = readers();
    tells(heard('a'));
    leaves('cora');
    tells(heard('b'));
    comes('cora', 'cora', 'co-host');
    told();
    expect([asks('cora', 1), asks('hana', 1)]).toEqual([
      [true, [segments(['cora'], 3, [], { re: 1 })]],
      [true, [segments(['hana'], 1, ['a', 'b'], { re: 1 })]],
    ]);
  });

  test('is counted in each transcript by itself', () => {
    const { tells, told, asks, made, own, comes } = readers();
    tells(heard('a'));
    const other = made('u');
    own.begin(other);
    other.take(heard('b'));
    comes('dee', 'dee', 'co-host');
    told();
    expect([asks('dee', 1), asks('dee', 1, other), asks('hana', 1, other)]).toMatchObject([
      [true, [{ from: 2, kept: [] }]],
      [true, [{ from: 2, kept: [] }]],
      [true, [{ transcriptId: 'u', from: 1, kept: [{ id: 'b' }] }]],
    ]);
  });

  test('[G5] is refused where the policy does not let them read, and sent nothing while they are outside', () => {
    const { tells, told, asks, person, comes } = readers();
    tells(heard('a'));
    person('cora').admission = 'waiting';
    comes('silent', 'cora', 'co-host', false);
    told();
    expect([asks('bo', 1), asks('cora', 1), asks('silent', 1)]).toEqual([
      [false, []],
      [true, []],
      [true, []],
    ]);
    person('cora').admission = 'admitted';
    expect([asks('cora', 1), asks('silent', 1)]).toEqual([
      [true, [segments(['cora'], 1, ['a'], { re: 1 })]],
      [true, []],
    ]);
    const open = readers('everyone');
    open.tells(heard('a'));
    open.told();
    expect(open.asks('bo', 1)).toEqual([true, [segments(['bo'], 1, ['a'], { re: 1 })]]);
  });
});

describe('[G8] how far it has come', () => {
  test('is said every two seconds for ten seconds after something was told, and no longer', () => {
    const { tells, told, own, transcript, passes } = readers();
    own.tick(transcript);
    expect(told()).toEqual([]);
    tells(heard('a'));
    told();
    const heads: number[] = [];
    for (let second = 0; second <= 20; second += 1) {
      own.tick(transcript);
      for (const each of told()) {
        expect(each).toEqual(segments(hosts, 2, []));
        heads.push(second);
      }
      passes(1000);
    }
    expect(heads).toEqual([0, 2, 4, 6, 8, 10]);
  });

  test('is said again of what comes later', () => {
    const { tells, told, own, transcript, passes } = readers();
    tells(heard('a'));
    own.tick(transcript);
    passes(60_000);
    tells(heard('b', { startMs: 60_000, endMs: 60_000 }));
    told();
    own.tick(transcript);
    passes(1999);
    own.tick(transcript);
    expect(told()).toEqual([segments(hosts, 3, [])]);
    passes(1);
    own.tick(transcript);
    expect(told()).toEqual([segments(hosts, 3, [])]);
  });
});
