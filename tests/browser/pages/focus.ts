import type { FocusState } from 'meeting-notice';
import { browserFocus } from 'meeting-notice/browser';

interface PictureInPicture {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window>;
}

/** `?frame=ADDRESS` shows that page in a frame of this one. */
const framed = new URL(location.href).searchParams.get('frame');
if (framed !== null) {
  const frame = document.createElement('iframe');
  frame.src = framed;
  document.body.append(frame);
}

const told: FocusState[] = [];
const focus = browserFocus();
focus.subscribe((state) => told.push(state));
const first = focus.state();

const floating = async (): Promise<Window> => {
  const { documentPictureInPicture } = window as unknown as { documentPictureInPicture: PictureInPicture };
  const opened = await documentPictureInPicture.requestWindow({ width: 300, height: 200 });
  opened.document.body.append(opened.document.createElement('input'));
  return opened;
};

const floatingVideo = async (): Promise<void> => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 300, 150);
  const video = document.querySelector('video') as HTMLVideoElement;
  video.srcObject = canvas.captureStream(5);
  await video.play();
  await video.requestPictureInPicture();
};

const onClick = (id: string, act: () => Promise<unknown>): void => {
  document.getElementById(id)?.addEventListener('click', () => void act());
};
onClick('float', floating);
onClick('float-video', floatingVideo);

const focusPage = { focus, first, told };
Object.assign(window, { focusPage });

declare global {
  interface Window {
    focusPage: typeof focusPage;
  }
}
