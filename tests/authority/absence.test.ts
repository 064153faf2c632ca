import { expect, test } from 'vitest';
import { newlyAbsent } from '../../src/authority/absence.rules.ts';
import type { Person, Seat } from '../../src/authority/people.ts';
import { meeting } from '../session/meeting.ts';

const seat = (heardAt: number, said: Seat['said'] = 'hello') => ({ heardAt, said }) as Seat;
const person = (id: string, seats: readonly Seat[], more: Partial<Person> = {}) =>
  ({ id, seats, speaks: false, absent: false, ...more }) as Person;
const absentAt = (now: number, ...people: readonly Person[]) => [...newlyAbsent(people, now, 6000)].map(({ id }) => id);

test('[G1] somebody is absent once all their clients have been silent for longer than the absence time', () => {
  const bo = person('bo', [seat(1000), seat(4000)]);
  expect([absentAt(10_000, bo), absentAt(10_001, bo)]).toEqual([[], ['bo']]);
  const cy = person('cy', [seat(4000), seat(1000)]);
  expect([absentAt(10_000, cy), absentAt(10_001, cy)]).toEqual([[], ['cy']]);
  expect(absentAt(10_001, person('dee', []), person('eve', [], { speaks: true }))).toEqual(['eve']);
});

test('[G1] who has never said hello is not absent, unless they are known to be able to', () => {
  const silent = [seat(0, 'nothing')];
  const both = [...silent, seat(0)];
  const people = [person('bo', silent), person('cy', silent, { speaks: true }), person('dee', both)];
  expect(absentAt(60_000, ...people)).toEqual(['cy', 'dee']);
});

test('[G9] who was absent before is not absent anew', () => {
  const people = [person('bo', [seat(0)], { absent: true }), person('cy', [seat(0)])];
  expect(absentAt(60_000, ...people)).toEqual(['cy']);
});

test.each([0, 20_000])(
  '[G9] nobody waits for whoever is not heard, be it %i ms before the request; heard again, they are asked',
  async (silentMs) => {
    const all = meeting();
    const hana = await all.joins('hana', { role: 'host', policy: 'all-party' });
    const [bo, cy] = [await all.joins('bo'), await all.joins('cy')];
    await all.passes(1000);
    all.network.partition([['hana', 'cy'], ['bo']]);
    await all.passes(silentMs);
    void hana.session.requestRecording({ storage: 'cloud' });
    await all.passes(1000);
    void cy.session.giveConsent('recording');
    await all.passes(20_000);
    expect([hana.session.status('recording'), hana.adapter.recorder.holds('bo')]).toEqual(['on', false]);
    all.network.heal();
    await all.passes(5000);
    expect([bo.session.getSnapshot().prompt?.phase, bo.session.getSnapshot().self.because]).toEqual(['open', 'late']);
    void bo.session.giveConsent('recording');
    await all.passes(1000);
    expect(hana.adapter.recorder.holds('bo')).toBe(true);
  },
);
