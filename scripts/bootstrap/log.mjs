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

let atWork = 0;

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
  atWork += 1;
  // Beside another piece of work a line has to say whose it is.
  let isBeside = false;
  const say = (/** @type {string} */ text) => {
    isBeside ||= atWork > 1;
    const whose = isBeside ? `${what.split(/:| \(/, 1)[0]}: ` : '';
    log(`  ${whose}${text} ${seconds(performance.now() - start)}`);
  };
  const heartbeat = setInterval(() => say(`${progress},`), 15_000);
  try {
    const result = await work((text) => (progress = text));
    say('done in');
    return result;
  } finally {
    atWork -= 1;
    clearInterval(heartbeat);
  }
}

/**
 * Does things that need nothing of each other at the same time. Waits for all of them also when one fails: what still
 * runs would write while somebody else is let in.
 * @template {readonly unknown[]} T
 * @param {{[K in keyof T]: () => Promise<T[K]>}} works
 * @returns {Promise<T>}
 */
export async function together(...works) {
  const results = await Promise.allSettled(works.map((work) => work()));
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return /** @type {any} */ (results.map((result) => /** @type {any} */ (result).value));
}

/** A problem the user can solve: printed without a stack trace. */
export class BootstrapError extends Error {}
