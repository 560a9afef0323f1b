// @ts-check
// mediasoup's media process: the official prebuilt where it can be had, else built from the package's sources.
import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { copyFileSync, chmodSync, mkdirSync } from 'node:fs';
import { hashFiles, inScratch, listFiles, publish } from './cache.mjs';
import { markUnreachable, reachable, workerUrl } from './downloads.mjs';
import { BootstrapError, log, timed } from './log.mjs';
import { inCache, inRoot, nodeModules } from './paths.mjs';
import { capture } from './process.mjs';
import { buildWorker, recipe } from './mediasoup-worker/build.mjs';
import { lockedVersion } from './versions.mjs';

const version = () => lockedVersion('mediasoup');
const file = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';

/** The prebuilt has the kernel's major version in its name, so the cache has as well. */
const prebuilt = () =>
  inCache(
    'mediasoup-worker',
    `${version()}-prebuilt-${process.platform}-${process.arch}-${release().split('.')[0]}`,
    file,
  );

/** Ours is linked against the distribution's libraries, so the distribution is part of its identity. */
function built() {
  const shims = inRoot('scripts', 'bootstrap', 'mediasoup-worker', 'subprojects');
  let distribution = process.platform;
  try {
    distribution +=
      readFileSync('/etc/os-release', 'utf8')
        .match(/^(ID|VERSION_ID)=.*$/gm)
        ?.join() ?? '';
  } catch {
    // not Linux
  }
  return inCache(
    'mediasoup-worker',
    `${version()}-built-${process.arch}-${hashFiles(shims, listFiles([shims]), recipe, distribution)}`,
    file,
  );
}

/** @returns {{path: string, version: string, source: string} | undefined} */
export function findWorker() {
  if (process.env.VAS_MEDIASOUP_WORKER)
    return { path: process.env.VAS_MEDIASOUP_WORKER, version: version(), source: 'VAS_MEDIASOUP_WORKER' };
  if (existsSync(prebuilt())) return { path: prebuilt(), version: version(), source: 'official prebuilt' };
  if (existsSync(built())) return { path: built(), version: version(), source: 'built from source' };
  return undefined;
}

/** Before anything is installed: would a compiler be needed? */
export const mustBuildWorker = async () => !findWorker() && !(await reachable(workerUrl(version())));

/** @param {() => Promise<void>} ensureBuildTools */
export async function makeWorker(ensureBuildTools) {
  if (await reachable(workerUrl(version()))) {
    if (await timed('fetching the official mediasoup-worker', fetchPrebuilt))
      return /** @type {NonNullable<ReturnType<typeof findWorker>>} */ (findWorker());
    markUnreachable(workerUrl(version()), 'the download or its smoke test failed');
  }
  await ensureBuildTools();
  await inScratch('mediasoup-worker', async (scratch) => {
    const out = join(scratch, 'out', file);
    mkdirSync(join(scratch, 'out'));
    await timed('building mediasoup-worker from source (4 to 6 minutes on two cores)', (report) =>
      buildWorker(join(nodeModules, 'mediasoup'), scratch, out, report),
    );
    if (!(await starts(out))) throw new BootstrapError('the mediasoup-worker that was built does not start');
    publish(join(scratch, 'out'), join(built(), '..'));
  });
  return { path: built(), version: version(), source: 'built from source' };
}

/** mediasoup's own postinstall does the download. @returns {Promise<boolean>} */
async function fetchPrebuilt() {
  const folder = join(nodeModules, 'mediasoup');
  // PYTHON: should the download fail after all, its fallback is a build with downloads; ours is the better one.
  const { code, output } = await capture(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: folder,
    env: { ...process.env, PYTHON: 'false' },
    timeoutMs: 120_000,
  });
  const result = join(folder, 'worker', 'out', 'Release', file);
  if (code !== 0 || !(await starts(result))) {
    log(`the official mediasoup-worker could not be used: ${output.trim().split('\n').at(-1)}`);
    return false;
  }
  await inScratch('mediasoup-prebuilt', async (scratch) => {
    mkdirSync(join(scratch, 'out'));
    copyFileSync(result, join(scratch, 'out', file));
    chmodSync(join(scratch, 'out', file), 0o755);
    publish(join(scratch, 'out'), join(prebuilt(), '..'));
  });
  return true;
}

/** Without mediasoup as its parent it must refuse with exit code 41; anything else (127: a library is missing) is a failure. @param {string} path */
export async function starts(path) {
  return (await capture(path, [], { env: {}, timeoutMs: 10_000 })).code === 41;
}
