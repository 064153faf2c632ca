import { expect, test } from 'vitest';
import type { NoticeData } from '../../src/notice/notice.types.ts';
import { everything } from '../../src/session/everything.ts';
import { Extras } from '../../src/session/extras.ts';
import { meeting } from './meeting.ts';

const about = (purposes: readonly string[], side?: 'own' | 'other') =>
  ({ purposes, ...(side && { side }) }) as NoticeData;

/** What a client of its own makes of a load that takes its time, or fails. */
function extras(load: () => Promise<typeof everything>) {
  const tasks: (() => void)[] = [];
  const told: string[] = [];
  const parts = {
    client: { mailbox: { post: (task: () => void) => tasks.push(task) } },
    notices: { reword: () => told.push('reworded') },
    load: { loadOpenWords: load },
  };
  const made = new Extras(parts as never);
  const settles = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    for (const task of tasks.splice(0)) task();
  };
  return { made, told, settles };
}

test('notices of open purposes are worded anew once their words are loaded, and what is not open loads nothing', async () => {
  let loads = 0;
  const { made, told, settles } = extras(async () => {
    loads += 1;
    return everything;
  });
  expect(made.words(about(['recording', 'transcription', 'attention-tracking']))).toBeUndefined();
  expect(loads).toBe(0);
  expect(made.words(about(['recording'], 'other'))).toBeUndefined();
  expect(made.words(about(['recording', 'ai-notes']))).toBeUndefined();
  await settles();
  expect(told).toEqual(['reworded']);
  expect(made.words(about(['ai-notes']))).toBe(everything.openWords);
  expect({ loads, told }).toEqual({ loads: 1, told: ['reworded'] });
});

test('[G9] words that could not be loaded are tried again with the next notice', async () => {
  let loads = 0;
  const { made, told, settles } = extras(async () => {
    loads += 1;
    if (loads === 1) throw new Error('the chunk is not served');
    return everything;
  });
  expect(made.words(about(['ai-notes']))).toBeUndefined();
  await settles();
  expect({ told, words: made.words(about(['ai-notes'])) }).toEqual({ told: [], words: undefined });
  await settles();
  expect({ told, words: made.words(about(['ai-notes'])) }).toEqual({ told: ['reworded'], words: everything.openWords });
});

test('[G1] a prompt for live captions says what they take and who provides them', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', name: 'Hana', policy: 'gdpr' });
  const bo = await all.joins('bo');
  void hana.session.requestPurpose({ purpose: 'live-captions', provider: 'Acme' });
  await all.passes(1000);
  expect(bo.session.getSnapshot().prompt?.text.body.split('\n').slice(2, 4)).toEqual([
    'What you say is shown as text while you speak. The text is not kept.',
    'Named as provider of live captions: Acme.',
  ]);
});

test('[G1] a purpose may have any name, also one that every object has: its answer is on one’s own state', async () => {
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'all-party' });
  const bo = await all.joins('bo');
  const purpose: string = 'toString';
  void hana.session.requestPurpose({ purpose });
  await all.passes(1000);
  const answered = bo.session.answer(bo.session.getSnapshot().prompt?.noticeId ?? '', { [purpose]: 'given' });
  expect(await all.within(1000, answered)).toMatchObject({ outcome: 'recorded' });
  await all.passes(1000);
  expect(Object.entries(bo.session.getSnapshot().self.consents)).toEqual([[purpose, 'given']]);
});
