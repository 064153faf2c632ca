import type { NoticeText } from './receipts.ts';

const placeOf = (room: string, hash: string): string => `meeting-notice-demo/${room}/words/${hash}`;

/** Keeps the words that somebody has before them where every page of this browser finds them: each client words its own. */
export function keepWords(room: string, { title, body, hash }: NoticeText): void {
  localStorage.setItem(placeOf(room, hash), JSON.stringify({ title, body }));
}

/** The words behind a hash, for whoever prints the record. */
export function keptWords(room: string, hash: string): { title: string; body: string } | undefined {
  return JSON.parse(localStorage.getItem(placeOf(room, hash)) ?? 'null') ?? undefined;
}
