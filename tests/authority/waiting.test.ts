import { describe, expect, test } from 'vitest';
import type { LiveRecording } from '../../src/authority/live-recording.ts';
import {
  expire,
  nextDueAt,
  remindedOf,
  startOwnTime,
  startRequestTime,
  takeExpired,
  takeReminded,
} from '../../src/authority/waiting.ts';
import type { PolicyInput } from '../../src/policy/policy.types.ts';
import { type Asked, askedRecording } from './asked-recording.ts';

type Rules = NonNullable<PolicyInput['recording']>;
const under = (recording: Rules, more: Asked = {}) =>
  askedRecording({ policy: { extends: 'gdpr', recording }, ...more });
const agrees = (live: LiveRecording, id: string, purpose = 'recording') => {
  for (const type of ['notice.shown', 'consent.given'] as const) live.rosters.get(purpose)?.apply(id, { type });
};
const deadlines = (live: LiveRecording) => Object.fromEntries(live.deadlines);

describe('the time of one person', () => {
  test('[G9] is as long as the policy says, and is given once', () => {
    const live = under({ timeoutMs: 20_000 });
    startOwnTime(live, 'bo', 1000);
    startOwnTime(live, 'bo', 5000);
    startOwnTime(live, 'cy', 5000);
    expect(deadlines(live)).toEqual({ bo: 21_000, cy: 25_000 });
  });

  test('[G9] is for whoever has yet to answer, where a time ends anything', () => {
    const answered = under({ timeoutMs: 20_000 });
    agrees(answered, 'bo');
    const endless = under({ timeoutMs: null });
    const reminding = under({ timeoutMs: 20_000, onTimeout: 'remind' });
    const none = [answered, endless, reminding].map((live) => {
      startOwnTime(live, 'bo', 1000);
      return deadlines(live);
    });
    expect(none).toEqual([{}, {}, {}]);
  });
});

describe('the time of a request', () => {
  const timesOf = (live: LiveRecording, now = 1000) => {
    startRequestTime(live, now);
    const { dueAt, giveUpAt, remindAt } = live;
    return { dueAt, giveUpAt, remindAt };
  };

  test('[G9] that waits for everyone ends as the policy says; one that does not is only given up', () => {
    expect(timesOf(under({ start: 'when-everyone-answered', timeoutMs: 20_000 }))).toEqual({
      dueAt: 21_000,
      giveUpAt: 21_000,
    });
    expect(timesOf(under({ timeoutMs: 20_000 }))).toEqual({ giveUpAt: 21_000 });
  });

  test('[G9] is given up after a minute where the policy names none; a capture of the platform is not', () => {
    expect(timesOf(under({ timeoutMs: null }))).toEqual({ giveUpAt: 61_000 });
    expect(timesOf(under({ timeoutMs: 20_000 }, { seen: true }))).toEqual({});
  });

  test('[G9] brings a reminder when the first time is over, else as often as reminders come', () => {
    const remind = { onTimeout: 'remind', remindEveryMs: 7000 } as const;
    expect(timesOf(under({ ...remind, timeoutMs: 20_000 })).remindAt).toBe(21_000);
    expect(timesOf(under({ ...remind, timeoutMs: null })).remindAt).toBe(8000);
  });

  test('[G9] runs once: a policy that is tightened later does not begin it anew', () => {
    const waits = under({ start: 'when-everyone-answered', timeoutMs: 20_000 });
    expect(timesOf(waits)).toEqual(timesOf(waits, 9000));
    const reminds = under({ onTimeout: 'remind', timeoutMs: 20_000 });
    expect(timesOf(reminds)).toEqual(timesOf(reminds, 9000));
  });

  test('[G9] looks next at whatever is due first, and at nothing where nothing is', () => {
    const live = under({});
    expect(nextDueAt(live)).toBeUndefined();
    live.giveUpAt = 9000;
    expect(nextDueAt(live)).toBe(9000);
    live.remindAt = 8000;
    expect(nextDueAt(live)).toBe(8000);
    live.dueAt = 7000;
    expect(nextDueAt(live)).toBe(7000);
    live.deadlines.set('bo', 5000).set('cy', 6000);
    expect(nextDueAt(live)).toBe(5000);
    live.deadlines.clear();
    live.dueAt = 8500;
    expect(nextDueAt(live)).toBe(8000);
  });
});

describe('whose time is over', () => {
  test('[G9] each at the end of their own, once, and nobody who has answered by then', () => {
    const live = under({ timeoutMs: 20_000 }, { people: { bo: 'asks', cy: 'asks', dee: 'asks' } });
    for (const [id, now] of [
      ['bo', 0],
      ['cy', 1000],
      ['dee', 2000],
    ] as const)
      startOwnTime(live, id, now);
    agrees(live, 'cy');
    expect([19_999, 20_000, 20_000, 21_000, 21_999, 22_000].map((now) => takeExpired(live, now))).toEqual([
      [],
      ['bo'],
      [],
      [],
      [],
      ['dee'],
    ]);
    expect(deadlines(live)).toEqual({});
  });

  test('[G9] everyone’s who was asked with the request; who came meanwhile is late, with a time of their own', () => {
    const people = { bo: 'asks', cy: 'asks', dee: 'asks', eve: 'asks' } as const;
    const rules = { start: 'when-everyone-answered', timeoutMs: 20_000 } as const;
    const policy = { extends: 'gdpr', recording: rules, transcription: { timeoutMs: 20_000 } } as const;
    const live = askedRecording({ people, policy, purposes: ['recording', 'transcription'] });
    startRequestTime(live, 0);
    live.joinedMeanwhile.add('cy').add('dee');
    for (const purpose of live.purposes) for (const id of ['dee', 'eve']) agrees(live, id, purpose);
    expect([takeExpired(live, 19_999), takeExpired(live, 20_000), takeExpired(live, 20_001)]).toEqual([[], ['bo'], []]);
    expect(deadlines(live)).toEqual({ cy: 40_000 });
    const late = live.purposes.map((purpose) =>
      Object.keys(people).filter((id) => live.rosters.get(purpose)?.isLate(id)),
    );
    expect(late).toEqual([['cy'], ['cy']]);
    expect(live.dueAt).toBeUndefined();
  });

  test('[G9] not theirs who have a time of their own that runs still', () => {
    const live = under({ start: 'when-everyone-answered', timeoutMs: 20_000 });
    startOwnTime(live, 'cy', 5000);
    startRequestTime(live, 0);
    expect([takeExpired(live, 20_000), takeExpired(live, 25_000)]).toEqual([['bo'], ['cy']]);
  });
});

describe('a reminder', () => {
  test('[G9] goes to whoever has not answered, each time that the policy says', () => {
    const live = under({ onTimeout: 'remind', timeoutMs: null, remindEveryMs: 5000 });
    expect(takeReminded(live, 60_000)).toEqual([]);
    startRequestTime(live, 0);
    agrees(live, 'cy');
    expect([4999, 5000, 9999, 10_000].map((now) => takeReminded(live, now))).toEqual([[], ['bo'], [], ['bo']]);
  });

  test('is counted for each whom it reaches, and for nobody who has answered or is not there', () => {
    const live = under({});
    agrees(live, 'cy');
    expect([remindedOf(live, ['bo', 'cy', 'nobody']), remindedOf(live, ['bo'])]).toEqual([['bo'], ['bo']]);
    expect([...live.reminded]).toEqual([['bo', 2]]);
  });
});

describe('an answer whose time is over', () => {
  const both = () => askedRecording({ purposes: ['recording', 'transcription'] });
  const consents = (live: LiveRecording) => live.purposes.map((purpose) => live.rosters.get(purpose)?.consentOf('bo'));

  test('[G1] has expired for each purpose for which it was open, and for no other', () => {
    const live = both();
    expect(expire(live, 'bo')).toEqual(['recording', 'transcription']);
    expect([consents(live), live.expired]).toEqual([['expired', 'expired'], 1]);
    expect([expire(live, 'bo'), live.expired]).toEqual([[], 1]);
    const half = both();
    agrees(half, 'bo');
    expect(expire(half, 'bo')).toEqual(['transcription']);
    expect([consents(half), half.expired]).toEqual([['given', 'expired'], 0]);
  });

  test('[G1] of somebody who is away stays as it was', () => {
    const live = both();
    live.leave('bo');
    expect([expire(live, 'bo'), consents(live), live.expired]).toEqual([[], ['requested', 'requested'], 0]);
  });
});
