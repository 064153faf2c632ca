import { describe, expect, test } from 'vitest';
import { createAccess, whyUnusable } from '../../src/records/access.ts';
import type { AccessOptions } from '../../src/records/access.types.ts';
import type { Right } from '../../src/records/ledger.types.ts';
import { createRetention } from '../../src/records/retention.ts';
import { createRights } from '../../src/records/rights.ts';
import { days, type Fixture, fixture, meetingId, recordedMeeting, recordingId } from './meeting-fixture.ts';

const hour = 60 * 60 * 1000;
const support = 'support@example.com';
const wish = { meetingId, recordingId, to: support, kept: 'transcript' } as const;
const grantWish = { meetingId, recordingId, to: support, by: 'admin@example.com', reason: 'ticket 7', forMs: hour };

async function desk(more: Partial<AccessOptions> = {}, parts: Fixture = fixture()) {
  await recordedMeeting(parts);
  const access = createAccess({ ...parts, ...more });
  const before = parts.ledger.facts(meetingId).length;
  const facts = () =>
    parts.ledger
      .facts(meetingId)
      .slice(before)
      .filter(({ fact }) => fact.startsWith('access-'));
  return { parts, access, facts };
}

describe('R5: what is kept', () => {
  test('is closed to everyone until the customer opens it, and each refusal is on the ledger', async () => {
    const { access, facts } = await desk();
    expect(await access.use(wish)).toEqual({ outcome: 'refused', code: 'access/closed' });
    expect(facts()).toEqual([
      {
        fact: 'access-refused',
        recordingId,
        grantId: '',
        to: support,
        reason: '',
        kept: 'transcript',
        code: 'access/closed',
      },
    ]);
  });

  test('opens to the named party alone, for its time, and each use is on the ledger', async () => {
    const { parts, access, facts } = await desk();
    const grant = await access.grant(grantWish);
    expect(grant).toEqual({
      grantId: grant.grantId,
      meetingId,
      recordingId,
      to: support,
      by: 'admin@example.com',
      reason: 'ticket 7',
      since: '2026-01-31T09:00:10.000Z',
      until: '2026-01-31T10:00:10.000Z',
    });
    const used = await access.use(wish);
    expect(used).toMatchObject({ outcome: 'opened', grantId: grant.grantId });
    expect('text' in used && JSON.parse(used.text ?? '')).toMatchObject({
      recordingId,
      segments: [{ id: 's1' }, {}, {}, {}],
    });
    expect(await access.use({ ...wish, to: 'else@example.com' })).toEqual({
      outcome: 'refused',
      code: 'access/closed',
    });
    const ofUse = { recordingId, grantId: grant.grantId, to: support, reason: 'ticket 7' };
    expect(facts()).toEqual([
      { fact: 'access-granted', ...ofUse, by: 'admin@example.com', until: grant.until },
      { fact: 'access-used', ...ofUse, kept: 'transcript' },
      {
        fact: 'access-refused',
        recordingId,
        grantId: '',
        to: 'else@example.com',
        reason: '',
        kept: 'transcript',
        code: 'access/closed',
      },
    ]);
    expect(await access.grants(meetingId)).toEqual([grant]);
    expect(parts.storage.erased).toEqual([]);
  });

  test.each([
    ['a millisecond before its end', hour - 1, { outcome: 'opened' }],
    ['at its end', hour, { outcome: 'refused', code: 'access/expired' }],
    ['long after', days(400), { outcome: 'refused', code: 'access/expired' }],
  ])('%s: %o', async (_, afterMs, outcome) => {
    const { parts, access } = await desk();
    await access.grant(grantWish);
    parts.clock.runFor(afterMs);
    expect(await access.use(wish)).toMatchObject(outcome);
  });

  test('is closed again once the customer ends it; ending it twice changes nothing', async () => {
    const { access, facts } = await desk();
    const { grantId } = await access.grant(grantWish);
    const ending = { meetingId, grantId, by: 'admin@example.com', reason: 'ticket 7 is closed' };
    expect([
      await access.end(ending),
      await access.end(ending),
      await access.end({ ...ending, grantId: 'none' }),
    ]).toEqual([true, false, false]);
    expect(await access.use(wish)).toEqual({ outcome: 'refused', code: 'access/ended' });
    await access.grant({ ...grantWish, reason: 'ticket 8' });
    expect(await access.use(wish)).toMatchObject({ outcome: 'opened' });
    expect(facts().map(({ fact }) => fact)).toEqual([
      'access-granted',
      'access-ended',
      'access-refused',
      'access-granted',
      'access-used',
    ]);
  });

  test('is not handed out where the ledger cannot keep that it was', async () => {
    const { parts, access } = await desk();
    await access.grant(grantWish);
    const text: string[] = [];
    parts.ledger.beforeKeep = () => {
      throw new Error('disk full');
    };
    await expect(access.use(wish).then((used) => text.push(JSON.stringify(used)))).rejects.toThrow('disk full');
    expect(text).toEqual([]);
  });

  test('the media are opened without a text: they are where the storage has them', async () => {
    const { access } = await desk();
    const { grantId } = await access.grant(grantWish);
    expect(await access.use({ ...wish, kept: 'recording' })).toEqual({ outcome: 'opened', grantId });
  });
});

describe('an open access refuses', () => {
  const exercise = (parts: Fixture, right: Right) =>
    createRights(parts).exercise({ meetingId, right, participantId: 'bo', askedBy: 'bo', identifiedBy: 'session' });
  const retention = (parts: Fixture, then: 'delete' | 'isolate' = 'delete') =>
    createRetention({ ...parts, policy: { recordingDays: 30, then }, attempts: 1 });

  test.each(['restriction', 'objection'] as const)(
    'what somebody in it has under %s, and says so to exports',
    async (right) => {
      const { parts, access } = await desk();
      await access.grant(grantWish);
      expect(await whyUnusable(parts, { meetingId, recordingId })).toBeUndefined();
      const outcome = await exercise(parts, right);
      expect(await access.use(wish)).toEqual({ outcome: 'refused', code: 'access/restricted' });
      expect(await access.use({ ...wish, kept: 'recording' })).toEqual({
        outcome: 'refused',
        code: 'access/restricted',
      });
      expect(await whyUnusable(parts, { meetingId, recordingId })).toBe('access/restricted');
      const { requestId } = (outcome as { request: { requestId: string } }).request;
      const rights = createRights(parts);
      if (right === 'restriction') await rights.end({ meetingId, requestId, reason: 'checked, and told' });
      else await rights.refuse({ meetingId, requestId, code: 'rights/compelling-grounds', reason: 'a claim' });
      expect(await access.use(wish)).toMatchObject({ outcome: 'opened' });
    },
  );

  test('words that are to be deleted and are still there', async () => {
    const { parts, access } = await desk();
    await access.grant(grantWish);
    parts.storage.failures = 1;
    await exercise(parts, 'deletion');
    expect(await access.use(wish)).toEqual({ outcome: 'refused', code: 'access/restricted' });
    await createRights(parts).run();
    expect(await access.use(wish)).toMatchObject({ outcome: 'opened' });
  });

  test('what is under a legal hold, but for what was opened for the hold', async () => {
    const { parts, access } = await desk();
    await access.grant(grantWish);
    await retention(parts).setLegalHold({ meetingId, recordingId, by: 'court', reason: 'case 7' });
    expect(await access.use(wish)).toEqual({ outcome: 'refused', code: 'access/held' });
    await access.grant({ ...grantWish, reason: 'case 7', forHold: true });
    await access.grant(grantWish);
    expect(await access.use(wish)).toMatchObject({ outcome: 'opened' });
  });

  test('what is isolated, and what is erased', async () => {
    const isolated = await desk();
    await isolated.access.grant({ ...grantWish, forMs: days(365) });
    isolated.parts.clock.runFor(days(30));
    await retention(isolated.parts, 'isolate').run();
    expect(await isolated.access.use(wish)).toEqual({ outcome: 'refused', code: 'access/isolated' });

    const erased = await desk();
    await erased.access.grant(grantWish);
    erased.parts.storage.failures = 1;
    await retention(erased.parts)
      .erase({ meetingId, recordingId })
      .catch(() => {});
    expect(await erased.access.use(wish)).toEqual({ outcome: 'refused', code: 'access/erased' });
    await retention(erased.parts).run();
    expect(await erased.access.use(wish)).toEqual({ outcome: 'refused', code: 'access/erased' });
    await expect(erased.access.grant(grantWish)).rejects.toMatchObject({ code: 'retention/erased' });
  });

  test('what runs still, what is not kept, and what the vault cannot open', async () => {
    const running = fixture();
    await recordedMeeting(running, { ends: false });
    const writer = await running.ledger.open({ meetingId, epoch: { number: 1, id: 'hana', incarnation: 'i' } });
    const live = createAccess({ ...running, writerOf: () => writer });
    await live.grant(grantWish);
    expect(await live.use(wish)).toEqual({ outcome: 'refused', code: 'access/still-recording' });

    const { parts, access, facts } = await desk();
    await access.grant(grantWish);
    await parts.blobs.delete(recordingId, 'notes');
    expect(await access.use({ ...wish, kept: 'notes' })).toEqual({ outcome: 'refused', code: 'access/not-kept' });
    await parts.blobs.put(recordingId, 'transcript', new Uint8Array(40));
    expect(await access.use(wish)).toEqual({ outcome: 'refused', code: 'access/unreadable' });
    expect(facts().at(-1)).toMatchObject({ fact: 'access-refused', code: 'access/unreadable' });
  });
});

describe('what cannot be opened', () => {
  test('a recording on its host’s own device, and one that the ledger does not know', async () => {
    const parts = fixture();
    await recordedMeeting(parts, { where: 'local' });
    const access = createAccess(parts);
    await expect(access.grant(grantWish)).rejects.toMatchObject({ code: 'recording/local' });
    await expect(access.use(wish)).rejects.toMatchObject({ code: 'recording/local' });
    await expect(access.use({ ...wish, recordingId: 'none' })).rejects.toMatchObject({ code: 'recording/unknown' });
  });

  test.each([
    ['without an end', { forMs: Number.POSITIVE_INFINITY }],
    ['for no time', { forMs: 0 }],
    ['for a time that is none', { forMs: Number.NaN }],
    ['to nobody', { to: '' }],
    ['without a reason', { reason: '' }],
    ['by nobody', { by: '' }],
  ])('%s', async (_, more) => {
    const { access, facts } = await desk();
    await expect(async () => access.grant({ ...grantWish, ...more })).rejects.toThrow(TypeError);
    expect(facts()).toEqual([]);
  });
});
