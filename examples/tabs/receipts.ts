import type { HookMap, Session } from 'meeting-notice';

export type Receipt = HookMap['recordIssued']['receipt'];

/** Version, language and hash of the words of a notice, and the words themselves. */
export type NoticeText = HookMap['noticeRaised']['text'];

/** What one person has been given of their own answers, and the words that they had before them. */
export interface OwnReceipts {
  readonly receipts: readonly Receipt[];
  /** By their hash. */
  readonly words: Readonly<Record<string, NoticeText>>;
}

/** Keeps both for this tab, so that a reload loses none of one’s own copies. */
export function keepReceipts(session: Session, place: string): () => OwnReceipts {
  let own = stored(place);
  const keep = (more: Partial<OwnReceipts>): void => {
    own = { ...own, ...more };
    sessionStorage.setItem(place, JSON.stringify(own));
  };
  session.on('noticeRaised', ({ text }) => keep({ words: { ...own.words, [text.hash]: text } }));
  session.on('recordIssued', ({ receipt }) => keep({ receipts: [...own.receipts, receipt] }));
  return () => own;
}

function stored(place: string): OwnReceipts {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') ?? { receipts: [], words: {} };
  } catch {
    return { receipts: [], words: {} };
  }
}
