import { describe, expect, it } from 'vitest';
import { regionLaw, regionLawAbout } from '../../src/policy/law.ts';
import { demandOf, regionRule } from '../../src/policy/regions.rules.ts';

const rulesOf = (regions: readonly string[]) =>
  Object.fromEntries(regions.map((region) => [region, regionRule(region, regionLaw)]));

const each = (regions: readonly string[], rule: string) => Object.fromEntries(regions.map((region) => [region, rule]));

const listed = new Set(regionLaw.map(({ region }) => region));

describe('the table of laws', () => {
  it('says that it is no legal advice, of when it is, and who has looked at it', () => {
    expect(regionLawAbout.about).toContain('not legal advice');
    expect(regionLawAbout.about).toContain('An unknown region counts as all-party.');
    expect(regionLawAbout.asOf).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
    expect(regionLawAbout.reviewed).toContain('by no lawyer');
  });

  it('has a citation in every row, and nothing but known words', () => {
    const { regions, rules, confidences, blank, fields } = {
      regions: regionLaw.map(({ region }) => region).filter((code) => !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code)),
      rules: new Set(regionLaw.map(({ rule }) => rule)),
      confidences: new Set(regionLaw.map(({ confidence }) => confidence)),
      blank: regionLaw.filter(({ citation, note }) => !/\w{2}/.test(citation) || note?.trim() === ''),
      fields: new Set(regionLaw.flatMap((row) => Object.keys(row))),
    };
    expect(regions).toEqual([]);
    expect(blank).toEqual([]);
    expect(rules).toEqual(new Set(['one-party', 'explicit-consent', 'all-party']));
    expect(confidences).toEqual(new Set(['high', 'medium', 'low', 'contested']));
    expect(fields).toEqual(new Set(['region', 'rule', 'citation', 'confidence', 'note']));
  });

  it('has one row a region, and a row for each country of which it has a state', () => {
    expect(listed.size).toBe(regionLaw.length);
    const countries = [...listed].filter((code) => code.includes('-')).map((code) => code.slice(0, 2));
    expect(countries.filter((country) => !listed.has(country))).toEqual([]);
  });

  it('takes the stricter rule where one is contested', () => {
    const contested = regionLaw.filter(({ confidence }) => confidence === 'contested');
    expect(contested.map(({ rule, note }) => [rule, note?.includes('treated as the stricter')])).toEqual(
      contested.map(() => ['all-party', true]),
    );
  });
});

describe('the rule of a region', () => {
  const allPartyStates = 'CA CT DE FL IL MD MA MI MT NV NH OR PA WA'.split(' ');
  const otherStates =
    'AL AK AZ AR CO GA HI ID IN IA KS KY LA ME MN MS MO NE NJ NM NY NC ND OH OK RI SC SD TN TX UT VT VA WV WI WY DC';

  it('[G11] is all-party in each state of the US that asks everyone, and the federal one in the others', () => {
    const strict = allPartyStates.map((state) => `US-${state}`);
    const mild = otherStates.split(' ').map((state) => `US-${state}`);
    expect(strict.length + mild.length).toBe(51);
    expect(rulesOf([...strict, ...mild, 'US'])).toEqual({
      ...each(strict, 'all-party'),
      ...each([...mild, 'US'], 'one-party'),
    });
  });

  it('[G11] is the EU’s in each country of the EU and the EEA that has none of its own', () => {
    const own = ['DE', 'AT', 'FR'];
    const others = 'BE BG HR CY CZ DK EE FI GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO EU'.split(' ');
    expect(own.length + others.length).toBe(27 + 3 + 1);
    expect(rulesOf([...own, ...others])).toEqual({ ...each(own, 'all-party'), ...each(others, 'explicit-consent') });
  });

  it('[G11] is its own in each state of Australia, and the country’s where it has none', () => {
    const strict = ['AU-NSW', 'AU-SA', 'AU-WA', 'AU-TAS', 'AU-ACT', 'AU-XX', 'AU'];
    const mild = ['AU-VIC', 'AU-QLD', 'AU-NT'];
    expect(rulesOf([...strict, ...mild])).toEqual({ ...each(strict, 'all-party'), ...each(mild, 'one-party') });
  });

  it('[G11] is the country’s in a part of any other', () => {
    expect(rulesOf(['DE-BY', 'CA-QC', 'GB-SCT', 'ES-CT', 'JP-13', 'CH-ZH'])).toEqual({
      'DE-BY': 'all-party',
      'CA-QC': 'explicit-consent',
      'GB-SCT': 'explicit-consent',
      'ES-CT': 'explicit-consent',
      'JP-13': 'one-party',
      'CH-ZH': 'all-party',
    });
  });

  it('[G11] is all-party where there is none, and where the code is none', () => {
    const none = [
      'ZZ',
      'UK',
      'RU-MOW',
      'U',
      'USA',
      'US-',
      'US-CALI',
      'US/CA',
      'US CA',
      'US-CA-LA',
      '-CA',
      '',
      ' ',
      'ＵＳ',
    ];
    expect(rulesOf(none)).toEqual(each(none, 'all-party'));
  });

  it('does not depend on how a code is written', () => {
    expect(rulesOf(['us-tx', ' US-TX ', 'Us-Tx', 'nz', '\tes\n'])).toEqual({
      ...each(['us-tx', ' US-TX ', 'Us-Tx', 'nz'], 'one-party'),
      '\tes\n': 'explicit-consent',
    });
  });

  it('[G11] is all-party everywhere under no law, and the EU’s only where the law has the EU', () => {
    const withoutEurope = regionLaw.filter(({ region }) => region !== 'EU');
    expect([regionRule('US-TX', []), regionRule('ES', withoutEurope), regionRule('IE', withoutEurope)]).toEqual([
      'all-party',
      'all-party',
      'explicit-consent',
    ]);
  });
});

describe('[G11] what regions ask for', () => {
  const notice = { consent: 'notice', start: 'at-once' };
  const explicit = { consent: 'explicit', start: 'at-once' };
  const allParty = { consent: 'explicit', start: 'when-everyone-answered' };
  const inZealand = [{ region: 'ZZ', rule: 'notice', citation: 'Notice Act s. 1', confidence: 'low' }] as const;

  it.each([
    ['one-party', 'US', notice],
    ['notice', 'ZZ', notice],
    ['explicit-consent', 'GB', explicit],
    ['all-party', 'DE', allParty],
  ])('is, by the rule %s', (rule, region, demand) => {
    const law = [...regionLaw, ...inZealand];
    expect(regionRule(region, law)).toBe(rule);
    expect(demandOf([region], false, 'declared', law)).toEqual(demand);
    expect(demandOf(['US', region, 'US'], false, 'declared', law)).toEqual(demand);
  });
});
