import { defaultDocument } from '../../src/notice/default-document.ts';
import { extendDocument } from '../../src/notice/document.ts';
import type { RecordDetails } from '../../src/records/consent-record.types.ts';

/** What an integrator in Dublin says. */
export const details: RecordDetails = {
  controller: {
    id: 'https://host-org.example/#controller',
    name: 'Host Org',
    contact: 'The data protection officer',
    email: 'privacy@host-org.example',
    phone: '+353 1 555 0100',
    address: { streetAddress: '1 Example Street', addressLocality: 'Dublin', addressCountry: 'IE' },
  },
  document: extendDocument(defaultDocument, {
    controller: { name: 'Host Org', contact: 'privacy@host-org.example' },
    kinds: [{ id: 'recording', retention: '30 days, then it is deleted.' }],
  }),
  noticeUrl: 'https://host-org.example/notices/recording',
  withdrawUrl: 'https://host-org.example/meetings/weekly/consent',
  jurisdiction: 'IE',
  storageRegion: 'IE',
  retentionDays: 30,
};
