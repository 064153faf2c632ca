/** Where the chunks of one recording are kept, in order. */
export interface ChunkStore {
  readonly keptIn: 'origin' | 'page';
  /**
   * Adds one after the others, whatever became of them. A chunk that cannot be written stays in memory, so that what
   * `parts` gives is whole.
   *
   * @throws what the file system says, such as `QuotaExceededError`
   */
  append(chunk: Blob): Promise<void>;
  /** Nothing more comes. `about` is written beside the chunks, for who finds them later. */
  close(about: AboutRecording): Promise<void>;
  parts(): Promise<readonly Blob[]>;
  remove(): Promise<void>;
}

/** What is known of a recording by those who only have its chunks. */
export interface AboutRecording {
  readonly recordingId: string;
  readonly mimeType: string;
  readonly startedAt: number;
  readonly durationMs: number;
  /** `undefined` while it is running. */
  readonly ended: string | undefined;
}

/** Keeps chunks in the memory of the page; browsers move large ones to disk by themselves. */
export function pageStore(): ChunkStore {
  let chunks: Blob[] = [];
  return {
    keptIn: 'page',
    append: async (chunk) => void chunks.push(chunk),
    close: async () => undefined,
    parts: async () => chunks,
    remove: async () => {
      chunks = [];
    },
  };
}
