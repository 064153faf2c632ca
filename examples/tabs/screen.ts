import type { BrowserFocus } from 'meeting-notice/browser';
import { drawnTrack, height, type MediaSource, type SentTrack, width } from './own-media.ts';

const lines = [0.9, 0.72, 0.84, 0.5];

/** A page of a talk, with a hand of a clock that shows that it moves. */
function drawPage(context: CanvasRenderingContext2D, name: string, seconds: number): void {
  context.fillStyle = '#f4f6fb';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#2a3fae';
  context.fillRect(0, 0, width, 40);
  context.fillStyle = '#ffffff';
  context.font = '600 20px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.fillText(`${name}’s screen`, 36, 21);
  context.fillStyle = '#c3cbdd';
  for (const [index, part] of lines.entries()) context.fillRect(36, 68 + index * 32, (width - 190) * part, 14);
  const [x, y, radius] = [width - 86, 122, 42];
  const angle = seconds * 1.2 - Math.PI / 2;
  context.strokeStyle = '#2a3fae';
  context.lineWidth = 5;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.moveTo(x, y);
  context.lineTo(x + Math.cos(angle) * (radius - 12), y + Math.sin(angle) * (radius - 12));
  context.stroke();
}

/**
 * The screen of who sends real media, and a drawn page of who sends a drawing, or whose browser shares none; `undefined`
 * if the person thinks better of it. The browser's own question is no loss of focus.
 */
export async function openScreen(
  name: string,
  source: MediaSource,
  focus: Pick<BrowserFocus, 'during'>,
): Promise<SentTrack | undefined> {
  const canShare = source === 'camera' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});
  if (!canShare) return drawnTrack((context, seconds) => drawPage(context, name, seconds));
  try {
    const stream = await focus.during(navigator.mediaDevices.getDisplayMedia({ video: true }));
    const [track] = stream.getVideoTracks();
    return track && { track, stop: () => track.stop() };
  } catch (error) {
    console.info('The screen is not shared:', error);
    return undefined;
  }
}
