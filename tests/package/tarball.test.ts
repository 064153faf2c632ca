import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { rollup } from 'rollup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Record<string, string>;
  readonly exports: Record<string, string | { types: string; default: string }>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports)
  .filter(([, where]) => typeof where !== 'string')
  .map(([entry]) => entry);
const files = Object.entries(manifest.exports).flatMap(([entry, where]) => (typeof where === 'string' ? [entry] : []));

/**
 * Imports one entry point with everything that does I/O, keeps the process alive or leaves a mark
 * replaced by something that tells, and prints what was seen.
 */
const watcher = `
import { syncBuiltinESMExports } from 'node:module';
import dgram from 'node:dgram';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import child from 'node:child_process';

const seen = [];
const watch = (object, name, label) => {
  const own = object[name];
  if (typeof own !== 'function') return;
  const told = function (...args) { seen.push(label); return new.target ? Reflect.construct(own, args) : own.apply(this, args); };
  Object.defineProperty(object, name, { value: told, configurable: true, writable: true });
};
const entry = process.argv[2];
const module = await import.meta.resolve(entry);
for (const name of ['createSocket']) watch(dgram, name, 'dgram.' + name);
for (const name of ['connect', 'createConnection', 'createServer']) watch(net, name, 'net.' + name);
for (const [label, object] of [['http', http], ['https', https]]) for (const name of ['request', 'get', 'createServer']) watch(object, name, label + '.' + name);
for (const name of ['spawn', 'exec', 'execFile', 'fork']) watch(child, name, 'child_process.' + name);
for (const name of ['writeFile', 'writeFileSync', 'appendFileSync', 'mkdirSync', 'openSync', 'createWriteStream']) watch(fs, name, 'fs.' + name);
syncBuiltinESMExports();
for (const name of ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'WebSocket', 'BroadcastChannel']) watch(globalThis, name, name);
for (const stream of ['stdout', 'stderr']) watch(process[stream], 'write', stream);
for (const name of ['on', 'once', 'addListener']) watch(process, name, 'process.' + name);
const prototypes = [Array, Object, Function, Promise, String, Map, Set, EventTarget].map((own) => [own.name, own.prototype]);
const marks = () => [
  ...Reflect.ownKeys(globalThis).map((key) => 'globalThis.' + String(key)),
  ...prototypes.flatMap(([name, own]) => Reflect.ownKeys(own).map((key) => name + '.prototype.' + String(key))),
];
const before = new Set(marks());
const exported = Object.keys(await import(entry));
const result = {
  exported,
  io: [...seen],
  marks: marks().filter((mark) => !before.has(mark)),
  alive: process.getActiveResourcesInfo().filter((kind) => !/^(TTYWrap|PipeWrap|FSReqPromise|CloseReq)$/.test(kind)),
};
fs.writeSync(1, '\\n' + JSON.stringify(result));
process.exit(0);
`;

/** What XState and valibot leave by themselves, if anything; this library adds nothing to it. */
const toleratedMarks: readonly string[] = [];

describe('the packed tarball', () => {
  let consumer: string;
  let unpacked: string;
  let packed: string;

  beforeAll(() => {
    consumer = mkdtempSync(join(tmpdir(), 'meeting-notice-'));
    const modules = join(consumer, 'node_modules');
    unpacked = join(modules, manifest.name);
    mkdirSync(unpacked, { recursive: true });
    packed = join(consumer, `${manifest.name}-${manifest.version}.tgz`);
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', consumer], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    execFileSync('tar', ['-xzf', packed, '-C', unpacked, '--strip-components=1']);
    for (const name of Object.keys(manifest.dependencies)) link(name);
    writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
    writeFileSync(join(consumer, 'watch.mjs'), watcher);
  });

  afterAll(() => rmSync(consumer, { recursive: true, force: true }));

  const installed = (name: string) => join(consumer, 'node_modules', name);
  const link = (name: string) => symlinkSync(resolve('node_modules', name), installed(name), 'junction');

  const run = (args: string[]) =>
    execFileSync(process.execPath, args, {
      cwd: consumer,
      encoding: 'utf8',
      timeout: 20_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const specifier = (entry: string) => `${manifest.name}${entry.slice(1)}`;

  test.each(entries)('%s is imported on a server without I/O, timers, output or globals', (entry) => {
    const seen = JSON.parse(
      run(['watch.mjs', specifier(entry)])
        .split('\n')
        .at(-1) ?? '',
    ) as {
      exported: string[];
      io: string[];
      marks: string[];
      alive: string[];
    };
    expect(seen).toEqual({ exported: seen.exported, io: [], marks: toleratedMarks, alive: [] });
    expect(seen.exported.length).toBeGreaterThan(0);
  });

  test.each(entries)('%s brings its types', (entry) => {
    const where = manifest.exports[entry] as { types: string };
    expect(existsSync(join(unpacked, where.types))).toBe(true);
  });

  test.each(files)('%s is in it and is JSON', (entry) => {
    const text = readFileSync(join(unpacked, manifest.exports[entry] as string), 'utf8');
    expect(typeof JSON.parse(text)).toBe('object');
  });

  test('the command answers --version and --help', () => {
    const command = join(unpacked, 'dist/cli.js');
    expect(readFileSync(command, 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
    expect(run([command, '--version']).trim()).toContain(manifest.version);
    expect(run([command, '--help'])).toContain('meeting-notice simulate');
  });

  test('holds no sources, tests or tooling', () => {
    const top = readdirSync(unpacked).sort();
    expect(
      top.filter(
        (name) =>
          !['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'docs', 'examples', 'package.json', 'schemas'].includes(
            name,
          ),
      ),
    ).toEqual([]);
    const inside = readdirSync(join(unpacked, 'dist'), { recursive: true, encoding: 'utf8' });
    const strange = inside.filter(
      (name) => !/\.(js|d\.ts)$/.test(name) && !statSync(join(unpacked, 'dist', name)).isDirectory(),
    );
    expect(strange).toEqual([]);
  });

  test('every link and picture of its pages is a file in it, or an address', () => {
    const inside = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).map((name) =>
      name.replaceAll('\\', '/'),
    );
    const pages = inside.filter((name) => name.endsWith('.md'));
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', 'docs/hooks.md', 'docs/policies.md', 'docs/simulator.md']),
    );
    const links = pages.flatMap((page) => {
      const text = readFileSync(join(unpacked, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
      const found = text.matchAll(
        /\]\(([^)\s]+)[^)]*\)|<(?:a|img)\b[^>]*\b(?:href|src)="([^"]+)"|^\[[^\]]+\]: (\S+)/gm,
      );
      return [...found].map(([, inline, tag, reference]) => ({ page, to: inline ?? tag ?? reference ?? '' }));
    });
    const relative = links.filter(({ to }) => !/^(https?:|#)/.test(to));
    expect(relative.length).toBeGreaterThan(5);
    expect(
      relative.filter(({ page, to }) => !inside.includes(posix.join(posix.dirname(page), to.split('#')[0] ?? ''))),
    ).toEqual([]);
  });

  test('reads a transcript from a WebVTT file once media-captions is there, and says so until then', () => {
    const script = `
      import { isNoticeError } from 'meeting-notice';
      import { readPlainText, readWebVtt, writePlainText } from 'meeting-notice/records';
      const ids = { transcriptId: 't', recordingId: 'r' };
      const line = '[00:00:01.000 - 00:00:02.000] Bo: Hi\\n';
      const read = await readWebVtt('WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Bo>Hi', ids).catch((error) => error);
      const seen = read instanceof Error ? [isNoticeError(read, 'transcript/no-reader'), read.message] : writePlainText(read);
      console.log(JSON.stringify([writePlainText(readPlainText(line, ids)), seen]));`;
    const line = '[00:00:01.000 - 00:00:02.000] Bo: Hi\n';
    const missing = [true, 'Reading this needs the package media-captions: run `npm install media-captions`.'];
    expect(JSON.parse(run(['--input-type=module', '--eval', script]))).toEqual([line, missing]);
    link('media-captions');
    expect(JSON.parse(run(['--input-type=module', '--eval', script]))).toEqual([line, line]);
    rmSync(installed('media-captions'));
  });

  test('keeps a ledger in IndexedDB with idb, and says so where it is not there', () => {
    const script = `
      import { isNoticeError } from 'meeting-notice';
      import { indexedDbStore } from 'meeting-notice/records';
      const store = indexedDbStore('ledger');
      const said = (task) => task.then(() => 'done', (error) => isNoticeError(error) && [error.code, error.message]);
      console.log(JSON.stringify([
        await said(store.append('weekly', ['line'])),
        await said(store.read('weekly')[Symbol.asyncIterator]().next()),
        await said(store.meetings()[Symbol.asyncIterator]().next()),
      ]));`;
    const says = ['ledger/no-library', 'A ledger in IndexedDB needs the package idb: run `npm install idb`.'];
    expect(JSON.parse(run(['--input-type=module', '--eval', script]))).toEqual([says, says, says]);
    link('idb');
    const codes = JSON.parse(run(['--input-type=module', '--eval', script])).map(([code]: [string]) => code);
    // Node has no IndexedDB: it is the store that fails now.
    expect(codes).toEqual(['ledger/store-failed', 'ledger/store-failed', 'ledger/store-failed']);
    rmSync(installed('idb'));
  });

  test('keeps a ledger once jose and canonicalize are there, and says so until then', () => {
    const script = `
      import { isNoticeError } from 'meeting-notice';
      import { createLedger, makeKeys, memoryStore, signAnswer, verifyLedger, verifyReceipt } from 'meeting-notice/records';
      const ledger = createLedger({ store: memoryStore() });
      const answer = { meetingId: 'weekly', participantId: 'bo', answerId: 'a', revision: 1, answers: { recording: 'given' } };
      const said = (task) => task.then(() => 'done', (error) => isNoticeError(error, 'ledger/no-library') && error.message);
      const record = { v: 1, n: 0, at: '', meetingId: 'weekly', prev: '', hash: '', jws: '', fact: { fact: 'given', ...answer },
        epoch: { number: 1, id: 'hana', incarnation: 'a' } };
      console.log(JSON.stringify([
        await said(ledger.open({ meetingId: 'weekly', epoch: record.epoch })),
        await said(makeKeys().then((keys) => signAnswer(keys, answer))),
        await said(verifyLedger(ledger.records('weekly'))),
        await said(verifyReceipt({ v: 1, receiptId: 'r', record, key: {} })),
      ]));`;
    const verify = () =>
      run([join(unpacked, 'dist/cli.js'), 'verify', join(unpacked, 'examples/ledgers/weekly.jsonl')]);
    const says = 'A ledger needs the packages jose and canonicalize: run `npm install jose canonicalize`.';
    expect(JSON.parse(run(['--input-type=module', '--eval', script]))).toEqual([says, says, says, says]);
    expect(verify).toThrow(says);
    for (const name of ['jose', 'canonicalize']) link(name);
    expect(JSON.parse(run(['--input-type=module', '--eval', script]))).toEqual(['done', 'done', 'done', 'done']);
    expect(verify()).toContain('held: ');
    for (const name of ['jose', 'canonicalize']) rmSync(installed(name));
  });

  test('gives the notice document: the default, extended, short, as a page, and refused where it is none', () => {
    const script = `
      import { isNoticeError } from 'meeting-notice';
      import { defaultDocument, documentPage, extendDocument, parseDocument, shortDocument } from 'meeting-notice/document';
      const document = extendDocument(defaultDocument, { controller: { name: 'Example Ltd', contact: 'a@example.com' } });
      let fault;
      try { parseDocument({ ...document, title: 5 }); } catch (error) { fault = isNoticeError(error, 'document/invalid') && error.pointer; }
      console.log(JSON.stringify({
        version: document.version,
        short: shortDocument(document, ['recording']).split('\\n')[0],
        page: documentPage(document).includes('<a href="mailto:a@example.com">'),
        fault,
      }));`;
    const seen = JSON.parse(run(['--input-type=module', '--eval', script]));
    expect(seen).toEqual({
      version: expect.stringMatching(/^1\+[0-9a-f]{8}$/),
      short: 'Who is responsible: Example Ltd (a@example.com)',
      page: true,
      fault: '/title',
    });
  });

  test('is small enough to be installed by everyone who has a use for a part of it', () => {
    expect(statSync(packed).size).toBeLessThan(900_000);
  });

  test("a participant's first load does not hold the authority, the table of regions or what reads a document", async () => {
    const entry = join(unpacked, 'participant.js');
    writeFileSync(entry, "export { createSession } from './dist/index.js';\n");
    // As a bundler reads `sideEffects` of the manifest.
    const bundle = await rollup({ input: entry, external: /^[^./]/, treeshake: { moduleSideEffects: false } });
    const { output } = await bundle.generate({ format: 'es' });
    await bundle.close();
    const chunks = output.filter((each) => each.type === 'chunk');
    const first = chunks.find(({ isEntry }) => isEntry);
    const load = (name: string): string[] => {
      const chunk = chunks.find(({ fileName }) => fileName === name);
      return chunk ? [chunk.code, ...chunk.imports.flatMap(load)] : [];
    };
    const firstLoad = load(first?.fileName ?? '').join('\n');
    // What only the authority's machine, the table of regions, and the reader of documents have in them.
    const marks = ['recording.inherited', 'Penal Code', 'expected a language tag'];
    expect(marks.filter((mark) => firstLoad.includes(mark))).toEqual([]);
    expect(marks.filter((mark) => !chunks.some(({ code }) => code.includes(mark)))).toEqual([]);
    expect(firstLoad).toContain('createSession');
  });
});
