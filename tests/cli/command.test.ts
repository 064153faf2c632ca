import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { called, folderOfFiles } from './called.ts';

const { folder, file } = folderOfFiles();

const good = {
  participants: [{ id: 'hana', role: 'host' }, { id: 'bo' }],
  steps: [
    { at: '1s', who: 'hana', does: 'requestsRecording', storage: 'cloud' },
    { at: '2s', who: 'bo', does: 'givesConsent', purpose: 'recording' },
  ],
  until: '10s',
  expect: [{ captured: 'bo', purpose: 'recording', from: '0s', to: '10s', ms: [8000, 8000] }],
};

describe('meeting-notice simulate', () => {
  test('prints one JSON line a hook and one that closes, and exits with 0', async () => {
    const { exit, out, err } = await called('simulate', file('good.json', good));
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(Object.keys(lines[0] ?? {})).toEqual(['at', 'participant', 'hook', 'payload']);
    expect(lines.at(-1)).toMatchObject({ at: 10_000, summary: { guarantees: 'held' } });
  });

  test('names a broken expectation by its pointer, and exits with 1', async () => {
    const bad = { ...good, expect: [{ status: 'off', purpose: 'recording', participant: 'bo', at: '5s' }] };
    const { exit, err } = await called('simulate', file('broken.json', bad));
    expect(exit).toBe(1);
    expect(err).toContain('expect broken (/expect/0): recording of bo: expected off, found on');
  });

  test('refuses what only verify takes, and runs nothing', async () => {
    expect(await called('simulate', file('good.json', good), '--receipt', 'mine.json')).toEqual({
      exit: 2,
      out: '',
      err: 'meeting-notice: --receipt is for verify alone; try --help.\n',
    });
  });

  test('draws one meeting at a time', async () => {
    const { exit, out, err } = await called('simulate', file('a.json', good), file('b.json', good), '--format', 'svg');
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toBe(
      'meeting-notice: simulate --format svg draws one meeting, got 2; run it once for each scenario.\n',
    );
  });

  test.each([
    ['a step of an unknown verb', { ...good, steps: [{ at: '1s', who: 'bo', does: 'givesConsnet' }] }, '/steps/0/does'],
    [
      'a policy that makes no sense',
      { ...good, meeting: { policy: { recording: { consent: 'maybe' } } } },
      '/meeting/policy/recording/consent',
    ],
    ['what is no JSON', '{', 'is not JSON'],
    [
      'a reason that no message carries',
      { ...good, steps: [{ at: '1s', who: 'hana', does: 'requestsRecording', reason: 'a'.repeat(501) }] },
      '/steps/0/reason',
    ],
    [
      'a purpose that no message can name',
      { ...good, steps: [{ at: '1s', who: 'hana', does: 'requestsPurpose', purpose: '__proto__' }] },
      '/steps/0/purpose',
    ],
    [
      'lists within lists without end',
      JSON.stringify({ ...good, meeting: { policy: 0 } }).replace('0}', `${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
      '/meeting/policy',
    ],
  ])('refuses %s with its place, exits with 2 and prints nothing', async (_, body, place) => {
    const { exit, out, err } = await called('simulate', file('bad.json', body));
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(place);
    expect(err).not.toContain('    at ');
  });

  test('says where in a file it is no JSON, and what else a file is', async () => {
    const err = async (path: string) => (await called('simulate', path)).err.replace(/^meeting-notice: /, '').trimEnd();
    const comma = file('comma.json', '{ "about": "x",\n  "until": "1s",\n}');
    expect(await err(comma)).toMatch(/comma\.json: is not JSON: .* \(line 3 column 1\)$/);
    expect(await err(file('list.json', '{ "steps": [\n1,]\n}'))).toMatch(
      /list\.json: is not JSON: Unexpected token .*$/,
    );
    expect(await err(file('empty.json', ' \n'))).toBe(`${join(folder, 'empty.json')}: is empty; expected JSON`);
    expect(await err(folder)).toBe(`${folder}: is a folder; expected a file`);
  });

  test('takes a file that begins with a byte order mark', async () => {
    const { exit, err } = await called('simulate', file('marked.json', `\uFEFF${JSON.stringify(good)}`));
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
  });

  test('refuses a file that is not there', async () => {
    const { exit, out, err } = await called('simulate', join(folder, 'none.json'));
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain('cannot be read (ENOENT)');
  });

  test('draws a timeline and prints a table', async () => {
    const path = file('drawn.json', { ...good, about: 'A <b> & c' });
    expect((await called('simulate', path, '--format', 'svg')).out).toContain(
      '<title id="t">A &lt;b&gt; &amp; c</title>',
    );
    expect((await called('simulate', path, '--format', 'table')).out).toContain(
      'captured: bo from 2.000 s to 10.000 s',
    );
  });
});

describe('meeting-notice machines', () => {
  test('lists the machines without a name, and all charts as JSON', async () => {
    const { exit, out, err } = await called('machines');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'attention',
      'consent',
      'prompt',
      'recording',
      'transcript',
      '',
    ]);
    const json = JSON.parse((await called('machines', '--format', 'json')).out) as Record<string, { id: string }>;
    expect(Object.values(json).map(({ id }) => id)).toEqual([
      'attention',
      'consent',
      'prompt',
      'recording',
      'transcript',
    ]);
  });

  test('prints one as Mermaid unless told otherwise, as JSON that is its chart, or as a picture', async () => {
    const mermaid = (await called('machines', 'recording')).out;
    expect(mermaid).toContain('asking --> starting: readiness.changed [mayStart]');
    expect((await called('machines', 'recording', '--format', 'mermaid')).out).toBe(mermaid);
    const chart = JSON.parse((await called('machines', 'recording', '--format', 'json')).out) as { initial: string };
    expect(chart.initial).toBe('off');
    expect((await called('machines', 'recording', '--format', 'svg')).out).toMatch(/^<svg [\s\S]+<\/svg>\n$/);
  });

  test('writes to a file in place of the standard output', async () => {
    const path = join(folder, 'consent.svg');
    const { exit, out } = await called('machines', 'consent', '--format', 'svg', '--out', path);
    expect({ exit, out }).toEqual({ exit: 0, out: '' });
    expect(readFileSync(path, 'utf8')).toBe((await called('machines', 'consent', '--format', 'svg')).out);
  });

  test.each([
    [
      ['recrding'],
      'no machine "recrding"; there are attention, consent, prompt, recording, transcript; did you mean "recording"?',
    ],
    [['constructor'], 'no machine "constructor"; there are attention, consent, prompt, recording, transcript'],
    [['consent', 'prompt'], 'machines: expected one name at most; try --help.'],
    [['consent', '--format', 'sgv'], '--format: expected json, mermaid or svg, got "sgv"; did you mean "svg"?'],
    [['consent', '--head', '6:x'], '--head is for verify alone; try --help.'],
    [['--receipt', 'mine.json', '--head', '6:x'], '--head and --receipt are for verify alone; try --help.'],
    [['--format', 'svg'], 'machines --format svg: name one of attention, consent, prompt, recording, transcript.'],
    [
      ['consent', '--out', join(folder, 'none', 'x.svg')],
      `${join(folder, 'none', 'x.svg')}: cannot be written (ENOENT).`,
    ],
  ])('refuses %j in one line that says what was meant, and exits with 2', async (argv, line) => {
    expect(await called('machines', ...argv)).toEqual({ exit: 2, out: '', err: `meeting-notice: ${line}\n` });
  });
});

describe('meeting-notice', () => {
  test('names the option that was meant', async () => {
    const err = async (...argv: string[]) => (await called(...argv)).err;
    expect(await err('verify', 'x', '--formt', 'json')).toBe(
      'meeting-notice: unknown option --formt; did you mean "--format"?\n',
    );
    expect(await err('-v')).toBe('meeting-notice: unknown option -v; try --help.\n');
  });

  test('prints its help and its version', async () => {
    expect((await called('--help')).out).toContain('simulate SCENARIO.json');
    expect((await called('--version')).out).toBe('1.2.3\n');
  });

  test.each([['fly'], ['--fly'], ['machines', 'none'], ['verify', 'x'], ['simulate']])(
    'refuses %s %s in one line',
    async (...argv) => {
      const { exit, out, err } = await called(...argv.filter((each): each is string => typeof each === 'string'));
      expect({ exit, out }).toEqual({ exit: 2, out: '' });
      expect(err.trimEnd().split('\n')).toHaveLength(1);
    },
  );
});
