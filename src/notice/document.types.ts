import type { Purpose } from '../participants/participants.types.ts';

/** Where data came from (R7). */
export type DataSource = 'given' | 'collected' | 'chosen-to-give' | 'obtained-from-others';

/** One kind of data and what is done with it. All texts are plain text. */
export interface DataKind {
  readonly id: string;
  readonly name: string;
  readonly what: string;
  readonly examples: readonly string[];
  /** The purposes of this product that it serves. */
  readonly usedFor: readonly string[];
  readonly purposes: readonly Purpose[];
  readonly source: DataSource;
  readonly retention: string;
  readonly recipients: readonly string[];
}

/** The layered notice document (R7): typed and versioned, rendered as short text and as a full page. */
export interface NoticeDocument {
  /** Raised when what is done with the data changes: a host who takes over with another one asks everyone anew. */
  readonly version: string;
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly title: string;
  readonly controller: { readonly name: string; readonly contact: string };
  readonly intro: string;
  readonly kinds: readonly DataKind[];
  /** What is never done: not sold, no advertising, statistics only aggregated. */
  readonly never: readonly string[];
  /** What holds for everything kept: while there is a need, then deleted, anonymised or isolated (R11). */
  readonly keeping?: readonly string[];
  /** What a person can set for themselves (R9). */
  readonly settings?: readonly string[];
  readonly rights: readonly { readonly right: string; readonly how: string }[];
}
