/**
 * Waits for `promise`, but not longer than until `signal` fires.
 * @param late receives what arrives after that, so that it can be given back
 * @returns null when aborted
 */
export async function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  late: (value: T) => void = () => undefined,
): Promise<T | null> {
  let abort: () => void = () => undefined;
  const aborted = new Promise<null>((resolve) => {
    abort = () => resolve(null);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    const result = await Promise.race([promise, aborted]);
    if (result === null && signal.aborted) promise.then(late, () => undefined);
    return result;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
