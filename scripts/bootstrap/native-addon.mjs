// @ts-check
// Our own addon: compiled in a scratch folder, cached by the content of its sources, copied into native/build.
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashFiles, inScratch, listFiles, publish, writeAtomic } from './cache.mjs';
import { BootstrapError, timed } from './log.mjs';
import { nodeGypArguments } from './node-headers.mjs';
import { inCache, inRoot, nodeModules } from './paths.mjs';
import { capture, mustRun } from './process.mjs';
import { lockedVersion } from './versions.mjs';

const folder = inRoot('native');
const target = join(folder, 'build', 'Release', 'vas_native.node');
const stamp = join(folder, 'build', '.vas-source-hash');

function sourceHash() {
  const files = [...listFiles([join(folder, 'src')]), join(folder, 'binding.gyp')];
  return hashFiles(folder, files, process.platform, process.arch, lockedVersion('node-addon-api'));
}

/** @param {string} hash */
const cached = (hash) => inCache('native', hash, 'vas_native.node');

/** Before anything is installed: would a compiler be needed? */
export const mustCompileNative = () => !findNative() && !existsSync(cached(sourceHash()));

/** @returns {{path: string, version: string, source: string} | undefined} */
export function findNative() {
  const hash = sourceHash();
  if (!existsSync(target) || !existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== hash)
    return undefined;
  return { path: target, version: hash, source: 'compiled from native/' };
}

/** @param {{executable: string}} electron */
export async function makeNative(electron) {
  const hash = sourceHash();
  if (!existsSync(cached(hash))) await timed('compiling the native addon', () => compile(hash));
  mkdirSync(dirname(target), { recursive: true });
  // By renaming: whoever has the old file mapped keeps it.
  copyFileSync(cached(hash), `${target}.new`);
  renameSync(`${target}.new`, target);
  await verify(process.execPath, process.env);
  await verify(electron.executable, { ...process.env, ELECTRON_RUN_AS_NODE: '1' });
  writeAtomic(stamp, `${hash}\n`);
  return { path: target, version: hash, source: 'compiled from native/' };
}

/** @param {string} hash */
async function compile(hash) {
  const gypArguments = await nodeGypArguments();
  await inScratch('native', async (scratch) => {
    const source = join(scratch, 'native');
    mkdirSync(source);
    for (const name of ['src', 'binding.gyp'])
      cpSync(join(folder, name), join(source, name), { recursive: true });
    const nodeGyp = join(nodeModules, 'node-gyp', 'bin', 'node-gyp.js');
    // NODE_PATH: binding.gyp asks Node where node-addon-api is.
    await mustRun(process.execPath, [nodeGyp, 'rebuild', '--release', '--loglevel=warn', ...gypArguments], {
      cwd: source,
      env: { ...process.env, NODE_PATH: nodeModules, JOBS: 'max' },
    });
    mkdirSync(join(scratch, 'out'));
    copyFileSync(
      join(source, 'build', 'Release', 'vas_native.node'),
      join(scratch, 'out', 'vas_native.node'),
    );
    publish(join(scratch, 'out'), dirname(cached(hash)));
  });
}

/** @param {string} runtime @param {NodeJS.ProcessEnv} env */
async function verify(runtime, env) {
  const { code, output } = await capture(runtime, ['-e', `require(${JSON.stringify(target)})`], {
    env,
    timeoutMs: 30_000,
  });
  if (code !== 0)
    throw new BootstrapError(`the native addon does not load in ${runtime} (exit code ${code})\n${output}`);
}
