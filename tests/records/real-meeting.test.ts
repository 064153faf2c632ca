import { expect, test } from 'vitest';
import { consentRecords } from '../../src/records/consent-record.ts';
import { readHistory } from '../../src/records/history.ts';
import { kantaraReceipt } from '../../src/records/kantara.ts';
import { meetingVcon } from '../../src/records/vcon.ts';
import { meeting } from '../session/meeting.ts';
import { plainLedger } from '../session/plain-ledger.ts';
import { ledgerOf } from './meeting-ledger.ts';
import { details } from './record-details.ts';

test('[G6] whoever agreed has agreed in every export, also after the banner of what runs', async () => {
  const { ledger, all: facts } = plainLedger();
  const all = meeting();
  const hana = await all.joins('hana', { role: 'host', policy: 'gdpr', ledger });
  const bo = await all.joins('bo');
  const cy = await all.joins('cy');
  void hana.session.requestRecording({ storage: 'cloud' });
  await all.passes(1000);
  void bo.session.giveConsent('recording');
  void cy.session.refuseConsent('recording');
  await all.passes(5000);
  const history = await readHistory(ledgerOf(facts.map((fact, second) => [second, fact] as const)));
  const people = history.recordings[0]?.people ?? [];
  expect(
    people.flatMap(({ participantId, consents }) => consents.map(({ consent }) => [participantId, consent])),
  ).toEqual([
    ['hana', 'given'],
    ['bo', 'given'],
    ['cy', 'refused'],
  ]);
  // Each has been told as well, after the answer.
  expect(people.slice(0, 2).map(({ consents }) => consents[0]?.steps.at(-1)?.consent)).toEqual(['shown', 'shown']);
  expect(people.map(({ consents }) => consents[0]?.asks)).toEqual(['notice', 'explicit', 'explicit']);
  expect(meetingVcon(history).attachments.map(({ consents }) => consents[0]?.status)).toEqual([
    'granted',
    'granted',
    'denied',
  ]);
  const receipts = ['hana', 'bo', 'cy'].map((participantId) => kantaraReceipt(history, { participantId }, details));
  expect(receipts.map((receipt) => receipt?.services[0]?.purposes[0]?.consentType)).toEqual([
    'EXPLICIT',
    'EXPLICIT',
    undefined,
  ]);
  const text = JSON.stringify(consentRecords(history, details));
  expect(text.split('dpv:ConsentRequested').length - 1).toBe(2);
  expect(text.split('dpv:ExplicitlyExpressedConsent').length - 1).toBe(1);
  expect(text).not.toContain('dpv:ImpliedConsent');
});
