import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** DESIGN: lowest first; a folder imports only from layers below its own. */
const layers = [
  ['core'],
  ['participants'],
  ['consent'],
  ['policy'],
  ['recording', 'transcript', 'attention'],
  ['notice'],
  ['records', 'notifications'],
  ['hooks', 'transport'],
  ['authority'],
  ['session'],
  ['browser', 'adapters', 'simulator', 'ui', 'server'],
  ['react', 'testing', 'cli'],
];

const roles = ['types', 'rules', 'machine', 'parse', 'transport', 'adapter', 'element'];
const vague = ['utils', 'util', 'helpers', 'helper', 'manager', 'common', 'misc', 'shared', 'index'];
/** Not a dependency: rollup puts it beside the command, with its licence (docs/decisions/0004). */
const bundled: Readonly<Record<string, readonly string[]>> = { 'src/cli/picture-layout.ts': ['@dagrejs/dagre'] };
const timeAndChance = ['src/core/clock.ts', 'src/core/ids.ts'];

interface Source {
  /** From the root of the repository, with `/`. */
  readonly file: string;
  readonly folder: string | undefined;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort();
}

const sources: readonly Source[] = filesIn('src').map((file) => {
  const text = readFileSync(file, 'utf8');
  const parts = file.split('/');
  return {
    file,
    folder: parts.length > 2 ? parts[1] : undefined,
    text,
    tree: ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true),
  };
});

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

function at(source: Source, node: ts.Node): string {
  return `${source.file}:${source.tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** Static and dynamic imports, re-exports and `import('…')` types alike. */
function importsOf(source: Source): { from: string; where: string; typeOnly: boolean }[] {
  return [...nodesOf(source.tree)].flatMap((node) => {
    const found = (literal: ts.Node | undefined, typeOnly: boolean) =>
      literal && ts.isStringLiteral(literal) ? [{ from: literal.text, where: at(source, node), typeOnly }] : [];
    if (ts.isImportDeclaration(node)) return found(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
    if (ts.isExportDeclaration(node)) return found(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return found(node.arguments[0], false);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return found(node.argument.literal, true);
    return [];
  });
}

function target(source: Source, from: string): string | undefined {
  if (!from.startsWith('.')) return undefined;
  return relative('.', resolve(dirname(source.file), from)).replaceAll('\\', '/');
}

const layerOf = (folder: string) => layers.findIndex((layer) => layer.includes(folder));

describe('the layers', () => {
  test('every folder of src has one', () => {
    const folders = new Set(sources.flatMap(({ folder }) => folder ?? []));
    expect([...folders].filter((folder) => layerOf(folder) < 0)).toEqual([]);
  });

  test('a folder imports only from layers below it, siblings never from each other', () => {
    const upward = sources.flatMap((source) => {
      const { folder } = source;
      if (folder === undefined) return [];
      return importsOf(source).flatMap(({ from, where }) => {
        const file = target(source, from);
        if (file === undefined || !file.startsWith('src/')) return [];
        const parts = file.split('/');
        const other = parts.length > 2 ? parts[1] : undefined;
        if (other === folder || (other !== undefined && layerOf(other) < layerOf(folder))) return [];
        return [`${where} (${folder}) imports ${from}`];
      });
    });
    expect(upward).toEqual([]);
  });

  test('src imports nothing outside itself but the dependencies, optional ones among them, and the schemas', () => {
    const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: object;
      peerDependencies: object;
    };
    const allowed = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    const outside = sources.flatMap((source) =>
      importsOf(source).flatMap(({ from, where }) => {
        if (bundled[source.file]?.includes(from)) return [];
        const file = target(source, from);
        if (file !== undefined)
          return file.startsWith('src/') || file.startsWith('schemas/') ? [] : [`${where} imports ${from}`];
        if (allowed.some((name) => from === name || from.startsWith(`${name}/`))) return [];
        return from.startsWith('node:') ? [] : [`${where} imports ${from}`];
      }),
    );
    expect(outside).toEqual([]);
  });

  test("Node's own modules are imported by the command, the server and the files of a ledger alone", () => {
    const forNode = (source: Source) =>
      ['src/cli.ts', 'src/records-node.ts'].includes(source.file) ||
      source.file.startsWith('src/records/node/') ||
      source.folder === 'cli' ||
      source.folder === 'server' ||
      source.file === 'src/server.ts';
    const used = sources
      .filter((source) => !forNode(source))
      .flatMap((source) => importsOf(source).filter(({ from }) => from.startsWith('node:')))
      .map(({ from, where }) => `${where} imports ${from}`);
    expect(used).toEqual([]);
  });

  test('relative imports name the file with its extension, and it exists', () => {
    const broken = sources.flatMap((source) =>
      importsOf(source).flatMap(({ from, where }) => {
        const file = target(source, from);
        return file === undefined || (existsSync(file) && /\.(ts|json)$/.test(file))
          ? []
          : [`${where} imports ${from}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  test('no file imports itself by a detour', () => {
    const next = new Map(
      sources.map((source) => [source.file, importsOf(source).flatMap(({ from }) => target(source, from) ?? [])]),
    );
    const cycles = new Set<string>();
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.add([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const other of next.get(file) ?? []) visit(other, [...path, file]);
      done.add(file);
    };
    for (const { file } of sources) visit(file, []);
    expect([...cycles]).toEqual([]);
  });

  test('only src/index.ts and its like, the entry points, pass names on', () => {
    const barrels = sources
      .filter(({ folder, tree }) => folder !== undefined && tree.statements.length > 0)
      .filter(({ tree }) =>
        tree.statements.every((statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier),
      )
      .map(({ file }) => file);
    expect(barrels).toEqual([]);
  });
});

describe('a source file', () => {
  test('stays under 300 lines', () => {
    const long = sources
      .map(({ file, text }) => ({ file, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines >= 300);
    expect(long).toEqual([]);
  });

  test('is named <domain>.<role>.ts with a known role, or <noun>.ts', () => {
    const name = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.(\w+))?\.ts$/;
    const misnamed = sources
      .filter(({ folder }) => folder !== undefined)
      .filter(({ file }) => {
        const match = name.exec(file.split('/').at(-1) as string);
        return !match || (match[3] !== undefined && !roles.includes(match[3]));
      })
      .map(({ file }) => file);
    expect(misnamed).toEqual([]);
  });

  test('has a name that says what it holds', () => {
    const unsaying = sources
      .filter(({ folder }) => folder !== undefined)
      .filter(({ file }) => file.split(/[/.-]/).some((word) => vague.includes(word)))
      .map(({ file }) => file);
    expect(unsaying).toEqual([]);
  });

  test('has no default export and no enum', () => {
    const found = sources.flatMap((source) =>
      [...nodesOf(source.tree)].flatMap((node) => {
        const isDefault =
          ts.isExportAssignment(node) ||
          (ts.canHaveModifiers(node) &&
            (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword));
        return isDefault || ts.isEnumDeclaration(node) ? [at(source, node)] : [];
      }),
    );
    expect(found).toEqual([]);
  });

  test('begins with its imports', () => {
    const late = sources.flatMap((source) => {
      const { statements } = source.tree;
      const firstOther = statements.findIndex((statement) => !ts.isImportDeclaration(statement));
      const rest = firstOther < 0 ? [] : statements.slice(firstOther);
      return rest.filter((statement) => ts.isImportDeclaration(statement)).map((statement) => at(source, statement));
    });
    expect(late).toEqual([]);
  });

  test('takes time from a Clock and chance from core/ids', () => {
    const globals = ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'requestIdleCallback'];
    const members = ['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'];
    const found = sources
      .filter(({ file, folder }) => !timeAndChance.includes(file) && folder !== 'simulator')
      .flatMap((source) =>
        [...nodesOf(source.tree)].flatMap((node) => {
          const called =
            ts.isCallExpression(node) && ts.isIdentifier(node.expression) && globals.includes(node.expression.text);
          const member =
            ts.isPropertyAccessExpression(node) &&
            (members.includes(node.getText().replace(/^globalThis\./, '')) ||
              (/^(globalThis|window|self)$/.test(node.expression.getText()) && globals.includes(node.name.text)));
          const date = ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length;
          return called || member || date ? [`${at(source, node)} ${node.getText().split('\n')[0]}`] : [];
        }),
      );
    expect(found).toEqual([]);
  });
});

describe('the package', () => {
  const manifest = (folder: string) =>
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
      scripts?: Record<string, string>;
    };

  /** What `npm install meeting-notice` brings along, to the last one. */
  function installed(names: readonly string[], seen = new Set<string>()): Set<string> {
    for (const name of names) {
      if (seen.has(name)) continue;
      seen.add(name);
      installed(Object.keys(manifest(join('node_modules', name)).dependencies ?? {}), seen);
    }
    return seen;
  }

  const runtime = [...installed(Object.keys(manifest('.').dependencies ?? {}))];

  test('depends on three packages, and they on none', () => {
    expect(runtime.sort()).toEqual(['eventemitter3', 'valibot', 'xstate']);
  });

  test('runs no script when it is installed, nor does what it depends on', () => {
    const running = ['.', ...runtime.map((name) => join('node_modules', name))].flatMap((folder) =>
      ['preinstall', 'install', 'postinstall', ...(folder === '.' ? ['prepare'] : [])]
        .filter(
          (script) =>
            manifest(folder).scripts?.[script] !== undefined ||
            (script === 'install' && existsSync(join(folder, 'binding.gyp'))),
        )
        .map((script) => `${folder}: ${script}`),
    );
    expect(running).toEqual([]);
  });
});

test('examples import the library by the name of its package, as everyone else does', () => {
  const inside = filesIn('examples').filter((file) => /\bfrom '[./]+\/(?:src|dist)\//.test(readFileSync(file, 'utf8')));
  expect(inside).toEqual([]);
});

test('no file of tests, examples or scripts imports a file of src through the built package and the sources at once', () => {
  const mixed = [...filesIn('tests'), ...filesIn('examples')].filter((file) => {
    const text = readFileSync(file, 'utf8');
    return /from '[./]+\/dist\//.test(text) && /from '[./]+\/src\//.test(text);
  });
  expect(mixed).toEqual([]);
});
