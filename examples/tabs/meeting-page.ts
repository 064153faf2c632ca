import type { Session, SessionSnapshot } from 'meeting-notice';
import { type BrowserCues, browserCues } from 'meeting-notice/browser';
import 'meeting-notice/ui';
import { workAttention } from './attention.ts';
import { type Client, openClient } from './client.ts';
import { dressLeave, dressSound, dressSource, workDevices } from './dock.ts';
import { listFiles } from './files.ts';
import { workHeld } from './held.ts';
import { logHooks } from './hook-log.ts';
import { printableRecord, workRecord } from './ledger.ts';
import { forgetDoor, type Parameters, parametersFrom, rememberDoor } from './parameters.ts';
import { phoneCues } from './phone.ts';
import { reportSide } from './side-report.ts';
import { Tiles } from './tiles.ts';
import { workTranscript } from './transcript-pane.ts';

const byId = <Type extends HTMLElement>(id: string): Type => document.getElementById(id) as Type;
const elements = [
  'prompt',
  'banner',
  'indicator',
  'attention-indicator',
  'status',
  'controls',
  'roster',
  'notifications',
  'keypad',
] as const;

/** One client of the meeting, in a frame of the first page or in a tab of its own. */
export function showMeetingPage(): void {
  const address = new URL(location.href);
  const parameters = parametersFrom(address);
  if (parameters) enter(parameters).catch(report);
  else showDoor(address);
  // A page that comes back out of the back-forward cache has left the meeting: it joins anew.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
}

function report(error: unknown): void {
  console.error(error);
  ask('This client could not join. Reload the page to try again.');
}

function showDoor(address: URL): void {
  byId('door').hidden = false;
  byId('door-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const name = byId<HTMLInputElement>('door-name').value.trim();
    const { submitter } = event as SubmitEvent;
    const source = (submitter as HTMLButtonElement | null)?.value === 'generated' ? 'generated' : 'camera';
    const door = { id: `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 4)}`, name, source } as const;
    const parameters = parametersFrom(address, door);
    if (!parameters) return;
    rememberDoor(parameters.room, door);
    enter(parameters).catch(report);
  });
  byId('door-name').focus();
}

/** A line over the meeting that asks something of its person, with at most one thing to press. */
function ask(words: string, action?: { label: string; press(): void }): void {
  const place = byId('asks');
  place.hidden = words === '';
  place.textContent = words;
  if (!action) return;
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: action.label });
  button.addEventListener('click', action.press);
  place.append(button);
}

async function enter(parameters: Parameters): Promise<void> {
  const { name, role, channel, isTest } = parameters;
  document.title = `${name} · Meeting`;
  byId('heading').textContent = channel === 'phone' ? 'Phone call' : 'Team meeting';
  byId('door').hidden = true;
  byId('client').hidden = false;
  for (const part of ['hosting', 'attention', 'people', 'news']) byId(part).hidden = role === 'participant';
  for (const part of ['tiles', 'camera', 'source', 'banner', 'transcript']) byId(part).hidden = channel === 'phone';
  for (const part of ['phone', 'speak']) byId(part).hidden = channel !== 'phone';

  const tiles = new Tiles(byId('tiles'));
  // Side by side, several clients share one loudspeaker: there only the phone speaks, the others sound.
  const player = browserCues({ speech: channel === 'phone' || parent === window });
  const client = await openClient(parameters, {
    cues:
      channel === 'phone'
        ? phoneCues(player, { heard: byId('heard'), answered: byId('answered'), silent: byId('silent') })
        : player,
    tileChanged: (tile, isOwn) => tiles.show(tile, isOwn),
    tileGone: (key) => tiles.remove(key),
  });
  const { session, capture, devices } = client;
  const shown =
    channel === 'phone' ? elements.filter((element) => element !== 'prompt' && element !== 'banner') : elements;
  // Before the session: what is offered first is what is chosen first.
  Object.assign(byId('controls'), { storages: ['local', 'cloud'] });
  for (const element of shown) Object.assign(byId(element), { session });
  Object.assign(byId('status'), { devices });
  logHooks(session, byId('log'));

  const leave = async (): Promise<void> => {
    forgetDoor(parameters.room);
    await client.leave();
    tiles.clear();
    showLeft(name);
  };
  workDock(client, tiles, leave);
  workSpeech(player);
  followAdmission(session, leave);
  session.subscribe(() => tellFirstPage(parameters.id, session.getSnapshot()));
  workTranscript(client, role !== 'participant', {
    writing: byId('writing'),
    log: byId('said'),
    lines: byId('lines'),
    interim: byId('interim'),
    say: byId('say'),
    write: byId('write'),
  });
  workHeld(session, parameters, { open: byId('open-held'), dialog: byId('held'), body: byId('held-body') });
  byId('close-held').addEventListener('click', () => byId<HTMLDialogElement>('held').close());
  workLedger(client, parameters);
  if (role !== 'participant') {
    workAttention(client, { share: byId('share'), track: byId('track'), about: byId('attention-about') });
  }
  if (capture) {
    const list = listFiles(capture, byId('files'), (recordingId) => void session.eraseRecording(recordingId));
    for (const hook of ['recordingStopped', 'recordingFailed'] as const) session.on(hook, list);
    capture.subscribe(list);
    list();
    keepFromLeavingWhileRecording(session);
  }
  if (isTest) Object.assign(window, { meetingNoticeDemo: { session, capture } });
  await session.join();
}

function workDock(client: Client, tiles: Tiles, leave: () => Promise<void>): void {
  const { devices } = client;
  workDevices({ microphone: byId('microphone'), camera: byId('camera') }, devices);
  let isLoud = false;
  const sound = byId('sound');
  dressSound(sound, isLoud);
  sound.addEventListener('click', () => {
    isLoud = !isLoud;
    tiles.setLoud(isLoud);
    dressSound(sound, isLoud);
  });
  const source = byId('source');
  const isReal = () => client.source().video === 'camera' || client.source().audio === 'camera';
  dressSource(source, isReal());
  source.addEventListener('click', async () => {
    const wished = isReal() ? 'generated' : 'camera';
    await client.useSource(wished);
    dressSource(source, isReal());
    if (wished === 'camera' && !isReal())
      ask('There is no camera or microphone that may be used: the picture stays generated.');
  });
  dressLeave(byId('leave'));
  byId('leave').addEventListener('click', () => void leave());
}

function workLedger({ ledger, nameOf }: Client, { room }: Parameters): void {
  if (!ledger) return;
  workRecord(byId('record'), () => printableRecord(ledger, room, nameOf), {
    blocked: (url) => ask('The browser opened no tab for the record.', { label: 'Open it', press: () => open(url) }),
    failed: (error) => {
      console.error(error);
      ask('The record of this meeting could not be read.');
    },
  });
}

function workSpeech(player: BrowserCues): void {
  const button = byId('speak');
  button.addEventListener('click', () => {
    const isSpoken = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isSpoken));
    player.setSpeech(isSpoken);
  });
}

function followAdmission(session: Session, leave: () => Promise<void>): void {
  const leaving = { label: 'Leave', press: () => void leave() };
  session.on('admissionChanged', ({ admission }) => {
    if (admission === 'waiting') ask('You are in the lobby, and are let in once you have answered.');
    else if (admission === 'denied') ask('You were not let in.', leaving);
    else ask('');
  });
  session.on('leaveRequested', ({ leaveInMs }) => {
    const seconds = Math.round(leaveInMs / 1000);
    ask(
      `This meeting is recorded, and you did not agree: please leave within ${seconds} seconds. You are not in it.`,
      leaving,
    );
    setTimeout(() => {
      const { self, recordings } = session.getSnapshot();
      if (!self.captured && recordings.some(({ status }) => status !== 'off')) void leave();
    }, leaveInMs);
  });
}

function tellFirstPage(side: string, { prompt, self, indicators }: SessionSnapshot): void {
  const status = indicators.recording;
  if (prompt) reportSide({ side, tone: 'asked', words: 'Asked' });
  else if (self.captured) reportSide({ side, tone: 'captured', words: 'Recorded' });
  else if (status === 'on') reportSide({ side, tone: 'quiet', words: 'Left out' });
  else if (status === 'asking') reportSide({ side, tone: 'quiet', words: 'Waiting' });
  else
    reportSide({ side, tone: 'quiet', words: status === 'unknown' ? 'Unknown' : status === 'paused' ? 'Paused' : '' });
}

/** A recording ends with its host's page: the browser asks before that. */
function keepFromLeavingWhileRecording(session: Session): void {
  addEventListener('beforeunload', (event) => {
    const status = session.status('recording');
    if (status === 'on' || status === 'paused') event.preventDefault();
  });
}

function showLeft(name: string): void {
  byId('client').hidden = true;
  byId('door').hidden = false;
  byId('door-title').textContent = 'You have left the meeting';
  byId('door-about').textContent = `Goodbye, ${name}. Whatever was recorded of you before stays as it was announced.`;
  const again = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'strong',
    textContent: 'Join again',
  });
  again.addEventListener('click', () => location.reload());
  byId('door-form').replaceChildren(byId('door-title'), byId('door-about'), again);
  again.focus();
}
