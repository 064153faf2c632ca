import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import type { Session } from '../../src/session/session.types.ts';
import { fixedSession } from '../../src/testing/fixed-session.ts';
import { asked } from './scripted-session.ts';

type ShowNotices = (session: Session, place: HTMLElement) => () => void;

/** What the page that shows how to draw a prompt of one's own has written down. */
async function showNoticesOf(page: string): Promise<ShowNotices> {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);
  const code = blocks.find((block) => block.includes('function showNotices(')) ?? '';
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  return (module as { showNotices: ShowNotices }).showNotices;
}

test('[G1] the prompt of docs/integrating.md is confirmed once it is on screen, answered, and gone', async () => {
  const showNotices = await showNoticesOf('docs/integrating.md');
  const place = document.createElement('main');
  const session = fixedSession({ prompt: asked });

  const stop = showNotices(session, place);
  expect(place.querySelector('h2')?.textContent).toBe(asked.text.title);
  expect(session.calls).toEqual([]);
  await vi.waitFor(() => expect(session.calls).toEqual([{ command: 'confirmShown', with: [asked.noticeId] }]));

  session.show({ prompt: { ...asked, shown: true } });
  place.querySelector('button')?.click();
  expect(session.calls.at(-1)).toEqual({ command: 'answer', with: [asked.noticeId, { recording: 'given' }] });

  session.show({ prompt: { ...asked, shown: true, phase: 'sending' } });
  expect([...place.querySelectorAll('button')].map(({ disabled }) => disabled)).toEqual([true, true]);

  session.show({ prompt: null });
  expect(place.childElementCount).toBe(0);

  stop();
  session.show({ prompt: asked });
  expect(place.childElementCount).toBe(0);
});
