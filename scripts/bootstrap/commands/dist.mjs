// @ts-check
// npm run dist: packages for this machine. With the official Electron every Linux target of
// electron-builder.yml; with the fallback runtime the unpacked application only, because the other targets'
// tools come from the same places that could not be reached.
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { foreground } from '../foreground.mjs';
import { inRoot } from '../paths.mjs';

/** @param {import('./index.mjs').Context} context */
export async function dist({ runtime, env, args }) {
  gather(runtime);
  const official = runtime.electron.source === 'official download';
  const code = await foreground(
    process.execPath,
    [
      inRoot('node_modules', 'electron-builder', 'cli.js'),
      ...(official ? [] : ['--linux', 'dir']),
      `-c.electronDist=${runtime.electron.dist}`,
      `-c.electronVersion=${runtime.electron.version}`,
      '--publish=never',
      ...args,
    ],
    env,
  );
  if (code === 0) report();
  return code;
}

/** Native parts go beside the archive; electron-builder.yml takes them from here. @param {import('../runtime.mjs').Runtime} runtime */
function gather(runtime) {
  const folder = inRoot('release', '.parts');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(
    runtime.mediasoupWorker.path,
    join(folder, process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker'),
  );
  copyFileSync(runtime.native.path, join(folder, 'vas_native.node'));
}

function report() {
  const folder = inRoot('release');
  const results = readdirSync(folder).filter((name) => /unpacked$|\.(AppImage|deb|rpm|exe|dmg)$/.test(name));
  console.log(`\nThe result is in ${folder}:`);
  for (const name of results) console.log(`  ${name}`);
}
