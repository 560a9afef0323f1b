// @ts-check
// node_modules/.vas-runtime.json: what the bootstrap resolved, and the environment that children get from it.
import { readJson, writeAtomic } from './cache.mjs';
import { runtimeFile } from './paths.mjs';
import { capture, which } from './process.mjs';

/**
 * @typedef {{path: string, version: string, source: string}} Component
 * @typedef {object} Runtime
 * @property {import('./electron.mjs').Electron} electron
 * @property {Component} mediasoupWorker
 * @property {Component} ffmpeg
 * @property {Component} betterSqlite3
 * @property {Component} native
 */

/** @returns {Runtime | undefined} */
export const readRuntime = () => readJson(runtimeFile);

/** @param {Runtime} runtime */
export function writeRuntime(runtime) {
  if (JSON.stringify(readRuntime()) === JSON.stringify(runtime)) return;
  writeAtomic(runtimeFile, `${JSON.stringify(runtime, null, 2)}\n`);
}

/** @param {Component | undefined} known @returns {Promise<Component | undefined>} */
export async function findFfmpeg(known) {
  const path = which('ffmpeg');
  if (!path) return undefined;
  if (known?.path === path) return known;
  const { stdout } = await capture(path, ['-hide_banner', '-version']);
  return { path, version: /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? 'unknown', source: 'PATH' };
}

/** @param {Runtime} runtime @returns {Record<string, string>} */
export const runtimeEnvironment = (runtime) => ({
  ELECTRON_OVERRIDE_DIST_PATH: runtime.electron.dist,
  VAS_MEDIASOUP_WORKER: runtime.mediasoupWorker.path,
});
