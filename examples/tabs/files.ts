import type { BrowserCapture, RecordedFile } from 'meeting-notice/browser';

const kilo = 1024;

function sizeWords(bytes: number): string {
  return bytes < kilo * kilo ? `${Math.ceil(bytes / kilo)} kB` : `${(bytes / kilo / kilo).toFixed(1)} MB`;
}

function lengthWords(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function button(text: string, describedBy: string, press: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
  made.setAttribute('aria-describedby', describedBy);
  made.addEventListener('click', press);
  return made;
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function rowFor(file: RecordedFile, removed: () => void): HTMLElement {
  const element = document.createElement('li');
  const about = Object.assign(document.createElement('p'), {
    id: `file-${file.recordingId}-${file.startedAt}`,
    textContent: [
      new Date(file.startedAt).toLocaleTimeString(),
      // Of one whose page ended before it, the length is not known.
      ...(file.durationMs > 0 ? [lengthWords(file.durationMs)] : []),
      sizeWords(file.sizeBytes),
      ...(file.ended === 'stopped' ? [] : ['cut short']),
    ].join(' · '),
  });
  const player = Object.assign(document.createElement('video'), { className: 'player', controls: true, hidden: true });
  player.setAttribute('aria-describedby', about.id);
  const row = Object.assign(document.createElement('div'), { className: 'row' });
  row.append(
    button('Play', about.id, async () => {
      if (!player.src) player.src = URL.createObjectURL(await file.read());
      player.hidden = false;
      await player.play().catch(() => undefined);
    }),
    button('Save', about.id, async () => save(await file.read(), file.name)),
    button('Delete', about.id, async () => {
      if (player.src) URL.revokeObjectURL(player.src);
      await file.remove();
      removed();
    }),
  );
  element.append(about, player, row);
  return element;
}

/** The recordings kept on this device, the newest first, each to be played, saved or deleted: with all that was made of it. */
export function listFiles(
  capture: BrowserCapture,
  list: HTMLElement,
  erased: (recordingId: string) => void,
): () => void {
  const rows = new Map<RecordedFile, HTMLElement>();
  const show = (): void => {
    const files = [...capture.files()].reverse();
    for (const [file, row] of rows) {
      if (files.includes(file)) continue;
      row.remove();
      rows.delete(file);
    }
    for (const file of files) {
      if (rows.has(file)) continue;
      const row = rowFor(file, () => {
        erased(file.recordingId);
        show();
      });
      rows.set(file, row);
      list.prepend(row);
    }
  };
  return show;
}
