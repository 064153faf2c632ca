import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the files of each address are; the longest address that fits counts, its folders are tried in order. */
const mounts = {
  '/': ['examples/tabs', 'dist-demo'],
  '/dist/': ['dist'],
  '/dist-demo/': ['dist-demo'],
};

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
};

/**
 * A record of a meeting is one page with nothing beside it, so it brings its style along; the page that opens it hands its
 * policy on. Of all inline styles that one alone is let through, by its hash.
 */
async function recordStyleSource() {
  const built = join(root, 'dist/records/record-style.js');
  // Where nothing is built there is no record either.
  if (!existsSync(built)) return '';
  const { recordStyle } = await import(pathToFileURL(built).href);
  return ` 'sha256-${createHash('sha256').update(recordStyle).digest('base64')}'`;
}

const headersFor = (styleSource) => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styleSource}`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob: mediastream:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "frame-src 'self'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});

async function fileFor(address, folders) {
  const path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  if (path.includes('\0')) return undefined;
  const mount = Object.keys(folders)
    .filter((start) => path.startsWith(start))
    .sort((a, b) => b.length - a.length)[0];
  if (mount === undefined) return undefined;
  const name = path.slice(mount.length);
  for (const folder of folders[mount]) {
    const base = resolve(root, folder);
    const file = resolve(base, `.${sep}${name.endsWith('/') || name === '' ? join(name, 'index.html') : name}`);
    const inside = relative(base, file);
    if (inside.startsWith('..') || resolve(base, inside) !== file || !(extname(file) in types)) continue;
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return { file, size: found.size };
  }
  return undefined;
}

async function answer(request, response, { folders, headers }) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
    return;
  }
  const found = await fileFor(request.url ?? '/', folders).catch(() => undefined);
  if (!found) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': types[extname(found.file)], 'content-length': found.size });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(found.file)
      .on('error', () => response.destroy())
      .pipe(response);
}

function listening(server, port, host) {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done();
    });
  });
}

/**
 * Serves the demo at `/` and the built package at `/dist/`, on this machine only.
 * @param {{ port?: number, host?: string, mounts?: Record<string, string[]> }} [options]
 *   `port` 0 (the default) is any free one; a port in use falls back to a free one. `mounts` adds folders.
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve({ port = 0, host = 'localhost', mounts: more = {} } = {}) {
  const folders = { ...mounts, ...more };
  const headers = headersFor(await recordStyleSource());
  const server = createServer((request, response) => void answer(request, response, { folders, headers }));
  await listening(server, port, host).catch((error) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return listening(server, 0, host);
  });
  return {
    url: `http://${host}:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { url, close } = await serve({ port: Number(process.env.PORT ?? 5173) });
  console.log(`The demo is at ${url} (Ctrl-C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void close().then(() => process.exit(0)));
}
