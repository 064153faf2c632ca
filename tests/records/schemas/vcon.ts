/**
 * JSON schema (2020-12) of an unsigned vCon as draft-ietf-vcon-vcon-core-04 (September 2026) has it, with the consent
 * attachment of draft-howe-vcon-consent-00 (July 2025): written by hand from both texts, not downloaded. Of the core, only
 * what a conversation with recordings, transcripts and consents can use. Closed (no field that neither text names) but for
 * the fields this library adds and documents: `version` (which the consent draft asks for without naming) and, in a proof,
 * `signer` and `key`. Indices are checked by the test: a schema cannot.
 */
const text = { type: 'string' };
const index = { type: 'integer', minimum: 0 };
const date = { type: 'string', format: 'date-time' };
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const hash = { type: 'string', pattern: '^sha512-[A-Za-z0-9_-]{86}$' };

const party = closed(
  { tel: text, mailto: text, name: text, did: text, validation: text, uuid: { type: 'string', format: 'uuid' } },
  [],
);

const dialog = {
  ...closed(
    {
      type: { enum: ['recording', 'text', 'transfer', 'incomplete', 'recording-set'] },
      start: date,
      duration: { type: 'number', minimum: 0 },
      parties: { type: 'array', items: index, uniqueItems: true },
      originator: index,
      party_history: {
        type: 'array',
        items: closed(
          { party: index, time: date, event: { enum: ['join', 'drop', 'hold', 'unhold', 'mute', 'unmute'] } },
          ['party', 'time', 'event'],
        ),
      },
      mediatype: text,
      filename: text,
      url: { type: 'string', format: 'uri', pattern: '^https:' },
      content_hash: hash,
    },
    ['type', 'start'],
  ),
  dependentRequired: { url: ['content_hash'] },
};

const analysis = {
  ...closed(
    {
      type: { enum: ['summary', 'transcript', 'translation', 'sentiment', 'tts', 'report'] },
      dialog: index,
      mediatype: text,
      vendor: text,
      product: text,
      schema: text,
      encoding: { enum: ['base64url', 'json', 'none'] },
      body: {},
    },
    ['type', 'vendor', 'dialog'],
  ),
  dependentRequired: { body: ['encoding', 'mediatype'] },
};

const consent = closed(
  {
    purpose: { const: 'consent' },
    type: { const: 'consent' },
    version: { const: 'draft-howe-vcon-consent-00' },
    start: date,
    expiration: { anyOf: [date, { type: 'null' }] },
    party: index,
    dialog: index,
    terms_of_service: { type: 'string', format: 'uri', pattern: '^https:' },
    consents: {
      type: 'array',
      minItems: 1,
      items: closed({ purpose: text, status: { enum: ['granted', 'denied'] }, timestamp: date }, ['purpose', 'status']),
    },
    proof: {
      type: 'array',
      minItems: 1,
      items: closed(
        {
          type: text,
          value: { type: 'string', pattern: '^[\\w-]+\\.[\\w-]+\\.[\\w-]+$' },
          timestamp: date,
          signer: { enum: ['party', 'authority'] },
          key: { type: 'object', required: ['kty'] },
        },
        ['type', 'value'],
      ),
    },
  },
  ['start', 'expiration', 'party', 'dialog', 'consents'],
);

export const vconSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...closed(
    {
      vcon: { const: '0.4.0' },
      uuid: { type: 'string', format: 'uuid' },
      extensions: { type: 'array', items: text },
      created_at: date,
      subject: text,
      parties: { type: 'array', items: party },
      dialog: { type: 'array', items: dialog },
      analysis: { type: 'array', items: analysis },
      attachments: { type: 'array', items: consent },
    },
    ['uuid', 'created_at', 'parties'],
  ),
} as const;
