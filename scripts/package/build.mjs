// @ts-check
// Builds what `npm run dist` promises: the unpacked application always; the .deb on Debian; the other Linux
// targets where electron-builder can download their tools, which is where the official Electron came from.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { foreground } from '../bootstrap/foreground.mjs';
import { timed } from '../bootstrap/log.mjs';
import { inRoot } from '../bootstrap/paths.mjs';
import { which } from '../bootstrap/process.mjs';
import { builderConfiguration, workerFile } from './configuration.mjs';
import { makeTwin } from './twin.mjs';

/**
 * @typedef {object} BuildOptions
 * @property {import('../bootstrap/runtime.mjs').Runtime} runtime
 * @property {NodeJS.ProcessEnv} env
 * @property {string | undefined} version instead of package.json's
 * @property {boolean} folderOnly
 * @property {boolean} twin
 * @property {string | undefined} output folder instead of release/
 * @property {string[]} more arguments for electron-builder
 */

/** @param {BuildOptions} options @returns {Promise<number>} exit code */
export async function build(options) {
  const { runtime, env, more } = options;
  const output = resolve(options.output ?? inRoot('release'));
  const parts = join(output, '.parts');
  gather(runtime, parts);
  const configuration = join(parts, 'electron-builder.json');
  writeFileSync(
    configuration,
    JSON.stringify(
      builderConfiguration({
        electron: runtime.electron,
        output,
        parts,
        ...(options.version === undefined ? {} : { version: options.version }),
      }),
      null,
      2,
    ),
  );
  const official = runtime.electron.source === 'official download';
  const targets = options.folderOnly || !official ? ['--dir'] : [];
  const code = await foreground(
    process.execPath,
    [
      inRoot('node_modules', 'electron-builder', 'cli.js'),
      `--config=${configuration}`,
      ...targets,
      '--publish=never',
      ...more,
    ],
    env,
  );
  if (code !== 0 || process.platform !== 'linux') return code;

  const unpacked = join(output, 'linux-unpacked');
  if (options.twin) await makeTwin(unpacked, join(output, 'test-twin'));
  if (!options.folderOnly && which('dpkg-deb')) {
    const { makeDeb } = await import('./deb.mjs');
    const version = options.version ?? JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).version;
    await timed('packing the .deb', () =>
      makeDeb({ source: unpacked, output, version, electronVersion: runtime.electron.version }),
    );
  }
  report(output);
  return 0;
}

/** Native parts go beside the archive. @param {import('../bootstrap/runtime.mjs').Runtime} runtime @param {string} folder */
function gather(runtime, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(runtime.mediasoupWorker.path, join(folder, workerFile));
  copyFileSync(runtime.native.path, join(folder, 'vas_native.node'));
}

/** @param {string} folder */
function report(folder) {
  if (!existsSync(folder)) return;
  const results = readdirSync(folder).filter((name) =>
    /unpacked$|^test-twin$|\.(AppImage|deb|rpm|exe|dmg)$/.test(name),
  );
  console.log(`\nThe result is in ${folder}:`);
  for (const name of results) console.log(`  ${name}`);
}
