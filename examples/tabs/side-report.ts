/** What a client in a frame tells the first page about itself, for the caption over it. */
export interface SideReport {
  readonly side: string;
  readonly tone: 'asked' | 'captured' | 'quiet';
  readonly words: string;
}

const key = 'meetingNoticeDemo';

/** Tells the page around, if there is one. */
export function reportSide(report: SideReport): void {
  if (parent !== window) parent.postMessage({ [key]: report }, location.origin);
}

export function onSideReport(listener: (report: SideReport) => void): void {
  addEventListener('message', ({ origin, data }: MessageEvent<{ [key]?: SideReport } | undefined>) => {
    const report = data?.[key];
    if (origin === location.origin && report) listener(report);
  });
}
