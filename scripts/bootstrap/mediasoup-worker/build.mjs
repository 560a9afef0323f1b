// @ts-check
// Builds mediasoup-worker from the sources inside the npm package against the distribution's own libraries.
// mediasoup's wraps download their libraries; ours (subprojects/) point at installed ones. Each says why.
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from '../process.mjs';

/** Raise when this file changes what comes out of it. */
export const recipe = '1';

const shims = join(dirname(fileURLToPath(import.meta.url)), 'subprojects');

/**
 * @param {string} mediasoup folder of the npm package
 * @param {string} scratch
 * @param {string} out file to write
 * @param {(progress: string) => void} report
 */
export async function buildWorker(mediasoup, scratch, out, report) {
  const source = join(scratch, 'src');
  const build = join(scratch, 'build');
  cpSync(join(mediasoup, 'worker'), source, { recursive: true });

  const subprojects = join(source, 'subprojects');
  for (const name of readdirSync(subprojects)) if (name.endsWith('.wrap')) rmSync(join(subprojects, name));
  cpSync(shims, subprojects, { recursive: true });

  // Debian 12 has meson 1.0.1; nothing newer is really used.
  const mesonFile = join(source, 'meson.build');
  writeFileSync(
    mesonFile,
    readFileSync(mesonFile, 'utf8').replace("meson_version: '>= 1.1.0'", "meson_version: '>= 1.0.0'"),
  );

  await mustRun('meson', [
    'setup',
    '--buildtype',
    'release',
    '-Db_ndebug=true',
    '--wrap-mode=nodownload',
    build,
    source,
  ]);
  await mustRun('ninja', ['-C', build, '-j', String(availableParallelism()), 'mediasoup-worker'], {
    onOutput: (text) => {
      const [, step, steps] = /\[(\d+)\/(\d+)\]/.exec(text) ?? [];
      if (step) report(`step ${step} of ${steps}`);
    },
  });
  copyFileSync(join(build, 'mediasoup-worker'), out);
  await mustRun('strip', [out]);
}
