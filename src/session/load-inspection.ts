import type { NoticeId } from '../notice/notice.types.ts';
import type { PromptEvent } from '../notice/prompt.types.ts';

/** Shows `inspect` the steps of each notice, in order. XState is loaded for it, and only where somebody inspects. */
export function inspectNotices(inspect: (event: unknown) => void) {
  const loaded = import('./prompt-inspection.ts').then(({ PromptInspection }) => new PromptInspection(inspect));
  return (noticeId: NoticeId, event: PromptEvent | undefined): void => {
    // An inspector that throws, or cannot be loaded, harms no notice (G9).
    loaded.then((inspection) => inspection.tell(noticeId, event)).catch(() => {});
  };
}
