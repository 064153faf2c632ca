import { beforeAll, describe, expect, test } from 'vitest';
import { timeline } from '../../src/simulator/format/timeline.ts';
import { simulate } from '../../src/simulator/simulation.ts';

async function drawn(scenario: unknown) {
  const result = await simulate(scenario).run();
  const text = timeline(result);
  const page = new DOMParser().parseFromString(text, 'image/svg+xml');
  const found = (selector: string) => [...page.querySelectorAll(selector)];
  const number = (element: Element, name: string) => Number(element.getAttribute(name));
  const placeOf = (group: Element) => {
    const [, x, y] = /translate\((\S+) (\S+)\)/.exec(group.getAttribute('transform') ?? '') ?? [];
    return { x: Number(x), y: Number(y) };
  };
  const marks = found('g:has(> circle)').map((group) => ({
    told: group.querySelector('title')?.textContent,
    kind: group.querySelector('circle')?.getAttribute('class')?.replace('disc ', ''),
    ...placeOf(group),
  }));
  return {
    text,
    page,
    result,
    size: { width: number(page.documentElement, 'width'), height: number(page.documentElement, 'height') },
    texts: found('text').map((each) => ({ text: each.textContent ?? '', x: number(each, 'x'), y: number(each, 'y') })),
    /** Those of the lanes; the legend's have nothing to tell. */
    marks: marks.filter(({ told }) => told !== undefined),
    keys: marks.filter(({ told }) => told === undefined).map(({ kind }) => kind),
    bars: found('rect.bar:has(title)').map((bar) => ({
      told: bar.querySelector('title')?.textContent,
      from: number(bar, 'x'),
      to: Math.round((number(bar, 'x') + number(bar, 'width')) * 10) / 10,
    })),
    lines: found('path.line').map((line) => line.getAttribute('class')?.replace('line ', '')),
    ticks: new Map(
      found('text[text-anchor="middle"]').map((tick) => [tick.textContent ?? '', number(tick, 'x')] as const),
    ),
  };
}

const meeting = {
  about: 'One agrees, one refuses.',
  participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }, { id: 'pat', channel: 'phone', joins: '4s' }],
  steps: [
    { at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' },
    { at: '2s', who: 'bo', does: 'givesConsent', purpose: 'recording' },
    { at: '6s', who: 'pat', does: 'refusesConsent', purpose: 'recording' },
    { at: '7s', who: 'bo', does: 'withdrawsConsent', purpose: 'recording' },
    { at: '8s', who: 'hana', does: 'pausesRecording' },
    { at: '9s', who: 'hana', does: 'stopsRecording' },
  ],
  until: '10s',
};

describe('a timeline', () => {
  test('has a lane for each participant, in the order of the scenario, and says who is host and who calls by phone', async () => {
    const { texts } = await drawn(meeting);
    const left = texts.filter(({ x, y }) => x === 16 && y > 70 && y < 260).map(({ text }) => text);
    expect(left).toEqual(['hana', 'host', 'bo', 'pat', 'phone']);
  });

  test('draws each capture as a bar between its times on the axis', async () => {
    const { bars, ticks, result } = await drawn(meeting);
    const at = (second: number) => ticks.get(`${second} s`);
    expect(result.summary.captures).toHaveLength(2);
    expect(bars).toEqual([
      { told: 'hana: captured from 2 s to 8 s', from: at(2), to: at(8) },
      { told: 'bo: captured from 2 s to 7 s', from: at(2), to: at(7) },
    ]);
  });

  test('marks notices and answers in their lanes, and tells when and what in words', async () => {
    const { marks } = await drawn(meeting);
    expect(marks.filter(({ told }) => told?.includes(' bo,')).map(({ told, kind }) => [told, kind])).toEqual([
      ['1 s: bo, asked', 'prompt'],
      ['2 s: bo, agreed or continued', 'agreed'],
      ['7 s: bo, withdrew', 'withdrew'],
    ]);
    expect(marks.filter(({ told }) => told?.includes(' pat,')).map(({ told }) => told)).toEqual([
      '4 s: pat, asked',
      '6 s: pat, refused',
      '6 s: pat, told',
    ]);
  });

  test('explains in its legend what is in it, and nothing else', async () => {
    const { marks, keys, texts, lines } = await drawn(meeting);
    expect([...keys].sort()).toEqual([...new Set(marks.map(({ kind }) => kind))].sort());
    const explained = texts.map(({ text }) => text).filter((text) => text.startsWith('their client says '));
    expect(explained.map((text) => text.replace('their client says ', '')).sort()).toEqual([...new Set(lines)].sort());
    expect(texts.map(({ text }) => text)).toContain('captured');
  });

  test('tells who cannot see it who was captured and when', async () => {
    const { page } = await drawn(meeting);
    expect(page.documentElement.getAttribute('role')).toBe('img');
    expect(page.querySelector('title#t')?.textContent).toBe('One agrees, one refuses.');
    expect(page.querySelector('desc#d')?.textContent).toBe(
      '3 participants, 10 s. bo is captured from 2 s to 7 s; hana is captured from 2 s to 8 s.',
    );
  });

  test('is the same to the byte each time, loads nothing, and follows light and dark', async () => {
    const { text } = await drawn(meeting);
    expect((await drawn(meeting)).text).toBe(text);
    expect(text).not.toMatch(/@import|@font-face|href|url\(/);
    expect(text).toContain('@media(prefers-color-scheme:dark)');
  });

  test('draws nothing where nothing happened, and says so', async () => {
    const { bars, marks, lines, texts } = await drawn({
      participants: [{ id: 'hana', role: 'host' }],
      steps: [],
      until: '10s',
    });
    expect({ bars, marks, lines }).toEqual({ bars: [], marks: [], lines: [] });
    expect(texts.at(-1)?.text).toBe('Nobody was asked, told or captured.');
  });

  test('takes every text as text, whatever signs are in it', async () => {
    const id = '<script>"&"</script>\u0000';
    const { page, texts, marks } = await drawn({
      ...meeting,
      about: '</title><script>x</script> & "more"',
      participants: [{ id: 'hana', role: 'host' }, { id }],
      steps: [{ at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' }],
    });
    expect(page.querySelector('parsererror')).toBeNull();
    expect(page.querySelectorAll('script')).toHaveLength(0);
    expect(page.querySelector('title#t')?.textContent).toBe('</title><script>x</script> & "more"');
    expect(texts.map(({ text }) => text)).toContain('<script>"&"</script> ');
    expect(marks.map(({ told }) => told)).toContain('1 s: <script>"&"</script> , asked');
  });
});

describe('a timeline of thirty people over an hour', () => {
  const names = Array.from({ length: 29 }, (_, place) => `A participant with a very long name, number ${place}`);
  const asks = Array.from({ length: 6 }, (_, place) => [
    { at: `${10 + 2 * place}s`, who: 'hana', does: 'requestsRecording', storage: 'cloud' },
    { at: `${11 + 2 * place}s`, who: 'hana', does: 'stopsRecording' },
  ]).flat();
  const scenario = {
    about: 'A long text about what is in it. '.repeat(20),
    participants: [{ id: 'hana', role: 'host' }, ...names.map((id) => ({ id }))],
    steps: [...asks, { at: '30m', who: 'hana', does: 'requestsRecording', storage: 'cloud' }],
    until: '1h',
  };
  let crowd: Awaited<ReturnType<typeof drawn>>;

  // Real sessions for an hour: once for all.
  beforeAll(async () => {
    crowd = await drawn(scenario);
  }, 60_000);

  test('keeps its marks apart, in order and on the paper, and counts those that have no room', () => {
    const { marks, texts, result, size } = crowd;
    const asked = result.lines.filter(({ participant, hook }) => participant === names[0] && hook === 'noticeRaised');
    const own = marks.filter(({ told }) => told?.includes(`${names[0]},`));
    const counted = texts.filter(({ text, y }) => /^\+\d+$/.test(text) && y === (own[0]?.y ?? 0) + 4);
    expect(asked).toHaveLength(7);
    const apart = own.slice(1).map(({ x }, place) => x - (own[place]?.x ?? 0));
    expect(apart.filter((gap) => gap < 16)).toEqual([]);
    expect(own.filter(({ x }) => x + 8 > size.width)).toEqual([]);
    const expired = 1;
    const told = own.length + counted.reduce((sum, { text }) => sum + Number(text), 0);
    expect(told).toBe(asked.length + expired);
    expect(counted).toHaveLength(1);
  });

  test('shortens names in the middle, so that their ends tell them apart, and keeps them out of the lanes', () => {
    const { texts, ticks } = crowd;
    const shown = texts.filter(({ text }) => text.startsWith('A part')).map(({ text }) => text);
    expect(shown).toHaveLength(29);
    expect(new Set(shown).size).toBe(29);
    expect(shown.filter((text) => text.length * 7 > (ticks.get('0 s') ?? 0) - 16)).toEqual([]);
  });

  test('has at most 13 times on its axis, in minutes, and a title of three lines', () => {
    const { ticks, texts } = crowd;
    expect([...ticks.keys()]).toEqual([
      '0 s',
      ...Array.from({ length: 11 }, (_, place) => `${5 * (place + 1)}:00`),
      '1:00:00',
    ]);
    const title = texts.filter(({ text }) => text.includes('long text')).map(({ text }) => text.length);
    expect(title).toHaveLength(3);
    expect(Math.max(...title)).toBeLessThanOrEqual(104);
  });
});

test('[G2] a timeline shows unknown where the client says unknown, beside what was captured', async () => {
  const { lines, bars } = await drawn({
    participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
    steps: [
      { at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' },
      { at: '2s', who: 'bo', does: 'givesConsent', purpose: 'recording' },
      { at: '10s', who: 'bo', does: 'losesConnection' },
    ],
    until: '60s',
  });
  expect(lines).toContain('unknown');
  expect(bars.length).toBeGreaterThan(0);
});
