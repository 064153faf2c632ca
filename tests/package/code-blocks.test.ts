import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const pages = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((page) =>
  page.endsWith('.md'),
);
const blocks = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ''], place) => ({
    name: `${basename(page, '.md')}-${place + 1}.ts`,
    code,
  })),
);

/** What a page takes for given: the reader's own. All else a block has to import, or to make. */
const theReaders = `
import type * as Main from 'meeting-notice';
import type * as Records from 'meeting-notice/records';
declare global {
  const session: Main.Session;
  const mailbox: Main.Session;
  const meetingId: string;
  const recordingId: string;
  const sender: string;
  const id: string;
  const transport: Main.Transport;
  const capture: Main.CaptureController;
  const policy: Main.Policy;
  const ledger: Main.Ledger;
  const vault: Main.Vault;
  const storage: Main.RecordingStorage;
  const clock: Main.Clock;
  const retention: Records.Retention;
  const lock: Main.Lock;
  const directory: ReadonlyMap<string, string>;
  const keptTexts: ReadonlyMap<string, Main.NoticeText>;
  const account: { read(key: string): Promise<string | null>; write(key: string, value: string): Promise<void> };
  const line: { say(text: string): Promise<boolean>; tone(): Promise<boolean>; on(event: 'key', listener: (key: string) => void): void };
  function make(): import('meeting-notice/testing').TransportUnderTest;
  function test(name: string, run: () => Promise<void>): void;
  function draw(changes: readonly Main.AttentionChange[]): void;
  function toast(summary: string, level: string): void;
  function show(document: Main.HeldAboutMe | undefined): void;
  function alertSomebody(entries: readonly Records.RetentionEntry[]): void;
  function tellTheHost(request: Main.RightRequest): void;
}`;

const asStrictAsCanBe: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
};

describe('the TypeScript of the pages, with what is packed', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'meeting-notice-blocks-'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve('.'), join(folder, 'node_modules', 'meeting-notice'), 'junction');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'readers.d.ts'), theReaders);
    for (const { name, code } of blocks) writeFileSync(join(folder, name), `${code}\nexport {};\n`);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('there is some on each page that shows how to call something', () => {
    expect(blocks.length).toBeGreaterThan(15);
  });

  const resolutions = {
    nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  };
  test.each(Object.entries(resolutions))('is typed as strictly as TypeScript can, as `%s` resolves it', (_, how) => {
    const files = [...blocks.map(({ name }) => name), 'readers.d.ts'].map((name) => join(folder, name));
    const program = ts.createProgram(files, { ...asStrictAsCanBe, ...how });
    const wrong = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      return `${basename(file?.fileName ?? '')}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
    expect(wrong).toEqual([]);
  });
});
