import { checkKind } from '../core/misuse.ts';
import type { RecordDetails } from './consent-record.types.ts';

const kinds = {
  controller: 'object',
  document: 'object',
  noticeUrl: 'string',
  withdrawUrl: 'string',
  jurisdiction: 'string',
  storageRegion: 'string',
} as const satisfies Partial<Record<keyof RecordDetails, string>>;

/** @throws TypeError for details that lack what an export must say. */
export function checkDetails(where: string, details: RecordDetails): void {
  checkKind(`${where}: details`, 'object', details);
  for (const [field, kind] of Object.entries(kinds)) {
    checkKind(`${where}: details.${field}`, kind, details[field as keyof typeof kinds]);
  }
}
