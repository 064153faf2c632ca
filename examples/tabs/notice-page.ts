import { defaultDocument, documentPage } from 'meeting-notice/document';

/** The layered notice document in full. It comes as a page of its own; a server would send it as it is. */
export function showNoticePage(): void {
  const page = new DOMParser().parseFromString(documentPage(defaultDocument), 'text/html');
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  document.body.replaceChildren(...page.body.children);
}
