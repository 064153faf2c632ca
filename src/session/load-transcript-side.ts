import type { TranscriptModule } from './transcript-side.ts';

/** Loads what tells of transcripts and reads them, once there is one. */
export const loadTranscriptSide = (): Promise<TranscriptModule> => import('./transcript-side.ts');
