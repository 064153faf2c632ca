import { isNoticeError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import { checkKind, checkMethods, checkText, misuse } from '../core/misuse.ts';
import type { RecordingId } from '../participants/participants.types.ts';
import { accessGrants, closedBecause, grantFor, unusableBecause } from './access.rules.ts';
import type {
  Access,
  AccessGrant,
  AccessOptions,
  AccessOutcome,
  AccessRefusal,
  AccessWish,
  GrantWish,
} from './access.types.ts';
import { keptRecording } from './kept-recording.ts';
import type { Kept } from './ledger.types.ts';
import { type MeetingLedger, MeetingLedgers, type RecordsOptions, timeOf } from './meeting-ledgers.ts';
import { alreadyErased } from './records-errors.ts';
import { stateOf } from './retention.rules.ts';
import { restrictedPeople, rightRequests } from './rights.rules.ts';

const everyKept: readonly Kept[] = ['recording', 'transcript', 'notes'];
/** The longest that a time may be, in milliseconds: a hundred years. */
const longestMs = 100 * 366 * 24 * 60 * 60 * 1000;

class LedgerAccess implements Access {
  readonly #options: AccessOptions;
  readonly #ledgers: MeetingLedgers;

  constructor(options: AccessOptions) {
    this.#options = options;
    this.#ledgers = new MeetingLedgers(options);
  }

  grant(wish: GrantWish): Promise<AccessGrant> {
    const { meetingId, recordingId, to, by, reason, forMs, forHold } = wish;
    checkText('grant: meetingId', meetingId, 'weekly');
    checkText('grant: recordingId', recordingId, 'a1b2c3d4e5f60718');
    checkText('grant: to', to, 'support@example.com');
    checkText('grant: by', by, 'admin@example.com');
    checkText('grant: reason', reason, 'ticket 7');
    if (!(forMs > 0 && forMs <= longestMs))
      throw misuse('grant: forMs', 'milliseconds from 1 to a hundred years', forMs);
    return this.#ledgers.with(meetingId, async (ledger) => {
      const { state } = await keptRecording(ledger, recordingId);
      if (state === 'erased' || state === 'anonymised') throw alreadyErased(recordingId);
      const nowMs = this.#options.clock.now();
      const grant: AccessGrant = {
        grantId: randomId(),
        meetingId,
        recordingId,
        to,
        by,
        reason,
        since: timeOf(nowMs),
        until: timeOf(nowMs + forMs),
        ...(forHold && { forHold }),
      };
      const { meetingId: _, since: __, ...fact } = grant;
      await ledger.write({ fact: 'access-granted', ...fact });
      return grant;
    });
  }

  use(wish: AccessWish): Promise<AccessOutcome> {
    checkText('use: meetingId', wish.meetingId, 'weekly');
    checkText('use: recordingId', wish.recordingId, 'a1b2c3d4e5f60718');
    checkText('use: to', wish.to, 'support@example.com');
    checkKind('use: kept', everyKept, wish.kept);
    return this.#ledgers.with(wish.meetingId, (ledger) => this.#used(ledger, wish));
  }

  end({ meetingId, grantId, by, reason }: Parameters<Access['end']>[0]): Promise<boolean> {
    checkText('end: meetingId', meetingId, 'weekly');
    checkText('end: grantId', grantId, 'a1b2c3d4e5f6a7b8');
    checkText('end: by', by, 'admin@example.com');
    checkText('end: reason', reason, 'ticket 7 is closed');
    return this.#ledgers.with(meetingId, async (ledger) => {
      const grant = (await accessGrants(ledger.records())).get(grantId);
      if (!grant || closedBecause(grant, this.#options.clock.now())) return false;
      const { recordingId, to } = grant;
      await ledger.write({ fact: 'access-ended', grantId, recordingId, to, by, reason });
      return true;
    });
  }

  async grants(meetingId: string): Promise<readonly AccessGrant[]> {
    checkText('grants: meetingId', meetingId, 'weekly');
    return [...(await accessGrants(this.#options.ledger.records(meetingId))).values()];
  }

  async #used(ledger: MeetingLedger, wish: AccessWish): Promise<AccessOutcome> {
    const { recordingId, to, kept } = wish;
    const recording = await keptRecording(ledger, recordingId);
    const nowMs = this.#options.clock.now();
    const isHeld = recording.holds.length > 0;
    const grant = grantFor((await accessGrants(ledger.records())).values(), { recordingId, to, nowMs, isHeld });
    const refuse = (code: AccessRefusal) => this.#refused(ledger, wish, grant, code);
    const closed = grant ? closedBecause(grant, nowMs) : 'access/closed';
    if (!grant || closed) return await refuse(closed ?? 'access/closed');
    const unusable = unusableBecause(recording, {
      state: stateOf(recording, await ledger.isOpen()),
      restricted: restrictedPeople((await rightRequests(ledger.records())).values()),
      forHold: grant.forHold === true,
    });
    if (unusable) return await refuse(unusable);
    const found = await this.#read(recordingId, kept);
    if ('code' in found) return await refuse(found.code);
    const { grantId, reason } = grant;
    // On the ledger first: nothing is handed out of which there is no record.
    await ledger.write({ fact: 'access-used', recordingId, grantId, to, reason, kept });
    return { outcome: 'opened', grantId, ...found };
  }

  async #read(recordingId: string, kept: Kept): Promise<{ readonly text?: string } | { readonly code: AccessRefusal }> {
    if (kept === 'recording') return {};
    try {
      const text = await this.#options.vault.open(recordingId, kept);
      return text === undefined ? { code: 'access/not-kept' } : { text };
    } catch (error) {
      if (!isNoticeError(error) || error.retryable) throw error;
      return { code: error.code === 'vault/destroyed' ? 'access/erased' : 'access/unreadable' };
    }
  }

  async #refused(
    ledger: MeetingLedger,
    { recordingId, to, kept }: AccessWish,
    grant: AccessGrant | undefined,
    code: AccessRefusal,
  ): Promise<AccessOutcome> {
    const { grantId = '', reason = '' } = grant ?? {};
    await ledger.write({ fact: 'access-refused', recordingId, grantId, to, reason, kept, code });
    return { outcome: 'refused', code };
  }
}

/**
 * Why nothing of a recording may be exported or shown now, which its host needs no grant for; nothing where it may be.
 * A restriction (GDPR Art. 18), an erasure and an isolation say no; a legal hold does not.
 */
export async function whyUnusable(
  options: RecordsOptions,
  { meetingId, recordingId }: { readonly meetingId: string; readonly recordingId: RecordingId },
): Promise<AccessRefusal | undefined> {
  return await new MeetingLedgers(options).with(meetingId, async (ledger) => {
    const recording = await keptRecording(ledger, recordingId);
    return unusableBecause(recording, {
      state: stateOf(recording, await ledger.isOpen()),
      restricted: restrictedPeople((await rightRequests(ledger.records())).values()),
      forHold: true,
    });
  });
}

/**
 * Access to what is kept of recordings, for whoever is not in the meeting, such as support.
 * @throws TypeError for what is no ledger, vault or clock.
 */
export function createAccess(options: AccessOptions): Access {
  const { ledger, vault, clock, lock } = options;
  checkMethods('createAccess: ledger', ['open', 'records', 'meetings'], ledger ?? null);
  checkMethods('createAccess: vault', ['open'], vault ?? null);
  checkMethods('createAccess: clock', ['now', 'setTimeout', 'clearTimeout'], clock ?? null);
  checkMethods('createAccess: lock', ['hold'], lock);
  return new LedgerAccess(options);
}
