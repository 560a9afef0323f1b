// @ts-check
// electron-builder.yml plus what only the build machine knows: its Electron, the packages that the bundles
// left outside, and a version given by hand.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { inRoot } from '../bootstrap/paths.mjs';
import { splitLockedPackages } from './externals.mjs';
import { builderFuses } from './fuses.mjs';

/**
 * @param {{electron: {dist: string, version: string}, output: string, parts: string, version?: string}} options
 *   output and parts: absolute folders; version: instead of package.json's
 */
export function builderConfiguration({ electron, output, parts, version }) {
  const base = parse(readFileSync(inRoot('electron-builder.yml'), 'utf8'));
  const { leave } = splitLockedPackages();
  return {
    ...base,
    directories: { ...base.directories, output },
    electronDist: electron.dist,
    electronVersion: electron.version,
    electronFuses: builderFuses(),
    ...(version === undefined ? {} : { extraMetadata: { version } }),
    files: [
      ...base.files,
      ...leave.map((name) => `!node_modules/${name}/**`),
      `!node_modules/onnxruntime-node/bin/napi-v6/*/${otherArch}/**`,
      `!node_modules/better-sqlite3/prebuilds/*-${otherArch}.node`,
    ],
    extraResources: [
      { from: `${parts}/${workerFile}`, to: workerFile },
      { from: `${parts}/vas_native.node`, to: 'native/vas_native.node' },
      ...base.extraResources,
    ],
  };
}

/** Packages bring both; the one of this machine is packaged. */
const otherArch = process.arch === 'arm64' ? 'x64' : 'arm64';

export const workerFile = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker';
