import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

const { dependencies, peerDependencies, name } = JSON.parse(readFileSync('package.json', 'utf8'));
const outside = [...Object.keys(dependencies), ...Object.keys(peerDependencies), 'node:'];

/** Dependencies and Node's own modules stay imports of the built files. */
const external = (id) =>
  outside.some((start) => id === start || id.startsWith(start.endsWith(':') ? start : `${start}/`));

const entryNames = [
  'index',
  'document',
  'browser',
  'simulator',
  'testing',
  'ui',
  'records',
  'records-node',
  'machines',
  'cli',
];
const entries = inputs('src', entryNames);
const typedEntries = Object.fromEntries(Object.entries(entries).filter(([entry]) => entry !== 'cli'));

/** The demo, and the pages of the browser tests (`tests/browser/pages/NAME.ts` becomes `dist-demo/pages/NAME.js`). */
const pages = {
  ...inputs('examples/tabs', ['main']),
  ...Object.fromEntries(sourcesIn('tests/browser/pages').map((file) => [`pages/${basename(file, '.ts')}`, file])),
};

function inputs(folder, names) {
  const found = {};
  for (const entry of names) {
    const file = `${folder}/${entry}.ts`;
    if (existsSync(file)) found[entry] = file;
    else console.warn(`not built, because it is missing: ${file}`);
  }
  return found;
}

function sourcesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));
}

/** Gives `#field` the name `$field`, so that a tool can see all that an object holds. */
const privatesInSight = (context) => (file) => {
  const visit = (node) =>
    ts.isPrivateIdentifier(node)
      ? context.factory.createIdentifier(`$${node.text.slice(1)}`)
      : ts.visitEachChild(node, visit, context);
  return ts.visitNode(file, visit);
};

/** Only takes the types off: they are checked once, by `npm run typecheck`, and not again by each bundle. */
const typescriptWith = (before) => ({
  name: 'typescript',
  transform(code, fileName) {
    if (!fileName.endsWith('.ts')) return null;
    const { compilerOptions } = ts.readConfigFile('tsconfig.json', ts.sys.readFile).config;
    const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, '.');
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName,
      transformers: { before },
      compilerOptions: {
        ...options,
        module: ts.ModuleKind.ESNext,
        noEmit: false,
        sourceMap: true,
        rewriteRelativeImportExtensions: false,
      },
    });
    return { code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ''), map: sourceMapText };
  },
});

const typescript = typescriptWith([]);

/** `meeting-notice/browser` is `src/browser.ts` for what is bundled here. */
const ownName = {
  name: 'own-name',
  resolveId(id) {
    if (id !== name && !id.startsWith(`${name}/`)) return null;
    return join(process.cwd(), 'src', `${id.slice(name.length + 1) || 'index'}.ts`);
  },
};

const json = {
  name: 'json',
  transform: (code, id) => (id.endsWith('.json') ? { code: `export default ${code}`, map: null } : null),
};

const executable = {
  name: 'executable',
  writeBundle({ dir }, bundle) {
    if (bundle['cli.js']) chmodSync(join(dir, 'cli.js'), 0o755);
  },
};

/** What is bundled into the command, in place of being a dependency, brings its licence along. */
const licences = {
  name: 'licences',
  renderChunk(code, { moduleIds }) {
    const found = moduleIds.map((id) => /.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/.exec(id)?.[0]);
    const notes = [...new Set(found.filter(Boolean))].map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return `/*!\nThis file is ${name} ${version}, under this licence:\n\n${readFileSync(join(folder, 'LICENSE'), 'utf8')}*/\n`;
    });
    return notes.length > 0 ? { code: `${notes.join('')}${code}`, map: null } : null;
  },
};

/** `npm pack` leaves out every folder named node_modules. */
const builtName = ({ name }) => (name.includes('node_modules') ? `bundled/${basename(name)}.js` : '[name].js');

/** The compiler writes the words of a union that it inferred in no order of their own; the same sources give the same types. */
const inOrder = {
  name: 'in-order',
  renderChunk: (code) => ({
    code: code.replace(/"[\w-]+"(?: \| "[\w-]+")+/g, (union) => union.split(' | ').sort().join(' | ')),
    map: null,
  }),
};

const clean = (dir) => ({ name: 'clean', renderStart: () => rmSync(dir, { recursive: true, force: true }) });

function library() {
  return [
    {
      input: entries,
      external,
      plugins: [json, nodeResolve(), typescript, executable, licences, clean('dist')],
      output: {
        dir: 'dist',
        format: 'es',
        entryFileNames: builtName,
        // A file stays a file: whoever bundles a client leaves out what it does not use (the authority, XState).
        preserveModules: true,
        preserveModulesRoot: 'src',
      },
    },
    {
      input: typedEntries,
      external,
      plugins: [dts(), inOrder],
      // One after the other: the compiler numbers types as it meets them, and writes unions in that order.
      maxParallelFileOps: 1,
      output: { dir: 'dist', format: 'es', entryFileNames: '[name].d.ts', chunkFileNames: 'chunks/[name]-[hash].d.ts' },
    },
  ];
}

function demo() {
  return {
    input: pages,
    plugins: [ownName, json, nodeResolve({ browser: true }), commonjs(), typescript, clean('dist-demo')],
    output: {
      dir: 'dist-demo',
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      hoistTransitiveImports: false,
    },
  };
}

/** What is run from the command line while developing: `npm run soak`, `npm run explore`, `npm run bench`, `npm run fuzz`. */
function tool(name, takesTypesOff) {
  const dir = `dist-tools/${name}`;
  return {
    input: inputs(`tests/${name}`, [name]),
    external,
    plugins: [json, nodeResolve(), takesTypesOff, clean(dir)],
    output: { dir, format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
  };
}

export default [
  ...(Object.keys(entries).length > 0 ? library() : []),
  ...(Object.keys(pages).length > 0 ? [demo()] : []),
  tool('soak', typescript),
  tool('bench', typescript),
  tool('fuzz', typescript),
  tool('explore', typescriptWith([privatesInSight])),
];
