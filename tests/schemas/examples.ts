import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../examples/scenarios/', import.meta.url);

/** The scenarios that come with the library, as they are written. */
export const examples: readonly { readonly name: string; readonly body: unknown }[] = readdirSync(folder).map(
  (name) => ({ name, body: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown }),
);
