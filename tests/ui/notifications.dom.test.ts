import { afterEach, describe, expect, test } from 'vitest';
import { german } from '../../src/notice/german.ts';
import type { HostNotification } from '../../src/notifications/notifications.types.ts';
import { defaultSettings } from '../../src/notifications/settings.rules.ts';
import type { SessionSnapshot } from '../../src/session/session.types.ts';
import '../../src/ui.ts';
import { calm, put, scriptedSession, visible } from './scripted-session.ts';

const settled = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));
const self: SessionSnapshot['self'] = { ...calm.self, id: 'hana', role: 'host' };

const refused: HostNotification = {
  id: 'n1',
  kind: 'refused',
  level: 'normal',
  summary: 'Bo refused. 2 still to answer.',
  items: [{ participantId: 'bo', recordingId: 'r1' }],
  at: 0,
};
const failed: HostNotification = {
  ...refused,
  id: 'n2',
  kind: 'recording-failed',
  level: 'alert',
  summary: 'It failed.',
};
const late: HostNotification = {
  ...refused,
  id: 'n3',
  kind: 'late-joiner',
  level: 'quiet',
  summary: 'Cy joined late.',
};

function host(notifications: readonly HostNotification[] = []) {
  const scripted = scriptedSession({ self, notifications, notificationSettings: defaultSettings });
  const { root, find, element } = put('meeting-notice-notifications', scripted.session);
  const field = (name: string) => find(`#${name}`) as HTMLSelectElement;
  const change = (name: string, value: string) => {
    const control = field(name);
    if (control instanceof HTMLSelectElement) {
      control.selectedIndex = [...control.options].findIndex(({ textContent }) => textContent === value);
    } else (control as HTMLInputElement).value = value;
    control.dispatchEvent(new Event('change'));
  };
  return { ...scripted, root, find, element, field, change };
}

afterEach(() => document.body.replaceChildren());

describe('<meeting-notice-notifications>', () => {
  test('lists what a host was told, an alert as one in words, and takes away what is dismissed', async () => {
    const { root, find, said, show } = host([late, failed, refused]);
    expect(visible(root, 'li p')).toEqual(['Cy joined late.', 'Alert: It failed.', 'Bo refused. 2 still to answer.']);
    find('li:nth-child(2) button').click();
    await settled();
    expect(said()).toEqual([['dismissNotification', 'n2']]);
    show({ notifications: [late] });
    expect([visible(root, 'li span'), visible(root, '[part=none]')]).toEqual([['Cy joined late.'], []]);
    show({ notifications: [] });
    expect([visible(root, 'li'), visible(root, '[part=none]')]).toEqual([[], ['Nothing to tell.']]);
  });

  test('each button says what it dismisses, and the focus goes on to the next', () => {
    const { root, find, show } = host([failed, refused]);
    const button = find('li:nth-child(1) button');
    expect(root.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('It failed.');
    button.focus();
    show({ notifications: [refused] });
    expect(root.activeElement).toBe(find('li button'));
    show({ notifications: [] });
    expect(root.activeElement).toBe(find('summary'));
  });

  test('says what is told aloud: politely, or at once where an alert is among it; what is quiet is only listed', async () => {
    const { root, emit } = host();
    const live = () => ['polite', 'assertive'].map((how) => visible(root, `[aria-live=${how}]`).join());
    emit('hostNotified', refused);
    await settled();
    const first = live();
    emit('hostNotified', { ...refused, id: 'n4', summary: 'Cy withdrew.' });
    emit('hostNotified', failed);
    await settled();
    expect([first, live()]).toEqual([
      ['Bo refused. 2 still to answer.', ''],
      ['', 'Cy withdrew. It failed.'],
    ]);
  });

  test('sets each thing by a labelled field, and says that it is kept', () => {
    const { root, change, said, field } = host();
    change('late-joiner', 'Off');
    change('doNotDisturb', 'While you share your screen');
    change('attentionDisplay', 'As a count');
    change('digestSeconds', '60');
    expect([said(), visible(root, '[part=outcome]')]).toEqual([
      [
        ['setNotifications', { 'late-joiner': 'off' }],
        ['setNotifications', { doNotDisturb: 'while-sharing' }],
        ['setNotifications', { attentionDisplay: 'count' }],
        ['setNotifications', { digestSeconds: 60 }],
      ],
      ['Saved.'],
    ]);
    const controls = [...root.querySelectorAll('select, input')];
    expect(controls.length).toBe(13);
    expect(controls.every(({ id }) => root.querySelector(`label[for="${id}"]`)?.textContent)).toBe(true);
    expect([field('late-joiner').value, field('refused').value]).toEqual(['Off', 'Notify']);
  });

  test('[G7] offers nothing under Notify for what a host must learn', () => {
    const { field } = host();
    for (const kind of ['recording-failed', 'capture-seen']) {
      expect([...field(kind).options].map(({ textContent }) => textContent)).toEqual(['Notify', 'Alert']);
    }
    expect(field('refused').options.length).toBe(4);
  });

  test('seconds that cannot be are not set, and said to be wrong', () => {
    const { root, change, said, field } = host();
    for (const value of ['0', '3601', '']) change('digestSeconds', value);
    expect([said(), visible(root, '[part=outcome]'), field('digestSeconds').getAttribute('aria-invalid')]).toEqual([
      [],
      ['Enter a number of seconds from 1 to 3600.'],
      'true',
    ]);
    change('digestSeconds', '5');
    expect([said(), field('digestSeconds').getAttribute('aria-invalid')]).toEqual([
      [['setNotifications', { digestSeconds: 5 }]],
      'false',
    ]);
  });

  test('shows the settings in force, and leaves alone what is being typed', () => {
    const { show, field } = host();
    field('digestSeconds').focus();
    (field('digestSeconds') as unknown as HTMLInputElement).value = '3';
    show({ notificationSettings: { ...defaultSettings, refused: 'alert', digestSeconds: 60 } });
    expect([field('refused').value, field('digestSeconds').value]).toEqual(['Alert', '3']);
    field('digestSeconds').blur();
    show({ notificationSettings: { ...defaultSettings, digestSeconds: 90 } });
    expect(field('digestSeconds').value).toBe('90');
  });

  test('says what went wrong where the settings are denied', () => {
    const { session } = scriptedSession({ self, notifications: [], notificationSettings: defaultSettings });
    const denied = { outcome: 'denied', code: 'session/not-joined' } as const;
    const { root, find } = put('meeting-notice-notifications', { ...session, setNotifications: () => denied });
    find('#refused').dispatchEvent(new Event('change'));
    expect(visible(root, '[part=outcome]')).toEqual(['That did not work (session/not-joined).']);
  });

  test('speaks the language of the page', () => {
    const { root, element } = host([failed]);
    element.texts = german;
    expect([visible(root, 'li strong'), visible(root, 'summary'), visible(root, 'legend')]).toEqual([
      ['Dringend: '],
      ['Wie Sie benachrichtigt werden'],
      ['Was Ihnen gesagt wird, und wie laut'],
    ]);
  });

  test('[G7] is not for participants', () => {
    const { session } = scriptedSession();
    const { root } = put('meeting-notice-notifications', session);
    expect(visible(root, 'section, li, form')).toEqual([]);
  });
});
