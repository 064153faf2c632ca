import jsonld from 'jsonld';
import { describe, expect, test } from 'vitest';
import { consentReceipt, consentRecords } from '../../src/records/consent-record.ts';
import { readHistory } from '../../src/records/history.ts';
import type { JsonLdNode } from '../../src/records/json-ld.ts';
import type { LedgerRecord } from '../../src/records/ledger.types.ts';
import { first, german, jwsOver, ledgerOf, seen, weeklyMeeting } from './meeting-ledger.ts';
import { details } from './record-details.ts';
import { publishedTerms } from './schemas/dpv-terms.ts';

const dpv = 'https://w3id.org/dpv#';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const records = ledgerOf(weeklyMeeting);
const weekly = () =>
  readHistory(records, {
    nameOf: (id) => ({ bo: 'Bo Lind' })[id],
    wordsOf: ({ locale }) => (locale === 'de' ? { title: 'Stimmen Sie zu?', body: 'Es läuft noch nicht.' } : undefined),
  });

interface Term {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}

interface Quad {
  readonly subject: Term;
  readonly predicate: Term;
  readonly object: Term;
}

/** What an RDF reader makes of it; it loads nothing, and refuses what it would have to leave out. */
async function triplesOf(document: JsonLdNode): Promise<Graph> {
  const documentLoader = async (url: string) => {
    throw new Error(`a context is loaded from ${url}`);
  };
  // As it would travel: what is undefined is gone.
  const input = JSON.parse(JSON.stringify(document));
  const quads = await jsonld.toRDF(input, { documentLoader, safe: true } as jsonld.Options.ToRdf);
  return new Graph(quads as unknown as readonly Quad[]);
}

class Graph {
  readonly quads: readonly Quad[];

  constructor(quads: readonly Quad[]) {
    this.quads = quads;
  }

  objects(subject: string, predicate: string): string[] {
    return this.quads
      .filter((quad) => quad.subject.value === subject && quad.predicate.value === full(predicate))
      .map(({ object }) => object.value);
  }

  one(subject: string, predicate: string): string {
    const [found, ...more] = this.objects(subject, predicate);
    if (found === undefined || more.length > 0) throw new Error(`${more.length + 1} of ${predicate}, not one`);
    return found;
  }

  subjects(type: string): string[] {
    return this.quads
      .filter(({ predicate, object }) => predicate.value === rdfType && object.value === full(type))
      .map(({ subject }) => subject.value);
  }
}

const prefixes: Readonly<Record<string, string>> = {
  dpv,
  dct: 'http://purl.org/dc/terms/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dcat: 'http://www.w3.org/ns/dcat#',
};

const full = (name: string): string => name.replace(/^(\w+):/, (whole, prefix: string) => prefixes[prefix] ?? whole);
const local = (iri: string): string => iri.slice(iri.search(/[^/#]+$/));

/** A record's states, with when and by whom, as they are in time. */
function statusLines(graph: Graph, record: string): string[] {
  const person = graph.one(record, 'dpv:hasDataSubject');
  return graph
    .objects(record, 'dpv:hasConsentStatus')
    .map((status) => {
      const types = graph.objects(status, 'rdf:type').map(local).sort().join('+');
      const by = graph.one(status, 'dpv:isIndicatedBy') === person ? 'person' : 'controller';
      return `${graph.one(status, 'dpv:isIndicatedAtTime').slice(11, 19)} ${types} by ${by}`;
    })
    .sort();
}

/** `recording person purpose` → the record's IRI. */
function recordOf(graph: Graph, participantId: string, process: string): string {
  const found = graph
    .subjects('dpv:ConsentRecord')
    .filter((record) => graph.one(graph.one(record, 'dpv:hasDataSubject'), 'dct:identifier') === participantId)
    .filter((record) => graph.one(graph.one(record, 'dpv:hasProcess'), 'dct:identifier') === process);
  expect(found.length).toBe(1);
  return found[0] as string;
}

describe('consentRecords', () => {
  test('[G6] has the states of each person and purpose in terms of DPV, in time', async () => {
    const graph = await triplesOf(consentRecords(await weekly(), details));
    const told = (who: string, process: string) => statusLines(graph, recordOf(graph, who, process));
    expect(graph.subjects('dpv:ConsentRecord').length).toBe(12);
    expect(told('hana', `${first}: recording`)).toEqual(['15:00:01 ConsentGiven+ExpressedConsent by person']);
    expect(told('bo', `${first}: transcription`)).toEqual([
      '15:00:01 ConsentRequested by controller',
      '15:00:10 ConsentGiven+ExplicitlyExpressedConsent by person',
      '15:05:00 ConsentWithdrawn by person',
    ]);
    expect(told('cy', `${first}: transcription`)).toEqual([
      '15:00:01 ConsentRequested by controller',
      '15:00:12 ConsentRefused by person',
    ]);
    expect(told('dee', `${first}: recording`)).toEqual([
      '15:00:01 ConsentRequested by controller',
      '15:01:01 ConsentExpired by controller',
    ]);
    expect(told('room-7', `${first}: recording`)).toEqual(['15:00:03 ConsentUnknown by controller']);
    expect(told('cy', `${seen}: recording`)).toEqual([
      '15:40:00 ConsentRequested by controller',
      '15:40:04 ConsentGiven+ImpliedConsent by person',
    ]);
  });

  test('an agreement that is asked for anew while one holds is a renewed one', async () => {
    const again: LedgerRecord[] = ledgerOf([
      ...weeklyMeeting.slice(0, 12),
      [20, { ...weeklyMeeting[2]?.[1], noticeId: 'n-9' } as never],
      [21, { ...weeklyMeeting[8]?.[1], noticeId: 'n-9', answerId: 'again', revision: 2 } as never],
    ]);
    const graph = await triplesOf(consentRecords(await readHistory(again), details));
    expect(statusLines(graph, recordOf(graph, 'bo', `${first}: recording`)).at(-1)).toBe(
      '15:00:21 ExplicitlyExpressedConsent+RenewedConsentGiven by person',
    );
  });

  test('an agreement after a withdrawal is a new one; one that was not asked for is expressed, and no more', async () => {
    const person = { recordingId: first, participantId: 'bo' };
    const answer = { ...person, purpose: 'recording', noticeId: 'n', applied: true, text: german };
    const changing = ledgerOf([
      [0, { fact: 'requested', recordingId: first, purposes: ['recording'], by: 'unknown' }],
      [1, { ...person, fact: 'asked', purposes: ['recording'], noticeId: 'n', consent: 'acknowledge' }],
      [2, { ...answer, fact: 'given', answerId: 'a', revision: 1 }],
      [3, { ...answer, fact: 'withdrawn', answerId: 'b', revision: 2 }],
      [4, { ...answer, fact: 'given', answerId: 'c', revision: 3 }],
    ]);
    const graph = await triplesOf(consentRecords(await readHistory(changing), details));
    expect(statusLines(graph, recordOf(graph, 'bo', `${first}: recording`))).toEqual([
      '15:00:01 ConsentRequested by controller',
      '15:00:02 ConsentGiven+ExpressedConsent by person',
      '15:00:03 ConsentWithdrawn by person',
      '15:00:04 ConsentGiven+ExpressedConsent by person',
    ]);
  });

  test('has what ISO/IEC TS 27560 asks of a record, and the profile for the GDPR', async () => {
    const graph = await triplesOf(consentRecords(await weekly(), details));
    for (const record of graph.subjects('dpv:ConsentRecord')) {
      // Record metadata.
      expect(graph.one(record, 'dct:conformsTo')).toBe('https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr');
      expect(record).toBe(`urn:uuid:${graph.one(record, 'dct:identifier')}`);
      expect(graph.one(record, 'dct:created')).toMatch(/^2026-11-24T15:/);
      // PII principal, controller, jurisdiction, withdrawal, rights.
      expect(graph.one(record, 'dpv:hasDataSubject')).toMatch(/^urn:uuid:/);
      const controller = graph.one(record, 'dpv:hasDataController');
      expect(new Set(graph.objects(controller, 'dpv:hasName'))).toEqual(new Set(['Host Org']));
      expect(graph.objects(controller, 'dpv:hasContact')).toContain('privacy@host-org.example');
      expect(graph.objects(controller, 'dpv:hasAddress')).toEqual(['1 Example Street, Dublin, IE']);
      expect(local(graph.one(record, 'dpv:hasJurisdiction'))).toBe('IE');
      expect(graph.one(graph.one(record, 'dpv:hasConsentControl'), 'dpv:isExercisedAt')).toBe(details.withdrawUrl);
      expect(graph.objects(record, 'dpv:hasRight').map(local)).toEqual([
        'A7-3',
        'A15',
        'A16',
        'A17',
        'A18',
        'A20',
        'A21',
      ]);
      // Notice.
      expect(graph.objects(record, 'dpv:hasNotice').length).toBeGreaterThan(0);
      // PII processing.
      const process = graph.one(record, 'dpv:hasProcess');
      expect(local(graph.one(process, 'dpv:hasPurpose'))).toBe('RecordManagement');
      expect(graph.objects(process, 'dpv:hasProcessing').map(local)).toContain('Store');
      expect(graph.objects(process, 'dpv:hasPersonalData').map(local)).toContain('VoiceCommunicationRecording');
      expect(graph.objects(process, 'dpv:hasRecipient').length).toBeGreaterThan(1);
      expect(graph.objects(process, 'dpv:hasLegalBasis').length).toBe(1);
      const storage = graph.objects(process, 'dpv:hasStorageCondition');
      expect(
        storage
          .flatMap((each) => graph.objects(each, 'rdf:type'))
          .map(local)
          .sort(),
      ).toEqual(['StorageDeletion', 'StorageDuration', 'StorageLocation']);
      const durations = storage.flatMap((each) => graph.objects(each, 'dpv:hasDuration'));
      expect(durations.flatMap((each) => graph.objects(each, 'rdf:value'))).toEqual(['P30D']);
      // Events.
      expect(graph.objects(record, 'dpv:hasConsentStatus').length).toBeGreaterThan(0);
    }
  });

  test('names the data, where it is from, how long it is kept and who gets it, as the notice document has them', async () => {
    const graph = await triplesOf(consentRecords(await weekly(), details));
    const process = graph.one(recordOf(graph, 'bo', `${first}: transcription`), 'dpv:hasProcess');
    const kinds = graph.objects(process, 'dpv:hasPersonalData').filter((each) => each.startsWith('urn:uuid:'));
    const told = kinds.map((kind) => [
      graph.one(kind, 'dct:identifier'),
      graph.one(kind, 'dct:title'),
      local(graph.one(kind, 'dpv:hasDataSource')),
      ...new Set(
        graph.objects(kind, 'dpv:hasStorageCondition').flatMap((each) => graph.objects(each, 'dct:description')),
      ),
    ]);
    expect(told).toEqual([
      [
        'transcript',
        'Transcript',
        'DataControllerDataSource',
        'As long as its recording, and deleted together with it.',
      ],
    ]);
    const recipients = graph.objects(process, 'dpv:hasRecipient').flatMap((each) => graph.objects(each, 'dpv:hasName'));
    expect([...new Set(recipients)]).toEqual([
      'Host Org',
      'the hosts of the meeting, or everyone in it if the rules of the meeting say so',
      'the meeting provider, on the same terms as for the recording',
    ]);
  });

  test('rests on consent only where people were asked to agree, or on what the integrator says', async () => {
    const history = await weekly();
    const basis = (graph: Graph, who: string, process: string) =>
      local(graph.one(graph.one(recordOf(graph, who, process), 'dpv:hasProcess'), 'dpv:hasLegalBasis'));
    const graph = await triplesOf(consentRecords(history, details));
    expect(basis(graph, 'bo', `${first}: recording`)).toBe('A6-1-a');
    expect(basis(graph, 'cy', `${seen}: recording`)).toBe('ImpliedConsent');
    const other = await triplesOf(consentRecords(history, { ...details, legalBasis: 'dpv:LegitimateInterest' }));
    expect(basis(other, 'bo', `${first}: recording`)).toBe('LegitimateInterest');
    expect(new Set(other.subjects('dpv:ConsentRecord').map((each) => other.one(each, 'dct:conformsTo')))).toEqual(
      new Set(['https://w3id.org/dpv/schema/dpv-27560#record']),
    );
  });

  test('names the words by their hash, the record by its own, and the signature of the person', async () => {
    const graph = await triplesOf(consentRecords(await weekly(), details));
    const record = recordOf(graph, 'cy', `${first}: transcription`);
    const notice = graph.one(record, 'dpv:hasNotice');
    expect(notice).toBe(`nih:sha-256;${german.hash}`);
    expect(
      ['dct:language', 'dcat:version', 'dct:title', 'dct:description', 'dct:isPartOf', 'dpv:hasNoticeStatus'].map(
        (predicate) => graph.objects(notice, predicate).at(0),
      ),
    ).toEqual(['de', '1+2', 'Stimmen Sie zu?', 'Es läuft noch nicht.', details.noticeUrl, `${dpv}NoticeUsed`]);
    const refused = graph
      .objects(record, 'dpv:hasConsentStatus')
      .find((status) => graph.objects(status, 'rdf:type').includes(`${dpv}ConsentRefused`)) as string;
    const kept = records.find(({ fact }) => fact.fact === 'refused' && fact.participantId === 'cy');
    expect(graph.one(refused, 'dct:source')).toBe(`ni:///sha-256;${kept?.hash}`);
    expect(graph.one(graph.one(refused, 'dpv:hasTechnicalMeasure'), 'rdf:value')).toBe(
      jwsOver('cy cy-refused-transcription'),
    );
  });

  test('stays readable whatever a client says of its words', async () => {
    const person = { recordingId: first, participantId: 'bo' };
    const text = { version: 'a b', locale: 'no language!', hash: 'no <hash>' };
    const odd = ledgerOf([
      [0, { fact: 'requested', recordingId: first, purposes: ['recording'], by: 'unknown' }],
      [1, { ...person, fact: 'asked', purposes: ['recording'], noticeId: 'n', consent: 'explicit' }],
      [2, { ...person, fact: 'shown', noticeId: 'n', text }],
    ]);
    const history = await readHistory(odd, { wordsOf: () => ({ title: 'Do you agree?', body: 'It runs.' }) });
    const graph = await triplesOf(consentRecords(history, details));
    const notice = graph.one(recordOf(graph, 'bo', `${first}: recording`), 'dpv:hasNotice');
    expect(notice).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(graph.objects(notice, 'dct:language')).toEqual(['no language!']);
    const title = graph.quads.find(({ object }) => object.value === 'Do you agree?')?.object;
    expect(title?.language ?? '').toBe('');
    expect(graph.objects(notice, 'dpv:hasNoticeStatus').map(local)).toEqual(['NoticeCommunicated']);
  });

  test('uses only terms that are published', async () => {
    const history = await weekly();
    const graphs = [
      await triplesOf(consentRecords(history, details)),
      await triplesOf(consentReceipt(history, { participantId: 'bo' }, details)),
    ];
    const iris = graphs.flatMap(({ quads }) =>
      quads.flatMap(({ subject, predicate, object }) => [
        ...[subject, predicate, object].filter(({ termType }) => termType === 'NamedNode').map(({ value }) => value),
        ...(object.datatype ? [object.datatype.value] : []),
      ]),
    );
    const namespaces = Object.keys(publishedTerms);
    const own =
      /^(urn:uuid:[0-9a-f-]{36}|nih:sha-256;[0-9a-f]{64}|ni:\/\/\/sha-256;[\w-]{43}|https:\/\/host-org\.example\/.*)$/;
    const strangers = [...new Set(iris)].filter((iri) => {
      const namespace = namespaces.find((each) => iri.startsWith(each) && !/[/#]/.test(iri.slice(each.length)));
      return namespace === undefined
        ? !own.test(iri)
        : !publishedTerms[namespace]?.includes(iri.slice(namespace.length));
    });
    expect(strangers).toEqual([]);
  });

  test('takes the terms of a purpose of one’s own, and says little of one that it does not know', async () => {
    const asking = ledgerOf([
      [
        0,
        {
          fact: 'requested',
          recordingId: first,
          purposes: ['sign-language', 'toString'],
          by: { participantId: 'hana' },
        },
      ],
    ]);
    const terms = {
      'sign-language': { purpose: 'dpv:ServiceProvision', processing: ['dpv:Display'], personalData: ['pd:Picture'] },
    };
    const graph = await triplesOf(
      consentRecords(await readHistory(asking), { ...details, retentionDays: null, terms }),
    );
    const told = (purpose: string) => {
      const process = graph.one(recordOf(graph, 'hana', `${first}: ${purpose}`), 'dpv:hasProcess');
      return ['dpv:hasPurpose', 'dpv:hasProcessing', 'dpv:hasPersonalData'].map((each) =>
        graph.objects(process, each).map(local).join(),
      );
    };
    expect(told('sign-language')).toEqual(['ServiceProvision', 'Display', 'Picture']);
    expect(told('toString')).toEqual(['ServiceProvision', 'Use', 'VoiceCommunicationRecording']);
  });
});

describe('consentReceipt', () => {
  test('[G6] is one person’s copy of their own records, and of nobody else’s', async () => {
    const receipt = consentReceipt(await weekly(), { participantId: 'bo', issuedAt: '2026-11-25T08:00:00Z' }, details);
    const graph = await triplesOf(receipt);
    const [id, ...more] = graph.subjects('dpv:ConsentReceipt');
    expect(more).toEqual([]);
    expect(graph.one(id as string, 'dct:conformsTo')).toBe('https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr');
    expect(graph.one(id as string, 'dct:created')).toBe('2026-11-25T08:00:00Z');
    const own = graph.objects(id as string, 'dpv:hasRecordOfActivity');
    expect(own.sort()).toEqual(graph.subjects('dpv:ConsentRecord').sort());
    expect(own.length).toBe(3);
    const people = new Set(own.map((each) => graph.one(each, 'dpv:hasDataSubject')));
    expect(
      [...people].map((each) => [graph.one(each, 'dct:identifier'), new Set(graph.objects(each, 'dpv:hasName'))]),
    ).toEqual([['bo', new Set(['Bo Lind'])]]);
    expect(JSON.stringify(receipt)).not.toMatch(/hana|cy-|dee/);
  });

  test('is of one recording where that is wanted; of nobody it is misuse', async () => {
    const history = await weekly();
    const graph = await triplesOf(consentReceipt(history, { participantId: 'bo', recordingId: first }, details));
    expect(graph.subjects('dpv:ConsentRecord').length).toBe(2);
    expect(() => consentReceipt(history, { participantId: 'nobody' }, details)).toThrow(
      new TypeError('participantId must be somebody whose consent is on record, not "nobody".'),
    );
  });

  test('is the same each time it is made of the same records', async () => {
    expect(consentReceipt(await weekly(), { participantId: 'cy' }, details)).toEqual(
      consentReceipt(await weekly(), { participantId: 'cy' }, details),
    );
  });
});
