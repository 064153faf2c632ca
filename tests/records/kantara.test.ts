import { describe, expect, test } from 'vitest';
import { consentReceipt, consentRecords } from '../../src/records/consent-record.ts';
import { readHistory } from '../../src/records/history.ts';
import { kantaraReceipt } from '../../src/records/kantara.ts';
import { first, keyOf, ledgerOf, second, seen, weeklyMeeting } from './meeting-ledger.ts';
import { details } from './record-details.ts';
import { kantaraSchema } from './schemas/kantara-1.1.ts';
import { complaintsOf } from './valid.ts';

const records = ledgerOf(weeklyMeeting);
const receiptOf = async (participantId: string, upTo = records.length, recordingId?: string) =>
  kantaraReceipt(
    await readHistory(records.slice(0, upTo)),
    { participantId, ...(recordingId !== undefined && { recordingId }) },
    details,
  );

const purposesOf = (receipt: Awaited<ReturnType<typeof receiptOf>>) =>
  receipt?.services.map(({ service, purposes }) => [
    service,
    ...purposes.map(({ consentType, primaryPurpose }) => `${consentType} ${primaryPurpose}`),
  ]);

describe('details that lack something', () => {
  test('are named by whatever is made with them', async () => {
    const history = await readHistory(records);
    const { controller: _, ...lacking } = details;
    const wanted = { participantId: 'bo' };
    const makes = {
      consentRecords: (given: never) => consentRecords(history, given),
      consentReceipt: (given: never) => consentReceipt(history, wanted, given),
      kantaraReceipt: (given: never) => kantaraReceipt(history, wanted, given),
    };
    for (const [name, make] of Object.entries(makes)) {
      expect(() => make(undefined as never)).toThrow(`${name}: details must be an object, not undefined.`);
      expect(() => make(lacking as never)).toThrow(`${name}: details.controller must be an object, not undefined.`);
    }
  });
});

describe('kantaraReceipt', () => {
  test('is a receipt of Kantara 1.1 for everyone who agrees to something', async () => {
    const ids = ['hana', 'bo', 'cy', 'dee', 'room-7'];
    const beforeWithdrawal = records.findIndex(({ fact }) => fact.fact === 'withdrawn');
    for (const upTo of [beforeWithdrawal, records.length]) {
      const receipts = await Promise.all(ids.map((id) => receiptOf(id, upTo)));
      expect(receipts.flatMap((receipt) => (receipt ? complaintsOf(kantaraSchema, receipt) : []))).toEqual([]);
      expect(ids.filter((_, index) => receipts[index] === undefined)).toEqual(
        upTo === records.length ? ['bo', 'dee', 'room-7'] : ['dee', 'room-7'],
      );
    }
  });

  test('says who agreed to what, when, and by whose key', async () => {
    const beforeWithdrawal = records.findIndex(({ fact }) => fact.fact === 'withdrawn');
    const receipt = await receiptOf('bo', beforeWithdrawal);
    expect(receipt).toEqual({
      version: 'KI-CR-v1.1.0',
      jurisdiction: 'IE',
      consentTimestamp: Date.parse('2026-11-24T15:00:10Z') / 1000,
      collectionMethod: 'Notice in the meeting',
      consentReceiptID: receipt?.consentReceiptID,
      publicKey: JSON.stringify(keyOf('the authority')),
      language: 'en',
      piiPrincipalId: 'bo',
      piiControllers: [
        {
          piiController: 'Host Org',
          onBehalf: false,
          contact: 'The data protection officer',
          address: { streetAddress: '1 Example Street', addressLocality: 'Dublin', addressCountry: 'IE' },
          email: 'privacy@host-org.example',
          phone: '+353 1 555 0100',
        },
      ],
      policyUrl: 'https://host-org.example/notices/recording',
      services: [
        {
          service: `Recording ${first} of meeting weekly`,
          purposes: [
            {
              purpose: 'letting the host, and those the host shares it with, hear and see the meeting later',
              purposeCategory: ['1 - Core Function'],
              consentType: 'EXPLICIT',
              piiCategory: ['Recording'],
              primaryPurpose: true,
              termination: '30 days, then it is deleted.',
              thirdPartyDisclosure: true,
              thirdPartyName:
                'the hosts of the meeting; those the hosts share it with; the meeting provider, which stores a cloud recording but does not look into it unless the host asks for help, for a limited time, and each such access is on record',
            },
            {
              purpose: 'letting those who may read it look up what was said',
              purposeCategory: ['1 - Core Function'],
              consentType: 'EXPLICIT',
              piiCategory: ['Transcript'],
              primaryPurpose: false,
              termination: 'As long as its recording, and deleted together with it.',
              thirdPartyDisclosure: true,
              thirdPartyName:
                'the hosts of the meeting, or everyone in it if the rules of the meeting say so; the meeting provider, on the same terms as for the recording',
            },
          ],
        },
      ],
      sensitive: false,
      spiCat: [],
    });
  });

  test('has a service for each recording, and what was agreed to in it, no more', async () => {
    expect(purposesOf(await receiptOf('cy'))).toEqual([
      [`Recording ${first} of meeting weekly`, 'EXPLICIT true'],
      [`Recording ${seen} of meeting weekly`, 'IMPLICIT true'],
    ]);
    expect(purposesOf(await receiptOf('hana', records.length, second))).toEqual([
      [`Recording ${second} of meeting weekly`, 'EXPLICIT true'],
    ]);
    expect(await receiptOf('bo', records.length, second)).toBe(undefined);
  });
});

test('the schema that receipts are held against refuses what is none', async () => {
  const receipt = await receiptOf('cy');
  const changed = [
    { ...receipt, consentTimestamp: '2026' },
    { ...receipt, spiCat: undefined },
    { ...receipt, services: [] },
    { ...receipt, attention: true },
    { ...receipt, piiControllers: [{ ...receipt?.piiControllers[0], email: undefined }] },
    {
      ...receipt,
      services: receipt?.services.map(({ service, purposes }) => ({
        service,
        purposes: purposes.map((purpose) => ({ ...purpose, thirdPartyName: undefined })),
      })),
    },
  ];
  expect(changed.filter((each) => complaintsOf(kantaraSchema, each).length === 0)).toEqual([]);
});
