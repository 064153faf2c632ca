import type { AdapterBench, AdapterCheck, AdapterPart } from './adapter-contract.types.ts';

const roles = ['host', 'co-host', 'participant'];

const factChecks: Readonly<Record<string, AdapterCheck>> = {
  'names its meeting and its person, the same each time': {
    needs: [],
    async run({ adapter, must, mustEqual }) {
      must(typeof adapter.meetingId === 'string' && adapter.meetingId !== '', 'meetingId is a text that is not empty');
      const self = adapter.self();
      must(typeof self.id === 'string' && self.id !== '', 'self().id is a text that is not empty');
      must(roles.includes(self.role), `self().role is one of ${roles.join(', ')}`);
      mustEqual(adapter.self(), self, 'self() a second time');
    },
  },
  'gives a snapshot before anybody has subscribed, as plain data': {
    needs: [],
    async run({ adapter, must, mustEqual }) {
      const snapshot = adapter.snapshot();
      must(Array.isArray(snapshot.captures), 'captures is a list');
      must(typeof snapshot.sharing === 'boolean', 'sharing is true or false');
      mustEqual(JSON.parse(JSON.stringify(snapshot)), snapshot, 'the snapshot as JSON');
    },
  },
  'tells who joins and who leaves, by endpoint': {
    needs: ['participants'],
    async run({ listen, platform, until, mustEqual }) {
      const { facts } = listen();
      await platform.joins('bo#1');
      await until('the fact that somebody has joined', () => facts.some(({ fact }) => fact === 'joined'));
      await platform.leaves('bo#1');
      await until('the fact that somebody has left', () => facts.some(({ fact }) => fact === 'left'));
      const told = facts.filter((fact) => fact.fact === 'joined' || fact.fact === 'left');
      mustEqual(
        told.map(({ fact, endpoint }) => [fact, endpoint]),
        [
          ['joined', 'bo#1'],
          ['left', 'bo#1'],
        ],
        'the facts',
      );
    },
  },
  'says in its snapshot, too, whether a screen is shared': {
    needs: ['sharing'],
    async run({ adapter, listen, platform, until, must, mustEqual }) {
      mustEqual(adapter.snapshot().sharing, false, 'sharing before');
      const { facts } = listen();
      const told = () => facts.flatMap((fact) => (fact.fact === 'sharing' ? [fact] : []));
      await platform.shares(true);
      await until('the fact that a screen is shared', () => told().length === 1);
      mustEqual(adapter.snapshot().sharing, true, 'sharing while it is');
      await platform.shares(false);
      await until('the fact that it no longer is', () => told().length === 2);
      mustEqual(adapter.snapshot().sharing, false, 'sharing afterwards');
      mustEqual(
        told().map(({ active }) => active),
        [true, false],
        'the facts',
      );
      must(
        told().every(({ at }) => Number.isFinite(at)),
        'each says when',
      );
    },
  },
  'shows a capture of the platform to who asks later, until it has ended': {
    needs: ['seen-captures'],
    async run({ adapter, listen, platform, until, must, mustEqual }) {
      mustEqual(adapter.snapshot().captures, [], 'captures before');
      const { facts } = listen();
      const told = () => facts.flatMap((fact) => (fact.fact === 'capture-seen' ? [fact] : []));
      await platform.recordsByItself(true);
      await until('the fact that it is seen', () => told().some(({ active }) => active));
      const [seen] = told();
      must(typeof seen?.platformId === 'string' && seen.platformId !== '', 'it has a platformId');
      const running = adapter.snapshot().captures.map(({ platformId, active }) => [platformId, active]);
      mustEqual(running, [[seen?.platformId, true]], 'captures while it runs');
      await platform.recordsByItself(false);
      await until('the fact that it has ended', () => told().some(({ active }) => !active));
      mustEqual(told().at(-1)?.platformId, seen?.platformId, 'the platformId at its end');
      mustEqual(
        adapter.snapshot().captures.filter(({ active }) => active),
        [],
        'captures afterwards',
      );
    },
  },
  'tells each key once, as it is pressed': {
    needs: ['keys'],
    async run({ listen, platform, until, mustEqual }) {
      const { facts } = listen();
      const keys = () => facts.flatMap((fact) => (fact.fact === 'key' ? [fact.key] : []));
      for (const key of ['1', '*', '1']) await platform.pressesKey(key);
      await until('every key is told', () => keys().length >= 3);
      mustEqual(keys(), ['1', '*', '1'], 'the keys');
    },
  },
};

/** The same for every kind of fact: whichever the platform can bring about is used. */
function unsubscribing(
  part: AdapterPart,
  act: (platform: AdapterBench['platform']) => void | Promise<void>,
): AdapterCheck {
  return {
    needs: [part],
    async run({ listen, platform, until, quiet, mustEqual }) {
      const [stays, goes] = [listen(), listen()];
      goes.end();
      goes.end();
      await act(platform);
      await until('who stays is told', () => stays.facts.length > 0);
      await quiet();
      mustEqual(goes.facts, [], 'what who has gone is told');
    },
  };
}

/** What an adapter tells of its meeting. */
export const meetingChecks: Readonly<Record<string, AdapterCheck>> = {
  ...factChecks,
  'tells nothing to a listener that has gone: who joins': unsubscribing('participants', (platform) =>
    platform.joins('cy#1'),
  ),
  'tells nothing to a listener that has gone: sharing': unsubscribing('sharing', (platform) => platform.shares(true)),
  'tells nothing to a listener that has gone: captures seen': unsubscribing('seen-captures', (platform) =>
    platform.recordsByItself(true),
  ),
  'tells nothing to a listener that has gone: keys': unsubscribing('keys', (platform) => platform.pressesKey('1')),
};
