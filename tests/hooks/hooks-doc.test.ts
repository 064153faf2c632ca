import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

const [, delivery = '', hooks = ''] = readFileSync('docs/hooks.md', 'utf8').split(/^## .*$/m);

/** The cells of the table's rows, without its head. */
const rows = hooks
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').slice(1, -1));

/** The names between backticks. */
const namesIn = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** Every hook and the fields of its payload, an optional one with `?`, as the compiler knows them. */
function hookMap(): [string, string[]][] {
  const file = 'src/hooks/hooks.types.ts';
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const found = program.getSourceFile(file)?.statements.find((statement) => {
    return ts.isInterfaceDeclaration(statement) && statement.name.text === 'HookMap';
  });
  if (!found) throw new Error(`${file} has no interface HookMap.`);
  const nameOf = ({ name, flags }: ts.Symbol) => (flags & ts.SymbolFlags.Optional ? `${name}?` : name);
  return checker
    .getTypeAtLocation(found)
    .getProperties()
    .map((hook) => [hook.name, checker.getTypeOfSymbol(hook).getProperties().map(nameOf)]);
}

/** The titles of a test file, without the ids of guarantees. */
function titlesIn(file: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'test') {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text.replace(/^(\[G\d+\] )+/, ''));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true));
  return titles;
}

test('the table of docs/hooks.md has every hook, with the fields of its payload', () => {
  expect(rows.map(([hook, , payload]) => [namesIn(hook).join(), namesIn(payload)])).toEqual(hookMap());
});

test('every row of the table says who is told, and when', () => {
  const unsaid = rows.filter(([, who, , when, ...more]) => !who?.trim() || !when?.trim() || more.length > 0);
  expect(unsaid).toEqual([]);
});

test('each sentence about delivery is the title of a test, and each title such a sentence', () => {
  const sentences = [...delivery.matchAll(/^- (.+)$/gm)].map(([, sentence]) => sentence);
  expect(sentences).toEqual(titlesIn('tests/hooks/delivery-contract.test.ts'));
});
