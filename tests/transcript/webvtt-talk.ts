import { seededRandom } from '../../src/transport/seeded-random.ts';

/** One cue as the generator meant it, beside the file it is in. */
export interface TalkCue {
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Its lines, with tags and entities, as they stand in the file. */
  readonly payload: string;
}

const speakers = ['Ana Müller', 'Bo', 'Cy O’Neil', 'Di & Co', 'Ève'] as const;
const words =
  'so we look at the numbers from last year and what they mean for our plan because nobody expected the market to turn and the team has been working on a better estimate since spring which brings me to the question that was asked before'.split(
    ' ',
  );
const asides = [
  'R&amp;D',
  '&lt;laughs&gt;',
  'a &amp;&amp; b',
  '1 &lt; 2',
  'caf\u00e9',
  '東京',
  '<i>really</i>',
  '<b>now</b>',
];
const settings = [
  '',
  '',
  '',
  ' align:start',
  ' line:0 position:20% size:60% align:start',
  ' line:85%',
  ' position:10%,line-left',
];

/** A talk of more than an hour by two to five people, as a WebVTT file, with what a real one has: notes, settings, ids, markup. */
export function talk(seed: number, people: number): { readonly file: string; readonly cues: readonly TalkCue[] } {
  const random = seededRandom(seed);
  const upTo = (max: number) => Math.floor(random() * max);
  const oneOf = <T>(from: readonly T[]): T => from[upTo(from.length)] as T;
  const cues: TalkCue[] = [];
  const blocks = [
    'WEBVTT - a talk\nKind: captions\nLanguage: en-GB',
    'STYLE\n::cue(v[voice="Bo"]) { color: lime }',
    'NOTE\nTaken down by Bo --\nin two lines',
  ];
  let atMs = 400 + upTo(2000);
  while (atMs < 3_700_000) {
    const speaker = speakers[upTo(people)] as string;
    const startMs = atMs;
    const endMs = startMs + 800 + upTo(6000);
    const lines = Array.from({ length: 1 + upTo(3) }, () => {
      const said = Array.from({ length: 3 + upTo(7) }, () => (random() < 0.06 ? oneOf(asides) : oneOf(words)));
      return said.join(' ');
    });
    const voice = speaker.replaceAll('&', '&amp;');
    const open = random() < 0.1 ? `<v.loud ${voice}>` : `<v ${voice}>`;
    const payload = `${open}${lines.join('\n')}${random() < 0.8 ? '</v>' : ''}`;
    const id = random() < 0.5 ? `${cues.length + 1}\n` : '';
    blocks.push(`${id}${written(startMs, random() < 0.3)} --> ${written(endMs, false)}${oneOf(settings)}\n${payload}`);
    if (random() < 0.03) blocks.push(`NOTE ${speaker} was asked ${oneOf(words)}`);
    cues.push({ speaker, startMs, endMs, payload });
    // Now and then somebody begins before the other has ended.
    atMs = endMs + upTo(900) - (random() < 0.15 ? 500 : 0);
  }
  return { file: `\uFEFF${blocks.join(random() < 0.5 ? '\r\n\r\n' : '\n\n')}\n`, cues };
}

function written(ms: number, isShort: boolean): string {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((each) =>
    String(Math.floor(each)).padStart(2, '0'),
  );
  const rest = `${minutes}:${seconds}.${String(ms % 1000).padStart(3, '0')}`;
  return isShort && ms < 3_600_000 ? rest : `${hours}:${rest}`;
}
