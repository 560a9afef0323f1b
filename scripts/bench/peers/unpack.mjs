// @ts-check
// Debian packages that peers need, unpacked into the cache folder instead of installed: their scripts would start services
// and write to /etc. apt fetches and checks them; nothing outside of the cache is touched.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../../bootstrap/paths.mjs';

const PACKAGES = [
  // The capture daemon, a database server for it, and the libraries of both that a desktop does not have.
  ...['zoneminder', 'mariadb-server-core', 'libjwt-gnutls0', 'libpcre3', 'liburing2', 'libaio1'],
  // WebRTC of GStreamer: its ICE element, and the types of its messages for Python.
  ...['gstreamer1.0-nice', 'gir1.2-gst-plugins-bad-1.0'],
];

const FOLDER = inCache('peers');

/** A file of the unpacked packages; null when it is not there. */
export function unpacked(/** @type {string[]} */ ...parts) {
  const file = path.join(FOLDER, 'root', ...parts);
  return existsSync(file) ? file : null;
}

/** Where the packages keep libraries of this machine's kind. */
export const LIBRARIES = path.join(
  'usr/lib',
  process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu',
);

/** @throws Error when apt cannot fetch one of them */
export function unpackPeers() {
  const [debs, root] = [path.join(FOLDER, 'debs'), path.join(FOLDER, 'root')];
  for (const folder of [debs, root]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  run('apt-get', ['download', ...PACKAGES], debs);
  for (const name of readdirSync(debs)) run('dpkg-deb', ['--extract', path.join(debs, name), root], debs);
  rmSync(debs, { recursive: true });
}

/**
 * @param {string} file
 * @param {string[]} args
 * @param {string} cwd
 */
function run(file, args, cwd) {
  const { status, error } = spawnSync(file, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0)
    throw new Error(`${file} ${args[0] ?? ''} failed: ${error?.message ?? `status ${status}`}`);
}
