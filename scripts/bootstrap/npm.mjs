// @ts-check
// npm itself: the one that started us if there is one, so that `npm run` and the bootstrap never mix versions.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './log.mjs';
import { root } from './paths.mjs';
import { mustRun } from './process.mjs';

/**
 * @param {string[]} args
 * @returns {Promise<{stdout: string}>}
 */
export function npm(args) {
  const cli = process.env.npm_execpath;
  // Settings of the npm that runs us would leak into the child, e.g. --json or a prefix.
  const leaks = /^npm_(config_(json|prefix|global_prefix|local_prefix)|lifecycle|package)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !leaks.test(name)));
  return cli?.endsWith('.js')
    ? mustRun(process.execPath, [cli, ...args], { cwd: root, env })
    : mustRun('npm', args, { cwd: root, env });
}

/**
 * Fetches a package without installing it.
 * @param {string} name with its version
 * @param {string} folder an empty one
 * @returns {Promise<{file: string, integrity: string}>} integrity of what was received
 */
export async function fetchPackage(name, folder) {
  const { stdout } = await npm(['pack', name, '--json', '--pack-destination', folder]);
  const [{ integrity }] = JSON.parse(stdout);
  // Not the file name that npm prints: versions of npm spell that of a scoped package differently.
  const file = readdirSync(folder).find((each) => each.endsWith('.tgz'));
  if (!file) throw new BootstrapError(`npm pack ${name} left no file behind`);
  return { file: join(folder, file), integrity };
}
