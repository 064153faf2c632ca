import { expect, test } from 'vitest';
import type { HookMap } from '../../src/hooks/hooks.types.ts';
import type { ScenarioInput } from '../../src/simulator/scenario.types.ts';
import { simulate } from '../../src/simulator/simulation.ts';

/** Hana, a host, and Pat on the phone; Bo beside them keeps a question open. */
async function call(policy: NonNullable<ScenarioInput['meeting']>['policy'] = 'all-party', more: object = {}) {
  const simulation = simulate({
    meeting: { policy },
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }, { id: 'pat', channel: 'phone', ...more }],
    steps: [],
    until: '1h',
  } as ScenarioInput);
  const cues = () =>
    simulation
      .hooks('pat')
      .filter(({ hook }) => hook === 'cueRequested')
      .map(({ payload }) => payload as HookMap['cueRequested']);
  await simulation.as('hana').requestsRecording('cloud');
  await simulation.waits('3s');
  return {
    simulation,
    press: (key: string) => simulation.as('pat').pressesKey(key),
    /** What Pat hears last, and the keys that it names. */
    heard: () => {
      const { cue, announcement } = cues().at(-1) ?? {};
      return { cue, text: announcement?.text, keys: announcement?.keys };
    },
    said: () =>
      cues()
        .filter(({ cue }) => cue === 'answered')
        .map(({ announcement }) => announcement.text),
  };
}

const left = 'You stay in the meeting. Your voice, your picture and what you share are left out of the recording.';

test('[G3] who agrees by a key hears so, and which key takes it back', async () => {
  const { press, heard } = await call();
  await press('1');
  expect(heard()).toEqual({
    cue: 'answered',
    text: 'You agreed. Press 2 to change your mind, star to hear this again.',
    keys: { '2': 'refuse', '*': 'repeat' },
  });
});

test('who refuses by a key hears what that does, and which key takes it back', async () => {
  const { press, heard, said, simulation } = await call();
  await press('2');
  const refused = {
    cue: 'answered',
    text: `You refused. ${left} Press 1 to change your mind, star to hear this again.`,
    keys: { '1': 'agree', '*': 'repeat' },
  };
  expect(heard()).toEqual(refused);
  await press('*');
  expect(heard()).toEqual(refused);
  await press('1');
  expect(said().at(-1)).toBe('You agreed. Press 2 to change your mind, star to hear this again.');
  expect(simulation.session('pat')?.getSnapshot().self.consents['recording']).toBe('given');
});

test('[G3] who takes it back while it runs hears that what was recorded stays', async () => {
  const { press, said, simulation } = await call();
  await press('1');
  await simulation.as('bo').givesConsent('recording');
  await simulation.waits('3s');
  await press('2');
  expect(said().at(-1)).toBe(
    `You refused. ${left} What was recorded of you before stays in the recording. Press 1 to change your mind, star to hear this again.`,
  );
});

test('who only continues hears that, and no more than that', async () => {
  const { press, said } = await call({
    extends: 'acknowledge',
    recording: { start: 'when-everyone-answered', timeoutMs: 60_000, onTimeout: 'refused' },
  });
  await press('1');
  expect(said()).toEqual(['You chose to continue. Press 2 to change your mind, star to hear this again.']);
});

test('a refusal that ends it for everyone names no key that could take it back', async () => {
  const { press, said } = await call({ extends: 'all-party', recording: { onRefusal: 'veto' } });
  await press('2');
  expect(said()).toEqual(['You refused. This does not start, for anyone. One refusal is enough.']);
});

test('[G1] an answer before the question was heard to its end does not count, and is said not to', async () => {
  const { press, heard, simulation } = await call('all-party', { presents: 'never' });
  await press('1');
  expect(heard()).toEqual({
    cue: 'answered',
    text: 'Your answer does not count yet: the question was not heard to its end. Press 1 to agree, 2 to refuse, star to hear this again.',
    keys: { '1': 'agree', '2': 'refuse', '*': 'repeat' },
  });
  expect(simulation.session('pat')?.getSnapshot().self.consents['recording']).toBe('requested');
  await press('*');
  expect(heard().text).toMatch(/^Do you agree to be recorded\?/);
});

test('[G1] who has not answered hears of a start that does not wait for them, and still which key agrees', async () => {
  const { heard, press, simulation } = await call();
  await simulation.as('hana').startsWithoutWaiting('we must begin');
  expect(heard()).toEqual({
    cue: 'started',
    text: `This meeting is being recorded. Asked for by hana. It is stored in the meeting provider’s cloud. If you refuse: ${left} You can change your answer at any time. Press 1 to agree, 2 to refuse, star to hear this again.`,
    keys: { '1': 'agree', '2': 'refuse', '*': 'repeat' },
  });
  await press('1');
  await simulation.as('hana').pausesRecording();
  await simulation.as('hana').resumesRecording();
  expect(heard()).toMatchObject({ cue: 'resumed', keys: { '2': 'refuse', '*': 'repeat' } });
});

test('[G9] an answer that does not arrive is said to be on its way', async () => {
  const { press, said, simulation } = await call();
  await simulation.as('network').partitions([['hana', 'bo'], ['pat']]);
  await press('1');
  expect(said()).toEqual([]);
  await simulation.waits('11s');
  expect(said()).toEqual(['Your answer has not arrived yet. It is sent again until it has.']);
});

test('a key after the end hears that there is nothing to answer', async () => {
  const { press, said, simulation } = await call();
  await simulation.as('hana').stopsRecording();
  await simulation.waits('3s');
  await press('1');
  expect(said()).toEqual(['There is nothing to answer any more.']);
});

test('[G1] what is said back is not the notice: having heard it shows nothing', async () => {
  const { press, simulation } = await call('all-party', { presents: 'never' });
  await press('1');
  const session = simulation.session('pat');
  const answered = simulation.hooks('pat').findLast(({ payload }) => (payload as { cue?: string }).cue === 'answered');
  session?.confirmCue((answered?.payload as { cueId: string } | undefined)?.cueId ?? '', 'played');
  await simulation.waits('1s');
  expect(session?.getSnapshot().prompt?.shown).toBe(false);
});
