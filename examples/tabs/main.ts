const pages: Readonly<Record<string, () => Promise<() => void>>> = {
  front: async () => (await import('./front-page.ts')).showFrontPage,
  meeting: async () => (await import('./meeting-page.ts')).showMeetingPage,
  notice: async () => (await import('./notice-page.ts')).showNoticePage,
};

const show = await pages[document.body.dataset['page'] ?? '']?.();
show?.();
