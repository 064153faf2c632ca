import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Takes the types off a file and all that it imports, into a folder: a process of its own runs it. Answers with where it is. */
export function compiled(entry: string, folder: string): string {
  const target = (file: string) => join(folder, relative('.', file).replace(/\.ts$/, '.js'));
  const done = new Set<string>();
  const visit = (file: string): void => {
    if (done.has(file)) return;
    done.add(file);
    const text = readFileSync(file, 'utf8');
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    mkdirSync(dirname(target(file)), { recursive: true });
    writeFileSync(target(file), outputText);
    const { importedFiles } = ts.preProcessFile(outputText);
    for (const { fileName } of importedFiles)
      if (fileName.startsWith('.')) visit(resolve(dirname(file), fileName.replace(/\.js$/, '.ts')));
  };
  visit(resolve(entry));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return target(resolve(entry));
}
