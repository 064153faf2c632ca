import { captureUnsupported } from '../core/errors.ts';
import type { PersonTracks } from './participant-tracks.ts';
import { colourOf, fitted, initialsOf, type Tile, tilesFor } from './tiles.rules.ts';

const background = '#101014';
const tileBackground = '#202028';
const captionBackground = 'rgb(0 0 0 / 60%)';
const captionColour = '#ffffff';
const font = 'system-ui, sans-serif';

/** `HTMLMediaElement.HAVE_CURRENT_DATA`. */
const hasPicture = 2;

interface Shown {
  readonly person: PersonTracks;
  readonly video: MediaStreamTrack | undefined;
}

/**
 * One picture of those let in: a grid of tiles with their names, an avatar where there is no video. Who is out has no
 * tile and no player whose last frame could be drawn.
 */
export class CanvasMix {
  readonly #page: Document;
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #track: CanvasCaptureMediaStreamTrack;
  readonly #players = new Map<MediaStreamTrack, HTMLVideoElement>();
  #shown: readonly Shown[] = [];

  /** @throws NoticeError `capture/unsupported` where a canvas cannot be drawn on or recorded. */
  constructor(page: Document, size: { readonly width: number; readonly height: number }) {
    this.#page = page;
    this.#canvas = page.createElement('canvas');
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    // On the CPU: pictures of the GPU are not always read back while a tab is hidden.
    const pen = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });
    const [track] = pen && 'captureStream' in this.#canvas ? this.#canvas.captureStream(0).getVideoTracks() : [];
    if (!pen || !track) {
      throw captureUnsupported(
        'This browser cannot record a canvas; use a recorder of the platform, with storage "cloud".',
      );
    }
    this.#pen = pen;
    this.#track = track as CanvasCaptureMediaStreamTrack;
    this.draw();
  }

  get track(): MediaStreamTrack {
    return this.#track;
  }

  /** From now on these are seen, and nobody else; the picture is drawn anew at once. */
  show(people: readonly PersonTracks[]): void {
    this.#shown = people.flatMap((person): readonly Shown[] =>
      person.video.length === 0 ? [{ person, video: undefined }] : person.video.map((video) => ({ person, video })),
    );
    const wanted = new Set(this.#shown.flatMap(({ video }) => video ?? []));
    for (const [track, player] of [...this.#players]) {
      if (wanted.has(track)) continue;
      player.srcObject = null;
      this.#players.delete(track);
    }
    for (const track of wanted) if (!this.#players.has(track)) this.#players.set(track, this.#play(track));
    this.draw();
  }

  draw(): void {
    const { width, height } = this.#canvas;
    this.#pen.fillStyle = background;
    this.#pen.fillRect(0, 0, width, height);
    const tiles = tilesFor(this.#shown.length, { width, height });
    tiles.forEach((tile, index) => {
      const shown = this.#shown[index];
      if (shown) this.#drawTile(tile, shown);
    });
    this.#track.requestFrame();
  }

  close(): void {
    this.show([]);
    this.#track.stop();
  }

  #play(track: MediaStreamTrack): HTMLVideoElement {
    const player = this.#page.createElement('video');
    player.muted = true;
    player.playsInline = true;
    player.srcObject = new MediaStream([track]);
    player.play().catch(() => undefined);
    return player;
  }

  #drawTile(tile: Tile, { person, video }: Shown): void {
    const pen = this.#pen;
    pen.save();
    pen.beginPath();
    pen.rect(tile.x, tile.y, tile.width, tile.height);
    pen.clip();
    pen.fillStyle = tileBackground;
    pen.fillRect(tile.x, tile.y, tile.width, tile.height);
    const player = video && this.#players.get(video);
    const isSent = video?.readyState === 'live' && !video.muted && video.enabled;
    if (player && isSent && player.readyState >= hasPicture && player.videoWidth > 0) {
      const at = fitted({ width: player.videoWidth, height: player.videoHeight }, tile);
      pen.drawImage(player, at.x, at.y, at.width, at.height);
    } else this.#drawAvatar(tile, person);
    this.#drawName(tile, person.name);
    pen.restore();
  }

  #drawAvatar(tile: Tile, { participantId, name }: PersonTracks): void {
    const pen = this.#pen;
    const radius = Math.min(tile.width, tile.height) / 4;
    const x = tile.x + tile.width / 2;
    const y = tile.y + tile.height / 2;
    pen.fillStyle = colourOf(participantId);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = captionColour;
    pen.font = `${Math.round(radius * 0.8)}px ${font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(initialsOf(name), x, y);
  }

  #drawName(tile: Tile, name: string): void {
    const pen = this.#pen;
    const letters = Math.max(10, Math.min(24, Math.round(tile.height / 14)));
    const padding = letters / 2;
    pen.font = `${letters}px ${font}`;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    const width = Math.min(tile.width, pen.measureText(name).width + 2 * padding);
    const height = letters + padding;
    pen.fillStyle = captionBackground;
    pen.fillRect(tile.x, tile.y + tile.height - height, width, height);
    pen.fillStyle = captionColour;
    pen.fillText(name, tile.x + padding, tile.y + tile.height - height / 2, Math.max(1, width - 2 * padding));
  }
}
