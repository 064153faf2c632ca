import { afterEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../src/notice/notice.types.ts';
import type { Status } from '../../src/participants/participants.types.ts';
import type { RosterView, SessionSnapshot } from '../../src/session/session.types.ts';
import '../../src/ui.ts';
import { parsedPolicy } from './parsed-policy.ts';
import { asked, calm, put, scriptedSession, visible } from './scripted-session.ts';

const settled = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));
const recording = (status: Status): Partial<SessionSnapshot> => ({
  indicators: { recording: status },
  recordings: [
    {
      recordingId: 'r1',
      purposes: ['recording'],
      status,
      storage: 'local',
      requestedBy: { participantId: 'hana', name: 'Hana' },
    },
  ],
});
const asHost: SessionSnapshot['self'] = { ...calm.self, id: 'hana', role: 'host' };

afterEach(() => document.body.replaceChildren());

describe('<meeting-notice-banner>', () => {
  const told: Notice = {
    ...asked,
    kind: 'banner',
    consent: 'notice',
    text: { ...asked.text, title: 'This meeting is recorded', consequences: {} },
    choices: [{ id: 'leave', label: 'Leave me out', effect: 'excluded', answers: { recording: 'refused' } }],
  };

  test('[G1] tells without taking the focus, says that it is shown, and offers to be left out', async () => {
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    const { session, said, show } = scriptedSession();
    const { root, find } = put('meeting-notice-banner', session);
    show({ notices: [told] });
    const announced = visible(root, '[aria-live=polite]');
    find('.choice').click();
    await settled();
    expect({ focused: document.activeElement, announced, calls: said() }).toEqual({
      focused: button,
      announced: ['This meeting is recorded Hana asks to record. It is kept on her device.'],
      calls: [
        ['confirmShown', 'n1'],
        ['confirmShown', 'n1'],
        ['answer', 'n1', { recording: 'refused' }],
      ],
    });
  });

  test('leaves prompts to the prompt, and goes with its notice', () => {
    const { session, show } = scriptedSession({ notices: [asked, told], prompt: asked });
    const { root } = put('meeting-notice-banner', session);
    const shown = visible(root, 'section h2');
    show({ notices: [], prompt: null });
    expect([shown, visible(root, 'section')]).toEqual([['This meeting is recorded'], []]);
  });

  test('one that is hidden by hand stays hidden, and the next one shows', () => {
    const { session, show } = scriptedSession({ notices: [told] });
    const { root, find } = put('meeting-notice-banner', session);
    find('.hide').click();
    show({ notices: [{ ...told, shown: true }] });
    const afterHiding = visible(root, 'section h2');
    show({ notices: [{ ...told, noticeId: 'n2' }] });
    expect([afterHiding, visible(root, 'section h2')]).toEqual([[], ['This meeting is recorded']]);
  });
});

describe('<meeting-notice-indicator>', () => {
  test('[G2] says each status in words and by a shape of its own, unknown as unknown', () => {
    const { session, show } = scriptedSession();
    const { root } = put('meeting-notice-indicator', session);
    const seen = (['on', 'paused', 'asking', 'unknown', 'off'] as const).map((status) => {
      show(recording(status));
      return [status, visible(root, '[part=label]').join(), root.querySelector('path')?.getAttribute('d')] as const;
    });
    expect(seen.map(([status, words]) => [status, words])).toEqual([
      ['on', 'REC · Recording'],
      ['paused', 'REC paused'],
      ['asking', 'Asking to record'],
      ['unknown', 'Recording status unknown'],
      ['off', ''],
    ]);
    expect(new Set(seen.map(([, , shape]) => shape)).size).toBe(5);
  });

  test('announces changes once: on and unknown at once, the others politely', () => {
    const { session, show } = scriptedSession();
    const { root } = put('meeting-notice-indicator', session);
    const told = (): string[] => ['polite', 'assertive'].map((how) => visible(root, `[aria-live=${how}]`).join());
    const first = told();
    show(recording('asking'));
    const asking = told();
    show(recording('on'));
    const on = told();
    show({ connection: 'lost', indicators: { recording: 'unknown' } });
    expect([first, asking, on, told()]).toEqual([
      ['', ''],
      ['Everyone is being asked whether this meeting may be recorded.', ''],
      ['', 'This meeting is being recorded.'],
      ['', 'It is unknown whether this meeting is being recorded.'],
    ]);
  });

  test('mounted while a recording runs, announces it', () => {
    const { session } = scriptedSession(recording('on'));
    const { root } = put('meeting-notice-indicator', session);
    expect(visible(root, '[aria-live=assertive]')).toEqual(['This meeting is being recorded.']);
  });

  test('[G2] says unknown before the client knows the meeting, and once it has lost its session', () => {
    const { session } = scriptedSession({ connection: 'joining', indicators: { recording: 'unknown' } });
    const { element, root } = put('meeting-notice-indicator', session);
    const before = visible(root, '[part=label]');
    element.session = undefined;
    expect([before, visible(root, '[part=label]')]).toEqual([
      ['Recording status unknown'],
      ['Recording status unknown'],
    ]);
  });

  test('shows off in words where the page asks for it', () => {
    const { session } = scriptedSession();
    const { element, root } = put('meeting-notice-indicator', session);
    element.toggleAttribute('show-off', true);
    expect(visible(root, '[part=label]')).toEqual(['Not recorded']);
  });

  test('[G4] says that attention tracking is on, is active, and that hosts see one’s own clock, and unknown without contact', () => {
    const { session, show } = scriptedSession();
    const { root } = put('meeting-notice-indicator', session, { purpose: 'attention-tracking' });
    const facts = { connection: 'connected', attention: { enabled: true, active: true, inattentive: false } } as const;
    const said = [
      {},
      { ...facts, attention: { ...facts.attention, active: false } },
      facts,
      { ...facts, attention: { ...facts.attention, inattentive: true } },
      { ...facts, connection: 'lost' } as const,
      { ...facts, attention: { enabled: false, active: false, inattentive: false } },
    ].map((next) => {
      show(next);
      return [visible(root, '[part=label]').join(), visible(root, '[aria-live]').join('')];
    });
    expect(said).toEqual([
      ['', ''],
      ['Attention tracking on', 'Attention tracking is on. It works only while a screen is shared.'],
      ['Attention tracking active', 'Attention tracking is active while the screen is shared.'],
      ['Hosts see your clock', 'Hosts see a clock beside your name: the meeting is not your active window.'],
      ['Attention tracking: unknown', 'Attention tracking: it is unknown whether it is on.'],
      ['', 'Attention tracking is off.'],
    ]);
  });

  test('[G4] shows attention tracking by a clock, and what is unknown of it as everything unknown', () => {
    const { session, show } = scriptedSession({ ...recording('on'), attention: { enabled: true, active: true } });
    const { root } = put('meeting-notice-indicator', session, { purpose: 'attention-tracking' });
    const { root: other } = put('meeting-notice-indicator', session);
    const shapesNow = () => [root, other].map((each) => each.querySelector('path')?.getAttribute('d'));
    const [clock, dot] = shapesNow();
    show({ connection: 'lost', indicators: { recording: 'unknown' } });
    const [first, second] = shapesNow();
    expect([clock === dot, clock === first, first === second]).toEqual([false, false, true]);
  });

  test('has words for a purpose of one’s own', () => {
    const { session } = scriptedSession({ indicators: { recording: 'off', 'mood-board': 'on' } });
    const { root } = put('meeting-notice-indicator', session, { purpose: 'mood-board' });
    expect(visible(root, '[part=label]')).toEqual(['mood-board: on']);
  });
});

describe('<meeting-notice-status>', () => {
  test('[G1] names the software that is in the meeting, while it is', () => {
    const { session, show } = scriptedSession({
      bots: [{ participantId: 'otter', name: 'Otter' }, { participantId: 'x7' }],
    });
    const { root } = put('meeting-notice-status', session);
    const shown = visible(root, '.bots');
    show({ bots: [] });
    expect([shown, visible(root, '.bots')]).toEqual([['Software in this meeting: Otter and x7'], []]);
  });

  test('[G4] says that hosts see a clock beside one’s name, while they do', () => {
    const { session, show } = scriptedSession({ attention: { enabled: true, active: true } });
    const { root } = put('meeting-notice-status', session);
    const said = [true, false].map((inattentive) => {
      show({ attention: { inattentive } });
      return visible(root, '[part=attention]');
    });
    expect(said).toEqual([['Hosts see a clock beside your name: the meeting is not your active window.'], []]);
  });

  test('says whether one is captured, and why not', () => {
    const { session, show } = scriptedSession();
    const { root } = put('meeting-notice-status', session);
    const said = [
      calm,
      { ...recording('on'), self: { ...calm.self, captured: true, because: 'clear' } },
      { ...recording('on'), self: { ...calm.self, because: 'refused' } },
      { ...recording('asking'), self: { ...calm.self, because: 'unanswered' } },
      { ...recording('unknown'), self: calm.self },
    ].map((next) => {
      show(next as Partial<SessionSnapshot>);
      return visible(root, '[part=captured]').join();
    });
    expect(said).toEqual([
      'You are not being recorded.',
      'You are being recorded.',
      'You are not being recorded: you refused.',
      'Nothing is being recorded yet.',
      'It is unknown whether you are being recorded.',
    ]);
  });

  test('[G3] offers to withdraw what was given, in one press', async () => {
    const { session, said } = scriptedSession({
      ...recording('on'),
      self: {
        ...calm.self,
        captured: true,
        because: 'clear',
        consents: { recording: 'given', transcription: 'refused' },
      },
    });
    const { root, find } = put('meeting-notice-status', session);
    const offered = visible(root, 'li').map((row) => row.trim());
    find('[part~=withdraw]').click();
    await settled();
    expect([offered, visible(root, 'li button'), said(), visible(root, '[aria-live=polite]')]).toEqual([
      ['Recording AgreedWithdrawChange my answer', 'Transcript RefusedWithdrawChange my answer'],
      ['Withdraw', 'Change my answer', 'Change my answer'],
      [['withdrawConsent', 'recording']],
      ['Withdrawn. From now on you are not in the recording.'],
    ]);
  });

  test('who was only told is told so, and may object; who is asked and has not answered has nothing to withdraw', () => {
    const self = { ...calm.self, consents: { recording: 'shown' } } as const;
    const { session, show } = scriptedSession({ ...recording('on'), self, policy: parsedPolicy('notice-only') });
    const { root } = put('meeting-notice-status', session);
    const told = [visible(root, '.consent'), visible(root, 'li button')];
    show({ policy: parsedPolicy('all-party') });
    expect([told, [visible(root, '.consent'), visible(root, 'li button')]]).toEqual([
      [['Told'], ['Withdraw', 'Change my answer']],
      [['No answer yet'], ['Answer']],
    ]);
  });

  test('opens the notice again, to change one’s mind', () => {
    const self = { ...calm.self, because: 'refused', consents: { recording: 'refused' } } as const;
    const { session, said } = scriptedSession({ ...recording('on'), self });
    const { find } = put('meeting-notice-status', session);
    find('[part~=review]').click();
    expect(said()).toEqual([['reviewConsent', 'recording']]);
  });

  test('[G13] says which devices are held, and offers them back once the hold has ended by itself', () => {
    const { session, show } = scriptedSession({
      hold: { devices: ['microphone', 'camera'], because: 'unanswered', restore: ['microphone'] },
      restorable: [],
    });
    const released: unknown[] = [];
    const devices = {
      state: () => ({ microphone: false, camera: false, screen: false, chat: true }),
      subscribe: () => () => {},
      hold: () => {},
      release: (...parameters: unknown[]) => released.push(parameters),
    };
    const { root, find, element } = put('meeting-notice-status', session, { devices });
    const held = visible(root, '[part=hold], [part~=restore]');
    show({ hold: null, restorable: ['microphone'] });
    const offered = visible(root, '[part=hold], [part~=restore]');
    const asked: unknown[] = [];
    element.addEventListener('meeting-notice-restore', (event) => asked.push((event as CustomEvent).detail));
    find('[part~=restore]').click();
    expect({ held, offered, asked, released }).toEqual({
      held: ['Off until you answer: microphone and camera.'],
      offered: ['Give back my microphone'],
      asked: [{ devices: ['microphone'] }],
      released: [[['microphone'], ['microphone']]],
    });
  });
});

describe('<meeting-notice-roster>', () => {
  const row = (participantId: string, more: Partial<RosterView> = {}): RosterView => ({
    participantId,
    role: 'participant',
    channel: 'app',
    present: true,
    admission: 'admitted',
    consents: {},
    captured: false,
    ...more,
  });
  const counts = { present: 4, captured: 1, consents: { given: 1, refused: 1, shown: 1, 'cannot-be-asked': 1 } };
  const rows = [
    row('bo', { name: 'Bo', consents: { recording: 'given' }, captured: true }),
    row('cy', { name: 'Cy', consents: { recording: 'refused' } }),
    row('di', { consents: { recording: 'shown' } }),
    row('ed', { channel: 'phone', admission: 'waiting', consents: { recording: 'cannot-be-asked' } }),
  ];

  test('shows a name that becomes known while the counts stay as they are', () => {
    const row = {
      participantId: 'bo',
      role: 'participant',
      channel: 'app',
      present: true,
      admission: 'admitted',
      consents: {},
      captured: false,
    } as const;
    const alone = { present: 1, captured: 0, consents: {} };
    const outcomes = { roster: { counts: alone, rows: [row] as RosterView[] } };
    const { session, emit } = scriptedSession({ self: asHost, counts: alone }, outcomes);
    const { root } = put('meeting-notice-roster', session);
    const before = visible(root, 'li strong');
    const named = { ...row, name: 'Bo' };
    outcomes.roster = { counts: alone, rows: [named] };
    emit('rosterChanged', { counts: alone, changed: [named], removed: [] });
    expect([before, visible(root, 'li strong')]).toEqual([['bo'], ['Bo']]);
  });

  test('shows hosts how many stand where, and each name with its consent in words', () => {
    const { session } = scriptedSession({ ...recording('asking'), self: asHost, counts }, { roster: { counts, rows } });
    const { root } = put('meeting-notice-roster', session);
    expect([visible(root, '[part=counts]'), visible(root, 'li p')]).toEqual([
      ['Agreed 1 · Refused 1 · Still to answer 1 · Cannot be asked 1'],
      [
        'Bo Agreed · in the recording',
        'Cy Refused',
        'di No answer yet',
        'ed On the phone · Waiting to be let inCannot be asked',
      ],
    ]);
  });

  test('[G4] shows a clock beside who is away, says it to who cannot see it, and tells apart whose client cannot tell', () => {
    const shown = { counts, rows: [row('bo', { name: 'Bo' }), row('cy', { name: 'Cy' })] };
    const outcomes = { roster: shown };
    const { session, emit } = scriptedSession({ self: asHost, counts }, outcomes);
    const { root } = put('meeting-notice-roster', session);
    const seen = () => ({
      clocks: [...root.querySelectorAll('[part=clock]:not([hidden])')].map((clock) => [
        clock.getAttribute('role'),
        clock.getAttribute('aria-label'),
      ]),
      rows: visible(root, 'li p').map((words) => words.trim()),
    });
    const before = seen();
    outcomes.roster = {
      counts,
      rows: [
        row('bo', { name: 'Bo', attention: 'inattentive' }),
        row('cy', { name: 'Cy' }),
        row('ed', { channel: 'phone', attention: 'unavailable' }),
      ],
    };
    emit('attentionIndicatorChanged', { changes: [{ participantId: 'bo', inattentive: true, sinceMs: 30_001 }] });
    const away = seen();
    outcomes.roster = shown;
    emit('attentionIndicatorChanged', { changes: [{ participantId: 'bo', inattentive: false, sinceMs: 0 }] });
    expect([before, away, seen()]).toEqual([
      { clocks: [], rows: ['Bo', 'Cy'] },
      {
        clocks: [['img', 'The meeting is not the active window of Bo']],
        rows: ['Bo', 'Cy', 'ed On the phone · Attention signal unavailable'],
      },
      { clocks: [], rows: ['Bo', 'Cy'] },
    ]);
  });

  test('shows nothing to participants', () => {
    const { session } = scriptedSession({ ...recording('asking'), counts });
    const { root } = put('meeting-notice-roster', session);
    expect(visible(root, 'section')).toEqual([]);
  });

  test('reminds one, or all who are still to answer, and lets in who waits', async () => {
    const { session, said } = scriptedSession(
      { ...recording('asking'), self: asHost, counts },
      { roster: { counts, rows } },
    );
    const { root, find } = put('meeting-notice-roster', session);
    const buttons = visible(root, 'button');
    find('li:nth-child(3) [part~=remind]').click();
    find('section > .buttons [part~=remind]').click();
    find('li:nth-child(4) [part~=admit]').click();
    await settled();
    expect([buttons, said()]).toEqual([
      ['Remind', 'Let in', 'Remind who has not answered (1)', 'Start without waiting …'],
      [['remind', ['di']], ['remind'], ['admit', ['ed']]],
    ]);
  });

  test('starts without waiting only with a reason', async () => {
    const { session, said } = scriptedSession(
      { ...recording('asking'), self: asHost, counts },
      { roster: { counts, rows } },
    );
    const { root, find } = put('meeting-notice-roster', session);
    const submit = () => find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    find('[part~=start][aria-expanded]').click();
    submit();
    await settled();
    const without = said();
    (find('#reason') as HTMLInputElement).value = '  Two are away. ';
    submit();
    await settled();
    expect([without, said(), visible(root, '[part=outcome]')]).toEqual([
      [],
      [['startWithoutWaiting', { reason: 'Two are away.' }]],
      ['Started. Who has not answered is not in the recording.'],
    ]);
  });

  test('keeps the row, and so its focus, while others come and go', () => {
    const roster = { counts, rows: [...rows] };
    const { session, show } = scriptedSession({ ...recording('asking'), self: asHost, counts }, { roster });
    const { root, find } = put('meeting-notice-roster', session);
    const before = find('li:nth-child(3)');
    roster.rows.splice(0, 1, row('ab', { name: 'Ab' }), row('ac', { name: 'Ac' }));
    show({ counts: { ...counts, present: 5 } });
    expect([find('li:nth-child(4)') === before, visible(root, 'li strong')]).toEqual([
      true,
      ['Ab', 'Ac', 'Cy', 'di', 'ed'],
    ]);
  });
});

describe('<meeting-notice-controls>', () => {
  test('asks with storage, transcript and reason, and says in words what came of it', async () => {
    const { session, said } = scriptedSession(
      { self: asHost },
      { requestRecording: { outcome: 'vetoed', recordingId: 'r1' } },
    );
    const { root, find } = put('meeting-notice-controls', session);
    (find('#transcript') as HTMLInputElement).checked = true;
    (find('#reason') as HTMLInputElement).value = 'Minutes';
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
    const meanwhile = visible(root, '[part=outcome]');
    await settled();
    expect([said(), meanwhile, visible(root, '[part=outcome]')]).toEqual([
      [['requestRecording', { storage: 'cloud', transcript: true, reason: 'Minutes' }]],
      ['Everyone is being asked. Nothing is recorded yet.'],
      ['Not recorded: somebody refused, and here one refusal is enough.'],
    ]);
  });

  test('offers only where the recorder and the policy can keep it, and a transcript only of a cloud recording', () => {
    const { session } = scriptedSession({
      self: asHost,
      policy: parsedPolicy('all-party', { storage: ['local'] }),
    });
    const { root, find } = put('meeting-notice-controls', session);
    expect([visible(root, 'label'), (find('#storage') as HTMLSelectElement).value]).toEqual([
      ['What it is for (shown to everyone)'],
      'local',
    ]);
  });

  test('keeps what was chosen only while it is still offered', () => {
    const { session } = scriptedSession({ self: asHost });
    const { element, find } = put('meeting-notice-controls', session);
    element.storages = ['local', 'cloud'];
    const kept = (find('#storage') as HTMLSelectElement).value;
    element.storages = ['local'];
    expect([kept, (find('#storage') as HTMLSelectElement).value]).toEqual(['cloud', 'local']);
  });

  test('offers what can be done at each status', async () => {
    const { session, said, show } = scriptedSession({ self: asHost });
    const { root, find } = put('meeting-notice-controls', session);
    const offered = (['off', 'asking', 'on', 'paused', 'unknown'] as const).map((status) => {
      show(recording(status));
      return visible(root, 'button');
    });
    show(recording('on'));
    find('.acts button').click();
    await settled();
    expect([offered, said(), visible(root, '[part=outcome]')]).toEqual([
      [
        ['Ask to record'],
        ['Cancel the request'],
        ['Pause', 'Stop recording'],
        ['Resume', 'Stop recording'],
        ['Stop recording'],
      ],
      [['pauseRecording']],
      ['The recording is paused.'],
    ]);
  });

  test('is not for participants', () => {
    const { session } = scriptedSession();
    const { root } = put('meeting-notice-controls', session);
    expect(visible(root, 'section')).toEqual([]);
  });
});

describe('<meeting-notice-keypad>', () => {
  test('hands each key to the session, pressed or typed, and shows the last ones', () => {
    const { session, said } = scriptedSession();
    const { find } = put('meeting-notice-keypad', session);
    find('[data-key="1"]').click();
    find('[data-key="#"]').dispatchEvent(new KeyboardEvent('keydown', { key: '2', bubbles: true, composed: true }));
    find('[data-key="#"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true, composed: true }));
    expect([said(), find('output').textContent, find('[data-key="#"]').getAttribute('aria-label')]).toEqual([
      [
        ['pressKey', '1'],
        ['pressKey', '2'],
      ],
      '12',
      'Pound',
    ]);
  });
});

describe('registering', () => {
  test('a session given before the elements were defined is taken over', () => {
    const { session } = scriptedSession(recording('on'));
    const early = document.createElement('meeting-notice-early');
    Object.assign(early, { session });
    document.body.append(early);
    const Indicator = customElements.get('meeting-notice-indicator') as CustomElementConstructor;
    customElements.define('meeting-notice-early', class extends Indicator {});
    expect(early.shadowRoot?.querySelector('[part=label]')?.textContent).toBe('REC · Recording');
  });
});
