import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../examples/serve.mjs';

describe("the demo's server", () => {
  let site: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    site = await serve({ mounts: { '/here/': ['schemas', '.changeset'] } });
  });

  afterAll(() => site.close());

  /** Sends the path as it is; `fetch` would tidy it. */
  const statusOf = (path: string, method = 'GET') =>
    new Promise<number | undefined>((done, failed) => {
      const { hostname, port } = new URL(site.url);
      request({ hostname, port, path, method }, (response) => {
        response.resume();
        done(response.statusCode);
      })
        .on('error', failed)
        .end();
    });

  test('gives files of the folders it was told of', async () => {
    expect(await statusOf('/here/config.json')).toBe(200);
    expect(await statusOf('/here/config.json', 'HEAD')).toBe(200);
  });

  test('refuses to leave them, however the path is written', async () => {
    const outside = [
      '/here/../package.json',
      '/here/%2e%2e/package.json',
      '/here/..%2fpackage.json',
      '/here/..%5cpackage.json',
      '/here//etc/passwd',
      '/../package.json',
      '/%00.html',
      '/%',
      '/here/README.md',
    ];
    expect(await Promise.all(outside.map((path) => statusOf(path)))).toEqual(outside.map(() => 404));
  });

  test('only reads', async () => {
    expect(await statusOf('/here/config.json', 'POST')).toBe(405);
  });

  test('sends a policy that allows no inline script and no other origin', async () => {
    const response = await fetch(new URL('/here/config.json', site.url));
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('takes a free port where the wanted one is in use', async () => {
    const second = await serve({ port: Number(new URL(site.url).port) });
    expect(second.url).not.toBe(site.url);
    await second.close();
  });
});
