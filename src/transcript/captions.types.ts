/** What is used of the package `media-captions`; its own types are not readable to a Node resolution. */
export interface CaptionsReader {
  parseText(
    text: string,
    options: { readonly type: 'vtt'; readonly errors: true },
  ): Promise<{
    readonly metadata: Readonly<Record<string, string>>;
    readonly cues: readonly ReadCue[];
    readonly errors: readonly { readonly line: number; readonly message: string }[];
  }>;
  tokenizeVTTCue(cue: Pick<ReadCue, 'text' | 'startTime' | 'endTime'>): readonly CueNode[];
}

/** One cue, times in seconds. */
export interface ReadCue {
  readonly id: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly text: string;
  readonly vertical: string;
  readonly line: number | 'auto';
  readonly snapToLines: boolean;
  readonly lineAlign: string;
  readonly position: number | 'auto';
  readonly positionAlign: string;
  readonly size: number;
  readonly align: string;
}

/** A tag or a text of a cue. */
export type CueNode =
  | { readonly type: 'text'; readonly data: string }
  | { readonly type: 'v'; readonly voice?: string; readonly children: readonly CueNode[] }
  | { readonly type: 'c' | 'i' | 'b' | 'u' | 'ruby' | 'rt' | 'lang'; readonly children: readonly CueNode[] };
