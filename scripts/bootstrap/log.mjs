// @ts-check
// Progress lines with the time since the bootstrap began. Nothing is printed for steps that are already done.

const began = performance.now();

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

export const elapsed = () => performance.now() - began;

/** @param {string} message */
export function log(message) {
  console.log(`[bootstrap ${seconds(elapsed()).padStart(7)}] ${message}`);
}

/**
 * Announces a slow piece of work, says now and then how far it is, and how long it took in the end.
 * @template T
 * @param {string} what
 * @param {(report: (progress: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function timed(what, work) {
  const start = performance.now();
  let progress = 'at work';
  log(`${what} ...`);
  const heartbeat = setInterval(() => log(`  ${progress}, ${seconds(performance.now() - start)}`), 15_000);
  try {
    const result = await work((text) => (progress = text));
    log(`  done in ${seconds(performance.now() - start)}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A problem the user can solve: printed without a stack trace. */
export class BootstrapError extends Error {}
