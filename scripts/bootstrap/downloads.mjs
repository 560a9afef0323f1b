// @ts-check
// Is an official download reachable? Asked with a short time-out, and a "no" is remembered for a day, so that
// a machine without that road pays for the question once and a connected one is never kept from it for long.
import { createHash } from 'node:crypto';
import { arch, platform, release } from 'node:os';
import { statSync } from 'node:fs';
import { writeAtomic } from './cache.mjs';
import { inCache } from './paths.mjs';

const timeoutMs = 5000;
const rememberMs = 24 * 3600 * 1000;

/** @param {string} url */
const rememberedFile = (url) =>
  inCache('unreachable', createHash('sha256').update(url).digest('hex').slice(0, 16));

/** @param {string} url @param {string} reason */
export function markUnreachable(url, reason) {
  writeAtomic(rememberedFile(url), `${url}\n${reason}\n`);
}

/** @param {string} url */
export function rememberedUnreachable(url) {
  if (process.env.VAS_OFFLINE === '1') return true;
  try {
    return Date.now() - statSync(rememberedFile(url)).mtimeMs < rememberMs;
  } catch {
    return false;
  }
}

/** @param {string} url */
export async function reachable(url) {
  if (rememberedUnreachable(url)) return false;
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'follow',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return true;
    markUnreachable(url, `status ${response.status}`);
  } catch (error) {
    markUnreachable(url, String(/** @type {Error} */ (error).cause ?? error));
  }
  return false;
}

/** The same address as electron's install.js uses, mirror setting included. @param {string} version */
export function electronUrl(version) {
  const base =
    process.env.npm_config_electron_mirror ||
    process.env.ELECTRON_MIRROR ||
    'https://github.com/electron/electron/releases/download/';
  return `${base}v${version}/electron-v${version}-${platform()}-${arch()}.zip`;
}

/** The same address as mediasoup's postinstall uses. @param {string} version */
export function workerUrl(version) {
  const base =
    process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL ||
    'https://github.com/versatica/mediasoup/releases/download';
  const kernel = platform() === 'linux' ? `-kernel${release().split('.')[0]}` : '';
  return `${base}/${version}/mediasoup-worker-${version}-${platform()}-${arch()}${kernel}.tgz`;
}
