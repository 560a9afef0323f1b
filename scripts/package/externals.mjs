// @ts-check
// Which npm packages the packaged application carries: those that the bundles leave outside, and what these
// need at run time. Everything else of package.json is inside the bundles already.
import { readFileSync } from 'node:fs';
import { inRoot } from '../bootstrap/paths.mjs';

/** Left outside of the bundles: native parts, or files that they look for beside themselves. */
export const externals = ['mediasoup', 'better-sqlite3', 'pino', 'onnxruntime-node'];

/**
 * Needed by install scripts only, which are not run in a package: onnxruntime-node's download of CUDA
 * libraries, mediasoup's download of its worker, better-sqlite3's compiler flags.
 */
const installOnly = new Set(['adm-zip', 'global-agent', 'tar', 'node-fetch', 'node-addon-api']);

/** @typedef {Record<string, {dev?: boolean, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>}>} Locked */

/**
 * @param {Locked} packages of package-lock.json
 * @returns {{keep: string[], leave: string[]}} top-level package names, sorted; `leave` are production packages only
 */
function splitPackages(packages) {
  const keep = new Set();
  const visit = (/** @type {string} */ name) => {
    const entry = packages[`node_modules/${name}`];
    if (keep.has(name) || installOnly.has(name) || !entry) return;
    keep.add(name);
    for (const each of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) visit(each);
  };
  for (const name of externals) visit(name);
  const leave = Object.entries(packages)
    .filter(([path, entry]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !entry.dev)
    .map(([path]) => path.slice('node_modules/'.length))
    .filter((name) => !keep.has(name));
  return { keep: [...keep].sort(), leave: leave.sort() };
}

export const splitLockedPackages = () =>
  splitPackages(JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages);
