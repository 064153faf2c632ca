import ts from 'typescript';
import { expect, test } from 'vitest';

const entries = [
  'index',
  'document',
  'records',
  'records-node',
  'browser',
  'simulator',
  'testing',
  'ui',
  'machines',
].map((name) => `src/${name}.ts`);

/** The exports of an entry that have no docstring. */
function undocumented(program: ts.Program, entry: string): string[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => {
      const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker));
      return comment === '' && !symbol.getJsDocTags().some(({ name }) => name === 'see');
    })
    .map((symbol) => `${entry}: ${symbol.name}`);
}

test('every export of every entry says in a sentence what it is', { timeout: 60_000 }, () => {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const program = ts.createProgram(entries, { ...options, noEmit: true });
  expect(entries.flatMap((entry) => undocumented(program, entry))).toEqual([]);
});
