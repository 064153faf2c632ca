export { defaultDocument } from './notice/default-document.ts';
export { parseDocument } from './notice/document.parse.ts';
export { type DocumentChanges, extendDocument, shortDocument } from './notice/document.ts';
export type { DataKind, DataSource, NoticeDocument } from './notice/document.types.ts';
export { documentHash } from './notice/document-hash.ts';
export { documentPage, type PageOptions } from './notice/document-page.ts';
export { german } from './notice/german.ts';
export type { TextCatalogue, TextSource } from './notice/texts.types.ts';
export { wholeEnglish as english } from './notice/whole-english.ts';
