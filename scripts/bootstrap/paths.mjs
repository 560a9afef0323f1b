// @ts-check
// Every folder and file the bootstrap reads or writes, in one place.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Slow results live outside the tree, so that a fresh clone or `npm ci` does not pay for them again. */
export const cacheDir = process.env.VAS_CACHE_DIR
  ? resolve(process.env.VAS_CACHE_DIR)
  : join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vas-workstation');

export const nodeModules = join(root, 'node_modules');
/** What the bootstrap resolved; tests, benchmarks and the demo read it. */
export const runtimeFile = join(nodeModules, '.vas-runtime.json');
export const lockHashFile = join(nodeModules, '.vas-lock-hash');

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts);
/** @param {...string} parts */
export const inCache = (...parts) => join(cacheDir, ...parts);
