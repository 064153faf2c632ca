import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** The promises of DESIGN §3; what each says stands there and in the README. */
const known = ['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G9', 'G10', 'G11', 'G12', 'G13'];

/** The titles of every test and group, as they are written: a template's fixed parts count. */
function titlesIn(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(test|it|describe\w*)\b/.test(node.expression.getText())) {
      const [title] = node.arguments;
      if (title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) titles.push(title.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return titles;
}

const named = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(test|contract)\.ts$/.test(file))
  .flatMap((file) => titlesIn(join('tests', file)).map((title) => ({ file, title })))
  .flatMap(({ file, title }) => [...title.matchAll(/\[(G\d+)\]/g)].map(([, id]) => ({ file, id: id as string })));

test('every guarantee has a test that names it', () => {
  const tested = new Set(named.map(({ id }) => id));
  expect(known.filter((id) => !tested.has(id))).toEqual([]);
});

test('no test names a guarantee that does not exist', () => {
  expect(named.filter(({ id }) => !known.includes(id))).toEqual([]);
});
