// @ts-check
// npm run doctor: what is there, where it came from, what is missing and how to get it. Changes nothing and
// works in a bare clone.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDebian, manualInstruction, missingPackages, namesHere } from './bootstrap/apt.mjs';
import { findSqlite } from './bootstrap/better-sqlite3.mjs';
import { bundlesCurrent } from './bootstrap/build.mjs';
import { dependenciesCurrent } from './bootstrap/dependencies.mjs';
import { needsDisplay } from './bootstrap/display.mjs';
import { findElectron } from './bootstrap/electron.mjs';
import { findWorker, starts } from './bootstrap/mediasoup-worker.mjs';
import { findNative } from './bootstrap/native-addon.mjs';
import { cacheDir, nodeModules } from './bootstrap/paths.mjs';
import { capture } from './bootstrap/process.mjs';
import { findFfmpeg } from './bootstrap/runtime.mjs';
import { nodeAdvice, nodeIsRecent } from './bootstrap/versions.mjs';

/**
 * @typedef {object} Row
 * @property {string} component
 * @property {string} [version]
 * @property {string} [source]
 * @property {boolean} ok
 * @property {string} [state] replaces ok/missing
 * @property {string} [advice] what to do when not ok
 */

const byBootstrap = 'npm start gets it';

/** @returns {Promise<number>} exit code */
export async function doctor() {
  const rows = [
    nodeRow(),
    await npmRow(),
    dependenciesRow(),
    ...(await runtimeRows()),
    ...packageRows(),
    displayRow(),
    sandboxRow(),
    cacheRow(),
    bundlesRow(),
  ];
  print(rows);
  const wrong = rows.filter(({ ok }) => !ok);
  if (wrong.length > 0) {
    console.log('\nMissing or broken:');
    for (const { component, advice } of wrong) console.log(`  ${component}: ${advice}`);
    const packages = missingPackages(allGroups());
    if (isDebian() && packages.length > 0 && process.getuid?.() !== 0)
      console.log(`\n${manualInstruction(await namesHere(packages))}`);
  }
  console.log(
    wrong.length === 0
      ? '\nEverything is in place.'
      : `\n${wrong.length} of ${rows.length} components need attention.`,
  );
  return wrong.length === 0 ? 0 : 1;
}

/** @returns {Row} */
const nodeRow = () => ({
  component: 'Node',
  version: process.versions.node,
  source: process.execPath,
  ok: nodeIsRecent(),
  state: nodeIsRecent() ? 'ok' : 'too old',
  advice: nodeAdvice(),
});

/** @returns {Promise<Row>} */
async function npmRow() {
  const { code, stdout } = await capture('npm', ['--version']);
  return {
    component: 'npm',
    version: stdout.trim(),
    source: 'PATH',
    ok: code === 0,
    advice: 'comes with Node',
  };
}

/** @returns {Row} */
function dependenciesRow() {
  const there = existsSync(nodeModules);
  const ok = dependenciesCurrent();
  return {
    component: 'npm packages',
    source: 'package-lock.json',
    ok,
    state: ok ? 'ok' : there ? 'out of date' : 'missing',
    advice: byBootstrap,
  };
}

/** @returns {Promise<Row[]>} */
async function runtimeRows() {
  const electron = await findElectron().catch(() => undefined);
  const worker = findWorker();
  const workerStarts = worker !== undefined && (await starts(worker.path));
  const sqlite = existsSync(nodeModules) && electron ? findSqlite(electron) : undefined;
  const native = findNative();
  const ffmpeg = await findFfmpeg(undefined);
  return [
    { component: 'Electron', ...pick(electron), ok: electron !== undefined, advice: byBootstrap },
    {
      component: 'mediasoup-worker',
      ...pick(worker),
      ok: workerStarts,
      ...(worker && !workerStarts ? { state: 'does not start' } : {}),
      advice: worker ? 'its libraries are missing: npm start installs them' : byBootstrap,
    },
    { component: 'better-sqlite3', ...pick(sqlite), ok: sqlite !== undefined, advice: byBootstrap },
    { component: 'native addon', ...pick(native), ok: native !== undefined, advice: byBootstrap },
    { component: 'FFmpeg', ...pick(ffmpeg), ok: ffmpeg !== undefined, advice: 'npm start installs it' },
  ];
}

/** @param {{version: string, source: string} | undefined} component */
const pick = (component) => (component ? { version: component.version, source: component.source } : {});

const allGroups = () => [
  'runtime',
  ...(needsDisplay() ? ['display'] : []),
  'cameras',
  'test',
  ...builderGroups(),
];
/** Compilers are only missed while something is not compiled yet. */
const builderGroups = () =>
  findWorker() && findNative() ? [] : ['compiler', ...(findWorker() ? [] : ['workerBuild'])];

/** @returns {Row[]} */
function packageRows() {
  const names = /** @type {Record<string, string>} */ ({
    runtime: 'packages: application',
    display: 'packages: display',
    cameras: 'packages: test cameras',
    test: 'packages: tests',
    compiler: 'packages: compiler',
    workerBuild: 'packages: worker build',
  });
  return allGroups().map((group) => {
    const missing = missingPackages([group]);
    return {
      component: names[group] ?? group,
      source: isDebian() ? 'Debian' : 'not Debian: programs only',
      ok: missing.length === 0,
      advice: `${missing.map(({ name, what }) => `${name} (${what})`).join(', ')}; npm test installs them`,
    };
  });
}

/** @returns {Row} */
const displayRow = () => ({
  component: 'display',
  version: process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '',
  source: needsDisplay() ? 'none here: Xvfb is started when needed' : 'the desktop',
  ok: true,
});

/** @returns {Row} */
function sandboxRow() {
  const root = process.getuid?.() === 0;
  return {
    component: 'Electron sandbox',
    source: root ? 'running as root: --no-sandbox' : userNamespaces(),
    ok: true,
    state: root ? 'off' : 'on',
  };
}

function userNamespaces() {
  try {
    return readFileSync('/proc/sys/user/max_user_namespaces', 'utf8').trim() === '0'
      ? 'SUID helper needed: user namespaces are off'
      : 'user namespaces';
  } catch {
    return '';
  }
}

/** @returns {Row} */
function cacheRow() {
  let folder = cacheDir;
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return { component: 'cache folder', source: cacheDir, ok: true };
  } catch {
    return {
      component: 'cache folder',
      source: cacheDir,
      ok: false,
      state: 'not writable',
      advice: 'make it writable or set VAS_CACHE_DIR',
    };
  }
}

/** @returns {Row} */
const bundlesRow = () => ({
  component: 'bundles',
  source: 'dist/',
  ok: bundlesCurrent(),
  state: bundlesCurrent() ? 'ok' : 'out of date',
  advice: 'npm start makes them',
});

/** @param {Row[]} rows */
function print(rows) {
  const cells = [
    ['component', 'version', 'state', 'source'],
    ...rows.map((row) => [
      row.component,
      row.version ?? '',
      row.state ?? (row.ok ? 'ok' : 'missing'),
      row.source ?? '',
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const row of cells)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

if (process.argv[1]?.endsWith('doctor.mjs')) process.exitCode = await doctor();
