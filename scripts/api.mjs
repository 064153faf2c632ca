import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

/**
 * Compares what each entry exports with its report in docs/api; `--local` writes the reports. `api-extractor.json` says
 * how, of the main entry. A type in a signature that no entry exports is an error: whoever uses the entry could not
 * name it. Those of the main entry are named from there.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const configObjectFullPath = `${root}api-extractor.json`;
const packageJsonFullPath = `${root}package.json`;
const { exports } = JSON.parse(readFileSync(packageJsonFullPath, 'utf8'));
const localBuild = process.argv.includes('--local');

/** What the main entry exports; it comes first. */
let main = new Set();

function configOf(entry, types) {
  const configObject = ExtractorConfig.loadFile(configObjectFullPath);
  configObject.mainEntryPointFilePath = `${root}${types}`;
  configObject.compiler.overrideTsconfig.files = [types];
  configObject.apiReport.reportFileName = `${['meeting-notice', ...entry.split('/').slice(1)].join('-')}.api.md`;
  return ExtractorConfig.prepare({ configObject, configObjectFullPath, packageJsonFullPath });
}

function namesIn(report) {
  const declared = /^export (?:(?:abstract )?(?:class|const|function|interface|type)|\{ \w+ as) (\w+)/gm;
  return new Set([...report.matchAll(declared)].map(([, name]) => name));
}

function judge(message) {
  const [, forgotten] = /^The symbol "(\w+?)(?:_\d+)?" needs to be exported/.exec(message.text) ?? [];
  const isKnown = message.messageId === 'console-preamble' || (forgotten && main.has(forgotten));
  if (isKnown) message.logLevel = 'none';
}

for (const [entry, { types }] of Object.entries(exports)) {
  if (types === undefined) continue;
  const config = configOf(entry, types);
  const { succeeded } = Extractor.invoke(config, { localBuild, messageCallback: judge });
  if (entry === '.') main = namesIn(readFileSync(config.reportTempFilePath, 'utf8'));
  console.log(`${entry}: ${succeeded ? 'as built' : 'differs, or forgets an export'}`);
  if (!succeeded) process.exitCode = 1;
}
