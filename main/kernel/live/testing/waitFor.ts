import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `probe` gives something, asking every 20 ms. @throws Error after `limitMs` */
export async function waitFor<T>(
  what: string,
  probe: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  limitMs = 15_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await probe();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`${what} did not come within ${limitMs} ms`);
    await delay(20);
  }
}
