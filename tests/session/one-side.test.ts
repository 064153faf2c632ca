import { expect, test } from 'vitest';
import type { HookMap } from '../../src/hooks/hooks.types.ts';
import type { TextCatalogue } from '../../src/notice/texts.types.ts';
import { readHistory } from '../../src/records/history.ts';
import { createLedger } from '../../src/records/ledger.ts';
import { memoryStore } from '../../src/records/memory-store.ts';
import { recordGerman } from '../../src/records/record-german.ts';
import { linesOf, Telling } from '../../src/records/record-lines.ts';
import type { ScenarioInput } from '../../src/simulator/scenario.types.ts';
import { simulate } from '../../src/simulator/simulation.ts';
import { meeting } from './meeting.ts';

type Cue = HookMap['cueRequested'];

/** Pat calls; whatever they are to hear is confirmed by hand. One side is recorded: Pat's. */
async function call(policy: NonNullable<ScenarioInput['meeting']>['policy'], only: readonly string[] = ['pat']) {
  const simulation = simulate({
    meeting: { policy },
    participants: [
      { id: 'hana', role: 'host', name: 'Hana' },
      { id: 'bo' },
      { id: 'pat', channel: 'phone', presents: 'never' },
      { id: 'kim', channel: 'phone', presents: 'never' },
    ],
    steps: [],
    until: '1h',
  } as ScenarioInput);
  const cuesOf = (id: string) =>
    simulation
      .hooks(id)
      .filter(({ hook }) => hook === 'cueRequested')
      .map(({ payload }) => payload as Cue);
  void simulation.as('hana').requestsRecording({ storage: 'cloud', only });
  await simulation.waits('1s');
  return {
    simulation,
    cuesOf,
    hears: async (id: string, result: 'played' | 'blocked' = 'played') => {
      const last = cuesOf(id).at(-1);
      if (last?.cue === 'answered') simulation.session(id)?.confirmCue(last.cueId, result);
      else await simulation.as(id).confirmsCue(result);
      await simulation.waits('1s');
    },
    presses: async (key: string) => {
      await simulation.as('pat').pressesKey(key);
      await simulation.waits('1s');
    },
    isCaptured: (id: string) => simulation.session(id)?.getSnapshot().self.captured,
    reads: (id: string) => simulation.session(id)?.status('recording'),
    held: () => expect(simulation.guarantees()).toEqual([]),
  };
}

test('[G1] where being told is enough, the tone ends the announcement, and nothing is recorded before it was heard', async () => {
  const { cuesOf, hears, isCaptured, reads, held } = await call('notice-only');
  const [cue] = cuesOf('pat');
  expect(cue).toMatchObject({ cue: 'asking', announcement: { tone: 'after', keys: { '2': 'refuse' } } });
  expect(cue?.announcement.text).toMatch(/ Your side is recorded, from the tone on\.$/);
  expect({ captured: isCaptured('pat'), reads: reads('pat') }).toEqual({ captured: false, reads: 'asking' });
  await hears('pat', 'blocked');
  expect({ captured: isCaptured('pat'), reads: reads('pat') }).toEqual({ captured: false, reads: 'asking' });
  await hears('pat');
  expect({ captured: isCaptured('pat'), reads: reads('pat') }).toEqual({ captured: true, reads: 'on' });
  expect(cuesOf('pat')).toHaveLength(1);
  held();
});

test.each([
  ['explicit', 'all-party', 'given', 'You agreed.'],
  ['acknowledge', 'acknowledge', 'acknowledged', 'You chose to continue.'],
] as const)(
  '[G1] where an answer is asked (%s), it counts once the tone after it was heard, and nothing is said into what is recorded',
  async (_, policy, consent, words) => {
    const { simulation, cuesOf, hears, presses, isCaptured, reads, held } = await call(policy);
    expect(cuesOf('pat')[0]?.announcement.tone).toBeUndefined();
    await hears('pat');
    await presses('1');
    expect(cuesOf('pat').at(-1)).toMatchObject({
      cue: 'answered',
      announcement: {
        tone: 'after',
        text: `${words} Press 2 to change your mind, star to hear this again. Your side is recorded, from the tone on.`,
        keys: { '2': 'refuse' },
      },
    });
    expect({ captured: isCaptured('pat'), reads: reads('pat') }).toEqual({ captured: false, reads: 'asking' });
    await hears('pat');
    expect({ captured: isCaptured('pat'), reads: reads('pat') }).toEqual({ captured: true, reads: 'on' });
    expect(simulation.session('pat')?.getSnapshot().self.consents).toEqual({ recording: consent });
    expect(cuesOf('pat')).toHaveLength(2);
    held();
  },
);

test('[G3] who refuses before the tone was heard has refused, whatever is heard afterwards', async () => {
  const { simulation, cuesOf, hears, presses, isCaptured, reads, held } = await call('all-party');
  await hears('pat');
  await presses('1');
  const tone = cuesOf('pat').at(-1)?.cueId ?? '';
  await presses('2');
  simulation.session('pat')?.confirmCue(tone, 'played');
  await simulation.waits('1s');
  expect({ captured: isCaptured('pat'), reads: reads('pat') }).toEqual({ captured: false, reads: 'off' });
  expect(
    simulation
      .hooks('pat')
      .filter(({ hook }) => hook === 'consentChanged')
      .at(-1)?.payload,
  ).toMatchObject({
    consent: 'refused',
  });
  held();
});

test('[G1] a tone that is heard late agrees to nothing that was asked since', async () => {
  const { simulation, cuesOf, hears, presses, isCaptured } = await call('all-party');
  await hears('pat');
  await presses('1');
  const tone = cuesOf('pat').at(-1)?.cueId ?? '';
  await simulation.as('hana').stopsRecording();
  await simulation.waits('1s');
  void simulation.as('hana').requestsRecording({ storage: 'cloud', only: ['pat'] });
  await simulation.waits('1s');
  await hears('pat');
  simulation.session('pat')?.confirmCue(tone, 'played');
  await simulation.waits('1s');
  expect(isCaptured('pat')).toBe(false);
  expect(simulation.session('pat')?.getSnapshot().self.consents).toEqual({ recording: 'shown' });
  expect(cuesOf('pat').at(-1)).toMatchObject({ cue: 'asking', announcement: { keys: { '1': 'agree' } } });
});

test('who presses a key before the question was heard to its end hears no tone', async () => {
  const { cuesOf, presses } = await call('all-party');
  await presses('1');
  expect(cuesOf('pat').at(-1)?.announcement.text).toMatch(/^Your answer does not count yet/);
  expect(cuesOf('pat').at(-1)?.announcement.tone).toBeUndefined();
});

test('[G1] [G2] whose side is not recorded is asked nothing, is told that it runs, and that it is not theirs', async () => {
  const { simulation, cuesOf, hears, isCaptured, reads, held } = await call('notice-only');
  expect([...cuesOf('bo'), ...cuesOf('kim'), ...cuesOf('hana')]).toEqual([]);
  await hears('pat');
  const { notices, self, recordings } = simulation.session('bo')?.getSnapshot() ?? {};
  expect(notices).toMatchObject([{ kind: 'banner', side: 'other', choices: [], purposes: ['recording'] }]);
  expect(notices?.[0]?.text).toMatchObject({ title: 'This meeting is being recorded.', consequences: {} });
  expect(notices?.[0]?.text.body.split('\n')).toEqual([
    'Asked for by Hana.',
    'Your side is not recorded.',
    'It is stored in the meeting provider’s cloud.',
  ]);
  expect(self).toMatchObject({ captured: false, because: 'other-side', consents: {} });
  expect(recordings).toMatchObject([{ only: ['pat'] }]);
  expect(['hana', 'bo', 'kim'].map((id) => [reads(id), isCaptured(id)])).toEqual([
    ['on', false],
    ['on', false],
    ['on', false],
  ]);
  const [{ announcement } = { announcement: undefined }] = cuesOf('kim');
  expect(announcement?.text).toMatch(/^This meeting is being recorded\..* What you say is not recorded\.$/);
  expect(announcement).not.toHaveProperty('keys');
  expect(announcement).not.toHaveProperty('tone');
  held();
});

test('an answer of somebody whose side is not recorded changes nothing', async () => {
  const { simulation, hears, reads, isCaptured, held } = await call('notice-only');
  await hears('pat');
  const answers = [
    simulation.session('bo')?.giveConsent('recording'),
    simulation.session('bo')?.withdrawConsent('recording'),
  ];
  await simulation.waits('1s');
  const moot = { outcome: 'moot', because: 'not-asked' };
  expect(await Promise.all(answers)).toEqual([moot, moot]);
  expect([isCaptured('bo'), reads('bo'), isCaptured('pat')]).toEqual([false, 'on', true]);
  expect(simulation.session('bo')?.getSnapshot().hold).toBeNull();
  held();
});

test('a recording of one side ends when whoever is recorded hangs up, and one that nobody is there for does not begin', async () => {
  const { simulation, hears, reads, held } = await call('notice-only');
  await hears('pat');
  await simulation.as('pat').leaves();
  await simulation.waits('1s');
  expect(reads('hana')).toBe('off');
  const again = simulation.session('hana')?.requestRecording({ storage: 'cloud', only: ['pat'] });
  await simulation.waits('1s');
  expect(await again).toMatchObject({ outcome: 'nobody-to-capture' });
  held();
});

test('who asks for their own side alone has agreed by that, and the others are told', async () => {
  const { isCaptured, cuesOf, reads, held } = await call('all-party', ['hana']);
  expect(['hana', 'bo', 'pat'].map(isCaptured)).toEqual([true, false, false]);
  expect(reads('bo')).toBe('on');
  expect(cuesOf('bo').map(({ cue }) => cue)).toEqual(['started']);
  held();
});

test('[G8] whose side it is goes along in a hand-over', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'notice-only' });
  const ida = await all.joins('ida', { role: 'co-host', policy: 'notice-only', reaches: hana });
  const bo = await all.joins('bo', { presents: 'assumed' });
  void hana.session.requestRecording({ storage: 'cloud', only: ['bo'] });
  await all.passes(1000);
  await hana.session.handOver('ida');
  await all.passes(10_000);
  const { authorityId, recordings } = bo.session.getSnapshot();
  expect({ authorityId, only: recordings[0]?.only }).toEqual({ authorityId: 'ida', only: ['bo'] });
  expect(bo.session.getSnapshot().self.captured).toBe(true);
  expect(ida.session.getSnapshot().self).toMatchObject({ captured: false, because: 'other-side' });
});

test('whose side is meant is checked when it is handed in, and needs a recorder that leaves people out', async () => {
  const all = meeting();
  const hold = { untilAnswered: 'hold', onLateJoin: 'hold', onRefusal: 'hold' } as const;
  const policy = { extends: 'notice-only', recording: hold } as const;
  const hana = await all.joins('hana', { role: 'host', policy, recorder: { exclude: false } });
  const request = (only: unknown) => () => hana.session.requestRecording({ storage: 'cloud', only } as never);
  expect(request([])).toThrow(new TypeError('requestRecording: only must be 1 to 8 ids, not [].'));
  expect(request('pat')).toThrow(TypeError);
  expect(request(Array.from({ length: 9 }, (_, place) => `p${place}`))).toThrow(TypeError);
  const asked = request(['hana'])();
  await all.passes(100);
  expect(await asked).toEqual({ outcome: 'denied', code: 'capture/cannot-exclude' });
});

test('[G6] the ledger says whose side was asked for, and holds no agreement of whoever asked for it', async () => {
  const all = meeting();
  const ledger = createLedger({ store: memoryStore(), clock: all.clock });
  const hana = await all.joins('hana', { role: 'host', name: 'Hana', policy: 'notice-only', ledger });
  await all.joins('bo');
  const settles = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await all.passes(100);
    }
  };
  await settles();
  void hana.session.requestRecording({ storage: 'cloud', only: ['bo'] });
  await settles();
  const history = await readHistory(ledger.records('weekly'));
  expect(history.recordings.map(({ requests }) => requests.map(({ only }) => only))).toEqual([[['bo']]]);
  expect(
    history.recordings[0]?.people.map(({ participantId, consents }) => [participantId, consents[0]?.consent]),
  ).toEqual([
    ['bo', 'shown'],
    ['hana', 'shown'],
  ]);
  const told = (catalogue?: TextCatalogue) =>
    linesOf(history, new Telling(history, catalogue && { catalogue })).map(({ what }) => what)[0];
  expect([told(), told(recordGerman)]).toEqual([
    'Asked for, of one side alone: bo',
    'Darum gebeten, nur von einer Seite: bo',
  ]);
});
