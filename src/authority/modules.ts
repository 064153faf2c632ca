import type { Command } from '../transport/command.types.ts';
import type { DecidingOptions, Inheritance } from './authority.types.ts';
import type { LedgerDesk } from './ledger-desk.ts';
import type { OpenPurposes } from './open-purposes.ts';
import type { OwnTranscript } from './own-transcript.ts';
import type { RecordsDeskMaker, RecordsDeskModule } from './records-desk.ts';

/** What only some meetings need of an authority. */
interface ModuleMap {
  /** Where a ledger is kept. */
  readonly ledger: { readonly LedgerDesk: typeof LedgerDesk };
  /** Where what is kept is erased, and people exercise their rights over it. */
  readonly records: RecordsDeskModule;
  /** Where a purpose of the open set is asked for. */
  readonly purposes: { readonly OpenPurposes: typeof OpenPurposes };
  /** Where a transcript is made. */
  readonly transcripts: { readonly OwnTranscript: typeof OwnTranscript };
}

export type ModuleName = keyof ModuleMap;

/** What loads each of them: at once where it is at hand. */
export type ModuleLoaders = {
  readonly [Name in ModuleName]: () => ModuleMap[Name] | Promise<ModuleMap[Name]>;
};

/** The parts of an authority that are loaded before they are first needed, and are at hand from then on. */
export class Modules {
  readonly #loaders: ModuleLoaders;
  readonly #loaded: { -readonly [Name in ModuleName]?: ModuleMap[Name] } = {};

  constructor(loaders: ModuleLoaders) {
    this.#loaders = loaders;
  }

  /** `undefined` where it was never needed. */
  loaded<Name extends ModuleName>(name: Name): ModuleMap[Name] | undefined {
    return this.#loaded[name];
  }

  /** @throws Error where it was not loaded before. */
  have<Name extends ModuleName>(name: Name): ModuleMap[Name] {
    const module = this.#loaded[name];
    if (!module) throw new Error(`authority: what ${name} need is used before it is loaded`);
    return module;
  }

  /** Has these at hand; a promise while one is loaded, which rejects where it cannot be, and is tried again with the next need. */
  need(names: readonly ModuleName[]): Promise<void> | undefined {
    const loading = names.flatMap((name) => this.#load(name) ?? []);
    return loading.length > 0 ? Promise.all(loading).then(() => {}) : undefined;
  }

  #load<Name extends ModuleName>(name: Name): Promise<void> | undefined {
    if (this.#loaded[name]) return undefined;
    const take = (module: ModuleMap[Name]): void => {
      this.#loaded[name] = module;
    };
    const loaded = this.#loaders[name]();
    return loaded instanceof Promise ? loaded.then(take) : void take(loaded);
  }
}

/** What an authority must have before it begins: no fact and nothing that it takes over may wait for it. */
export function modulesToBegin(
  { ledger, records }: Pick<DecidingOptions, 'ledger' | 'records'>,
  before: Inheritance | undefined,
): readonly ModuleName[] {
  const left = before?.how === 'hand-over' ? before.state : before?.meeting;
  const hasTranscripts = left?.transcripts !== undefined;
  const hasPurposes = before?.how === 'hand-over' && before.state.purposes !== undefined;
  return [
    ...(ledger ? (['ledger'] as const) : []),
    ...(records ? (['records'] as const) : []),
    ...(hasTranscripts ? (['transcripts'] as const) : []),
    ...(hasPurposes ? (['purposes'] as const) : []),
  ];
}

/** What must be at hand before a command is taken. */
export function modulesFor(command: Command): readonly ModuleName[] {
  switch (command.do) {
    case 'requestPurpose':
    case 'endPurpose':
      return ['purposes'];
    case 'requestTranscript':
      return ['transcripts'];
    case 'requestRecording':
      return command.transcript ? ['transcripts'] : [];
    default:
      return [];
  }
}

/** What makes the desk of what is kept, where records are. */
export const recordsDeskOf = (modules: Modules, { records, storage }: DecidingOptions): RecordsDeskMaker | undefined =>
  records && modules.have('records').recordsDesk(records, storage);
