import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  /** Milliseconds; generous, because two cores are shared. */
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * Asks until the answer is neither null, undefined nor false.
 * @throws Error that names `what` when the time is over
 */
export async function until<T>(
  what: string,
  ask: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  options: WaitOptions = {},
): Promise<T> {
  const { timeoutMs = 30_000, everyMs = 50 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() >= deadline) throw new Error(`waited ${String(timeoutMs)} ms for: ${what}`);
    await delay(everyMs);
  }
}

/** Milliseconds until `ask` is true. */
export async function timeUntil(
  what: string,
  ask: () => boolean | Promise<boolean>,
  options: WaitOptions = {},
): Promise<number> {
  const start = performance.now();
  await until(what, ask, options);
  return performance.now() - start;
}
