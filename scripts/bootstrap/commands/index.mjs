// @ts-check
// What `npm run <name>` does after the bootstrap, and what each needs from the machine.
import { dist } from './dist.mjs';
import { script } from './script.mjs';
import { start } from './start.mjs';
import { test } from './test.mjs';

/**
 * @typedef {object} Context
 * @property {import('../runtime.mjs').Runtime} runtime
 * @property {NodeJS.ProcessEnv} env
 * @property {string[]} args
 */

/** @typedef {import('../index.mjs').Purpose & {run: (context: Context) => Promise<number>}} Command */

/** @type {Record<string, Command>} */
export const commands = {
  start: { packages: [], window: true, run: start },
  'reset-admin': {
    packages: [],
    window: true,
    run: (context) => start({ ...context, args: [...context.args, '--reset-admin'] }),
  },
  demo: { packages: ['cameras'], window: true, run: script('scripts/demo/demo.mjs') },
  test: { packages: ['cameras', 'test', 'soak', 'compiler'], window: true, run: test },
  bench: { packages: ['cameras', 'test', 'compiler'], window: true, run: script('scripts/bench/bench.mjs') },
  looks: {
    // Its display is larger than the usual one.
    packages: ['cameras', 'test', 'display'],
    window: false,
    run: script('scripts/looks/looks.mjs'),
  },
  soak: {
    packages: ['cameras', 'test', 'soak', 'compiler'],
    window: true,
    run: script('scripts/soak/soak.mjs'),
  },
  invariants: {
    packages: ['cameras', 'test', 'compiler'],
    window: true,
    run: script('scripts/invariants/report.mjs'),
  },
  'check-archive': { packages: [], window: false, run: script('scripts/archive/check.mjs') },
  verify: { packages: [], window: false, run: script('scripts/verify.mjs') },
  'verify-deb': {
    packages: ['package', 'cameras', 'test', 'display'],
    window: false,
    run: script('scripts/package/verify-deb.mjs'),
  },
  dist: { packages: ['package'], window: false, run: dist },
};
