import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { consentMachine } from '../../src/consent/consent.machine.ts';
import type { Consent, ConsentEvent, Standing } from '../../src/consent/consent.types.ts';
import { Roster } from '../../src/consent/roster.ts';
import { standingOf } from '../../src/policy/standing.rules.ts';

const types: readonly ConsentEvent['type'][] = [
  'consent.requested',
  'notice.shown',
  'consent.given',
  'consent.acknowledged',
  'consent.refused',
  'consent.withdrawn',
  'consent.expired',
  'participant.unreachable',
];
const events: ConsentEvent[] = types.map((type) => ({ type }));
const paths = getShortestPaths(consentMachine, { events });

const stepsOf = (path: (typeof paths)[number]): ConsentEvent[] =>
  path.steps.map(({ event }) => event as ConsentEvent).filter(({ type }) => !type.startsWith('xstate.'));

function walk(steps: readonly ConsentEvent[]) {
  let state = initialTransition(consentMachine)[0];
  for (const event of steps) [state] = transition(consentMachine, state, event);
  return state;
}

describe('the consent machine, along the shortest path to each of its states', () => {
  test('every state is reached, and each path ends where it says', () => {
    expect(paths.map(({ state }) => state.value).sort()).toEqual(
      Object.keys(consentMachine.config.states ?? {}).sort(),
    );
    for (const path of paths) expect(walk(stepsOf(path)).value).toBe(path.state.value);
  });

  test('[G1] nobody who was asked has agreed without having been shown the notice first', () => {
    for (const path of paths) {
      const steps = stepsOf(path).map(({ type }) => type);
      if (!steps.includes('consent.requested')) continue;
      const agreed = steps.findIndex((type) => type === 'consent.given' || type === 'consent.acknowledged');
      if (agreed >= 0) expect(steps.slice(0, agreed)).toContain('notice.shown');
    }
    expect(walk([{ type: 'consent.requested' }, { type: 'consent.given' }]).value).toBe('requested');
  });

  test('[G3] from wherever one may be captured, a refusal and a withdrawal lead out of it at once', () => {
    for (const path of paths) {
      if (path.state.value === 'unasked') continue;
      expect(transition(consentMachine, path.state, { type: 'consent.withdrawn' })[0].value).toBe('withdrawn');
      if (path.state.value === 'withdrawn') continue;
      expect(transition(consentMachine, path.state, { type: 'consent.refused' })[0].value).toBe('refused');
    }
  });
});

describe('what each event makes of each consent', () => {
  /** The events in order; `-` where one changes nothing. */
  const columns: readonly ConsentEvent['type'][] = [
    'consent.requested',
    'notice.shown',
    'consent.given',
    'consent.acknowledged',
    'consent.refused',
    'consent.withdrawn',
    'consent.expired',
    'participant.unreachable',
  ];
  const table = {
    unasked: 'requested - given - - - - cannot-be-asked',
    requested: '- shown - - refused withdrawn expired cannot-be-asked',
    shown: 'requested - given acknowledged refused withdrawn expired -',
    acknowledged: 'requested - given - refused withdrawn - -',
    given: 'requested - - - refused withdrawn - -',
    refused: '- - given acknowledged - withdrawn - -',
    withdrawn: '- - given acknowledged refused - - -',
    expired: '- - given acknowledged refused withdrawn - -',
    'cannot-be-asked': 'requested - - - refused withdrawn - -',
  } as const;

  test.each(Object.entries(table))('[G1] [G3] %s', (from, row) => {
    const path = paths.find(({ state }) => state.value === from);
    const moves = columns.map((type) => {
      const to = transition(consentMachine, walk(path ? stepsOf(path) : []), { type })[0].value;
      return to === from ? '-' : to;
    });
    expect([walk(path ? stepsOf(path) : []).value, moves.join(' ')]).toEqual([from, row]);
  });
});

describe('the roster', () => {
  test('takes the steps of the chart: from every state, for every event', () => {
    for (const path of paths) {
      for (const event of events) {
        const roster = new Roster(() => 'unanswered');
        roster.enter('bo', false);
        for (const step of stepsOf(path)) roster.apply('bo', step);
        const moved = roster.apply('bo', event);
        const next = transition(consentMachine, path.state, event)[0].value;
        expect([path.state.value, event.type, roster.consentOf('bo') ?? 'unasked', moved]).toEqual([
          path.state.value,
          event.type,
          next,
          next === path.state.value ? undefined : next,
        ]);
      }
    }
  });

  type Step =
    | { do: 'apply'; id: string; event: ConsentEvent }
    | { do: 'enter' | 'setLate'; id: string; late: boolean }
    | { do: 'leave'; id: string }
    | { do: 'recount'; asked: 'notice' | 'acknowledge' | 'explicit' };
  const id = fc.constantFrom('ana', 'bo', 'cy');
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant('apply' as const), id, event: fc.constantFrom(...events) }),
    fc.record({ do: fc.constantFrom('enter' as const, 'setLate' as const), id, late: fc.boolean() }),
    fc.record({ do: fc.constant('leave' as const), id }),
    fc.record({
      do: fc.constant('recount' as const),
      asked: fc.constantFrom('notice' as const, 'acknowledge' as const, 'explicit' as const),
    }),
  );

  test('counts whoever is here as they stand, and nobody who has left, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let asked: 'notice' | 'acknowledge' | 'explicit' = 'explicit';
        const rule = () => {
          const now = asked;
          return (consent: Consent | undefined, late: boolean) => standingOf(consent, now, late);
        };
        const roster = new Roster(rule());
        const people = new Map<string, { steps: ConsentEvent[]; late: boolean; here: boolean }>();
        for (const each of steps) {
          if (each.do === 'recount') {
            asked = each.asked;
            roster.recount(rule());
            continue;
          }
          if (each.do !== 'enter' && !people.has(each.id)) continue;
          const person = people.get(each.id) ?? { steps: [], late: false, here: true };
          people.set(each.id, person);
          if (each.do === 'apply') {
            roster.apply(each.id, each.event);
            person.steps.push(each.event);
          } else if (each.do === 'leave') {
            roster.leave(each.id);
            person.here = false;
          } else {
            if (each.do === 'enter') roster.enter(each.id, each.late);
            else roster.setLate(each.id, each.late);
            person.late = each.late;
            if (each.do === 'enter') person.here = true;
          }
        }
        const expected: Record<Standing, number> = {
          clear: 0,
          unanswered: 0,
          refused: 0,
          late: 0,
          'cannot-be-asked': 0,
        };
        for (const { steps: taken, late, here } of people.values()) {
          if (!here) continue;
          const consent = walk(taken).value;
          expected[standingOf(consent === 'unasked' ? undefined : consent, asked, late)] += 1;
        }
        expect(roster.counts).toEqual(expected);
      }),
    );
  });

  test('a revision and the facts about a notice are kept through every step, and through a hand-over', () => {
    const roster = new Roster((consent, late) => standingOf(consent, 'explicit', late));
    roster.enter('bo', true);
    roster.apply('bo', { type: 'consent.requested' });
    roster.apply('bo', { type: 'notice.shown' });
    roster.setRevision('bo', 7);
    roster.apply('bo', { type: 'consent.given' });
    const next = new Roster((consent, late) => standingOf(consent, 'explicit', late));
    next.import(JSON.parse(JSON.stringify(roster.export())));
    for (const each of [roster, next]) {
      expect([each.consentOf('bo'), each.revisionOf('bo'), each.wasShown('bo'), each.isLate('bo')]).toEqual([
        'given',
        7,
        true,
        true,
      ]);
      expect(each.counts).toEqual({ clear: 1, unanswered: 0, refused: 0, late: 0, 'cannot-be-asked': 0 });
    }
    roster.setRevision('bo', Number.MAX_SAFE_INTEGER);
    expect(roster.revisionOf('bo')).toBe(2 ** 23 - 1);
    expect(roster.consentOf('bo')).toBe('given');
  });
});
