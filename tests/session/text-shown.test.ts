import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import { defaultDocument } from '../../src/notice/default-document.ts';
import { german } from '../../src/notice/german.ts';
import type { Notice } from '../../src/notice/notice.types.ts';
import { meeting } from './meeting.ts';

const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
const document = { ...defaultDocument, version: '2030-01-01' };
const texts = { ...german, version: '7', moreUrl: 'https://example.com/privacy' };

/** What a consent must name, worked out from what is on screen. */
function textOnScreen({ text, choices }: Notice) {
  const { title, body, consequences, moreUrl, locale, dir, version } = text;
  const options = choices.map(({ id, label }) => ({ id, label, consequence: consequences[id] }));
  const words = { title, body, choices: options, moreUrl, locale, dir, version, document: sha256(document) };
  return { version: '7+2030-01-01', locale: 'de', hash: sha256(words) };
}

/** Bo, who reads German, is asked by Hana, who reads English; what Bo's client sends is kept. */
async function asked() {
  const { joins, network, passes } = meeting();
  const sent: Record<string, unknown>[] = [];
  network.tap(({ from, data }) => void (from === 'bo' && sent.push(JSON.parse(data))));
  const hana = await joins('hana', { role: 'host', document });
  const bo = await joins('bo', { presents: 'confirmed', document, texts });
  void hana.session.requestRecording({ storage: 'cloud', transcript: true });
  await passes(100);
  const { prompt } = bo.session.getSnapshot();
  if (!prompt) throw new Error('Bo is asked nothing.');
  const said = (kind: string) => sent.filter(({ t }) => t === kind).map(({ noticeId, text }) => ({ noticeId, text }));
  return { bo, prompt, passes, said };
}

test('what is told to be on screen names version, language and hash of exactly these words', async () => {
  const { bo, prompt, passes, said } = await asked();
  bo.session.confirmShown(prompt.noticeId);
  await passes(100);
  expect(said('shown')).toEqual([{ noticeId: prompt.noticeId, text: textOnScreen(prompt) }]);
});

test.each(['given', 'refused'] as const)(
  'an answer (%s) names version, language and hash of exactly the words that were read',
  async (answer) => {
    const { bo, prompt, passes, said } = await asked();
    bo.session.confirmShown(prompt.noticeId);
    await passes(100);
    void bo.session.answer(prompt.noticeId, { recording: answer, transcription: answer });
    await passes(100);
    expect(said('answer')).toEqual([{ noticeId: prompt.noticeId, text: textOnScreen(prompt) }]);
  },
);

test('a consent of one purpose, given by its name, names the words of the notice that is open', async () => {
  const { bo, prompt, passes, said } = await asked();
  bo.session.confirmShown(prompt.noticeId);
  await passes(100);
  void bo.session.giveConsent('recording');
  await passes(100);
  expect(said('answer')).toEqual([{ noticeId: prompt.noticeId, text: textOnScreen(prompt) }]);
});
