import { describe, expect, test } from 'vitest';
import { isNoticeError, NoticeError } from '../../src/core/errors.ts';
import { memoryBlobs, memoryKeys } from '../../src/records/memory-stores.ts';
import { createVault } from '../../src/records/vault.ts';
import type { BlobStore, KeyStore } from '../../src/records/vault.types.ts';
import { copied } from './meeting-fixture.ts';

const id = 'a1b2c3d4e5f60718';
const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isNoticeError(error) ? error.code : String(error);
};

function backedUp() {
  const keys = memoryKeys();
  const { blobs, copies } = copied(memoryBlobs());
  return { keys, blobs, copies, vault: createVault({ keys, blobs }) };
}

/** A vault over the same keys, and over a backup of the texts. */
async function restored(
  keys: KeyStore,
  [recordingId, kind, bytes]: [string, 'transcript' | 'notes', Uint8Array<ArrayBuffer>],
) {
  const blobs = memoryBlobs();
  await blobs.put(recordingId, kind, bytes);
  return createVault({ keys, blobs });
}

describe('what is kept', () => {
  test('opens as it was sealed, by recording and kind', async () => {
    const { vault } = backedUp();
    await vault.seal(id, 'transcript', 'the falcon lands at nine — 九時');
    await vault.seal(id, 'notes', '');
    await vault.seal('other', 'transcript', 'else');
    expect([
      await vault.open(id, 'transcript'),
      await vault.open(id, 'notes'),
      await vault.open('other', 'transcript'),
      await vault.open('other', 'notes'),
    ]).toEqual(['the falcon lands at nine — 九時', '', 'else', undefined]);
  });

  test('is nowhere in the clear, and is never encrypted the same way twice', async () => {
    const { vault, copies } = backedUp();
    const text = 'the falcon lands at nine';
    for (let times = 0; times < 50; times++) await vault.seal(id, 'transcript', text);
    const asText = copies.map(([, , bytes]) => Buffer.from(bytes).toString('latin1'));
    expect(asText.filter((each) => each.includes('falcon'))).toEqual([]);
    expect(new Set(copies.map(([, , bytes]) => Buffer.from(bytes.slice(13, 25)).toString('hex'))).size).toBe(50);
  });

  test('keeps nothing of one recording under the key of another', async () => {
    const { vault, copies, keys } = backedUp();
    await vault.seal(id, 'transcript', 'mine');
    await vault.seal('other', 'transcript', 'theirs');
    const [, , bytes] = copies[0] as (typeof copies)[0];
    const moved = await restored(keys, ['other', 'transcript', bytes]);
    expect(await codeOf(moved.open('other', 'transcript'))).toBe('vault/wrong-key');
    const swapped = await restored(keys, [id, 'notes', bytes]);
    expect(await codeOf(swapped.open(id, 'notes'))).toBe('vault/corrupt');
  });
});

describe('[G12] once a key is destroyed', () => {
  test('no copy opens, from a backup either, and nothing is kept of that recording again', async () => {
    const { vault, copies, keys, blobs } = backedUp();
    await vault.seal(id, 'transcript', 'first');
    await vault.seal(id, 'transcript', 'second');
    await vault.seal('other', 'transcript', 'else');
    await vault.destroy(id);
    await vault.destroy(id);
    const ofThis = copies.filter(([recordingId]) => recordingId === id);
    expect(ofThis).toHaveLength(2);
    for (const copy of ofThis)
      expect(await codeOf((await restored(keys, copy)).open(id, 'transcript'))).toBe('vault/destroyed');
    expect(await blobs.get(id, 'transcript')).toBeUndefined();
    expect(await codeOf(vault.seal(id, 'notes', 'again'))).toBe('vault/destroyed');
    expect(await codeOf(vault.rewrite(id, (text) => text))).toBe('vault/destroyed');
    expect(await vault.open('other', 'transcript')).toBe('else');
  });

  test('that also holds for a recording of which nothing was ever kept', async () => {
    const { vault } = backedUp();
    await vault.destroy(id);
    expect(await codeOf(vault.seal(id, 'transcript', 'late'))).toBe('vault/destroyed');
  });

  test('what was taken out by a rewrite opens in no copy from before, and what stayed opens', async () => {
    const { vault, copies, keys } = backedUp();
    await vault.seal(id, 'transcript', 'bo: falcon; cy: noted');
    await vault.seal(id, 'notes', 'falcon');
    await vault.rewrite(id, (text, kind) => (kind === 'notes' ? undefined : text.replace('bo: falcon; ', '')));
    expect([await vault.open(id, 'transcript'), await vault.open(id, 'notes')]).toEqual(['cy: noted', undefined]);
    for (const copy of copies.slice(0, 2))
      expect(await codeOf((await restored(keys, copy)).open(id, copy[1]))).toBe('vault/destroyed');
    await vault.seal(id, 'notes', 'cy noted it');
    expect(await vault.open(id, 'notes')).toBe('cy noted it');
  });

  test('a rewrite that was cut off at any call is finished by doing it again, and nothing is lost', async () => {
    for (let at = 0; ; at++) {
      const { keys, blobs, copies } = backedUp();
      await createVault({ keys, blobs }).seal(id, 'transcript', 'bo: falcon; cy: noted');
      await createVault({ keys, blobs }).seal(id, 'notes', 'n');
      const redact = (text: string) => text.replace('bo: falcon; ', '');
      const died = await codeOf(createVault(dying(keys, blobs, at)).rewrite(id, redact));
      const vault = createVault({ keys, blobs });
      expect(await vault.open(id, 'transcript')).toContain('cy: noted');
      await vault.rewrite(id, redact);
      expect([await vault.open(id, 'transcript'), await vault.open(id, 'notes')]).toEqual(['cy: noted', 'n']);
      const old = copies.filter(([, kind]) => kind === 'transcript').slice(0, 1);
      for (const copy of old)
        expect(await codeOf((await restored(keys, copy)).open(id, 'transcript'))).toBe('vault/destroyed');
      if (died === 'undefined') break;
      expect(died).toBe('vault/store-failed');
      expect(at).toBeLessThan(50);
    }
  });
});

test('[G12] what a rewrite leaves that was cut off, the next one takes along: no copy of either opens', async () => {
  for (let at = 1; at < 30; at++) {
    const { keys, blobs, copies } = backedUp();
    await createVault({ keys, blobs }).seal(id, 'transcript', 'bo: falcon; cy: eagle; hana: noted');
    await codeOf(createVault(dying(keys, blobs, at)).rewrite(id, (text) => text.replace('bo: falcon; ', '')));
    const vault = createVault({ keys, blobs });
    await vault.rewrite(id, (text) => text.replace('bo: falcon; ', '').replace('cy: eagle; ', ''));
    expect(await vault.open(id, 'transcript')).toBe('hana: noted');
    for (const copy of copies.slice(0, -1))
      expect(await codeOf((await restored(keys, copy)).open(id, 'transcript'))).toBe('vault/destroyed');
  }
});

/** Stores that answer so many calls and no more. */
function dying(keys: KeyStore, blobs: BlobStore, calls: number): { keys: KeyStore; blobs: BlobStore } {
  let left = calls;
  const until =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      left -= 1;
      return left < 0 ? Promise.reject(new Error('gone')) : call(...args);
    };
  return {
    keys: { keep: until(keys.keep), find: until(keys.find), destroy: until(keys.destroy) },
    blobs: { put: until(blobs.put), get: until(blobs.get), delete: until(blobs.delete) },
  };
}

describe('what cannot be opened says why', () => {
  test('a text that was damaged at any byte', async () => {
    const { vault, copies, keys } = backedUp();
    await vault.seal(id, 'transcript', 'noted');
    const [, , bytes] = copies[0] as (typeof copies)[0];
    for (let place = 0; place < bytes.length; place++) {
      const damaged = bytes.slice();
      damaged[place] = (damaged[place] as number) ^ 1;
      const code = await codeOf((await restored(keys, [id, 'transcript', damaged])).open(id, 'transcript'));
      expect(['vault/corrupt', 'vault/wrong-key', 'vault/key-missing']).toContain(code);
    }
    for (const length of [0, 1, 24, bytes.length - 1])
      expect(
        await codeOf((await restored(keys, [id, 'transcript', bytes.slice(0, length)])).open(id, 'transcript')),
      ).toBe('vault/corrupt');
  });

  test('another key, and none', async () => {
    const { vault, copies } = backedUp();
    await vault.seal(id, 'transcript', 'noted');
    const [copy] = copies as [(typeof copies)[0]];
    const others = memoryKeys();
    expect(await codeOf((await restored(others, copy)).open(id, 'transcript'))).toBe('vault/key-missing');
    await createVault({ keys: others, blobs: memoryBlobs() }).seal(id, 'transcript', 'else');
    expect(await codeOf((await restored(others, copy)).open(id, 'transcript'))).toBe('vault/wrong-key');
  });

  test('a store that fails: worth another try, with what it said', async () => {
    const { keys, blobs } = backedUp();
    const error = await createVault(dying(keys, blobs, 0))
      .seal(id, 'transcript', 'x')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoticeError);
    expect(error).toMatchObject({
      code: 'vault/store-failed',
      retryable: true,
      message: 'A store of the vault failed to keep a key: gone',
    });
  });

  test('one store for keys and texts is refused', () => {
    const both = { ...memoryKeys(), ...memoryBlobs() };
    expect(() => createVault({ keys: both, blobs: both })).toThrow(
      new TypeError('createVault: keys must be another store than blobs.'),
    );
    expect(() => createVault({ keys: {} as never, blobs: memoryBlobs() })).toThrow(TypeError);
  });
});

test('two that keep at once have one key', async () => {
  const { keys, blobs } = backedUp();
  const one = createVault({ keys, blobs });
  const other = createVault({ keys, blobs });
  await Promise.all([one.seal(id, 'transcript', 'one'), other.seal(id, 'notes', 'other')]);
  expect([await other.open(id, 'transcript'), await one.open(id, 'notes')]).toEqual(['one', 'other']);
});
