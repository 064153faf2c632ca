import { allModules } from '../authority/all-modules.ts';
import { decidingAuthority } from '../authority/authority.ts';
import { inheritedFrom } from '../authority/hand-over.parse.ts';
import { type OpenWordsModule, openWords } from '../notice/open-words.ts';
import { regionLaw } from '../policy/law.ts';
import { parsePolicy } from '../policy/policy.parse.ts';
import { type AdapterModule, createAdapterSide } from './adapter-side.ts';
import { createSigner, type SignerModule } from './answer-signer.ts';
import { createTracker, type TrackerModule } from './attention-tracker.ts';
import type { AuthorityModule } from './governing.types.ts';
import { createHostSide, type HostModule } from './host-side.ts';
import { callerWords, createKeypad, type KeypadModule } from './keypad.ts';
import { exerciseRight, type RightsModule } from './right-asker.ts';
import { createTranscriptSide, type TranscriptModule } from './transcript-side.ts';

/** All that a session loads at one time or another, at hand: for simulators and tests, which wait for nothing. */
export const everything: AuthorityModule &
  HostModule &
  KeypadModule &
  TrackerModule &
  OpenWordsModule &
  AdapterModule &
  SignerModule &
  RightsModule &
  TranscriptModule = {
  decidingAuthority,
  modules: allModules(),
  law: regionLaw,
  inheritedFrom,
  parse: (input, admin) => parsePolicy(input, { admin }),
  createHostSide,
  createKeypad,
  callerWords,
  createTracker,
  openWords,
  createAdapterSide,
  createSigner,
  exerciseRight,
  createTranscriptSide,
};
