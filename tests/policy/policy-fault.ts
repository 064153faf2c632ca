import { isNoticeError } from '../../src/core/errors.ts';

/** Everything that an integrator reads of the error that `parse` ends in. */
export function faultOf(parse: () => unknown): unknown {
  try {
    return { accepted: parse() };
  } catch (error) {
    if (!isNoticeError(error)) return error;
    const { code, pointer, message, retryable } = error;
    return { code, pointer, message, retryable };
  }
}

/** What `faultOf` says of a policy that is refused for what stands at `pointer`. */
export const refusal = (pointer: string, expected: string) => ({
  code: 'policy/invalid',
  pointer,
  message: `policy${pointer === '' ? ' (whole)' : pointer}: ${expected}`,
  retryable: false,
});

/** A policy that says one thing: `value`, at a JSON pointer. An object literal could not be given every key. */
export function sayingAt(pointer: string, value: unknown): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduceRight((inner, key) => Object.fromEntries([[key, inner]]), value);
}
