import { hostEnglish } from './host-english.ts';
import type { NotificationKind } from './notice.types.ts';
import { formatCount, formatList, formatText } from './texts.ts';
import type { TextCatalogue } from './texts.types.ts';

/** What a host is told of, and about whom. */
export interface HostNews {
  readonly kind: NotificationKind;
  /** Whom it is about, as they are called; those without a name count by `others`. */
  readonly names?: readonly string[];
  /** How many more it is about. */
  readonly others?: number;
  /** What went wrong, for `recording-failed`. */
  readonly code?: string;
  /** How many are still to answer, beside who refused, withdrew or did not answer in time. */
  readonly unanswered?: number;
  /** Of how many it is so: then only the count is told, as for who is away. */
  readonly total?: number;
}

/** A longer list is cut, so that a summary stays one glance long. */
const namesShown = 3;

/** One sentence for a host: who, up to three by name, and how many in all. It never says more than the roster does. */
export function hostSummary(news: HostNews, catalogue: TextCatalogue): string {
  const { kind, names = [], others = 0, code, unanswered = 0, total } = news;
  switch (kind) {
    case 'recording-failed':
      return code === undefined
        ? formatText(catalogue, 'host.recording-failed', {}, hostEnglish)
        : formatText(catalogue, 'host.recording-failed.code', { code }, hostEnglish);
    case 'capture-seen':
    case 'transcript-ready':
      return formatText(catalogue, `host.${kind}`, {}, hostEnglish);
    default: {
      const count = Math.max(1, names.length + others);
      if (total !== undefined) return formatText(catalogue, 'host.away', { count, total }, hostEnglish);
      const told = formatCount(catalogue, `host.${kind}`, count, { names: whom(names, count, catalogue) }, hostEnglish);
      if (unanswered === 0) return told;
      return `${told} ${formatCount(catalogue, 'host.unanswered', unanswered, {}, hostEnglish)}`;
    }
  }
}

function whom(names: readonly string[], count: number, catalogue: TextCatalogue): string {
  const shown = names.slice(0, namesShown);
  const more = count - shown.length;
  if (shown.length === 0) return formatCount(catalogue, 'host.unnamed', count, {}, hostEnglish);
  return formatList(
    catalogue,
    more > 0 ? [...shown, formatText(catalogue, 'host.and-more', { count: more }, hostEnglish)] : shown,
  );
}
