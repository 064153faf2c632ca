/** What `call` gives, or nothing: what it throws, or its promise is rejected with, is told to `failed` and ends there (G9). */
export function attempt<T>(call: () => T, failed: (error: unknown) => void): T | undefined {
  try {
    const given = call();
    if (given instanceof Promise) given.catch(failed);
    return given;
  } catch (error) {
    failed(error);
    return undefined;
  }
}
