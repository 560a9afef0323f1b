// @ts-check
// The program that the user waits for: signals are passed on to it, and whatever it leaves behind is ended.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { BootstrapError } from './log.mjs';
import { root } from './paths.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const ownGroup = process.platform !== 'win32';

/**
 * @param {string} file
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {(chunk: Buffer) => void} [onOutput] gets what the program prints; without, it goes straight to our own output
 * @returns {Promise<number>} its exit code, or 128 + the signal's number
 */
export async function foreground(file, args, env, onOutput) {
  let received = 0;
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    received += 1;
    if (received === 1) child.kill(signal);
    else signalGroup(child, 'SIGKILL'); // asked twice: the user does not want to wait
  };
  for (const signal of signals) process.on(signal, passOn);
  /** @type {import('node:child_process').StdioOptions} */
  const stdio = onOutput ? ['inherit', 'pipe', 'pipe'] : 'inherit';
  // A group of its own: Ctrl-C then reaches only us, so that the program gets the signal once and not twice.
  const child = spawn(file, args, { cwd: root, env, stdio, detached: ownGroup });
  if (onOutput) for (const stream of [child.stdout, child.stderr]) stream?.on('data', onOutput);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', (error) =>
        reject(new BootstrapError(`${file} could not be started: ${error.message}`)),
      );
      // With pipes: only when all that it printed has arrived.
      child.once(
        onOutput ? 'close' : 'exit',
        (/** @type {number | null} */ code, /** @type {NodeJS.Signals | null} */ signal) =>
          resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
      );
    });
  } finally {
    await endLeftovers(child);
    for (const signal of signals) process.off(signal, passOn);
  }
}

/** @param {ChildProcess} child */
async function endLeftovers(child) {
  if (!signalGroup(child, 'SIGTERM')) return;
  for (let i = 0; i < 20; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (!signalGroup(child, 0)) return;
  }
  signalGroup(child, 'SIGKILL');
}

/** @param {ChildProcess} child @param {NodeJS.Signals | 0} signal @returns {boolean} whether anyone was there */
function signalGroup(child, signal) {
  if (!ownGroup || child.pid === undefined) return false;
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}
