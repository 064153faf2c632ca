/**
 * JSON schema (2020-12) of a receipt of the Kantara Initiative's "Consent Receipt Specification" 1.1.0 (2018): its fields,
 * their types and which are required. Written by hand from the published text and its appendix; not downloaded. Stricter
 * than that appendix in three places: `version` is the one of the specification, texts are not empty, and no other field
 * than the specification's is allowed.
 */
const text = { type: 'string', minLength: 1 };
const closed = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const disclosure = {
  oneOf: [
    { properties: { thirdPartyDisclosure: { const: false } }, not: { required: ['thirdPartyName'] } },
    { properties: { thirdPartyDisclosure: { const: true } }, required: ['thirdPartyName'] },
  ],
};

const purpose = {
  ...closed(
    {
      purpose: text,
      purposeCategory: { type: 'array', items: text, minItems: 1 },
      consentType: { enum: ['EXPLICIT', 'IMPLICIT'] },
      piiCategory: { type: 'array', items: text },
      primaryPurpose: { type: 'boolean' },
      termination: text,
      thirdPartyDisclosure: { type: 'boolean' },
      thirdPartyName: text,
    },
    ['purpose', 'primaryPurpose', 'thirdPartyName'],
  ),
  ...disclosure,
};

const controller = closed(
  {
    piiController: text,
    onBehalf: { type: 'boolean' },
    contact: text,
    address: { type: 'object' },
    email: text,
    phone: text,
    piiControllerUrl: text,
  },
  ['onBehalf', 'piiControllerUrl'],
);

export const kantaraSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...closed(
    {
      version: { const: 'KI-CR-v1.1.0' },
      jurisdiction: text,
      consentTimestamp: { type: 'integer', minimum: 0 },
      collectionMethod: text,
      consentReceiptID: text,
      publicKey: text,
      language: text,
      piiPrincipalId: text,
      piiControllers: { type: 'array', items: controller, minItems: 1 },
      policyUrl: { type: 'string', format: 'uri' },
      services: {
        type: 'array',
        minItems: 1,
        items: closed({ service: text, purposes: { type: 'array', minItems: 1, items: purpose } }),
      },
      sensitive: { type: 'boolean' },
      spiCat: { type: 'array', items: text },
    },
    ['publicKey', 'language'],
  ),
} as const;
