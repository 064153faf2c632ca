import type { NoticeDocument } from '../notice/document.types.ts';

/** Loads what reads a notice document. */
export const loadDocumentReader = async (): Promise<(input: unknown) => NoticeDocument> =>
  (await import('../notice/document.parse.ts')).parseDocument;
