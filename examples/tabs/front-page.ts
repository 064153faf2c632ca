import { tonesHz } from './own-media.ts';
import { demoPolicies, demoPolicy } from './policies.ts';
import { onSideReport, type SideReport } from './side-report.ts';

interface Side {
  readonly id: string;
  readonly name: string;
  readonly role: 'host' | 'participant';
  readonly channel: 'app' | 'phone';
  readonly about: string;
  /** Can be taken away again. */
  readonly extra?: boolean;
}

interface Shown extends Side {
  readonly figure: HTMLElement;
  readonly tab: HTMLButtonElement;
}

const first: readonly Side[] = [
  { id: 'hana', name: 'Hana', role: 'host', channel: 'app', about: 'host' },
  { id: 'bo', name: 'Bo', role: 'participant', channel: 'app', about: 'guest' },
  { id: 'cy', name: 'Cy', role: 'participant', channel: 'app', about: 'guest' },
];
const lateNames = ['Dee', 'Eli', 'Fay', 'Gus', 'Ida'];
const callerNames = ['Pat', 'Quinn', 'Ray'];

const byId = <Type extends HTMLElement>(id: string): Type => document.getElementById(id) as Type;

function optionFor({ id, label }: (typeof demoPolicies)[number]): HTMLOptionElement {
  return new Option(label, id);
}

/** The first page: one meeting, each client in a frame of its own, as real and as separate as tabs. */
export function showFrontPage(): void {
  const address = new URL(location.href);
  const shown = new Map<string, Shown>();
  const policyChoice = byId<HTMLSelectElement>('policy');
  const told = byId('told');
  let made = 0;
  let room = address.searchParams.get('room') ?? newRoom();

  function newRoom(): string {
    return crypto.randomUUID().slice(0, 8);
  }

  function clientUrl(side?: Side): string {
    const url = new URL('meeting.html', location.href);
    url.searchParams.set('room', room);
    url.searchParams.set('policy', policyChoice.value);
    if (side) {
      const { id, name, role, channel } = side;
      const tone = String(tonesHz[made++ % tonesHz.length]);
      const client = { id, name, role, channel, tone, fake: '1' };
      for (const [key, value] of Object.entries(client)) url.searchParams.set(key, value);
    }
    return url.href;
  }

  function select(id: string): void {
    for (const side of shown.values()) {
      const isSelected = side.id === id;
      side.figure.toggleAttribute('data-selected', isSelected);
      side.tab.setAttribute('aria-pressed', String(isSelected));
    }
  }

  function add(side: Side): void {
    const state = () => Object.assign(document.createElement('span'), { className: 'state' });
    const frame = Object.assign(document.createElement('iframe'), {
      title: `${side.name}’s client (${side.about})`,
      allow: 'camera; microphone; display-capture; autoplay; fullscreen',
      src: clientUrl(side),
    });
    const caption = document.createElement('figcaption');
    const about = Object.assign(document.createElement('span'), { className: 'soft', textContent: side.about });
    caption.append(side.name, about, state());
    if (side.extra) {
      const remove = Object.assign(document.createElement('button'), {
        type: 'button',
        className: 'remove',
        textContent: '×',
      });
      remove.setAttribute('aria-label', `Close ${side.name}’s client`);
      remove.addEventListener('click', () => take(side.id));
      caption.append(remove);
    }
    const figure = Object.assign(document.createElement('figure'), { className: 'side', id: `side-${side.id}` });
    figure.append(caption, frame);

    const tab = Object.assign(document.createElement('button'), { type: 'button', id: `tab-${side.id}` });
    tab.append(side.name, state());
    tab.addEventListener('click', () => {
      select(side.id);
      figure.scrollIntoView({ block: 'start' });
    });

    shown.set(side.id, { ...side, figure, tab });
    byId('sides').append(figure);
    byId('switcher').append(tab);
  }

  function take(id: string): void {
    const side = shown.get(id);
    side?.figure.remove();
    side?.tab.remove();
    shown.delete(id);
    select([...shown.keys()][0] ?? '');
    byId('add-late').focus();
  }

  function begin(): void {
    const policy = demoPolicy(policyChoice.value);
    byId('policy-about').textContent = policy.about;
    address.searchParams.set('room', room);
    address.searchParams.set('policy', policy.id);
    history.replaceState(null, '', address);
    for (const { figure, tab } of shown.values()) {
      figure.remove();
      tab.remove();
    }
    shown.clear();
    made = 0;
    for (const side of first) add(side);
    select('hana');
    byId<HTMLAnchorElement>('join-link').href = clientUrl();
  }

  function addExtra(names: readonly string[], channel: Side['channel'], about: string): void {
    const name = names.find((free) => !shown.has(free.toLowerCase())) ?? `Guest ${shown.size + 1}`;
    const side: Side = { id: name.toLowerCase(), name, role: 'participant', channel, about, extra: true };
    add(side);
    select(side.id);
    told.textContent = `${name} has joined.`;
    shown.get(side.id)?.figure.scrollIntoView({ block: 'nearest' });
  }

  function tell({ side, tone, words }: SideReport): void {
    const there = shown.get(side);
    for (const place of [there?.figure, there?.tab]) {
      const state = place?.querySelector<HTMLElement>('.state');
      if (!state) continue;
      state.dataset.tone = tone;
      state.textContent = words;
    }
  }

  policyChoice.append(...demoPolicies.map(optionFor));
  policyChoice.value = demoPolicy(address.searchParams.get('policy')).id;
  policyChoice.addEventListener('change', () => {
    room = newRoom();
    begin();
    told.textContent = 'A new meeting has begun under this policy; the one before it has ended.';
  });
  byId('settings').addEventListener('submit', (event) => event.preventDefault());
  byId('add-late').addEventListener('click', () => addExtra(lateNames, 'app', 'late joiner'));
  byId('add-phone').addEventListener('click', () => addExtra(callerNames, 'phone', 'on the phone'));
  onSideReport(tell);
  begin();
}
