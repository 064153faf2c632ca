import { afterEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../src/notice/notice.types.ts';
import { parsedPolicy } from './parsed-policy.ts';
import '../../src/ui.ts';
import { asked, put, scriptedSession, standingClock, visible } from './scripted-session.ts';

const pressed = (target: EventTarget, key: string): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
};

const settled = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));

afterEach(() => document.body.replaceChildren());

describe('<meeting-notice-prompt>', () => {
  test('[G1] mounted after the prompt was raised, shows it and says so', () => {
    const { session, said } = scriptedSession({ prompt: asked, notices: [asked] });
    const { find, root } = put('meeting-notice-prompt', session);
    const dialog = find('dialog') as HTMLDialogElement;
    expect({
      open: dialog.open,
      role: dialog.getAttribute('role'),
      name: root.getElementById(dialog.getAttribute('aria-labelledby') ?? '')?.textContent,
      words: visible(root, '#title, #body, .choice, .consequence'),
      calls: said(),
    }).toEqual({
      open: true,
      role: 'alertdialog',
      name: 'May this meeting be recorded?',
      words: [
        'May this meeting be recorded?',
        'Hana asks to record. It is kept on her device.',
        'I agree',
        'Your microphone and camera are in it.',
        'I refuse',
        'You stay, and are left out.',
      ],
      calls: [['confirmShown', 'n1']],
    });
  });

  test('shows a prompt that is raised later, and closes with its notice', () => {
    const { session, show } = scriptedSession();
    const { find } = put('meeting-notice-prompt', session);
    const dialog = find('dialog') as HTMLDialogElement;
    const seen = [dialog.open];
    show({ prompt: asked });
    seen.push(dialog.open);
    show({ prompt: null });
    expect([...seen, dialog.open]).toEqual([false, true, false]);
  });

  test('gives choices equal weight: one size class, one style, none focused or preselected', () => {
    const { session } = scriptedSession({ prompt: asked });
    const { root } = put('meeting-notice-prompt', session);
    const looks = [...root.querySelectorAll('.choice')].map((button) =>
      ['class', 'part', 'type', 'aria-disabled', 'autofocus', 'data-chosen'].map((name) => button.getAttribute(name)),
    );
    expect(looks).toEqual(Array(2).fill(['choice', 'button choice', 'button', 'false', null, null]));
    expect(root.activeElement?.id).toBe('title');
  });

  test('Escape is no answer: the dialog stays, and asks to choose', () => {
    const { session, said } = scriptedSession({ prompt: { ...asked, shown: true } });
    const { find } = put('meeting-notice-prompt', session);
    const dialog = find('dialog') as HTMLDialogElement;
    const cancel = new Event('cancel', { cancelable: true });
    dialog.dispatchEvent(cancel);
    const escaped = pressed(dialog, 'Escape');
    expect({
      prevented: [cancel.defaultPrevented, escaped.defaultPrevented],
      open: dialog.open,
      note: find('.note').textContent,
      answers: said().filter(([name]) => name === 'answer'),
    }).toEqual({
      prevented: [true, true],
      open: true,
      note: 'Please choose one of the answers. Escape is not an answer.',
      answers: [],
    });
  });

  test('[G9] a dialog that something else closed opens again while its notice is open', () => {
    const { session } = scriptedSession({ prompt: asked });
    const { find } = put('meeting-notice-prompt', session);
    const dialog = find('dialog') as HTMLDialogElement;
    dialog.removeAttribute('open');
    dialog.dispatchEvent(new Event('close'));
    expect(dialog.open).toBe(true);
  });

  test('answers all purposes of the notice with the choice pressed, and says what came of it', async () => {
    const { session, said, show } = scriptedSession({ prompt: asked });
    const { find, root } = put('meeting-notice-prompt', session);
    find('#choice-1').click();
    show({ prompt: null });
    await settled();
    expect(said()).toEqual([
      ['confirmShown', 'n1'],
      ['confirmShown', 'n1'],
      ['answer', 'n1', { recording: 'refused' }],
    ]);
    expect(visible(root, '[aria-live=polite]')).toEqual(['Your answer is on record.']);
  });

  test('while an answer is being sent says so, and takes no second one', () => {
    const { session, said, show } = scriptedSession({ prompt: asked });
    const { find } = put('meeting-notice-prompt', session);
    show({ prompt: { ...asked, shown: true, phase: 'sending' } });
    find('#choice-0').click();
    expect({
      disabled: find('#choice-0').getAttribute('aria-disabled'),
      note: find('.note').textContent,
      answers: said().filter(([name]) => name === 'answer'),
    }).toEqual({ disabled: 'true', note: 'Sending your answer …', answers: [] });
  });

  test('an answer that was denied is told in words, with the code', async () => {
    const { session } = scriptedSession(
      { prompt: { ...asked, shown: true } },
      { answer: { outcome: 'denied', code: 'notice/not-shown' } },
    );
    const { find } = put('meeting-notice-prompt', session);
    find('#choice-0').click();
    await settled();
    expect(find('.note').textContent).toBe('Your answer was not accepted (notice/not-shown).');
  });

  test('tells the time left in words that seldom change, and announces only its last seconds', () => {
    const clock = standingClock();
    const policy = parsedPolicy('all-party');
    const prompt: Notice = { ...asked, answerInMs: 180_000, answerByAt: 180_000 };
    const { session } = scriptedSession({ prompt, policy });
    const { find, root } = put('meeting-notice-prompt', session, { clock });
    const written: [number, string][] = [];
    const announced: [number, string][] = [];
    for (let second = 0; second <= 180; second += 1) {
      const words = (find('#time').textContent ?? '').replace(
        ' No answer counts as no. You can change your mind later.',
        '',
      );
      const told = visible(root, '[aria-live]').join('');
      if (written.at(-1)?.[1] !== words) written.push([second, words]);
      if (told && announced.at(-1)?.[1] !== told) announced.push([second, told]);
      clock.moveBy(1000);
    }
    expect(written).toEqual([
      [0, 'About 3 minutes left to answer.'],
      [31, 'About 2 minutes left to answer.'],
      [90, 'About a minute left to answer.'],
      [135, 'Less than a minute left to answer.'],
      [170, 'Less than 10 seconds left to answer.'],
      [180, 'The time to answer is over.'],
    ]);
    expect(announced).toEqual([[170, 'Less than 10 seconds left to answer.']]);
    expect(find('#time').closest('[aria-live], [role=status], [role=timer]')).toBe(null);
  });

  test('links the whole notice, but no address that runs a script', () => {
    const { session, show } = scriptedSession({ prompt: asked });
    const { find } = put('meeting-notice-prompt', session);
    const link = find('a') as HTMLAnchorElement;
    const first = [link.hidden, link.href, link.target];
    show({ prompt: { ...asked, noticeId: 'n2', text: { ...asked.text, moreUrl: 'javascript:alert(1)' } } });
    expect([first, link.hidden]).toEqual([[false, 'https://example.test/notice', '_blank'], true]);
  });

  test('shows texts as text, whatever is in them', () => {
    const title = '<img src=x onerror=alert(1)>';
    const { session } = scriptedSession({ prompt: { ...asked, text: { ...asked.text, title } } });
    const { find, root } = put('meeting-notice-prompt', session);
    expect([find('#title').textContent, root.querySelector('img')]).toEqual([title, null]);
  });

  test('a notice that takes the place of another is shown and confirmed anew', () => {
    const { session, said, show } = scriptedSession({ prompt: asked });
    const { find } = put('meeting-notice-prompt', session);
    show({ prompt: { ...asked, noticeId: 'n2', text: { ...asked.text, title: 'And a transcript?' } } });
    expect([find('#title').textContent, said()]).toEqual([
      'And a transcript?',
      [
        ['confirmShown', 'n1'],
        ['confirmShown', 'n2'],
      ],
    ]);
  });

  test('gives the focus back to where it was', () => {
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    const { session, show } = scriptedSession();
    put('meeting-notice-prompt', session);
    show({ prompt: asked });
    const during = document.activeElement === button;
    show({ prompt: null });
    expect([during, document.activeElement === button]).toEqual([false, true]);
  });

  test('[G1] in a hidden page is not shown before the page is looked at', () => {
    let state: DocumentVisibilityState = 'hidden';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
    try {
      const { session, said } = scriptedSession({ prompt: asked });
      put('meeting-notice-prompt', session);
      const before = said();
      state = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
      expect([before, said()]).toEqual([[], [['confirmShown', 'n1']]]);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  test('lets go of the session when it leaves the page', () => {
    const { session, listeners } = scriptedSession({ prompt: asked });
    const { element } = put('meeting-notice-prompt', session);
    const during = listeners();
    element.remove();
    expect([during, listeners()]).toEqual([1, 0]);
  });

  test('takes its words from the catalogue it is given, and English for the rest', () => {
    const texts = {
      locale: 'de',
      dir: 'ltr',
      version: '1',
      texts: { 'ui.prompt.sending': 'Wird gesendet …' },
    } as const;
    const { session } = scriptedSession({ prompt: { ...asked, phase: 'sending' } });
    const { find } = put('meeting-notice-prompt', session, { texts });
    expect([find('.note').textContent, find('a').textContent]).toEqual([
      'Wird gesendet …',
      'What happens with your data (opens in a new tab)',
    ]);
  });
});
