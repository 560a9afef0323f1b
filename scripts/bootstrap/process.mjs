// @ts-check
// Child processes whose output is collected and shown only when they fail.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BootstrapError } from './log.mjs';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs]
 * @property {(text: string) => void} [onOutput]
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
// A bootstrap that is stopped does not leave compilers behind.
process.on('exit', () => running.forEach((child) => child.kill()));

/**
 * Runs a program and collects what it prints.
 * @param {string} file
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, stdout: string, output: string}>} code is -1 when it could not be started or was killed
 */
export function capture(file, args, { cwd, env, timeoutMs, onOutput } = {}) {
  return new Promise((done) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    running.add(child);
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
      onOutput?.(String(chunk));
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      running.delete(child);
      done({ code: -1, stdout, output: output + error.message });
    });
    child.on('close', (code) => {
      running.delete(child);
      done({ code: code ?? -1, stdout, output });
    });
  });
}

/**
 * Like capture, but a failure is an error that shows the end of the output.
 * @param {string} file
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export async function mustRun(file, args, options) {
  const result = await capture(file, args, options);
  if (result.code !== 0) {
    throw new BootstrapError(
      `${[file, ...args].join(' ')} failed (exit code ${result.code}):\n${shortened(result.output)}`,
    );
  }
  return result;
}

/** Compilers say what is wrong at the end, npm at the beginning. @param {string} output */
function shortened(output) {
  const lines = output.trimEnd().split('\n');
  return (lines.length <= 60 ? lines : [...lines.slice(0, 20), '  ...', ...lines.slice(-40)]).join('\n');
}

/**
 * Where a program is in PATH, without starting a shell.
 * @param {string} name
 * @returns {string | undefined}
 */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // not here
    }
  }
  return undefined;
}
