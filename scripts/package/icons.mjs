// @ts-check
// node scripts/package/icons.mjs: draws assets/icons/*.png from the SVG files in assets/icons/source. The
// PNG files are part of the repository; run this after changing a source. Chromium draws them: what Debian
// installs by default has no SVG renderer, and Electron is here anyway.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDisplay, sandboxArguments } from '../bootstrap/display.mjs';
import { inRoot } from '../bootstrap/paths.mjs';
import { mustRun } from '../bootstrap/process.mjs';
import { readRuntime } from '../bootstrap/runtime.mjs';

/** Sizes that freedesktop's icon theme, Windows and macOS ask for, pixels. */
const APP_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512, 1024];
/** A tray's icon at 100 % to 400 % scale, pixels. */
const TRAY_SIZES = [22, 24, 32, 48, 64, 96];
const TRAY_STATES = ['idle', 'recording', 'attention'];

const folder = inRoot('assets', 'icons');
const source = (/** @type {string} */ name) => join(folder, 'source', `${name}.svg`);
const jobs = [
  ...APP_SIZES.map((size) => ({
    source: source('app'),
    size,
    target: join(folder, 'app', `${size}x${size}.png`),
  })),
  ...TRAY_STATES.flatMap((state) =>
    TRAY_SIZES.map((size) => ({
      source: source(`tray-${state}`),
      size,
      target: join(folder, 'tray', `${state}-${size}.png`),
    })),
  ),
];

const runtime = readRuntime();
if (!runtime) throw new Error('The runtime is not set up: run `npm run dist` once.');
for (const name of ['app', 'tray']) {
  rmSync(join(folder, name), { recursive: true, force: true });
  mkdirSync(join(folder, name), { recursive: true });
}
const display = await openDisplay();
try {
  await mustRun(
    runtime.electron.executable,
    [...sandboxArguments(), inRoot('scripts', 'package', 'draw-icons.cjs'), JSON.stringify(jobs)],
    { env: { ...process.env, ...display.env }, timeoutMs: 120_000 },
  );
  console.log(`${jobs.length} icons drawn in ${folder}`);
} finally {
  display.stop();
}
